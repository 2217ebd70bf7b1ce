"""Texts -> vectors and suggestions, with nothing encoded twice."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.identity import content_key, full_text
from domain.records import Ask, Classification, ExtractedRecommendation
from plan.vectors import load_embeddings, save_embeddings
from services.house import House


@dataclass(frozen=True, slots=True)
class Labelled:
    """Recommendations with what the model says of them: texts as asked (lead-in first), vectors (n, 384), suggestions."""

    texts: tuple[str, ...]
    agencies: tuple[tuple[str, ...], ...]
    vectors: NDArray[np.float32]
    classifications: tuple[Classification, ...]


def vectors_of(house: House, texts: Sequence[str], *, keep: bool = False) -> NDArray[np.float32]:
    """Vectors of texts, (n, 384) float32: those that the plan holds are not made again, and it is to `keep` those that are made."""
    encoder = house.encoder
    if not texts:
        return np.zeros((0, encoder.dimension), dtype=np.float32)
    keys = [content_key(text) for text in texts]
    known = load_embeddings(house.plan, keys, encoder.name) if house.has_plan else {}
    fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if fresh:
        made = encoder.encode(list(fresh.values()))
        if keep:
            save_embeddings(house.plan, list(fresh), made, encoder.name)
        known |= zip(fresh, made, strict=True)
    return np.stack([known[key] for key in keys]).astype(np.float32, copy=False)


def fresh_vectors(house: House, texts: Sequence[str]) -> tuple[NDArray[np.str_], NDArray[np.float32]]:
    """What `vectors_of` would encode of these texts, without a plan: keys and rows (n, 384)."""
    by_key = {content_key(text): text for text in texts}
    return np.array(list(by_key)), house.encoder.encode(list(by_key.values()))


def label(house: House, recommendations: Sequence[ExtractedRecommendation]) -> Labelled:
    """Vectors and suggestions for a review's recommendations, in order."""
    texts = tuple(full_text(r.text, r.lead_in) for r in recommendations)
    vectors = vectors_of(house, texts)
    return Labelled(texts, tuple(r.agencies for r in recommendations), vectors, label_texts(house, texts, vectors))


def label_texts(house: House, texts: Sequence[str], vectors: NDArray[np.float32]) -> tuple[Classification, ...]:
    """Suggestions for texts whose vectors are at hand, in order."""
    return house.classifier.classify(texts, vectors) if texts else ()


def asks_of(
    identifiers: Sequence[str], texts: Sequence[str], agencies: Sequence[tuple[str, ...]], sources: Sequence[str]
) -> list[Ask]:
    """Texts as near-repeat finding takes them; sources: a name for the review of each."""
    return [Ask(*parts) for parts in zip(identifiers, texts, agencies, sources, strict=True)]

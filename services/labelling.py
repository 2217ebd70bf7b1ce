"""Texts -> vectors and suggestions, with nothing encoded twice."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classify.encoder import Encoder
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


def vectors_of(house: House, texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of texts as labels are suggested by, (n, 384) float32: those that the plan holds are not made again."""
    if not texts:
        return np.zeros((0, house.encoder.dimension), dtype=np.float32)
    keys = [content_key(text) for text in texts]
    known = load_embeddings(house.plan, keys, house.encoder.name) if house.has_plan else {}
    known |= _encoded(house.encoder, keys, texts, known)
    return np.stack([known[key] for key in keys]).astype(np.float32, copy=False)


def matching_vectors(house: House, texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of texts as near-repeats and searches find them, (n, 384) float32; those made are kept in the plan."""
    if not texts:
        return np.zeros((0, house.matcher.dimension), dtype=np.float32)
    keys = [content_key(text) for text in texts]
    known = load_embeddings(house.plan, keys, house.matcher.name)
    if fresh := _encoded(house.matcher, keys, texts, known):
        save_embeddings(house.plan, list(fresh), np.stack(list(fresh.values())), house.matcher.name)
    known |= fresh
    return np.stack([known[key] for key in keys]).astype(np.float32, copy=False)


def fresh_vectors(house: House, texts: Sequence[str]) -> dict[str, tuple[NDArray[np.str_], NDArray[np.float32]]]:
    """What `vectors_of` and `matching_vectors` would encode of these texts, without a plan: keys and rows by their name there."""
    by_key = {content_key(text): text for text in texts}
    if not by_key:
        return {}
    keys, told = np.array(list(by_key)), list(by_key.values())
    return {encoder.name: (keys, encoder.encode(told)) for encoder in (house.encoder, house.matcher)}


def _encoded(
    encoder: Encoder, keys: Sequence[str], texts: Sequence[str], known: Collection[str]
) -> dict[str, NDArray[np.float32]]:
    """By its key, the vector of each text whose key is not among the known ones."""
    fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    return dict(zip(fresh, encoder.encode(list(fresh.values())), strict=True)) if fresh else {}


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

"""Texts -> vectors and suggestions, with nothing encoded twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.identity import content_key, full_text
from domain.records import Ask, Classification, ExtractedRecommendation
from match.content import nameless
from match.scorer import shipped_scorer
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
    """Vectors of texts, (n, 384) float32: those that the plan holds are taken from there, the rest are encoded."""
    if not texts:
        return np.zeros((0, house.encoder.dimension), dtype=np.float32)
    keys = [content_key(text) for text in texts]
    known = load_embeddings(house.plan, keys, house.encoder.name) if house.has_plan else {}
    fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if fresh:
        known |= dict(zip(fresh, house.encoder.encode(list(fresh.values())), strict=True))
    return np.stack([known[key] for key in keys]).astype(np.float32, copy=False)


def matching_vectors(house: House, texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of texts as near-repeats are sought by, (n, 384) float32: without the names of places and boards.

    They are encoded once, by the tuned model, and kept in the plan.
    """
    said = _without_names(texts)
    keys = [content_key(text) for text in said]
    known = load_embeddings(house.plan, keys, house.matcher.name)
    fresh = {key: text for key, text in zip(keys, said, strict=True) if key not in known}
    if fresh:
        encoded = house.matcher.encode(list(fresh.values()))
        save_embeddings(house.plan, list(fresh), encoded, house.matcher.name)
        known |= dict(zip(fresh, encoded, strict=True))
    if not texts:
        return np.zeros((0, house.matcher.dimension), dtype=np.float32)
    return np.stack([known[key] for key in keys]).astype(np.float32, copy=False)


def matching_keys(texts: Iterable[str]) -> frozenset[str]:
    """The keys under which the plan keeps what `matching_vectors` gives for these texts."""
    return frozenset(map(content_key, _without_names(texts)))


def fresh_vectors(house: House, texts: Sequence[str]) -> dict[str, tuple[NDArray[np.str_], NDArray[np.float32]]]:
    """What `vectors_of` and `matching_vectors` would encode of these texts, without a plan: keys and rows by their name there."""
    out = {}
    for encoder, wanted in ((house.encoder, texts), (house.matcher, _without_names(texts))):
        by_key = {content_key(text): text for text in wanted}
        if by_key:
            out[encoder.name] = (np.array(list(by_key)), encoder.encode(list(by_key.values())))
    return out


def _without_names(texts: Iterable[str]) -> list[str]:
    known = shipped_scorer().word_weights
    return [nameless(text, known) for text in texts]


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

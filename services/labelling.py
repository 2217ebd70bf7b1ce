"""Texts -> vectors and suggestions, with nothing encoded twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.identity import content_key, full_text
from domain.records import Ask, Classification, ExtractedRecommendation
from match.content import nameless
from match.scorer import shipped_scorer
from plan.vectors import load_embeddings, save_embeddings
from services.house import House

# Added to the encoder's name: vectors of texts without names are no answers to a search, and are kept apart.
WITHOUT_NAMES: Final = "-nameless"


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

    Where a text has no name they are those of `vectors_of`; the others are encoded once and kept in the plan apart.
    """
    said = _without_names(texts)
    apart = f"{house.encoder.name}{WITHOUT_NAMES}"
    named = {content_key(short): short for short, text in zip(said, texts, strict=True) if short != text}
    known = load_embeddings(house.plan, list(named), apart)
    fresh = {key: short for key, short in named.items() if key not in known}
    if fresh:
        encoded = house.encoder.encode(list(fresh.values()))
        save_embeddings(house.plan, list(fresh), encoded, apart)
        known |= dict(zip(fresh, encoded, strict=True))
    out = vectors_of(house, [text for short, text in zip(said, texts, strict=True) if short == text])
    plain = iter(out)
    rows = [
        known[content_key(short)] if short != text else next(plain) for short, text in zip(said, texts, strict=True)
    ]
    return np.stack(rows).astype(np.float32, copy=False) if rows else out


def fresh_vectors(house: House, texts: Sequence[str]) -> dict[str, tuple[NDArray[np.str_], NDArray[np.float32]]]:
    """What `vectors_of` and `matching_vectors` would encode of these texts, without a plan: keys and rows by their name there."""
    named = [short for short, text in zip(_without_names(texts), texts, strict=True) if short != text]
    out = {}
    for name, wanted in ((house.encoder.name, texts), (f"{house.encoder.name}{WITHOUT_NAMES}", named)):
        by_key = {content_key(text): text for text in wanted}
        if by_key:
            out[name] = (np.array(list(by_key)), house.encoder.encode(list(by_key.values())))
    return out


def _without_names(texts: Sequence[str]) -> list[str]:
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

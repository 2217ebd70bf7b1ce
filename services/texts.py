"""Texts that are no part of the plan: labels and near-repeats as plain JSON values."""

from collections.abc import Iterator, Sequence
from typing import Any

from domain.records import Classification, Repeat, Scored
from services.house import House
from services.labelling import label_texts
from services.repeats import groups_of_texts


def classify_texts(house: House, texts: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """One JSON object for each (identifier, text), in order, in the documented shape of `cap classify --jsonl`."""
    words = [text for _, text in texts]
    vectors = house.encoder.encode(words)
    for (identifier, _), c in zip(texts, label_texts(house, words, vectors), strict=True):
        yield {"id": identifier, **_classification(c)}


def _classification(c: Classification) -> dict[str, Any]:
    return {
        "quadrant": c.quadrant,
        "secondary": c.secondary,
        "issues": [s.code for s in c.issues],
        "areas": [s.code for s in c.areas],
        "confidence": round(c.confidence, 4),
        "unsure": c.unsure,
        "between": list(c.between),
        "why_unsure": c.why_unsure,
        "scores": _scores(c.scores),
        "issue_scores": _scores(c.issues),
        "area_scores": _scores(c.areas),
        "standards": _scores(c.standards),
        "nearest": [
            {"id": n.id, "text": n.text, "quadrant": n.quadrant, "similarity": round(n.similarity, 4)}
            for n in c.nearest
        ],
        "words": _scores(c.words),
        "model": c.model,
    }


def _scores(scored: Sequence[Scored]) -> dict[str, float]:
    return {s.code: round(s.score, 4) for s in scored}


def repeats_among(house: House, texts: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """One JSON object for each group of two or more, in the documented shape of `cap repeats --jsonl`."""
    for group in groups_of_texts(house, texts, house.framework):
        yield {"group": list(group.members), "evidence": [_pair(pair) for pair in group.pairs]}


def _pair(pair: Repeat) -> dict[str, Any]:
    return {
        "a": pair.a,
        "b": pair.b,
        "score": round(pair.score, 4),
        "similarity": round(pair.similarity, 4),
        "shared": list(pair.shared),
        "only_a": list(pair.only_a),
        "only_b": list(pair.only_b),
    }

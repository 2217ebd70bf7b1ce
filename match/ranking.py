"""Keyword hits and hits by meaning -> one ranked list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# How fast a hit's worth falls with its rank. With 60, ten ranks matter at the top and hardly any further down; it is
# the value with which fusing by reciprocal ranks was first published, and the order is not sensitive to it.
DAMPING: Final = 60


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place of the fused list: the score only orders, `why` says which search found it."""

    id: str
    score: float
    why: str


def rank(
    keyword: Sequence[tuple[str, float]], similar: Sequence[tuple[str, float]], *, limit: int
) -> tuple[Ranked, ...]:
    """The best `limit` of two lists of (identifier, score), where a higher score is a better hit.

    Only ranks are fused, since the two kinds of score have no common scale; equal scores share a rank. The order of
    the input does not matter, and ties are broken by identifier.
    """
    by_words, by_meaning = _worth(keyword), _worth(similar)
    fused = []
    for identifier in by_words.keys() | by_meaning.keys():
        found = [worth[identifier] for worth in (by_words, by_meaning) if identifier in worth]
        why = "words and meaning" if len(found) > 1 else "words" if identifier in by_words else "meaning"
        fused.append(Ranked(identifier, sum(found), why))
    fused.sort(key=lambda hit: (-hit.score, hit.id))
    return tuple(fused[: max(limit, 0)])


def _worth(hits: Sequence[tuple[str, float]]) -> dict[str, float]:
    best: dict[str, float] = {}
    for identifier, score in hits:
        best[identifier] = max(score, best.get(identifier, score))
    places = {score: place for place, score in enumerate(sorted(set(best.values()), reverse=True), 1)}
    return {identifier: 1 / (DAMPING + places[score]) for identifier, score in best.items()}

"""Keyword hits and hits by meaning -> one ranked list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# What a hit by words counts for beside one by meaning, where the nearest text is as near as `USUAL`; where nothing is near
# by meaning, words count for more, and for less where something is. Chosen, as `BESIDE` was, on queries that were judged
# for this purpose alone.
WORDS: Final = 0.35
USUAL: Final = 0.6
BESIDE: Final = 0.3  # what it counts for, beside both, to be near to what stands first
STAND_FIRST: Final = 3  # of a list, which say together what is sought
DEPTH: Final = 100  # the place in a list from which a hit counts for next to nothing


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place of the fused list: the score only orders, `why` says which search found it."""

    id: str
    score: float
    why: str


def rank(
    keyword: Sequence[tuple[str, float]],
    similar: Sequence[tuple[str, float]],
    *,
    limit: int,
    first: Collection[str] = (),
    beside: Mapping[str, float] | None = None,
) -> tuple[Ranked, ...]:
    """The best `limit` of two lists of (identifier, score), where a higher score is a better hit.

    similar: by the cosine; first: those that stand before all others; beside: how near each is, by the cosine, to those that
    stand first in the list that this gives without it.

    Scores of words and cosines have no common scale: each list's is stretched between 0 and its best, keyword scores from
    nothing, cosines from that of the hundredth hit, since unlike texts are somewhat similar too. The order of the input does
    not matter, and ties are broken by identifier.
    """
    by_words, by_meaning = _best(keyword), _best(similar)
    words, meaning = _stretched(by_words, 0.0), _stretched(by_meaning, _floor(by_meaning))
    near = dict(beside or {})
    nearness = _stretched(near, _floor(near))
    of_words = _weight_of_words(by_meaning)
    fused = [
        Ranked(
            identifier,
            of_words * words.get(identifier, 0.0)
            + (1 - of_words) * meaning.get(identifier, 0.0)
            + BESIDE * nearness.get(identifier, 0.0)
            + (1 + BESIDE) * (identifier in first),
            _why(identifier in words, identifier in meaning),
        )
        for identifier in words.keys() | meaning.keys() | set(first)
    ]
    fused.sort(key=lambda hit: (hit.id not in first, -hit.score, hit.id))
    return tuple(fused[: max(limit, 0)])


def _weight_of_words(by_meaning: dict[str, float]) -> float:
    nearest = min(max(max(by_meaning.values(), default=USUAL), 0.0), 1.0)
    return WORDS * (1 + USUAL - nearest)


def _why(by_words: bool, by_meaning: bool) -> str:
    if by_words and by_meaning:
        return "words and meaning"
    return "meaning" if by_meaning else "words"


def _best(hits: Sequence[tuple[str, float]]) -> dict[str, float]:
    best: dict[str, float] = {}
    for identifier, score in hits:
        best[identifier] = max(score, best.get(identifier, score))
    return best


def _floor(scores: dict[str, float]) -> float:
    return sorted(scores.values(), reverse=True)[:DEPTH][-1] if scores else 0.0


def _stretched(scores: dict[str, float], floor: float) -> dict[str, float]:
    """Scores between 0, at `floor` and below, and 1 for the best; 1 for all where there is nothing between."""
    width = max(scores.values(), default=floor) - floor
    return {
        identifier: min(max((score - floor) / width, 0.0), 1.0) if width > 0 else 1.0
        for identifier, score in scores.items()
    }

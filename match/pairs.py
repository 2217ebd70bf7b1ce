"""Are two recommendations the same ask? A score with its reasons, from features that a person can follow.

Similarity alone cannot tell "train staff about X" from "audit X". Beside the cosine of the sentence vectors the score
weighs how much of the telling words the two share, whether they ask for the same act, for the same side of the matter
(its timeliness, its quality, its recording), for the same people, and of the same kind of body.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.errors import UsageError
from domain.records import Ask, Repeat
from match.content import Content, content

DEFAULT_THRESHOLD: Final = 0.5
BLOCK: Final = 1024
REASONS: Final = 8  # words named on each side as evidence

# A logistic score with weights set by hand on the guide's principle: similarity proposes, and each way in which the two
# differ takes away. Their size and the offset were settled on models/pairs/seed-pairs.jsonl alone.
WEIGHTS: Final[dict[str, float]] = {
    "similarity": 8.0,
    "shared": 2.5,
    "acts": -0.4,
    "aspects": -1.0,
    "people": -1.0,
    "bodies": -0.4,
    "length": -0.4,
}
OFFSET: Final = -5.55


def score_pairs(asks: Sequence[Ask], vectors: NDArray[np.float32], *, threshold: float) -> tuple[Repeat, ...]:
    """Every pair of asks whose score is at least `threshold` (0 to 1), in the order of the asks.

    vectors: float32 (asks, dimension), rows of length 1. A pair's score depends on the two asks alone, so it is the
    same whatever else is compared. Raises `UsageError` if the vectors do not fit the asks.
    """
    if len(vectors) != len(asks):
        raise UsageError(f"{len(asks)} texts need as many vectors, not {len(vectors)}.")
    least = least_similarity(threshold)
    contents: dict[int, Content] = {}

    def known(number: int) -> Content:
        if number not in contents:
            contents[number] = content(asks[number].text)
        return contents[number]

    found = []
    for i, j, similarity in _candidates(vectors, least):
        a, b = known(i), known(j)
        score = _logistic(_weighed(features(a, b, similarity, asks[i].agencies, asks[j].agencies)))
        if score >= threshold:
            found.append(_repeat(asks[i].id, asks[j].id, score, similarity, a, b))
    return tuple(found)


def least_similarity(threshold: float) -> float:
    """The cosine below which no pair can reach `threshold`, were all else in its favour: exact blocking."""
    if not 0 < threshold < 1:
        raise UsageError(f"The threshold must lie between 0 and 1, not at {threshold}.")
    return (math.log(threshold / (1 - threshold)) - OFFSET - WEIGHTS["shared"]) / WEIGHTS["similarity"]


def _candidates(vectors: NDArray[np.float32], least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of rows with a cosine of at least `least`, block by block so that memory stays flat."""
    for start in range(0, len(vectors), BLOCK):
        block = vectors[start : start + BLOCK] @ vectors[start:].T
        rows, columns = np.nonzero(np.triu(block >= least, k=1))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            yield start + row, start + column, float(block[row, column])


def features(
    a: Content, b: Content, similarity: float, bodies_a: Sequence[str] = (), bodies_b: Sequence[str] = ()
) -> dict[str, float]:
    """What the score weighs: agreement in similarity and words, then how far the two differ, 0 where they do not.

    shared: telling words in common as a share of both; acts and bodies: 0 where one side names all that the other does;
    aspects and people: 0 only where both name the same; length: log ratio of the weight of their words.
    """
    common = sum(min(a.words[stem], b.words[stem]) for stem in a.words.keys() & b.words.keys())
    both = a.weight + b.weight
    return {
        "similarity": similarity,
        "shared": 2 * common / both if both else 0.0,
        "acts": _beyond(a.acts, b.acts),
        "aspects": _distance(a.aspects, b.aspects),
        "people": _distance(a.people, b.people),
        "bodies": _beyond(frozenset(bodies_a), frozenset(bodies_b)),
        "length": abs(math.log((a.weight + 1) / (b.weight + 1))),
    }


def _distance(a: frozenset[str], b: frozenset[str]) -> float:
    return 1 - len(a & b) / len(a | b) if a or b else 0.0


def _beyond(a: frozenset[str], b: frozenset[str]) -> float:
    return 1 - len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _weighed(values: dict[str, float]) -> float:
    return OFFSET + sum(WEIGHTS[name] * value for name, value in values.items())


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def _repeat(a: str, b: str, score: float, similarity: float, x: Content, y: Content) -> Repeat:
    return Repeat(
        a=a,
        b=b,
        score=round(score, 4),
        similarity=round(similarity, 4),
        shared=_named(x, x.words.keys() & y.words.keys()),
        only_a=_named(x, x.words.keys() - y.words.keys()),
        only_b=_named(y, y.words.keys() - x.words.keys()),
    )


def _named(source: Content, stems: frozenset[str] | set[str]) -> tuple[str, ...]:
    """Spellings of the stems, the telling ones first, each in the order of the text."""
    ordered = sorted((stem for stem in source.words if stem in stems), key=lambda stem: -source.words[stem])
    return tuple(source.spelt[stem] for stem in ordered[:REASONS])

"""What the score weighs for a pair of asks: how alike they are, and in which ways they differ.

Features are worked out for many pairs at once from tables of the asks, since a plan of some thousands of
recommendations has millions of pairs that sound a little alike.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from match.candidates import Places
from match.content import Content

Floats = NDArray[np.float64]

# The columns of `PairTable.features`, in its order. The likenesses speak for the same ask, the differences against it;
# "asked" is what the ask names apart from its purpose, "other" what each has that the other lacks, "beyond" what one
# has in addition.
LIKENESSES: Final = (
    "similarity",
    "field similarity",
    "telling subject",
    "aspects in common",
)
DIFFERENCES: Final = (
    "other subject",
    "subject beyond",
    "other aspects",
    "aspects beyond",
    "other aspects asked",
    "people",
    "actors",
    "board",
    "bodies",
    "length",
)
NAMES: Final = (*LIKENESSES, *DIFFERENCES)
_MANY: Final = 3  # aspects, from which more in common, or more apart, no longer count
_SCALE: Final = 6.0  # the inverse document frequency of a subject that a few texts in a thousand have: puts it near 1


class PairTable:
    """Asks as rows of numbers. contents and bodies go together; subject_weights: inverse document frequencies."""

    def __init__(
        self,
        contents: Sequence[Content],
        bodies: Sequence[Sequence[str]],
        subject_weights: Mapping[str, float],
    ) -> None:
        weights = np.array([subject_weights[name] for name in subject_weights]) / _SCALE
        self._subjects = _table([c.subjects for c in contents], list(subject_weights)) * weights
        self._sets = {
            name: _flags(sets)
            for name, sets in {
                "aspects": [c.aspects for c in contents],
                "asked": [c.asked for c in contents],
                "people": [c.people for c in contents],
                "actors": [c.actors for c in contents],
                "bodies": [frozenset(b) for b in bodies],
            }.items()
        }
        self._board = np.array(["board" in c.actors for c in contents])
        self._length = np.log(np.array([max(c.length, 1) for c in contents], dtype=np.float64))

    def features(self, a: Places, b: Places, similarity: Floats, field_similarity: Floats) -> Floats:
        """One row for each pair of rows `a[n]`, `b[n]`, one column for each of `NAMES`; the same for (b, a)."""
        x, y = self._subjects[a], self._subjects[b]
        # A subject that the other names in its purpose only is not one that it lacks.
        only_x, only_y = np.where(y > 0, 0, x).max(axis=1), np.where(x > 0, 0, y).max(axis=1)
        common, other, beyond = self._counts("aspects", a, b)
        _, other_asked, _ = self._counts("asked", a, b)
        columns = [
            similarity,
            field_similarity,
            np.minimum(x, y).max(axis=1),
            common,
            np.minimum(only_x, only_y),
            np.maximum(only_x, only_y),
            other,
            beyond,
            other_asked,
            self._distance("people", a, b),
            self._distance("actors", a, b),
            (self._board[a] != self._board[b]).astype(np.float64),
            self._apart("bodies", a, b),
            np.abs(self._length[a] - self._length[b]),
        ]
        return np.column_stack(columns)

    def _counts(self, name: str, a: Places, b: Places) -> tuple[Floats, Floats, Floats]:
        """Members in common, those that each has beside them (the fewer), and the more; 1 for every `_MANY`."""
        x, y = self._sets[name][a], self._sets[name][b]
        common, of_x, of_y = (x & y).sum(axis=1), x.sum(axis=1), y.sum(axis=1)
        fewer, more = np.minimum(of_x, of_y) - common, np.maximum(of_x, of_y) - common
        return np.minimum(common, _MANY) / _MANY, np.minimum(fewer, _MANY) / _MANY, more / _MANY

    def _distance(self, name: str, a: Places, b: Places) -> Floats:
        """1 less the share of what both have among what either has; 0 where neither has any."""
        x, y = self._sets[name][a], self._sets[name][b]
        either = (x | y).sum(axis=1)
        shared = np.where(either > 0, (x & y).sum(axis=1) / np.maximum(either, 1), 1.0)
        return np.asarray(1.0 - shared, dtype=np.float64)

    def _apart(self, name: str, a: Places, b: Places) -> Floats:
        """1 where both have some and none in common."""
        x, y = self._sets[name][a], self._sets[name][b]
        return np.asarray(x.any(axis=1) & y.any(axis=1) & ~(x & y).any(axis=1), dtype=np.float64)


def _table(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Floats:
    table = np.zeros((len(rows), len(names)))
    place = {name: number for number, name in enumerate(names)}
    for number, row in enumerate(rows):
        for name, weight in row.items():
            if name in place:
                table[number, place[name]] = weight
    return table


def _flags(sets: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
    names = sorted(set().union(*sets)) or [""]
    return _table([dict.fromkeys(row, 1.0) for row in sets], names) > 0

"""Words and pairs of words of a text, weighted by how telling they are (term frequency by inverse text frequency).

Kept apart from scikit-learn so that classifying one recommendation from the shell need not load it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from domain.language import straighten

_TOKEN = re.compile(r"\w[\w'-]*")


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, with plain apostrophes and hyphens."""
    return _TOKEN.findall(straighten(text).lower())


def terms(text: str) -> list[str]:
    """The words of a text and its pairs of neighbouring words."""
    words = tokens(text)
    return words + [f"{a} {b}" for a, b in pairwise(words)]


@dataclass(frozen=True, slots=True)
class Weighted:
    """Sparse rows: those of text `i` stand at `starts[i]:starts[i + 1]` of `columns` (int) and `values` (float32)."""

    starts: NDArray[np.intp]
    columns: NDArray[np.intp]
    values: NDArray[np.float32]

    def times(self, matrix: NDArray[np.float32]) -> NDArray[np.float32]:
        """The rows multiplied with a dense matrix (terms, outputs): float32 (texts, outputs)."""
        out = np.zeros((len(self.starts) - 1, matrix.shape[1]), dtype=np.float32)
        filled = np.flatnonzero(np.diff(self.starts))
        if filled.size:
            products = matrix[self.columns] * self.values[:, None]
            out[filled] = np.add.reduceat(products, self.starts[filled], axis=0)
        return out


@dataclass(frozen=True)
class Vocabulary:
    """The terms a model knows, in the order of its weights, and the inverse text frequency of each (float32)."""

    known: tuple[str, ...]
    rarity: NDArray[np.float32]

    @classmethod
    def learn(cls, texts: Sequence[str], *, in_at_least: int = 2) -> "Vocabulary":
        """The vocabulary of the terms that occur in at least so many of `texts`, in alphabetical order."""
        counts = Counter(term for text in texts for term in set(terms(text)))
        known = tuple(sorted(term for term, count in counts.items() if count >= in_at_least))
        rarity = np.log((1 + len(texts)) / (1 + np.array([counts[term] for term in known], dtype=np.float64))) + 1
        return cls(known, rarity.astype(np.float32))

    @cached_property
    def places(self) -> dict[str, int]:
        """Column of each known term."""
        return {term: place for place, term in enumerate(self.known)}

    def weigh(self, texts: Sequence[str]) -> Weighted:
        """Each text as a row of length 1 over the known terms; a row of none is empty."""
        starts, columns, values = [0], [], []
        for text in texts:
            counts = Counter(place for term in terms(text) if (place := self.places.get(term)) is not None)
            row = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
            often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
            weight = (1 + np.log(often)) * self.rarity[row]
            columns.append(row)
            values.append(weight / max(float(np.linalg.norm(weight)), 1e-12))
            starts.append(starts[-1] + len(row))
        none: list[NDArray[np.float32]] = [np.zeros(0, dtype=np.float32)]
        return Weighted(
            np.array(starts, dtype=np.intp),
            np.concatenate(columns or [np.zeros(0, dtype=np.intp)]),
            np.concatenate(values or none).astype(np.float32),
        )

"""The numbers of a model and the scores they give: likeness to what it remembers, words, and words that say a label.

Pure numpy, so that classifying needs neither scikit-learn nor scipy; training fits these same numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classify.features import cue_features
from classify.lexicon import evidence
from classify.words import Vocabulary, Weighted

Matrix = NDArray[np.float32]

# A product of matrices is taken so many rows at a time, always as many: its last figures depend on how many there are,
# and what is said of a text must not depend on the texts beside it.
BLOCK: Final = 32


@dataclass(frozen=True, slots=True)
class Features:
    """What the heads read of some texts: sentence vector with cues, weighted words, and words that say a label."""

    places: Matrix
    words: Weighted
    evidence: Matrix


def places(vectors: Matrix, cues: Matrix) -> Matrix:
    """Where texts stand among others: sentence vector and cues side by side, each of length 1: float32 (texts, both)."""
    lengths = np.linalg.norm(cues, axis=1, keepdims=True)
    return np.hstack([vectors, cues / np.maximum(lengths, 1e-12)]).astype(np.float32)


def likeness(products: Matrix) -> Matrix:
    """From products of `places` to likeness between 0 and 1: 1 for two that say the same in the same manner."""
    # The two halves have length 1, so this is the radial kernel exp(-distance²) over both of them.
    alike: Matrix = np.exp(2.0 * products - 4.0, dtype=np.float32)
    return alike


def look(texts: Sequence[str], vectors: Matrix, vocabulary: Vocabulary, labels: Sequence[str]) -> Features:
    """The features of `texts`; `labels` are the codes whose words are looked for."""
    found = evidence(texts, labels)
    return Features(places(vectors, cue_features(texts)), vocabulary.weigh(texts), found.reshape(len(texts), -1))


@dataclass(frozen=True, slots=True)
class Heads:
    """Weights, float32, for N remembered texts, V terms, E signs of labels and L outputs.

    The outputs are the quadrants, issues, areas and standards, and then, for each quadrant, whether it is the primary
    or the secondary one. by_likeness (N, L): what each remembered text says of texts like it; by_words (V, L);
    by_evidence (E, L); bias (L).
    """

    by_likeness: Matrix
    by_words: Matrix
    by_evidence: Matrix
    bias: Matrix

    def scores(self, seen: Features, remembered: Matrix) -> NDArray[np.float64]:
        """Raw score of each output, about 0 to 1 but not a probability: float64 (texts, L).

        remembered: `places` of the N texts.
        """
        alike = [likeness(rows) @ self.by_likeness for rows in in_blocks(seen.places, remembered)]
        scores: NDArray[np.float64] = (
            np.concatenate(alike)[: len(seen.places)]
            + seen.words.times(self.by_words)
            + _product(seen.evidence, self.by_evidence)
            + self.bias
        ).astype(np.float64)
        return scores

    def word_weights(self, terms: NDArray[np.intp], output: int, among: int) -> Matrix:
        """How far each of `terms` speaks for an output beyond what it says for the first `among` on average: float32."""
        rows = self.by_words[terms]
        weights: Matrix = rows[:, output] - rows[:, :among].mean(axis=1)
        return weights

    def arrays(self) -> dict[str, Matrix]:
        """The weights by name, for storing."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


def in_blocks(rows: Matrix, others: Matrix) -> Iterator[Matrix]:
    """Products of `rows` with every one of `others`, `BLOCK` rows at a time; the last block is filled up with zeros.

    One block after the other, since a hundred thousand texts beside ten thousand remembered ones would take 4 GB.
    """
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        missing = BLOCK - len(block)
        yield (np.pad(block, ((0, missing), (0, 0))) if missing else block) @ others.T


def _product(rows: Matrix, weights: Matrix) -> Matrix:
    """Rows times weights, each row by itself."""
    product: Matrix = np.einsum("ij,jk->ik", rows, weights, optimize=False)
    return product

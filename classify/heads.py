"""The numbers of a model and the scores they give: linear heads over vectors, words, cues and evidence.

Pure numpy, so that classifying needs neither scikit-learn nor scipy; training fits these same numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from classify.features import cue_features
from classify.lexicon import evidence
from classify.words import Vocabulary, Weighted

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Features:
    """What the heads read of some texts: sentence vectors, weighted words, cues, and words that say a label."""

    vectors: Matrix
    words: Weighted
    cues: Matrix
    evidence: Matrix


def look(texts: Sequence[str], vectors: Matrix, vocabulary: Vocabulary, labels: Sequence[str]) -> Features:
    """The features of `texts`; `labels` are the codes whose words are looked for."""
    found = evidence(texts, labels)
    return Features(vectors, vocabulary.weigh(texts), cue_features(texts), found.reshape(len(texts), -1))


@dataclass(frozen=True, slots=True)
class Heads:
    """Weights of every head, float32, for Q quadrants, L labels and V terms.

    The labels are issues, areas and standards, and then, for each quadrant, whether it is the primary or the secondary
    one. quadrant_vectors (384, Q), quadrant_words (V, Q), quadrant_cues (cues, Q), quadrant_bias (3, Q), label_vectors
    (384, L), label_words (V, L), label_cues (cues, L), label_evidence (2 for each issue and area, L), label_bias (L).
    """

    quadrant_vectors: Matrix
    quadrant_words: Matrix
    quadrant_cues: Matrix
    quadrant_bias: Matrix
    label_vectors: Matrix
    label_words: Matrix
    label_cues: Matrix
    label_evidence: Matrix
    label_bias: Matrix

    def quadrant_scores(self, seen: Features) -> NDArray[np.float64]:
        """Log score of each quadrant, the mean of three heads' log probabilities: float64 (texts, Q).

        Three heads that err in different ways are averaged as logarithms, so that a strong doubt of one counts.
        """
        heads = (
            _product(seen.vectors, self.quadrant_vectors),
            seen.words.times(self.quadrant_words),
            _product(seen.cues, self.quadrant_cues),
        )
        logs = [_log_softmax(head + bias) for head, bias in zip(heads, self.quadrant_bias, strict=True)]
        averaged: NDArray[np.float64] = np.mean(logs, axis=0)
        return averaged

    def label_scores(self, seen: Features) -> NDArray[np.float64]:
        """Raw score of each label, about 0 to 1 but not a probability: float64 (texts, L)."""
        scores: NDArray[np.float64] = (
            _product(seen.vectors, self.label_vectors)
            + seen.words.times(self.label_words)
            + _product(seen.cues, self.label_cues)
            + _product(seen.evidence, self.label_evidence)
            + self.label_bias
        ).astype(np.float64)
        return scores

    def word_weights(self, quadrant: int) -> Matrix:
        """How far each term speaks for a quadrant beyond what it says for the quadrants on average: float32 (V)."""
        weights: Matrix = self.quadrant_words[:, quadrant] - self.quadrant_words.mean(axis=1)
        return weights

    def arrays(self) -> dict[str, Matrix]:
        """The weights by name, for storing."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


def _log_softmax(scores: Matrix) -> NDArray[np.float64]:
    wide = scores.astype(np.float64)
    wide = wide - wide.max(axis=1, keepdims=True)
    logs: NDArray[np.float64] = wide - np.log(np.exp(wide).sum(axis=1, keepdims=True))
    return logs


def _product(rows: Matrix, weights: Matrix) -> Matrix:
    """Rows times weights, each row by itself: the last figures of a library's product depend on how many rows there are."""
    product: Matrix = np.einsum("ij,jk->ik", rows, weights, optimize=False)
    return product

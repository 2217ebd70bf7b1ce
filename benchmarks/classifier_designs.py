"""Designs of the classifier compared by nested cross-validation on our own examples.

usage: python benchmarks/classifier_designs.py

The files of examples, each another kind of report or of author, are dealt into four groups; each group in turn is met
for the first time, as an unseen review is. The penalty of each design is chosen on the other three alone, by three folds
or, where that is free, by leaving one out. Printed as a Markdown table: accuracy of the quadrant, macro-F1, accuracy with
the second quadrant counted too, accuracy over the surest four fifths, and the seconds that one fitting takes.
"""

import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from scipy.linalg import lapack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.neural_network import MLPClassifier
from sklearn.svm import SVC

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from classify.encoder import load_encoder  # noqa: E402
from classify.examples import read_examples  # noqa: E402
from classify.training import gram_of, material_of  # noqa: E402
from domain.framework import load_framework  # noqa: E402

GROUPS = 4
SEED = 2026
Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Data:
    """The examples as numbers."""

    vectors: NDArray[np.float32]
    words: scipy.sparse.csr_matrix
    cues: NDArray[np.float32]
    gram: Floats
    vector_gram: Floats
    quadrants: Rows
    secondary: Rows
    shares: Floats
    groups: Rows


def load() -> Data:
    """Read and encode the examples; the words' weights are of all texts, which says nothing of their labels."""
    framework = load_framework()
    examples = read_examples(ROOT / "models/examples", framework)
    with tempfile.TemporaryDirectory() as folder:
        # By the plain model: the tuned one has learnt from these examples' labels, so that none would be met for the first time.
        vectors = load_encoder(Path(folder)).encode([e.text for e in examples])
    material = material_of(examples, vectors, framework, {})
    files = [e.id.rpartition("-")[0] for e in examples]
    # The largest file first, each to the group that has least so far.
    sizes = sorted({f: files.count(f) for f in files}.items(), key=lambda pair: (-pair[1], pair[0]))
    held, place = [0] * GROUPS, {}
    for name, size in sizes:
        place[name] = held.index(min(held))
        held[place[name]] += size
    count = len(framework.quadrant_codes)
    return Data(
        vectors=vectors,
        words=material.words,
        cues=material.places[:, vectors.shape[1] :].astype(np.float32),
        gram=gram_of(material),
        vector_gram=np.exp(2.0 * (vectors @ vectors.T).astype(np.float64) - 2.0),
        quadrants=material.quadrants,
        secondary=material.secondary,
        shares=material.targets[:, :count],
        groups=np.array([place[f] for f in files]),
    )


Fit = Callable[[Data, Rows, Rows, float], Floats]


def of(make: Callable[[float], object], features: Callable[[Data], object]) -> Fit:
    """A design of scikit-learn: log probabilities for the rows `out` after learning from the rows `kept`."""

    def fit(data: Data, kept: Rows, out: Rows, penalty: float) -> Floats:
        given = features(data)
        model = make(penalty).fit(given[kept], data.quadrants[kept])  # type: ignore[attr-defined, index]
        return np.log(np.maximum(model.predict_proba(given[out]), 1e-9))  # type: ignore[index]

    return fit


def logistic(strength: float) -> LogisticRegression:
    """Every quadrant weighs the same, in this as in all designs."""
    return LogisticRegression(C=strength, max_iter=2000, class_weight="balanced")


def machine(strength: float) -> object:
    """A support vector machine whose margins are read as scores."""

    class Machine(SVC):
        def predict_proba(self, rows: object) -> Floats:
            margins = self.decision_function(rows)
            powers = np.exp(margins - margins.max(axis=1, keepdims=True))
            return powers / powers.sum(axis=1, keepdims=True)

    return Machine(C=strength, gamma=1.0, class_weight="balanced", decision_function_shape="ovr")


def mean_of(*fits: tuple[Fit, float]) -> Fit:
    """The mean of log probabilities of several designs, each with its own penalty."""

    def fit(data: Data, kept: Rows, out: Rows, penalty: float) -> Floats:
        return np.mean([one(data, kept, out, own * penalty) for one, own in fits], axis=0)

    return fit


def ridge(gram: Callable[[Data], Floats]) -> Fit:
    """Kernel ridge regression of the shares of the quadrants."""

    def fit(data: Data, kept: Rows, out: Rows, penalty: float) -> Floats:
        whole = gram(data)
        weights = _weights(data, kept)
        bias = np.average(data.shares[kept], axis=0, weights=weights)
        factor, _ = lapack.dpotrf(whole[np.ix_(kept, kept)] + penalty * np.diag(1 / weights), lower=1, overwrite_a=1)
        dual, _ = lapack.dpotrs(factor, data.shares[kept] - bias, lower=1)
        return whole[np.ix_(out, kept)] @ dual + bias

    return fit


def _weights(data: Data, kept: Rows) -> Floats:
    counts = np.bincount(data.quadrants[kept])
    return (len(kept) / len(counts) / counts)[data.quadrants[kept]]


VECTORS, WORDS, CUES = (
    of(logistic, lambda d: d.vectors),
    of(logistic, lambda d: d.words),
    of(logistic, lambda d: d.cues),
)
DESIGNS: dict[str, tuple[Fit, Sequence[float]]] = {
    "logistic regression, vectors": (VECTORS, (3, 10, 30)),
    "logistic regression, words and pairs of words": (WORDS, (10, 30, 100)),
    "logistic regression, cues": (CUES, (3, 10, 30)),
    "mean of these three": (mean_of((VECTORS, 10), (WORDS, 30), (CUES, 10)), (0.3, 1, 3)),
    "support vector machine, radial, vectors": (of(machine, lambda d: d.vectors), (1, 4, 16)),
    "two-layer network, vectors and cues": (
        of(
            lambda a: MLPClassifier((64,), alpha=a, max_iter=60, random_state=SEED),
            lambda d: np.hstack([d.vectors, d.cues]),
        ),
        (0.3, 1, 3),
    ),
    "kernel ridge, vectors": (ridge(lambda d: d.vector_gram), (0.1, 0.3, 1)),
    "kernel ridge, vectors with cues, plus words": (ridge(lambda d: d.gram), (0.25, 0.5, 1)),
}


def scored(data: Data, scores: Floats) -> tuple[float, ...]:
    """Accuracy, macro-F1, lenient accuracy, accuracy over the surest four fifths."""
    answers = scores.argmax(axis=1)
    right = answers == data.quadrants
    f1 = []
    for code in range(scores.shape[1]):
        said, is_so = answers == code, data.quadrants == code
        f1.append(2 * (said & is_so).sum() / (said.sum() + is_so.sum()))
    ordered = np.sort(scores, axis=1)
    surest = np.argsort(-(ordered[:, -1] - ordered[:, -2]))[: len(scores) * 8 // 10]
    return (
        float(right.mean()),
        float(np.mean(f1)),
        float((right | (answers == data.secondary)).mean()),
        float(right[surest].mean()),
    )


def chosen(data: Data, fit: Fit, kept: Rows, grid: Sequence[float]) -> float:
    """The penalty under which three folds of `kept` are answered best."""
    folds = list(StratifiedKFold(3, shuffle=True, random_state=SEED).split(kept, data.quadrants[kept]))

    def accuracy(penalty: float) -> float:
        hits = [
            (fit(data, kept[a], kept[b], penalty).argmax(axis=1) == data.quadrants[kept[b]]).sum() for a, b in folds
        ]
        return float(sum(hits))

    return max(grid, key=accuracy)


def main() -> int:
    """Compare and print."""
    warnings.filterwarnings("ignore", category=UserWarning)
    data = load()
    print(f"{len(data.quadrants)} examples\n")
    print("| design | accuracy | macro-F1 | lenient | surest 80 % | seconds |")
    print("|---|---|---|---|---|---|")
    for name, (fit, grid) in DESIGNS.items():
        scores, spent = np.zeros_like(data.shares), 0.0
        for group in range(GROUPS):
            kept, out = np.flatnonzero(data.groups != group), np.flatnonzero(data.groups == group)
            penalty = chosen(data, fit, kept, grid)
            start = time.perf_counter()
            scores[out] = fit(data, kept, out, penalty)
            spent += time.perf_counter() - start
        figures = " | ".join(f"{value:.3f}" for value in scored(data, scores))
        print(f"| {name} | {figures} | {spent / GROUPS:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

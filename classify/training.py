"""From labelled examples and decisions to a classifier: fitted, calibrated by cross-validation, reproducible."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
import scipy.sparse
import sklearn
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from classify.encoder import Encoder
from classify.examples import read_examples
from classify.features import cue_features
from classify.heads import Features, Heads, Matrix
from classify.lexicon import evidence
from classify.model import Classifier, Made, Remembered, Settings
from classify.words import Vocabulary, Weighted
from domain.errors import CannotWork
from domain.framework import Framework
from domain.records import Classification, Example
from learning.calibration import Sigmoid, fit_sigmoid, fit_temperature, softmax
from learning.comparison import best_threshold, share

SEED: Final = 2026
FOLDS: Final = 5
FEWEST_PER_QUADRANT: Final = 5
DECISION_WEIGHT: Final = 3.0
UNSURE_BELOW: Final = 0.55
# Inverse strength of the penalty of each quadrant head, and the scale at which the label heads see each family of
# features: chosen by cross-validation over our own examples (docs/decisions/0003).
VECTORS_C: Final = 10.0
WORDS_C: Final = 30.0
CUES_C: Final = 0.3
LABEL_SCALES: Final = {"vectors": 3.0, "words": 2.0, "cues": 0.5, "evidence": 2.0}
LABEL_PENALTY: Final = 3.0
LABEL_FALLBACK: Final = 0.4
LABEL_TRUST: Final = 20


@dataclass(frozen=True, slots=True)
class _Material:
    """The examples with what never changes between folds: targets, weights, cues and evidence."""

    texts: list[str]
    vectors: Matrix
    quadrants: NDArray[np.intp]
    secondary: NDArray[np.intp]  # -1: none
    labels: NDArray[np.bool_]
    weights: NDArray[np.float64]
    cues: Matrix
    evidence: Matrix


def train(
    examples: Sequence[Example],
    vectors: Matrix,
    framework: Framework,
    encoder_name: str,
    *,
    seed: int = SEED,
    sureness: Mapping[str, float] | None = None,
) -> Classifier:
    """A calibrated classifier from labelled examples and reviewers' decisions.

    vectors: float32 (examples, dimension) by the encoder named `encoder_name`. sureness: for decisions, by identifier,
    how sure the reviewer was, 0 to 1 (1 where it is not said). The same input gives the same model to the last figure.
    Raises `CannotWork` if a quadrant has too few examples to learn from.
    """
    # The last figures of a sum depend on how many threads share it; a model must not depend on its machine.
    with threadpool_limits(limits=1):
        return _train(examples, vectors, framework, encoder_name, seed, sureness or {})


def _train(
    examples: Sequence[Example],
    vectors: Matrix,
    framework: Framework,
    encoder_name: str,
    seed: int,
    sureness: Mapping[str, float],
) -> Classifier:
    _require_enough(examples, framework)
    material = _material(examples, vectors, framework, sureness)
    raw, raw_labels = _held_out_scores(material, seed)
    settings = _calibrated(material, raw, raw_labels, framework)
    vocabulary, heads = _fit(material, np.arange(len(examples)))
    shares = softmax(raw, settings.temperature)
    answers = shares.argmax(axis=1)
    return Classifier(
        settings,
        vocabulary,
        heads,
        [Remembered(e.id, e.text, e.quadrant, e.origin) for e in examples],
        vectors.astype(np.float16),
        Made(
            framework_version=framework.version,
            framework_fingerprint=framework.fingerprint,
            encoder=encoder_name,
            libraries={"numpy": np.__version__, "scikit-learn": sklearn.__version__, "scipy": scipy.__version__},
            data=_described(examples),
            figures={"held_out_accuracy": round(share((answers == material.quadrants).tolist()), 4)},
            seed=seed,
        ),
    )


def held_out(
    examples: Sequence[Example],
    vectors: Matrix,
    framework: Framework,
    encoder_name: str,
    *,
    seed: int = SEED,
    groups: Sequence[str] | None = None,
    learn_from: Collection[str] | None = None,
) -> tuple[Classification, ...]:
    """A suggestion for every example by a model that never saw it, calibration and thresholds included.

    With `groups`, one name for each example, each group in turn is held out whole: how well do examples of the other
    kinds carry over? Without, five folds with the same share of each quadrant. With `learn_from`, only the examples of
    these identifiers teach; all are suggested for: how well would a model do that knows no others?
    """
    teaching = np.array([learn_from is None or example.id in learn_from for example in examples])
    quadrants = np.array([framework.quadrant_codes.index(e.quadrant) for e in examples])
    if groups is None:
        parts = [test for _, test in _folds(quadrants, seed)]
    else:
        parts = [np.flatnonzero(np.array(groups) == group) for group in sorted(set(groups))]
    suggestions: dict[int, Classification] = {}
    for part in parts:
        kept = np.setdiff1d(np.flatnonzero(teaching), part)
        model = train([examples[k] for k in kept], vectors[kept], framework, encoder_name, seed=seed)
        answers = model.classify([examples[k].text for k in part], vectors[part])
        suggestions.update(zip(part.tolist(), answers, strict=True))
    return tuple(suggestions[k] for k in range(len(examples)))


def build_shipped(
    examples_folder: Path, destination: Path, encoder: Encoder, framework: Framework, *, created: str, seed: int = SEED
) -> Classifier:
    """Train on the project's own examples alone and store the model that is shipped in `destination`.

    `created`: ISO time for the manifest; it does not enter the version, which is made of the model's content.
    """
    examples = read_examples(examples_folder, framework)
    vectors = encoder.encode([example.text for example in examples])
    classifier = train(examples, vectors, framework, encoder.name, seed=seed)
    classifier.save(destination, created=created)
    return classifier


# ---------------------------------------------------------------- material


def _require_enough(examples: Sequence[Example], framework: Framework) -> None:
    counts = Counter(example.quadrant for example in examples)
    for code in framework.quadrant_codes:
        if counts[code] < FEWEST_PER_QUADRANT:
            raise CannotWork(
                f"There are {counts[code]} examples of {code} and it takes at least {FEWEST_PER_QUADRANT} to learn "
                "from: label some more and train again."
            )


def _material(
    examples: Sequence[Example], vectors: Matrix, framework: Framework, sureness: Mapping[str, float]
) -> _Material:
    texts = [example.text for example in examples]
    spoken = framework.issue_codes + framework.area_codes
    labelled = [(*e.issues, *e.areas, *e.standards, e.quadrant, e.secondary) for e in examples]
    codes = framework.quadrant_codes
    quadrants = np.array([codes.index(e.quadrant) for e in examples], dtype=np.intp)
    weights = np.array([DECISION_WEIGHT * sureness.get(e.id, 1.0) if e.origin == "decision" else 1.0 for e in examples])
    # Every quadrant weighs the same in all, whatever its share of the examples: the mix differs from report to report.
    totals = np.bincount(quadrants, weights=weights, minlength=len(codes))
    return _Material(
        texts=texts,
        vectors=vectors,
        quadrants=quadrants,
        secondary=np.array([codes.index(e.secondary) if e.secondary else -1 for e in examples], dtype=np.intp),
        labels=np.array(
            [[c in row for c in spoken + framework.standard_codes + codes] for row in labelled], dtype=bool
        ),
        weights=weights * (totals.sum() / len(codes) / totals)[quadrants],
        cues=cue_features(texts),
        evidence=evidence(texts, spoken).reshape(len(texts), -1),
    )


def _described(examples: Sequence[Example]) -> dict[str, str | int]:
    text = json.dumps([asdict(example) for example in examples], ensure_ascii=False, sort_keys=True)
    origins = Counter(example.origin for example in examples)
    return {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "examples": origins["example"],
        "decisions": origins["decision"],
    }


# ---------------------------------------------------------------- fitting


def _sparse(words: Weighted, terms: int) -> scipy.sparse.csr_matrix:
    return scipy.sparse.csr_matrix((words.values, words.columns, words.starts), shape=(len(words.starts) - 1, terms))


def _fit(material: _Material, rows: NDArray[np.intp]) -> tuple[Vocabulary, Heads]:
    texts = [material.texts[k] for k in rows]
    vocabulary = Vocabulary.learn(texts)
    words = _sparse(vocabulary.weigh(texts), len(vocabulary.known))
    vectors, cues = material.vectors[rows], material.cues[rows]
    targets, weights = material.quadrants[rows], material.weights[rows]
    heads = [
        LogisticRegression(C=c, max_iter=3000, tol=1e-5).fit(given, targets, sample_weight=weights)
        for given, c in ((vectors, VECTORS_C), (words, WORDS_C), (cues, CUES_C))
    ]
    labels = _fit_labels(vectors, words, cues, material.evidence[rows], material.labels[rows], weights)
    by_vectors, by_words, by_cues = (head.coef_.T.astype(np.float32) for head in heads)
    bias = np.array([head.intercept_ for head in heads], dtype=np.float32)
    return vocabulary, Heads(by_vectors, by_words, by_cues, bias, *labels)


def _fit_labels(
    vectors: Matrix,
    words: scipy.sparse.csr_matrix,
    cues: Matrix,
    spoken: Matrix,
    labels: NDArray[np.bool_],
    weights: NDArray[np.float64],
) -> tuple[Matrix, Matrix, Matrix, Matrix, Matrix]:
    """Ridge regression of all labels at once, in its dual form: one system of equations, the size of the examples."""
    squares = {name: scale**2 for name, scale in LABEL_SCALES.items()}
    gram = (
        squares["vectors"] * (vectors.astype(np.float64) @ vectors.T) + squares["words"] * (words @ words.T).toarray()
    )
    gram += squares["cues"] * (cues.astype(np.float64) @ cues.T)
    gram += squares["evidence"] * (spoken.astype(np.float64) @ spoken.T) + 1.0
    shares = np.average(labels, axis=0, weights=weights)
    dual = np.linalg.solve(gram + LABEL_PENALTY * np.diag(1 / weights), labels - shares)
    return (
        (squares["vectors"] * (vectors.T @ dual)).astype(np.float32),
        np.asarray(squares["words"] * (words.T @ dual), dtype=np.float32),
        (squares["cues"] * (cues.T @ dual)).astype(np.float32),
        (squares["evidence"] * (spoken.T @ dual)).astype(np.float32),
        (shares + dual.sum(axis=0)).astype(np.float32),
    )


def _folds(quadrants: NDArray[np.intp], seed: int) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    splitter = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    return list(splitter.split(np.zeros(len(quadrants)), quadrants))


def _held_out_scores(material: _Material, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Raw scores of quadrants and labels for each example, by heads that never saw it."""
    raw = np.zeros((len(material.texts), int(material.quadrants.max()) + 1))
    raw_labels = np.zeros(material.labels.shape)
    for kept, out in _folds(material.quadrants, seed):
        vocabulary, heads = _fit(material, kept)
        words = vocabulary.weigh([material.texts[k] for k in out])
        seen = Features(material.vectors[out], words, material.cues[out], material.evidence[out])
        raw[out], raw_labels[out] = heads.quadrant_scores(seen), heads.label_scores(seen)
    return raw, raw_labels


# ---------------------------------------------------------------- calibration


def _calibrated(
    material: _Material, raw: NDArray[np.float64], raw_labels: NDArray[np.float64], framework: Framework
) -> Settings:
    temperature = fit_temperature(raw, material.quadrants, material.weights)
    sigmoids = [fit_sigmoid(raw_labels[:, k], material.labels[:, k]) for k in range(raw_labels.shape[1])]
    first = raw_labels.shape[1] - raw.shape[1]
    presence = np.column_stack([sigmoids[k](raw_labels[:, k]) for k in range(first, raw_labels.shape[1])])
    return Settings(
        quadrants=framework.quadrant_codes,
        issues=framework.issue_codes,
        areas=framework.area_codes,
        standards=framework.standard_codes,
        temperature=temperature,
        secondary_from=_secondary_from(softmax(raw, temperature), presence, material),
        unsure_below=UNSURE_BELOW,
        slopes=tuple(sigmoid.slope for sigmoid in sigmoids),
        offsets=tuple(sigmoid.offset for sigmoid in sigmoids),
        suggest_from=tuple(
            _suggest_from(sigmoid, raw_labels[:, k], material.labels[:, k]) for k, sigmoid in enumerate(sigmoids)
        ),
    )


def _suggest_from(sigmoid: Sigmoid, scores: NDArray[np.float64], targets: NDArray[np.bool_]) -> float:
    return best_threshold(sigmoid(scores), targets, fallback=LABEL_FALLBACK, trust=LABEL_TRUST)


def _secondary_from(shares: NDArray[np.float64], presence: NDArray[np.float64], material: _Material) -> float:
    """The presence from which naming a second quadrant agrees best with the examples (F1).

    What is right to name beside the suggested quadrant is the other one of the two that an example bears.
    """
    best = shares.argmax(axis=1)
    rows = np.arange(len(best))
    rival = np.where(np.arange(shares.shape[1]) == best[:, None], -1.0, presence)
    second = rival.argmax(axis=1)
    bears = np.where(best == material.secondary, material.quadrants, material.secondary)
    return best_threshold(rival[rows, second], second == bears, fallback=0.5, trust=LABEL_TRUST)

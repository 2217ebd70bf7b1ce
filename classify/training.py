"""From labelled examples and decisions to a classifier: fitted, calibrated on held-out answers, reproducible.

One kernel ridge regression gives every score. Its likeness of two texts is the radial kernel over sentence vector and
cues plus the product of their weighted words and of the words that say a label; the regression weighs each remembered
text by how much it says of texts like it. From one inverse follow the weights and, without fitting again, the answer
that each example would have had from all the others: that is what calibration and comparisons are made of.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
import scipy
import scipy.sparse
from numpy.typing import NDArray
from scipy.linalg import blas, lapack
from threadpoolctl import threadpool_limits

from classify.encoder import Encoder
from classify.examples import read_examples
from classify.features import cue_features
from classify.heads import Heads, Matrix, likeness, places
from classify.lexicon import evidence
from classify.model import Classifier, Made, Remembered
from classify.suggesting import Settings, calibrated, suggest
from classify.words import Vocabulary, Weighted
from domain.errors import CannotWork
from domain.framework import Framework
from domain.records import Classification, Example
from learning.calibration import fit_sigmoid, fit_temperature, softmax
from learning.comparison import best_threshold, even_threshold, share

SEED: Final = 2026
FOLDS: Final = 5
FEWEST_PER_QUADRANT: Final = 5
DECISION_WEIGHT: Final = 3.0
UNSURE_BELOW: Final = 0.55
# How much of a target a second quadrant takes from the first: an example that bears two says so.
SECOND_SHARE: Final = 0.2
# What each kind of likeness weighs, and the penalty (docs/decisions/0003).
WORDS_WEIGHT: Final = 0.25
EVIDENCE_WEIGHT: Final = 0.1
PENALTY: Final = 0.5
GRAM_ROWS: Final = 512
SECOND_FALLBACK: Final = 0.5
SECOND_TRUST: Final = 20


@dataclass(frozen=True, slots=True)
class Material:
    """The examples as numbers: what they are to be told by, and what is to be told."""

    vocabulary: Vocabulary
    words: scipy.sparse.csr_matrix
    places: NDArray[np.float16]
    evidence: Matrix
    targets: NDArray[np.float64]  # (examples, Q + L): shares of the quadrants, then 1 for each label that stands
    quadrants: NDArray[np.intp]
    secondary: NDArray[np.intp]  # -1: none
    weights: NDArray[np.float64]
    groups: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class _Solved:
    """A regression over some rows: the weight of each of them (rows, Q + L), and their held-out scores."""

    dual: NDArray[np.float64]
    bias: NDArray[np.float64]
    held_out: NDArray[np.float64]


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
    material = material_of(examples, vectors, framework, sureness, _kinds(examples))
    solved = _solve(gram_of(material), material)
    settings = _calibrate(solved.held_out, material, framework)
    return Classifier(
        settings,
        material.vocabulary,
        _heads(solved, material),
        [Remembered(e.id, e.text, e.quadrant, e.origin) for e in examples],
        material.places,
        Made(
            framework_version=framework.version,
            framework_fingerprint=framework.fingerprint,
            encoder=encoder_name,
            libraries={"numpy": np.__version__, "scipy": scipy.__version__},
            data=_described(examples),
            figures={"held_out_accuracy": round(_accuracy(solved.held_out, material, framework), 4)},
            seed=seed,
        ),
    )


def _kinds(examples: Sequence[Example]) -> list[str]:
    """What is held out together for calibration, so that confidence is that of meeting a kind of report anew.

    Each file of our examples is of another kind of report or another hand, and the identifiers in it begin alike; a
    decision stands by itself.
    """
    return [e.id.rpartition("-")[0] if e.origin == "example" else e.id for e in examples]


def held_out(
    examples: Sequence[Example],
    vectors: Matrix,
    framework: Framework,
    *,
    learn_from: Collection[str] | None = None,
    sureness: Mapping[str, float] | None = None,
) -> tuple[Classification, ...]:
    """A suggestion for every example by a model that never saw it.

    With `learn_from`, only the examples of these identifiers teach; all are suggested
    for: how well would a model do that knows no others? Calibration and thresholds are made of four fifths of the
    answers for the other fifth. The vocabulary, which knows texts but no labels, is that of all.
    """
    with threadpool_limits(limits=1):
        material = material_of(examples, vectors, framework, sureness or {})
        scores = _held_out_scores(material, [learn_from is None or e.id in learn_from for e in examples])
        return _cross_calibrated(scores, material, framework)


def _held_out_scores(material: Material, teaches: Sequence[bool]) -> NDArray[np.float64]:
    gram = gram_of(material)
    teaching = np.flatnonzero(np.array(teaches))
    others = np.setdiff1d(np.arange(len(gram)), teaching)
    scores = np.empty_like(material.targets)
    across = gram[np.ix_(others, teaching)]
    solved = _solve(gram if len(teaching) == len(gram) else gram[np.ix_(teaching, teaching)], material, teaching)
    scores[teaching] = solved.held_out
    scores[others] = across @ solved.dual + solved.bias
    return scores


def _cross_calibrated(
    scores: NDArray[np.float64], material: Material, framework: Framework
) -> tuple[Classification, ...]:
    part = np.random.default_rng(SEED).permutation(len(scores)) % FOLDS
    found: dict[int, Classification] = {}
    for number in range(FOLDS):
        kept, out = np.flatnonzero(part != number), np.flatnonzero(part == number)
        settings = _calibrate(scores[kept], rows_of(material, kept), framework)
        shares, labels = calibrated(settings, scores[out])
        found |= {int(k): suggest(settings, shares[n], labels[n], "held out") for n, k in enumerate(out)}
    return tuple(found[k] for k in range(len(scores)))


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


def material_of(
    examples: Sequence[Example],
    vectors: Matrix,
    framework: Framework,
    sureness: Mapping[str, float],
    groups: Sequence[str] | None = None,
) -> Material:
    """The examples as numbers; `sureness` as in `train`.

    With `groups`, one name for each example, a group is held out whole with each of its members.
    """
    texts = [example.text for example in examples]
    codes = framework.quadrant_codes
    quadrants = np.array([codes.index(e.quadrant) for e in examples], dtype=np.intp)
    secondary = np.array([codes.index(e.secondary) if e.secondary else -1 for e in examples], dtype=np.intp)
    weights = np.array([DECISION_WEIGHT * sureness.get(e.id, 1.0) if e.origin == "decision" else 1.0 for e in examples])
    # Every quadrant weighs the same in all, whatever its share of the examples: the mix differs from report to report.
    totals = np.bincount(quadrants, weights=weights, minlength=len(codes))
    vocabulary = Vocabulary.learn(texts)
    spoken = framework.issue_codes + framework.area_codes
    return Material(
        vocabulary=vocabulary,
        words=_sparse(vocabulary.weigh(texts), len(vocabulary.known)),
        # Rounded as they will be stored, so that a stored model gives the scores it was calibrated on.
        places=places(vectors, cue_features(texts)).astype(np.float16),
        evidence=evidence(texts, spoken).reshape(len(texts), -1),
        targets=_targets(examples, quadrants, secondary, framework),
        quadrants=quadrants,
        secondary=secondary,
        weights=weights * (totals.sum() / len(codes) / totals)[quadrants],
        groups=np.array(groups if groups is not None else [str(k) for k in range(len(texts))]),
    )


def _targets(
    examples: Sequence[Example], first: NDArray[np.intp], second: NDArray[np.intp], framework: Framework
) -> NDArray[np.float64]:
    rows = np.arange(len(examples))
    shares = np.zeros((len(examples), len(framework.quadrant_codes)))
    two = second >= 0
    shares[rows, first] = np.where(two, 1 - SECOND_SHARE, 1.0)
    shares[rows[two], second[two]] = SECOND_SHARE
    labels = framework.issue_codes + framework.area_codes + framework.standard_codes + framework.quadrant_codes
    stands = [{*e.issues, *e.areas, *e.standards, e.quadrant, e.secondary} for e in examples]
    return np.hstack([shares, np.array([[code in row for code in labels] for row in stands], dtype=np.float64)])


def rows_of(material: Material, rows: NDArray[np.intp]) -> Material:
    """Some of the examples, with the vocabulary of all."""
    m = material
    return Material(
        m.vocabulary, m.words[rows], m.places[rows], m.evidence[rows], m.targets[rows], m.quadrants[rows],
        m.secondary[rows], m.weights[rows], m.groups[rows],
    )  # fmt: skip


def _described(examples: Sequence[Example]) -> dict[str, str | int]:
    text = json.dumps([asdict(example) for example in examples], ensure_ascii=False, sort_keys=True)
    origins = Counter(example.origin for example in examples)
    return {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "examples": origins["example"],
        "decisions": origins["decision"],
    }


def _sparse(words: Weighted, terms: int) -> scipy.sparse.csr_matrix:
    return scipy.sparse.csr_matrix((words.values, words.columns, words.starts), shape=(len(words.starts) - 1, terms))


# ---------------------------------------------------------------- fitting


def gram_of(material: Material) -> NDArray[np.float64]:
    """How like each pair of examples is: float64 (examples, examples), made some rows at a time to spare memory."""
    stand, spoken = material.places.astype(np.float32), material.evidence.astype(np.float32)
    gram = np.empty((len(stand), len(stand)))
    turned = material.words.T.tocsc()
    for start in range(0, len(stand), GRAM_ROWS):
        rows = slice(start, start + GRAM_ROWS)
        gram[rows] = likeness(stand[rows] @ stand.T)
        gram[rows] += EVIDENCE_WEIGHT * (spoken[rows] @ spoken.T)
        gram[rows] += WORDS_WEIGHT * (material.words[rows] @ turned).toarray()
    return gram


def _solve(gram: NDArray[np.float64], material: Material, rows: NDArray[np.intp] | None = None) -> _Solved:
    """The regression of all targets at once over the examples `rows` (all of them by default), whose gram it is given.

    The held-out score of an example is its target less its weight divided by the inverse's diagonal, and the same in
    blocks for a group: exactly what fitting without it would give, at no further cost. `gram` is overwritten.
    """
    m = material if rows is None else rows_of(material, rows)
    bias = np.average(m.targets, axis=0, weights=m.weights)
    gram[np.diag_indices_from(gram)] += PENALTY / m.weights
    # The transpose of a symmetric matrix is itself, in the order of columns that LAPACK works on without a copy.
    factor, failed = lapack.dpotrf(gram.T, lower=1, overwrite_a=1)
    inverse, failed_too = lapack.dpotri(factor, lower=1, overwrite_c=1)
    if failed or failed_too:
        raise CannotWork("The examples cannot be learnt from: their likenesses are not numbers. Check the texts.")
    # Only the lower half is made, and only it is read.
    dual = blas.dsymm(1.0, inverse, m.targets - bias, lower=1)
    held = m.targets - dual / np.diag(inverse)[:, None]
    for name, count in Counter(m.groups.tolist()).items():
        if count > 1:
            here = np.flatnonzero(m.groups == name)
            half = np.tril(inverse[np.ix_(here, here)])
            held[here] = m.targets[here] - np.linalg.solve(half + np.tril(half, -1).T, dual[here])
    return _Solved(dual, bias, held)


def _heads(solved: _Solved, material: Material) -> Heads:
    return Heads(
        by_likeness=solved.dual.astype(np.float32),
        by_words=np.asarray(WORDS_WEIGHT * (material.words.T @ solved.dual), dtype=np.float32),
        by_evidence=(EVIDENCE_WEIGHT * (material.evidence.T @ solved.dual)).astype(np.float32),
        bias=solved.bias.astype(np.float32),
    )


def _accuracy(scores: NDArray[np.float64], material: Material, framework: Framework) -> float:
    return share((scores[:, : len(framework.quadrant_codes)].argmax(axis=1) == material.quadrants).tolist())


# ---------------------------------------------------------------- calibration


def _calibrate(scores: NDArray[np.float64], material: Material, framework: Framework) -> Settings:
    count = len(framework.quadrant_codes)
    raw, raw_labels, stands = scores[:, :count], scores[:, count:], material.targets[:, count:] > 0.5
    temperature = fit_temperature(raw, material.quadrants, material.weights)
    sigmoids = [fit_sigmoid(raw_labels[:, k], stands[:, k]) for k in range(raw_labels.shape[1])]
    chances = np.column_stack([s(raw_labels[:, k]) for k, s in enumerate(sigmoids)])
    return Settings(
        quadrants=framework.quadrant_codes,
        issues=framework.issue_codes,
        areas=framework.area_codes,
        standards=framework.standard_codes,
        temperature=temperature,
        secondary_from=_secondary_from(softmax(raw, temperature), chances[:, -count:], material),
        unsure_below=UNSURE_BELOW,
        slopes=tuple(sigmoid.slope for sigmoid in sigmoids),
        offsets=tuple(sigmoid.offset for sigmoid in sigmoids),
        suggest_from=_suggest_from(chances, stands, framework),
    )


def _suggest_from(chances: NDArray[np.float64], stands: NDArray[np.bool_], framework: Framework) -> tuple[float, ...]:
    """From which chance each label is suggested: from one for all issues, one for all areas, and so on."""
    out: list[float] = []
    for codes in (framework.issue_codes, framework.area_codes, framework.standard_codes, framework.quadrant_codes):
        kind = slice(len(out), len(out) + len(codes))
        out += [even_threshold(chances[:, kind], stands[:, kind])] * len(codes)
    return tuple(out)


def _secondary_from(shares: NDArray[np.float64], presence: NDArray[np.float64], material: Material) -> float:
    """The presence from which naming a second quadrant agrees best with the examples (F1).

    What is right to name beside the suggested quadrant is the other one of the two that an example bears.
    """
    best = shares.argmax(axis=1)
    rows = np.arange(len(best))
    rival = np.where(np.arange(shares.shape[1]) == best[:, None], -1.0, presence)
    second = rival.argmax(axis=1)
    bears = np.where(best == material.secondary, material.quadrants, material.secondary)
    return best_threshold(rival[rows, second], second == bears, fallback=SECOND_FALLBACK, trust=SECOND_TRUST)

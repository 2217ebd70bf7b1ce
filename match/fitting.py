"""Judged pairs -> a fitted pair scorer, and how judged pairs fare under one.

Vectors come from the caller, as everywhere in this room.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from domain.records import Ask, Repeat, RepeatGroup
from match.content import content
from match.features import LIKENESSES, NAMES, Floats
from match.groups import group
from match.pairs import features_of, score_pairs, table_of
from match.scorer import FieldView, Scorer
from match.subjects import SUBJECTS

SAME: Final = "same"
DIFFERENT: Final = "different"
DIRECTIONS: Final = 32
# Of pairs that lie further apart hardly one in sixty is the same ask, and in a plan they are by far the most.
CANDIDATES_FROM: Final = 0.5
PULL: Final = 10.0  # towards weights of 0: of half the square of a weight in standard deviations, against one pair
# Chosen by whole plans and by pairs that differ in the act alone: without it a sixth less of what is the same is found;
# with three times as much, a third more is joined that is not the same.
LEAN: Final = 0.2
FOLLOWED_FROM: Final = 0.2  # pairs below weigh little in a mean, and are too many to follow
DIGITS: Final = 5
HELD_OUT: Final = 15  # of a hundred texts


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of texts and what a person found: "same", "related" or "different".

    weight: how many pairs it counts for when weights are fitted.
    """

    a: str
    b: str
    verdict: str
    weight: float = 1.0


def held_out(pair: Judged) -> bool:
    """Whether the tuning of the embedding model learns nothing of a pair, by chance of its texts: about three in ten pairs.

    The score is fitted on these: of pairs that were learnt from, the likeness promises more than it keeps.
    """
    return any(int(hashlib.sha256(text.encode()).hexdigest(), 16) % 100 < HELD_OUT for text in (pair.a, pair.b))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How judged pairs fare once all their texts are grouped: counts of pairs; far: different ones that were joined."""

    right: int
    wrong: int
    missed: int
    far: int

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.right + other.right, self.wrong + other.wrong, self.missed + other.missed, self.far + other.far
        )

    @property
    def precision(self) -> float:
        """The share of the joined pairs that are the same ask."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """The share of the pairs of the same ask that were joined."""
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


def fit_scorer(
    pairs: Sequence[Judged],
    asks: Mapping[str, Ask],
    vectors: Mapping[str, NDArray[np.float32]],
    corpus: Sequence[str],
    corpus_vectors: NDArray[np.float32],
    *,
    lean: float = LEAN,
) -> Scorer:
    """A scorer fitted on judged pairs.

    asks, vectors: of each text of the pairs; corpus: recommendations without judgements, (n) texts and (n, dimension)
    vectors, from which the weights of words and the field's view are learnt; lean: what is added to the
    offset, so that one half is the score from which to join.
    """
    blank = _blank(corpus, corpus_vectors)
    features, same, counts = _examples(pairs, asks, vectors, blank)
    weights, offset = _logistic(features, same, counts)
    named = {name: round(float(weight), DIGITS) for name, weight in zip(NAMES, weights, strict=True)}
    return replace(blank, weights=named, offset=round(offset + lean, DIGITS))


def _logistic(features: Floats, same: NDArray[np.bool_], counts: Floats) -> tuple[Floats, float]:
    """Weights and offset under which the verdicts are likeliest. No likeness may speak against, no difference for."""
    mean, spread = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-9)
    scaled = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    signs = np.where(same, 1.0, -1.0)

    def loss(answer: Floats) -> tuple[float, Floats]:
        margins = signs * (scaled @ answer)
        pulled = np.append(answer[:-1], 0.0)
        slopes = -signs * counts / (1 + np.exp(np.clip(margins, -35, 35)))
        value = float((counts * np.logaddexp(0, -margins)).sum() + PULL / 2 * pulled @ pulled)
        return value, scaled.T @ slopes + PULL * pulled

    bounds = [(0, None) if name in LIKENESSES else (None, 0) for name in NAMES] + [(None, None)]
    answer = minimize(loss, np.zeros(len(NAMES) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights: Floats = answer[:-1] / spread
    return weights, float(answer[-1] - weights @ mean)


def _examples(
    pairs: Sequence[Judged], asks: Mapping[str, Ask], vectors: Mapping[str, NDArray[np.float32]], scorer: Scorer
) -> tuple[Floats, NDArray[np.bool_], Floats]:
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair.a, pair.b)))
    place = {text: number for number, text in enumerate(texts)}
    table = table_of([content(text) for text in texts], [asks[text] for text in texts], scorer)
    stacked = np.stack([vectors[text] for text in texts])
    a, b = (np.array([place[t] for t in side]) for side in ([p.a for p in pairs], [p.b for p in pairs]))
    similarity = np.einsum("ij,ij->i", stacked[a], stacked[b])
    kept = similarity >= scorer.candidates_from
    features = features_of(table, scorer.view(stacked), a[kept], b[kept], similarity[kept])
    same, counts = np.array([pair.verdict == SAME for pair in pairs]), np.array([pair.weight for pair in pairs])
    return features, same[kept], counts[kept]


def _blank(corpus: Sequence[str], corpus_vectors: NDArray[np.float32]) -> Scorer:
    """A scorer that knows the field but no judgement."""
    contents = [content(text) for text in corpus]
    words, subjects = Counter(w for c in contents for w in c.words), Counter(s for c in contents for s in c.subjects)
    log = math.log(len(corpus) + 1)
    return Scorer(
        weights={},
        offset=0.0,
        candidates_from=CANDIDATES_FROM,
        view=_view(corpus_vectors),
        word_weights={w: round(log - math.log(n + 1), 3) for w, n in sorted(words.items()) if n > 1},
        rare_word=round(log - math.log(2), 3),
        subject_weights={s: round(log - math.log(subjects[s] + 1), 3) for s in SUBJECTS},
    )


def _view(vectors: NDArray[np.float32]) -> FieldView:
    """The strongest directions of the field shortened towards the spread of the rest, half way in variance."""
    mean = vectors.mean(axis=0)
    _, singular, rows = np.linalg.svd(vectors - mean, full_matrices=False)
    variance = singular**2 / len(vectors)
    count = min(DIRECTIONS, len(variance) - 1)
    usual, rest = variance.mean(), variance[count:].mean()
    stretch = np.sqrt((rest + usual) / (variance[:count] + usual))
    return FieldView(
        tuple(round(float(x), DIGITS) for x in mean),
        tuple(tuple(round(float(x), DIGITS) for x in row) for row in rows[:count]),
        tuple(round(float(x), DIGITS) for x in stretch),
    )


def scored(
    pairs: Sequence[Judged],
    asks: Mapping[str, Ask],
    vectors: Mapping[str, NDArray[np.float32]],
    scorer: Scorer,
) -> tuple[list[str], tuple[Repeat, ...]]:
    """All texts of the judged pairs, and their scored pairs, named by the texts."""
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair.a, pair.b)))
    stacked = np.stack([vectors[text] for text in texts])
    named = [replace(asks[t], id=t) for t in texts]
    return texts, score_pairs(named, stacked, threshold=FOLLOWED_FROM, scorer=scorer)


def outcome(
    pairs: Sequence[Judged],
    asks: Mapping[str, Ask],
    vectors: Mapping[str, NDArray[np.float32]],
    scorer: Scorer,
) -> Outcome:
    """How the pairs fare when all their texts are scored and grouped together."""
    texts, found = scored(pairs, asks, vectors, scorer)
    return outcome_of(pairs, group(texts, found))


def outcome_of(pairs: Sequence[Judged], groups: Sequence[RepeatGroup]) -> Outcome:
    """How the pairs fare under groups whose members are texts."""
    home: dict[str, set[int]] = {}
    for number, one in enumerate(groups):
        for member in one.members:
            home.setdefault(member, set()).add(number)
    nowhere: set[int] = set()
    joined = [pair for pair in pairs if home.get(pair.a, nowhere) & home.get(pair.b, nowhere)]
    right = sum(pair.verdict == SAME for pair in joined)
    return Outcome(
        right=right,
        wrong=len(joined) - right,
        missed=sum(pair.verdict == SAME for pair in pairs) - right,
        far=sum(pair.verdict == DIFFERENT for pair in joined),
    )

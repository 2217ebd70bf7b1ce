"""Judged pairs -> a fitted pair scorer, and how well one fitted on some subjects does on others.

Vectors come from the caller, as everywhere in this room.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from domain.records import Ask, RepeatGroup
from match.content import content
from match.features import LIKENESSES, NAMES, Floats
from match.groups import group
from match.pairs import features_of, score_pairs, table_of
from match.scorer import FieldView, Scorer
from match.subjects import SUBJECTS

SAME: Final = "same"
DIFFERENT: Final = "different"
DIRECTIONS: Final = 32
CANDIDATES_FROM: Final = 0.45  # of the pairs judged the same, 19 in 20 lie above; with 0.5 a fortieth of F1 is lost
PULL: Final = 10.0  # towards weights of 0: of half the square of a weight in standard deviations, against one pair
FOLDS: Final = 6
LEAN: Final = 0.6  # with 0.8 cross-validation's F1 is best by 0.01, with less precision: joining wrongly costs more
FOLLOWED_FROM: Final = 0.2  # pairs below weigh little in a mean, and are too many to follow
DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of texts and what a person found: "same", "related" or "different".

    subject: "" where it has none; weight: how many pairs it counts for when weights are fitted.
    """

    a: str
    b: str
    verdict: str
    subject: str = ""
    weight: float = 1.0


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


# ---------------------------------------------------------------- cross-validation


def folds(pairs: Sequence[Judged], *, seed: int, count: int = FOLDS) -> Iterator[tuple[list[Judged], list[Judged]]]:
    """Pairs to fit on and pairs to measure with, `count` times.

    No text stands on both sides, nor do two texts of one subject; pairs of different subjects that lie across are on
    neither side.
    """
    home = _subjects(pairs)
    names = sorted({home[text] for pair in pairs for text in (pair.a, pair.b)})
    shuffled = np.random.default_rng(seed).permutation(len(names)) % count
    fold = {name: int(number) for name, number in zip(names, shuffled, strict=True)}
    for held in range(count):
        sides = [(pair, {fold[home[pair.a]] == held, fold[home[pair.b]] == held}) for pair in pairs]
        yield [pair for pair, side in sides if side == {False}], [pair for pair, side in sides if side == {True}]


def _subjects(pairs: Sequence[Judged]) -> dict[str, str]:
    """A name for each text, shared by those of one subject and by those that judged pairs of one subject connect."""
    near: dict[str, list[str]] = {}
    for pair in pairs:
        linked = [pair.a, pair.b, *([f"subject {pair.subject}"] if pair.subject else [])]
        for node in linked:
            near.setdefault(node, []).extend(linked if pair.verdict != DIFFERENT else [])
    home: dict[str, str] = {}
    for start in sorted(near):
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node not in home:
                home[node] = start
                waiting += near[node]
    return home


def outcome(
    pairs: Sequence[Judged],
    asks: Mapping[str, Ask],
    vectors: Mapping[str, NDArray[np.float32]],
    scorer: Scorer,
) -> Outcome:
    """How the pairs fare when all their texts are scored and grouped together."""
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair.a, pair.b)))
    stacked = np.stack([vectors[text] for text in texts])
    found = score_pairs([replace(asks[t], id=t) for t in texts], stacked, threshold=FOLLOWED_FROM, scorer=scorer)
    return outcome_of(pairs, group(texts, found))


def outcome_of(pairs: Sequence[Judged], groups: Sequence[RepeatGroup]) -> Outcome:
    """How the pairs fare under groups whose members are texts."""
    home = {member: number for number, one in enumerate(groups) for member in one.members}
    joined = [pair for pair in pairs if home.get(pair.a, -1) == home.get(pair.b, -2)]
    right = sum(pair.verdict == SAME for pair in joined)
    return Outcome(
        right=right,
        wrong=len(joined) - right,
        missed=sum(pair.verdict == SAME for pair in pairs) - right,
        far=sum(pair.verdict == DIFFERENT for pair in joined),
    )

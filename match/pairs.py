"""Are two recommendations the same ask? A score with its reasons, from features that a person can follow.

Similarity alone cannot tell "train staff about X" from "audit X". Beside the cosine of the sentence vectors the score
weighs which of the field's subjects the two share and which only one has, whether they ask for the same act, for the
same side of the matter (its timeliness, its quality, its recording), for the same people, and of the same kind of body.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.errors import UsageError
from domain.records import Ask, Repeat
from match.candidates import Batch, Places, candidates, candidates_across
from match.content import Content, content
from match.features import Floats, PairTable
from match.scorer import Scorer, shipped_scorer

SAID_TWICE: Final = 0.92  # a cosine that two recommendations reach which differ in a few words
REASONS: Final = 8  # words named on each side as evidence


def score_pairs(
    asks: Sequence[Ask],
    vectors: NDArray[np.float32],
    *,
    threshold: float,
    scorer: Scorer | None = None,
    new: Collection[int] | None = None,
) -> tuple[Repeat, ...]:
    """Every pair of asks whose score is at least `threshold` (0 to 1), each pair in the order of the asks.

    vectors: float32 (asks, dimension), rows of length 1; scorer: the shipped one where none is given; new: places of asks,
    where only pairs with one of them are wanted, since all others have been compared already. A pair's score depends on the
    two asks alone, to the last digit, so it is the same whatever else is compared. Pairs below the scorer's least
    similarity are no near-repeats, nor are two of one source unless they are nearly the same words: who writes a review
    puts into one recommendation what is one ask. Raises `UsageError` if the vectors do not fit the asks or the threshold is none.
    """
    scorer = _fitting(asks, vectors, threshold, scorer)
    if new is None:
        return tuple(_scored(asks, vectors, candidates(vectors, scorer.candidates_from), threshold, scorer))
    fresh = np.zeros(len(asks), dtype=np.bool_)
    fresh[list(new)] = True
    order = np.argsort(fresh, kind="stable")
    ordered = vectors if (order[:-1] < order[1:]).all() else vectors[order]
    near = candidates(ordered, scorer.candidates_from, new_from=len(asks) - int(fresh.sum()))
    placed = ((order[a], order[b], similarity) for a, b, similarity in near)
    return _of_few(asks, vectors, ((np.minimum(a, b), np.maximum(a, b), s) for a, b, s in placed), threshold, scorer)


def score_across(
    asks: Sequence[Ask],
    vectors: NDArray[np.float32],
    *,
    threshold: float,
    new_from: int,
    scorer: Scorer | None = None,
) -> tuple[Repeat, ...]:
    """As `score_pairs`, but only pairs of an ask before `new_from` and one from there on."""
    scorer = _fitting(asks, vectors, threshold, scorer)
    near = candidates_across(vectors, scorer.candidates_from, new_from=new_from)
    return _of_few(asks, vectors, near, threshold, scorer)


def _fitting(asks: Sequence[Ask], vectors: NDArray[np.float32], threshold: float, scorer: Scorer | None) -> Scorer:
    if len(vectors) != len(asks):
        raise UsageError(f"{len(asks)} texts need as many vectors, not {len(vectors)}.")
    if not 0 < threshold < 1:
        raise UsageError(f"The threshold must lie between 0 and 1, not at {threshold}.")
    return scorer or shipped_scorer()


def _of_few(
    asks: Sequence[Ask], vectors: NDArray[np.float32], near: Iterable[Batch], threshold: float, scorer: Scorer
) -> tuple[Repeat, ...]:
    """A few new asks are near to few of the many: only those are looked at."""
    some = list(near)
    if not some:
        return ()
    rows = np.unique(np.concatenate([row for a, b, _ in some for row in (a, b)]))
    moved = ((np.searchsorted(rows, a), np.searchsorted(rows, b), similarity) for a, b, similarity in some)
    return tuple(_scored([asks[n] for n in rows.tolist()], vectors[rows], moved, threshold, scorer))


def _of_two_sources(sources: NDArray[np.intp], a: Places, b: Places, similarity: NDArray[np.float32]) -> Batch:
    kept = (sources[a] != sources[b]) | (sources[a] == 0) | (similarity >= SAID_TWICE)
    return a[kept], b[kept], similarity[kept]


def _scored(
    asks: Sequence[Ask],
    vectors: NDArray[np.float32],
    near: Iterable[Batch],
    threshold: float,
    scorer: Scorer,
) -> Iterator[Repeat]:
    if not asks:
        return
    sources = _numbered([ask.source for ask in asks])
    contents = [content(ask.text) for ask in asks]
    table = table_of(contents, asks, scorer)
    seen = scorer.view(vectors)
    # The same text stands in many pairs: its words are put in order once.
    telling: dict[int, list[str]] = {}
    for a, b, similarity in (_of_two_sources(sources, *batch) for batch in near):
        scores = scorer(features_of(table, seen, a, b, similarity))
        for n in np.flatnonzero(scores >= threshold).tolist():
            i, j = int(a[n]), int(b[n])
            for place in (i, j):
                if place not in telling:
                    telling[place] = _telling(contents[place], scorer)
            x, y = contents[i].words, contents[j].words
            yield Repeat(
                a=asks[i].id,
                b=asks[j].id,
                score=round(float(scores[n]), 4),
                similarity=round(float(similarity[n]), 4),
                shared=_named(contents[i], (stem for stem in telling[i] if stem in y)),
                only_a=_named(contents[i], (stem for stem in telling[i] if stem not in y)),
                only_b=_named(contents[j], (stem for stem in telling[j] if stem not in x)),
            )


def _numbered(sources: Sequence[str]) -> NDArray[np.intp]:
    """A number for each source, 0 where it is not known."""
    known = {source: number for number, source in enumerate(dict.fromkeys(s for s in sources if s), 1)}
    return np.array([known.get(source, 0) for source in sources], dtype=np.intp)


def table_of(contents: Sequence[Content], asks: Sequence[Ask], scorer: Scorer) -> PairTable:
    """The asks as rows of numbers, under the scorer's weights."""
    return PairTable(contents, [ask.agencies for ask in asks], scorer.subject_weights)


def features_of(
    table: PairTable, seen: NDArray[np.float32], a: Places, b: Places, similarity: NDArray[np.float32]
) -> Floats:
    """Features of the pairs of rows a[n], b[n], given their cosines and the vectors as the field sees them."""
    within = np.einsum("ij,ij->i", seen[a], seen[b])
    return table.features(a, b, similarity.astype(np.float64), within.astype(np.float64))


def _telling(source: Content, scorer: Scorer) -> list[str]:
    """The stems of a text's words, the telling ones first; of equals, in the order of the text."""
    return sorted(source.words, key=lambda stem: -source.words[stem] * scorer.word_weights.get(stem, scorer.rare_word))


def _named(source: Content, stems: Iterator[str]) -> tuple[str, ...]:
    """Spellings of the first of the stems."""
    return tuple(source.spelt[stem] for stem in islice(stems, REASONS))

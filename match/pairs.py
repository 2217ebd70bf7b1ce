"""Are two recommendations the same ask? A score with its reasons, from features that a person can follow.

Similarity alone cannot tell "train staff about X" from "audit X". Beside the cosine of the sentence vectors the score
weighs which of the field's subjects the two share and which only one has, whether they ask for the same act, for the
same side of the matter (its timeliness, its quality, its recording), for the same people, and of the same kind of body.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.errors import UsageError
from domain.records import Ask, Repeat
from match.content import Content, content
from match.features import Floats, PairTable, Places
from match.scorer import Scorer, shipped_scorer

BLOCK: Final = 1024
AT_ONCE: Final = 20_000  # pairs whose features are worked out together: some tens of megabytes
REASONS: Final = 8  # words named on each side as evidence


def score_pairs(
    asks: Sequence[Ask],
    vectors: NDArray[np.float32],
    *,
    threshold: float,
    scorer: Scorer | None = None,
    new_from: int = 0,
) -> tuple[Repeat, ...]:
    """Every pair of asks whose score is at least `threshold` (0 to 1), in the order of the asks.

    vectors: float32 (asks, dimension), rows of length 1; scorer: the shipped one where none is given; new_from: only
    pairs of which one ask stands at this place or behind it, where those before have been compared already. A pair's
    score depends on the two asks alone, so it is the same whatever else is compared. Pairs below the scorer's least
    similarity are no near-repeats. Raises `UsageError` if the vectors do not fit the asks or the threshold is none.
    """
    if len(vectors) != len(asks):
        raise UsageError(f"{len(asks)} texts need as many vectors, not {len(vectors)}.")
    if not 0 < threshold < 1:
        raise UsageError(f"The threshold must lie between 0 and 1, not at {threshold}.")
    if not asks:
        return ()
    scorer = scorer or shipped_scorer()
    contents = [content(ask.text) for ask in asks]
    table = table_of(contents, asks, scorer)
    seen = scorer.view(vectors)
    found = []
    for a, b, similarity in candidates(vectors, scorer.candidates_from, new_from=new_from):
        scores = scorer(features_of(table, seen, a, b, similarity))
        for n in np.flatnonzero(scores >= threshold).tolist():
            i, j = int(a[n]), int(b[n])
            found.append(
                _repeat(
                    asks[i].id, asks[j].id, float(scores[n]), float(similarity[n]), contents[i], contents[j], scorer
                )
            )
    return tuple(found)


def table_of(contents: Sequence[Content], asks: Sequence[Ask], scorer: Scorer) -> PairTable:
    """The asks as rows of numbers, under the scorer's weights."""
    return PairTable(contents, [ask.agencies for ask in asks], scorer.subject_weights)


def features_of(
    table: PairTable, seen: NDArray[np.float32], a: Places, b: Places, similarity: NDArray[np.float32]
) -> Floats:
    """Features of the pairs of rows a[n], b[n], given their cosines and the vectors as the field sees them."""
    within = np.einsum("ij,ij->i", seen[a], seen[b])
    return table.features(a, b, similarity.astype(np.float64), within.astype(np.float64))


def candidates(
    vectors: NDArray[np.float32], least: float, *, new_from: int = 0
) -> Iterator[tuple[Places, Places, NDArray[np.float32]]]:
    """Pairs of rows with a cosine of at least `least` and that cosine, in batches, so that memory stays flat.

    The first of a pair stands before the second, which stands at `new_from` or behind it.
    """
    for start in range(new_from, len(vectors), BLOCK):
        end = min(start + BLOCK, len(vectors))
        block = vectors[start:end] @ vectors[:end].T
        rows, columns = np.nonzero(np.tril(block >= least, k=start - 1))
        for first in range(0, len(rows), AT_ONCE):
            some, others = rows[first : first + AT_ONCE], columns[first : first + AT_ONCE]
            yield others, start + some, block[some, others]


def _repeat(a: str, b: str, score: float, similarity: float, x: Content, y: Content, scorer: Scorer) -> Repeat:
    return Repeat(
        a=a,
        b=b,
        score=round(score, 4),
        similarity=round(similarity, 4),
        shared=_named(x, x.words.keys() & y.words.keys(), scorer),
        only_a=_named(x, x.words.keys() - y.words.keys(), scorer),
        only_b=_named(y, y.words.keys() - x.words.keys(), scorer),
    )


def _named(source: Content, stems: frozenset[str] | set[str], scorer: Scorer) -> tuple[str, ...]:
    """Spellings of the stems, the telling ones first; of equals, in the order of the text."""
    ordered = sorted(
        (stem for stem in source.words if stem in stems),
        key=lambda stem: -source.words[stem] * scorer.word_weights.get(stem, scorer.rare_word),
    )
    return tuple(source.spelt[stem] for stem in ordered[:REASONS])

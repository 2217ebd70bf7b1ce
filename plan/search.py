"""Search: words and meaning in one ranked list, and with every hit what became of it."""

import re
from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from domain.records import ActionRow, SearchHit
from domain.states import Audience
from match.ranking import rank
from plan import rows
from plan.filters import Filters
from plan.ledger import fetch, packed
from plan.vectors import all_embeddings, newest_embedding
from plan.visibility import Sight, sight

# Candidates that each side hands to the ranking for every hit that is wanted, and at least.
CANDIDATES_PER_HIT = 5
LEAST_CANDIDATES = 50
LONGEST_QUERY_WORDS = 64
SHORTEST_STEM = 5

STOP_WORDS = frozenset(
    "a an and any are as at be been but by can for from had has have how in into is it its not of on or our should so "
    "than that the their them then there these they this to was we were what when where which who will with".split()
)


class _Vectors:
    """The vectors of one encoder held in memory between searches: unit rows, and the content key of each."""

    __slots__ = ("encoder", "keys", "matrix", "newest")

    def __init__(self, db: sqlite_utils.Database, encoder: str) -> None:
        self.encoder = encoder
        # Asked first: what comes while the vectors are read is then read again by the next search.
        self.newest = newest_embedding(db)
        self.keys, self.matrix = all_embeddings(db, encoder)
        lengths = np.linalg.norm(self.matrix, axis=1, keepdims=True)
        self.matrix /= np.where(lengths == 0, np.float32(1), lengths)

    def current(self, db: sqlite_utils.Database, encoder: str) -> bool:
        return encoder == self.encoder and newest_embedding(db) == self.newest


_held: WeakKeyDictionary[sqlite_utils.Database, _Vectors] = WeakKeyDictionary()


def search(
    db: sqlite_utils.Database,
    words: str,
    vector: NDArray[np.float32] | None,
    encoder: str,
    *,
    audience: Audience = Audience.PARTNERSHIP,
    limit: int = 20,
    quadrant: str | None = None,
    issue: str | None = None,
    agency: str | None = None,
    status: str | None = None,
) -> tuple[SearchHit, ...]:
    """The recommendations that a person may mean, best first, each with its actions as the audience sees them.

    `words` are a person's and may be anything: they are never read as search syntax. `vector`: their embedding, shape
    (dimensions,), or None for a search by words alone. The rest narrows as `plan.filters.Filters` says.
    """
    if limit < 1:
        return ()
    seen = sight(audience)
    filters = Filters(quadrant=quadrant, issue=issue, agency=agency, status=status)
    wanted = max(LEAST_CANDIDATES, limit * CANDIDATES_PER_HIT)
    keyword = _keyword_hits(db, words, seen, filters, wanted)
    similar = [] if vector is None else _similar_hits(db, vector, encoder, seen, filters, wanted)
    ranked = rank(keyword, similar, limit=limit)
    found = {row.id: row for row in rows.recommendation_rows(db, seen, ids=[r.id for r in ranked])}
    refs = sorted({ref for row in found.values() for ref in row.action_refs})
    by_ref: dict[str, ActionRow] = {
        row.ref: row
        for row in rows.action_rows(
            db, seen, condition=f"a.ref {rows.IN_LIST.replace('listed', 'refs')}", params={"refs": packed(refs)}
        )
    }
    return tuple(
        SearchHit(found[r.id], r.score, r.why, tuple(by_ref[ref] for ref in found[r.id].action_refs if ref in by_ref))
        for r in ranked
        if r.id in found
    )


def fts_query(words: str, known: Callable[[str], bool] = bool) -> str | None:
    """A person's words as an FTS5 expression that is always valid: quoted, any of them, the last as a beginning.

    Words that stand in every other sentence are left out unless there are no others. None where no word is left.
    `known`: whether an expression finds anything. The index holds stems, so that "supervisi" begins none of its words:
    a beginning that is not known is shortened until it is.
    """
    tokens = re.findall(r"[^\W_]+", words)[:LONGEST_QUERY_WORDS]
    telling = [token for token in tokens if token.casefold() not in STOP_WORDS] or tokens
    if not telling:
        return None
    terms = [f'"{token}"' for token in dict.fromkeys(telling)]
    # The last word may still be being typed; where typing has gone on to a space it is whole.
    if telling[-1] == tokens[-1] and not words[-1:].isspace():
        last = telling[-1]
        cuts = [0, *(cut for cut in (1, 2, 3) if len(last) - cut >= SHORTEST_STEM)]
        beginnings = [f'"{last[: len(last) - cut]}"*' for cut in cuts]
        terms.append(next((beginning for beginning in beginnings if known(beginning)), beginnings[0]))
    return " OR ".join(terms)


def _source(seen: Sight, filters: Filters) -> str:
    return f"""JOIN reviews AS v ON v.id = r.review_id JOIN current_labels AS l ON l.recommendation_id = r.id
        WHERE {seen.reviews("v")} AND {filters.condition(seen.actions("fa"))}"""


def _keyword_hits(
    db: sqlite_utils.Database, words: str, seen: Sight, filters: Filters, wanted: int
) -> list[tuple[str, float]]:
    matching = "SELECT 1 FROM recommendations_fts WHERE recommendations_fts MATCH ? LIMIT 1"
    query = fts_query(words, lambda expression: bool(fetch(db, matching, (expression,))))
    if query is None:
        return []
    # The text weighs more than a lead-in that several items share. bm25 is better the lower it is.
    found = fetch(
        db,
        f"""SELECT r.id, -bm25(recommendations_fts, 1.0, 0.5) AS score FROM recommendations_fts
        JOIN recommendations AS r ON r.key = recommendations_fts.rowid {_source(seen, filters)}
        AND recommendations_fts MATCH :query ORDER BY score DESC, r.id LIMIT :wanted""",
        {"query": query, "wanted": wanted, **seen.params, **filters.params},
    )
    return [(row["id"], row["score"]) for row in found]


def _similar_hits(
    db: sqlite_utils.Database,
    vector: NDArray[np.float32],
    encoder: str,
    seen: Sight,
    filters: Filters,
    wanted: int,
) -> list[tuple[str, float]]:
    vectors = _held.get(db)
    if vectors is None or not vectors.current(db, encoder):
        vectors = _held[db] = _Vectors(db, encoder)
    length = float(np.linalg.norm(vector))
    if not vectors.keys or not np.isfinite(length) or length == 0:
        return []
    similarity = vectors.matrix @ (np.asarray(vector, dtype=np.float32) / np.float32(length))
    order = np.argsort(-similarity, kind="stable")
    hits: list[tuple[str, float]] = []
    start, size = 0, wanted * 2
    # Texts are asked about nearest first, in growing portions, until enough of them are seen and wanted.
    while len(hits) < wanted and start < len(order):
        portion = order[start : start + size]
        nearness = {vectors.keys[i]: float(similarity[i]) for i in portion}
        hits += _wanted_among(db, nearness, seen, filters)
        start, size = start + size, size * 4
    return hits[:wanted]


def _wanted_among(
    db: sqlite_utils.Database, nearness: dict[str, float], seen: Sight, filters: Filters
) -> Sequence[tuple[str, float]]:
    found = fetch(
        db,
        f"""SELECT r.id, r.content_key FROM recommendations AS r {_source(seen, filters)}
        AND r.content_key IN (SELECT value FROM json_each(:keys))""",
        {"keys": packed(list(nearness)), **seen.params, **filters.params},
    )
    return sorted(((row["id"], nearness[row["content_key"]]) for row in found), key=lambda hit: (-hit[1], hit[0]))

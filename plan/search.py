"""Search: words and meaning in one ranked list, and with every hit what became of it."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from domain.identity import full_text
from domain.records import ActionRow, RecommendationRow, SearchHit
from domain.states import Audience
from match.asked import Asked, Words
from match.passages import passage
from match.ranking import STAND_FIRST, Ranked, rank
from plan import rows
from plan.filters import Filters
from plan.first_version import TOKENISER
from plan.held_vectors import held_vectors
from plan.ledger import fetch, packed
from plan.vectors import load_embeddings
from plan.visibility import Sight, sight

# Candidates that each side hands to the ranking for every hit that is wanted, and at least.
CANDIDATES_PER_HIT = 5
LEAST_CANDIDATES = 100
# A word that more texts than this share has tells little and costs much to rank by; of a pasted draft's words the
# rarest are enough.
COMMON = 0.1
FEW_TEXTS = 2_000  # below, ranking by common words costs nothing
MOST_WORDS = 16

_Hit = tuple[str, float]
_Portion = Callable[[int, int], Sequence[tuple[int | str, float]]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found, best first; worded: whether any of the words asked for stands in a text that was searched."""

    hits: tuple[SearchHit, ...]
    worded: bool


def search(
    db: sqlite_utils.Database,
    asked: Asked,
    vector: NDArray[np.float32] | None,
    encoder: str,
    *,
    audience: Audience = Audience.PARTNERSHIP,
    limit: int = 20,
    filters: Filters | None = None,
    besides: str | None = None,
    named: Sequence[str] = (),
) -> Answer:
    """The recommendations that a person may mean, best first, each with its actions as the audience sees them.

    vector: the embedding of `asked.meaning`, shape (dimensions,), or None for a search by words alone; besides: a
    recommendation that is not to be found, since it was what was asked with; named: those that were asked for by name,
    which come before all others. Of near-repeats the best hit stands for all, which stand under it.
    """
    if limit < 1:
        return Answer((), worded=False)
    seen, wanted = sight(audience), filters or Filters()
    count = max(LEAST_CANDIDATES, limit * CANDIDATES_PER_HIT)
    one = _Search(db, asked, seen, wanted, count)
    similar = [] if vector is None else one.by_meaning(vector, encoder)
    words, very = one.by_words(similar), one.with_very_words()
    ranked = rank(words, similar, first=very, limit=count)
    if words and similar:
        near = one.near_to(ranked[:STAND_FIRST], {i for i, _ in (*words, *similar)} | very, encoder)
        ranked = rank(words, similar, first=very, limit=count, beside=near)
    best = one.by_name(named, ranked)
    others = [r for r in ranked if r.id != besides and r.id not in {b.id for b in best}]
    return Answer(one.hits([*best, *others], limit, very), worded=bool(words or very) or one.of_common_words)


def latest(
    db: sqlite_utils.Database,
    left_out: Sequence[Words] = (),
    *,
    audience: Audience = Audience.PARTNERSHIP,
    limit: int = 20,
    filters: Filters | None = None,
) -> tuple[SearchHit, ...]:
    """What the filters leave where no words say what to look for, the latest review first, without what is left out."""
    seen = sight(audience)
    asked = Asked("", left_out=tuple(left_out))
    one = _Search(db, asked, seen, filters or Filters(), limit)
    found = rows.recommendation_rows(db, seen, filters=filters, limit=max(limit, 0), newest=True, without=one.left_out)
    actions = one.actions_of(found)
    return tuple(
        SearchHit(
            row, 0.0, "what it is narrowed by", tuple(actions[ref] for ref in row.action_refs if ref in actions),
            passage(full_text(row.text, row.lead_in), asked).text,
        )
        for row in found
    )  # fmt: skip


class _Search:
    """One search: what is asked, who asks, and how many candidates each side is to bring."""

    def __init__(self, db: sqlite_utils.Database, asked: Asked, seen: Sight, filters: Filters, count: int) -> None:
        self._db, self._asked, self._seen, self._filters, self._count = db, asked, seen, filters, count
        (size,) = fetch(db, "SELECT count(*) AS n FROM recommendations")
        self._size = int(size["n"])
        self.left_out = " OR ".join(map(_quote, asked.left_out))
        self.of_common_words = False
        """Whether nearly every text has the words that are asked for, so that not all that have them are looked at."""

    # ------------------------------------------------------------------------------------------------ by name

    def by_name(self, named: Sequence[str], others: Sequence[Ranked]) -> list[Ranked]:
        """Those asked for by name that are seen and wanted, in the order of their reviews, above the best of the others."""
        if not named:
            return []
        above = others[0].score + 1 if others else 1.0
        found = rows.recommendation_rows(self._db, self._seen, filters=self._filters, ids=named)
        return [Ranked(row.id, above, "name") for row in found]

    # ------------------------------------------------------------------------------------------------ by words

    def by_words(self, similar: Sequence[_Hit]) -> list[_Hit]:
        """Hits by words, the best first. Where all the words are common, those of `similar` that have them."""
        telling, common = self._words()
        if telling:
            return self._ranked(" OR ".join(telling))
        if not common:
            return []
        expression = " OR ".join(common)
        if self._size < FEW_TEXTS or not similar:
            return self._ranked(expression)
        self.of_common_words = True
        have = self._having(expression, [identifier for identifier, _ in similar])
        return [hit for hit in similar if hit[0] in have]

    def with_very_words(self) -> frozenset[str]:
        """Those with everything that the person put in quotes or ended with a star, to the letter."""
        if not self._asked.very_words:
            return frozenset()
        beginnings = [self._known_beginning(word) for word in self._asked.starred]
        if not all(beginnings):
            return frozenset()
        # The index holds stems, under which "was brought" is "was bringing" too: what it finds is read.
        parts = [*map(_quote, self._asked.quoted), *filter(None, beginnings)]
        found = [identifier for identifier, _ in self._ranked(" AND ".join(parts))]
        texts = fetch(
            self._db,
            "SELECT id, text, lead_in FROM recommendations WHERE id IN (SELECT value FROM json_each(?))",
            (packed(found),),
        )
        return frozenset(row["id"] for row in texts if self._asked.found_in(full_text(row["text"], row["lead_in"])))

    def _words(self) -> tuple[list[str], list[str]]:
        """Parts of a query that tell something, and those that nearly every text has."""
        asked = self._asked
        phrases = [_quote(words) for words in (*asked.quoted, *asked.phrases)]
        beginnings = [b for b in (self._known_beginning(word) for word in asked.beginnings) if b]
        often = self._how_often(asked.words)
        rarest = sorted((w for w in asked.words if often[w]), key=lambda w: often[w])[:MOST_WORDS]
        limit = self._size * COMMON if self._size >= FEW_TEXTS else self._size
        telling = [_quote((word,)) for word in rarest if often[word] <= limit]
        common = [_quote((word,)) for word in rarest if often[word] > limit]
        return [*phrases, *telling, *beginnings], common

    def _known_beginning(self, word: str) -> str | None:
        """A beginning of words that the index has: it holds stems, so that "supervisi" begins none of its words."""
        shortest = max(3, len(word) - 3)
        for end in range(len(word), shortest - 1, -1):
            expression = f'"{word[:end]}"*'
            if fetch(
                self._db, "SELECT 1 FROM recommendations_fts WHERE recommendations_fts MATCH ? LIMIT 1", (expression,)
            ):
                return expression
        return None

    def _how_often(self, words: Words) -> dict[str, int]:
        """In how many texts each word stands, in any of its forms."""
        stems = _stems(words)
        found = fetch(
            self._db,
            """SELECT t.value AS term, (SELECT doc FROM recommendations_terms WHERE term = t.value) AS doc
            FROM json_each(?) AS t""",
            (packed(sorted(set(stems.values()))),),
        )
        often = {row["term"]: int(row["doc"] or 0) for row in found}
        return {word: often.get(stems.get(word, ""), 0) for word in words}

    def _ranked(self, expression: str) -> list[_Hit]:
        # The text weighs more than a lead-in that several items share. bm25 is better the lower it is.
        sql = """SELECT rowid AS key, rank FROM recommendations_fts WHERE recommendations_fts MATCH :query
            AND rank MATCH 'bm25(1.0, 0.5)' ORDER BY rank LIMIT :size OFFSET :start"""

        def portion(start: int, size: int) -> Sequence[tuple[int, float]]:
            found = fetch(self._db, sql, {"query": expression, "size": size, "start": start})
            return [(row["key"], -row["rank"]) for row in found]

        return self._enough(portion, "r.key")

    def _having(self, expression: str, identifiers: Sequence[str]) -> frozenset[str]:
        found = fetch(
            self._db,
            """SELECT r.id FROM recommendations AS r WHERE r.id IN (SELECT value FROM json_each(:ids)) AND r.key IN
            (SELECT rowid FROM recommendations_fts WHERE recommendations_fts MATCH :query)""",
            {"ids": packed(list(identifiers)), "query": expression},
        )
        return frozenset(row["id"] for row in found)

    # ------------------------------------------------------------------------------------------------ by meaning

    def by_meaning(self, vector: NDArray[np.float32], encoder: str) -> list[_Hit]:
        """Hits by meaning, the nearest first."""
        vectors = held_vectors(self._db, encoder)
        length = float(np.linalg.norm(vector))
        if not vectors.keys or not np.isfinite(length) or length == 0:
            return []
        similarity = vectors.matrix @ (np.asarray(vector, dtype=np.float32) / np.float32(length))
        keys = vectors.keys

        def portion(start: int, size: int) -> Sequence[tuple[str, float]]:
            order = _best(similarity, start + size)[start:]
            return [(keys[i], float(similarity[i])) for i in order]

        return self._enough(portion, "r.content_key")

    # ------------------------------------------------------------------------------------------------ both

    def near_to(self, best: Sequence[Ranked], found: Collection[str], encoder: str) -> dict[str, float]:
        """How near each of `found` is to the best together, by the cosine; those without a vector are left out."""
        rows = fetch(
            self._db,
            "SELECT id, content_key FROM recommendations WHERE id IN (SELECT value FROM json_each(?))",
            (packed(sorted(found)),),
        )
        vectors = load_embeddings(self._db, [row["content_key"] for row in rows], encoder)
        units = {row["id"]: _unit(vectors[row["content_key"]]) for row in rows if row["content_key"] in vectors}
        towards = [r.score * units[r.id] for r in best if r.id in units]
        if not towards:
            return {}
        middle = _unit(np.sum(towards, axis=0))
        return {identifier: float(unit @ middle) for identifier, unit in units.items()}

    def _enough(self, portion: _Portion, column: str) -> list[_Hit]:
        """The best that are seen and wanted, asked for in growing portions, since filters may leave few of many."""
        hits: list[_Hit] = []
        start, size = 0, self._count * 2
        while len(hits) < self._count:
            some = dict(portion(start, size))
            hits += self._wanted_among(some, column)
            if len(some) < size:
                break
            start, size = start + size, size * 4
        return hits[: self._count]

    def _wanted_among(self, some: dict[int | str, float], column: str) -> list[_Hit]:
        without = f"AND {rows.WITHOUT}" if self.left_out else ""
        found = fetch(
            self._db,
            f"""SELECT r.id, {column} AS found_by FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id
            JOIN current_labels AS l ON l.recommendation_id = r.id
            WHERE {column} IN (SELECT value FROM json_each(:keys)) AND {self._seen.reviews("v")}
            AND {self._filters.condition(self._seen.actions("fa"))} {without}""",
            {"keys": packed(list(some)), "without": self.left_out, **self._seen.params, **self._filters.params},
        )
        return sorted(((row["id"], some[row["found_by"]]) for row in found), key=lambda hit: (-hit[1], hit[0]))

    def hits(self, ranked: Sequence[Ranked], limit: int, very: Collection[str]) -> tuple[SearchHit, ...]:
        """The first `limit` of the ranked list as hits, near-repeats folded under the best; very: have the very words."""
        identifiers = [r.id for r in ranked]
        group_of = self._groups(identifiers)
        first: dict[str, Ranked] = {}
        for r in ranked:
            first.setdefault(group_of.get(r.id) or r.id, r)
        best = list(first.values())[:limit]
        found = {row.id: row for row in rows.recommendation_rows(self._db, self._seen, ids=[r.id for r in best])}
        members = self._members({row.group_id for row in found.values() if row.group_id})
        actions = self.actions_of([*found.values(), *(m for some in members.values() for m in some)])
        return tuple(
            self._hit(r, found[r.id], members.get(found[r.id].group_id or "", ()), actions, r.id in very)
            for r in best
            if r.id in found
        )

    def _hit(
        self, r: Ranked, row: RecommendationRow, members: Sequence[RecommendationRow], actions: dict[str, ActionRow],
        very_words: bool,
    ) -> SearchHit:  # fmt: skip
        repeats = tuple(other for other in members if other.id != row.id)
        refs = dict.fromkeys([*row.action_refs, *(ref for other in repeats for ref in other.action_refs)])
        shown = passage(full_text(row.text, row.lead_in), self._asked)
        return SearchHit(
            row,
            r.score,
            r.why,
            tuple(actions[ref] for ref in refs if ref in actions),
            shown.text,
            shown.marks,
            repeats,
            very_words,
        )

    def _groups(self, identifiers: Sequence[str]) -> dict[str, str]:
        found = fetch(
            self._db,
            """SELECT id, group_id FROM recommendations WHERE group_id IS NOT NULL
            AND id IN (SELECT value FROM json_each(:ids))""",
            {"ids": packed(list(identifiers))},
        )
        return {row["id"]: row["group_id"] for row in found}

    def _members(self, groups: Iterable[str]) -> dict[str, list[RecommendationRow]]:
        found = fetch(
            self._db, "SELECT id FROM recommendations WHERE group_id IN (SELECT value FROM json_each(?))",
            (packed(sorted(groups)),),
        )  # fmt: skip
        members: dict[str, list[RecommendationRow]] = {}
        for row in rows.recommendation_rows(self._db, self._seen, ids=[f["id"] for f in found]) if found else ():
            members.setdefault(row.group_id or "", []).append(row)
        return members

    def actions_of(self, recommendations: Sequence[RecommendationRow]) -> dict[str, ActionRow]:
        """The actions of recommendations that the audience sees, by reference."""
        refs = sorted({ref for row in recommendations for ref in row.action_refs})
        condition = f"a.ref {rows.IN_LIST.replace('listed', 'refs')}"
        return {
            row.ref: row
            for row in rows.action_rows(self._db, self._seen, condition=condition, params={"refs": packed(refs)})
        }


def _quote(words: Words) -> str:
    """Words as an FTS5 phrase; they hold letters and digits only."""
    return '"' + " ".join(words) + '"'


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.linalg.norm(vector)
    unit: NDArray[np.float32] = np.asarray(vector / length if length > 0 else vector, dtype=np.float32)
    return unit


def _best(similarity: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Places of the `count` highest, the highest first, equal ones in their order: sorting all would cost more."""
    if count >= len(similarity):
        return np.argsort(-similarity, kind="stable")
    least = -np.partition(-similarity, count - 1)[count - 1]
    among = np.flatnonzero(similarity >= least)
    return among[np.argsort(-similarity[among], kind="stable")][:count]


def _stems(words: Words) -> dict[str, str]:
    """The form under which the index keeps each word: asked of an index of its own, since only FTS5 knows its stems."""
    with_stems = sqlite3.connect(":memory:")
    try:
        with_stems.execute(f"CREATE VIRTUAL TABLE words USING fts5 (word, tokenize='{TOKENISER}')")
        with_stems.execute("CREATE VIRTUAL TABLE stems USING fts5vocab (words, 'instance')")
        with_stems.executemany("INSERT INTO words (rowid, word) VALUES (?, ?)", enumerate(words))
        found: Iterator[tuple[str, int]] = with_stems.execute("SELECT term, doc FROM stems ORDER BY doc, offset DESC")
        return {words[place]: term for term, place in found}
    finally:
        with_stems.close()

"""Near-repeats across the whole plan, and among texts that came from elsewhere."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from domain.errors import UsageError
from domain.framework import Framework
from domain.language import agencies_in
from domain.records import Ask, RecommendationRow, Repeat, RepeatGroup
from domain.states import Audience, RepeatVerdict
from match.groups import group
from match.pairs import score_pairs
from match.scorer import shipped_name
from plan import reading
from plan.comparisons import compared, likenesses, save_comparisons
from plan.deciding import decide_repeat
from plan.filters import Filters
from plan.grouping import save_groups
from plan.ledger import packed, transaction
from plan.repeat_answers import RepeatAnswer, answers_inside, repeat_answers, waiting_groups
from services.house import House
from services.labelling import asks_of, vectors_of

PAIRS_FROM = 0.2  # linkage weighs pairs below the joining score too, so that a chain of likes does not join unlikes


@dataclass(frozen=True, slots=True)
class SeenGroup:
    """A group of near-repeats as an audience sees it: its members in the order of their reviews, and the evidence.

    waits: nobody has answered about all of it yet; answers: what people said of its pairs, the latest first.
    """

    id: str
    members: tuple[RecommendationRow, ...]
    pairs: tuple[Repeat, ...]
    waits: bool
    answers: tuple[RepeatAnswer, ...]


def groups_of_texts(house: House, texts: Sequence[tuple[str, str]], framework: Framework) -> tuple[RepeatGroup, ...]:
    """Groups among (identifier, text) pairs that are no part of the plan."""
    asks = [Ask(identifier, text, agencies_in(text, framework)) for identifier, text in texts]
    vectors = house.encoder.encode([text for _, text in texts])
    return group([ask.id for ask in asks], score_pairs(asks, vectors, threshold=PAIRS_FROM))


def seen_groups(house: House, *, review: str | None = None) -> tuple[SeenGroup, ...]:
    """The plan's groups of near-repeats; only those with a recommendation of a review where one is named by its letter."""
    plan = house.existing_plan()
    wanted = None if review is None else reading.review(plan, review).id
    members: dict[str, list[RecommendationRow]] = {}
    for row in reading.recommendations(plan, audience=Audience.PARTNERSHIP):
        if row.group_id is not None:
            members.setdefault(row.group_id, []).append(row)
    waiting, said = waiting_groups(plan), repeat_answers(plan)
    return tuple(
        SeenGroup(
            identity, tuple(rows), _inside(house, rows), identity in waiting, answers_inside({r.id for r in rows}, said)
        )
        for identity, rows in members.items()
        if wanted is None or any(row.review_id == wanted for row in rows)
    )


def _inside(house: House, rows: Sequence[RecommendationRow]) -> tuple[Repeat, ...]:
    identifiers = {row.id for row in rows}
    found = {
        (pair.a, pair.b): pair
        for row in rows
        for pair in reading.repeats(house.plan, row.id)
        if {pair.a, pair.b} <= identifiers
    }
    return tuple(sorted(found.values(), key=lambda pair: (-pair.score, pair.a, pair.b)))


def same(house: House, named: str, other: str, *, why: str) -> tuple[RecommendationRow, ...]:
    """Record that two recommendations ask the same, and group anew; gives the group in which they then stand."""
    plan = house.existing_plan()
    with transaction(plan):
        first, _ = decide_repeat(plan, named, other, RepeatVerdict.SAME, house.who, note=why)
        regroup(house)
        return _group_of(house, first)


def all_same(house: House, named: Sequence[str], *, why: str) -> tuple[RecommendationRow, ...]:
    """Record that all of these ask the same, and group anew; gives the group in which they then stand.

    The first is held against each of the others, which says it of them all; where two of the others were once parted,
    that is answered anew too.
    """
    plan = house.existing_plan()
    with transaction(plan):
        first, *others = dict.fromkeys(reading.recommendation(plan, one).id for one in named)
        if not others:
            raise UsageError("Tick the two or more that ask the same.")
        parted = {pair for pair, said in repeat_answers(plan).items() if said.verdict is RepeatVerdict.NOT_THE_SAME}
        again = [pair for pair in combinations(sorted(others), 2) if pair in parted]
        for a, b in [*((first, other) for other in others), *again]:
            decide_repeat(plan, a, b, RepeatVerdict.SAME, house.who, note=why)
        regroup(house)
        return _group_of(house, first)


def apart(house: House, named: str, other: str | None, *, why: str) -> tuple[RecommendationRow, ...]:
    """Record that two recommendations do not ask the same, or that one is none of its group; gives what is left of it.

    Raises `UsageError` where no other is named and the recommendation stands in no group.
    """
    plan = house.existing_plan()
    with transaction(plan):
        row = reading.recommendation(plan, named)
        others = [other] if other is not None else [m.id for m in _group_of(house, row.id) if m.id != row.id]
        if not others:
            raise UsageError(f"{row.id} stands in no group of near-repeats, so there is nothing to part it from.")
        for one in others:
            decide_repeat(plan, row.id, one, RepeatVerdict.NOT_THE_SAME, house.who, note=why)
        regroup(house)
        return _group_of(house, reading.recommendation(plan, others[0]).id)


def regroup(house: House) -> None:
    """Seek near-repeats over the whole plan. What people said of pairs is kept to.

    Only recommendations that are new, or other than when they were last compared, are compared; since a pair's score depends
    on the two alone, the groups are those that comparing everything would give.
    """
    plan = house.plan
    held = reading.asks(plan)
    asks = asks_of(held.ids, held.texts, held.agencies, held.reviews)
    marks, before = {ask.id: _mark(ask, house.encoder.name) for ask in asks}, compared(plan)
    fresh = {identifier for identifier, mark in marks.items() if before.get(identifier) != mark}
    found = _compared_now(house, asks, fresh)
    known = likenesses(plan, marks.keys() - fresh)
    verdicts = reading.repeat_verdicts(plan)
    said = {v: [pair for pair, verdict in verdicts.items() if verdict is v] for v in RepeatVerdict}
    groups = group(
        held.ids, [*known, *found], apart=said[RepeatVerdict.NOT_THE_SAME], together=said[RepeatVerdict.SAME]
    )
    with transaction(plan):
        save_groups(plan, groups)
        save_comparisons(plan, marks, fresh=fresh, found=found)


def _mark(ask: Ask, encoder: str) -> str:
    """Differs wherever comparing the ask with another could give another score."""
    told = packed([shipped_name(), encoder, ask.text, ask.agencies, ask.source])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _compared_now(house: House, asks: Sequence[Ask], fresh: Collection[str]) -> tuple[Repeat, ...]:
    """The pairs of those that are to be compared, with each other and with all others."""
    if not fresh:
        return ()
    vectors = vectors_of(house, [ask.text for ask in asks], keep=True)
    new = None if len(fresh) == len(asks) else [place for place, ask in enumerate(asks) if ask.id in fresh]
    return score_pairs(asks, vectors, threshold=PAIRS_FROM, new=new)


def _group_of(house: House, identifier: str) -> tuple[RecommendationRow, ...]:
    row = reading.recommendation(house.plan, identifier)
    if row.group_id is None:
        return (row,)
    return reading.recommendations(house.plan, filters=Filters(group=row.group_id))

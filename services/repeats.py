"""Near-repeats across the whole plan, and among texts that came from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.errors import UsageError
from domain.framework import Framework
from domain.language import agencies_in
from domain.records import Ask, RecommendationRow, Repeat, RepeatGroup
from domain.states import Audience, RepeatVerdict
from match.content import nameless
from match.groups import group
from match.pairs import score_pairs
from match.scorer import shipped_scorer
from plan import reading
from plan.deciding import decide_repeat
from plan.filters import Filters
from plan.grouping import save_groups
from plan.ledger import transaction
from services.house import House
from services.labelling import asks_of, matching_vectors

PAIRS_FROM = 0.2  # linkage weighs pairs below the joining score too, so that a chain of likes does not join unlikes


@dataclass(frozen=True, slots=True)
class SeenGroup:
    """A group of near-repeats as an audience sees it: its members in the order of their reviews, and the evidence."""

    id: str
    members: tuple[RecommendationRow, ...]
    pairs: tuple[Repeat, ...]


def groups_of(
    asks: Sequence[Ask],
    vectors: NDArray[np.float32],
    *,
    apart: Sequence[tuple[str, str]] = (),
    together: Sequence[tuple[str, str]] = (),
) -> tuple[RepeatGroup, ...]:
    """Groups of two or more among these asks; vectors (n, dimension) go with them in order."""
    pairs = score_pairs(asks, vectors, threshold=PAIRS_FROM)
    return group([ask.id for ask in asks], pairs, apart=apart, together=together)


def groups_of_texts(house: House, texts: Sequence[tuple[str, str]], framework: Framework) -> tuple[RepeatGroup, ...]:
    """Groups among (identifier, text) pairs that are no part of the plan."""
    asks = [Ask(identifier, text, agencies_in(text, framework)) for identifier, text in texts]
    known = shipped_scorer().word_weights
    return groups_of(asks, house.encoder.encode([nameless(text, known) for _, text in texts]))


def seen_groups(house: House, *, review: str | None = None) -> tuple[SeenGroup, ...]:
    """The plan's groups of near-repeats; only those with a recommendation of a review where one is named by its letter."""
    plan = house.existing_plan()
    wanted = None if review is None else reading.review(plan, review).id
    members: dict[str, list[RecommendationRow]] = {}
    for row in reading.recommendations(plan, audience=Audience.PARTNERSHIP):
        if row.group_id is not None:
            members.setdefault(row.group_id, []).append(row)
    return tuple(
        SeenGroup(identity, tuple(rows), _inside(house, rows))
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
    """Seek near-repeats anew over the whole plan. What people said of pairs is kept to."""
    held = reading.asks(house.plan)
    asks = asks_of(held.ids, held.texts, held.agencies, held.reviews)
    vectors = matching_vectors(house, [ask.text for ask in asks])
    verdicts = reading.repeat_verdicts(house.plan)
    said = {v: [pair for pair, verdict in verdicts.items() if verdict is v] for v in RepeatVerdict}
    groups = groups_of(asks, vectors, apart=said[RepeatVerdict.NOT_THE_SAME], together=said[RepeatVerdict.SAME])
    save_groups(house.plan, groups)


def _group_of(house: House, identifier: str) -> tuple[RecommendationRow, ...]:
    row = reading.recommendation(house.plan, identifier)
    if row.group_id is None:
        return (row,)
    return reading.recommendations(house.plan, filters=Filters(group=row.group_id))

"""Have we answered this already? A review's recommendations held against the open and closed actions of the plan."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from domain.identity import full_text
from domain.language import agencies_in
from domain.records import ActionRow, Ask, RecommendationRow, Repeat
from domain.states import Audience, Cover, Outcome, RepeatVerdict, Status
from match.covering import CLOSE_FROM, Covering, covering
from match.pairs import score_across
from plan import reading
from plan.covering import decide_not_covered, not_covered
from plan.filters import Filters
from services.house import House
from services.labelling import vectors_of


@dataclass(frozen=True, slots=True)
class Covered:
    """What the plan seems to have for a recommendation.

    action: the one that covers it or comes close; through: the earlier recommendation that shows it, None where it is
    the action's own words; pair: the evidence, in which `a` is the recommendation.
    """

    recommendation: RecommendationRow
    verdict: Cover
    action: ActionRow | None = None
    through: RecommendationRow | None = None
    pair: Repeat | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that speaks for the actions of a plan, made ready to hold recommendations against.

    by_ref: the actions; earlier: the recommendations that they answer; asks: the words of both, with vectors
    (asks, dimension) in the same order; speaks: for which action each of them speaks.
    """

    by_ref: Mapping[str, ActionRow]
    earlier: Mapping[str, RecommendationRow]
    asks: tuple[Ask, ...]
    vectors: NDArray[np.float32]
    speaks: Mapping[str, str]


def answers_of(house: House, audience: Audience = Audience.PARTNERSHIP) -> Answers:
    """What speaks for the actions that an audience sees. A superseded action's successor speaks for both."""
    plan = house.existing_plan()
    actions = [a for a in reading.actions(plan, audience=audience) if a.status is not Status.SUPERSEDED]
    answered = {identifier: action.ref for action in actions for identifier in action.recommendations}
    earlier = {row.id: row for row in reading.recommendations_by_id(plan, list(answered), audience=audience)}
    # An action in the very words of a recommendation adds nothing to it, and does not know its review.
    said = {row.text for row in earlier.values()}
    own = [
        Ask(f"action {action.ref}", action.text, agencies_in(action.text, house.framework))
        for action in actions
        if action.text not in said
    ]
    asks = (*(_as_ask(row) for row in earlier.values()), *own)
    return Answers(
        by_ref={action.ref: action for action in actions},
        earlier=earlier,
        asks=asks,
        vectors=vectors_of(house, [ask.text for ask in asks], keep=True),
        speaks={
            **{identifier: ref for identifier, ref in answered.items() if identifier in earlier},
            **{f"action {action.ref}": action.ref for action in actions},
        },
    )


def covered(
    house: House,
    *,
    review: str | None = None,
    only: Sequence[str] | None = None,
    reviews: Collection[int] | None = None,
    audience: Audience = Audience.PARTNERSHIP,
    answers: Answers | None = None,
) -> tuple[Covered, ...]:
    """What the plan seems to have for each recommendation that waits for a decision, in the order of their reviews.

    review: only those of the review with this letter; only: those with these identifiers; reviews: those of the reviews with
    these ids; answers: those of
    `answers_of` for the same audience, where they are at hand. Raises `NotFound` where there is no such review.
    """
    plan = house.existing_plan()
    filters = Filters(
        status=Outcome.PROPOSED, review=None if review is None else reading.review(plan, review, audience=audience).id
    )
    waiting = (
        reading.recommendations(plan, audience=audience, filters=filters)
        if only is None
        else reading.recommendations_by_id(plan, only, audience=audience, filters=filters)
    )
    if reviews is not None:
        waiting = tuple(row for row in waiting if row.review_id in reviews)
    if not waiting:
        return ()
    held = answers_of(house, audience) if answers is None else answers
    if not held.asks:
        return tuple(Covered(row, Cover.NEW) for row in waiting)
    return _held_against(house, waiting, held)


def _held_against(house: House, waiting: Sequence[RecommendationRow], held: Answers) -> tuple[Covered, ...]:
    fresh = [_as_ask(row) for row in waiting]
    vectors = np.concatenate([held.vectors, vectors_of(house, [ask.text for ask in fresh], keep=True)])
    pairs = score_across([*held.asks, *fresh], vectors, threshold=CLOSE_FROM, new_from=len(held.asks))
    vetoed = _vetoed(house)
    found = covering(
        [row.id for row in waiting],
        held.speaks,
        [pair for pair in pairs if (pair.a, pair.b) not in vetoed],
        ruled_out=not_covered(house.plan),
    )
    return tuple(_covered(row, found[row.id], held.by_ref, held.earlier) for row in waiting)


def _vetoed(house: House) -> frozenset[tuple[str, str]]:
    """Pairs, either way round, that people have said are not the same."""
    verdicts = reading.repeat_verdicts(house.plan)
    apart = [pair for pair, verdict in verdicts.items() if verdict is RepeatVerdict.NOT_THE_SAME]
    return frozenset([*apart, *((b, a) for a, b in apart)])


def _as_ask(row: RecommendationRow) -> Ask:
    return Ask(row.id, full_text(row.text, row.lead_in), row.agencies, f"review {row.review_id}")


def _covered(
    row: RecommendationRow, found: Covering, by_ref: Mapping[str, ActionRow], earlier: Mapping[str, RecommendationRow]
) -> Covered:
    if found.action is None or found.pair is None:
        return Covered(row, Cover.NEW)
    pair = found.pair if found.pair.a == row.id else _turned(found.pair)
    return Covered(row, found.verdict, by_ref[found.action], earlier.get(pair.b), pair)


def _turned(pair: Repeat) -> Repeat:
    return replace(pair, a=pair.b, b=pair.a, only_a=pair.only_b, only_b=pair.only_a)


def rule_out(house: House, named: str, ref: str, *, why: str) -> tuple[str, str]:
    """Record that an action does not cover a recommendation; it is remembered for good."""
    return decide_not_covered(house.existing_plan(), named, ref, who=house.who, note=why)

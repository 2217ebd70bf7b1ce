"""Have we answered this already? A review's recommendations held against the open and closed actions of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.language import agencies_in
from domain.records import ActionRow, Ask, RecommendationRow, Repeat
from domain.states import Audience, Cover, Outcome, RepeatVerdict, Status
from match.covering import CLOSE_FROM, Covering, covering
from match.pairs import score_pairs
from plan import reading
from plan.covering import decide_not_covered, not_covered
from plan.filters import Filters
from plan.inserts import full_text
from services.house import House
from services.labelling import matching_vectors


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


def covered(
    house: House,
    *,
    review: str | None = None,
    only: Sequence[str] | None = None,
    audience: Audience = Audience.PARTNERSHIP,
) -> tuple[Covered, ...]:
    """What the plan seems to have for each recommendation that waits for a decision, in the order of their reviews.

    review: only those of the review with this letter; only: those with these identifiers. Raises `NotFound` where there
    is no such review.
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
    # A superseded action's successor answers the same recommendations: it speaks for both.
    actions = [a for a in reading.actions(plan, audience=audience) if a.status is not Status.SUPERSEDED]
    if not waiting or not actions:
        return tuple(Covered(row, Cover.NEW) for row in waiting)
    return _held_against(house, waiting, actions, audience)


def _held_against(
    house: House, waiting: Sequence[RecommendationRow], actions: Sequence[ActionRow], audience: Audience
) -> tuple[Covered, ...]:
    plan = house.plan
    by_ref = {action.ref: action for action in actions}
    answered = {identifier: action.ref for action in actions for identifier in action.recommendations}
    earlier = {row.id: row for row in reading.recommendations_by_id(plan, list(answered), audience=audience)}
    vetoed = _vetoed(house)
    answers = [_as_ask(row) for row in earlier.values()]
    # An action in the very words of a recommendation adds nothing to it, and does not know its review.
    said = {row.text for row in earlier.values()}
    own = [
        Ask(f"action {action.ref}", action.text, agencies_in(action.text, house.framework))
        for action in actions
        if action.text not in said
    ]
    asks = [*answers, *own, *(_as_ask(row) for row in waiting)]
    texts = [ask.text for ask in asks]
    pairs = score_pairs(
        asks, matching_vectors(house, texts), threshold=CLOSE_FROM, new_from=len(answers) + len(own), among_new=False
    )
    speaks = {**{i: ref for i, ref in answered.items() if i in earlier}, **{f"action {ref}": ref for ref in by_ref}}
    found = covering(
        [row.id for row in waiting], speaks, [p for p in pairs if (p.a, p.b) not in vetoed], ruled_out=not_covered(plan)
    )
    return tuple(_covered(row, found[row.id], by_ref, earlier) for row in waiting)


def _vetoed(house: House) -> frozenset[tuple[str, str]]:
    """Pairs, either way round, that people have said are not the same."""
    verdicts = reading.repeat_verdicts(house.plan)
    apart = [pair for pair, verdict in verdicts.items() if verdict is RepeatVerdict.NOT_THE_SAME]
    return frozenset([*apart, *((b, a) for a, b in apart)])


def _as_ask(row: RecommendationRow) -> Ask:
    return Ask(row.id, full_text(row.text, row.lead_in), row.agencies, f"review {row.review_id}")


def _covered(
    row: RecommendationRow, found: Covering, by_ref: dict[str, ActionRow], earlier: dict[str, RecommendationRow]
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

"""Proposals and actions apart; the public away from what is not published."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.errors import CannotWork
from domain.states import Audience, Outcome, Status, Visibility
from publish.contents import Suggestion

Make = Callable[..., Any]


def test_a_proposal_that_an_action_answers_is_refused(make: Make, action: Make, proposal: Make) -> None:
    with pytest.raises(CannotWork, match="an action answers it already"):
        make(actions=(action(recommendations=("r-000000000009",)),), proposals=(proposal(),))


def test_a_proposal_with_an_action_of_its_own_is_refused(make: Make, proposal: Make) -> None:
    with pytest.raises(CannotWork, match="an action answers it already"):
        make(proposals=(proposal(action_refs=("1.1",)),))


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.PROPOSED])
def test_only_what_nobody_has_ruled_on_is_a_proposal(make: Make, proposal: Make, outcome: Outcome) -> None:
    with pytest.raises(CannotWork, match=outcome.value):
        make(proposals=(proposal(outcome=outcome),))


def test_a_working_copy_for_the_public_is_refused(make: Make) -> None:
    with pytest.raises(CannotWork, match="working copy"):
        make(audience=Audience.PUBLIC, working_copy=True)


def test_public_contents_keep_nothing_of_what_is_not_published(rich: Make) -> None:
    public = rich(audience=Audience.PUBLIC, working_copy=False)
    assert public.proposals == ()
    assert public.suggestions == ()
    assert [r.letter for r in public.reviews] == ["K"]
    assert [r.id for r in public.recommendations] == ["r-000000000001"]
    assert [a.ref for a in public.actions] == ["1.1", "1.2", "2.1", "4.1", "4.9"]  # 4.10 rests on L alone
    assert {ref for a in public.actions for ref in a.review_refs} == {"K"}
    assert [row.code for row in public.counts if row.by == "review"] == ["K"]
    assert all(row.proposed == 0 for row in public.counts)


@pytest.mark.parametrize("visibility", [v for v in Visibility if v is not Visibility.PUBLISHED])
def test_every_other_visibility_is_hidden_from_the_public(
    make: Make, action: Make, review: Make, recommendation: Make, visibility: Visibility
) -> None:
    public = make(
        audience=Audience.PUBLIC,
        actions=(action(),),
        reviews=(review(visibility=visibility),),
        recommendations=(recommendation(visibility=visibility),),
    )
    assert (public.actions, public.reviews, public.recommendations) == ((), (), ())


def test_an_unknown_letter_is_left_out_and_its_action_stays(make: Make, action: Make, review: Make) -> None:
    public = make(audience=Audience.PUBLIC, actions=(action(review_refs=("K", "Z")),), reviews=(review(),))
    assert [a.review_refs for a in public.actions] == [("K",)]


def test_the_partnership_keeps_everything(rich: Make) -> None:
    contents = rich()
    assert len(contents.proposals) == 2
    assert [r.letter for r in contents.reviews] == ["K", "L"]
    assert "4.10" in [a.ref for a in contents.actions]


def test_actions_stand_in_the_order_of_counting(rich: Make) -> None:
    assert [a.ref for a in rich().actions_of("Q4")] == ["4.1", "4.9", "4.10"]


@pytest.mark.parametrize(
    ("target", "status", "days"),
    [
        ("2026-03-30", Status.OPEN, 1),
        ("2026-03-31", Status.OPEN, 0),
        ("2026-03-01", Status.IN_PROGRESS, 30),
        ("2026-03-01", Status.COMPLETE, 0),
        ("2026-03-01", Status.CLOSED, 0),
        ("Ongoing", Status.OPEN, 0),
        ("2026-02-31", Status.OPEN, 0),
        ("20260101", Status.OPEN, 0),
        (None, Status.OPEN, 0),
    ],
)
def test_overdue_is_counted_from_the_day_after(
    make: Make, action: Make, target: str | None, status: Status, days: int
) -> None:
    assert make().overdue(action(target_date=target, status=status)) == days


def test_only_closing_ends_an_action(make: Make, action: Make) -> None:
    every = tuple(action(ref=f"1.{n}", status=status) for n, status in enumerate(Status, start=1))
    ended = {Status.CLOSED, Status.SUPERSEDED}
    assert {a.status for a in make(actions=every).outstanding} == set(Status) - ended


def test_what_the_model_said_survives_the_decision(make: Make, proposal: Make, rich: Make) -> None:
    assert rich().suggested()["r-000000000009"].between == ("Q3", "Q4")
    assert make(proposals=(proposal(quadrant="Q2", decided=True),)).suggested()["r-000000000009"].quadrant == ""
    unknown = make(proposals=(proposal(quadrant="Q2"),), suggestions=(Suggestion("r-000000000009", ""),))
    assert unknown.suggested()["r-000000000009"].quadrant == "Q2"
    assert make(proposals=(proposal(quadrant="Q2"),)).suggested()["r-000000000009"].quadrant == "Q2"

"""What a pack reports as decided: each decision once, by the names that a board uses, and nothing else of the trail."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from domain.records import Event
from plan.actions import CONFIRMED
from publish.contents import PlanContents
from publish.decided import decided

Make = Callable[..., Any]
AT = "2026-03-12T10:00:00+00:00"
FIRST, SECOND = "r-000000000001", "r-000000000002"


def event(what: str, subject: str, before: Any = None, after: Any = None, why: str = "", who: str = "jo") -> Event:
    sides = (None if side is None else json.dumps(side) for side in (before, after))
    return Event(AT, who, what, subject, *sides, why)


@pytest.fixture
def contents(make: Make, recommendation: Make) -> PlanContents:
    both = (recommendation(), recommendation(id=SECOND, number=None, page=12))
    return make(recommendations=both)  # type: ignore[no-any-return]


def told(contents: PlanContents, *events: Event) -> list[tuple[str, str]]:
    return [(one.what, one.subject) for one in decided(contents, events)]


def test_an_adoption_is_told_once_with_its_action(contents: PlanContents) -> None:
    adopted = (
        event("label decided", FIRST, why=CONFIRMED),
        event("recommendation adopted", FIRST, {"actions": []}, {"outcome": "adopted", "actions": ["1.1"]}),
        event("recommendation adopted", "action 1.1", after={"ref": "1.1"}),
    )
    assert told(contents, *adopted) == [("Adopted as action 1.1", "K 1")]


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (event("recommendation joined", FIRST, {"actions": ["1.1"]}, {"actions": ["1.1", "2.1"]}), ("Joined to action 2.1", "K 1")),
        (event("recommendation declined", SECOND), ("Declined", "K, page 12")),
        (event("recommendation sent to Section 11", FIRST), ("Sent to Section 11", "K 1")),
        (
            event("action closed", "action 4.9", {"status": "open"}, {"status": "closed", "achieved": False}),
            ("Closed, its aim not achieved", "Action 4.9"),
        ),
        (
            event("action superseded", "action 4.4", {"status": "open"}, {"status": "superseded", "superseded_by": "4.11"}),
            ("Superseded by action 4.11", "Action 4.4"),
        ),
        (
            event("action updated", "action 1.1", {"target_date": "2026-03-01"}, {"target_date": "2026-09-01"}, "Late"),
            ("Target date moved from 01/03/2026 to 01/09/2026", "Action 1.1"),
        ),
        (
            event("action in progress", "action 1.1", {"status": "closed"}, {"status": "in progress"}, "Back"),
            ("Taken up again", "Action 1.1"),
        ),
        (event("action opened", "action 1.3", after={"ref": "1.3"}), ("Added, for no recommendation", "Action 1.3")),
    ],
)  # fmt: skip
def test_each_decision_in_the_words_of_a_board(contents: PlanContents, happened: Event, words: tuple[str, str]) -> None:
    assert told(contents, happened) == [words]


@pytest.mark.parametrize(
    "happened",
    [
        event("review added", "review K", who="run-20260312"),
        event("round sent", "round", after={"agencies": ["Police"]}),
        event("figures stated", "counts 2020-01-01"),
        event("visibility changed", "review K", {"visibility": "draft"}, {"visibility": "published"}),
        event("model trained", "quadrants-2", "quadrants-1", "quadrants-2"),
        event("action updated", "action 1.1", {"progress": ""}, {"progress": "Begun"}),
        event("action updated", "action 1.1", {"target_date": None}, {"target_date": "2026-03-01"}),
        event("action complete", "action 1.1", {"status": "open"}, {"status": "complete"}),
        event("action opened", "action 4.11", after={"instead_of": "4.4"}),
        event("evidence added", "action 1.1", after={"evidence": 1}),
    ],
)
def test_what_nobody_decided_about_a_recommendation_or_an_action_is_left_out(
    contents: PlanContents, happened: Event
) -> None:
    assert told(contents, happened) == []


def test_what_comes_in_numbers_has_one_line(contents: PlanContents) -> None:
    why = "imported from plan.xlsx (import 3)"
    many = (
        event("label decided", FIRST),
        event("label decided", FIRST),
        event("label decided", SECOND, who="bo"),
        event("label taken back", SECOND, who="bo"),
        event("near-repeat decided", FIRST, after={"verdict": "same", "with": SECOND}),
        event("near-repeat decided", SECOND, after={"verdict": "same", "with": FIRST}),
        event("not covered", FIRST, after={"action": "1.1"}),
        event("action opened", "action 1.1", after={"text": "x"}, why=why),
        event("action opened", "action 1.2", after={"text": "x"}, why=why),
        event("action updated", "action 1.3", {"text": "x"}, {"text": "y"}, why=why),
    )
    assert told(contents, *many) == [
        ("Labels checked", "1 recommendation"),
        ("Near-repeats decided", "1 pair, 1 of them the same"),
        ("Found not to be answered by an action", "1 recommendation"),
        ("Brought in: 2 actions added, 1 changed", "plan.xlsx"),
    ]
    assert {one.who for one in decided(contents, many)} == {"jo"}

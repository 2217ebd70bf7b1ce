"""A small fictional plan, and the means to vary it."""

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.framework import Framework, load_framework
from domain.records import ActionRow, CountRow, RecommendationRow, ReviewRow
from domain.states import Audience, Kind, Outcome, Status, Visibility
from publish.contents import PlanContents, Suggestion

AS_OF = date(2026, 3, 31)

ACTION = ActionRow(
    ref="1.1",
    quadrant="Q1",
    text="Agree and publish guidance on how fathers and other carers are found, asked and included in assessments.",
    lead_agency="Business Manager",
    target_date="2026-06-01",
    original_target_date="2026-06-01",
    status=Status.IN_PROGRESS,
    progress="Draft with the practice group; two workshops booked for May.",
    worry_statement="Men in the household stay unseen.",
    success_goal="Every assessment says who cares for the child.",
    next_steps="Consult the advisory groups.",
    home="Practice group",
    superseded_by=None,
    review_refs=("K",),
    applies_to_all=False,
    recommendations=("r-000000000001",),
    opened="2026-01-15",
)
REVIEW = ReviewRow(
    id=1,
    sha256="a" * 64,
    file="child-k.pdf",
    review_type="SPR",
    reference="Child K",
    title="Local child safeguarding practice review: Child K",
    publisher="Westmere Safeguarding Children Partnership",
    lead_reviewer="A. Reviewer",
    published="2025-11-20",
    pages=34,
    visibility=Visibility.PUBLISHED,
    embargo_until=None,
    letter="K",
    added="2026-01-10T09:00:00Z",
    recommendations=4,
)
RECOMMENDATION = RecommendationRow(
    id="r-000000000001",
    review_id=1,
    review_letter="K",
    review_reference="Child K",
    review_file="child-k.pdf",
    number="1",
    text="agree how fathers and other carers are included in assessments.",
    lead_in="The partnership should",
    page=28,
    section="Recommendations",
    kind=Kind.RECOMMENDATION,
    addressee="the partnership",
    agencies=("partnership",),
    single_agency=False,
    target_date=None,
    outcome=Outcome.ADOPTED,
    quadrant="Q1",
    secondary=None,
    issues=("men-and-fathers",),
    areas=("history-and-curiosity",),
    confidence=0.91,
    unsure=False,
    decided=True,
    group_id=None,
    action_refs=("1.1",),
    visibility=Visibility.PUBLISHED,
    published="2025-11-20",
)

Make = Callable[..., Any]


@pytest.fixture
def framework() -> Framework:
    return load_framework()


@pytest.fixture
def action() -> Make:
    return lambda **changes: dataclasses.replace(ACTION, **changes)


@pytest.fixture
def review() -> Make:
    return lambda **changes: dataclasses.replace(REVIEW, **changes)


@pytest.fixture
def recommendation() -> Make:
    return lambda **changes: dataclasses.replace(RECOMMENDATION, **changes)


@pytest.fixture
def proposal() -> Make:
    waiting = dataclasses.replace(
        RECOMMENDATION,
        id="r-000000000009",
        outcome=Outcome.PROPOSED,
        action_refs=(),
        decided=False,
        confidence=0.62,
        unsure=True,
        visibility=Visibility.DRAFT,
    )
    return lambda **changes: dataclasses.replace(waiting, **changes)


@pytest.fixture
def make(framework: Framework) -> Make:
    """Contents for the partnership with nothing in them but what is given."""

    def build(**changes: Any) -> PlanContents:
        empty: dict[str, Any] = {
            "framework": framework,
            "partnership": "Westmere Safeguarding Children Partnership",
            "audience": Audience.PARTNERSHIP,
            "as_of": AS_OF,
            "working_copy": False,
            "actions": (),
            "proposals": (),
            "recommendations": (),
            "reviews": (),
            "counts": (),
            "history": (),
        }
        return PlanContents(**(empty | changes))

    return build


def figures(framework: Framework, opened: tuple[int, ...], unit: str = "actions") -> tuple[CountRow, ...]:
    return tuple(
        CountRow("quadrant", entry.code, entry.title, unit, n + 2, n, 2, n // 4, 1)
        for entry, n in zip(framework.quadrants, opened, strict=True)
    )


@pytest.fixture
def rich(make: Make, framework: Framework, action: Make, proposal: Make, recommendation: Make, review: Make) -> Make:
    """A plan with a bit of everything: a published and a draft review, six actions, two proposals, counts, history."""

    def build(**changes: Any) -> PlanContents:
        draft = review(
            id=2,
            letter="L",
            reference="Adult L",
            file="adult-l-secret.pdf",
            visibility=Visibility.DRAFT,
            title="Safeguarding adults review: Adult L",
            review_type="SAR",
            sha256="b" * 64,
            published=None,
            added="2026-03-20T10:00:00Z",
            warnings=("Page 7 could not be read.",),
        )
        of_draft = {
            "review_id": 2,
            "review_letter": "L",
            "review_reference": "Adult L",
            "review_file": "adult-l-secret.pdf",
            "visibility": Visibility.DRAFT,
            "published": None,
        }
        ask = "ask for evidence that escalation is used."
        proposals = (
            proposal(number="2", text=ask, quadrant="Q3", secondary="Q4", **of_draft),
            proposal(
                id="r-000000000010",
                number="3",
                lead_in=None,
                text="Health agencies should record who attends.",
                quadrant="Q2",
                confidence=0.93,
                unsure=False,
                group_id="g-1",
                target_date="Autumn 2026",
                **of_draft,
            ),
        )
        actions = (
            action(),
            action(
                ref="1.2",
                text="Run a multi-agency case file audit of pre-birth work.",
                lead_agency="Health/Police",
                target_date="2026-02-01",
                original_target_date="2025-12-01",
                review_refs=("K", "L"),
                status=Status.OPEN,
                progress="Scoping meeting held.",
            ),
            action(
                ref="2.1",
                quadrant="Q2",
                text="Write a protocol on attendance at strategy meetings.",
                progress="",
                lead_agency="police",
                target_date="Ongoing",
                original_target_date=None,
                status=Status.COMPLETE,
            ),
            action(
                ref="4.1",
                quadrant="Q4",
                text="All partners show how learning is taken forward.",
                review_refs=(),
                applies_to_all=True,
                lead_agency="all-partners",
                recommendations=(),
            ),
            action(
                ref="4.9",
                quadrant="Q4",
                text="Set a core standard for supervision.",
                status=Status.CLOSED,
                closed="2026-03-10",
                achieved=True,
                applies_to_all=True,
            ),
            action(
                ref="4.10",
                quadrant="Q4",
                text="The hidden matter of the adult.",
                review_refs=("L",),
                recommendations=(),
            ),
        )
        everything = {
            "actions": actions,
            "proposals": proposals,
            "recommendations": (recommendation(), *proposals),
            "reviews": (review(), draft),
            "counts": (
                *figures(framework, (9, 5, 17, 12)),
                CountRow("issue", "neglect", "Neglect", "recommendations", 9, 4, 5, 0, 2),
                CountRow("review", "K", "Child K", "actions", 5, 4, 1, 1),
                CountRow("review", "L", "Adult L", "actions", 2, 2, 0, 1),
            ),
            "history": (
                ("2025-04-30", figures(framework, (8, 6, 11, 15))),
                ("2026-01-31", figures(framework, (10, 4, 19, 16))),
                ("2026-03-31", figures(framework, (9, 5, 17, 12))),
            ),
            "suggestions": (Suggestion("r-000000000009", "Q3", ("Q3", "Q4"), "quadrants-2026.1"),),
            "working_copy": True,
        }
        return make(**(everything | changes))  # type: ignore[no-any-return]

    return build

"""A lead agency that a review calls for short ("The Trust") is kept by its full name, where the review gives it."""

from dataclasses import replace
from typing import Any

import pytest
import sqlite_utils

from plan.actions import adopt
from plan.progress import supersede
from plan.writing import add_review
from tests.plan.making import FRAMEWORK


@pytest.mark.parametrize(
    ("addressee", "heading", "lead"),
    [
        ("The Trust", "Wexmere Mental Health NHS Trust", "Wexmere Mental Health NHS Trust"), ("The Trust", None, "The Trust"),
        ("the Board", None, "Wexmere Safeguarding Children Board"), ("Police", "Wexmere Mental Health NHS Trust", "Police"),
    ],
)  # fmt: skip
def test_a_lead_that_the_review_names_in_full_is_not_called_for_short(
    db: sqlite_utils.Database, make: Any, addressee: str, heading: str | None, lead: str
) -> None:
    read = make.extraction(
        "one",
        "The partnership should do one thing by next year.",
        case_ref="Case K",
        publisher="Wexmere Safeguarding Children Board",
    )
    (ask,) = read.recommendations
    told = replace(read, recommendations=(replace(ask, addressee=addressee, heading_names=heading),))
    add_review(
        db, told, [make.classification()], make.vectors(1), encoder=make.encoder, framework=FRAMEWORK, run="run-1"
    )
    assert adopt(db, "K 1", who="Ana", framework=FRAMEWORK).lead_agency == lead
    given = supersede(db, "2.1", quadrant="Q1", who="Ana", why="Moved.", framework=FRAMEWORK, lead_agency="The Trust")
    assert given.lead_agency == "The Trust", "what a person writes stays"

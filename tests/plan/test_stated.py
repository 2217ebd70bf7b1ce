"""What a board stated in the past is kept, the latest statement stands, and what cannot have been stated is refused."""

import sqlite3
from datetime import date, timedelta
from typing import Any

import pytest
import sqlite_utils

from domain.errors import UsageError
from plan.counts import DIMENSIONS, counts
from plan.ledger import today
from plan.stated import Stated, state_figures, stated
from plan.trail import events
from tests.plan.making import FRAMEWORK, contents

DAY = date(2020, 4, 1)
FIGURES = {"Q1": 13, "Q2": 7, "Q3": 21, "Q4": 22}
GIVEN: dict[str, Any] = {
    "by": "quadrant", "unit": "actions", "source": "Annual report, chapter 4", "codes": FRAMEWORK.quadrant_codes,
    "who": "B. Unit",
}  # fmt: skip


def test_a_statement_is_kept_as_it_was_made(db: sqlite_utils.Database) -> None:
    state_figures(db, DAY, FIGURES, **GIVEN)
    assert stated(db) == (Stated(DAY, "quadrant", "actions", FIGURES, GIVEN["source"]),)
    (event,) = events(db, audience=None)
    assert (event.what, event.subject, event.who) == ("figures stated", "counts 2020-04-01", "B. Unit")


def test_the_latest_statement_of_a_day_stands_for_its_dimension_and_unit(db: sqlite_utils.Database) -> None:
    state_figures(db, DAY, FIGURES, **GIVEN)
    state_figures(db, DAY, {"Q1": 2}, **{**GIVEN, "unit": "recommendations"})
    state_figures(db, date(2019, 4, 1), {"Q4": 1}, **GIVEN)
    state_figures(db, DAY, {"Q1": 12}, **{**GIVEN, "source": "Minutes"})
    found = stated(db)
    assert [(s.day.year, s.unit, dict(s.figures)) for s in found] == [
        (2019, "actions", {"Q4": 1}), (2020, "actions", {"Q1": 12}), (2020, "recommendations", {"Q1": 2}),
    ]  # fmt: skip
    assert [s.unit for s in stated(db, by="quadrant", unit="recommendations")] == ["recommendations"]
    assert stated(db, by="issue") == ()
    assert db.execute("SELECT count(*) FROM stated_counts").fetchone() == (7,), "the earlier one is kept"


def test_what_is_stated_is_never_counted(db: sqlite_utils.Database) -> None:
    before = [counts(db, FRAMEWORK, by=by, as_of=DAY) for by in DIMENSIONS]
    state_figures(db, DAY, FIGURES, **GIVEN)
    assert [counts(db, FRAMEWORK, by=by, as_of=DAY) for by in DIMENSIONS] == before


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM stated_counts", "UPDATE stated_counts SET open = 1", "UPDATE stated_counts SET who = 'x'"],
)
def test_nothing_of_it_changes_or_goes(db: sqlite_utils.Database, statement: str) -> None:
    state_figures(db, DAY, FIGURES, **GIVEN)
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        db.execute(statement)


@pytest.mark.parametrize(
    ("figures", "changed", "told"),
    [
        ({"Q9": 1}, {}, "“Q9” is not one of the codes"),
        ({}, {}, "No figures were given"),
        ({"Q1": -1}, {}, "less than nothing"),
        ({"Q1": 1}, {"source": " "}, "where the board stated it"),
        ({"Q1": 1}, {"unit": "reviews"}, "actions or recommendations"),
        ({"Q1": 1}, {"by": "weather"}, "Figures are by one of"),
        ({"Q1": 1}, {"who": " "}, "who"),
    ],
)
def test_what_cannot_have_been_stated_is_refused(
    db: sqlite_utils.Database, figures: dict[str, int], changed: dict[str, Any], told: str
) -> None:
    before = contents(db)
    with pytest.raises(UsageError, match=told):
        state_figures(db, DAY, figures, **{**GIVEN, **changed})
    with pytest.raises(UsageError, match="still to come"):
        state_figures(db, today() + timedelta(days=1), {"Q1": 1}, **GIVEN)
    assert contents(db) == before

"""The column "Date closed" of old plans: whose day it is, and where it counts for nothing."""

import pytest
import sqlite_utils

from tests.plan.bringing import bring, row
from tests.plan.test_arriving import HEAD, ROW, read, table


@pytest.mark.parametrize("status", ["complete", "assured"])
def test_the_day_on_which_an_old_plan_closed_an_action_is_that_of_its_completion(
    db: sqlite_utils.Database, status: str
) -> None:
    """Old plans have one column "Date closed", whatever they call the end of an action."""
    bring(db, row(status=status, closed="2015-04-14"))
    name = "completed" if status == "complete" else "assured"
    assert list(db.query(f"SELECT {name} AS day, closed FROM actions")) == [{"day": "2015-04-14", "closed": None}]


def test_a_day_of_closing_that_belongs_to_no_end_is_told_and_costs_no_row() -> None:
    (row,) = read(table((*HEAD, "Status", "Date closed"), (*ROW, "On track", "14/04/2015"))).rows
    assert (row.values["status"], row.values["closed"]) == ("in progress", "")
    (doubt,) = row.doubts
    assert doubt == "Date closed: 14/04/2015 is not taken, since the status is not complete, assured or closed"
    (ended,) = read(table((*HEAD, "Status", "Date closed"), (*ROW, "Completed", "14/04/2015"))).rows
    assert (ended.values["closed"], ended.doubts) == ("2015-04-14", ())

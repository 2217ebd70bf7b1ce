"""Any program opens the plan and reads its views; none may take away what was recorded."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

import plan.actions
import plan.progress
from plan.actions import adopt
from plan.deciding import decide_label, decide_repeat
from plan.ledger import transaction
from plan.reading import (
    action,
    reviews,
)
from plan.schema import open_plan
from tests.plan.making import AUDIT, SHARE, TRAIN, contents


def test_the_plain_sqlite3_module_opens_the_plan_and_its_views(plan_file: Path, make: Any) -> None:
    with contextlib.closing(open_plan(plan_file)) as db:
        make.add(db, "one", SHARE, TRAIN, AUDIT, case_ref="Case M")
        make.add(db, "two", TRAIN, case_ref="Case D")
        with transaction(db):
            first = adopt(
                db, "M 1", who="Ana", framework=make.framework, lead_agency="Health/NSCB", target_date="2027-05-01",
                applies_to_all=True,
            )  # fmt: skip
            adopt(db, "M 2", who="Ana", framework=make.framework, quadrant="Q4", lead_agency="NSCB")
            plan.actions.join(db, "D 1", "4.1", who="Ana")
            plan.progress.update_action(
                db, first.ref, who="Ana", framework=make.framework, progress="Audit scheduled for March."
            )
    with contextlib.closing(sqlite3.connect(plan_file)) as connection:
        cursor = connection.execute("SELECT * FROM composite_action_plan")
        assert [d[0] for d in cursor.description] == [
            "Ref", "Review refs", "Action", "Lead agency", "Target date", "Progress",
        ]  # fmt: skip
        assert cursor.fetchall() == [
            ("2.1", "M (and All)", SHARE, "Health/NSCB", "2027-05-01", "Audit scheduled for March."),
            ("4.1", "D, M", TRAIN, "NSCB", "", ""),
        ]
        labels = connection.execute("SELECT quadrant, decided, who FROM current_labels ORDER BY recommendation_id")
        assert sorted(labels.fetchall()) == [("Q2", 0, "model-1")] * 2 + [("Q2", 1, "Ana"), ("Q4", 1, "Ana")]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with contextlib.closing(open_plan(plan_file)) as db:
        assert action(db, "4.1").review_refs == ("D", "M")
        assert len(reviews(db)) == 2


# ------------------------------------------------------------------------------------------------ what never changes


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET why = 'other'",
        "UPDATE events SET before = NULL, after = NULL, why = '[erased]'",
        "DELETE FROM events",
        "DELETE FROM event_reviews",
        "UPDATE event_reviews SET review_id = review_id",
        "INSERT OR REPLACE INTO events (id, at, who, what, subject, why) VALUES (1, '', 'x', '', '', '')",
        "UPDATE decisions SET quadrant = 'Q1'",
        "UPDATE decisions SET sureness = 0.4",
        "UPDATE decisions SET settles = 1",
        "DELETE FROM decisions",
        "INSERT OR REPLACE INTO decisions SELECT * FROM decisions",
        "UPDATE repeat_decisions SET verdict = 'same'",
        "DELETE FROM repeat_decisions",
        "DELETE FROM actions",
        "UPDATE actions SET ref = '2.9', sequence = 9",
        "UPDATE actions SET quadrant = 'Q3'",
    ],
)
def test_records_are_append_only_for_any_program(plan_file: Path, make: Any, statement: str) -> None:
    with contextlib.closing(open_plan(plan_file)) as db:
        make.add(db, "one", SHARE, TRAIN)
        adopt(db, "A 1", who="Ana", framework=make.framework)
        decide_repeat(db, "A 1", "A 2", "not the same", "Ana")
        before = contents(db)
    with contextlib.closing(sqlite3.connect(plan_file)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(statement)
        connection.rollback()
    with contextlib.closing(open_plan(plan_file)) as db:
        assert contents(db) == before


def test_only_an_erased_review_s_words_may_go_blank(db: sqlite_utils.Database, make: Any) -> None:
    first = make.add(db, "one", SHARE)
    make.add(db, "two", TRAIN)
    for place in ("A 1", "B 1"):
        decide_label(db, place, quadrant="Q1", who="Ana", framework=make.framework, note="names a child")
    db.execute("INSERT INTO erasures (review_id, who, why, at) VALUES (?, 'Ana', 'asked for', '2026')", [first.id])
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE events SET why = '[erased]', after = '{}' WHERE id = 1")
    blank = "UPDATE events SET before = NULL, after = NULL, why = '[erased]' WHERE id IN "
    db.execute(blank + "(SELECT event_id FROM event_reviews WHERE review_id = 1)")
    db.execute("UPDATE decisions SET note = '[erased]' WHERE id = 1")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(blank + "(SELECT event_id FROM event_reviews WHERE review_id = 2)")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE decisions SET note = '[erased]' WHERE id = 2")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE decisions SET note = '[erased]', who = 'nobody' WHERE id = 1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews SET visibility = 'secret'",
        "UPDATE reviews SET visibility = 'embargoed', embargo_until = NULL",
        "UPDATE reviews SET embargo_until = 'soon'",
        "UPDATE recommendations SET outcome = 'maybe'",
        "UPDATE recommendations SET review_id = 99",
        "UPDATE recommendations SET boxes = 'no json'",
        "UPDATE recommendations SET page = 0",
        "INSERT INTO action_recommendations VALUES (1, 'r-none', 0, '', '')",
    ],
)
def test_closed_sets_and_links_are_checked_by_the_database(
    db: sqlite_utils.Database, make: Any, statement: str
) -> None:
    make.add(db, "one", SHARE)
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)

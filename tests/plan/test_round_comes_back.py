"""The workbooks of a round come back from the agencies, each with its own progress."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlite_utils

from domain.states import Status
from plan.import_preview import state
from plan.import_rows import Verdict
from plan.importing import undo
from plan.progress import close
from plan.rounds import record_round, returns
from plan.schema import open_plan
from tests.plan.bringing import WHO, action, bring, look, row
from tests.plan.making import FRAMEWORK


@pytest.fixture
def db(tmp_path: Path) -> sqlite_utils.Database:
    return open_plan(tmp_path / "cap.db")


def test_each_agency_tells_its_own_progress_and_a_second_return_updates_the_first(db: sqlite_utils.Database) -> None:
    bring(db, row())
    sent = state(db)
    bring(db, row(agency="Health", progress="Form drafted."), state=sent, agency="Health")
    bring(db, row(agency="Police", progress="Form printed."), state=sent, agency="Police")
    assert action(db).progress == "Health: Form drafted.\nPolice: Form printed."
    (second,) = look(db, row(agency="Health", progress="Form agreed.", status="in progress"), state=sent)
    assert [(c.field, c.before) for c in second.changes] == [("progress", "Form drafted."), ("status", "open")]
    bring(db, row(agency="Health", progress="Form agreed.", status="in progress"), state=sent, agency="Health")
    bring(db, row(agency="Health", status="complete"), state=sent, agency="Health")
    assert action(db).progress == "Health: Form agreed.\nPolice: Form printed."
    assert action(db).status is Status.COMPLETE


def test_what_two_agencies_say_differently_of_a_shared_action_is_for_a_person(db: sqlite_utils.Database) -> None:
    bring(db, row())
    sent = state(db)
    bring(db, row(agency="Health", status="complete"), state=sent, agency="Health")
    (shown,) = look(db, row(agency="Police", status="in progress", progress="Not here."), state=sent)
    assert shown.verdict is Verdict.CONFLICT
    assert [c.field for c in shown.changes] == ["progress"]


def test_missing_returns_are_known(db: sqlite_utils.Database) -> None:
    assert returns(db) == ()
    bring(db, row())
    record_round(db, ("Health", "Police"), who=WHO)
    done = bring(db, row(agency="Health"), state=state(db), agency="Health")
    assert [(r.agency, r.came is None) for r in returns(db)] == [("Health", False), ("Police", True)]
    undo(db, done.number, who=WHO, framework=FRAMEWORK)
    assert [r.came for r in returns(db)] == [None, None]


def test_a_closed_action_takes_no_more_updates(db: sqlite_utils.Database) -> None:
    bring(db, row())
    sent = state(db)
    close(db, "2.1", who=WHO, achieved=True, why="Agreed at the board.")
    (shown,) = look(db, row(agency="Health", progress="Late."), state=sent)
    assert (shown.verdict, shown.writes) == (Verdict.UNREADABLE, False)


def test_an_agency_that_does_not_lead_an_action_changes_nothing_of_it(db: sqlite_utils.Database) -> None:
    bring(db, row())
    (shown,) = look(db, row(agency="Probation", status="complete"), state=state(db))
    assert (shown.verdict, shown.writes) == (Verdict.CONFLICT, False)
    assert "does not lead" in shown.reasons[0]


def test_edits_of_an_agency_beside_its_own_cells_are_told(db: sqlite_utils.Database) -> None:
    bring(db, row())
    (shown,) = look(
        db, replace(row(agency="Health", progress="Begun."), beside={"text": "Something else."}), state=state(db)
    )
    assert [c.field for c in shown.changes] == ["progress"]
    assert "Something else." in shown.reasons[0]


def test_progress_that_an_agency_s_word_will_replace_is_shown(db: sqlite_utils.Database) -> None:
    bring(db, row(progress="A long history."))
    (shown,) = look(db, row(agency="Health", progress="Form printed."), state=state(db))
    assert [(c.before, c.after) for c in shown.changes] == [("A long history.", "Form printed.")]
    bring(db, row(agency="Health", progress="Form printed."), state=state(db), agency="Health")
    (other,) = look(db, row(agency="Police", progress="Filed."), state=state(db))
    assert [c.before for c in other.changes] == [""]

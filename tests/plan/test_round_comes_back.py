"""The workbooks of a round come back from the agencies, each with its own progress."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlite_utils

from domain.states import Status
from plan.import_preview import state
from plan.import_rows import Verdict
from plan.importing import apply, undo
from plan.progress import close
from plan.rounds import earlier_round, record_round, returns
from tests.plan.bringing import SHA, WHO, action, bring, look, row
from tests.plan.making import FRAMEWORK, new_plan


@pytest.fixture
def db(tmp_path: Path) -> sqlite_utils.Database:
    return new_plan(tmp_path / "cap.db")


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
    # What the plan shows beside it stays, and is told.
    assert other.changes[0].shown == ("Form printed.", "Health: Form printed.\nPolice: Filed.")
    bring(db, row(agency="Police", progress="Filed."), state=state(db), agency="Police")
    assert action(db).progress == "Health: Form printed.\nPolice: Filed."


def test_typing_into_grey_cells_is_told_with_the_cell_to_write_in(db: sqlite_utils.Database) -> None:
    bring(db, row(progress="Drafted."))
    shows = {"target_date": "01/06/2017", "progress": "Drafted.", "review_refs": "K, O"}
    (untouched,) = look(db, replace(row(agency="Health"), beside=shows), state=state(db))
    assert (untouched.verdict, untouched.reasons) == (Verdict.UNCHANGED, ())
    typed = {"target_date": "2018-01-01", "progress": "Printed.", "review_refs": "K, O, Z"}
    (shown,) = look(db, replace(row(agency="Health"), beside=typed), state=state(db))
    assert "target date: “2018-01-01” is ignored" in shown.reasons[0] and "“New target date”" in shown.reasons[0]
    assert "last progress: “Printed.” is ignored" in shown.reasons[1] and "“Progress note”" in shown.reasons[1]
    assert "review refs: “K, O, Z” is ignored" in shown.reasons[2]


def test_a_row_of_an_agency_without_an_action_says_what_is_wrong(db: sqlite_utils.Database) -> None:
    bring(db, row())
    added = replace(row(None, at="row 9", agency="Health", progress="Begun."), beside={"text": "Something new."})
    unknown = row("2.9", at="row 8", agency="Health", progress="Begun.")
    for shown in look(db, added, unknown, state=state(db)):
        assert (shown.verdict, len(shown.reasons)) == (Verdict.UNREADABLE, 1)
        assert "an agency's workbook cannot add an action" in shown.reasons[0]


def came_back(db: sqlite_utils.Database, agency: str, written: int, **values: str) -> None:
    """A workbook of a round that was written at a state of the plan comes in."""
    rows = look(db, row(agency=agency, **values), state=written)
    apply(db, rows, file="update.xlsx", sha256=SHA, who=WHO, framework=FRAMEWORK, agency=agency, state=written)


def test_an_answer_to_an_earlier_round_is_none_to_the_last(
    db: sqlite_utils.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(db, row())
    june = state(db)
    with monkeypatch.context() as then:
        then.setattr("plan.ledger.now", lambda: "2026-06-01T09:00:00.000000+00:00")
        record_round(db, ("Health", "Police"), who=WHO)
    september = state(db)
    record_round(db, ("Health", "Police"), who=WHO)
    came_back(db, "Health", september, progress="Form agreed.")
    came_back(db, "Police", june, progress="Form drafted.")
    assert [(r.answered, r.lacks) for r in returns(db)] == [
        (True, ""), (False, "it was the workbook of the round of 2026-06-01"),
    ]  # fmt: skip
    assert (earlier_round(db, june), earlier_round(db, september)) == ("2026-06-01", "")
    (late,) = look(db, row(agency="Health", progress="Form drafted."), state=june)
    assert (late.verdict, late.writes) == (Verdict.CONFLICT, False)
    assert "this older workbook says “Form drafted.”; a later one from Health said “Form agreed.”" in late.reasons[0]
    came_back(db, "Health", june, progress="Form drafted.")
    assert returns(db)[0].answered
    assert action(db).progress == "Health: Form agreed.\nPolice: Form drafted."


def test_an_empty_workbook_and_one_of_which_nothing_was_taken_are_no_answers(db: sqlite_utils.Database) -> None:
    bring(db, row())
    record_round(db, ("Health", "Police", "Probation"), who=WHO)
    came_back(db, "Health", state(db))
    came_back(db, "Police", state(db), status="open")
    came_back(db, "Probation", state(db), progress="Not ours.")
    assert [r.lacks for r in returns(db)] == ["it was empty", "", "nothing in it could be taken"]

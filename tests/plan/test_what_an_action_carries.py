"""Actions that answer no recommendation, and what any action carries: RAG, practice standards, evidence, another look."""

import contextlib
import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from domain.errors import NotAllowed, NotFound, UsageError
from domain.states import Audience, Rag, Status, Visibility
from plan import importing
from plan.acting import add_action, add_evidence, strike_evidence
from plan.action_history import action_steps, evidence, progress_notes
from plan.actions import adopt
from plan.counts import counts
from plan.deciding import set_visibility
from plan.migrations import MIGRATIONS
from plan.overview import needs
from plan.progress import close, set_recheck, set_status, supersede, update_action
from plan.reading import action, actions
from plan.schema import open_plan, open_with
from plan.trail import events
from tests.plan.making import AUDIT, FRAMEWORK, SHARE, contents

BY_ANA: dict[str, Any] = {"who": "Ana", "framework": FRAMEWORK}


@pytest.fixture
def full(db: sqlite_utils.Database, make: Any) -> sqlite_utils.Database:
    make.add(db, "one", SHARE, AUDIT, case_ref="Case K")
    adopt(db, "K 1", **BY_ANA, lead_agency="Police", target_date="2027-03-31")
    return db


def last(db: sqlite_utils.Database, ref: str, audience: Audience = Audience.PARTNERSHIP) -> tuple[str, Any, Any, str]:
    event = events(db, subject=f"action {ref}", audience=audience, limit=1)[0]
    before, after = (json.loads(side) if side else None for side in (event.before, event.after))
    return event.what, before, after, event.why


# ------------------------------------------------------------------------------------------------ a new action


def test_an_action_that_answers_no_recommendation_stands_beside_the_others(full: sqlite_utils.Database) -> None:
    row = add_action(
        full, quadrant="Q2", text=" Publish  a protocol ", source="audit", review_letters=("k",), **BY_ANA, why="The audit",
        lead_agency="Police", target_date="2027-01-31", home="Front Door Board", worry_statement="W", success_goal="G",
        next_steps="N", rag="Amber", standards=("2.2", "2.1", "2.2"),
    )  # fmt: skip
    assert (row.ref, row.quadrant, row.text, row.source) == ("2.2", "Q2", "Publish a protocol", "audit")
    assert (row.review_refs, row.recommendations, row.printed_refs) == (("K",), (), ())
    assert (row.lead_agency, row.target_date, row.original_target_date) == ("Police", "2027-01-31", "2027-01-31")
    assert (row.home, row.worry_statement, row.success_goal, row.next_steps) == ("Front Door Board", "W", "G", "N")
    assert (row.rag, row.standards, row.recheck, row.released) == (Rag.AMBER, ("2.1", "2.2"), None, False)
    assert action(full, "2.2") == row
    what, before, after, why = last(full, "2.2")
    assert (what, before, why) == ("action opened", None, "The audit")
    assert (after["source"], after["rag"], after["standards"]) == ("audit", "amber", ["2.1", "2.2"])
    assert [step.status for step in action_steps(full, "2.2")] == [Status.OPEN]
    found = full.execute("SELECT agency FROM action_agencies JOIN actions a ON a.id = action_id WHERE ref = '2.2'")
    assert found.fetchall() == [("police",)]


def test_a_boards_own_wish_needs_neither_source_nor_review(db: sqlite_utils.Database) -> None:
    row = add_action(db, quadrant="Q4", text="Hold a conference", **BY_ANA)
    assert (row.ref, row.source, row.review_refs, row.target_date) == ("4.1", "", (), None)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"quadrant": "Q9"}, "“Q9” is not one of the quadrants"),
        ({"text": " "}, "needs a text"),
        ({"source": "rumour"}, "“rumour” is not one of the sources"),
        ({"review_letters": ("Z",)}, "Review Z is not in the plan"),
        ({"standards": ("9.9",)}, "“9.9” is not one of the practice standards"),
        ({"rag": "purple"}, "red, amber, green"),
        ({"target_date": "2027-02-30"}, "not a date"),
        ({"target_date": "31/02/2027"}, "not a date"),
        ({"target_date": "32 January 2026"}, "not a date"),
        ({"who": ""}, "Say who"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    full: sqlite_utils.Database, wrong: dict[str, Any], sentence: str
) -> None:
    before = contents(full)
    with pytest.raises(UsageError, match=sentence):
        add_action(full, **{"quadrant": "Q1", "text": "Audit it", **BY_ANA, **wrong})
    assert contents(full) == before
    assert add_action(full, quadrant="Q2", text="Next", **BY_ANA).ref == "2.2", "no number is lost"


def test_a_letter_that_an_imported_plan_printed_will_do_and_a_withdrawn_review_will_not(
    full: sqlite_utils.Database, make: Any
) -> None:
    full.execute("INSERT INTO action_letters (action_id, letter) VALUES (1, 'P')")
    assert add_action(full, quadrant="Q1", text="x", review_letters=("P",), **BY_ANA).printed_refs == ("P",)
    make.add(full, "two", SHARE, case_ref="Case L", visibility=Visibility.WITHDRAWN)
    with pytest.raises(UsageError, match="Review L is not in the plan"):
        add_action(full, quadrant="Q1", text="x", review_letters=("L",), **BY_ANA)


def test_the_public_sees_an_added_action_once_it_is_released(full: sqlite_utils.Database) -> None:
    set_visibility(full, "K", Visibility.PUBLISHED, who="Ana")

    def shown() -> set[str]:
        return {row.ref for row in actions(full, audience=Audience.PUBLIC)} - {"2.1"}

    def told() -> bool:
        return bool(events(full, subject="action 1.1", audience=Audience.PUBLIC))

    add_action(full, quadrant="Q1", text="Ask about fathers", review_letters=("K",), **BY_ANA)
    assert (shown(), told()) == (set(), False)
    add_evidence(full, "1.1", link="minutes.docx", shows="It was agreed", who="Ana")
    assert update_action(full, "1.1", **BY_ANA, released=True).released
    assert last(full, "1.1")[1:3] == ({"released": False}, {"released": True})
    assert (shown(), told()) == ({"1.1"}, True)
    assert "minutes.docx" not in str(events(full, audience=Audience.PUBLIC)), "evidence is the partnership's own"
    update_action(full, "1.1", **BY_ANA, released=False)
    assert (shown(), told()) == (set(), False)
    assert add_action(full, quadrant="Q1", text="Open to all", released=True, **BY_ANA).released
    assert shown() == {"1.2"}


# ------------------------------------------------------------------------------------------------ RAG and standards


def test_rag_and_standards_change_with_what_stood_before(full: sqlite_utils.Database) -> None:
    row = update_action(full, "2.1", **BY_ANA, rag="RED", standards=("1.2", "1.1"), why="The audit group")
    assert (row.rag, row.standards) == (Rag.RED, ("1.1", "1.2"))
    assert last(full, "2.1") == (
        "action updated", {"rag": "", "standards": []}, {"rag": "red", "standards": ["1.1", "1.2"]}, "The audit group",
    )  # fmt: skip
    assert update_action(full, "2.1", **BY_ANA, standards=("1.2",)).standards == ("1.2",)
    assert last(full, "2.1")[1:3] == ({"standards": ["1.1", "1.2"]}, {"standards": ["1.2"]})
    cleared = update_action(full, "2.1", **BY_ANA, rag="", standards=())
    assert (cleared.rag, cleared.standards) == (Rag.NONE, ())
    before = contents(full)
    for wrong in ({"rag": "purple"}, {"standards": ("9.9",)}, {"rag": ""}, {"standards": ()}):
        with pytest.raises(UsageError):
            update_action(full, "2.1", **BY_ANA, **wrong)
    assert contents(full) == before


def test_a_standard_of_an_older_framework_may_stay_and_none_may_come(full: sqlite_utils.Database) -> None:
    full.execute("INSERT INTO action_standards (action_id, standard) VALUES (1, '7.7')")
    assert update_action(full, "2.1", **BY_ANA, standards=("7.7", "1.1")).standards == ("1.1", "7.7")
    assert update_action(full, "2.1", **BY_ANA, standards=("1.1",)).standards == ("1.1",)
    with pytest.raises(UsageError, match=r"7\.7"):
        update_action(full, "2.1", **BY_ANA, standards=("7.7",))


def test_a_successor_takes_over_what_the_action_carried(full: sqlite_utils.Database) -> None:
    add_action(full, quadrant="Q1", text="x", source="inspection", rag="green", standards=("1.1",), **BY_ANA)
    row = supersede(full, "1.1", quadrant="Q3", why="Said better", **BY_ANA)
    assert (row.ref, row.source, row.rag, row.standards, row.released) == ("3.1", "inspection", Rag.GREEN, ("1.1",), False)  # fmt: skip
    again = supersede(full, "3.1", quadrant="Q3", why="Said better still", standards=("1.2",), rag="red", **BY_ANA)
    assert (again.standards, again.rag) == (("1.2",), Rag.RED)


# ------------------------------------------------------------------------------------------------ another look


@pytest.fixture
def complete(full: sqlite_utils.Database) -> sqlite_utils.Database:
    set_status(full, "2.1", Status.COMPLETE, who="Ana")
    return full


def test_what_is_assured_has_a_day_on_which_it_is_looked_at_again(complete: sqlite_utils.Database) -> None:
    day = date(2026, 5, 1)
    row = set_status(complete, "2.1", Status.ASSURED, who="Ana", on=day, recheck=date(2027, 5, 1))
    assert (row.assured, row.recheck) == ("2026-05-01", "2027-05-01")
    assert last(complete, "2.1")[2]["recheck"] == "2027-05-01"
    moved = set_recheck(complete, "2.1", date(2028, 5, 1), who="Ana", why="Still so", on=date(2027, 5, 2))
    assert (moved.status, moved.recheck, moved.assured) == (Status.ASSURED, "2028-05-01", "2026-05-01")
    assert last(complete, "2.1") == (
        "action updated", {"recheck": "2027-05-01"}, {"recheck": "2028-05-01"}, "Still so",
    )  # fmt: skip


def test_a_day_for_another_look_comes_after_assurance_and_goes_with_it(complete: sqlite_utils.Database) -> None:
    before = contents(complete)
    with pytest.raises(UsageError, match="must be later than"):
        set_status(complete, "2.1", Status.ASSURED, who="Ana", on=date(2026, 5, 1), recheck=date(2026, 5, 1))
    with pytest.raises(UsageError, match="can only be set with the status assured"):
        set_status(complete, "2.1", Status.IN_PROGRESS, who="Ana", recheck=date(2030, 1, 1))
    with pytest.raises(NotAllowed, match=r"is complete.*cap progress 2\.1 --status assured"):
        set_recheck(complete, "2.1", date(2030, 1, 1), who="Ana")
    assert contents(complete) == before
    set_status(complete, "2.1", Status.ASSURED, who="Ana", recheck=date(2090, 1, 1))
    assert set_status(complete, "2.1", Status.IN_PROGRESS, who="Ana").recheck is None
    assert last(complete, "2.1")[1]["recheck"] == "2090-01-01"
    set_status(complete, "2.1", Status.COMPLETE, who="Ana")
    assert set_status(complete, "2.1", Status.ASSURED, who="Ana").recheck is None, "no day of an earlier time"
    set_recheck(complete, "2.1", date(2090, 1, 1), who="Ana")
    assert close(complete, "2.1", who="Ana", achieved=True, why="Lasting").recheck is None


# ------------------------------------------------------------------------------------------------ evidence


def test_evidence_is_kept_and_struck_out_with_a_reason(full: sqlite_utils.Database) -> None:
    update_action(full, "2.1", **BY_ANA, progress="Half the records", agency="Police", dated=date(2026, 3, 1))
    first = add_evidence(full, " 2.1", link=" https://example.org/audit ", shows="9 of 10  records", who="Ana")
    assert (first.number, first.link, first.what, first.who) == (1, "https://example.org/audit", "9 of 10 records", "Ana")  # fmt: skip
    assert last(full, "2.1")[:3] == (
        "evidence added", None, {"evidence": 1, "link": first.link, "what": "9 of 10 records"},
    )  # fmt: skip
    add_evidence(full, "2.1", link="minutes.docx", shows="The board agreed", who="Bo")
    struck = strike_evidence(full, "2.1", 1, who="Bo", why="Another year's audit")
    assert (struck.number, struck.struck_by, struck.struck_why) == (1, "Bo", "Another year's audit")
    what, before, after, why = last(full, "2.1")
    assert (what, before["struck"], after["struck"], why) == (
        "evidence struck out", None, struck.struck, "Another year's audit",
    )  # fmt: skip
    assert [(one.number, one.link, one.struck is None) for one in evidence(full, "2.1")] == [
        (1, first.link, False), (2, "minutes.docx", True),
    ]  # fmt: skip
    assert add_evidence(full, "2.1", link=first.link, shows="This year's", who="Ana").number == 3
    (note,) = progress_notes(full, "2.1")
    assert (note.agency, note.note, note.dated) == ("Police", "Half the records", "2026-03-01")


def test_evidence_that_says_nothing_or_does_not_exist_is_refused(full: sqlite_utils.Database) -> None:
    add_action(full, quadrant="Q1", text="Another", **BY_ANA)
    add_evidence(full, "2.1", link="a.docx", shows="x", who="Ana")
    strike_evidence(full, "2.1", 1, who="Ana", why="Wrong")
    add_evidence(full, "2.1", link="b.docx", shows="x", who="Ana")
    before = contents(full)
    for given, error in (
        ({"link": " ", "shows": "x"}, UsageError),
        ({"link": "c.docx", "shows": " "}, UsageError),
        ({"link": "b.docx", "shows": "again"}, UsageError),
    ):
        with pytest.raises(error):
            add_evidence(full, "2.1", who="Ana", **given)
    for ref, number, why, error in (
        ("2.1", 1, "twice", NotAllowed), ("2.1", 3, "none", NotFound), ("1.1", 1, "other's", NotFound),
        ("9.9", 1, "none", NotFound), ("2.1", 2, " ", UsageError),
    ):  # fmt: skip
        with pytest.raises(error):
            strike_evidence(full, ref, number, who="Ana", why=why)
    assert contents(full) == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM action_evidence",
        "UPDATE action_evidence SET what = 'other'",
        "UPDATE action_evidence SET struck = NULL, struck_by = NULL, struck_why = NULL",
        "INSERT OR REPLACE INTO action_evidence (id, action_id, link, what, who, at) VALUES (1, 1, 'l', 'w', 'x', 'y')",
        "UPDATE actions SET rag = 'purple'",
        "UPDATE actions SET recheck = 'soon'",
    ],
)
def test_no_program_takes_evidence_away_or_writes_what_cannot_be(full: sqlite_utils.Database, statement: str) -> None:
    add_evidence(full, "2.1", link="a.docx", shows="x", who="Ana")
    strike_evidence(full, "2.1", 1, who="Ana", why="Wrong")
    with pytest.raises(sqlite3.IntegrityError):
        full.conn.execute(statement)


# ------------------------------------------------------------------------------------------------ older plans


def test_an_import_that_was_made_before_can_still_be_taken_back(plan_file: Path) -> None:
    older = [name for name, _ in MIGRATIONS].index("0014 what an action carries")
    open_with(plan_file, MIGRATIONS[:older]).close()
    with contextlib.closing(sqlite3.connect(plan_file)) as connection, connection:
        connection.row_factory = sqlite3.Row
        connection.execute(
            """INSERT INTO actions (ref, quadrant, quadrant_number, sequence, text, lead_agency, opened, added, released)
            VALUES ('1.1', 'Q1', 1, 1, 'Imported', '', '2026-01-01', '2026-01-01', 0)"""
        )
        columns = dict(connection.execute("SELECT * FROM actions").fetchone())
        after = {name: value for name, value in columns.items() if name not in importing.FIXED}
        connection.execute("INSERT INTO imports (file, sha256, who, at) VALUES ('p.csv', ?, 'Ana', 'x')", ("a" * 64,))
        connection.execute(
            "INSERT INTO import_changes (import_id, action_id, before, after, notes, letters) VALUES (1, 1, NULL, ?, '[]', '[]')",
            (json.dumps(after),),
        )
    with contextlib.closing(open_plan(plan_file)) as db:
        assert action(db, "1.1").rag is Rag.NONE
        assert importing.undo(db, 1, **BY_ANA) == ("1.1",)
        assert actions(db) == ()


# ------------------------------------------------------------------------------------------------ target dates


def test_a_target_date_is_kept_as_a_day_however_it_was_typed(full: sqlite_utils.Database) -> None:
    assert (
        add_action(full, quadrant="Q4", text="Audit it", target_date="31/03/2025", **BY_ANA).target_date == "2025-03-31"
    )
    moved = update_action(full, "4.1", target_date="1 April 2025", why="The group met late", **BY_ANA)
    assert (moved.target_date, moved.original_target_date) == ("2025-04-01", "2025-03-31")
    other = adopt(full, "K 2", **BY_ANA, target_date="31-03-2025")
    assert other.target_date == "2025-03-31"
    assert needs(full).overdue == 2


def test_dates_that_a_plan_kept_as_words_are_read_as_days(full: sqlite_utils.Database) -> None:
    add_action(full, quadrant="Q4", text="Audit it", target_date="2025-03-31", **BY_ANA)
    add_action(full, quadrant="Q4", text="Audit it again", target_date="2025-03-31", **BY_ANA)
    for table in ("actions", "action_history"):
        full.execute(f"UPDATE {table} SET target_date = '31/03/2025' WHERE target_date = '2025-03-31'")
    full.execute("UPDATE actions SET target_date = 'March 2025' WHERE ref = '4.2'")
    full.conn.commit()
    assert [action(full, ref).target_date for ref in ("4.1", "4.2")] == ["2025-03-31", "March 2025"]
    assert needs(full).overdue == 2
    totals = [row for row in counts(full, FRAMEWORK) if row.unit == "actions" and row.code == "Q4"]
    assert [row.overdue for row in totals] == [2]
    update_action(full, "4.1", target_date="2025-04-30", why="The group met late", **BY_ANA)
    assert [step.target_date for step in action_steps(full, "4.1")] == ["2025-03-31", "2025-04-30"]


def test_a_date_that_a_review_prints_and_no_calendar_has_does_not_stop_its_adoption(
    full: sqlite_utils.Database,
) -> None:
    full.execute("UPDATE recommendations SET target_date = '31/02/2027' WHERE number = '2'")
    full.conn.commit()
    assert adopt(full, "K 2", **BY_ANA).target_date == "31/02/2027"

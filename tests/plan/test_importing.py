"""An arriving plan held against ours, written in one transaction, and taken back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlite_utils

from domain.errors import NotAllowed, NotFound, UsageError
from domain.states import Audience, Status, Visibility
from extract.plan_tables import SourceRow, SourceTable
from plan import reading
from plan.action_history import action_steps
from plan.arriving import arriving
from plan.counts import counts
from plan.deciding import set_visibility
from plan.import_preview import preview, state
from plan.import_rows import Verdict, taken_in_part
from plan.importing import apply, imports, undo
from plan.progress import close, set_status, supersede, update_action
from tests.plan.bringing import SHA, WHO, action, bring, look, row
from tests.plan.making import FRAMEWORK, SHARE, Maker, contents, new_plan


@pytest.fixture
def db(tmp_path: Path) -> sqlite_utils.Database:
    return new_plan(tmp_path / "cap.db")


def test_a_new_action_comes_in_under_its_own_reference(db: sqlite_utils.Database) -> None:
    done = bring(db, row("2.7", progress="Drafted.", status="in progress"))
    stands = action(db, "2.7")
    assert done.new == ("2.7",)
    assert (stands.text, stands.review_refs, stands.target_date, stands.original_target_date, stands.status) == (
        "Agree one referral form.", ("K", "O"), "2017-06-01", "2017-06-01", Status.IN_PROGRESS,
    )  # fmt: skip
    assert (stands.opened, stands.progress) == ("2017-01-31", "Drafted.")
    led = {c.code for c in counts(db, FRAMEWORK, by="agency") if c.unit == "actions" and c.total}
    assert led == {"health", "police"}


def test_the_next_reference_follows_the_imported_ones(db: sqlite_utils.Database) -> None:
    bring(db, row("2.7"), row(None, at="row 6", text="Write to every referrer.", letters=()))
    assert action(db, "2.8").text == "Write to every referrer."


def test_importing_again_changes_nothing(db: sqlite_utils.Database) -> None:
    bring(db, row(), row(None, at="row 6", text="Write to every referrer."))
    before = contents(db)
    again = look(db, row(), row(None, at="row 6", text="Write  to every\nreferrer."))
    assert [r.verdict for r in again] == [Verdict.UNCHANGED] * 2
    with pytest.raises(UsageError, match="nothing"):
        apply(db, again, file="plan.xlsx", sha256=SHA, who=WHO, framework=FRAMEWORK)
    assert contents(db) == before


def test_exactly_the_edits_of_an_exported_file_arrive(db: sqlite_utils.Database) -> None:
    bring(db, row(progress="Drafted."), row("2.2", at="row 6", text="Another."))
    written = state(db)
    update_action(db, "2.2", who=WHO, framework=FRAMEWORK, progress="Told at the meeting.")
    edited = row(progress="Agreed.", target_date="2017-09-01"), row("2.2", at="row 6", text="Another.", progress="")
    shown = look(db, *edited, state=written)
    assert [r.verdict for r in shown] == [Verdict.CHANGED, Verdict.UNCHANGED]
    assert {(c.field, c.before, c.after) for c in shown[0].changes} == {
        ("progress", "Drafted.", "Agreed."), ("target_date", "2017-06-01", "2017-09-01"),
    }  # fmt: skip
    bring(db, *edited, state=written)
    assert (action(db).progress, action(db).target_date, action(db).original_target_date) == (
        "Agreed.",
        "2017-09-01",
        "2017-06-01",
    )
    assert action(db, "2.2").progress == "Told at the meeting."
    assert action_steps(db, "2.1")[-1].why == "imported from plan.xlsx"


def test_an_edit_of_what_the_plan_changed_too_is_a_conflict_and_overwrites_nothing(db: sqlite_utils.Database) -> None:
    bring(db, row(progress="Drafted."))
    written = state(db)
    update_action(db, "2.1", who=WHO, framework=FRAMEWORK, progress="Told at the meeting.")
    (shown,) = look(db, row(progress="Agreed.", lead_agency="Police"), state=written)
    assert shown.verdict is Verdict.CONFLICT
    assert "since it was written" in shown.reasons[0]
    bring(db, row(progress="Agreed.", lead_agency="Police"), state=written)
    assert (action(db).progress, action(db).lead_agency) == ("Told at the meeting.", "Police")


def test_another_action_under_the_same_reference_is_a_conflict(db: sqlite_utils.Database) -> None:
    bring(db, row())
    (shown,) = look(db, row(text="Commission a helpline for carers with disabilities."))
    assert shown.verdict is Verdict.CONFLICT
    assert not shown.writes


def test_sheets_that_say_different_things_are_a_conflict(db: sqlite_utils.Database) -> None:
    bring(db, row())
    written = state(db)
    here, there = row(at="sheet “A”, row 5", progress="One."), row(at="sheet “B”, row 5", progress="Two.")
    (shown,) = look(db, here, there, state=written)
    assert (shown.verdict, shown.writes) == (Verdict.CONFLICT, False)
    (edited,) = look(db, here, row(at="sheet “B”, row 5", progress=""), state=written)
    assert [(c.field, c.after) for c in edited.changes] == [("progress", "One.")]


def test_two_rows_with_one_reference_in_one_table_are_both_told(db: sqlite_utils.Database) -> None:
    shown = look(db, row(), row(at="row 6", text="Another action altogether."))
    assert [r.verdict for r in shown] == [Verdict.UNREADABLE] * 2
    assert {r.at for r in shown} == {"row 5", "row 6"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"status": "closed"}, "Aim achieved"), ({"status": "superseded"}, "by which action"), ({"text": ""}, "no words"),
    ],
)  # fmt: skip
def test_a_new_row_that_cannot_stand_is_told(db: sqlite_utils.Database, given: dict[str, str], told: str) -> None:
    (shown,) = look(db, row(**given))
    assert shown.verdict is Verdict.UNREADABLE
    assert told in shown.reasons[0]


def test_steps_that_no_action_can_take_are_told(db: sqlite_utils.Database) -> None:
    bring(db, row())
    (assured,) = look(db, row(status="assured"))
    assert "cannot become assured" in assured.reasons[0]
    (closed,) = look(db, row(status="closed"))
    assert "Aim achieved" in closed.reasons[0]
    bring(db, row(status="closed", achieved="Yes"))
    assert (action(db).status, action(db).achieved) == (Status.CLOSED, True)
    (after,) = look(db, row(progress="More."))
    assert not after.writes


def test_an_action_keeps_every_review_and_gains_others(db: sqlite_utils.Database) -> None:
    bring(db, row())
    (shown,) = look(db, row(letters=("K", "P")))
    assert shown.letters == ("P",)
    assert "O stays" in shown.reasons[0]
    bring(db, row(letters=("K", "P")))
    assert action(db).review_refs == ("K", "O", "P")


def test_a_letter_that_a_plan_prints_is_given_to_no_other_review(db: sqlite_utils.Database) -> None:
    bring(db, row(letters=("A", "K")))
    make = Maker()
    assert make.add(db, "first", SHARE).letter == "B"
    assert make.add(db, "second", SHARE, case_ref="Case K").letter == "K"


def test_undoing_puts_everything_back_and_the_same_plan_can_come_again(db: sqlite_utils.Database) -> None:
    bring(db, row(progress="Drafted."))
    stood = action(db)
    done = bring(
        db,
        row(progress="Agreed.", letters=("K", "O", "P"), target_date="2018-01-01"),
        row("2.2", at="row 6", text="New."),
    )
    undo(db, done.number, who=WHO, framework=FRAMEWORK)
    assert action(db) == stood
    with pytest.raises(NotFound):
        action(db, "2.2")
    assert sum(c.total for c in counts(db, FRAMEWORK) if c.unit == "actions") == 1
    assert [past.undone is not None for past in imports(db)] == [True, False]
    with pytest.raises(NotAllowed, match="undone already"):
        undo(db, done.number, who=WHO, framework=FRAMEWORK)
    again = bring(db, row("2.2", at="row 6", text="New."))
    assert again.new == ("2.2",)
    assert action(db, "2.2").text == "New."


def test_an_import_that_only_added_a_review_can_be_undone(db: sqlite_utils.Database) -> None:
    bring(db, row())
    done = bring(db, row(letters=("K", "O", "P")))
    undo(db, done.number, who=WHO, framework=FRAMEWORK)
    assert action(db).review_refs == ("K", "O")


def test_an_import_whose_actions_went_on_is_not_undone(db: sqlite_utils.Database) -> None:
    done = bring(db, row(), row("2.2", at="row 6", text="Another."))
    set_status(db, "2.2", Status.IN_PROGRESS, who=WHO)
    before = contents(db)
    with pytest.raises(NotAllowed, match=r"2\.2"):
        undo(db, done.number, who=WHO, framework=FRAMEWORK)
    assert contents(db) == before
    with pytest.raises(NotFound):
        undo(db, 99, who=WHO, framework=FRAMEWORK)


def test_a_change_after_the_preview_stops_the_whole_import(db: sqlite_utils.Database) -> None:
    bring(db, row(progress="Drafted."))
    shown = look(db, row("2.5", at="row 4", text="New."), row(progress="Agreed."))
    update_action(db, "2.1", who=WHO, framework=FRAMEWORK, progress="Meanwhile.")
    before = contents(db)
    with pytest.raises(NotAllowed, match="since the preview"):
        apply(db, shown, file="plan.xlsx", sha256=SHA, who=WHO, framework=FRAMEWORK)
    assert contents(db) == before


def test_two_people_who_bring_the_same_new_action_get_it_once(db: sqlite_utils.Database) -> None:
    both = look(db, row()), look(db, row())
    apply(db, both[0], file="plan.xlsx", sha256=SHA, who=WHO, framework=FRAMEWORK)
    with pytest.raises(NotAllowed, match="since the preview"):
        apply(db, both[1], file="plan.xlsx", sha256=SHA, who=WHO, framework=FRAMEWORK)


def test_the_public_sees_an_imported_action_once_its_plan_is_said_to_be_published(db: sqlite_utils.Database) -> None:
    bring(db, row())
    assert reading.actions(db, audience=Audience.PUBLIC) == ()
    (shown,) = look(db, row(), published=True)
    assert [c.field for c in shown.changes] == ["released"]
    bring(db, row(), published=True)
    assert action(db, audience=Audience.PUBLIC).review_refs == ("K", "O")


def test_a_hidden_review_hides_its_letter_and_its_action_although_a_plan_printed_it(db: sqlite_utils.Database) -> None:
    bring(db, row(letters=("K",)), row("2.2", at="row 6", text="Another.", letters=("K", "B")), published=True)
    make = Maker()
    make.add(db, "other", SHARE, visibility=Visibility.PUBLISHED, case_ref="Case B")
    make.add(db, "hidden", SHARE, case_ref="Case K")
    assert {a.ref: a.review_refs for a in reading.actions(db, audience=Audience.PUBLIC)} == {"2.2": ("B",)}


def test_what_supersedes_an_imported_action_answers_the_same_reviews_and_stays_as_hidden(
    db: sqlite_utils.Database,
) -> None:
    bring(db, row())
    successor = supersede(db, "2.1", quadrant="Q4", who=WHO, why="It is for leaders.", framework=FRAMEWORK)
    assert successor.review_refs == ("K", "O")
    assert reading.actions(db, audience=Audience.PUBLIC) == ()


def test_rows_without_a_reference_are_told_apart_by_quadrant_and_number(db: sqlite_utils.Database) -> None:
    words = "Audit supervision."
    theirs = [
        replace(row(None, at="row 5", text=words, lead_agency="Police", letters=()), quadrant="Q1"),
        replace(row(None, at="row 6", text=words, lead_agency="Health", letters=()), quadrant="Q4"),
        replace(row(None, at="row 7", text=words, lead_agency="Probation", letters=()), quadrant="Q4"),
    ]
    assert bring(db, *theirs).new == ("1.1", "4.1", "4.2")
    assert [r.verdict for r in look(db, *theirs)] == [Verdict.UNCHANGED] * 3
    close(db, "4.1", who=WHO, achieved=True, why="Done.")
    again = look(db, *theirs[1:])
    assert [(r.ref, r.verdict) for r in again] == [("4.2", Verdict.CHANGED), (None, Verdict.NEW)]


def test_a_closed_action_without_a_reference_comes_in_once(db: sqlite_utils.Database) -> None:
    theirs = row(None, text="Audit supervision.", status="closed", achieved="Yes")
    bring(db, theirs)
    assert not look(db, theirs)[0].writes


def test_rows_with_and_without_references_come_in_together(db: sqlite_utils.Database) -> None:
    bring(db, row("2.1"))
    mixed = row(None, at="row 5", text="Train staff."), row("2.2", at="row 6", text="Write guidance.")
    assert sorted(bring(db, *mixed).new) == ["2.2", "2.3"]
    assert action(db, "2.3").text == "Train staff."


def test_the_same_words_under_a_new_reference_are_not_made_twice(db: sqlite_utils.Database) -> None:
    bring(db, row("2.1"))
    (shown,) = look(db, row("2.9"))
    assert (shown.writes, "2.1 already says this under another reference" in shown.reasons[0]) == (False, True)


def test_two_people_who_bring_the_same_words_get_them_once(db: sqlite_utils.Database) -> None:
    both = [look(db, row(None, text="Train staff.")) for _ in range(2)]
    apply(db, both[0], file="plan.xlsx", sha256=SHA, who=WHO, framework=FRAMEWORK)
    with pytest.raises(NotAllowed, match="says the same"):
        apply(db, both[1], file="plan.xlsx", sha256=SHA, who=WHO, framework=FRAMEWORK)


def test_edits_of_columns_that_are_not_taken_are_told(db: sqlite_utils.Database) -> None:
    bring(db, row(rag="amber"))
    written = state(db)
    printed = {
        "opened": "2017-01-31",
        "closed": "",
        "achieved": "",
        "standards": "",
        "original_target_date": "2017-06-01",
    }
    (same,) = look(db, replace(row(), beside=printed), state=written)
    assert same.reasons == ()
    edited = printed | {"opened": "2016-01-01", "standards": "1.2 Supervision"}
    (shown,) = look(db, replace(row(rag="green"), beside=edited), state=written)
    assert [c.field for c in shown.changes] == ["rag"]
    assert [reason.partition(":")[0] for reason in shown.reasons] == ["opened", "practice standards"]


def test_an_undone_action_comes_back_without_what_the_first_import_left(db: sqlite_utils.Database) -> None:
    first = bring(db, row("2.1", status="assured", letters=("Y",)))
    undo(db, first.number, who=WHO, framework=FRAMEWORK)
    bring(db, row("2.1", status="complete", letters=("K",)))
    assert (action(db).assured, action(db).review_refs) == (None, ("K",))


def test_a_note_or_import_after_it_keeps_an_import_from_being_undone(db: sqlite_utils.Database) -> None:
    bring(db, row())
    done = bring(db, row(progress="Begun."))
    update_action(db, "2.1", who=WHO, framework=FRAMEWORK, progress="Begun.", dated=date(2026, 5, 5))
    with pytest.raises(NotAllowed, match=r"2\.1"):
        undo(db, done.number, who=WHO, framework=FRAMEWORK)
    second = bring(db, row("2.2", at="row 6", text="Another."))
    bring(db, row("2.2", at="row 6", text="Another.", letters=("K", "O", "P")))
    with pytest.raises(NotAllowed, match=r"2\.2"):
        undo(db, second.number, who=WHO, framework=FRAMEWORK)


def test_the_public_is_told_no_reasons_and_no_names_of_files(db: sqlite_utils.Database) -> None:
    bring(db, row(), published=True)
    bring(db, row(target_date="2018-01-01"), published=True)
    steps = action_steps(db, "2.1", audience=Audience.PUBLIC)
    assert [(step.target_date, step.why, step.who) for step in steps] == [
        ("2017-06-01", "", ""),
        ("2018-01-01", "", ""),
    ]
    assert action_steps(db, "2.1")[-1].why == "imported from plan.xlsx"


def test_a_preview_says_what_the_public_will_see(db: sqlite_utils.Database) -> None:
    bring(db, row(), published=True)
    bring(db, row("2.2", at="row 6", text="Another."))
    shown = look(db, row(progress="Begun."), row("2.2", at="row 6", text="Another.", progress="Begun."))
    assert [r.public for r in shown] == [True, False]


@pytest.mark.parametrize("words", ["1 June 2017", "01/06/2017", "1st June 2017", "31/02/2017"])
def test_a_day_that_the_plan_holds_in_words_is_no_edit_of_itself(db: sqlite_utils.Database, words: str) -> None:
    bring(db, row(), row("2.2", at="row 6", text="Another.", status="closed", achieved="Yes"))
    db.execute("UPDATE actions SET target_date = ?, original_target_date = ?", (words, words))
    db.conn.commit()
    heads = ("Plan state 999.", *[""] * 4), ("Ref", "Action", "Target date", "First target date", "Status")
    rows = (
        ("2.1", "Agree one referral form.", words, words, "Open"),
        ("2.2", "Another.", words, words, "Closed"),
    )
    sheet = SourceTable("sheet “Plan”", tuple(SourceRow(f"row {n}", r) for n, r in enumerate((*heads, *rows), 1)))
    shown = preview(db, arriving([sheet], FRAMEWORK), FRAMEWORK)
    assert [(r.verdict, r.changes, r.reasons) for r in shown] == [(Verdict.UNCHANGED, (), ())] * 2


def test_a_day_that_no_calendar_has_is_refused_where_somebody_wrote_it_into_our_sheet(
    db: sqlite_utils.Database,
) -> None:
    bring(db, row())
    written = state(db)
    bad = replace(row(target_date="31/02/2027", progress="Begun."), no_day="“31/02/2027” is not a date")
    (shown,) = look(db, bad, state=written)
    assert (shown.writes, shown.reasons) == (False, ("“31/02/2027” is not a date",))


def test_the_public_does_not_see_an_action_that_answers_hidden_reviews_only(db: sqlite_utils.Database) -> None:
    make = Maker()
    bring(db, row(letters=("K",)), row("2.2", at="row 6", text="Another.", letters=("L",)), published=True)
    make.add(db, "hidden", SHARE, case_ref="Case K", visibility=Visibility.EMBARGOED, embargo_until="2999-01-01")
    make.add(db, "shown", SHARE, case_ref="Case L", visibility=Visibility.PUBLISHED)
    shown = look(
        db,
        row(letters=None, progress="Begun."),
        row("2.2", at="row 6", text="Another.", letters=None, progress="Begun."),
    )
    assert [(r.writes, r.public) for r in shown] == [(True, False), (True, True)]


def test_an_action_that_is_hidden_with_its_review_takes_nothing(db: sqlite_utils.Database) -> None:
    bring(db, row(letters=("K",)), published=True)
    review = Maker().add(db, "told", SHARE, case_ref="Case K", visibility=Visibility.PUBLISHED)
    edit = look(db, row(letters=("K",), progress="Begun."))
    set_visibility(db, review.id, Visibility.WITHDRAWN, who=WHO)
    (unedited,) = look(db, row(letters=("K",)))
    assert (unedited.verdict, unedited.reasons) == (Verdict.UNCHANGED, ())
    (shown,) = look(db, row(letters=("K",), progress="Begun."))
    assert (shown.verdict, shown.writes, shown.changes) == (Verdict.UNREADABLE, False, ())
    assert "its review was withdrawn" in shown.reasons[0]
    with pytest.raises(NotAllowed, match="since the preview"):
        apply(db, edit, file="plan.xlsx", sha256=SHA, who=WHO, framework=FRAMEWORK)


def test_a_row_that_is_not_taken_adds_no_reviews(db: sqlite_utils.Database) -> None:
    (shown,) = look(db, replace(row(None, letters=("K", "O")), quadrant=None))
    assert (shown.verdict, shown.letters) == (Verdict.UNREADABLE, ())
    assert "Q1 Professional curiosity; Q2 " in shown.reasons[0]


def test_edits_that_are_taken_beside_a_conflict_are_counted(db: sqlite_utils.Database) -> None:
    bring(db, row(progress="Drafted."))
    written = state(db)
    update_action(db, "2.1", who=WHO, framework=FRAMEWORK, progress="Told at the meeting.")
    shown = look(db, row(progress="Agreed.", lead_agency="Police"), state=written)
    assert taken_in_part(shown).startswith("1 of the conflicts changes too")
    assert taken_in_part(look(db, row(progress="Agreed."), state=written)) == ""

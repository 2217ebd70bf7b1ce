"""What is told of an earlier day is what the plan showed on that day, whatever has happened since."""

import contextlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils
from hypothesis import given, settings

from domain.errors import CapError
from domain.records import ActionRow
from domain.states import Audience, Rag, Status, Visibility
from plan.actions import adopt, join
from plan.counts import counts
from plan.deciding import set_visibility
from plan.erasing import erase_review
from plan.importing import undo
from plan.ledger import BLANKED
from plan.migrations import MIGRATIONS
from plan.progress import close, set_status, update_action
from plan.reading import actions
from plan.schema import open_plan, open_with
from plan.standing import Standing, as_it_stands, as_it_stood, had_begun
from tests.plan.bringing import bring
from tests.plan.bringing import row as arriving
from tests.plan.making import FRAMEWORK, SHARE, TRAIN, Maker
from tests.plan.test_counts import START, Clock, begun, play, steps

WHO = "B. Unit"
BY: dict[str, Any] = {"who": WHO, "framework": FRAMEWORK}
PARTNERSHIP = Audience.PARTNERSHIP


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("plan.ledger.datetime", Clock)
    Clock.moment = START
    return Clock


def day(iso: str) -> date:
    """Sets the plan's clock to a day, and gives it."""
    chosen = date.fromisoformat(iso)
    Clock.moment = START.replace(year=chosen.year, month=chosen.month, day=chosen.day)
    return chosen


def without_groups(standing: Standing) -> Standing:
    return replace(standing, recommendations=tuple(replace(r, group_id=None) for r in standing.recommendations))


def more(db: sqlite_utils.Database, pick: int) -> None:
    """What the counts do not look at: words, progress, how it goes."""
    refs = [row.ref for row in actions(db)] or ["1.1"]
    with contextlib.suppress(CapError):
        update_action(
            db, refs[pick % len(refs)], **BY, text=f"Words {pick}", progress=f"Note {pick}", rag=tuple(Rag)[pick % 4],
            standards=FRAMEWORK.standard_codes[: pick % 3], home=f"Group {pick % 2}",
        )  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(played=steps)
def test_any_earlier_day_is_told_as_it_was_shown(played: list[tuple[int, str, int, int]]) -> None:
    shown: dict[date, Standing] = {}
    with begun() as db:
        for days, step, pick, quadrant in played:
            if days:
                shown[Clock.moment.date()] = as_it_stands(db, audience=PARTNERSHIP)
                Clock.moment += timedelta(days=days)
            play(db, step, pick, FRAMEWORK.quadrant_codes[quadrant])
            more(db, pick)
        for then, standing in shown.items():
            assert without_groups(as_it_stood(db, then, audience=PARTNERSHIP)) == without_groups(standing), then
        assert not had_begun(db, START.date() - timedelta(days=1))


def one(standing: Standing, ref: str = "2.1") -> ActionRow:
    return next(row for row in standing.actions if row.ref == ref)


def test_words_progress_and_status_of_then(db: sqlite_utils.Database, make: Maker) -> None:
    day("2026-01-05")
    make.add(db, "first", SHARE, TRAIN)
    adopt(db, "A 1", **BY, text="First words", target_date="2026-03-01")
    then = day("2026-02-01")
    update_action(db, "2.1", **BY, progress="Begun")
    day("2026-05-01")
    update_action(db, "2.1", **BY, text="Other words", progress="Nearly", target_date="2026-09-01", why="Late")
    join(db, "A 2", "2.1", who=WHO)
    close(db, "2.1", who=WHO, achieved=True, why="Done")
    stood = as_it_stood(db, then, audience=PARTNERSHIP)
    row = one(stood)
    assert (row.text, row.progress, row.target_date, row.status) == ("First words", "Begun", "2026-03-01", Status.OPEN)
    assert (row.closed, row.achieved, len(row.recommendations)) == (None, None, 1)
    assert [str(r.outcome) for r in stood.recommendations] == ["adopted", "proposed"]


def test_an_import_and_its_undoing_are_told_back(db: sqlite_utils.Database) -> None:
    day("2026-01-05")
    bring(db, arriving(letters=("K",), progress="Begun."))
    before = as_it_stands(db, audience=PARTNERSHIP)
    day("2026-02-05")
    number = bring(db, arriving(letters=("K", "O"), lead_agency="Health", progress="Further.")).number
    changed = as_it_stands(db, audience=PARTNERSHIP)
    day("2026-03-05")
    undo(db, number, **BY)
    assert as_it_stood(db, date(2026, 1, 5), audience=PARTNERSHIP) == before
    stood = one(as_it_stood(db, date(2026, 2, 5), audience=PARTNERSHIP))
    assert (stood.lead_agency, stood.progress) == (one(changed).lead_agency, one(changed).progress)


def test_words_of_an_erased_review_stay_blank(db: sqlite_utils.Database, make: Maker) -> None:
    day("2026-01-05")
    make.add(db, "first", SHARE)
    make.add(db, "second", TRAIN)
    adopt(db, "A 1", **BY, text="The partnership's own words")
    join(db, "B 1", "2.1", who=WHO)
    day("2026-02-05")
    update_action(db, "2.1", **BY, text="What it came to")
    day("2026-03-05")
    erase_review(db, "A", who=WHO, why="Asked for")
    row = one(as_it_stood(db, date(2026, 1, 5), audience=PARTNERSHIP))
    assert row.text == BLANKED, "today's words are not told under an earlier day"


def test_what_the_public_may_not_see_today_is_not_told_of_then(db: sqlite_utils.Database, make: Maker) -> None:
    day("2026-01-05")
    make.add(db, "first", SHARE, visibility=Visibility.PUBLISHED)
    adopt(db, "A 1", **BY)
    day("2026-02-05")
    set_visibility(db, "A", Visibility.DRAFT, who=WHO)
    stood = as_it_stood(db, date(2026, 1, 5), audience=Audience.PUBLIC)
    assert (stood.actions, stood.recommendations, stood.reviews) == ((), (), ())


# ------------------------------------------------------------------------------------------------ by the dates given


def figures(db: sqlite_utils.Database, then: str, basis: Any) -> tuple[int, int, int]:
    (row,) = (
        r
        for r in counts(db, FRAMEWORK, as_of=date.fromisoformat(then), basis=basis)
        if r.code == "Q2" and r.unit == "actions"
    )
    return row.open, row.closed, row.overdue


def test_an_action_taken_up_again_had_been_closed(db: sqlite_utils.Database, make: Maker) -> None:
    day("2025-01-06")
    make.add(db, "first", SHARE)
    adopt(db, "A 1", **BY, target_date="2025-03-01")
    day("2025-05-01")
    close(db, "2.1", who=WHO, achieved=True, why="Done")
    day("2026-01-05")
    set_status(db, "2.1", Status.IN_PROGRESS, who=WHO, why="It came back")
    for basis in ("known", "effective"):
        assert figures(db, "2025-04-01", basis) == (1, 0, 1)
        assert figures(db, "2025-07-01", basis) == (0, 1, 0)
        assert figures(db, "2026-01-06", basis) == (1, 0, 1)


def test_each_step_counts_from_the_day_that_was_given(db: sqlite_utils.Database, make: Maker) -> None:
    day("2026-01-05")
    make.add(db, "first", SHARE, published="2024-01-01")
    adopt(db, "A 1", **BY, opened=date(2024, 2, 1), target_date="2024-06-01")
    close(db, "2.1", who=WHO, achieved=True, why="Done", on=date(2024, 5, 1))
    set_status(db, "2.1", Status.IN_PROGRESS, who=WHO, why="It came back", on=date(2024, 9, 1))
    assert figures(db, "2024-04-01", "effective") == (1, 0, 0)
    assert figures(db, "2024-08-01", "effective") == (0, 1, 0)
    assert figures(db, "2024-10-01", "effective") == (1, 0, 1)


def test_an_import_that_was_undone_closed_nothing(db: sqlite_utils.Database) -> None:
    day("2016-12-05")
    bring(db, arriving(target_date="2016-12-31"))
    day("2017-02-05")
    closing = bring(db, arriving(target_date="2016-12-31", status="closed", achieved="Yes"))
    assert figures(db, "2017-02-01", "effective") == (0, 1, 0)
    undo(db, closing.number, **BY)
    assert figures(db, "2017-02-01", "effective") == (1, 0, 1)


def test_steps_that_were_entered_before_their_days_were_kept_get_them_from_the_trail(plan_file: Path) -> None:
    older = [name for name, _ in MIGRATIONS].index("0025 from which day an action stood so")
    with contextlib.closing(open_with(plan_file, MIGRATIONS[:older])) as db:
        db.execute(
            """INSERT INTO actions (id, ref, quadrant, quadrant_number, sequence, text, lead_agency, opened, added, status,
                completed) VALUES (1, '2.1', 'Q2', 2, 1, 'x', '', '2019-09-01', 'x', 'complete', '2026-02-02')"""
        )
        for status, at in (("open", 1), ("closed", 2), ("in progress", 3), ("complete", 4), ("complete", 5)):
            db.execute(
                """INSERT INTO action_history (action_id, status, target_date, why, who, at)
                VALUES (1, ?, NULL, '', 'x', ?)""",
                (status, f"2026-03-0{at}T09:00:00"),
            )
        db.execute(
            """INSERT INTO events (at, who, what, subject, after, why)
            VALUES ('2026-03-02T09:00:00', 'x', 'action closed', 'action 2.1', '{"closed": "2025-05-01"}', '')"""
        )
    with contextlib.closing(open_plan(plan_file)) as db:
        days = [dated for (dated,) in db.execute("SELECT dated FROM action_history ORDER BY id")]
    assert days == ["2019-09-01", "2025-05-01", "2026-03-03", "2026-02-02", "2026-02-02"]

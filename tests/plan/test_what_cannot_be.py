"""Days that cannot be, texts that are too long for their field, and names that are the software's."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlite_utils

from domain.errors import UsageError
from domain.framework import load_framework
from domain.identity import is_software
from domain.states import Role, Status
from plan import accounts, progress
from plan.acting import add_action
from plan.days import EARLIEST, latest_today, likely_target, published_by_now
from plan.ledger import today
from plan.lengths import LONGEST
from plan.reading import action
from tests.plan.making import new_plan

FRAMEWORK = load_framework()
AHEAD = latest_today() + timedelta(days=1)
BEFORE = EARLIEST - timedelta(days=1)


@pytest.fixture
def db(tmp_path_factory: pytest.TempPathFactory) -> sqlite_utils.Database:
    db = new_plan(tmp_path_factory.mktemp("plan") / "cap.db")
    add_action(db, quadrant="Q1", who="Ana", framework=FRAMEWORK, text="Write to schools", target_date="2020-01-31")
    return db


def wants(day: date) -> list[Callable[[sqlite_utils.Database], object]]:
    return [
        lambda db: progress.update_action(db, "1.1", who="Ana", framework=FRAMEWORK, progress="Done", dated=day),
        lambda db: progress.set_status(db, "1.1", Status.COMPLETE, who="Ana", on=day),
        lambda db: progress.close(db, "1.1", who="Ana", achieved=True, why="Done", on=day),
        lambda db: progress.supersede(db, "1.1", quadrant="Q2", who="Ana", why="Moved", framework=FRAMEWORK, on=day),
        lambda db: add_action(db, quadrant="Q1", who="Ana", framework=FRAMEWORK, text="Another", opened=day),
    ]


@pytest.mark.parametrize(("day", "said"), [(AHEAD, "still to come"), (BEFORE, "Check the year")])
@pytest.mark.parametrize("one", range(5))
def test_what_happened_is_neither_ahead_nor_long_before_any_plan(
    db: sqlite_utils.Database, day: date, said: str, one: int
) -> None:
    before = action(db, "1.1")
    with pytest.raises(UsageError, match=said):
        wants(day)[one](db)
    assert action(db, "1.1") == before


@pytest.mark.parametrize("one", range(5))
def test_the_days_at_the_bounds_are_taken(db: sqlite_utils.Database, one: int) -> None:
    wants(today() if one % 2 else EARLIEST)[one](db)


def test_a_target_date_beyond_twenty_years_is_a_slip(db: sqlite_utils.Database) -> None:
    for words in ("2003-01-31", "2099-01-31"):
        with pytest.raises(UsageError, match="more than 20 years away"):
            add_action(db, quadrant="Q1", who="Ana", framework=FRAMEWORK, text="Another", target_date=words)
        with pytest.raises(UsageError, match="more than 20 years away"):
            progress.update_action(db, "1.1", who="Ana", framework=FRAMEWORK, why="Slip", target_date=words)
    assert [likely_target(words) for words in ("2015-01-31", "Ongoing", None)] == ["2015-01-31", "Ongoing", None]
    # One that stands, from before this was refused, stops no other change.
    db.conn.execute("UPDATE actions SET target_date = '2003-01-31' WHERE ref = '1.1'")
    db.conn.commit()
    row = progress.update_action(
        db, "1.1", who="Ana", framework=FRAMEWORK, target_date="2003-01-31", lead_agency="Police"
    )
    assert (row.target_date, row.lead_agency) == ("2003-01-31", "Police")


def test_a_review_is_not_published_on_a_day_to_come() -> None:
    now = latest_today().isoformat()
    for words in (now, now[:7], now[:4], "2019-05"):
        assert published_by_now(words) == words
    for words in (AHEAD.isoformat(), f"{latest_today().year + 1}", f"{latest_today().year + 1}-01", "2090"):
        with pytest.raises(UsageError, match="set an embargo"):
            published_by_now(words)


@pytest.mark.parametrize("name", ["text", "lead_agency", "home", "next_steps"])
def test_a_field_takes_what_belongs_there_and_no_more(db: sqlite_utils.Database, name: str) -> None:
    words = "x" * LONGEST[name]
    changed = progress.update_action(db, "1.1", who="Ana", framework=FRAMEWORK, **{name: words})  # type: ignore[arg-type]
    assert getattr(changed, name) == words
    with pytest.raises(UsageError, match=f"at most {LONGEST[name]:,} characters"):
        progress.update_action(db, "1.1", who="Ana", framework=FRAMEWORK, **{name: words + "x"})  # type: ignore[arg-type]


def test_a_persons_name_may_begin_like_a_runs_but_not_be_one(db: sqlite_utils.Database) -> None:
    assert is_software("run-9ef561b5a491") and is_software("propose-2026-11-28T15:32:26.479850+00:00")
    assert not is_software("run-errands") and not is_software("propose-things")
    assert accounts.add_account(db, "run-errands", Role.ADMINISTRATOR, "hash", who="Ana").name == "run-errands"
    with pytest.raises(UsageError, match="Choose another name"):
        accounts.add_account(db, "Run-9EF561B5A491", Role.LEAD, "hash", who="Ana")

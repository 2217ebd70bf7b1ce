import contextlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import CapError, UsageError
from domain.records import ActionRow, CountRow, RecommendationRow
from domain.states import Audience, Outcome, Status
from plan.actions import accept_part, adopt, decline, join
from plan.counts import DIMENSIONS, counts, snapshot
from plan.deciding import decide_label
from plan.holdings import effective_day
from plan.progress import close, set_status, supersede, update_action
from plan.reading import actions, recommendations
from tests.plan.making import FRAMEWORK, Maker, new_plan

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
Figures = dict[tuple[str, str], tuple[int, int, int, int, int]]


class Clock(datetime):
    """The plan's clock, set by the test."""

    moment = START

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        cls.moment += timedelta(seconds=1)
        return cls.moment


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    monkeypatch.setattr("plan.ledger.datetime", Clock)
    Clock.moment = START
    return Clock


def figures(rows: Iterable[CountRow]) -> Figures:
    """The rows that are not all nought, by unit and code."""
    found = {(r.unit, r.code): (r.total, r.open, r.closed, r.overdue, r.proposed) for r in rows}
    return {key: value for key, value in found.items() if any(value)}


def recount(db: sqlite_utils.Database, by: str, day: date) -> Figures:
    """The same figures the slow way: from what the plan shows now, one thing at a time."""
    acts = {a.ref: a for a in actions(db)}
    recs = {r.id: r for r in recommendations(db)}
    leads: dict[str, list[str]] = {ref: [] for ref in acts}
    for ref, agency in db.execute("SELECT ref, agency FROM action_agencies JOIN actions ON actions.id = action_id"):
        leads[ref].append(agency)
    total: Counter[tuple[str, str]] = Counter()
    parts: dict[str, Counter[tuple[str, str]]] = {n: Counter() for n in ("open", "closed", "overdue", "proposed")}
    for rec in recs.values():
        live = [acts[ref] for ref in rec.action_refs if acts[ref].status is not Status.SUPERSEDED]
        ended = bool(live) and all(a.status is Status.CLOSED for a in live)
        closed = rec.outcome is Outcome.DECLINED or ended
        for code in rec_codes(rec, by):
            key = ("recommendations", code)
            total[key] += 1
            parts["closed" if closed else "open"][key] += 1
            parts["overdue"][key] += not closed and any(late(a, day) for a in live)
            parts["proposed"][key] += rec.outcome is Outcome.PROPOSED
    for act in acts.values():
        gone = act.status is Status.SUPERSEDED
        for code in act_codes(act, by, [recs[i] for i in act.recommendations], leads[act.ref]):
            key = ("actions", code)
            if gone and by != "status":
                continue
            total[key] += 1
            parts["closed"][key] += act.status is Status.CLOSED
            parts["open"][key] += act.status is not Status.CLOSED and not gone
            parts["overdue"][key] += late(act, day)
    order = ("open", "closed", "overdue", "proposed")
    return {key: (n, *(parts[name][key] for name in order)) for key, n in total.items()}  # type: ignore[misc]


def late(act: ActionRow, day: date) -> bool:
    if act.status not in (Status.OPEN, Status.IN_PROGRESS) or not re.fullmatch(r"\d{4}-..-..", act.target_date or ""):
        return False
    return date.fromisoformat(act.target_date or "") < day


def rec_codes(rec: RecommendationRow, by: str) -> set[str]:
    codes = {
        "quadrant": [rec.quadrant or ""], "issue": rec.issues, "area": rec.areas, "agency": rec.agencies,
        "review": [rec.review_letter], "status": [str(rec.outcome)], "type": ["SPR"],
    }[by]  # fmt: skip
    return set(codes) or {"none"}


def act_codes(act: ActionRow, by: str, recs: list[RecommendationRow], lead: list[str]) -> set[str]:
    codes = {
        "quadrant": [act.quadrant], "issue": [c for r in recs for c in r.issues],
        "area": [c for r in recs for c in r.areas], "agency": lead, "review": act.review_refs,
        "status": [str(act.status)], "type": ["SPR" for _ in recs],
    }[by]  # fmt: skip
    return set(codes) or {"none"}


steps = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.sampled_from(
            ["add", "adopt", "adopt", "join", "part", "decline", "label", "status", "close", "move", "slip"]
        ),
        st.integers(0, 30),
        st.integers(0, 3),
    ),
    min_size=4,
    max_size=25,
)


def play(db: sqlite_utils.Database, step: str, pick: int, quadrant: str) -> None:
    recs, refs = recommendations(db), [a.ref for a in actions(db)] or ["1.1"]
    place = recs[pick % len(recs)].id if recs else "A 1"
    ref = refs[pick % len(refs)]
    who: dict[str, Any] = {"who": "Ana"}
    here: dict[str, Any] = {"who": "Ana", "framework": FRAMEWORK}
    target = f"2026-{1 + pick % 12:02}-15"
    later = "Ongoing" if pick % 3 else "2026-02-01"
    issues = FRAMEWORK.issue_codes[: pick % 3]
    plays: dict[str, Callable[[], object]] = {
        "add": lambda: Maker().add(db, f"review {Clock.moment}", f"Of {Clock.moment}", "More.", quadrant=quadrant),
        "adopt": lambda: adopt(db, place, quadrant=quadrant, target_date=target, **here),
        "join": lambda: join(db, place, ref, **who),
        "part": lambda: accept_part(db, place, reason="Half", text="Part", **here),
        "decline": lambda: decline(db, place, reason="No", **who),
        "label": lambda: decide_label(db, place, quadrant=quadrant, issues=issues, **here),
        "status": lambda: set_status(db, ref, tuple(Status)[pick % 4], why="So", **who),
        "close": lambda: close(db, ref, achieved=True, why="Done", **who),
        "move": lambda: supersede(db, ref, quadrant=quadrant, why="There", **here),
        "slip": lambda: update_action(db, ref, target_date=later, why="Late", **here),
    }
    with contextlib.suppress(CapError):
        plays[step]()


@contextlib.contextmanager
def begun() -> Iterator[sqlite_utils.Database]:
    """A plan by itself, in which a review has come on the first day."""
    Clock.moment = START
    with TemporaryDirectory() as folder:
        db = new_plan(Path(folder) / "cap.db")
        db.execute("PRAGMA synchronous = OFF")
        play(db, "add", 0, "Q1")
        yield db
        db.close()


@settings(max_examples=20, deadline=None)
@given(played=steps)
def test_what_was_known_on_any_day_is_what_the_plan_showed_that_day(played: list[tuple[int, str, int, int]]) -> None:
    shown: dict[date, dict[str, Figures]] = {}
    with begun() as db:
        for days, step, pick, quadrant in played:
            if days:
                day = Clock.moment.date()
                shown[day] = {by: recount(db, by, day) for by in DIMENSIONS}
                Clock.moment += timedelta(days=days)
            play(db, step, pick, FRAMEWORK.quadrant_codes[quadrant])
        today = Clock.moment.date()
        shown[today] = {by: recount(db, by, today) for by in DIMENSIONS}
        for day, expected in shown.items():
            for by in DIMENSIONS:
                assert figures(counts(db, FRAMEWORK, by=by, as_of=day)) == expected[by], (day, by)
        for by in DIMENSIONS:
            by_date = figures(counts(db, FRAMEWORK, by=by, as_of=today, basis="effective"))
            assert by_date == shown[today][by], "today both bases agree where no date precedes its entry"
        before = START.date() - timedelta(days=1)
        assert not any(figures(counts(db, FRAMEWORK, by=by, as_of=before)) for by in DIMENSIONS)


def test_every_code_has_a_row_even_if_nought(db: sqlite_utils.Database) -> None:
    for by, codes in (
        ("quadrant", FRAMEWORK.quadrant_codes), ("issue", FRAMEWORK.issue_codes), ("area", FRAMEWORK.area_codes),
        ("agency", FRAMEWORK.agency_codes), ("type", tuple(entry.code for entry in FRAMEWORK.review_types)),
    ):  # fmt: skip
        rows = counts(db, FRAMEWORK, by=by)  # type: ignore[arg-type]
        for unit in ("recommendations", "actions"):
            assert tuple(r.code for r in rows if r.unit == unit) == codes
        assert all(r.title and r.title != r.code and r.total == 0 for r in rows)
    assert [r.code for r in counts(db, FRAMEWORK, by="status")] == [*map(str, Outcome), *map(str, Status)]
    with pytest.raises(UsageError, match="Count by one of"):
        counts(db, FRAMEWORK, by="moon")  # type: ignore[arg-type]


def test_dates_that_precede_their_entry_count_on_the_effective_basis(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "old", "Text one.", published="2019-05-02")
    make.add(db, "older", "Text two.", published="2018")
    adopt(db, "A 1", who="Ana", framework=FRAMEWORK, opened=date(2019, 9, 1), target_date="2020-01-01")
    close(db, "2.1", who="Ana", achieved=True, why="Done", on=date(2020, 6, 1))

    def on(day: str, basis: Any = "effective") -> tuple[int, ...]:
        rows = counts(db, FRAMEWORK, as_of=date.fromisoformat(day), basis=basis)
        by_unit = {r.unit: r for r in rows if r.code == "Q2"}
        act = by_unit["actions"]
        return (by_unit["recommendations"].total, act.open, act.closed, act.overdue)

    assert on("2018-12-30") == (0, 0, 0, 0)
    assert on("2018-12-31") == (1, 0, 0, 0)
    assert on("2019-12-31") == (2, 1, 0, 0)
    assert on("2020-01-01") == (2, 1, 0, 0), "not overdue on the day itself"
    assert on("2020-01-02") == (2, 1, 0, 1)
    assert on("2020-06-01") == (2, 0, 1, 0)
    assert on("2025-12-31", "known") == (0, 0, 0, 0)
    assert on("2026-01-01", "known") == (2, 0, 1, 0)


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (None, "2024-03-05"), ("2019", "2019-12-31"), ("2020-02", "2020-02-29"), ("2020-02-03", "2020-02-03"),
        ("2024", "2024-03-05"), ("2030-01-01", "2030-01-01"),
    ],
)  # fmt: skip
def test_from_which_day_a_review_counts(published: str | None, day: str) -> None:
    assert effective_day(published, "2024-03-05T10:00:00+00:00") == date.fromisoformat(day)


def test_one_snapshot_a_day(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", "Text one.")
    first = snapshot(db, FRAMEWORK, date(2026, 1, 1))
    make.add(db, "two", "Text two.")
    snapshot(db, FRAMEWORK, date(2026, 1, 1))
    snapshot(db, FRAMEWORK, date(2026, 1, 1), audience=Audience.PUBLIC)
    query = "SELECT sum(total) FROM counts WHERE dimension = 'quadrant' AND audience = ? AND day = '2026-01-01'"
    assert db.execute(query, ["partnership"]).fetchone() == (2,)
    assert db.execute(query, ["public"]).fetchone() == (0,)
    assert first > 0

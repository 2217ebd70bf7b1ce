"""Why a count moved: the reasons add up to the difference, whatever has happened in between, and each is the right one."""

import random
from datetime import date
from typing import Any

import pytest
import sqlite_utils

from domain.errors import CapError, UsageError
from domain.states import Audience, Status, Visibility
from plan.actions import adopt, close, decide_label, decline, reconsider, set_status, supersede
from plan.counts import DIMENSIONS, By, counts
from plan.deciding import set_visibility
from plan.movements import (
    CLOSED,
    MOVED_IN,
    MOVED_OUT,
    NEW_ACTION,
    NEW_REVIEW,
    REOPENED,
    SUPERSEDED,
    Movement,
    movements,
)
from plan.reading import actions, recommendations
from tests.plan.making import AUDIT, FRAMEWORK, SHARE, TRAIN, Maker

THEN, NOW = date(2026, 1, 31), date(2026, 3, 31)
WHO = "B. Unit"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the plan's clock to a day."""
    from tests.plan.test_counts import Clock

    monkeypatch.setattr("plan.ledger.datetime", Clock)

    def set_day(day: date) -> None:
        Clock.moment = Clock.moment.replace(year=day.year, month=day.month, day=day.day, hour=9)

    return set_day


def moved(
    db: sqlite_utils.Database, by: By = "quadrant", audience: Audience = Audience.PARTNERSHIP
) -> dict[tuple[str, str], Movement]:
    found = movements(db, FRAMEWORK, THEN, NOW, by=by, audience=audience)
    return {(m.unit, m.code): m for m in found}


def reasons(movement: Movement) -> dict[str, int]:
    return {reason.what: reason.change for reason in movement.reasons}


def test_each_thing_that_happens_has_its_reason(db: sqlite_utils.Database, make: Maker, at: Any) -> None:
    at(date(2026, 1, 5))
    make.add(db, "first", SHARE, TRAIN, AUDIT, SHARE + " Again.", quadrant="Q2")
    ids = [r.id for r in recommendations(db)]
    for identifier in ids:
        adopt(db, identifier, who=WHO, framework=FRAMEWORK)
    close(db, "2.4", who=WHO, achieved=True, why="Done.")
    at(date(2026, 3, 5))
    close(db, "2.1", who=WHO, achieved=True, why="Done.")
    set_status(db, "2.4", Status.IN_PROGRESS, who=WHO, why="It came back.")
    supersede(db, "2.2", quadrant="Q4", who=WHO, why="For leaders.", framework=FRAMEWORK)
    decide_label(db, ids[2], quadrant="Q3", who=WHO, framework=FRAMEWORK)
    letter = make.add(db, "second", TRAIN, quadrant="Q2").letter
    found = moved(db)
    assert reasons(found["actions", "Q2"]) == {CLOSED: -1, REOPENED: 1, SUPERSEDED: -1}
    assert reasons(found["actions", "Q4"]) == {NEW_ACTION: 1}
    assert reasons(found["recommendations", "Q2"]) == {CLOSED: -1, REOPENED: 1, MOVED_OUT: -1, NEW_REVIEW: 1}
    assert reasons(found["recommendations", "Q3"]) == {MOVED_IN: 1}
    (new,) = [r for r in found["recommendations", "Q2"].reasons if r.what == NEW_REVIEW]
    assert new.letters == (letter,)


def test_what_an_audience_may_not_see_moves_nothing(db: sqlite_utils.Database, make: Maker, at: Any) -> None:
    at(date(2026, 3, 5))
    review = make.add(db, "hidden", SHARE)
    assert not any(m.reasons for m in moved(db, audience=Audience.PUBLIC).values())
    set_visibility(db, review.id, Visibility.PUBLISHED, who=WHO)
    assert reasons(moved(db, audience=Audience.PUBLIC)["recommendations", "Q2"]) == {NEW_REVIEW: 1}


def test_nothing_can_be_asked_that_cannot_be_counted(db: sqlite_utils.Database) -> None:
    with pytest.raises(UsageError):
        movements(db, FRAMEWORK, THEN, NOW, by="weather")  # type: ignore[arg-type]


def live(db: sqlite_utils.Database, chance: random.Random, make: Maker, number: int) -> None:
    """Something that may happen in a plan, or not: what is not allowed changes nothing."""
    held, acts = recommendations(db), actions(db)
    steps = [lambda: make.add(db, f"review {number}", SHARE, TRAIN, quadrant=chance.choice(FRAMEWORK.quadrant_codes))]
    if held:
        one = chance.choice(held).id
        quadrant = chance.choice(FRAMEWORK.quadrant_codes)
        issues = tuple(chance.sample(FRAMEWORK.issue_codes, chance.randint(0, 2)))
        steps += [
            lambda: adopt(db, one, who=WHO, framework=FRAMEWORK),
            lambda: decline(db, one, who=WHO, reason="No."),
            lambda: reconsider(db, one, who=WHO, reason="Yes."),
            lambda: decide_label(db, one, quadrant=quadrant, issues=issues, who=WHO, framework=FRAMEWORK),
        ]  # fmt: skip
    if acts:
        ref = chance.choice(acts).ref
        steps += [
            lambda: close(db, ref, who=WHO, achieved=True, why="Done."),
            lambda: set_status(db, ref, chance.choice((Status.IN_PROGRESS, Status.COMPLETE)), who=WHO, why="So."),
            lambda: supersede(db, ref, quadrant="Q1", who=WHO, why="So.", framework=FRAMEWORK),
        ]  # fmt: skip
    try:
        chance.choice(steps)()
    except CapError:
        return


@pytest.mark.parametrize("seed", range(8))
def test_the_reasons_add_up(db: sqlite_utils.Database, make: Maker, at: Any, seed: int) -> None:
    chance = random.Random(seed)
    for day in (date(2026, 1, 5), date(2026, 3, 5)):
        at(day)
        for number in range(25):
            live(db, chance, make, number + 100 * day.month)
    for by in DIMENSIONS:
        was, now = ({(r.unit, r.code): r.open for r in counts(db, FRAMEWORK, by=by, as_of=day)} for day in (THEN, NOW))
        for key, movement in moved(db, by).items():
            assert (movement.before, movement.after) == (was.get(key, 0), now.get(key, 0)), (by, key)
            assert sum(r.change for r in movement.reasons) == movement.after - movement.before, (by, key)
        assert {key for key, open_ in now.items() if open_} <= moved(db, by).keys()

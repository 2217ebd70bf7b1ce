"""Why a count moved: the reasons add up to the difference, whatever has happened in between, and each is the right one."""

import itertools
import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlite_utils

from domain.errors import CapError, UsageError
from domain.states import Audience, Status, Visibility
from plan.actions import accept_part, adopt, decline, join, reconsider
from plan.counts import DIMENSIONS, Basis, By, counts
from plan.deciding import decide_label, set_visibility
from plan.movements import (
    CLOSED,
    DECLINED,
    FRAMEWORK_IN,
    FRAMEWORK_OUT,
    GONE,
    JOINED,
    MOVED_IN,
    MOVED_OUT,
    NEW_ACTION,
    NEW_REVIEW,
    REOPENED,
    REPLACING,
    STATUS_IN,
    STATUS_OUT,
    SUPERSEDED,
    Movement,
    movements,
)
from plan.progress import close, set_status, supersede
from plan.reading import actions, recommendations, reviews
from tests.plan.making import AUDIT, FRAMEWORK, SHARE, TRAIN, Maker

THEN, NOW = date(2026, 1, 31), date(2026, 3, 31)
WHO = "B. Unit"
BASES: tuple[Basis, ...] = ("known", "effective")
SHOWN = (Visibility.PUBLISHED, Visibility.PUBLISHED, Visibility.DRAFT, Visibility.WITHDRAWN)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the plan's clock to a day."""
    from tests.plan.test_counts import Clock

    monkeypatch.setattr("plan.ledger.datetime", Clock)

    def set_day(day: date) -> None:
        Clock.moment = Clock.moment.replace(year=day.year, month=day.month, day=day.day, hour=9)

    return set_day


def moved(
    db: sqlite_utils.Database,
    by: By = "quadrant",
    audience: Audience = Audience.PARTNERSHIP,
    basis: Basis = "known",
) -> dict[tuple[str, str], Movement]:
    found = movements(db, FRAMEWORK, THEN, NOW, by=by, basis=basis, audience=audience)
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
    assert reasons(found["actions", "Q4"]) == {REPLACING: 1}
    assert reasons(found["recommendations", "Q2"]) == {CLOSED: -1, REOPENED: 1, MOVED_OUT: -1, NEW_REVIEW: 1}
    assert reasons(found["recommendations", "Q3"]) == {MOVED_IN: 1}
    assert reasons(moved(db, "type")["actions", "SPR"]) == {REPLACING: 1, REOPENED: 1, CLOSED: -1, SUPERSEDED: -1}
    (new,) = [r for r in found["recommendations", "Q2"].reasons if r.what == NEW_REVIEW]
    assert new.letters == (letter,)


def test_what_comes_of_labels_joining_and_standing_is_told_apart(
    db: sqlite_utils.Database, make: Maker, at: Any
) -> None:
    at(date(2026, 1, 5))
    make.add(db, "first", SHARE, TRAIN, AUDIT, quadrant="Q2")
    ids = [r.id for r in recommendations(db)]
    decide_label(db, ids[1], quadrant="Q2", issues=(), who=WHO, framework=FRAMEWORK)
    ref = adopt(db, ids[1], who=WHO, framework=FRAMEWORK).ref
    at(date(2026, 3, 5))
    second = make.add(db, "second", SHARE, quadrant="Q2")
    new = recommendations(db)[-1].id
    decline(db, ids[0], who=WHO, reason="Done elsewhere.")
    decide_label(db, ids[2], quadrant="Q3", who=WHO, framework=replace(FRAMEWORK, version="another"))
    join(db, new, ref, who=WHO)
    set_status(db, ref, Status.IN_PROGRESS, who=WHO)
    found = moved(db)
    assert reasons(found["recommendations", "Q2"]) == {NEW_REVIEW: 1, DECLINED: -1, FRAMEWORK_OUT: -1}
    assert reasons(found["recommendations", "Q3"]) == {FRAMEWORK_IN: 1}
    assert reasons(moved(db, "issue")["actions", "neglect"]) == {JOINED: 1}
    assert reasons(moved(db, "issue")["actions", "none"]) == {JOINED: -1}
    assert moved(db, "issue")["actions", "none"].title == "No issue"
    assert reasons(moved(db, "review")["actions", second.letter]) == {JOINED: 1}
    by_status = moved(db, "status")
    assert reasons(by_status["actions", "open"]) == {STATUS_OUT: -1}
    assert reasons(by_status["actions", "in progress"]) == {STATUS_IN: 1}


def test_an_action_of_a_new_review_comes_with_it(db: sqlite_utils.Database, make: Maker, at: Any) -> None:
    at(date(2026, 1, 5))
    make.add(db, "first", SHARE, quadrant="Q2")
    at(date(2026, 3, 5))
    letter = make.add(db, "second", TRAIN, quadrant="Q2").letter
    first, second = (r.id for r in recommendations(db))
    adopt(db, first, who=WHO, framework=FRAMEWORK)
    ref = adopt(db, second, who=WHO, framework=FRAMEWORK).ref
    supersede(db, ref, quadrant="Q3", who=WHO, why="At once.", framework=FRAMEWORK)
    found = moved(db)
    assert reasons(found["actions", "Q2"]) == {NEW_ACTION: 1}
    assert reasons(found["actions", "Q3"]) == {NEW_REVIEW: 1}, "what it replaced had come since too"
    assert found["actions", "Q3"].reasons[0].letters == (letter,)
    assert reasons(moved(db, audience=Audience.PUBLIC)["actions", "Q3"]) == {}


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
            lambda: decide_label(
                db, one, quadrant=quadrant, issues=issues, who=WHO,
                framework=replace(FRAMEWORK, version=chance.choice((FRAMEWORK.version, "next"))),
            ),
            lambda: set_visibility(db, chance.choice(held).review_id, chance.choice(list(SHOWN)), who=WHO),
        ]  # fmt: skip
    if acts:
        ref = chance.choice(acts).ref
        steps += [
            lambda: close(db, ref, who=WHO, achieved=True, why="Done."),
            lambda: set_status(db, ref, chance.choice((Status.IN_PROGRESS, Status.COMPLETE)), who=WHO, why="So."),
            lambda: supersede(db, ref, quadrant="Q1", who=WHO, why="So.", framework=FRAMEWORK),
            lambda: join(db, one, ref, who=WHO),
            lambda: accept_part(db, one, ref=ref, reason="Half.", who=WHO, framework=FRAMEWORK),
        ]  # fmt: skip
    try:
        chance.choice(steps)()
    except CapError:
        return


@pytest.mark.parametrize("seed", range(12))
def test_the_reasons_add_up(db: sqlite_utils.Database, make: Maker, at: Any, seed: int) -> None:
    chance = random.Random(seed)
    for day in (date(2026, 1, 5), date(2026, 3, 5)):
        at(day)
        for number in range(25):
            live(db, chance, make, number + 100 * day.month)
    for by, audience, basis in itertools.product(DIMENSIONS, Audience, BASES):
        was, now = (
            {(r.unit, r.code): r.open for r in counts(db, FRAMEWORK, by=by, as_of=day, basis=basis, audience=audience)}
            for day in (THEN, NOW)
        )
        found = moved(db, by, audience, basis)
        for key, movement in found.items():
            assert (movement.before, movement.after) == (was.get(key, 0), now.get(key, 0)), (by, key)
            assert sum(r.change for r in movement.reasons) == movement.after - movement.before, (by, key)
            assert not any(r.what == GONE for r in movement.reasons), "nothing is lost on the way"
        assert {key for key, open_ in now.items() if open_} <= found.keys()
        if audience is Audience.PUBLIC:
            shown = {r.letter for r in reviews(db, audience=audience)}
            assert {code for m in found.values() for r in m.reasons for code in r.letters} <= shown

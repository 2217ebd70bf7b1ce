"""Why a count moved: what was open on one day held against what was open on another, thing by thing.

Every difference has one reason, so that the reasons of a code add up to what it moved by. Visibility is today's on both
days, as in all counts: what this audience may not see moves nothing. What came and ended between the two days was never
open on either, and moves nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlite_utils

from domain.framework import Framework
from domain.states import Audience, Outcome
from plan.counts import (
    ACTIONS,
    NONE,
    RECOMMENDATIONS,
    Basis,
    By,
    checked_basis,
    state_of_action,
    state_of_recommendation,
    titles_of,
)
from plan.holdings import HeldAction, HeldRecommendation, effective_day, held
from plan.ledger import fetch
from plan.reading import reviews
from plan.visibility import sight

NEW_REVIEW = "new reviews"
"""Recommendations of reviews that came since, and actions that answer nothing but such reviews."""
FOUND = "found in earlier reviews"
NEW_ACTION = "new actions"
REPLACING = "in place of superseded ones"
REOPENED = "taken up again"
MOVED_IN, MOVED_OUT = "relabelled into it", "relabelled out of it"
FRAMEWORK_IN, FRAMEWORK_OUT = "brought by a changed framework", "taken by a changed framework"
JOINED = "other recommendations joined"
STATUS_IN, STATUS_OUT = "moved on to it", "moved on from it"
CLOSED, DECLINED, SUPERSEDED, GONE = "closed", "declined", "superseded", "no longer there"
REASONS = (
    NEW_REVIEW, FOUND, NEW_ACTION, REPLACING, REOPENED, MOVED_IN, MOVED_OUT, FRAMEWORK_IN, FRAMEWORK_OUT, JOINED,
    STATUS_IN, STATUS_OUT, CLOSED, DECLINED, SUPERSEDED, GONE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a count moved, and by how much; letters: of the reviews that are new."""

    what: str
    change: int
    letters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Movement:
    """How many were open under a code on both days, and the reasons, which add up to the difference."""

    by: str
    code: str
    title: str
    unit: str
    before: int
    after: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where one thing stood.

    state: "open", "closed", "" for superseded; letters: of its reviews; frameworks: versions under which it is labelled,
    each with what bears the label; own: the codes that it would have had without what joined since the first day.
    """

    state: str
    codes: frozenset[str]
    letters: tuple[str, ...]
    frameworks: Mapping[str, str]
    own: frozenset[str]
    declined: bool = False

    @property
    def counted(self) -> frozenset[str]:
        return self.codes if self.state == "open" else frozenset()


@dataclass(frozen=True, slots=True)
class _Since:
    """What is new since the first day: letters of reviews, and ids of actions that took the place of one held then."""

    letters: frozenset[str]
    successors: frozenset[str]


def movements(
    db: sqlite_utils.Database,
    framework: Framework,
    since: date,
    until: date,
    *,
    by: By,
    basis: Basis = "known",
    audience: Audience = Audience.PARTNERSHIP,
) -> tuple[Movement, ...]:
    """How the open counts of each code moved between the ends of two days, recommendations first, and why.

    Raises `UsageError` for an unknown dimension or basis.
    """
    checked_basis((by,), basis)
    known = basis == "known"
    before, after = (held(db, sight(audience), day, known=known) for day in (since, until))
    titles = titles_of(db, framework, by, audience)
    came = _Since(
        _new_letters(db, since, audience, known=known), _successors(db, frozenset(before[1]), frozenset(after[1]))
    )
    answered: dict[int, list[str]] = defaultdict(list)
    for identifier, row in before[0].items():
        for action in row.actions:
            answered[action].append(identifier)
    stands = {
        RECOMMENDATIONS: [{i: _of_recommendation(i, r, a, by) for i, r in rs.items()} for rs, a in (before, after)],
        ACTIONS: [
            {str(i): _of_action(a, by, {r: rs[r] for r in answered[i] if r in rs}) for i, a in actions.items()}
            for rs, actions in (before, after)
        ],
    }
    return tuple(
        movement for unit, (old, new) in stands.items() for movement in _moved(old, new, by, unit, titles, came)
    )


def _new_letters(db: sqlite_utils.Database, since: date, audience: Audience, *, known: bool) -> frozenset[str]:
    """Letters of the reviews that this audience sees and that count from a later day on."""
    return frozenset(
        review.letter
        for review in reviews(db, audience=audience)
        if (date.fromisoformat(review.added[:10]) if known else effective_day(review.published, review.added)) > since
    )


def _successors(db: sqlite_utils.Database, before: frozenset[int], after: frozenset[int]) -> frozenset[str]:
    """Actions that were not held before and stand, over however many steps, in the place of one that was."""
    instead = {
        row["old"]: row["new"]
        for row in fetch(
            db, "SELECT o.id AS old, n.id AS new FROM actions AS o JOIN actions AS n ON n.ref = o.superseded_by"
        )
    }
    found: set[int] = set()
    for old in before:
        step = instead.get(old)
        while step is not None and step not in found:
            found.add(step)
            step = instead.get(step)
    return frozenset(str(identifier) for identifier in (found & after) - before)


def _of_recommendation(identifier: str, row: HeldRecommendation, actions: Mapping[int, HeldAction], by: str) -> _Stand:
    codes = frozenset(row.codes(by))
    return _Stand(
        state_of_recommendation(row, actions), codes, (row.letter,), {identifier: row.framework}, codes,
        declined=row.outcome is Outcome.DECLINED,
    )  # fmt: skip


def _of_action(row: HeldAction, by: str, first: Mapping[str, HeldRecommendation]) -> _Stand:
    """`first`: the recommendations that it answered on the first day, as they are labelled on this one."""
    codes = frozenset(row.codes(by))
    match by:
        case "issue" | "area":
            own = frozenset(code for r in first.values() for code in r.codes(by)) - {NONE} or frozenset({NONE})
        case "review" | "type":
            own = frozenset()
        case _:
            own = codes
    return _Stand(state_of_action(row), codes, row.letters, {i: r.framework for i, r in first.items()}, own)


def _moved(
    old: Mapping[str, _Stand], new: Mapping[str, _Stand], by: str, unit: str, titles: Mapping[str, str], since: _Since
) -> list[Movement]:
    changes: dict[str, Counter[str]] = defaultdict(Counter)
    letters: dict[str, set[str]] = defaultdict(set)
    for identifier in old.keys() | new.keys():
        was, now = old.get(identifier), new.get(identifier)
        left, came = _difference(was, now)
        for code in left:
            changes[code][_why_left(code, was, now, by)] -= 1
        for code in came:
            why = _why_came(code, was, now, by) or _why_new(identifier, now, unit, since)
            changes[code][why] += 1
            if why == NEW_REVIEW and now is not None:
                letters[code].update(now.letters)
    before, after = (Counter(code for stand in side.values() for code in stand.counted) for side in (old, new))
    codes = [*titles, *sorted((before.keys() | after.keys() | changes.keys()) - titles.keys() - {NONE})]
    if NONE in before.keys() | after.keys() | changes.keys():
        codes.append(NONE)
    return [
        Movement(
            by, code, titles.get(code, f"No {by}" if code == NONE else code), unit, before[code], after[code],
            _reasons(changes[code], letters[code]),
        )
        for code in codes
    ]  # fmt: skip


def _reasons(changes: Counter[str], letters: set[str]) -> tuple[Reason, ...]:
    new = tuple(sorted(letters, key=lambda letter: (len(letter), letter)))
    return tuple(Reason(what, changes[what], new if what == NEW_REVIEW else ()) for what in REASONS if changes[what])


def _difference(was: _Stand | None, now: _Stand | None) -> tuple[frozenset[str], frozenset[str]]:
    """The codes under which a thing is no longer counted, and those under which it now is."""
    before, after = (stand.counted if stand else frozenset[str]() for stand in (was, now))
    return before - after, after - before


def _why_new(identifier: str, now: _Stand | None, unit: str, since: _Since) -> str:
    """Why something counts that was not there on the first day."""
    if unit == ACTIONS and identifier in since.successors:
        return REPLACING
    if now is not None and now.letters and since.letters.issuperset(now.letters):
        return NEW_REVIEW
    return FOUND if unit == RECOMMENDATIONS else NEW_ACTION


def _why_came(code: str, was: _Stand | None, now: _Stand | None, by: str) -> str:
    """Why something that was there counts under a code under which it did not; "" where it was not there."""
    if was is None or now is None:
        return ""
    if was.state != now.state:
        return REOPENED
    if by == "status":
        return STATUS_IN
    if code not in now.own:
        return JOINED
    return FRAMEWORK_IN if _other_framework(was, now) else MOVED_IN


def _why_left(code: str, was: _Stand | None, now: _Stand | None, by: str) -> str:
    if was is None or now is None:
        return GONE
    if was.state != now.state:
        ended = DECLINED if now.declined else CLOSED
        return ended if now.state == "closed" else SUPERSEDED
    if by == "status":
        return STATUS_OUT
    if code in now.own or by in ("review", "type"):
        return JOINED
    return FRAMEWORK_OUT if _other_framework(was, now) else MOVED_OUT


def _other_framework(was: _Stand, now: _Stand) -> bool:
    """Whether a label was given under another version of the framework than on the first day; unknown is no other."""
    return any(
        version and now.frameworks.get(bearer) and now.frameworks[bearer] != version
        for bearer, version in was.frameworks.items()
    )

"""Why a count moved: what was open on one day held against what was open on another, thing by thing.

Every difference has one reason, so that the reasons of a code add up to what it moved by. Visibility is today's on both
days, as in all counts: what this audience may not see moves nothing.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlite_utils

from domain.framework import Framework
from domain.states import Audience
from plan.counts import (
    ACTIONS,
    RECOMMENDATIONS,
    Basis,
    By,
    checked_basis,
    state_of_action,
    state_of_recommendation,
    titles_of,
)
from plan.holdings import HeldAction, HeldRecommendation, held
from plan.visibility import sight

NEW_ACTION, NEW_REVIEW, CLOSED, REOPENED, SUPERSEDED, MOVED_IN, MOVED_OUT, GONE = (
    "new actions", "new reviews", "closed", "taken up again", "superseded", "relabelled into it", "relabelled out of it",
    "no longer there",
)  # fmt: skip
REASONS = (NEW_REVIEW, NEW_ACTION, REOPENED, MOVED_IN, MOVED_OUT, CLOSED, SUPERSEDED, GONE)


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
    """Where one thing stood: its state ("open", "closed", "" for superseded), its codes, the letter of its review."""

    state: str
    codes: frozenset[str]
    letter: str = ""

    @property
    def counted(self) -> frozenset[str]:
        return self.codes if self.state == "open" else frozenset()


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
    stands = {
        RECOMMENDATIONS: [{i: _of_recommendation(r, a, by) for i, r in rs.items()} for rs, a in (before, after)],
        ACTIONS: [{str(i): _of_action(a, by) for i, a in actions.items()} for _, actions in (before, after)],
    }
    return tuple(
        movement for unit, (old, new) in stands.items() for movement in _moved(old, new, by, unit, titles)
    )  # fmt: skip


def _of_recommendation(row: HeldRecommendation, actions: Mapping[int, HeldAction], by: str) -> _Stand:
    return _Stand(state_of_recommendation(row, actions), frozenset(row.codes(by)), row.letter)


def _of_action(row: HeldAction, by: str) -> _Stand:
    return _Stand(state_of_action(row), frozenset(row.codes(by)))


def _moved(
    old: Mapping[str, _Stand], new: Mapping[str, _Stand], by: str, unit: str, titles: Mapping[str, str]
) -> list[Movement]:
    changes: dict[str, Counter[str]] = {}
    letters: dict[str, set[str]] = {}
    for identifier in old.keys() | new.keys():
        was, now = old.get(identifier), new.get(identifier)
        left, came = _difference(was, now)
        for code in left | came:
            why = _why(was, now, unit, came=code in came)
            changes.setdefault(code, Counter())[why] += 1 if code in came else -1
            if why == NEW_REVIEW and now is not None:
                letters.setdefault(code, set()).add(now.letter)
    before, after = (Counter(code for stand in side.values() for code in stand.counted) for side in (old, new))
    codes = [*titles, *sorted((before.keys() | after.keys() | changes.keys()) - titles.keys())]
    return [
        Movement(
            by, code, titles.get(code, code), unit, before[code], after[code],
            _reasons(changes.get(code, Counter()), letters.get(code, set())),
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


def _why(was: _Stand | None, now: _Stand | None, unit: str, *, came: bool) -> str:
    if was is None:
        return NEW_REVIEW if unit == RECOMMENDATIONS else NEW_ACTION
    if now is None:
        return GONE
    if was.state == now.state:
        return MOVED_IN if came else MOVED_OUT
    if now.state == "open":
        return REOPENED
    return CLOSED if now.state == "closed" else SUPERSEDED

import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import CapError, NotFound
from domain.records import Nearest, RepeatGroup
from domain.states import Audience, Visibility
from match.asked import understand
from plan.action_history import action_steps
from plan.actions import adopt, decline, join
from plan.checking import said_of, second_looks
from plan.counts import DIMENSIONS, counts
from plan.deciding import decide_label
from plan.filters import Filters
from plan.grouping import save_groups
from plan.possible import passages
from plan.progress import supersede, update_action
from plan.reading import (
    action,
    actions,
    outcomes,
    place,
    recommendation,
    recommendations,
    repeats,
    review,
    reviews,
    suggestion,
)
from plan.search import search
from plan.teaching import lessons
from plan.trail import event_words, events
from plan.writing import add_review
from tests.plan.making import ENCODER, FRAMEWORK, Maker, new_plan

DAY = date(2026, 6, 1)
EMBARGOES = {None: None, "past": "2026-05-31", "day": "2026-06-01", "future": "2026-06-02"}
STATES = [
    (Visibility.DRAFT, None), (Visibility.PUBLISHED, None), (Visibility.WITHDRAWN, None),
    (Visibility.EMBARGOED, "past"), (Visibility.EMBARGOED, "day"), (Visibility.EMBARGOED, "future"),
]  # fmt: skip
LETTERS = ("QA", "QB", "QC", "QD")


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plan.visibility.today", lambda: DAY)


def is_public(state: tuple[Visibility, str | None]) -> bool:
    return state in {(Visibility.PUBLISHED, None), (Visibility.EMBARGOED, "past"), (Visibility.EMBARGOED, "day")}


def everything_for(db: sqlite_utils.Database, audience: Audience) -> list[object]:
    """What every question to the plan answers to an audience, hidden identifiers asked for by name included."""
    ids = [row.id for row in recommendations(db, audience=None)]
    refs = [row.ref for row in actions(db, audience=None)]
    answers: list[object] = [
        reviews(db, audience=audience), recommendations(db, audience=audience), actions(db, audience=audience),
        events(db, audience=audience), lessons(db, FRAMEWORK, audience=audience).examples,
        search(db, understand("partnership marker share"), Maker().vectors(1)[0], ENCODER, audience=audience, limit=50).hits,
        search(db, understand("marker"), None, ENCODER, audience=audience, filters=Filters(status="adopted")).hits,
        search(db, understand("marker"), None, ENCODER, audience=audience, filters=Filters(status="superseded")).hits,
        [counts(db, FRAMEWORK, by=by, basis=basis, audience=audience) for by in DIMENSIONS
         for basis in ("known", "effective")],
    ]  # fmt: skip
    for identifier in ids:
        answers += [suggestion(db, identifier, audience=audience), outcomes(db, identifier, audience=audience)]
        answers += [repeats(db, identifier, audience=audience), events(db, subject=identifier, audience=audience)]
        answers.append(answer_or_none(recommendation, db, identifier, audience))
        answers += [said_of(db, identifier, audience=audience), answer_or_none(place, db, identifier, audience)]
    answers += [second_looks(db, audience=audience), event_words(db, audience=audience)]
    for ref in refs:
        answers += [action_steps(db, ref, audience=audience), answer_or_none(action, db, ref, audience)]
    for n, letter in enumerate(LETTERS):
        answers += [passages(db, n + 1, audience=audience), answer_or_none(review, db, letter, audience)]
        answers.append(answer_or_none(recommendation, db, f"{letter} 1", audience))
    return answers


def answer_or_none(ask: Any, db: sqlite_utils.Database, named: str, audience: Audience) -> object:
    try:
        return ask(db, named, audience=audience)
    except NotFound:
        return None


steps = st.lists(
    st.tuples(
        st.sampled_from(["adopt", "join", "supersede", "decline", "update", "label"]),
        st.sampled_from([f"{letter} {n}" for letter in LETTERS for n in (1, 2)]),
        st.integers(0, 5),
    ),
    max_size=14,
)


def play(db: sqlite_utils.Database, step: str, place: str, pick: int) -> None:
    who = {"who": "Ana"}
    marker = f"marker{place[:2]}"
    refs = [row.ref for row in actions(db)] or ["1.1"]
    ref = refs[pick % len(refs)]
    try:
        match step:
            case "adopt":
                adopt(db, place, framework=FRAMEWORK, why=marker, **who)
            case "join":
                join(db, place, ref, why=marker, **who)
            case "supersede":
                supersede(db, ref, quadrant="Q4", why="Moved", framework=FRAMEWORK, **who)
            case "decline":
                decline(db, place, reason=marker, **who)
            case "update":
                update_action(db, ref, framework=FRAMEWORK, home="MAAG", why="New home", **who)
            case "label":
                decide_label(db, place, quadrant="Q1", framework=FRAMEWORK, note=marker, **who)
    except CapError:
        return


@settings(max_examples=25, deadline=None)
@given(states=st.lists(st.sampled_from(STATES), min_size=4, max_size=4), played=steps)
def test_nothing_of_a_hidden_review_leaves_for_the_public(
    states: list[tuple[Visibility, str | None]], played: list[tuple[str, str, int]]
) -> None:
    with TemporaryDirectory() as folder:
        db = new_plan(Path(folder) / "cap.db")
        make = Maker()
        near: tuple[Nearest, ...] = ()
        for letter in LETTERS:
            extraction = make.extraction(
                f"file-marker{letter}", f"marker{letter} share one", f"marker{letter} share two",
                case_ref=f"Case {letter}", publisher=f"marker{letter} board", published="2025",
            )  # fmt: skip
            add_review(
                db, extraction, [make.classification(nearest=near)] * 2, make.vectors(2), encoder=ENCODER,
                framework=FRAMEWORK, run="run-1",
            )  # fmt: skip
            row = recommendations(db)[-1]
            near = (*near, Nearest(row.id, row.text, "Q1", 0.5, "decision"))
        rows = recommendations(db)
        save_groups(db, [RepeatGroup(tuple(r.id for r in rows[::2]), ())])
        for step in played:
            play(db, *step)
        for n, (visibility, embargo) in enumerate(states, start=1):
            db.execute(
                "UPDATE reviews SET visibility = ?, embargo_until = ? WHERE id = ?",
                [str(visibility), EMBARGOES[embargo], n],
            )
        hidden = [letter for letter, state in zip(LETTERS, states, strict=True) if not is_public(state)]
        said = repr(everything_for(db, Audience.PUBLIC))
        for letter in hidden:
            assert not re.search(rf"(\b|marker){letter}\b", said)
        for row in rows:
            if row.review_letter in hidden:
                assert row.id not in said
        public = recommendations(db, audience=Audience.PUBLIC)
        assert {r.review_letter for r in public} == set(LETTERS) - set(hidden)
        grouped = [r.group_id for r in public if r.group_id]
        assert len(grouped) != 1, "a group of one tells of a hidden member"
        by_quadrant = counts(db, FRAMEWORK, audience=Audience.PUBLIC)
        assert sum(c.total for c in by_quadrant if c.unit == "recommendations") == len(public)
        withdrawn = [a for a, s in zip(LETTERS, states, strict=True) if s[0] is Visibility.WITHDRAWN]
        seen = {r.review_letter for r in recommendations(db)}
        assert seen == set(LETTERS) - set(withdrawn), "the partnership sees everything but what is withdrawn"
        db.close()


def test_an_action_in_the_words_of_a_hidden_review_is_hidden(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", "The hidden words.", case_ref="Case A")
    make.add(db, "two", "The public words.", case_ref="Case B", visibility=Visibility.PUBLISHED)
    adopt(db, "A 1", who="Ana", framework=FRAMEWORK)
    join(db, "B 1", "2.1", who="Ana")
    assert actions(db, audience=Audience.PUBLIC) == ()
    assert recommendation(db, "B 1", audience=Audience.PUBLIC).action_refs == ()
    update_action(db, "2.1", who="Ana", framework=FRAMEWORK, text="The board's own words.")
    (shown,) = actions(db, audience=Audience.PUBLIC)
    assert (shown.review_refs, shown.recommendations) == (("B",), (recommendation(db, "B 1").id,))
    assert actions(db)[0].review_refs == ("A", "B")


def test_an_embargo_ends_on_its_day(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", "Words.", visibility=Visibility.EMBARGOED, embargo_until="2026-06-01")
    assert not reviews(db, audience=Audience.PUBLIC, day=date(2026, 5, 31))
    assert len(reviews(db, audience=Audience.PUBLIC, day=date(2026, 6, 1))) == 1

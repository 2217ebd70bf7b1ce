import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlite_utils

import plan.writing
from domain.errors import NotAllowed, NotFound, PlanError
from domain.identity import content_key, full_text, recommendation_ids
from domain.records import Nearest
from domain.states import Outcome, Visibility
from plan.possible import passages
from plan.reading import (
    asks,
    recommendation,
    recommendations,
    review,
    review_by_edition,
    review_by_sha,
    suggestion,
)
from plan.schema import open_plan
from plan.trail import events
from plan.vectors import load_embeddings, save_embeddings
from plan.writing import add_review, record_run_finish, record_run_start
from tests.plan.making import SHARE, TRAIN, contents


def test_what_goes_in_comes_out(db: sqlite_utils.Database, make: Any) -> None:
    added = make.add(db, "one", SHARE, TRAIN, case_ref="SCR K", publisher="Norland", published="2025-03")
    assert (added.letter, added.recommendations, added.visibility) == ("K", 2, Visibility.DRAFT)
    extraction = make.extraction("one", SHARE, TRAIN)
    rows = recommendations(db)
    assert tuple(r.id for r in rows) == recommendation_ids(extraction.sha256, extraction.recommendations)
    assert [(r.text, r.number, r.page) for r in rows] == [(SHARE, "1", 3), (TRAIN, "2", 3)]
    assert all(r.outcome is Outcome.PROPOSED and r.quadrant == "Q2" and not r.decided for r in rows)
    assert rows[0].issues == ("neglect",) and rows[0].areas == ("information-sharing",)
    assert rows[0].agencies == extraction.recommendations[0].agencies
    assert suggestion(db, rows[0].id) == make.classification()
    assert [(p.text, p.page, p.section, p.why, p.boxes) for p in passages(db, added.id)] == [
        (p.text, p.page, p.section, p.why, p.boxes) for p in extraction.possible
    ]
    assert review_by_sha(db, extraction.sha256) == added == review(db, "k")
    assert review_by_edition(db, "scr  k", "NORLAND") == added
    assert review_by_edition(db, None, "Norland") is None
    assert [e.what for e in events(db)] == ["review added"]


def test_recommendations_are_found_by_identifier_beginning_and_place(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", SHARE, TRAIN)
    row = recommendations(db)[1]
    for name in (row.id, row.id[:9], row.id.removeprefix("r-"), "A 2", "a2"[0] + " 2", "A Recommendation 2", "A, 2"):
        assert recommendation(db, name) == row
    for name in ("A 3", "B 1", "r-000000000000", "", "'; --", "r-", "%"):
        with pytest.raises(NotFound):
            recommendation(db, name)


def test_the_same_content_enters_once(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", SHARE)
    before = contents(db)
    with pytest.raises(NotAllowed, match="already, as review A"):
        make.add(db, "one", SHARE)
    assert contents(db) == before


@pytest.mark.parametrize("step", ["insert_suggestions", "insert_possible", "save_embeddings", "record_event"])
def test_an_error_in_the_middle_leaves_nothing_behind(
    db: sqlite_utils.Database, make: Any, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.add(db, "one", SHARE)
    before = contents(db)

    def fail(*args: object, **kwargs: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(plan.writing, step, fail)
    with pytest.raises(PlanError, match="disk is full"):
        make.add(db, "two", TRAIN)
    assert contents(db) == before
    monkeypatch.undo()
    assert make.add(db, "two", TRAIN).letter == "B"


def test_a_process_killed_in_the_middle_leaves_nothing_behind(plan_file: Path, make: Any) -> None:
    with contextlib.closing(open_plan(plan_file)) as db:
        make.add(db, "one", SHARE)
        before = contents(db)
    victim = open_plan(plan_file)
    victim.conn.execute("BEGIN IMMEDIATE")
    make.add(victim, "two", TRAIN)
    victim.conn.close()
    with contextlib.closing(open_plan(plan_file)) as db:
        assert contents(db) == before


def test_letters_go_on_past_z_and_never_meet(db: sqlite_utils.Database, make: Any) -> None:
    references = [None] * 26 + ["Case B", "Child AB", "Q", "2019/07", "SCR AF", "Annual review", "Review X"]
    letters = [make.add(db, f"n{i}", case_ref=ref).letter for i, ref in enumerate(references)]
    assert letters[:26] == [chr(65 + i) for i in range(26)]
    assert letters[26:] == ["AA", "AB", "AC", "AD", "AF", "AE", "AG"]


def test_embeddings_are_kept_by_content_and_encoder(db: sqlite_utils.Database, make: Any) -> None:
    vectors = make.vectors(3)
    keys = [content_key(words) for words in "abc"]
    assert save_embeddings(db, keys, vectors, "one") == 3
    assert save_embeddings(db, keys, vectors + 1, "one") == 0
    loaded = load_embeddings(db, [*keys, "0" * 64], "one")
    assert list(loaded) == keys or set(loaded) == set(keys)
    assert np.array_equal(np.stack([loaded[k] for k in keys]), vectors)
    assert load_embeddings(db, keys, "other") == {}
    with pytest.raises(ValueError, match="do not go together"):
        save_embeddings(db, keys, vectors[:2], "one")


def test_a_lead_in_belongs_to_the_words_that_are_compared(db: sqlite_utils.Database, make: Any) -> None:
    extraction = make.extraction("one", "record the names of fathers")
    (item,) = extraction.recommendations
    extraction = replace(extraction, recommendations=(replace(item, lead_in="Schools should:"),))
    add_review(db, extraction, [make.classification()], make.vectors(1), encoder="e", framework=make.framework, run="r")
    known = asks(db)
    assert known.texts == (full_text("record the names of fathers", "Schools should:"),)
    key = content_key("Schools should: record the names of fathers")
    assert set(load_embeddings(db, [key], "e")) == {key}


# ------------------------------------------------------------------------------------------------ near-repeats


def test_the_words_of_a_nearest_decision_are_looked_up_and_not_copied(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", SHARE)
    (share,) = recommendations(db)
    near = (Nearest(share.id, SHARE, "Q2", 0.7, "decision"), Nearest("x-1", "Our own words.", "Q2", 0.6))
    add_review(
        db, make.extraction("two", TRAIN), [make.classification(nearest=near)], make.vectors(1), encoder="e",
        framework=make.framework, run="r",
    )  # fmt: skip
    found = suggestion(db, recommendations(db)[1].id)
    assert found is not None and found.nearest == near
    assert not db.execute("SELECT 1 FROM suggestions WHERE nearest LIKE ?", [f"%{SHARE}%"]).fetchall()


def test_runs_are_recorded(db: sqlite_utils.Database) -> None:
    record_run_start(db, "run-9", "ingest")
    record_run_finish(db, "run-9", "done", {"reviews": 3})
    (row,) = db.query("SELECT kind, outcome, detail, finished FROM runs")
    assert (row["kind"], row["outcome"], row["detail"]) == ("ingest", "done", '{"reviews":3}')
    assert row["finished"].endswith("+00:00")

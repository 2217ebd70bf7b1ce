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
from domain.framework import load_framework
from domain.identity import content_key, recommendation_ids
from domain.records import Nearest, Outcome, Repeat, RepeatGroup, Visibility
from plan.actions import adopt, decide_label, decide_repeat, settle_difference
from plan.filters import Filters
from plan.inserts import full_text
from plan.ledger import transaction
from plan.reading import (
    action,
    asks,
    events,
    possible,
    recommendation,
    recommendations,
    repeat_verdicts,
    repeats,
    review,
    review_by_edition,
    review_by_sha,
    reviews,
    suggestion,
)
from plan.schema import open_plan
from plan.teaching import lessons
from plan.writing import (
    add_review,
    load_embeddings,
    record_run_finish,
    record_run_start,
    reread_review,
    save_embeddings,
    save_groups,
)

SHARE = "The partnership should share records with GP practices within two days."
TRAIN = "All agencies should train practitioners to work with fathers."
AUDIT = "The board should audit strategy discussions every year."


def contents(db: sqlite_utils.Database) -> list[str]:
    return list(db.conn.iterdump())


def pair(a: str, b: str) -> RepeatGroup:
    low, high = sorted((a, b))
    return RepeatGroup((a, b), (Repeat(low, high, 0.9, 0.8, ("share",), ("low",), ("high",)),))


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
    assert possible(db, added.id) == extraction.possible
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
    assert known.keys == (content_key("Schools should: record the names of fathers"),)
    assert set(load_embeddings(db, known.keys, "e")) == set(known.keys)


# ------------------------------------------------------------------------------------------------ near-repeats


def test_a_group_keeps_its_identity_while_members_come_and_go(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", SHARE, TRAIN, AUDIT)
    a, b, c = (r.id for r in recommendations(db))
    (identity,) = save_groups(db, [pair(a, b)])
    assert recommendation(db, a).group_id == recommendation(db, b).group_id == identity
    assert recommendation(db, c).group_id is None
    assert [(r.only_a, r.only_b) for r in repeats(db, b)] == [(("low",), ("high",))]
    assert list(save_groups(db, [RepeatGroup((a, b, c), ())])) == [identity]
    assert list(save_groups(db, [RepeatGroup((b, c), ())])) == [identity]
    assert recommendation(db, a).group_id is None
    save_groups(db, [], everything=True)
    assert all(r.group_id is None for r in recommendations(db))
    (second,) = save_groups(db, [pair(a, b)])
    assert second != identity, "the identity of a group that is gone is never given again"


def test_groups_that_part_and_join(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", *(f"Recommendation text number {i}" for i in range(6)))
    ids = [r.id for r in recommendations(db)]
    (identity,) = save_groups(db, [RepeatGroup(tuple(ids[:5]), ())])
    parted = save_groups(db, [RepeatGroup(tuple(ids[:2]), ()), RepeatGroup(tuple(ids[2:5]), ())])
    assert parted[identity] == tuple(ids[2:5])
    assert len(parted) == 2
    assert list(save_groups(db, [RepeatGroup(tuple(ids), ())])) == [identity]


def test_groups_enter_with_their_review(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", SHARE)
    extraction = make.extraction("two", SHARE + " Again.")
    (new,) = recommendation_ids(extraction.sha256, extraction.recommendations)
    (old,) = (r.id for r in recommendations(db))
    add_review(
        db, extraction, [make.classification()], make.vectors(1), encoder="e", framework=make.framework, run="r",
        groups=[pair(old, new)],
    )  # fmt: skip
    assert recommendation(db, old).group_id == recommendation(db, new).group_id is not None


def test_a_verdict_on_a_pair_is_remembered(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", SHARE, TRAIN)
    a, b = sorted(r.id for r in recommendations(db))
    decide_repeat(db, b, a, "not the same", "Ana")
    assert repeat_verdicts(db) == {(a, b): "not the same"}
    decide_repeat(db, a, b, "same", "Ana")
    assert repeat_verdicts(db) == {(a, b): "same"}


# ------------------------------------------------------------------------------------------------ reading again


def test_a_review_read_again_keeps_what_people_decided(db: sqlite_utils.Database, make: Any) -> None:
    added = make.add(db, "one", SHARE, TRAIN, AUDIT)
    share, train, audit = recommendations(db)
    decide_label(db, share.id, quadrant="Q3", who="Ana", framework=make.framework)
    adopted = adopt(db, train.id, who="Ana", framework=make.framework)
    again = make.extraction(
        "one", SHARE.replace("two days", "three days"), TRAIN, "Something wholly different is asked of schools here."
    )
    result = reread_review(
        db, added.id, again, [make.classification() for _ in range(3)], make.vectors(3), encoder="e",
        framework=make.framework, run="run-2",
    )  # fmt: skip
    assert (result.kept, result.changed, result.missing) == ((train.id,), (share.id,), (audit.id,))
    (new,) = result.added
    assert new not in (share.id, train.id, audit.id)
    rows = {r.id: r for r in recommendations(db)}
    assert len(rows) == 4
    assert rows[share.id].text.endswith("three days.") and rows[share.id].quadrant == "Q3" and rows[share.id].decided
    assert rows[train.id].action_refs == (adopted.ref,)
    assert rows[audit.id].text == AUDIT
    earlier = db.execute("SELECT recommendation_id, text FROM earlier_readings").fetchall()
    assert earlier == [(share.id, SHARE)]
    flags = dict(db.execute("SELECT id, difference FROM recommendations").fetchall())
    assert flags == {share.id: "changed", train.id: None, audit.id: "missing", new: "added"}
    # The same reading again leaves the flags for their reviewer, who settles them one by one.
    reread_review(
        db, added.id, again, [make.classification() for _ in range(3)], make.vectors(3), encoder="e",
        framework=make.framework, run="run-2b",
    )  # fmt: skip
    assert dict(db.execute("SELECT id, difference FROM recommendations").fetchall()) == flags
    assert [r.id for r in recommendations(db, filters=Filters(difference="changed"))] == [share.id]
    settle_difference(db, share.id, who="Ana")
    assert not recommendations(db, filters=Filters(difference="changed"))
    with pytest.raises(NotAllowed, match="no difference"):
        settle_difference(db, share.id, who="Ana")
    # And once more, as at first: what was missing is found, under its own identifier.
    first = make.extraction("one", SHARE, TRAIN, AUDIT)
    result = reread_review(
        db, added.id, first, [make.classification() for _ in range(3)], make.vectors(3), encoder="e",
        framework=make.framework, run="run-3",
    )  # fmt: skip
    assert result.kept == (train.id, audit.id) and result.missing == (new,)


def test_reading_the_same_again_changes_nothing(db: sqlite_utils.Database, make: Any) -> None:
    added = make.add(db, "one", SHARE, TRAIN)
    before = recommendations(db)
    result = reread_review(
        db, added.id, make.extraction("one", SHARE, TRAIN), [make.classification()] * 2, make.vectors(2, 3),
        encoder=make.encoder, framework=make.framework, run="run-2",
    )  # fmt: skip
    assert result.kept == tuple(r.id for r in before) and not (result.added or result.changed or result.missing)
    assert recommendations(db) == before
    assert db.execute("SELECT count(*) FROM suggestions").fetchone() == (2,)


def test_a_new_edition_keeps_identifiers_and_both_contents_are_known(db: sqlite_utils.Database, make: Any) -> None:
    added = make.add(db, "one", SHARE, TRAIN)
    make.add(db, "other", AUDIT)
    before = [r.id for r in recommendations(db)][:2]
    edition = make.extraction("one second edition", TRAIN, SHARE)
    reread_review(
        db, added.id, edition, [make.classification()] * 2, make.vectors(2), encoder="e", framework=make.framework,
        run="run-2",
    )  # fmt: skip
    assert [r.id for r in recommendations(db)][:2] == before[::-1]
    for name in ("one", "one second edition"):
        found = review_by_sha(db, make.extraction(name).sha256)
        assert found is not None and found.id == added.id
    with pytest.raises(NotAllowed, match="as review B"):
        reread_review(
            db, added.id, make.extraction("other", AUDIT), [make.classification()], make.vectors(1), encoder="e",
            framework=make.framework, run="run-3",
        )  # fmt: skip


# ------------------------------------------------------------------------------------------------ records for others


def test_decisions_become_examples_and_suggestions_never_do(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", SHARE, TRAIN)
    share, _ = recommendations(db)
    assert lessons(db, load_framework()).examples == ()
    decide_label(db, share.id, quadrant="Q1", who="Ana", framework=make.framework)
    decide_label(db, share.id, quadrant="Q4", issues=["neglect"], who="Ana", framework=make.framework, note="See 4.1")
    (example,) = lessons(db, load_framework()).examples
    assert (example.id, example.quadrant, example.issues, example.origin) == (share.id, "Q4", ("neglect",), "decision")


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


def test_the_plain_sqlite3_module_opens_the_plan_and_its_views(plan_file: Path, make: Any) -> None:
    with contextlib.closing(open_plan(plan_file)) as db:
        make.add(db, "one", SHARE, TRAIN, AUDIT, case_ref="Case M")
        make.add(db, "two", TRAIN, case_ref="Case D")
        with transaction(db):
            first = adopt(
                db, "M 1", who="Ana", framework=make.framework, lead_agency="Health/NSCB", target_date="2027-05-01",
                applies_to_all=True,
            )  # fmt: skip
            adopt(db, "M 2", who="Ana", framework=make.framework, quadrant="Q4", lead_agency="NSCB")
            plan.actions.join(db, "D 1", "4.1", who="Ana")
            plan.actions.update_action(
                db, first.ref, who="Ana", framework=make.framework, progress="Audit scheduled for March."
            )
    with contextlib.closing(sqlite3.connect(plan_file)) as connection:
        cursor = connection.execute("SELECT * FROM composite_action_plan")
        assert [d[0] for d in cursor.description] == [
            "Ref", "Review refs", "Action", "Lead agency", "Target date", "Progress",
        ]  # fmt: skip
        assert cursor.fetchall() == [
            ("2.1", "M (and All)", SHARE, "Health/NSCB", "2027-05-01", "Audit scheduled for March."),
            ("4.1", "D, M", TRAIN, "NSCB", "", ""),
        ]
        labels = connection.execute("SELECT quadrant, decided, who FROM current_labels ORDER BY recommendation_id")
        assert sorted(labels.fetchall()) == [("Q2", 0, "model-1")] * 2 + [("Q2", 1, "Ana"), ("Q4", 1, "Ana")]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with contextlib.closing(open_plan(plan_file)) as db:
        assert action(db, "4.1").review_refs == ("D", "M")
        assert len(reviews(db)) == 2


# ------------------------------------------------------------------------------------------------ what never changes


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET why = 'other'",
        "UPDATE events SET before = NULL, after = NULL, why = '[erased]'",
        "DELETE FROM events",
        "DELETE FROM event_reviews",
        "UPDATE event_reviews SET review_id = review_id",
        "INSERT OR REPLACE INTO events (id, at, who, what, subject, why) VALUES (1, '', 'x', '', '', '')",
        "UPDATE decisions SET quadrant = 'Q1'",
        "DELETE FROM decisions",
        "INSERT OR REPLACE INTO decisions SELECT * FROM decisions",
        "UPDATE repeat_decisions SET verdict = 'same'",
        "DELETE FROM repeat_decisions",
        "DELETE FROM actions",
        "UPDATE actions SET ref = '2.9', sequence = 9",
        "UPDATE actions SET quadrant = 'Q3'",
    ],
)
def test_records_are_append_only_for_any_program(plan_file: Path, make: Any, statement: str) -> None:
    with contextlib.closing(open_plan(plan_file)) as db:
        make.add(db, "one", SHARE, TRAIN)
        adopt(db, "A 1", who="Ana", framework=make.framework)
        decide_repeat(db, "A 1", "A 2", "not the same", "Ana")
        before = contents(db)
    with contextlib.closing(sqlite3.connect(plan_file)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(statement)
        connection.rollback()
    with contextlib.closing(open_plan(plan_file)) as db:
        assert contents(db) == before


def test_only_an_erased_review_s_words_may_go_blank(db: sqlite_utils.Database, make: Any) -> None:
    first = make.add(db, "one", SHARE)
    make.add(db, "two", TRAIN)
    for place in ("A 1", "B 1"):
        decide_label(db, place, quadrant="Q1", who="Ana", framework=make.framework, note="names a child")
    db.execute("INSERT INTO erasures (review_id, who, why, at) VALUES (?, 'Ana', 'asked for', '2026')", [first.id])
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE events SET why = '[erased]', after = '{}' WHERE id = 1")
    blank = "UPDATE events SET before = NULL, after = NULL, why = '[erased]' WHERE id IN "
    db.execute(blank + "(SELECT event_id FROM event_reviews WHERE review_id = 1)")
    db.execute("UPDATE decisions SET note = '[erased]' WHERE id = 1")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(blank + "(SELECT event_id FROM event_reviews WHERE review_id = 2)")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE decisions SET note = '[erased]' WHERE id = 2")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE decisions SET note = '[erased]', who = 'nobody' WHERE id = 1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews SET visibility = 'secret'",
        "UPDATE reviews SET visibility = 'embargoed', embargo_until = NULL",
        "UPDATE reviews SET embargo_until = 'soon'",
        "UPDATE recommendations SET outcome = 'maybe'",
        "UPDATE recommendations SET review_id = 99",
        "UPDATE recommendations SET boxes = 'no json'",
        "UPDATE recommendations SET page = 0",
        "INSERT INTO action_recommendations VALUES (1, 'r-none', 0, '', '')",
    ],
)
def test_closed_sets_and_links_are_checked_by_the_database(
    db: sqlite_utils.Database, make: Any, statement: str
) -> None:
    make.add(db, "one", SHARE)
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)

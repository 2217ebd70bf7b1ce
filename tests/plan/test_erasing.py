"""A review that is erased is gone: no word of it in the plan's file, and the fact that it stood there."""

from pathlib import Path

import numpy as np
import pytest
import sqlite_utils

from domain.errors import NotAllowed, UsageError
from domain.records import Nearest
from domain.states import Audience, RepeatVerdict, Status, Visibility
from plan import reading, trail
from plan.actions import adopt, decline
from plan.covering import decide_not_covered
from plan.deciding import decide_label, decide_repeat, set_visibility
from plan.erasing import erase_review, is_erased
from plan.grouping import save_groups
from plan.progress import set_status, update_action
from plan.rereading import reread_review
from plan.writing import add_review
from tests.plan.making import ENCODER, FRAMEWORK, SHARE, TRAIN, Maker, contents, new_plan, pair

WHO = "B. Unit"
# Words that stand in the erased review and nowhere else: each would be found anywhere in the file.
TEXT = "The quokkaboard should share zebrafish records within two days."
SAID_AGAIN = "The wombatboard should act on SHARED."
WORDS = ("quokkaboard", "zebrafish", "wombatboard", "Quillfeather", "narwhalnote", "axolotlreason", "Okapi")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cap.db"


@pytest.fixture
def db(file: Path) -> sqlite_utils.Database:
    """Two reviews that share a sentence, with everything that people can say about one of them."""
    db = new_plan(file)
    make = Maker()
    other = make.add(db, "other", SHARE, TRAIN, visibility=Visibility.PUBLISHED)
    extraction = make.extraction(
        "Okapi report",
        TEXT,
        SAID_AGAIN,
        SHARE,
        case_ref="Okapi",
        publisher="Okapi Board",
        lead_reviewer="A. Quillfeather",
    )
    labels = [make.classification(nearest=(Nearest("x", TEXT, "Q1", 0.9, "decision"),)) for _ in range(3)]
    review = add_review(
        db, extraction, labels, make.vectors(3, 5), encoder=ENCODER, framework=FRAMEWORK, run="run-2",
        visibility=Visibility.PUBLISHED,
    )  # fmt: skip
    first, second, third = (r.id for r in reading.recommendations(db) if r.review_id == review.id)
    theirs = next(r.id for r in reading.recommendations(db) if r.review_id == other.id)
    save_groups(db, [pair(theirs, third)], at="2026-01-01T00:00:00+00:00")
    decide_label(db, first, quadrant="Q1", who=WHO, framework=FRAMEWORK, note="narwhalnote")
    decide_repeat(db, first, theirs, RepeatVerdict.NOT_THE_SAME, WHO, note="narwhalnote")
    adopt(db, first, who=WHO, framework=FRAMEWORK, why="narwhalnote")
    adopt(db, third, who=WHO, framework=FRAMEWORK, text="Our own words.")
    decide_not_covered(db, second, "1.1", who=WHO, note="narwhalnote")
    decline(db, second, who=WHO, reason="axolotlreason of the wombatboard")
    update_action(db, "1.1", who=WHO, framework=FRAMEWORK, progress="Begun.")
    set_status(db, "1.1", Status.IN_PROGRESS, who=WHO)
    reread_review(
        db, review.id, make.extraction("Okapi report", TEXT, SAID_AGAIN, SHARE, case_ref="Okapi"), labels,
        make.vectors(3, 5), encoder=ENCODER, framework=FRAMEWORK, run="run-3",
    )  # fmt: skip
    return db


def letter(db: sqlite_utils.Database) -> str:
    return next(r.letter for r in reading.reviews(db, audience=None) if r.reference in ("Okapi", None) and r.id == 2)


def test_no_word_of_it_stays_in_the_file(db: sqlite_utils.Database, file: Path) -> None:
    before = "\n".join(contents(db))
    assert all(word in before for word in WORDS)
    erase_review(db, letter(db), who=WHO, why="The family asked for it.")
    db.conn.close()
    held = b"".join(f.read_bytes() for f in file.parent.glob("cap.db*"))
    for word in WORDS:
        assert word.encode() not in held, word
        assert word.casefold().encode() not in held.lower(), word


def test_the_fact_stays_and_what_is_others_stays_whole(db: sqlite_utils.Database) -> None:
    ours = [r for r in reading.recommendations(db, audience=None) if r.review_id == 2]
    erased = erase_review(db, letter(db), who=WHO, why="The family asked for it.")
    assert (erased.recommendations, erased.decisions) == (3, 2)
    left = [r for r in reading.recommendations(db, audience=None) if r.review_id == 2]
    assert [(r.id, r.number, r.page, r.outcome, r.quadrant) for r in left] == [
        (r.id, r.number, r.page, r.outcome, r.quadrant) for r in ours
    ]
    assert {r.text for r in reading.recommendations(db)} == {SHARE, TRAIN}
    assert "Our own words." in {row[0] for row in db.execute("SELECT text FROM actions")}
    (event,) = [e for e in trail.events(db, audience=None) if e.what == "review erased"]
    assert event.why == "The family asked for it."
    assert is_erased(db, 2)
    # The sentence that another review has too keeps its vector there.
    keys = [row[0] for row in db.execute("SELECT content_key FROM recommendations WHERE review_id = 1")]
    assert {row[0] for row in db.execute("SELECT content_key FROM embeddings")} == set(keys)
    (broken,) = db.execute("PRAGMA integrity_check").fetchone()
    assert broken == "ok"


def test_nothing_of_it_can_be_found_shown_or_read_again(db: sqlite_utils.Database) -> None:
    name = letter(db)
    erase_review(db, name, who=WHO, why="The family asked for it.")
    assert all(name not in a.review_refs for audience in Audience for a in reading.actions(db, audience=audience))
    assert not db.execute(
        "SELECT 1 FROM recommendations_fts WHERE recommendations_fts MATCH 'quokkaboard OR zebrafish'"
    ).fetchall()
    with pytest.raises(NotAllowed, match="erased"):
        set_visibility(db, name, Visibility.PUBLISHED, who=WHO)
    make = Maker()
    with pytest.raises(NotAllowed, match="erased"):
        reread_review(
            db, 2, make.extraction("Okapi report", TEXT), [make.classification()], np.zeros((1, 8), np.float32),
            encoder=ENCODER, framework=FRAMEWORK, run="run-4",
        )  # fmt: skip


def test_it_is_erased_once_and_for_a_reason(db: sqlite_utils.Database) -> None:
    name = letter(db)
    with pytest.raises(UsageError, match="why"):
        erase_review(db, name, who=WHO, why=" ")
    assert not is_erased(db, 2)
    erase_review(db, name, who=WHO, why="The family asked for it.")
    with pytest.raises(NotAllowed, match="already"):
        erase_review(db, name, who=WHO, why="Again.")

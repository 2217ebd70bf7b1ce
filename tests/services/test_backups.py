"""Backups: whole while others write, proved before they are relied on, and the way back from them."""

import contextlib
import errno
import json
import shutil
import sqlite3
import threading
import zipfile
from pathlib import Path

import pytest

from domain.errors import CannotWork, InputRejected, UsageError
from domain.states import Visibility
from plan.deciding import decide_label, set_visibility
from plan.ledger import record_event, transaction
from services.backups import KEPT, back_up, backups, described
from services.erasing import erase
from services.house import House
from services.restoring import Proved, proved, restore
from tests.services import making


def decided(house: House, note: str) -> str:
    """A label that a person decides; gives its recommendation."""
    (row,) = house.plan.query("SELECT min(id) AS id FROM recommendations")
    decide_label(house.plan, row["id"], quadrant="Q4", framework=house.framework, who="A. Reviewer", note=note)
    return str(row["id"])


def test_a_backup_brings_back_plan_models_and_pdfs(house: House, plan: Path) -> None:
    decided(house, "before")
    made = back_up(house)
    assert (made.holds.reviews, made.holds.decisions, made.originals) == (5, 1, True)
    before = making.dump(plan / "cap.db")
    decided(house, "after")
    set_visibility(house.plan, "F", Visibility.PUBLISHED, who="x")
    shutil.rmtree(plan / "originals")
    with proved(house, made.file) as given:
        assert given.holds == made.holds
        assert given.now is not None
        assert given.now.decisions == 2
        done = restore(house, given)
    assert making.ask(plan / "cap.db", "SELECT note FROM decisions") == [("before",)]
    assert making.ask(plan / "cap.db", "SELECT DISTINCT visibility FROM reviews") == [("draft",)]
    assert len(list((plan / "originals").glob("*.pdf"))) == 5
    assert done.missing == ()
    # Nothing differs from the day of the backup but that it says so itself, and counts and events that follow from it.
    after = making.dump(plan / "cap.db")
    said = [line for line in after if line not in before and "INSERT INTO" in line]
    assert {line.split('"')[1] for line in said if '"' in line} <= {"events", "counts", "sqlite_sequence"}, said
    assert making.ask(plan / "cap.db", "SELECT who, what FROM events ORDER BY id DESC LIMIT 1") == [
        ("A. Tester", "plan restored")
    ]
    assert done.before is not None
    assert described(done.before).holds.decisions == 2, "what stood before is kept"
    assert not [file for file in plan.iterdir() if file.name.startswith(".cap-")]


def test_a_backup_while_others_write_is_one_moment(house: House, plan: Path) -> None:
    """A writer changes two rows together, again and again; no copy ever shows one without the other."""
    stop, copies = threading.Event(), []

    def write() -> None:
        with making.house(plan) as other:
            number = 0
            while not stop.is_set():
                number += 1
                with transaction(other.plan):
                    for subject in ("left", "right"):
                        record_event(other.plan, who="writer", what=f"step {number}", subject=subject)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [back_up(house, originals=False) for _ in range(5)]
    finally:
        stop.set()
        writer.join()
    seen = set()
    for copy in copies:
        with proved(house, copy.file) as given:
            rows = making.ask(
                given.folder / "plan.db", "SELECT what, count(*) FROM events WHERE who = 'writer' GROUP BY what"
            )
            assert {count for _, count in rows} <= {2}
            seen.add(len(rows))
    assert len(seen) > 1, "the writer was at work meanwhile"


def test_own_backups_are_thinned_out_and_those_of_people_stay(house: House) -> None:
    by_hand = back_up(house, originals=False)
    for _ in range(KEPT + 2):
        back_up(house, why="before importing", originals=False)
    found = backups(house.settings)
    assert len(found) == KEPT + 1
    assert by_hand.file in {backup.file for backup in found}
    assert [backup.made for backup in found] == sorted((backup.made for backup in found), reverse=True)


def spoilt(source: Path, target: Path, name: str, content: bytes | None) -> Path:
    """A backup with one file changed, or added where it was not, or left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        if content is not None:
            new.writestr(name, content)
    return target


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("plan.db", b"SQLite format 3\0 but no more", "a file in it was changed: plan.db"),
        ("plan.db", None, "plan.db is missing"),
        ("../outside.txt", b"x", "does not belong in a backup"),
        ("models/../../outside.txt", b"x", "does not belong in a backup"),
        ("backup.json", b"{}", "is not a backup"),
        ("backup.json", b'{"format": 99}', "newer version"),
    ],
)
def test_a_backup_that_is_not_what_it_was_is_refused_and_nothing_changes(
    house: House, plan: Path, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    made = back_up(house, originals=False)
    bad = spoilt(made.file, tmp_path / "bad.zip", name, content)
    before = making.dump(plan / "cap.db")
    with pytest.raises(InputRejected, match=words), proved(house, bad):
        pass
    assert making.dump(plan / "cap.db") == before
    assert not (tmp_path / "outside.txt").exists()
    assert not list(plan.glob(".cap-*"))


def packed_anew(source: Path, target: Path, how: int) -> Path:
    """The same backup, as another program would pack it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", how) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
    return target


def test_a_backup_that_another_program_packed_is_taken_where_it_can_be_read(house: House, tmp_path: Path) -> None:
    made = back_up(house, originals=False)
    with proved(house, packed_anew(made.file, tmp_path / "same.zip", zipfile.ZIP_DEFLATED)) as given:
        assert given.holds == made.holds
    other = packed_anew(made.file, tmp_path / "other.zip", zipfile.ZIP_LZMA)
    with pytest.raises(InputRejected, match="re-zipped by another program"), proved(house, other):
        pass
    locked = bytearray(packed_anew(made.file, tmp_path / "locked.zip", zipfile.ZIP_STORED).read_bytes())
    with zipfile.ZipFile(tmp_path / "locked.zip") as archive:
        # Its signs are no way to find them: a model in it is such an archive too.
        starts = ((archive.infolist()[0].header_offset, 6), (archive.start_dir, 8))
    for start, place in starts:
        locked[start + place] |= 1  # the flag of a password
    (tmp_path / "locked.zip").write_bytes(locked)
    with pytest.raises(InputRejected, match="re-zipped by another program"), proved(house, tmp_path / "locked.zip"):
        pass


def test_where_there_is_no_room_to_open_a_backup_that_is_said(
    house: House, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(house, originals=False)
    before = making.dump(plan / "cap.db")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("services.backups._unpack_one", full)
    with pytest.raises(CannotWork, match=r"No space left on device.*Nothing was changed"), proved(house, made.file):
        pass
    assert making.dump(plan / "cap.db") == before
    assert not list(plan.glob(".cap-*"))


def test_whoever_has_the_plan_open_meets_the_restored_one(house: House, plan: Path) -> None:
    """As the web application has: another opening, in the middle of reading, and again afterwards."""
    made = back_up(house, originals=False)
    decided(house, "after")
    with contextlib.closing(sqlite3.connect(plan / "cap.db")) as other:
        rows = other.execute("SELECT id FROM recommendations")
        rows.fetchone()
        with proved(house, made.file) as given:
            restore(house, given)
        assert len(rows.fetchall()) > 1, "what was being read is read to its end"
        assert other.execute("SELECT count(*) FROM decisions").fetchone() == (0,)
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_cut_short_or_of_something_else_is_refused(house: House, tmp_path: Path) -> None:
    made = back_up(house)
    half = tmp_path / "half.zip"
    half.write_bytes(made.file.read_bytes()[: made.size // 2])
    word = tmp_path / "letter.docx"
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    for file in (half, word):
        with pytest.raises(InputRejected, match="not a backup"), proved(house, file):
            pass
    with pytest.raises(UsageError, match="There is no file"), proved(house, tmp_path / "nothing.zip"):
        pass


def test_a_plan_that_cannot_be_read_is_set_aside_and_restored(house: House, plan: Path) -> None:
    made = back_up(house)
    house.close()
    (plan / "cap.db").write_bytes(b"not a database at all " * 500)
    for end in ("-wal", "-shm"):
        (plan / f"cap.db{end}").unlink(missing_ok=True)
    with making.house(plan) as anew, proved(anew, made.file) as given:
        assert given.now is None
        done = restore(anew, given)
    assert making.ask(plan / "cap.db", "SELECT count(*) FROM reviews") == [(5,)]
    assert done.before is not None
    assert done.before.read_bytes().startswith(b"not a database")


def test_the_copy_made_before_a_migration_can_be_restored(house: House, plan: Path, tmp_path: Path) -> None:
    copy = tmp_path / "cap.before-0019.db"
    with sqlite3.connect(copy) as target:
        house.plan.conn.backup(target)
    decided(house, "later")
    with proved(house, copy) as given:
        assert given.backup is None
        restore(house, given)
    assert making.ask(plan / "cap.db", "SELECT count(*) FROM decisions") == [(0,)]


def test_what_was_erased_since_is_named(house: House) -> None:
    made = back_up(house)
    gone = erase(house, "F", why="asked for")
    assert made.file in gone.copies, "a backup that still has the words is named"
    with proved(house, made.file) as given:
        assert given.erased == ("F",)


def test_a_backup_is_never_written_over_and_never_half_there(house: House, tmp_path: Path) -> None:
    target = tmp_path / "mine.zip"
    back_up(house, out=target)
    with pytest.raises(UsageError, match="already"):
        back_up(house, out=target)
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWork):
        back_up(house, out=tmp_path / "file" / "mine.zip")


def test_without_a_plan_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    (tmp_path / "outputs").mkdir()
    with making.house(tmp_path / "outputs") as house, pytest.raises(CannotWork, match="no plan"):
        back_up(house)


def test_restoring_where_there_is_no_plan_yet(house: House, tmp_path: Path) -> None:
    made = back_up(house)
    with making.house(tmp_path / "elsewhere") as other:
        with proved(other, made.file) as given:
            assert isinstance(given, Proved)
            assert given.now is None
            restore(other, given)
        assert making.ask(other.settings.plan_file, "SELECT count(*) FROM reviews") == [(5,)]
        assert len(list(other.settings.originals.iterdir())) == 5


def test_models_of_the_backup_come_back(plan: Path, tmp_path: Path) -> None:
    """The model of the day of the backup is in use again; one trained since stays among the versions."""
    trained = tmp_path / "trained"
    shutil.copytree(making.trained() / "encoder", trained / "encoder")
    shipped = making.models() / "classifier"
    with making.house(plan, trained=trained) as house:
        none = back_up(house)
        house.classifier.save(trained / "classifier", created="2026-01-01T00:00:00+00:00")
        with proved(house, none.file) as given:
            restore(house, given)
        assert house.model_folder == shipped
        version = json.loads((shipped / "manifest.json").read_bytes())["version"]
        assert (trained / "versions" / version).is_dir()
        house.classifier.save(trained / "classifier", created="2026-01-01T00:00:00+00:00")
        with_model = back_up(house)
        shutil.rmtree(trained / "classifier")
        shutil.rmtree(trained / "versions")
        with proved(house, with_model.file) as given:
            restore(house, given)
        assert json.loads((trained / "classifier" / "manifest.json").read_bytes())["created"].startswith("2026-01-01")
        assert (trained / "versions" / version).is_dir()

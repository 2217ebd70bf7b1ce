"""Erasing leaves no copy of a review behind, wherever one lies among our files; what may not be removed is named."""

import hashlib
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from domain.errors import NotAllowed
from domain.files import part_in
from domain.records import Extraction, Particulars
from services.backups import back_up
from services.erasing import erase
from services.house import House
from services.keeping import keep_reading, keep_vectors
from services.restoring import proved, restore
from tests.services import making

PDF = making.reviews() / making.JUNIPER
SHA = hashlib.sha256(PDF.read_bytes()).hexdigest()
WHY = "The family asked for it."


@pytest.fixture
def letter(plan: Path) -> str:
    ((found,),) = making.ask(plan / "cap.db", "SELECT letter FROM reviews WHERE sha256 = ?", SHA)
    return str(found)


def put(file: Path, source: Path = PDF) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, file)
    return file


def copies(*folders: Path) -> list[Path]:
    """Files that hold the PDF, by their bytes."""
    content = PDF.read_bytes()
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if file.read_bytes() == content]


def test_no_copy_of_its_pdf_is_left_among_our_files(house: House, letter: str) -> None:
    corpus, outputs = house.settings.corpus, house.settings.outputs
    put(corpus / "again.pdf")
    put(corpus / "2024" / "autumn" / "Juniper.PDF")
    put(outputs / "uploads" / "0123456789abcdef" / "sent.pdf")
    # As a process that was killed leaves it: there is no such process.
    put(outputs / "originals" / part_in(outputs).name.replace(f"-{os.getpid()}-", "-999999999-"))
    other = put(corpus / "2024" / "hazel.pdf", making.reviews() / making.HAZEL)
    assert len(copies(corpus, outputs)) == 5
    gone = erase(house, letter, why=WHY)
    assert copies(corpus, outputs) == []
    assert {file.name for file in gone.deleted} == {"again.pdf", "Juniper.PDF", "sent.pdf", f"{SHA}.pdf"}
    assert (gone.left, gone.copies) == ((), ())
    assert other.exists(), "what is another review's stays"


def test_what_was_read_of_it_and_not_entered_goes(house: House, letter: str) -> None:
    keep_reading(house, SHA, Extraction(SHA, "juniper.pdf", 1, Particulars(title="Juniper"), ()))
    keep_vectors(house, SHA, np.array(["key"]), np.zeros((1, 4), np.float32))
    assert {file.suffix for file in house.settings.readings.iterdir()} == {".json", ".npz"}
    erase(house, letter, why=WHY)
    assert list(house.settings.readings.iterdir()) == []


def test_plans_that_were_set_aside_are_named(house: House, letter: str) -> None:
    backup = back_up(house)
    beside = house.settings.outputs
    (beside / "cap.before-second-20260101T000000Z.db").write_bytes(b"an older plan")
    house.close()
    (beside / "cap.db").write_bytes(b"no plan any more" * 100)
    (beside / "cap.db-wal").write_bytes(b"and its log")
    with proved(house, backup.file) as given:
        restore(house, given)
    gone = erase(house, letter, why=WHY)
    named = [file.name for file in gone.copies]
    assert named[0].startswith("cap.before-second")
    damaged = [name for name in named if name.startswith("cap.damaged-")]
    assert {"db", "db-wal"} <= {name.rpartition(".")[2] for name in damaged}
    assert set(named[1:]) == {*damaged, backup.file.name}
    assert sorted(file.name for file in beside.glob("cap.damaged-*")) == damaged


def test_only_the_backups_that_have_its_words_are_named_and_those_that_cannot_be_opened(
    house: House, letter: str
) -> None:
    with_it = back_up(house, originals=False).file
    (other,) = making.ask(house.settings.plan_file, "SELECT letter FROM reviews WHERE letter <> ? LIMIT 1", letter)
    erase(house, letter, why=WHY)
    without = back_up(house, originals=False).file
    damaged = house.settings.backup_folder / "plan-damaged.zip"
    damaged.write_bytes(without.read_bytes()[:2000])
    bare = house.settings.outputs / "cap.before-second-20260101T000000Z.db"
    with proved(house, without) as given:
        shutil.copy(given.folder / "plan.db", bare)
    before = {file: file.read_bytes() for file in (with_it, without, damaged, bare)}
    gone = erase(house, str(other[0]), why=WHY)
    assert set(gone.copies) == {bare, with_it, without, damaged}, "all have the other review"
    assert gone.unopened == (damaged,)
    assert {file: file.read_bytes() for file in before} == before, "they are only looked into"
    with proved(house, with_it) as given:
        restore(house, given)
    again = erase(house, letter, why=WHY)
    assert with_it in again.copies and not {bare, without} & set(again.copies), "there it was erased already"


def test_what_may_not_be_removed_is_named(
    house: House, letter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = put(house.settings.corpus / "kept.pdf")
    elsewhere = put(tmp_path / "elsewhere" / "juniper.pdf")
    link = house.settings.corpus / "link.pdf"
    link.symlink_to(elsewhere)
    unlink = Path.unlink

    def refused(file: Path, missing_ok: bool = False) -> None:
        if file == kept:
            raise PermissionError(13, "Permission denied")
        unlink(file, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refused)
    gone = erase(house, letter, why=WHY)
    assert gone.left == (kept, elsewhere)
    assert link in gone.deleted and elsewhere.exists()


def test_a_corpus_that_cannot_be_looked_through_is_named(house: House, letter: str) -> None:
    assert not house.settings.corpus.exists(), "such as a network drive that is not there"
    assert erase(house, letter, why=WHY).left == (house.settings.corpus,)


def test_what_came_again_after_erasing_is_deleted_by_erasing_again(house: House, letter: str) -> None:
    corpus = house.settings.corpus
    corpus.mkdir()
    erase(house, letter, why=WHY)
    put(corpus / "later" / "juniper.pdf")
    with pytest.raises(NotAllowed, match="deleted: 1"):
        erase(house, letter, why=WHY)
    assert copies(corpus, house.settings.outputs) == []
    with pytest.raises(NotAllowed) as told:
        erase(house, letter, why=WHY)
    assert "deleted" not in str(told.value)

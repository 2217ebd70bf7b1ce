"""Every bad file: one clear sentence with its name and what to do, the right code, the rest done, the plan as it was."""

import contextlib
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from plan.migrations import MIGRATIONS
from tests.cap.conftest import Cap
from tests.services import making

WHOLE = making.SAMPLES / "sar-mr-t.pdf"


def cut(file: Path) -> None:
    content = WHOLE.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    os.utime(file, (1, 1))


def half_copied(file: Path) -> None:
    content = WHOLE.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def locked(file: Path) -> None:
    with pikepdf.open(WHOLE) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(owner="owner", user="secret"))


def pictures(file: Path) -> None:
    """A page that is a picture, as a scanner leaves it."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        image = pikepdf.Stream(pdf, bytes(200 * 280))
        image.Type, image.Subtype, image.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
        image.Width, image.Height, image.BitsPerComponent = 200, 280, 8
        page = pdf.pages[0]
        name = page.add_resource(image, Name.XObject)
        page.contents_add(f"q 595 0 0 842 0 0 cm {name} Do Q".encode())
        pdf.save(file)


def no_pages(file: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(file)


def blank(file: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file)


def word(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")


BAD: dict[str, tuple[str, Callable[[Path], object], str, str]] = {
    "not a PDF": ("minutes.pdf", lambda f: f.write_text("Minutes of the Board"), "not a PDF", "save it as PDF"),
    "empty": ("empty.pdf", Path.touch, "empty", "again"),
    "truncated": ("cut.pdf", cut, "damaged", "Ask for the file again"),
    "password": ("locked.pdf", locked, "encrypted", "without the password"),
    "pictures only": ("scan.pdf", pictures, "a scan without readable text", "OCR"),
    "no pages": ("nothing.pdf", no_pages, "empty", "has no pages"),
    "blank pages": ("blank.pdf", blank, "empty", "blank pages"),
    "a folder": ("folder.pdf", Path.mkdir, "cannot be read", "Put the PDFs themselves"),
    "half copied": ("coming.pdf", half_copied, "still being copied", "Run again"),
    "a web page": ("download.pdf", lambda f: f.write_text("<!DOCTYPE html><p>Sign in"), "a web page", "download the PDF"),
    "a Word file": ("report.docx", word, "not a PDF", "save it as PDF"),
    "rubbish inside": ("rubbish.pdf", lambda f: f.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"%%EOF"), "damaged", "again"),
    "spaces, accents and signs": ("Übersicht  «é» & 100% [b]x[:1] $(id).pdf", Path.touch, "empty", "again"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_said_and_the_plan_is_as_it_was(cap: Cap, plan: Path, desk: Path, kind: str) -> None:
    name, make, reason, do = BAD[kind]
    making.copied(desk / "corpus", making.ROWAN)
    make(desk / "corpus" / name)
    before = contents(plan)
    ended = cap("run")
    assert ended.code == 1
    (line,) = [line for line in ended.err.splitlines() if not line.startswith("[")]
    assert line.startswith(f"Not taken ({reason}")
    assert name in line
    assert do in line
    assert line.endswith(".")
    assert "0 taken in, 1 known already, 1 not taken" in ended.out
    assert contents(plan) == before
    assert not list((desk / "outputs" / "readings").iterdir())
    assert len(list((desk / "outputs" / "originals").iterdir())) == 5


def contents(plan: Path) -> list[str]:
    """What is in the plan, but for the runs and what they refused: that a run took place, and of what, is to be known."""
    return [
        line for line in making.dump(plan) if not line.startswith(('INSERT INTO "runs"', 'INSERT INTO "refused_files"'))
    ]


def test_all_of_them_at_once_with_good_ones_between(cap: Cap, desk: Path) -> None:
    making.copied(desk / "corpus", making.CHILD_F, making.ROWAN)
    for name, make, _, _ in BAD.values():
        make(desk / "corpus" / name)
    ended = cap("run")
    assert ended.code == 1
    assert f"2 taken in, 0 known already, {len(BAD)} not taken" in ended.out
    said = [line for line in ended.err.splitlines() if line.startswith("Not taken ")]
    for name, _, reason, do in BAD.values():
        (line,) = [line for line in said if f": {name} " in line]
        assert line.startswith(f"Not taken ({reason}")
        assert do in line


def test_the_order_of_the_files_changes_no_reason(cap: Cap, desk: Path) -> None:
    """The reader is reused from file to file: nothing of one may be said of the next."""
    for place, (_, make, _, _) in enumerate([BAD["no pages"], BAD["password"], BAD["no pages"], BAD["rubbish inside"]]):
        make(desk / "corpus" / f"{place}.pdf")
    (desk / "corpus" / "2.pdf").write_bytes((desk / "corpus" / "2.pdf").read_bytes() + b"\n")
    ended = cap("run")
    reasons = {
        line.split(": ")[1][0]: line.split(" (")[1].split(")")[0]
        for line in ended.err.splitlines()
        if "Not taken" in line
    }
    assert reasons == {"0": "empty", "1": "encrypted", "2": "empty", "3": "damaged"}


def test_extract_says_the_same_of_a_bad_file(cap: Cap, desk: Path) -> None:
    for kind in ("password", "not a PDF"):
        name, make, _, _ = BAD[kind]
        make(desk / name)
    ended = cap("extract", "locked.pdf", "minutes.pdf", making.reviews() / making.ROWAN)
    assert ended.code == 1
    assert "locked.pdf is protected by a password" in ended.err
    assert "minutes.pdf is not a PDF" in ended.err
    assert ended.out.startswith(f"{making.ROWAN}: ")
    assert not (desk / "outputs" / "cap.db").exists()


def test_words_of_a_stranger_move_no_cursor(cap: Cap, desk: Path) -> None:
    name = "a\x1b[2J\x07\nb.pdf"
    (desk / "corpus" / name).write_bytes(b"no pdf")
    ended = cap("run")
    assert ended.code == 1
    assert "\x1b" not in ended.out + ended.err
    assert "a [2J  b.pdf is not a PDF" in ended.err


# ------------------------------------------------------------------------------------------------ the database


def newer(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("INSERT INTO plan_migrations (name, applied) VALUES ('0099 of the future', '2030-01-01')")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


def anothers(file: Path) -> None:
    file.unlink()
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE music (title TEXT)")


def no_database(file: Path) -> None:
    file.write_bytes(b"A letter to the Board. " * 400)


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


SICK = {
    "newer": (newer, "written by a newer version", "Install that version"),
    "another program's": (anothers, "database of another program", "CAP_DATABASE"),
    "no database": (no_database, "is not a database", "CAP_DATABASE"),
    "a folder": (folder, "is a folder, not a database", "CAP_DATABASE"),
}


@pytest.mark.parametrize("command", [["run"], ["search", "fathers"], ["adopt", "F 3"], ["export"]], ids=lambda c: c[0])
@pytest.mark.parametrize("sickness", SICK)
def test_a_database_that_cannot_be_used_is_left_as_it_was(
    cap: Cap, plan: Path, desk: Path, sickness: str, command: list[str]
) -> None:
    make, words, do = SICK[sickness]
    make(plan)
    making.copied(desk / "corpus", making.ROWAN)
    before = plan.read_bytes() if plan.is_file() else b""
    ended = cap(*command)
    assert (ended.code, ended.out) == (3, "")
    said = [line for line in ended.err.splitlines() if not line.startswith("[")]
    assert len(said) == 1
    assert words in said[0]
    assert do in said[0]
    assert (plan.read_bytes() if plan.is_file() else b"") == before
    assert not list(plan.parent.glob("cap.before-*"))


def test_commands_that_ask_say_how_to_begin_where_there_is_no_plan(cap: Cap, desk: Path) -> None:
    for command in (["search", "x"], ["counts"], ["export"], ["round"], ["meeting", "--since", "2026-01-01"]):
        ended = cap(*command)
        assert (ended.code, ended.out) == (3, "")
        assert "There is no plan at" in ended.err
        assert "cap run" in ended.err
    assert not (desk / "outputs" / "cap.db").exists()


def test_outputs_that_are_a_file_are_said(cap: Cap, desk: Path) -> None:
    making.copied(desk / "corpus", making.ROWAN)
    (desk / "outputs").write_text("a note")
    ended = cap("run")
    assert (ended.code, ended.out) == (3, "")
    assert str(desk / "outputs") in ended.err
    assert (desk / "outputs").read_text() == "a note"


def test_a_workbook_that_cannot_be_replaced_is_said_and_the_plan_is_kept(cap: Cap, desk: Path) -> None:
    making.copied(desk / "corpus", making.ROWAN)
    (desk / "outputs" / "composite-action-plan.xlsx").mkdir(parents=True)
    ended = cap("run")
    assert ended.code == 3
    assert "composite-action-plan.xlsx is a folder" in ended.err
    assert len(making.said(desk / "outputs" / "cap.db")) > 0
    shutil.rmtree(desk / "outputs" / "composite-action-plan.xlsx")
    assert cap("run").code == 0
    assert (desk / "outputs" / "composite-action-plan.xlsx").is_file()

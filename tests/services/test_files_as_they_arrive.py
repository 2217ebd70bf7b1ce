"""What lies in a corpus, and what a file is by its bytes alone."""

import hashlib
import os
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import CannotWork
from domain.records import Rejected
from domain.states import Reason
from services.intake import FRESH_SECONDS, Arrival, files_in, look_at, shown_name
from tests.services import making

WHOLE = b"%PDF-1.7\n" + b"x" * 5000 + b"\n%%EOF\n"


def lay(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(WHOLE)


def names(corpus: Path) -> list[str]:
    return [file.relative_to(corpus).as_posix() for file in files_in(corpus)]


def test_documents_are_listed_by_name_with_those_in_folders(tmp_path: Path) -> None:
    lay(
        tmp_path, "b.PDF", "A.pdf", "2024/c.pdf", "letter.docx", "notes.txt", ".hidden.pdf", "~$open.docx", ".git/d.pdf"
    )
    assert names(tmp_path) == ["2024/c.pdf", "A.pdf", "b.PDF", "letter.docx"]


def test_the_samples_in_a_corpus_are_left_out_and_listed_where_they_are_the_corpus(tmp_path: Path) -> None:
    lay(tmp_path, "mine.pdf", "samples/theirs.pdf")
    (tmp_path / "samples" / "samples.toml").touch()
    assert names(tmp_path) == ["mine.pdf"]
    assert names(tmp_path / "samples") == ["theirs.pdf"]


def test_a_link_that_leads_back_does_not_list_a_file_twice(tmp_path: Path) -> None:
    lay(tmp_path, "a.pdf", "sub/b.pdf")
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "itself").symlink_to(tmp_path / "itself")
    assert sorted(names(tmp_path)) == ["a.pdf", "sub/b.pdf"]


def test_a_folder_under_two_names_is_looked_into_once(tmp_path: Path) -> None:
    lay(tmp_path, "2024/b.pdf")
    (tmp_path / "latest").symlink_to(tmp_path / "2024", target_is_directory=True)
    assert names(tmp_path) == ["2024/b.pdf"]


def test_a_folder_named_as_a_pdf_and_a_dead_link_are_listed_to_be_rejected_by_name(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    found = [look_at(file) for file in files_in(tmp_path)]
    assert [(f.file, f.reason) for f in found if isinstance(f, Rejected)] == [
        ("folder.pdf", Reason.UNREADABLE),
        ("gone.pdf", Reason.UNREADABLE),
    ]
    assert "is a folder" in str(found[0])


@pytest.mark.parametrize("make", [lambda place: None, Path.touch], ids=["nothing there", "a file"])
def test_a_corpus_that_is_no_folder_is_said_with_its_place(tmp_path: Path, make: object) -> None:
    make(tmp_path / "corpus")  # type: ignore[operator]
    with pytest.raises(CannotWork, match=r"corpus.*CAP_CORPUS"):
        files_in(tmp_path / "corpus")


def zipped(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")


@pytest.mark.parametrize(
    ("name", "content", "reason", "do"),
    [
        ("notes.pdf", b"Dear all,\n" * 50, Reason.NOT_A_PDF, "save it as PDF"),
        ("letter.docx", None, Reason.NOT_A_PDF, "save it as PDF"),
        ("empty.pdf", b"", Reason.EMPTY, "again"),
        ("page.pdf", b"\n <!DOCTYPE html><html></html>", Reason.WEB_PAGE, "download the PDF"),
        ("page2.pdf", b"<?xml version='1.0'?><html lang='en'>", Reason.WEB_PAGE, "download the PDF"),
        ("page3.pdf", b"\xef\xbb\xbf<!doctype html>no %PDF- here", Reason.WEB_PAGE, "download the PDF"),
    ],
)
def test_what_is_no_whole_pdf_is_rejected_with_its_name_and_what_to_do(
    tmp_path: Path, name: str, content: bytes | None, reason: Reason, do: str
) -> None:
    file = tmp_path / name
    zipped(file) if content is None else file.write_bytes(content)
    os.utime(file, (1, 1))
    found = look_at(file)
    assert isinstance(found, Rejected)
    assert (found.file, found.reason) == (name, reason)
    assert name in found.message
    assert do in found.message


def test_half_a_file_that_changed_just_now_is_still_being_copied_and_later_it_is_read_as_far_as_it_goes(
    tmp_path: Path,
) -> None:
    file = tmp_path / "large.pdf"
    file.write_bytes(WHOLE[:3000])
    now = look_at(file)
    assert isinstance(now, Rejected)
    assert now.reason is Reason.STILL_COPYING
    then = time.time() - FRESH_SECONDS - 1
    os.utime(file, (then, then))
    assert isinstance(look_at(file), Arrival)


def test_a_file_beyond_the_largest_is_rejected_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.pdf"
    with file.open("wb") as stream:
        stream.truncate(301 * 1024 * 1024)
    found = look_at(file)
    assert isinstance(found, Rejected)
    assert found.reason is Reason.TOO_LARGE
    assert "301 MB" in found.message


def test_a_whole_pdf_arrives_with_its_name_and_checksum() -> None:
    file = making.reviews() / making.CHILD_F
    assert look_at(file) == Arrival(file, making.CHILD_F, hashlib.sha256(file.read_bytes()).hexdigest())


@pytest.mark.skipif(os.name == "nt", reason="names of files are text on Windows")
def test_a_name_that_is_no_text_is_said_and_can_be_shown(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/Child \xe9.pdf"))
    file.write_bytes(WHOLE)
    found = look_at(file)
    assert isinstance(found, Rejected)
    assert found.reason is Reason.UNREADABLE
    assert "Rename" in found.message
    found.message.encode()


@given(st.text(st.characters(codec=None, exclude_characters="/\0"), min_size=1, max_size=40))
def test_a_shown_name_is_printable_and_one_line(name: str) -> None:
    shown = shown_name(Path("folder") / f"x{name}")
    assert shown.isprintable()
    shown.encode()


@given(middle=st.binary(max_size=3000), start=st.booleans(), end=st.booleans())
def test_looking_never_raises_and_takes_only_what_starts_and_ends_as_a_pdf(
    middle: bytes, start: bool, end: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.pdf"
    content = (b"%PDF-1.4" if start else b"") + middle + (b"%%EOF" if end else b"")
    file.write_bytes(content)
    found = look_at(file)
    if isinstance(found, Arrival):
        assert found.sha256 == hashlib.sha256(content).hexdigest()
        assert b"%PDF-" in content[:1024]
        assert b"%%EOF" in content
    else:
        assert "any.pdf" in found.message
    if start and end:
        assert isinstance(found, Arrival)

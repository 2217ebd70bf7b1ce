"""Files that cannot be read, or not whole: each gives one clear sentence; nothing is taken for whole that is not."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from domain.states import Reason
from extract.ocr_tools import recogniser
from extract.reader import read_json
from tests.extract.scanning import without_ocr

Typeset = Callable[..., Path]


def _rejected(file: Path) -> tuple[str, str]:
    result = read_json(str(file), file.name)
    assert set(result) == {"file", "rejected"}
    assert result["file"] == file.name
    message = result["rejected"]["message"]
    assert file.name in message
    assert message.endswith(".")
    return result["rejected"]["reason"], message


def _picture(file: Path) -> Path:
    """A photograph of nothing: a scan on which there are no words."""
    Image.radial_gradient("L").resize((620, 877)).convert("RGB").save(file)
    return file


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Dear all, please find the review attached.\n", Reason.NOT_A_PDF),
        (b"PK\x03\x04 a document of another kind", Reason.NOT_A_PDF),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", Reason.WEB_PAGE),
        (b"\n\n  <html><head><title>Sign in</title></head></html>", Reason.WEB_PAGE),
        (b"\xef\xbb\xbf \r\n<!doctype html><title>%PDF-1.7 cannot be shown</title>%%EOF", Reason.WEB_PAGE),
        ("<html><body>Sign in</body></html>".encode("utf-16"), Reason.WEB_PAGE),
        (b"", Reason.EMPTY),
        (b"%PDF-1.7\n", Reason.DAMAGED),
        (b"%PDF-1.7\nnothing that follows is a document\n%%EOF\n", Reason.DAMAGED),
    ],
)
def test_what_is_not_a_readable_pdf(tmp_path: Path, content: bytes, reason: Reason) -> None:
    file = tmp_path / "Überprüfung of a review.pdf"
    file.write_bytes(content)
    assert _rejected(file)[0] == reason.value


def test_empty_pages(tmp_path: Path) -> None:
    file = tmp_path / "blank.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.add_blank_page()
    pdf.save(file)
    reason, message = _rejected(file)
    assert reason == Reason.EMPTY.value
    assert "blank" in message


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99, 0.999])
def test_a_truncated_file_is_not_taken_for_whole(typeset: Typeset, narrative: str, asks: Any, share: float) -> None:
    file = typeset(f"= Story\n\n{narrative}\n\n#pagebreak()\n= Recommendations\n\n+ {asks[0]}\n+ {asks[1]}")
    content = file.read_bytes()
    file.write_bytes(content[: int(share * len(content))])
    result = read_json(str(file), file.name)
    if "rejected" in result:
        reason, message = _rejected(file)
        assert reason == Reason.DAMAGED.value
        assert "Ask for the file again" in message
    else:
        assert result["partial"] is True
        assert "The file is damaged" in " ".join(result["warnings"])


def test_a_file_of_which_nearly_nothing_arrived_is_refused(typeset: Typeset, asks: Any) -> None:
    file = typeset(f"= Recommendations\n\n+ {asks[0]}")
    file.write_bytes(file.read_bytes()[:60])
    reason, message = _rejected(file)
    assert reason == Reason.DAMAGED.value
    assert "ends in the middle" in message


def test_a_few_bytes_after_the_end_do_no_harm(typeset: Typeset, asks: Any) -> None:
    file = typeset(f"= Recommendations\n\n+ {asks[0]}\n+ {asks[1]}")
    file.write_bytes(file.read_bytes() + b"\r\n\x00\x00" + b" " * 900)
    assert len(read_json(str(file), file.name)["recommendations"]) == 2


def test_a_file_whose_middle_was_lost_is_not_taken_for_whole(typeset: Typeset, narrative: str, asks: Any) -> None:
    """A copy that lost a block of its middle still ends in the mark of the end; its list of contents points astray."""
    file = typeset(f"= Story\n\n{narrative}\n\n#pagebreak()\n= Recommendations\n\n+ {asks[0]}\n+ {asks[1]}")
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 3] + content[len(content) // 2 :])
    result = read_json(str(file), file.name)
    assert "rejected" in result or result["warnings"]


def test_a_password_protected_file(typeset: Typeset, tmp_path: Path, asks: Any) -> None:
    source = typeset(f"= Recommendations\n\n+ {asks[0]}")
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(source) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="owner", user="user", R=6))
    reason, message = _rejected(locked)
    assert reason == Reason.ENCRYPTED.value
    assert "password" in message


def test_a_file_that_only_forbids_printing_is_read(typeset: Typeset, tmp_path: Path, asks: Any) -> None:
    source = typeset(f"= Recommendations\n\n+ {asks[0]}\n+ {asks[1]}")
    restricted = tmp_path / "restricted.pdf"
    with pikepdf.open(source) as pdf:
        pdf.save(restricted, encryption=pikepdf.Encryption(owner="owner", user="", R=6))
    assert len(read_json(str(restricted), restricted.name)["recommendations"]) == 2


def test_pictures_of_pages_only(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    Image.open(_picture(tmp_path / "page.png")).save(file)
    reason, message = _rejected(file)
    assert reason == Reason.NO_TEXT.value
    assert "OCR" in message


def _mixed(typeset: Typeset, tmp_path: Path, asks: Any) -> Path:
    """A page of text, a picture of a page, and a picture that is wrapped in a form object, as scanners do with strips."""
    source = typeset(f"= Recommendations\n\n+ {asks[0]}\n+ {asks[1]}")
    scan, mixed = tmp_path / "scan.pdf", tmp_path / "mixed.pdf"
    Image.open(_picture(tmp_path / "page.png")).save(scan)
    with pikepdf.open(source) as pdf, pikepdf.open(scan) as pictures:
        pdf.pages.extend(pictures.pages)
        form = pdf.copy_foreign(pictures.pages[0].as_form_xobject())
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm=form))
        page.Contents = pdf.make_stream(b"q 1 0 0 1 0 0 cm /Fm Do Q")
        pdf.save(mixed)
    return mixed


@pytest.mark.parametrize("installed", [True, False], ids=["with OCR", "without OCR"])
def test_pictures_of_pages_among_pages_of_text_are_named(
    typeset: Typeset, tmp_path: Path, asks: Any, installed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not installed:
        without_ocr(monkeypatch)
    elif not recogniser().ready:
        pytest.skip("Tesseract is not installed")
    file = _mixed(typeset, tmp_path, asks)
    result = read_json(str(file), file.name)
    assert len(result["recommendations"]) == 2
    assert result["partial"] is True
    (warning,) = result["warnings"]
    assert "2, 3" in warning
    assert ("no words were recognised" if installed else "apt install tesseract-ocr") in warning


def test_text_made_invisible_under_a_scan_is_read(typeset: Typeset, tmp_path: Path, asks: Any) -> None:
    source = typeset(f"= Recommendations\n\n*Recommendation 1:* {asks[0]}\n\n*Recommendation 2:* {asks[1]}")
    scan, layered = tmp_path / "scan.pdf", tmp_path / "layered.pdf"
    Image.open(_picture(tmp_path / "page.png")).save(scan)
    with pikepdf.open(source) as pdf, pikepdf.open(scan) as pictures:
        page = pdf.pages[0]
        page.contents_add(b"3 Tr", prepend=True)
        page.add_overlay(pictures.pages[0])
        pdf.save(layered)
    result = read_json(str(layered), layered.name)
    assert [r["text"] for r in result["recommendations"]] == list(asks[:2])
    assert result["partial"] is False


def test_the_checksum_is_that_of_the_file(typeset: Typeset, asks: Any) -> None:
    file = typeset(f"= Recommendations\n\n+ {asks[0]}")
    result = read_json(str(file), "another name.pdf")
    assert result["review"]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert result["review"]["file"] == "another name.pdf"

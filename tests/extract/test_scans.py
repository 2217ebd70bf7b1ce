"""Scanned reviews: recognised, righted, set straight, and found again on the page as it is shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.records import Box
from domain.states import Reason
from extract.ocr_tools import Recogniser, recogniser
from extract.reader import read_json
from extract.turns import Turn
from tests.extract.scanning import scanned, without_ocr

Typeset = Callable[..., Path]
needs_ocr = pytest.mark.skipif(not recogniser().ready, reason="Tesseract with its English data is not installed")


@pytest.fixture
def review(typeset: Typeset, asks: Any) -> Path:
    return typeset(
        f"""= Serious Case Review: Child W

        The panel met on four occasions and read what the agencies had written.

        = Recommendations

        *Recommendation 1:* {asks[0]}

        *Recommendation 2:* {asks[1]}

        = What happens next

        The board will report on progress in its annual report."""
    )


def texts(result: dict[str, Any]) -> list[tuple[str | None, str]]:
    return [(r["number"], r["text"]) for r in result["recommendations"]]


def boxes(result: dict[str, Any]) -> list[Box]:
    return [Box(**box) for r in result["recommendations"] for box in r["boxes"]]


def near(a: Box, b: Box, by: float) -> bool:
    return a.page == b.page and all(
        abs(p - q) <= by for p, q in zip((a.x0, a.top, a.x1, a.bottom), (b.x0, b.top, b.x1, b.bottom), strict=True)
    )


@needs_ocr
def test_a_skewed_scan_is_read_like_the_review_itself(review: Path, tmp_path: Path) -> None:
    expected = read_json(str(review), review.name)
    file = scanned(review, tmp_path / "scan.pdf", skew=1.5)
    result = read_json(str(file), file.name)
    assert texts(result) == texts(expected)
    assert [r["section"] for r in result["recommendations"]] == [r["section"] for r in expected["recommendations"]]
    assert result["partial"] is False
    (warning,) = result["warnings"]
    assert warning.startswith("Page 1 was read by text recognition: compare")
    # 1.5 degrees over the width of the text make a box that much higher, and shift it as far.
    assert all(near(a, b, 20) for a, b in zip(boxes(result), boxes(expected), strict=True))


@needs_ocr
@pytest.mark.parametrize("quarters", [90, 180, 270])
def test_a_sheet_that_lay_on_its_side_is_righted_and_its_boxes_are_where_they_are_shown(
    review: Path, tmp_path: Path, quarters: int
) -> None:
    expected = read_json(str(review), review.name)
    file = scanned(review, tmp_path / "scan.pdf", quarters=quarters)
    result = read_json(str(file), file.name)
    assert texts(result) == texts(expected)
    back = Turn((360 - quarters) % 360, 0.0, 595.3, 841.9)
    shown = [back.undo_box(box) for box in boxes(expected)]
    assert all(near(a, b, 6) for a, b in zip(boxes(result), shown, strict=True))


@needs_ocr
def test_only_the_pages_without_text_are_recognised(typeset: Typeset, tmp_path: Path, asks: Any) -> None:
    source = typeset(f"= Recommendations\n\n+ {asks[0]}\n\n#pagebreak()\n+ {asks[1]}\n\n#pagebreak()\n+ {asks[2]}")
    file = scanned(source, tmp_path / "mixed.pdf", pages=(2,))
    result = read_json(str(file), file.name)
    assert [r["text"] for r in result["recommendations"]] == list(asks[:3])
    assert [r["page"] for r in result["recommendations"]] == [1, 2, 3]
    (warning,) = result["warnings"]
    assert warning.startswith("Page 2 was read by text recognition")


@needs_ocr
def test_the_first_call_only_counts_the_pages(review: Path, tmp_path: Path) -> None:
    file = scanned(review, tmp_path / "scan.pdf")
    assert read_json(str(file), file.name, None, False) == {"recognise": 1}


def test_without_tesseract_a_scan_is_refused_with_the_way_to_install_it(
    review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_ocr(monkeypatch)
    file = scanned(review, tmp_path / "scan.pdf")
    for recognise in (True, False):
        rejected = read_json(str(file), "Child W.pdf", None, recognise)["rejected"]
        assert rejected["reason"] == Reason.NO_TEXT.value
        assert rejected["message"].startswith("Child W.pdf needs OCR")
        for way in ("apt install tesseract-ocr", "brew install tesseract", "winget install"):
            assert way in rejected["message"]


@pytest.mark.parametrize(
    ("found", "ready", "words"),
    [
        (Recogniser("", frozenset()), False, "Tesseract is not installed"),
        (Recogniser("5.3.0", frozenset({"osd"})), False, "English data of Tesseract is not installed"),
        (Recogniser("5.3.0", frozenset({"eng", "osd"})), True, ""),
    ],
)
def test_what_is_missing_is_named(found: Recogniser, ready: bool, words: str) -> None:
    assert found.ready is ready
    assert words in found.missing
    assert bool(found.missing) is not ready


@pytest.mark.parametrize("quarters", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 1.5, -4.0])
def test_a_turn_undone_leads_every_corner_back_onto_the_sheet(quarters: int, skew: float) -> None:
    width, height = (842.0, 595.0) if quarters in (90, 270) else (595.0, 842.0)
    turn = Turn(quarters, skew, width, height)
    assert turn.undo(width / 2, height / 2) == pytest.approx((297.5, 421.0))
    near_corner, far_corner = turn.undo(0, 0), turn.undo(width, height)
    assert near_corner[0] + far_corner[0] == pytest.approx(595.0)
    assert near_corner[1] + far_corner[1] == pytest.approx(842.0)

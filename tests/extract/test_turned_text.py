"""Watermarks behind and over the text, words set on their side, and pages that lie on their side."""

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from extract.document import Document
from extract.reader import read_json
from tests.extract.scanning import scanned
from tests.extract.source import labelled

Read = Callable[..., dict[str, Any]]
Typeset = Callable[..., Path]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]

MARKS = {
    "from corner to corner": 'background: rotate(-52deg, text(size: 120pt, weight: "bold", fill: luma(244))[DRAFT])',
    "of several words": "background: rotate(-35deg, text(size: 60pt, fill: luma(230))[DRAFT FOR COMMENT ONLY])",
    "small": "background: rotate(30deg, text(size: 24pt, fill: luma(220))[Not for circulation])",
    "over the text": "foreground: rotate(-60deg, text(size: 90pt, fill: rgb(255, 0, 0, 60))[CONFIDENTIAL])",
    "upwards": "background: rotate(-90deg, text(size: 100pt, fill: luma(240))[DRAFT])",
    "upright": 'background: text(size: 110pt, weight: "bold", fill: luma(240))[DRAFT]',
    "upright in two lines": "foreground: text(size: 60pt, fill: rgb(0, 0, 0, 30))[DRAFT FOR COMMENT]",
}


def _expected(asks: tuple[str, ...]) -> list[tuple[str | None, str]]:
    return [(str(n), ask) for n, ask in enumerate(asks, 1)]


def _table(asks: tuple[str, ...], heads: str = "[Lead], [By when]") -> str:
    rows = "\n".join(f"[{n}], [{ask}], [Team {n}], [May 20{n + 20}]," for n, ask in enumerate(asks, 1))
    return f"#table(columns: (1.2cm, 1fr, 2.4cm, 2.4cm), table.header([No.], [Recommendation], {heads}),\n{rows})"


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS.keys())
def test_a_watermark_is_woven_into_no_line(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str, mark: str
) -> None:
    numbered = read(f"#set page({mark})\n= Story\n\n{narrative}\n\n= Recommendations\n\n{labelled(asks)}")
    assert found(numbered) == _expected(asks)
    bullets = "\n".join(f"- {ask}" for ask in asks)
    listed = read(f"#set page({mark})\n= Recommendations\n\n{bullets}\n\n= Next\n\n{narrative}")
    assert [r["text"] for r in listed["recommendations"]] == list(asks)


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS.keys())
@pytest.mark.parametrize("rules", ["0.5pt", "none"])
def test_a_watermark_is_woven_into_no_table(
    read: Read, found: Pairs, asks: tuple[str, ...], mark: str, rules: str
) -> None:
    result = read(f"#set page({mark})\n#set table(stroke: {rules})\n= Recommendations\n\n{_table(asks)}")
    assert found(result) == _expected(asks)
    assert [r["addressee"] for r in result["recommendations"]] == [f"Team {n}" for n in range(1, 11)]


def test_a_watermark_where_no_text_crosses_it_ends_no_list(read: Read, asks: tuple[str, ...], narrative: str) -> None:
    """It is known by the page before."""
    first, rest = ("\n".join(f"- {ask}" for ask in part) for part in (asks[:2], asks[2:4]))
    result = read(
        f"#set page(background: text(size: 80pt, fill: luma(240))[DRAFT])\n= Story\n\n{narrative}\n\n{narrative}\n\n"
        f"{narrative}\n\n#pagebreak()\n= Recommendations\n\n{first}\n\n#pagebreak()\n{rest}"
    )
    assert [r["text"] for r in result["recommendations"]] == list(asks[:4])


def test_a_name_along_the_margin_is_woven_into_no_line(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    spine = "Eastmoor Safeguarding Children Partnership: a review of Child Z, version four"
    result = read(
        f"#set page(background: place(left + horizon, dx: 0.6cm, rotate(-90deg, reflow: true)[{spine}]))\n"
        f"= Story\n\n{narrative}\n\n= Recommendations\n\n{labelled(asks)}"
    )
    assert found(result) == _expected(asks)


def test_heads_of_columns_that_stand_on_their_side(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    heads = ", ".join(f"rotate(-90deg, reflow: true)[{head}]" for head in ("Lead agency", "By when"))
    result = read(f"= Recommendations\n\n{_table(asks[:4], heads)}")
    assert found(result) == _expected(asks[:4])
    assert [(r["addressee"], r["target_date"]) for r in result["recommendations"]] == [
        (f"Team {n}", f"May 20{n + 20}") for n in range(1, 5)
    ]


def test_an_agency_that_stands_on_its_side_beside_its_rows(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    def rows(agency: str, first: int) -> str:
        spine = f"table.cell(rowspan: 2, rotate(-90deg, reflow: true)[{agency}]),"
        return spine + "\n".join(f"[{first + n}], [{ask}]," for n, ask in enumerate(asks[first - 1 : first + 1]))

    result = read(
        "= Recommendations\n\n#table(columns: (1.2cm, 1.2cm, 1fr), table.header([Lead], [No.], [Recommendation]),\n"
        f"{rows('The police', 1)}\n{rows('Health and schools', 3)})"
    )
    assert found(result) == _expected(asks[:4])
    leads = [r["addressee"] for r in result["recommendations"]]
    assert leads == ["The police", "The police", "Health and schools", "Health and schools"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_whose_text_runs_another_way(typeset: Typeset, found: Pairs, asks: tuple[str, ...], turn: int) -> None:
    """A wide table is often set sideways on an upright page; its boxes lie where it is shown."""
    file = typeset(f"#rotate({turn}deg, reflow: true)[#box(width: 17cm)[= Recommendations\n\n{_table(asks[:4])}]]")
    result = read_json(str(file), file.name)
    assert found(result) == _expected(asks[:4])
    assert result["recommendations"][3]["addressee"] == "Team 4"
    with pypdfium2.PdfDocument(file) as pdf:
        page = pdf[0]
        text, height = page.get_textpage(), page.get_height()
        for item in result["recommendations"]:
            (box,) = item["boxes"]
            inside = text.get_text_bounded(box["x0"], height - box["bottom"], box["x1"], height - box["top"])
            assert sorted(re.findall(r"\w+", inside)) == sorted(re.findall(r"\w+", item["text"]))


def test_a_scan_with_a_watermark_in_type_is_a_scan(typeset: Typeset, tmp_path: Path, asks: tuple[str, ...]) -> None:
    picture = scanned(typeset(labelled(asks[:2])), tmp_path / "scan.pdf")
    mark = typeset("#align(center + horizon, rotate(-45deg, text(size: 40pt)[DRAFT: NOT FOR FURTHER CIRCULATION]))")
    stamped = tmp_path / "stamped.pdf"
    with pikepdf.open(picture) as pdf, pikepdf.open(mark) as stamp:
        pdf.pages[0].add_overlay(stamp.pages[0])
        pdf.save(stamped)
    with Document(stamped) as document:
        assert document.page(1).scanned


def test_a_damaged_matrix_turns_nothing(
    typeset: Typeset, monkeypatch: pytest.MonkeyPatch, asks: tuple[str, ...]
) -> None:
    sound = pdfium.FPDFText_GetMatrix

    def damaged(raw: object, index: int, matrix: Any) -> Any:
        found = sound(raw, index, matrix)
        matrix._obj.a = matrix._obj.b = math.nan
        return found

    monkeypatch.setattr(pdfium, "FPDFText_GetMatrix", damaged)
    with Document(typeset(asks[0])) as document:
        assert " ".join(line.text for line in document.page(1).lines).startswith(asks[0])

"""Columns, page breaks, furniture, footnotes, figures, and type that hides what it says."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from extract.reader import read_json
from tests.extract.source import labelled

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]


def _expected(asks: tuple[str, ...]) -> list[tuple[str | None, str]]:
    return [(str(n), ask) for n, ask in enumerate(asks, 1)]


def test_two_columns(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    items = "\n\n".join(f"{n}\\. {ask}" for n, ask in enumerate(asks, 1))
    result = read(
        f"#set page(columns: 2)\n#set text(size: 10pt)\n= The story\n\n{narrative}\n\n{narrative}\n\n"
        f"= Recommendations\n\n{items}\n\n= The method\n\n{narrative}"
    )
    assert found(result) == _expected(asks)


def test_running_heads_feet_and_page_numbers_between_the_halves_of_an_item(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    long = tuple(f"{a} {b} {c}" for a, b, c in zip(asks, asks[2:], asks[4:], strict=False))
    result = read(
        "#set page(height: 10cm, header: [Safeguarding review: Child Z #h(1fr) Confidential], "
        "footer: context [Eastmoor Partnership, version 4 #h(1fr) Page #counter(page).display() of 9])\n"
        f"= Recommendations\n\n{labelled(long)}"
    )
    assert found(result) == _expected(long)
    assert any(len(r["pages"]) == 2 for r in result["recommendations"])


def test_an_item_over_three_pages(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    parts = "\n\n".join(f"({letter}) {ask}" for letter, ask in zip("abcdefghij", asks, strict=True))
    result = read(
        f"#set page(height: 11cm)\n= Recommendations\n\n*Recommendation 1:* {asks[0]}\n\n"
        f"*Recommendation 2:* Every agency should do what follows:\n\n{parts}\n\n*Recommendation 3:* {asks[1]}"
    )
    numbers, texts = zip(*found(result), strict=True)
    assert numbers == ("1", "2", "3")
    assert texts[1].startswith("Every agency should do what follows: (a)")
    assert texts[1].endswith(asks[9])
    assert len(result["recommendations"][1]["pages"]) >= 3


def test_a_footnote_between_the_halves_of_an_item(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    long = tuple(f"{a} {b} {c}" for a, b, c in zip(asks, asks[2:], asks[4:], strict=False))
    body = "\n\n".join(
        f"*Recommendation {n}:* {ask[:-1]}#footnote[See the guidance, which agencies should read.]."
        for n, ask in enumerate(long, 1)
    )
    result = read(f"#set page(height: 12cm)\n= Recommendations\n\n{body}")
    assert found(result) == _expected(long)


def test_an_item_that_ends_with_its_page(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    result = read(
        f"= Recommendations\n\n*Recommendation 1:* {asks[0]}\n\n#pagebreak()\n*Recommendation 2:* {asks[1]}\n\n"
        f"#pagebreak()\n= Appendix\n\n{narrative}"
    )
    assert found(result) == _expected(asks[:2])
    assert [r["page"] for r in result["recommendations"]] == [1, 2]


@pytest.mark.parametrize("heading", ["R E C O M M E N D A T I O N S", "#text(tracking: 4pt)[Recommendations]",
                                     "#text(tracking: 6pt)[RECOMMENDATIONS]", "RECOMMENDATIONS", "#smallcaps[Recommendations]"])  # fmt: skip
def test_headings_in_capitals_or_spaced(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str, heading: str
) -> None:
    items = "\n\n".join(f"{n}\\. {ask}" for n, ask in enumerate(asks[:3], 1))
    result = read(f"= Story\n\n{narrative}\n\n= {heading}\n\n{items}")
    assert found(result) == _expected(asks[:3])


def test_ligatures_soft_hyphens_and_curly_quotes(read: Read, found: Pairs) -> None:
    ask = (
        "The first office should affirm the staff’s official “duty of confidence” and define sufficient, efficient "
        "flows of information across safe\u00adguard\u00ading part\u00adner\u00adships and their affiliates."
    )
    result = read(
        f"#set par(justify: true)\n#set text(hyphenate: true)\n#set page(width: 9cm, margin: 1.5cm)\n"
        f"= Recommendations\n\n1\\. {ask}\n\n2\\. {ask} {ask}"
    )
    plain = ask.replace("\u00ad", "")
    assert found(result) == [("1", plain), ("2", f"{plain} {plain}")]


def test_text_drawn_in_the_wrong_order(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    placed = "\n".join(
        f"#place(top + left, dy: {3 + 2.2 * n}cm)[#box(width: 16cm)[*Recommendation {n + 1}:* {ask}]]"
        for n, ask in reversed(list(enumerate(asks[:5])))
    )
    result = read(f"{placed}\n#place(top + left, dy: 1cm)[= Recommendations]")
    assert found(result) == _expected(asks[:5])


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotated_pages(typeset: Any, tmp_path: Path, found: Pairs, asks: tuple[str, ...], turn: int) -> None:
    """A page kept on its side, shown upright by its own note of rotation."""
    placed = f"#rotate({-turn}deg, reflow: true)[#box(width: 16cm)[= Recommendations\n\n{labelled(asks[:4])}]]"
    source = typeset(placed)
    turned = tmp_path / "turned.pdf"
    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            page.Rotate = turn
        pdf.save(turned)
    assert found(read_json(str(turned), turned.name)) == _expected(asks[:4])


def test_bullets_of_a_symbol_font(tmp_path: Path) -> None:
    """A bullet that the file maps to a private character is a bullet, not a letter of the item."""
    file = tmp_path / "symbols.pdf"
    lines = ["The quality of plans for children in care.", "The oversight of cases by managers."]
    shown = b"BT /F1 18 Tf 72 780 Td (What needs to improve) Tj ET\n"
    for n, line in enumerate(lines):
        y = 740 - 30 * n
        shown += f"BT /F2 11 Tf 72 {y} Td (A) Tj /F1 11 Tf 18 0 Td ({line}) Tj ET\n".encode()
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <F0B7> endbfchar endcmap end end"
    )
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = {"Type": pikepdf.Name.Font, "Subtype": pikepdf.Name.Type1}
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(**font, BaseFont=pikepdf.Name.Helvetica),
            F2=pikepdf.Dictionary(**font, BaseFont=pikepdf.Name.Courier, ToUnicode=pdf.make_stream(to_unicode)),
        )
    )
    page.Contents = pdf.make_stream(shown)
    pdf.save(file)
    assert [r["text"] for r in read_json(str(file), file.name)["recommendations"]] == lines


def test_boxes_hold_the_lines_of_the_item_and_no_others(read: Read, asks: tuple[str, ...]) -> None:
    result = read(f"= Recommendations\n\n{labelled(asks[:5])}")
    boxes = [box for r in result["recommendations"] for box in r["boxes"]]
    assert len(boxes) == 5
    for above, below in itertools.pairwise(boxes):
        assert above["bottom"] <= below["top"]
    assert all(box["x0"] >= 69 and box["x1"] <= 527 and box["top"] < box["bottom"] for box in boxes)


def test_a_heading_of_two_lines_in_the_margin_is_read_whole(read: Read, asks: tuple[str, ...], narrative: str) -> None:
    """Its lines stand between those of the text beside it."""
    result = read(
        "#set page(margin: (left: 6.9cm, right: 2cm))\n#set text(size: 9pt)\n"
        "#show heading: it => block(above: 2em, below: 0em, sticky: true, width: 100%)[#place(dx: -4.9cm, "
        "block(width: 4.1cm, text(weight: 200, size: 13.5pt, it.body))) #line(length: 100%) #v(0.7em)]\n"
        f"= How the review was done\n\n{narrative}\n\n= Recommendations to the partnership\n\n"
        f"{labelled(asks[:3])}\n\n= What was seen and heard in every home\n\n{narrative} {asks[5]}"
    )
    assert [r["section"] for r in result["recommendations"]] == ["Recommendations to the partnership"] * 3
    assert [p["section"] for p in result["possible"]] == ["What was seen and heard in every home"]

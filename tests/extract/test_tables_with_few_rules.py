"""Tables that are ruled below their rows only, or shaded in part: what shows where columns begin and rows end."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., dict[str, Any]]

HEADS = ("No.", "Recommendation", "Lead", "By when")
COLUMNS = {2: "(1fr, 3.5cm)", 3: "(1cm, 1fr, 3.5cm)", 4: "(1cm, 1fr, 3.2cm, 2.4cm)"}
BELOW_ROWS = "(x: none, y: 0.6pt)"
SHADES = {
    "no shade": "none",
    "shaded heads": "(_, y) => if y == 0 { blue }",
    "shaded heads and every other row": "(_, y) => if y == 0 { blue.lighten(50%) } else if calc.even(y) { luma(230) }",
    "every other row from the first": "(_, y) => if calc.odd(y) { luma(230) }",
    "every other row from the second": "(_, y) => if calc.even(y) { luma(230) }",
}
Row = tuple[str | None, str, str, str | None]


def _rows(asks: tuple[str, ...], columns: int) -> list[Row]:
    """What a table of two columns (recommendation and lead), three (with a number) or four (with a date) is to give."""
    return [
        (str(n) if columns > 2 else None, ask, f"Team {n} of the council", f"{n} May 2025" if columns > 3 else None)
        for n, ask in enumerate(asks, 1)
    ]


def _table(rows: list[Row], columns: int, stroke: str, fill: str, *, repeat: bool = True) -> str:
    heads = [h for h in HEADS[:columns] if columns > 2] or HEADS[1:3]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row if cell is not None)
    return (
        f"#table(columns: {COLUMNS[columns]}, stroke: {stroke}, fill: {fill}, inset: (x: 6pt, y: 8pt), "
        f"table.header(repeat: {str(repeat).lower()}, {', '.join(f'[*{head}*]' for head in heads)}), {cells})"
    )


def _found(result: dict[str, Any]) -> list[Row]:
    return [(r["number"], r["text"], r["addressee"], r["target_date"]) for r in result["recommendations"]]


@pytest.mark.parametrize("columns", [2, 3, 4])
@pytest.mark.parametrize("fill", SHADES.values(), ids=SHADES.keys())
@pytest.mark.parametrize("stroke", [BELOW_ROWS, "none", "0.6pt"])
def test_rows_of_a_table_before_another_section(
    read: Read, asks: tuple[str, ...], narrative: str, columns: int, fill: str, stroke: str
) -> None:
    rows = _rows(asks[:7], columns)
    result = read(f"= Recommendations\n\n{_table(rows, columns, stroke, fill)}\n\n= Who took part\n\n{narrative}")
    assert _found(result) == rows


@pytest.mark.parametrize("repeat", [True, False], ids=["heads on every page", "heads once"])
@pytest.mark.parametrize("fill", list(SHADES.values())[:3], ids=list(SHADES)[:3])
@pytest.mark.parametrize("columns", [3, 4])
def test_a_row_that_goes_on_over_the_page(
    read: Read, asks: tuple[str, ...], narrative: str, columns: int, fill: str, repeat: bool
) -> None:
    long = tuple(f"{a} {b} {c}" for a, b, c in zip(asks, asks[3:], asks[5:], strict=False))
    rows = _rows(long, columns)
    result = read(
        f"#set page(height: 14cm)\n= Recommendations\n\n{_table(rows, columns, BELOW_ROWS, fill, repeat=repeat)}\n\n"
        f"= Who took part\n\n{narrative}"
    )
    assert _found(result) == rows
    assert any(len(r["pages"]) > 1 for r in result["recommendations"])


def test_rows_that_only_rules_tell_apart(read: Read, asks: tuple[str, ...]) -> None:
    """No further apart than lines, and without a number: the white between them says nothing."""
    rows = _rows(asks, 2)
    table = _table(rows, 2, BELOW_ROWS, "none").replace("y: 8pt", "y: 4pt")
    assert _found(read(f"= Recommendations\n\n{table}")) == rows


def test_the_heading_between_two_such_tables_is_no_row(read: Read, asks: tuple[str, ...]) -> None:
    parts = [(_rows(asks[:3], 4), "A. Police"), (_rows(asks[3:6], 4), "B. Health")]
    tables = "\n\n".join(
        f"== {heading}\n\n{_table(rows, 4, BELOW_ROWS, SHADES['shaded heads'])}" for rows, heading in parts
    )
    assert _found(read(f"= Recommendations\n\n{tables}")) == [row for rows, _ in parts for row in rows]

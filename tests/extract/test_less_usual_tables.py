"""Tables of recommendations without heads, rules or an end, and cells over several rows. Each in a small fictional report."""

from collections.abc import Callable
from typing import Any

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]


def test_a_column_of_letters_without_a_head_numbers_the_rows(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    """No rule, the head repeated, and rows no further apart than lines: only the letters tell one row from the next."""
    rows = ", ".join(
        f"[Agency {name}], [{letter}], [{ask}]" for name, letter, ask in zip("PQRSTU", "ABCDEF", asks, strict=False)
    )
    result = read(
        "#set page(height: 8cm, margin: 1.5cm)\n= Recommendations to single agencies\n\n#table(columns: (3cm, 0.8cm, 9cm), stroke: none, "
        f"inset: (x: 2pt, y: 3.2pt), table.header([*Agency*], [], [*Recommendation*]), {rows})"
    )
    assert found(result) == list(zip("ABCDEF", asks, strict=False))
    assert len({r["page"] for r in result["recommendations"]}) > 1


def test_one_cell_of_an_agency_over_several_rows(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    result = read(
        "= Recommendations\n\n#table(columns: (3cm, 1.2cm, 1fr), [Agency], [Ref], [Recommendation], "
        f"table.cell(rowspan: 2)[Eastmoor Police], [P1], [{asks[0]}], [P2], [{asks[1]}], "
        f"table.cell(rowspan: 2)[Eastmoor Council], [C1], [{asks[2]}], [C2], [{asks[3]}])"
    )
    assert found(result) == list(zip(("P1", "P2", "C1", "C2"), asks, strict=False))
    assert [r["addressee"] for r in result["recommendations"]] == ["Eastmoor Police"] * 2 + ["Eastmoor Council"] * 2


def test_a_heading_over_each_table_names_who_must_act(read: Read) -> None:
    body = "\n\n".join(
        f"== {agency}\n\n#table(columns: (1.2cm, 1fr, 3cm), [No.], [Recommendation], [Timescale], [1], [{ask}], [May 2024])"
        for agency, ask in (
            ("Eastmoor Police", "Tell the duty desk of every strategy meeting on the same day."),
            ("Eastmoor Mental Health NHS Trust", "Ask every patient who is a parent about the children."),
        )
    )
    result = read(f"= Single agency recommendations\n\n{body}")
    assert [r["addressee"] for r in result["recommendations"]] == [
        "Eastmoor Police",
        "Eastmoor Mental Health NHS Trust",
    ]
    assert all(r["single_agency"] for r in result["recommendations"])


def test_a_row_whose_lower_rule_stands_on_no_page(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    """Word draws no rule under a row that goes on over the page."""
    result = read(
        "#set page(height: 11cm)\n= Recommendations\n\n#table(columns: (1.2cm, 1fr, 3cm), "
        "stroke: (x, y) => (left: 0.5pt, right: 0.5pt, top: if y < 4 { 0.5pt } else { none }), "
        f"[No.], [Recommendation], [Lead], [1], [{asks[0]}], [Partnership], [2], [{asks[1]}], [Board], [3], [{asks[2]}], [Police])"
    )
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]


def test_strengths_beside_areas_for_improvement(read: Read) -> None:
    areas = ("The timeliness of assessments before birth.", "The oversight of plans by managers at every level.")
    result = read(
        "= What we found\n\n#table(columns: (1fr, 1fr), [*Strengths*], [*Areas for improvement*], "
        "[- Workers know their children well.\n- Schools ring on the first day.], "
        f"[- {areas[0]}\n- {areas[1]}])"
    )
    assert [(r["kind"], r["text"]) for r in result["recommendations"]] == [("area", area) for area in areas]


def test_an_unruled_table_that_goes_on_over_pages_without_its_head(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    long = tuple(f"{a} {b}" for a, b in zip(asks, asks[3:], strict=False))
    rows = ", ".join(f"[{n}], [{ask}], [Police]" for n, ask in enumerate(long, 1))
    result = read(
        "#set page(height: 9cm)\n= Recommendations\n\n#table(columns: (1cm, 1fr, 2.5cm), stroke: (x, y) => (bottom: 0.5pt), "
        f"[*No*], [*Recommendation*], [*Lead*], {rows})"
    )
    assert found(result) == [(str(n), ask) for n, ask in enumerate(long, 1)]
    assert any(len(r["pages"]) > 1 for r in result["recommendations"])

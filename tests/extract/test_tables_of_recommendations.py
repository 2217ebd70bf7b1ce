"""Tables of recommendations and action plans: which column is the recommendation, and rows that split over pages."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]

OWNERS = ("Partnership", "Integrated care board", "Children’s social care", "Police", "Partnership")


def _rows(asks: tuple[str, ...], count: int = 5, *, split: bool = False) -> str:
    return ", ".join(
        f"[{n}], [{ask}], [{owner}], [{n + 2} May 2024]"
        for n, (ask, owner) in enumerate(zip(asks[:count], OWNERS, strict=False), 1)
    )


def test_number_recommendation_agency_and_timescale(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    result = read(
        "= Recommendations\n\n#table(columns: (1.2cm, 1fr, 3.2cm, 2.6cm), table.header([No], [Recommendation], [Lead agency], "
        f"[Timescale]), {_rows(asks)})"
    )
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:5], 1)]
    assert [r["addressee"] for r in result["recommendations"]] == list(OWNERS)
    assert [r["target_date"] for r in result["recommendations"]] == [f"{n + 2} May 2024" for n in range(1, 6)]


def test_repeated_heads_and_rows_that_split_over_a_page(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    long = [f"{a} {b} {c}" for a, b, c in zip(asks, asks[3:], asks[5:], strict=False)]
    result = read(
        "#set page(height: 14cm)\n= Recommendations\n\n#table(columns: (1.2cm, 1fr, 3cm, 2.2cm), "
        "table.header([*No.*], [*Recommendation*], [*Lead agency*], [*Target date*]), " + _rows(tuple(long)) + ")"
    )
    assert found(result) == [(str(n), ask) for n, ask in enumerate(long[:5], 1)]
    assert any(len(r["pages"]) > 1 for r in result["recommendations"])


def test_a_landscape_action_plan_with_heads_of_two_lines(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    rows = ", ".join(
        f"[{n}], [{ask}], [Local], [Write to every team and ask for a reply by the end of the month.], [{owner}], "
        f"[Letter sent; replies counted], [June 2024], [Families wait less]"
        for n, (ask, owner) in enumerate(zip(asks, OWNERS, strict=False), 1)
    )
    result = read(
        "#set page(flipped: true)\n#set text(size: 9pt)\n= Action plan: recommendations of the review\n\n"
        "#table(columns: (1.2cm, 5cm, 2cm, 5cm, 2.6cm, 3cm, 2cm, 1fr), [No.], [Recommend-\\ ation], [Scope], "
        f"[Action to be taken], [Lead \\ agency], [Key \\ milestones], [Target \\ date], [Intended \\ outcome], {rows})"
    )
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:5], 1)]
    assert [r["addressee"] for r in result["recommendations"]] == list(OWNERS)
    assert {r["target_date"] for r in result["recommendations"]} == {"June 2024"}


def test_a_column_of_rationale_is_not_the_recommendation(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    rows = ", ".join(
        f"[R{n}], [The board should have known this and must not forget it again.], [{ask}]"
        for n, ask in enumerate(asks[:4], 1)
    )
    result = read(
        f"= Recommendations\n\n#table(columns: (1.2cm, 1fr, 1fr), [Ref], [Rationale], [Recommendation], {rows})"
    )
    assert found(result) == [(f"R{n}", ask) for n, ask in enumerate(asks[:4], 1)]


def test_a_table_drawn_with_shades_instead_of_rules(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    result = read(
        "= Recommendations\n\n#table(columns: (1.2cm, 1fr, 3.2cm, 2.6cm), stroke: none, fill: (x, y) => if calc.odd(y) "
        "{ luma(235) } else { luma(250) }, table.header([No], [Recommendation], [Lead agency], "
        f"[Timescale]), {_rows(asks)})"
    )
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:5], 1)]


@pytest.mark.parametrize("rule", ["none", "(x, y) => (bottom: 0.5pt)"])
def test_a_table_without_vertical_rules(read: Read, found: Pairs, asks: tuple[str, ...], rule: str) -> None:
    result = read(
        f"= Recommendations\n\n#table(columns: (1.2cm, 1fr, 3.2cm, 2.6cm), stroke: {rule}, column-gutter: 6pt, "
        f"table.header([*No*], [*Recommendation*], [*Lead agency*], [*Timescale*]), {_rows(asks)})"
    )
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:5], 1)]
    assert [r["addressee"] for r in result["recommendations"]] == list(OWNERS)


def test_a_table_of_other_things_yields_nothing(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    result = read(
        "= Agencies that took part\n\n#table(columns: (1.2cm, 1fr, 3.2cm), [No], [Agency], [Report], "
        "[1], [Police], [Yes], [2], [Hospital], [No])\n\n= Recommendations\n\n"
        f"*Recommendation 1:* {asks[0]}\n\n*Recommendation 2:* {asks[1]}"
    )
    assert found(result) == [("1", asks[0]), ("2", asks[1])]


def test_one_small_table_for_each_recommendation(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    tables = "\n\n".join(
        f"#table(columns: (4cm, 1fr), [Recommendation {n}], [{ask}], [Lead agency], [{owner}], [Timescale], [May 2024])"
        for n, (ask, owner) in enumerate(zip(asks[:3], OWNERS, strict=False), 1)
    )
    result = read(f"= Recommendations\n\n{tables}")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]
    assert [r["addressee"] for r in result["recommendations"]] == list(OWNERS[:3])
    assert {r["target_date"] for r in result["recommendations"]} == {"May 2024"}

"""How inspections and audits put their areas for improvement. Each in a small fictional report."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.extract.source import labelled

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]


AREAS = (
    "The quality and impact of management oversight, so that plans do not drift.",
    "The timeliness of initial health assessments when children come into care.",
    "The consistency with which social workers consider the part played by fathers.",
)


def areas(result: dict[str, Any]) -> list[str]:
    assert {r["kind"] for r in result["recommendations"]} <= {"area"}
    return [r["text"] for r in result["recommendations"]]


def test_areas_whose_bullets_are_drawn(read: Read, narrative: str) -> None:
    """Of the list only its indent is left, and the dashes of the parts of one item; narrative follows at the margin."""
    listed = "\n\n".join(f"#pad(left: 16pt)[{area}]" for area in AREAS[:2])
    parts = "\n".join(
        f"#pad(left: 24pt)[– {part}]"
        for part in ("what they are told about their rights", "where they stay meanwhile.")
    )
    result = read(
        f"= What needs to improve?\n\n{listed}\n\n#pad(left: 16pt)[The response to children who are homeless, including:]\n{parts}\n\n"
        f"#pad(left: 16pt)[{AREAS[2]}]\n\n= The experiences of children\n\n{narrative}"
    )
    homeless = "The response to children who are homeless, including: what they are told about their rights where they stay meanwhile."
    assert areas(result) == [*AREAS[:2], homeless.replace("– ", ""), AREAS[2]]


def test_one_area_for_priority_action_in_a_box(read: Read, narrative: str) -> None:
    result = read(
        f"= Findings\n\n{narrative}\n\n#block(fill: luma(230), inset: 8pt, width: 100%)[*Area for priority action* \\\n {AREAS[0]}]\n\n"
        f"= The method\n\n{narrative}"
    )
    assert areas(result) == [AREAS[0]]


def test_a_box_that_announces_a_list_ends_it(read: Read, narrative: str) -> None:
    """What stands below the box in the same column is the report's story, numbered or not."""
    told = "\n\n".join(
        f"6.{n} {words} Nobody should leave it there." for n, words in enumerate(narrative.split("\n\n"), 3)
    )
    listed = "\n".join(f"- {ask}" for ask in ("agree a protocol on transfer;", "name a senior officer in each agency."))
    result = read(
        f"= 6. What can be done\n\n#block(fill: luma(230), inset: 8pt, width: 100%)[*Recommendations for local partnerships*\n\n"
        f"Every partnership should:\n\n{listed}]\n\n{told}"
    )
    assert [r["text"] for r in result["recommendations"]] == [
        "agree a protocol on transfer;",
        "name a senior officer in each agency.",
    ]
    assert {r["addressee"] for r in result["recommendations"]} == {"Every partnership"}


def test_priority_and_immediate_action_then_areas_then_strengths(read: Read) -> None:
    asked = ("Review all cases that were closed in the past six months.", "Ensure that every child is seen alone.",
             "Strengthen the audits of the board.", "Improve the recording of supervision.")  # fmt: skip
    result = read(
        f"= Priority and immediate action\n\n1. {asked[0]}\n\n2. {asked[1]}\n\n= Areas for improvement\n\n3. {asked[2]}\n\n4. {asked[3]}\n\n"
        "= The local authority’s strengths\n\n5. Leaders know their services well, and should be commended for it."
    )
    assert [(r["number"], r["text"]) for r in result["recommendations"]] == [
        (str(n), ask) for n, ask in enumerate(asked, 1)
    ]


@pytest.mark.parametrize(("with_recommendations", "count"), [(True, 0), (False, 2)])
def test_areas_for_development_are_findings_where_recommendations_are_made(
    read: Read, asks: tuple[str, ...], with_recommendations: bool, count: int
) -> None:
    chapter = f"\n\n= Recommendations\n\n{labelled(asks[:2])}" if with_recommendations else ""
    result = read(f"= Areas for development\n\n- {AREAS[0]}\n- {AREAS[1]}{chapter}")
    assert sum(r["kind"] == "area" for r in result["recommendations"]) == count


def test_codes_of_a_list_before_a_gap(read: Read) -> None:
    listed = "\n\n".join(
        f"#grid(columns: (1cm, 1fr), [L{n}], [{ask}])"
        for n, ask in enumerate(
            ("agree a protocol on transfer;", "audit a sample of children each year;", "publish what it finds."), 1
        )
    )
    result = read(f"= Recommendations for local partnerships\n\nEvery partnership should:\n\n{listed}")
    assert [r["number"] for r in result["recommendations"]] == ["L1", "L2", "L3"]
    assert {r["lead_in"] for r in result["recommendations"]} == {"Every partnership should:"}


def test_the_address_under_the_first_page_of_a_letter_is_no_text(read: Read, narrative: str) -> None:
    """It stands once, far below the text and in small type, between the halves of an item."""
    address = "#place(bottom + left, dy: 1.6cm)[#text(size: 7.5pt)[Standards Office · 4 Cordwainers Row · enquiries\\@office.example]]"
    item = "The arrangements for stepping down from plans, so that families know what help will go on. " * 7
    broken = 0
    for height in range(9, 17):
        result = read(
            f"#set page(height: {height}cm, numbering: none, margin: (bottom: 2.5cm, rest: 2cm))\n{address}\n= Findings\n\n{narrative}\n\n"
            f"= What needs to improve?\n\n- {AREAS[0]}\n- {item.strip()}\n- {AREAS[1]}"
        )
        assert areas(result) == [AREAS[0], item.strip(), AREAS[1]], height
        broken += any(len(r["pages"]) > 1 for r in result["recommendations"])
    assert broken

"""Recommendations and questions within running text, and what only looks like a heading there. Each in a small fictional report."""

from collections.abc import Callable
from typing import Any

import pytest

from extract.possible import score_of
from tests.extract.source import labelled

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]


def test_a_label_in_the_middle_of_a_paragraph(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    """The recommendation is set apart by its type; reasons stand before and behind it in the same paragraph."""
    told = narrative.split("\n\n")
    paragraphs = "\n\n".join(
        f"4.{n} {told[n % 3]} *Recommendation {n}: {ask}* This is a modest requirement."
        for n, ask in enumerate(asks[:4], 1)
    )
    result = read(f"= 4. Thematic analysis\n\n{narrative}\n\n{paragraphs}\n\n= 5. Method\n\n{narrative}")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:4], 1)]


def test_recommendations_of_another_bodys_investigation(read: Read, asks: tuple[str, ...], narrative: str) -> None:
    result = read(
        f"= 5. The Trust’s internal investigation\n\n{narrative}\n\n{labelled(asks[5:7])}\n\n= 6. Recommendations\n\n{labelled(asks[:2])}"
    )
    assert [r["text"] for r in result["recommendations"]] == list(asks[:2])


def test_plain_headings_with_colons_over_bold_statements(read: Read, asks: tuple[str, ...], narrative: str) -> None:
    told = narrative.split("\n\n")
    result = read(
        f"*4 What I found*\n\n{told[0]}\n\nRecommendation for the Partnership:\n\n*{asks[4]}*\n\n*5 The school*\n\n{told[1]}\n\n"
        f"Recommendation for the Partnership and the Integrated Care Board in Eastmoor:\n\n*{asks[7]}*\n\n*6 What has changed*\n\n{told[2]}"
    )
    assert [r["text"] for r in result["recommendations"]] == [asks[4], asks[7]]


def test_bullets_below_an_ask_that_ends_without_a_colon(read: Read, narrative: str) -> None:
    ask = "The Partnership should publish a short guide for staff, written with young people, which deals with"
    parts = ("the age at which a child can look after an illness;", "brothers and sisters who do the caring.")
    listed = "\n".join(f"  - {part}" for part in parts)
    result = read(
        f"= Recommendations for the Partnership\n\n{ask}\n#pad(left: 20pt)[{listed}]\n\n= The story\n\n{narrative}"
    )
    assert [r["text"] for r in result["recommendations"]] == [f"{ask} {parts[0]} {parts[1]}"]


def test_short_labels_of_questions(read: Read, narrative: str) -> None:
    questions = ("What does the Board know about supervision?", "Would the Board be willing to try this itself?")
    listed = "\n\n".join(f"*Q{n}* {question}" for n, question in enumerate(questions, 1))
    result = read(f"= Finding 3\n\n{narrative}\n\n*Questions for the Board*\n\n{listed}\n\n= Finding 4\n\n{narrative}")
    assert [(r["kind"], r["number"], r["text"]) for r in result["recommendations"]] == [
        ("question", f"Q{n}", question) for n, question in enumerate(questions, 1)
    ]


def test_numbers_that_hang_left_of_the_second_columns_text(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    items = "\n\n".join(f"#grid(columns: (0.7cm, 1fr), [{n}.], [{ask}])" for n, ask in enumerate(asks, 1))
    result = read(f"#set page(columns: 2)\n= The story\n\n{narrative}\n\n{narrative}\n\n= Recommendations\n\n{items}")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks, 1)]


def test_a_heading_in_capitals_that_are_set_a_little_apart(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    items = "\n\n".join(f"{n}\\. {ask}" for n, ask in enumerate(asks[:3], 1))
    for tracking in (1.5, 2.2, 3):
        result = read(
            f"= Story\n\n{narrative}\n\n= #text(tracking: {tracking}pt, size: 13pt)[RECOMMENDATIONS FOR ALL]\n\n{items}"
        )
        assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)], tracking


@pytest.mark.parametrize(
    "sentence",
    [
        "Plans are not progressed as swiftly as they should be.",
        "Social workers do not always know children as well as they should or understand what their lives are like.",
        "Any complaints about the inspection or the report should be made by following the procedures in the guidance.",
    ],
)
def test_what_falls_short_and_where_complaints_go_ask_nobody(sentence: str) -> None:
    assert score_of(sentence) == 0


def test_an_ask_with_a_measure_is_still_one() -> None:
    asked = "Managers should support social workers so that all work is completed as quickly as it should be."
    assert score_of(asked) > 0

"""Labels of more kinds, and the boxes, cards and panels in which items are set. Each in a small fictional report."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]


def test_a_box_of_several_shaded_paragraphs(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    """Word shades each paragraph by itself: to the eye that is one box."""
    box = "#block(fill: luma(230), width: 100%, inset: (x: 6pt, y: 4pt), spacing: 0pt)"
    parts = f"{box}[*Recommendation 1*]\n{box}[{asks[0]} The plan is to be:]\n{box}[(a) made early;]\n{box}[(b) kept by the family.]"
    result = read(f"= A finding\n\n{narrative}\n\n{parts}\n\n{narrative}")
    assert found(result) == [("1", f"{asks[0]} The plan is to be: (a) made early; (b) kept by the family.")]


def test_a_band_of_owner_and_date_between_label_and_text(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    items = "\n\n".join(
        f"*R{n}*\n\nLead: Eastmoor Council\n\nBy: June 2024\n\n{ask}" for n, ask in enumerate(asks[:3], 1)
    )
    result = read(f"= Recommendations\n\n{items}")
    assert found(result) == [(f"R{n}", ask) for n, ask in enumerate(asks[:3], 1)]
    assert {(r["addressee"], r["target_date"]) for r in result["recommendations"]} == {
        ("Eastmoor Council", "June 2024")
    }


def test_a_reason_right_below_owner_and_date_is_no_part_of_either(read: Read, asks: tuple[str, ...]) -> None:
    items = "\n\n".join(
        f"*Recommendation {n}*\n\n{ask}\n\nTimescale: 31 May 2024 \\\nThe panel saw what happens without it."
        for n, ask in enumerate(asks[:3], 1)
    )
    result = read(f"= Recommendations\n\n{items}")
    assert {r["target_date"] for r in result["recommendations"]} == {"31 May 2024"}


def test_bold_text_that_the_foot_of_a_page_cuts_off_is_no_heading(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    items = "\n\n".join(
        f"*RECOMMENDATION {word}*\n\n*{a} {b}*"
        for word, a, b in zip(("ONE", "TWO", "THREE", "FOUR", "FIVE"), asks, asks[3:], strict=False)
    )
    for height in (7.5, 8, 8.5, 9, 9.5):
        result = read(f"#set page(height: {height}cm)\n= Recommendations\n\n{items}")
        assert [text for _, text in found(result)] == [f"{a} {b}" for a, b in zip(asks[:5], asks[3:], strict=False)], (
            height
        )


def test_labels_of_another_list_are_possible_and_no_items(read: Read, asks: tuple[str, ...], narrative: str) -> None:
    """Quoted recommendations bear the numbers of the list from which they come."""
    result = read(
        f"= The national picture\n\n{narrative}\n\n*Recommendation 2* {asks[0]}\n\n*Recommendation 5* {asks[1]}\n\n{narrative}"
    )
    assert result["recommendations"] == []
    assert [p["text"] for p in result["possible"] if "quoted" in p["why"]] == list(asks[:2])


# ------------------------------------------------------------------------------------------------ labels of more kinds


@pytest.mark.parametrize(
    ("label", "numbers"),
    [
        ("Recommendation {} for Eastmoor LSCB:", "123"), ("Strategic recommendation {}:", "123"),
        ("Operational Recommendation {}", "123"), ("Rec {}/ABC", ("1/ABC", "2/ABC", "3/ABC")), ("R{}.1", ("R1.1", "R2.1", "R3.1")),
        ("IMR Recommendation {}:", "123"), ("Recommendation ({}):", "123"), ("Recommendation No. {}", "123"),
    ],
)  # fmt: skip
def test_labels_of_many_kinds(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str, label: str, numbers: Sequence[str]
) -> None:
    items = "\n\n".join(f"*{label.format(n)}* {ask}" for n, ask in enumerate(asks[:3], 1))
    result = read(f"= The story\n\n{narrative}\n\n= Recommendations\n\n{items}")
    assert found(result) == list(zip(numbers, asks, strict=False))


def test_a_capital_as_the_number_of_a_label(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    items = "\n\n".join(f"*Recommendation {letter}* {ask}" for letter, ask in zip("ABC", asks, strict=False))
    assert found(read(f"= Recommendations\n\n{items}")) == list(zip("ABC", asks, strict=False))


def test_a_label_says_whom_it_addresses(read: Read, asks: tuple[str, ...], narrative: str) -> None:
    result = read(
        f"= Finding 1\n\n{narrative}\n\n*Recommendation for the Partnership:* {asks[2]}\n\n= Finding 2\n\n{narrative}\n\n"
        f"*Recommendation 2 for Eastmoor Police:* {asks[4]}"
    )
    assert [(r["number"], r["addressee"], r["text"]) for r in result["recommendations"]] == [
        (None, "the Partnership", asks[2]), ("2", "Eastmoor Police", asks[4]),
    ]  # fmt: skip


def test_a_label_within_a_numbered_paragraph(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    told = narrative.split("\n\n")
    result = read(
        f"= 5. Findings\n\n5.1 {told[0]}\n\n5.2 *Recommendation:* {asks[0]}\n\n5.3 {told[1]}\n\n5.4 *Recommendation 2:* {asks[1]}\n\n"
        f"5.5 {told[2]}"
    )
    assert found(result) == [("5.2", asks[0]), ("2", asks[1])]


def test_questions_that_their_labels_put_to_a_board(read: Read, narrative: str) -> None:
    questions = ("How will the Partnership know that plans are followed?", "What would help schools to ring?")
    labelled_so = "\n\n".join(f"*Question {n} for the Partnership:* {q}" for n, q in enumerate(questions, 1))
    result = read(f"= Finding 1\n\n{narrative}\n\n{labelled_so}")
    assert [(r["kind"], r["number"], r["addressee"], r["text"]) for r in result["recommendations"]] == [
        ("question", str(n), "the Partnership", q) for n, q in enumerate(questions, 1)
    ]


# ------------------------------------------------------------------------------------------------ cards, panels and emphasis


@pytest.mark.parametrize("columns", [1, 2])
def test_numerals_far_larger_than_the_text_beside_them(
    read: Read, found: Pairs, asks: tuple[str, ...], columns: int
) -> None:
    cards = "\n\n".join(
        f'#block(fill: luma(230), inset: 8pt, width: 100%)[#grid(columns: (1.4cm, 1fr), [#text(size: 26pt, weight: "bold")[{n}]], [{ask}])]'
        for n, ask in enumerate(asks[:6], 1)
    )
    result = read(f"#set page(columns: {columns})\n#set text(size: 9pt)\n= Recommendations\n\n{cards}")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:6], 1)]


def test_two_boxes_side_by_side(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    """However narrow the gap, each is read by itself."""
    pair = (
        "#grid(columns: (1fr, 1fr), gutter: 6pt, block(fill: luma(240), inset: 6pt)[*Learning* \\\n Practitioners should always ask who is at "
        "home and should write down what they are told, on every visit.], "
        f"block(fill: luma(220), inset: 6pt)[*Recommendation 1* \\\n {asks[1]}])"
    )
    assert found(read(f"= Finding 1\n\n{narrative}\n\n{pair}\n\n{narrative}")) == [("1", asks[1])]


def test_what_a_paragraph_asks_for_in_bold(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    told = narrative.split("\n\n")
    paragraphs = "\n\n".join(f"16.{n} {told[n % 3]} *_{ask}_*" for n, ask in enumerate(asks[:4], 1))
    result = read(f"= Part 6: Discussion and recommendations\n\n{paragraphs}")
    assert found(result) == [(f"16.{n}", ask) for n, ask in enumerate(asks[:4], 1)]


def test_bold_at_the_beginning_of_an_item(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    """Plain words after it are part of the item where they go on asking, and its reason where they do not."""
    more, reason = (
        "In doing so they should write to each family.",
        "The review saw what becomes of families without this.",
    )
    for after, kept in ((more, f" {more}"), (reason, "")):
        items = "\n\n".join(f"{n}. *{ask}* {after}" for n, ask in enumerate(asks[:3], 1))
        result = read(f"= Recommendations\n\n{items}")
        assert found(result) == [(str(n), f"{ask}{kept}") for n, ask in enumerate(asks[:3], 1)]


def test_a_table_that_names_none_of_its_columns(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    rows = ", ".join(f"[{n}], [{ask}], [Police]" for n, ask in enumerate(asks[:3], 1))
    result = read(f"= Recommendations\n\n#table(columns: (1.2cm, 1fr, 3cm), {rows})")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]


def test_numbers_in_square_brackets(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    items = "\n\n".join(f"[{n}] {ask}" for n, ask in enumerate(asks[:3], 1))
    assert found(read(f"= Recommendations\n\n{items}")) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]


def test_of_a_finding_and_the_chapter_the_chapter_has_the_main_statement(
    read: Read, asks: tuple[str, ...], narrative: str
) -> None:
    beside = "\n\n".join(
        f"= Finding {n}\n\n{narrative}\n\n*Recommendation {n}:* {asks[n]}\n\n#pagebreak()" for n in (1, 2)
    )
    chapter = "\n\n".join(f"*Recommendation {n}:* {asks[n]}" for n in (1, 2))
    for heading, places in (
        ("8. Recommendations", [(3, [1]), (3, [2])]),
        ("Appendix: the recommendations in full", [(1, [3]), (2, [3])]),
    ):
        result = read(f"{beside}\n\n= {heading}\n\n{chapter}")
        assert [(r["page"], r["also_on"]) for r in result["recommendations"]] == places


def test_an_appendix_may_have_a_list_of_its_own_with_the_same_numbers(read: Read, narrative: str) -> None:
    chapter = "1. The Board should ensure that supervision takes place each month and is written down."
    appendix = "1. The Trust should ensure that supervision takes place each week and is looked at by a manager."
    result = read(
        f"= Recommendations\n\n{chapter}\n\n= The story\n\n{narrative}\n\n= Appendix 2: Single agency recommendations\n\n{appendix}"
    )
    assert [r["text"] for r in result["recommendations"]] == [chapter[3:], appendix[3:]]

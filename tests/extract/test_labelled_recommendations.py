"""Recommendations that carry a label: in bold, in a box, in a margin, as a heading; reasons before or after."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        (("*Recommendation 1*", "*Recommendation 2*", "*Recommendation 3*"), ("1", "2", "3")),
        (("*Recommendation 1:*", "*Recommendation 2:*", "*Recommendation 3:*"), ("1", "2", "3")),
        (("Recommendation 1:", "Recommendation 2:", "Recommendation 3:"), ("1", "2", "3")),
        (("R1", "R2", "R3"), ("1", "2", "3")),
        (("*R1.*", "*R2.*", "*R3.*"), ("1", "2", "3")),
        (("*Rec. 1*", "*Rec. 2*", "*Rec. 3*"), ("1", "2", "3")),
        (("*Recommendation One:*", "*Recommendation Two:*", "*Recommendation Three:*"), ("One", "Two", "Three")),
        (("*RECOMMENDATION 1 –*", "*RECOMMENDATION 2 –*", "*RECOMMENDATION 3 –*"), ("1", "2", "3")),
        (("*Recommendation 4a:*", "*Recommendation 4b:*", "*Recommendation 5:*"), ("4a", "4b", "5")),
        (("*Recommendation No. 1*", "*Recommendation No. 2*", "*Recommendation No. 3*"), ("1", "2", "3")),
        (("*Recommendation (1)*", "*Recommendation (2)*", "*Recommendation (3)*"), ("1", "2", "3")),
    ],
)
def test_the_label_before_the_text(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str, labels: tuple[str, ...], numbers: tuple[str, ...]
) -> None:
    body = "\n\n".join(f"{label} {ask}" for label, ask in zip(labels, asks, strict=False))
    result = read(f"= 1 The story\n\n{narrative}\n\n= 2 Recommendations\n\n{body}\n\n= 3 Thanks\n\n{narrative}")
    if labels[0].startswith(("R1", "*R1")):
        numbers = tuple(f"R{n}" for n in numbers)
    assert found(result) == list(zip(numbers, asks, strict=False))


def test_the_label_as_a_heading_with_the_text_below(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    body = "\n\n".join(f"=== Recommendation {n}\n\n{ask}" for n, ask in enumerate(asks[:4], 1))
    result = read(f"= The story\n\n{narrative}\n\n= Recommendations\n\n{body}\n\n= Closing words\n\n{narrative}")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:4], 1)]


def test_a_shaded_box_ends_the_item_and_the_reasons_outside_are_not_part(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    parts = []
    for n, ask in enumerate(asks[:4], 1):
        parts.append("Supervision was rare in that year and its records were thin.")
        parts.append(f"#block(fill: luma(225), inset: 8pt, width: 100%)[*Recommendation {n}*\n\n{ask}]")
        parts.append("The reviewer found that workers had nobody to turn to when the family cancelled visits.")
    body = "\n\n".join(parts)
    result = read(f"= The story\n\n{narrative}\n\n= Findings and recommendations\n\n{body}")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:4], 1)]


def test_a_ruled_box_after_each_finding_without_any_announcing_heading(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    chapters = ("The child’s voice", "Working with fathers", "Supervision")
    body = "\n\n".join(
        f"== {chapter}\n\n{narrative}\n\n#rect(width: 100%, inset: 8pt)[*Recommendation {n}:* {ask}]"
        for n, (chapter, ask) in enumerate(zip(chapters, asks, strict=False), 1)
    )
    result = read(f"= Analysis\n\n{body}\n\n= Conclusion\n\n{narrative}")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]


def test_a_label_in_the_margin(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    body = "\n".join(
        f"#grid(columns: (3.6cm, 1fr), [*Recommendation {n}*], [{ask} {extra}])\n#v(0.8em)"
        for n, (ask, extra) in enumerate(zip(asks[:4], asks[5:9], strict=True), 1)
    )
    result = read(f"= The story\n\n{narrative}\n\n= Recommendations\n\n{body}")
    assert found(result) == [(str(n), f"{a} {b}") for n, (a, b) in enumerate(zip(asks[:4], asks[5:9], strict=True), 1)]


def test_a_label_that_wraps_in_a_narrow_margin(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    body = "\n".join(
        f"#grid(columns: (3.6cm, 1fr), [*Recommendation \\\n {n}*], [{ask} {extra}])\n#v(0.8em)"
        for n, (ask, extra) in enumerate(zip(asks[:3], asks[5:8], strict=True), 1)
    )
    result = read(f"= Recommendations\n\n{body}")
    assert found(result) == [(str(n), f"{a} {b}") for n, (a, b) in enumerate(zip(asks[:3], asks[5:8], strict=True), 1)]


@pytest.mark.parametrize("word", ["Rationale:", "*Rationale*", "Why this matters:", "_Context:_", "*Evidence:*"])
def test_a_reason_after_the_item_is_not_part_of_it(read: Read, found: Pairs, asks: tuple[str, ...], word: str) -> None:
    body = "\n\n".join(
        f"*Recommendation {n}*\n\n{ask}\n\n{word} Workers told the review that nobody had looked at this for years."
        for n, ask in enumerate(asks[:3], 1)
    )
    result = read(f"= Recommendations\n\n{body}")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]


def test_a_bold_recommendation_with_its_reason_in_ordinary_type_before_it(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    body = "\n\n".join(
        f"The review heard from staff in {place} that the wait was long and the answers were short.\n\n"
        f"*Recommendation {n}: {ask}*"
        for n, (place, ask) in enumerate(zip(("Eastmoor", "Northmoor", "Westmoor"), asks, strict=False), 1)
    )
    result = read(f"= Recommendations\n\n{body}\n\nThe reviewer thanks all who took part.")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]


def test_a_sentence_that_speaks_of_a_recommendation_is_not_its_label(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    result = read(
        f"= The story\n\n{narrative}\n\nRecommendation 3 of the inspection of that year was met in part.\n\n"
        f"= Recommendations\n\n*Recommendation 1:* {asks[0]}\n\n*Recommendation 2:* {asks[1]}\n\n"
        "Recommendation 2 is meant for every practice in the area."
    )
    assert found(result) == [("1", asks[0]), ("2", asks[1])]


def test_owner_and_date_lines_fill_fields(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        f"= Recommendations\n\n*Recommendation 1*\n\n{asks[4]}\n\nLead: Eastmoor Safeguarding Children Partnership\n\n"
        f"Timescale: June 2024\n\n*Recommendation 2*\n\n{asks[5]}\n\nLead agency: Eastmoor Health Trust\n\n"
        "Target date: 1 May 2024"
    )
    first, second = result["recommendations"]
    assert (first["text"], first["addressee"], first["target_date"]) == (
        asks[4], "Eastmoor Safeguarding Children Partnership", "June 2024",
    )  # fmt: skip
    assert (second["text"], second["addressee"], second["target_date"]) == (
        asks[5], "Eastmoor Health Trust", "1 May 2024",
    )  # fmt: skip


@pytest.mark.parametrize("label", ["*Recommendation {}* {}", "*R{}* {}", "({}) {}"])
@pytest.mark.parametrize("chapters", [2, 6])
def test_the_numbered_paragraphs_of_the_report_go_on_below_the_list(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str, label: str, chapters: int
) -> None:
    """They are no part of the last item, which has its own list within, from 1."""
    told = narrative.split("\n\n") * chapters
    before = "\n\n".join(f"{n}\\. {text}" for n, text in enumerate(told, 1))
    last = f"{asks[2]} It should be:\n\n#pad(left: 1cm)[1. short; and]\n\n#pad(left: 1cm)[2. kept by the family.]"
    items = "\n\n".join(label.format(n, text) for n, text in enumerate((*asks[:2], last), 1))
    after = "\n\n".join(f"{len(told) + n}\\. {text}" for n, text in enumerate(told[:2], 1))
    result = read(f"= What happened\n\n{before}\n\n= Recommendations\n\n{items}\n\n{after}")
    letter = "R" if "R{" in label else ""
    assert found(result) == [
        (f"{letter}1", asks[0]), (f"{letter}2", asks[1]),
        (f"{letter}3", f"{asks[2]} It should be: short; and kept by the family."),
    ]  # fmt: skip


def test_an_owner_that_was_read_is_not_offered_again(read: Read, asks: tuple[str, ...], narrative: str) -> None:
    """Below an item, and below one that has an owner already; what an owner's line asks besides is offered."""
    lines = ("Lead: All schools in Eastmoor \\\nBy: 3 May 2024", "Lead agency: Eastmoor Council \\\nBy: 4 May 2024")
    more = "Lead: Eastmoor Council. The Council should also tell the family what it has decided."
    items = "\n\n".join(
        f"#block(fill: luma(230), inset: 8pt, width: 100%)[*Recommendation {n}:* {ask}\n\n#text(size: 8pt)[{line}]]"
        for n, (ask, line) in enumerate(zip(asks, (*lines, more), strict=False), 1)
    )
    result = read(f"= Findings and recommendations\n\n{narrative}\n\n{items}")
    assert [r["text"] for r in result["recommendations"]] == list(asks[:3])
    assert [r["target_date"] for r in result["recommendations"][:2]] == ["3 May 2024", "4 May 2024"]
    assert [p["text"] for p in result["possible"]] == [more]


def test_the_last_word_of_a_sentence_in_another_size(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    """On a scan the size of a line with a single word is measured on a few letters, and may come out larger."""
    more = "A doctor should attend where the family is known to the \\\n#text(size: 13.5pt)[practice.]"
    items = "\n\n".join(f"*Recommendation {n}* {ask} {more}" for n, ask in enumerate(asks[:2], 1))
    last = "A doctor should attend where the family is known to the practice."
    result = read(f"= Recommendations\n\n{items}")
    assert found(result) == [(str(n), f"{ask} {last}") for n, ask in enumerate(asks[:2], 1)]
    assert result["warnings"] == []

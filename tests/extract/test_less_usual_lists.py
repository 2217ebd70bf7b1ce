"""Lists, chapters and pages that are laid out in ways that are less usual. Each in a small fictional report."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.extract.source import labelled

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]


@pytest.mark.parametrize(
    "heading",
    ["Section Seven: Recommendations", "PART SIX – RECOMMENDATIONS", "Appendix: the recommendations in full",
     "VII. Recommendations", "The recommendations in brief"],
)  # fmt: skip
def test_a_chapter_however_it_is_numbered(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str, heading: str
) -> None:
    items = "\n\n".join(f"{n}\\. {ask}" for n, ask in enumerate(asks[:3], 1))
    result = read(f"= The story\n\n{narrative}\n\n= {heading}\n\n{items}\n\n= Glossary\n\n{narrative}")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]


def test_a_list_that_a_sentence_announces_and_no_heading(read: Read, narrative: str) -> None:
    questions = (
        "How will the Board know that supervision is taking place?",
        "What would help schools to say what they see?",
    )
    listed = "\n".join(f"- {question}" for question in questions)
    result = read(f"= Finding 1\n\n{narrative}\n\nThe Board may wish to consider:\n\n{listed}\n\n{narrative}")
    assert [(r["kind"], r["text"]) for r in result["recommendations"]] == [("question", q) for q in questions]
    assert {r["lead_in"] for r in result["recommendations"]} == {"The Board may wish to consider:"}


def test_bullets_that_are_drawn_and_not_written(read: Read, narrative: str) -> None:
    """All that is left of the bullets in the text is that their lines are set in."""
    clauses = ("how it will know which children have not been seen by any professional in the past year",
               "whether the letter could be replaced, in some cases, by a visit")  # fmt: skip
    listed = "\n\n".join(f"#pad(left: 20pt)[{clause}]" for clause in clauses)
    result = read(
        f"= Finding 1\n\n{narrative}\n\n== Considerations for the Partnership\n\nThe Partnership may wish to consider:\n\n{listed}"
        f"\n\n= Finding 2\n\n{narrative}"
    )
    assert [(r["kind"], r["text"], r["addressee"]) for r in result["recommendations"]] == [
        ("question", clause, "The Partnership") for clause in clauses
    ]


def test_what_a_review_sets_out_to_answer_is_no_question_to_its_board(
    read: Read, asks: tuple[str, ...], narrative: str
) -> None:
    result = read(
        "= Questions for the review\n\n- What does this case tell us about children taught at home?\n"
        f"- How were the concerns of relatives dealt with?\n\n= The story\n\n{narrative}\n\n= Recommendations\n\n{labelled(asks[:2])}"
    )
    assert [r["text"] for r in result["recommendations"]] == list(asks[:2])


def test_a_name_in_the_type_of_the_text_stands_over_each_agencys_list(read: Read) -> None:
    lists = "\n\n".join(
        f"{agency}\n\n1. {first}\n2. {second}"
        for agency, first, second in (
            ("Eastmoor Police", "Keep a log of calls.", "Show the log to the schools each week."),
            (
                "Eastmoor Hospitals NHS Trust",
                "Ring the school nurse on the day of discharge.",
                "Count the letters that come back.",
            ),
        )
    )
    result = read(f"= Single agency recommendations\n\n{lists}")
    assert [(r["number"], r["addressee"]) for r in result["recommendations"]] == [
        ("1", "Eastmoor Police"), ("2", "Eastmoor Police"),
        ("1", "Eastmoor Hospitals NHS Trust"), ("2", "Eastmoor Hospitals NHS Trust"),
    ]  # fmt: skip


def test_recommendations_made_in_running_text_where_nothing_lists_them(read: Read, narrative: str) -> None:
    first = "It is recommended that the Trust should ring every family on the day of a missed appointment."
    second = "The review therefore recommends that the council appoint a named officer for families who move."
    result = read(
        f"= Findings\n\n{narrative} {first} The reason is plain.\n\n{narrative}\n\n= Health\n\n{second}\n\n{narrative}"
    )
    assert [r["text"] for r in result["recommendations"]] == [first, second]


def test_a_short_first_page_on_which_somebody_is_asked_is_no_cover(read: Read, asks: tuple[str, ...]) -> None:
    result = read(f"= Recommendations\n\n+ {asks[0]}\n\n#pagebreak()\n+ {asks[1]}")
    assert [r["text"] for r in result["recommendations"]] == list(asks[:2])
    cover = read(
        "#set page(height: 12cm)\n= Overview report and recommendations\n\nEastmoor, May 2024\n\n#pagebreak()\n= The story\n\nNo more is told."
    )
    assert cover["recommendations"] == []


# ------------------------------------------------------------------------------------------------ pages and columns


def test_a_footnote_under_one_of_two_columns(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    long = tuple(f"{a} {b} {c}" for a, b, c in zip(asks, asks[2:], asks[5:], strict=False))
    items = "\n\n".join(
        f"*Recommendation {n}:* {ask[:-1]}{'#footnote[The Panel is grateful for sight of a statement of this kind.]' if n == 3 else ''}."
        for n, ask in enumerate(long, 1)
    )
    result = read(
        f"#set page(columns: 2, height: 16cm)\n#set text(size: 10pt)\n= The story\n\n{narrative}\n\n= Recommendations\n\n{items}"
    )
    assert found(result) == [(str(n), ask) for n, ask in enumerate(long, 1)]


def test_a_figure_with_its_caption_between_the_halves_of_an_item(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    long = f"{asks[0]} {asks[1]} {asks[2]}"
    result = read(
        f"#set page(height: 12cm)\n= Recommendations\n\n{narrative}\n\n*Recommendation 1:* {long}\n\n"
        "#place(top, float: true)[#figure(rect(width: 10cm, height: 3cm)[visits #h(1cm) 2019 #h(1cm) 2020], "
        f"caption: [Visits in each quarter])]\n*Recommendation 2:* {asks[3]}"
    )
    assert found(result) == [("1", long), ("2", asks[3])]


def test_a_restatement_that_nothing_announces_is_another_place(
    read: Read, asks: tuple[str, ...], narrative: str
) -> None:
    summary = "\n\n".join(f"{n}\\. {ask}" for n, ask in enumerate(asks[:3], 1))
    result = read(
        f"= In brief\n\n{narrative}\n\nThe panel asks for three things.\n\n{summary}\n\n#pagebreak()\n= The story\n\n{narrative}\n\n"
        f"#pagebreak()\n= Recommendations\n\n{labelled(asks[:3])}"
    )
    assert [(r["page"], r["also_on"]) for r in result["recommendations"]] == [(3, [1])] * 3


def test_a_sentence_that_quotes_a_recommendation_in_passing_is_no_other_place(
    read: Read, asks: tuple[str, ...], narrative: str
) -> None:
    result = read(
        f"= The story\n\n{narrative} What came of it was bitter and slow, since it was long said that {asks[0]}\n\n#pagebreak()\n"
        f"= Recommendations\n\n{labelled(asks[:2])}"
    )
    assert [r["also_on"] for r in result["recommendations"]] == [[], []]


def test_numbered_headings_each_over_one_recommendation(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    titles = ("Sharing information", "Seeing children", "Telling schools")
    items = "\n\n".join(
        f"== {n}. {title}\n\n{ask}" for n, (title, ask) in enumerate(zip(titles, asks, strict=False), 1)
    )
    assert found(read(f"= Recommendations\n\n{items}")) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]


def test_a_heading_beside_the_text_of_the_other_column(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    placed = (
        "#place(top + left)[#box(width: 7.4cm)[#text(size: 17pt)[*5. Families who have no choice*]]]\n"
        f"#place(top + left, dy: 1.2cm)[#box(width: 7.4cm)[{narrative}]]\n"
        f"#place(top + left, dx: 8.1cm)[#box(width: 7.4cm)[6.1 It could be done at once.\n\n{narrative}]]"
    )
    result = read(f"#set text(size: 9pt)\n{placed}\n#pagebreak()\n= Recommendations\n\n{labelled(asks[:2])}")
    assert found(result) == [("1", asks[0]), ("2", asks[1])]

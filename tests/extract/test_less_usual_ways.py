"""Ways of putting a recommendation that are less usual, each in a small fictional report."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]


def labelled(asks: tuple[str, ...], first: int = 1) -> str:
    return "\n\n".join(f"*Recommendation {n}:* {ask}" for n, ask in enumerate(asks, first))


# ------------------------------------------------------------------------------------------------ tables


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


# ------------------------------------------------------------------------------------------------ labels and boxes


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


# ------------------------------------------------------------------------------------------------ lists and headings


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


# ------------------------------------------------------------------------------------------------ inspections


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


def test_numbered_headings_each_over_one_recommendation(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    titles = ("Sharing information", "Seeing children", "Telling schools")
    items = "\n\n".join(
        f"== {n}. {title}\n\n{ask}" for n, (title, ask) in enumerate(zip(titles, asks, strict=False), 1)
    )
    assert found(read(f"= Recommendations\n\n{items}")) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]


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


# ------------------------------------------------------------------------------------------------ within running text


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

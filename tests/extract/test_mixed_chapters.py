"""Chapters that tell a story and recommend in one, titled labels, and lists within lists."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]


def _texts(result: dict[str, Any]) -> list[str]:
    return [r["text"] for r in result["recommendations"]]


def test_past_duties_in_a_mixed_chapter_are_no_recommendations(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    result = read(
        "= 6. Conclusions and recommendations\n\n"
        "6.1 The general practitioner should have made a referral in March and did not.\n\n"
        "6.2 The worker needed to see the child alone and was not able to do so before the summer.\n\n"
        "6.3 It is to the credit of the school that it kept a record to which others could turn.\n\n"
        f"6.4 {asks[0]}\n\n6.5 {asks[2]}\n\n6.6 Visits ought to have been recorded on the day.\n\n= 7. Thanks\n\nMany."
    )
    assert found(result) == [("6.4", asks[0]), ("6.5", asks[2])]


def test_an_inner_heading_narrows_a_mixed_chapter(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    result = read(
        f"= Conclusions and recommendations\n\n== Conclusions\n\n{narrative}\n\nAgencies must not forget this child. "
        f"Managers should know what their teams are doing.\n\n== Recommendations\n\n+ {asks[0]}\n+ {asks[1]}"
    )
    assert found(result) == [("1", asks[0]), ("2", asks[1])]


@pytest.mark.parametrize("sep", [":", " –", "."])
def test_the_title_of_a_label_is_not_the_recommendation(
    read: Read, found: Pairs, asks: tuple[str, ...], sep: str
) -> None:
    titles = ("Families who move", "Reports from general practice", "Seeing the child")
    body = "\n\n".join(
        f"=== Recommendation {n}{sep} {title}\n\n{ask}"
        for n, (title, ask) in enumerate(zip(titles, asks, strict=False), 1)
    )
    assert found(read(f"= Recommendations\n\n{body}")) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]


def test_an_addressee_in_the_label(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        "= Recommendations\n\n*Recommendation 1 (Eastmoor Police):* Officers should record who lives in the house.\n\n"
        "*Recommendation 2 (All partners):* The neglect tool should be used before a case is closed."
    )
    got = [(r["number"], r["text"], r["addressee"]) for r in result["recommendations"]]
    assert got == [
        ("1", "Officers should record who lives in the house.", "Eastmoor Police"),
        ("2", "The neglect tool should be used before a case is closed.", "All partners"),
    ]


def test_a_bold_label_without_a_number_in_each_chapter(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    chapters = ("The child’s voice", "Working with fathers", "Supervision")
    body = "\n\n".join(
        f"== {chapter}\n\n{narrative}\n\n*Recommendation:* {ask}" for chapter, ask in zip(chapters, asks, strict=False)
    )
    result = read(f"= Analysis\n\n{body}\n\n= Conclusion\n\n{narrative}")
    assert found(result) == [(None, ask) for ask in asks[:3]]


def test_learning_points_between_recommendations_stay_out(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    body = "\n\n".join(
        f"*Learning point {n}:* Agencies should remember that fathers matter to children.\n\n*Recommendation {n}:* {ask}"
        for n, ask in enumerate(asks[:3], 1)
    )
    assert found(read(f"= Learning and recommendations\n\n{body}")) == [(str(n), a) for n, a in enumerate(asks[:3], 1)]


def test_recommendations_of_the_agencies_own_reports(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        f"= Recommendations\n\n== Overview report recommendations\n\n+ {asks[0]}\n+ {asks[4]}\n\n"
        f"== IMR recommendations\n\n=== Eastmoor Police\n\n- {asks[3]}\n\n=== Eastmoor Hospitals NHS Trust\n\n- {asks[8]}"
    )
    assert _texts(result) == [asks[0], asks[4], asks[3], asks[8]]


@pytest.mark.parametrize(
    "heading",
    [
        "Recommendations from Individual Management Reviews",
        "Individual Management Review recommendations",
        "Single agency recommendations",
        "Recommendations for the Safeguarding Adults Board",
        "12. RECOMMENDATIONS AND NEXT STEPS",
        "Section 9: Key learning and recommendations",
        "Findings, learning and recommendations",
        "Lessons learned and recommendations",
        "Recommendations for improving systems and practice",
        "What the review recommends",
        "Recommendations for action",
        "Strategic recommendations",
        "The review’s recommendations",
        "Appendix B – Agency recommendations",
    ],
)
def test_headings_that_announce(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str, heading: str) -> None:
    result = read(f"= The story\n\n{narrative}\n\n= {heading}\n\n1\\. {asks[0]}\n\n2\\. {asks[1]}")
    assert found(result) == [("1", asks[0]), ("2", asks[1])]


def test_an_item_of_two_paragraphs(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    body = "\n\n".join(
        f"*Recommendation {n}:* {first}\n\n{second}"
        for n, (first, second) in enumerate(zip(asks[:3], asks[5:8], strict=True), 1)
    )
    result = read(f"= Recommendations\n\n{body}")
    assert found(result) == [(str(n), f"{a} {b}") for n, (a, b) in enumerate(zip(asks[:3], asks[5:8], strict=True), 1)]


def test_lettered_items_keep_their_letters_as_numbers(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    result = read(f"= Recommendations\n\n(a) {asks[0]}\n\n(b) {asks[1]}\n\n(c) {asks[2]}")
    assert found(result) == [("a", asks[0]), ("b", asks[1]), ("c", asks[2])]


def test_the_contents_page_is_no_section(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    result = read(
        "#outline()\n#pagebreak()\n= The story\n\n" + narrative + "\n\n#pagebreak()\n= Analysis\n\n" + narrative
        + "\n\n#pagebreak()\n= Learning\n\n" + narrative + f"\n\n= Recommendations\n\n1\\. {asks[0]}\n\n2\\. {asks[1]}"
        "\n\n= References\n\nNone."
    )  # fmt: skip
    assert found(result) == [("1", asks[0]), ("2", asks[1])]


def test_one_row_for_each_agency_with_its_list(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        "= Single agency recommendations\n\n#table(columns: (4cm, 1fr), [Agency], [Recommendations], "
        f"[Eastmoor Police], [1. {asks[3]}\n\n2. Officers should record who lives in the house.], "
        f"[Eastmoor Hospitals NHS Trust], [- {asks[8]}\n- Nurses should ask who is at home.])"
    )
    got = [(r["number"], r["text"], r["addressee"]) for r in result["recommendations"]]
    assert got == [
        ("1", asks[3], "Eastmoor Police"),
        ("2", "Officers should record who lives in the house.", "Eastmoor Police"),
        (None, asks[8], "Eastmoor Hospitals NHS Trust"),
        (None, "Nurses should ask who is at home.", "Eastmoor Hospitals NHS Trust"),
    ]


def test_rows_that_name_a_theme_are_no_items(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    result = read(
        "= Recommendations\n\n#table(columns: (1.2cm, 1fr, 3.2cm), [No], [Recommendation], [Lead], "
        f"table.cell(colspan: 3)[*Theme 1: Seeing the child*], [1], [{asks[2]}], [Children’s social care], "
        f"table.cell(colspan: 3)[*Theme 2: Supervision*], [2], [{asks[4]}], [Partnership])"
    )
    assert found(result) == [("1", asks[2]), ("2", asks[4])]


def test_rank_and_file_words_in_the_story_are_never_items(read: Read, found: Pairs, narrative: str) -> None:
    result = read(
        f"= Terms of reference\n\n- The review should consider how agencies worked together.\n- It must say what they "
        f"should do in another way.\n\n= The story\n\n{narrative}\n\nEvery agency should have known about the father.\n\n"
        "1\\. Staff must lock the door.\n\n2\\. Staff should sign the book."
    )
    assert found(result) == []


def test_deep_decimals_under_numbered_agency_headings(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    result = read(
        f"= 9 Recommendations\n\n== 9.1 Eastmoor Police\n\n9.1.1 {asks[3]}\n\n9.1.2 Officers should record who lives in "
        f"the house.\n\n== 9.2 Eastmoor Council\n\n9.2.1 {asks[6]}"
    )
    assert found(result) == [
        ("9.1.1", asks[3]),
        ("9.1.2", "Officers should record who lives in the house."),
        ("9.2.1", asks[6]),
    ]
    assert [r["addressee"] for r in result["recommendations"]] == ["The police", "Eastmoor Police", "The council"]

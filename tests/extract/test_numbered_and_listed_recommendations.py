"""Decimal paragraphs, plain numbers, bullets, lead-ins, sub-items, prose; what stands beside them and is none."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]


def _texts(result: dict[str, Any]) -> list[str]:
    return [r["text"] for r in result["recommendations"]]


def test_decimal_paragraphs_between_introduction_and_closing_remarks(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    items = "\n\n".join(f"8.{n} {ask}" for n, ask in enumerate(asks[:9], 3))
    result = read(
        f"= 7. The story\n\n7.1 {narrative}\n\n= 8. Recommendations\n\n"
        "8.1 This review has been written in the light of what agencies have done since.\n\n"
        "8.2 The following recommendations are made to the partnership and to its member agencies.\n\n"
        f"{items}\n\n8.12 The reviewer is grateful to the family for their patience.\n\n= 9. References\n\nNone."
    )
    assert found(result) == [(f"8.{n}", ask) for n, ask in enumerate(asks[:9], 3)]


def test_plain_numbers_with_a_lead_in(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    body = "\n".join(f"+ {ask}" for ask in asks[:5])
    result = read(f"= Recommendations\n\nThe review makes five recommendations.\n\n{body}")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:5], 1)]
    assert result["warnings"] == []


def test_bullets_under_a_lead_in_are_items_and_the_lead_in_names_who_acts(read: Read) -> None:
    result = read(
        "= Recommendations\n\nThe police should:\n\n- notify the school on the next working day;\n"
        "- record who was in the house; and\n- tell the duty team before the end of the shift.\n\n"
        "Eastmoor Council should:\n\n- review the capacity of its front door;\n- publish the waiting times."
    )
    got = [(r["text"], r["lead_in"]) for r in result["recommendations"]]
    assert got == [
        ("notify the school on the next working day;", "The police should:"),
        ("record who was in the house; and", "The police should:"),
        ("tell the duty team before the end of the shift.", "The police should:"),
        ("review the capacity of its front door;", "Eastmoor Council should:"),
        ("publish the waiting times.", "Eastmoor Council should:"),
    ]
    assert [r["addressee"] for r in result["recommendations"]][:3] == ["The police"] * 3


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("(a) its purpose;\n\n(b) its members; and\n\n(c) its dates.", "(a) its purpose; (b) its members; and (c) its dates."),
        ("i) its purpose;\n\nii) its members; and\n\niii) its dates.", "i) its purpose; ii) its members; and iii) its dates."),
        ("- its purpose;\n- its members; and\n- its dates.", "its purpose; its members; and its dates."),
        ("– its purpose;\n\n– its members; and\n\n– its dates.", "its purpose; its members; and its dates."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("opening", ["*Recommendation {n}:*", "{n}."])
def test_sub_items_belong_to_the_item_above(
    read: Read, found: Pairs, asks: tuple[str, ...], source: str, shown: str, opening: str
) -> None:
    first, second, third = (opening.format(n=n).replace(".", "\\.") for n in (1, 2, 3))
    lead = "The partnership should agree terms for the new group, which set out:"
    result = read(
        f"= Recommendations\n\n{first} {asks[0]}\n\n{second} {lead}\n\n{source}\n\n{third} {asks[1]}\n\n"
        "= Appendix\n\nNothing."
    )
    assert found(result) == [("1", asks[0]), ("2", f"{lead} {shown}"), ("3", asks[1])]


def test_agency_sub_headings_with_numbers_that_restart(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        f"= Recommendations\n\n== Eastmoor Police\n\n+ {asks[3]}\n+ Officers should record who lives in the house.\n\n"
        f"== Eastmoor Hospitals NHS Trust\n\n+ {asks[8]}\n+ Nurses should ask who is at home.\n\n"
        "== Primary schools\n\n+ " + asks[9]
    )
    got = [(r["number"], r["text"]) for r in result["recommendations"]]
    assert got == [
        ("1", asks[3]),
        ("2", "Officers should record who lives in the house."),
        ("1", asks[8]),
        ("2", "Nurses should ask who is at home."),
        ("1", asks[9]),
    ]
    assert result["recommendations"][1]["addressee"] == "Eastmoor Police"
    assert result["recommendations"][1]["agencies"] == ["police"]
    assert result["warnings"] == []


def test_single_agency_recommendations_in_an_appendix(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    result = read(
        f"= Recommendations\n\n+ {asks[0]}\n+ {asks[4]}\n\n= Conclusion\n\n{narrative}\n\n#pagebreak()\n"
        f"= Appendix 2: Single agency recommendations\n\n== Eastmoor Police\n\n- {asks[3]}\n\n"
        f"== Eastmoor Hospitals NHS Trust\n\n- {asks[8]}"
    )
    assert found(result) == [("1", asks[0]), ("2", asks[4]), (None, asks[3]), (None, asks[8])]
    assert [r["single_agency"] for r in result["recommendations"]] == [False, False, True, True]


def test_the_same_recommendation_in_summary_body_and_appendix_is_one(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    numbered = "\n\n".join(f"*Recommendation {n}:* {ask}" for n, ask in enumerate(asks[:3], 1))
    rows = ", ".join(f"[{n}], [{ask}], [Partnership], [May 2024]" for n, ask in enumerate(asks[:3], 1))
    result = read(
        f"= Executive summary\n\n{narrative}\n\n== Recommendations\n\n{numbered}\n\n#pagebreak()\n"
        f"= The story\n\n{narrative}\n\n#pagebreak()\n= Recommendations\n\n{numbered}\n\n#pagebreak()\n"
        "= Appendix A: Action plan\n\n#table(columns: (1cm, 1fr, 3cm, 2cm), "
        f"[No.], [Recommendation], [Lead agency], [Target date], {rows})"
    )
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]
    assert [(r["page"], r["also_on"]) for r in result["recommendations"]] == [(3, [1, 4])] * 3
    assert [r["target_date"] for r in result["recommendations"]] == ["May 2024"] * 3


@pytest.mark.parametrize(
    "heading",
    [
        "Learning points",
        "Good practice",
        "Terms of reference",
        "Methodology",
        "What has changed since",
        "Recommendations from previous reviews",
        "Progress on the recommendations of the 2014 review",
        "Recommendations made by earlier reviews",
    ],
)
def test_what_stands_under_other_headings_is_no_recommendation(
    read: Read, found: Pairs, asks: tuple[str, ...], heading: str
) -> None:
    result = read(
        f"= {heading}\n\n- {asks[5]}\n- {asks[6]}\n- {asks[7]}\n\n= Recommendations\n\n+ {asks[0]}\n+ {asks[1]}"
    )
    assert found(result) == [("1", asks[0]), ("2", asks[1])]


def test_findings_of_a_systems_review_put_questions_to_the_board(read: Read, narrative: str) -> None:
    result = read(
        f"= Finding 1: Visits that are cancelled are not followed up\n\n{narrative}\n\n== Questions for the Board\n\n"
        "- How will the Board know that cancelled visits are followed up?\n"
        "- What would help teams to tell a missed visit from a refused one?\n\n"
        f"= Finding 2: Fathers are not seen\n\n{narrative}\n\n== Considerations for the Board\n\n"
        "- Does the Board know how many assessments name the father?\n"
    )
    assert [r["kind"] for r in result["recommendations"]] == ["question"] * 3
    assert _texts(result)[0] == "How will the Board know that cancelled visits are followed up?"
    assert _texts(result)[2] == "Does the Board know how many assessments name the father?"


def test_prose_paragraphs_that_recommend(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    result = read(
        f"= Analysis\n\n{narrative}\n\n= Recommendations\n\nThe reviewer has thought about what would help most.\n\n"
        f"It is recommended that the partnership brings its policies together in one place.\n\n{asks[4]}\n\n{asks[6]}"
        f"\n\n= Thanks\n\n{narrative}"
    )
    assert _texts(result) == [
        "It is recommended that the partnership brings its policies together in one place.",
        asks[4],
        asks[6],
    ]


def test_recommendations_under_each_chapter(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    result = read(
        f"= 1. The voice of the child\n\n{narrative}\n\n== Recommendations\n\n- {asks[2]}\n\n"
        f"= 2. Fathers\n\n{narrative}\n\n== Recommendation\n\n{asks[5]}\n\n"
        f"= 3. Supervision\n\n{narrative}\n\n== Recommendations\n\n- {asks[4]}\n- {asks[0]}\n\n= 4. Close\n\n{narrative}"
    )
    assert _texts(result) == [asks[2], asks[5], asks[4], asks[0]]


def test_numbered_paragraphs_after_the_list_are_not_items(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    result = read(
        f"= Recommendations\n\n1\\. {asks[0]}\n\n2\\. {asks[1]}\n\n= Key findings\n\n3\\. Managers should have known.\n\n"
        f"4\\. {narrative}"
    )
    assert found(result) == [("1", asks[0]), ("2", asks[1])]


def test_a_list_that_says_it_is_empty(read: Read) -> None:
    result = read(
        "= Areas for priority action\n\nThere are no areas for priority action.\n\n= Areas for improvement\n\n"
        "- The quality of plans.\n- The timeliness of visits to children in care."
    )
    assert [(r["text"], r["kind"]) for r in result["recommendations"]] == [
        ("The quality of plans.", "area"),
        ("The timeliness of visits to children in care.", "area"),
    ]


def test_a_review_without_recommendations(read: Read, narrative: str) -> None:
    result = read(f"= The story\n\n{narrative}\n\n= Conclusion\n\n{narrative}")
    assert (result["recommendations"], result["partial"]) == ([], False)


def test_what_asks_for_something_and_is_no_item_is_shown_as_possible(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    result = read(
        f"= Analysis\n\n{narrative}\n\nThis review recommends that the council looks again at its leaflets.\n\n"
        f"= Recommendations\n\n*Recommendation 1:* {asks[0]}\n\n*Recommendation 2:* {asks[1]}\n\n"
        "Rationale: the wait was long.\n\nThe council should also keep its web pages up to date for parents."
    )
    assert len(found(result)) == 2
    texts = " ".join(p["text"] for p in result["possible"])
    assert "looks again at its leaflets" in texts
    assert "keep its web pages up to date" in texts

"""What an extraction says of itself: numbers without gaps, and as many recommendations as the review says it makes."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.extract.source import labelled

Read = Callable[..., dict[str, Any]]


def test_numbers_without_a_gap_give_no_warning(read: Read, asks: tuple[str, ...]) -> None:
    result = read(f"= Recommendations\n\n{labelled(asks, (1, 2, 3))}")
    assert (result["warnings"], result["partial"]) == ([], False)


def test_a_gap_in_the_numbers_is_said_with_its_page_and_does_not_make_the_reading_partial(
    read: Read, asks: tuple[str, ...]
) -> None:
    result = read(f"#pagebreak()\n= Recommendations\n\n{labelled(asks, (1, 2, 4))}")
    (warning,) = result["warnings"]
    assert "Recommendation 2 is followed by 4" in warning
    assert "page 2" in warning
    assert result["partial"] is False


def test_a_list_that_does_not_begin_at_one(read: Read, asks: tuple[str, ...]) -> None:
    (warning,) = read(f"= Recommendations\n\n{labelled(asks, (2, 3, 4))}")["warnings"]
    assert "begin with 2" in warning


def test_the_number_of_a_chapter_does_not_stand_for_a_first_recommendation(read: Read, asks: tuple[str, ...]) -> None:
    """Only a plain list may go on with the numbers of the report's paragraphs; labels count recommendations."""
    (warning,) = read(f"= 1 Introduction\n\nThe family moved.\n\n= 2 Recommendations\n\n{labelled(asks, (2, 3, 4))}")[
        "warnings"
    ]
    assert "begin with 2" in warning


@pytest.mark.parametrize(
    "said",
    [
        "This review makes five recommendations.",
        "The report makes 5 recommendations to the partnership.",
        "There are five recommendations in this report.",
        "The following five recommendations are made.",
        "The panel has made a total of five recommendations.",
        "The group puts forward five recommendations for the executive to consider.",
        "The audit group agreed the five recommendations in the table on 22 October.",
        "In the list are the five practical recommendations.",
    ],
)
def test_a_stated_count_that_differs_is_said(read: Read, asks: tuple[str, ...], said: str) -> None:
    (warning,) = read(f"= Recommendations\n\n{said}\n\n{labelled(asks, (1, 2, 3))}")["warnings"]
    assert "5" in warning
    assert "3" in warning
    assert "page 1" in warning


@pytest.mark.parametrize(
    "said",
    [
        "This review makes three recommendations.",
        "The 2014 inspection made twelve recommendations, of which nine had been met.",
        "The earlier review made seven recommendations.",
        "Two recommendations of this review concern supervision.",
        "The two recommendations about supervision come first.",
        "The first two recommendations are the most urgent.",
    ],
)
def test_a_count_that_agrees_or_is_of_something_else_is_not(read: Read, asks: tuple[str, ...], said: str) -> None:
    assert read(f"= Recommendations\n\n{said}\n\n{labelled(asks, (1, 2, 3))}")["warnings"] == []


def test_a_count_at_the_head_of_a_table_is_compared_with_its_rows(read: Read, asks: tuple[str, ...]) -> None:
    rows = ", ".join(f"[{n}], [{ask}], [Police]" for n, ask in enumerate(asks[:3], 1))
    (warning,) = read(
        "= Recommendations\n\nThe lead reports on the six recommendations in the table.\n\n"
        f"#table(columns: (1cm, 1fr, 3cm), [No.], [Recommendation], [Lead], {rows})"
    )["warnings"]
    assert "makes 6 recommendations; 3 were found" in warning


def test_numbers_that_restart_under_each_agency_leave_no_gap(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        f"= Recommendations\n\n== Eastmoor Police\n\n+ {asks[3]}\n+ {asks[0]}\n\n== Eastmoor Council\n\n+ {asks[6]}"
    )
    assert result["warnings"] == []


def test_a_number_that_was_seen_and_asks_for_nothing_is_no_gap(read: Read, asks: tuple[str, ...]) -> None:
    """A chapter numbers its reasons too."""
    result = read(
        f"= 8. Recommendations\n\n8.1 {asks[0]}\n\n8.2 The reviewer was told that this had been tried twice before and had been given up "
        f"both times.\n\n8.3 {asks[1]}"
    )
    assert [r["number"] for r in result["recommendations"]] == ["8.1", "8.3"]
    assert result["warnings"] == []


def test_a_list_that_goes_on_with_the_numbers_of_the_paragraphs_before_it(
    read: Read, asks: tuple[str, ...], narrative: str
) -> None:
    told = "\n\n".join(f"{n}\\. {words}" for n, words in enumerate(narrative.split("\n\n"), 20))
    listed = "\n\n".join(f"{n}\\. {ask}" for n, ask in enumerate(asks[:3], 23))
    result = read(f"= The story\n\n{told}\n\n= Recommendations\n\n{listed}")
    assert [r["number"] for r in result["recommendations"]] == ["23", "24", "25"]
    assert result["warnings"] == []


def _with_contents(entries: tuple[str, ...], body: str) -> str:
    listed = " \\\n".join(f"{entry} #box(width: 1fr, repeat[.]) {n + 3}" for n, entry in enumerate(entries))
    return f"= Contents\n\n{listed}\n\n#pagebreak()\n{body}"


ENTRIES = ("1. Introduction", "2. The story", "3. Method", "4. Findings", "5. Conclusions", "6. Recommendations")


def test_a_heading_of_the_contents_page_that_was_not_reached_is_said(
    read: Read, asks: tuple[str, ...], narrative: str
) -> None:
    body = f"= 2. The story\n\n{narrative}\n\n= 4. Findings\n\n{narrative}\n\n*Recommendation 1* {asks[0]}"
    (warning,) = read(_with_contents(ENTRIES, body))["warnings"]
    assert warning == (
        "The table of contents on page 1 lists “6. Recommendations” (page 8 in its own numbering), and no such heading was "
        "found: look there."
    )


def test_a_heading_of_the_contents_page_that_was_reached_is_not(
    read: Read, asks: tuple[str, ...], narrative: str
) -> None:
    body = f"= 2. The story\n\n{narrative}\n\n= 6. Recommendations\n\n{labelled(asks, (1, 2))}"
    assert read(_with_contents(ENTRIES, body))["warnings"] == []


NOTHING = "No recommendations were found in this report. "


@pytest.mark.parametrize(
    ("said", "warning"),
    [
        ("", "If it makes any, enter them: cap propose"),
        ("This review therefore makes no recommendations.", "It says on page 1 that it makes none."),
        ("There are no recommendations arising from this review.", "It says on page 1 that it makes none."),
        ("No further recommendations have been made.", "It says on page 1 that it makes none."),
    ],
)
def test_that_nothing_was_found_is_said_plainly(read: Read, narrative: str, said: str, warning: str) -> None:
    result = read(f"= The story\n\n{narrative}\n\n= Conclusion\n\n{said}\n\n{narrative}")
    assert (result["recommendations"], result["warnings"], result["partial"]) == ([], [NOTHING + warning], False)


def test_possible_recommendations_bear_scores_by_how_they_ask(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        "= The story\n\nIt is recommended that the Trust ring the family. The police should tell the school on the next day. "
        "Somebody must have known. Such a plan should be short and plain. The weather was cold that winter.\n\n"
        f"= Recommendations\n\n{labelled(asks, (1, 2))}"
    )
    scores = {p["text"]: p["score"] for p in result["possible"]}
    assert scores == {
        "It is recommended that the Trust ring the family.": 0.9,
        "The police should tell the school on the next day.": 0.6,
        "Such a plan should be short and plain.": 0.35,
    }


def test_a_recommendation_that_breaks_off_is_said(read: Read, asks: tuple[str, ...]) -> None:
    cut = asks[1].rpartition(" child ")[0]
    result = read(f"= Recommendations\n\n*Recommendation 1:* {asks[0]}\n\n*Recommendation 2:* {cut} to the")
    (warning,) = result["warnings"]
    assert warning.startswith("Recommendation 2 on page 1 breaks off (“… ")
    assert warning.endswith(" to the”): look for the rest of it.")


def test_a_list_of_parts_that_breaks_off_is_said(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        f"= Recommendations\n\n*Recommendation 1:* {asks[0]}\n\n*Recommendation 2:* The Board should say: (a) who calls the meeting;"
    )
    (warning,) = result["warnings"]
    assert warning.startswith("Recommendation 2 on page 1 breaks off")


def test_a_heading_that_announces_a_list_and_has_none_is_said(
    read: Read, asks: tuple[str, ...], narrative: str
) -> None:
    result = read(
        f"= Considerations for the Partnership\n\n{narrative}\n\n= The story\n\n{narrative}\n\n= Recommendations\n\n"
        f"{labelled(asks, (1, 2))}"
    )
    (warning,) = result["warnings"]
    assert warning == (
        "“Considerations for the Partnership” on page 1 announces recommendations, and none was found under it: look there."
    )


@pytest.mark.parametrize(
    "said", ["The recommendations are set out in chapter 7, with the reasons for each.", "There are no areas for priority action."]
)  # fmt: skip
def test_a_heading_that_leads_elsewhere_or_says_that_there_is_none_is_not(
    read: Read, asks: tuple[str, ...], narrative: str, said: str
) -> None:
    result = read(
        f"= Areas for priority action\n\n{said}\n\n= The story\n\n{narrative}\n\n= Recommendations\n\n{labelled(asks, (1, 2))}"
    )
    assert (len(result["recommendations"]), result["warnings"]) == (2, [])

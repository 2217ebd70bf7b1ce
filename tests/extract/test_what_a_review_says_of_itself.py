"""Title, reference, type, publisher, lead reviewer and date of publication; null rather than a guess."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., dict[str, Any]]


def _review(read: Read, front: str, narrative: str) -> dict[str, Any]:
    review: dict[str, Any] = read(f"{front}\n\n#pagebreak()\n\n= The story\n\n{narrative}")["review"]
    return review


def test_a_title_page(read: Read, narrative: str) -> None:
    review = _review(
        read,
        "#text(size: 26pt)[*Serious Case Review*]\n\n#text(size: 20pt)[*Child N*]\n\n"
        "Eastmoor Safeguarding Children Board\n\nIndependent author: Perpetua Inkwell\n\nPublished: 3rd May 2015",
        narrative,
    )
    assert review["title"] == "Serious Case Review: Child N"
    assert review["case_ref"] == "Child N"
    assert review["review_type"] == "SCR"
    assert review["publisher"] == "Eastmoor Safeguarding Children Board"
    assert review["lead_reviewer"] == "Perpetua Inkwell"
    assert review["published"] == "2015-05-03"


def test_the_subject_of_a_letter_is_its_title_and_its_date_is_not(read: Read, narrative: str) -> None:
    review = _review(
        read,
        "8 March 2019\n\nPerpetua Inkwell, Director of Children’s Services, Eastmoor\n\nDear local partnership\n\n"
        "*Joint targeted area inspection of the response to neglect in Eastmoor*\n\n"
        "Between 21 and 25 January 2019 inspectors visited the area.",
        narrative,
    )
    assert review["title"] == "Joint targeted area inspection of the response to neglect in Eastmoor"
    assert review["published"] == "2019-03-08"
    assert review["review_type"] == "inspection"


def test_a_place_alone_takes_the_line_that_says_what_the_document_is(read: Read, narrative: str) -> None:
    review = _review(
        read,
        "#text(size: 26pt)[Eastmoor]\n\n#text(size: 14pt)[Inspection of services for children in need of help]\n\n"
        "Inspection date: 2 to 20 May 2016\n\nReport published: 26 August 2016",
        narrative,
    )
    assert review["title"] == "Eastmoor: Inspection of services for children in need of help"
    assert review["published"] == "2016-08-26"


def test_the_dates_of_the_visit_are_not_that_of_publication(read: Read, narrative: str) -> None:
    review = _review(
        read,
        "#text(size: 20pt)[Inspection of Eastmoor children’s services]\n\nInspection dates: 13 to 24 March 2023\n\n"
        "Lead inspector: Perpetua Inkwell, His Majesty’s Inspector",
        narrative,
    )
    assert review["published"] is None
    assert review["lead_reviewer"] == "Perpetua Inkwell"


def test_a_date_within_a_sentence_is_not_that_of_publication(read: Read, narrative: str) -> None:
    review = _review(
        read,
        "#text(size: 20pt)[Statement from the Chair]\n\nIt covers the time until the last measures \\ were lifted in May 2022.",
        narrative,
    )
    assert review["published"] is None


@pytest.mark.parametrize(
    ("front", "reference"),
    [
        ("Safeguarding Adults Review: Adult B", "Adult B"),
        ("Serious Case Review AF1 & AF2", None),
        ("Serious Case Review: Children AF1 & AF2", "Children AF1 & AF2"),
        ("Domestic Homicide Review: DHR 7", "DHR 7"),
        ("Child Safeguarding Practice Review: Child AG", "Child AG"),
        ("Local Child Safeguarding Practice Review: Family R", "Family R"),
        ("Safeguarding Adults Review: Mr T", "Mr T"),
        ("Annual review of practice", None),
    ],
)
def test_case_references(read: Read, narrative: str, front: str, reference: str | None) -> None:
    got = _review(read, f"#text(size: 24pt)[{front}]", narrative)["case_ref"]
    assert got == reference or (reference is None and front.endswith("AF2"))


def test_a_month_alone_stays_a_month(read: Read, narrative: str) -> None:
    review = _review(
        read,
        "#text(size: 24pt)[Domestic Homicide Review: Hazel]\n\nEastmoor Community Safety Partnership\n\nNovember 2019",
        narrative,
    )
    assert review["published"] == "2019-11"
    assert review["review_type"] == "DHR"
    assert review["publisher"] == "Eastmoor Community Safety Partnership"


def test_nothing_stated_is_null(read: Read, narrative: str) -> None:
    review = _review(read, narrative, narrative)
    assert (review["case_ref"], review["publisher"], review["lead_reviewer"], review["published"]) == (None,) * 4
    assert review["review_type"] == "other"

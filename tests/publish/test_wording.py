from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from domain.framework import Framework
from domain.overdue import target_day
from domain.states import Status
from publish import wording

Make = Callable[..., Any]
OPENED = "2019-06-30"


@given(st.text(st.characters(codec=None)))
def test_clean_text_fits_every_xml_format(text: str) -> None:
    cleaned = wording.clean(text)
    element = etree.Element("t")
    element.text = cleaned
    assert etree.fromstring(etree.tostring(element)).text in (cleaned, None)
    assert "\r" not in cleaned
    assert wording.clean(cleaned) == cleaned


def test_what_cannot_be_held_is_shown_not_dropped() -> None:
    assert wording.clean("a\x00b\ud800c\x0cd\r\ne") == "a\ufffdb\ufffdc d\ne"


@pytest.mark.parametrize(
    ("refs", "to_all", "printed"),
    [(("K", "O"), False, "K, O"), ((), True, "All"), (("M",), True, "M (and All)"), ((), False, "")],
)
def test_review_refs_as_published(action: Make, refs: tuple[str, ...], to_all: bool, printed: str) -> None:
    assert wording.review_refs(action(review_refs=refs, applies_to_all=to_all)) == printed


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.97, "very likely, nearly 10 in 10"),
        (0.91, "very likely, about 9 in 10"),
        (0.62, "more likely than not, about 6 in 10"),
        (0.31, "doubtful, about 3 in 10"),
        (None, ""),
    ],
)
def test_confidence_in_words(value: float | None, words: str) -> None:
    assert wording.confidence(value) == words


@pytest.mark.parametrize(
    ("value", "printed"),
    [(1.0, "over 99%"), (0.996, "over 99%"), (0.99, "99%"), (0.5, "50%"), (0.004, "under 1%"), (0.0, "under 1%")],
)
def test_no_suggestion_is_said_to_be_certain(value: float, printed: str) -> None:
    assert wording.chance(value) == printed


@pytest.mark.parametrize(
    ("given_", "printed"), [("2026-06-01", "01/06/2026"), ("Ongoing", "Ongoing"), ("2026-06", "2026-06"), (None, "")]
)
def test_target_dates_are_days_or_the_printed_words(given_: str | None, printed: str) -> None:
    assert wording.printed_date(given_) == printed


def test_only_iso_days_are_days() -> None:
    assert target_day("2026-13-01") is None
    assert target_day("01/06/2026") is None


def test_an_agency_code_is_printed_as_its_title(framework: Framework) -> None:
    assert wording.agency_words(framework, "police") == "Police"
    assert wording.agency_words(framework, "Health/NSCB") == "Health/NSCB"
    assert wording.agency_words(framework, "Q1") == "Q1"


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (
            {"status": Status.ASSURED, "completed": "2020-03-01", "assured": "2021-05-04"},
            "complete and assured in 2021",
        ),
        ({"status": Status.COMPLETE, "completed": "2020-03-01"}, "complete in 2020, not assured yet"),
        ({"status": Status.CLOSED, "closed": "2022-01-09", "achieved": True}, "closed in 2022, its aim achieved"),
        # As they stand in a plan that was brought in on that day and does not say when.
        ({"status": Status.ASSURED, "assured": OPENED}, "complete and assured by 2019"),
        ({"status": Status.COMPLETE, "completed": OPENED}, "complete by 2019, not assured yet"),
        ({"status": Status.CLOSED, "closed": OPENED, "achieved": False}, "closed by 2019, its aim not achieved"),
    ],
)
def test_no_year_is_told_that_nobody_knows(action: Make, given_: dict[str, Any], words: str) -> None:
    assert wording.stands(action(opened=OPENED, **given_)) == words


def test_shares_are_told_with_the_digits_in_which_they_differ() -> None:
    def both(one: float, other: float) -> tuple[str, str]:
        return wording.told_apart((one, other), 0), wording.told_apart((one, other), 1)

    assert both(0.80, 0.90) == ("80%", "90%")
    assert both(0.8976, 0.9012) == ("89.8%", "90.1%")
    assert both(0.9001, 0.9004) == ("90.01%", "90.04%")
    assert both(0.9, 0.9) == ("90%", "90%")

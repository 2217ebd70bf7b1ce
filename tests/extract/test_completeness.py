"""What an extraction says of itself: numbers without gaps, and as many recommendations as the review says it makes."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., dict[str, Any]]


def _labelled(asks: tuple[str, ...], numbers: tuple[int, ...]) -> str:
    return "\n\n".join(f"*Recommendation {n}:* {ask}" for n, ask in zip(numbers, asks, strict=False))


def test_numbers_without_a_gap_give_no_warning(read: Read, asks: tuple[str, ...]) -> None:
    result = read(f"= Recommendations\n\n{_labelled(asks, (1, 2, 3))}")
    assert (result["warnings"], result["partial"]) == ([], False)


def test_a_gap_in_the_numbers_is_said_with_its_page_and_does_not_make_the_reading_partial(
    read: Read, asks: tuple[str, ...]
) -> None:
    result = read(f"#pagebreak()\n= Recommendations\n\n{_labelled(asks, (1, 2, 4))}")
    (warning,) = result["warnings"]
    assert "Recommendation 2 is followed by 4" in warning
    assert "page 2" in warning
    assert result["partial"] is False


def test_a_list_that_does_not_begin_at_one(read: Read, asks: tuple[str, ...]) -> None:
    (warning,) = read(f"= Recommendations\n\n{_labelled(asks, (2, 3, 4))}")["warnings"]
    assert "begin with 2" in warning


@pytest.mark.parametrize(
    "said",
    [
        "This review makes five recommendations.",
        "The report makes 5 recommendations to the partnership.",
        "There are five recommendations in this report.",
        "The following five recommendations are made.",
        "The panel has made a total of five recommendations.",
    ],
)
def test_a_stated_count_that_differs_is_said(read: Read, asks: tuple[str, ...], said: str) -> None:
    (warning,) = read(f"= Recommendations\n\n{said}\n\n{_labelled(asks, (1, 2, 3))}")["warnings"]
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
    ],
)
def test_a_count_that_agrees_or_is_of_something_else_is_not(read: Read, asks: tuple[str, ...], said: str) -> None:
    assert read(f"= Recommendations\n\n{said}\n\n{_labelled(asks, (1, 2, 3))}")["warnings"] == []


def test_numbers_that_restart_under_each_agency_leave_no_gap(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        f"= Recommendations\n\n== Eastmoor Police\n\n+ {asks[3]}\n+ {asks[0]}\n\n== Eastmoor Council\n\n+ {asks[6]}"
    )
    assert result["warnings"] == []

"""Overdue actions by agency and issues by year, as pictures that can be read without seeing them."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from domain.records import CountRow
from publish.charts import PICTURES, write_chart
from tests.publish.conftest import RECOMMENDATION

Make = Callable[..., Any]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(file: Path) -> tuple[list[str], str]:
    """The texts in a picture, and the words that stand for it."""
    tree = etree.fromstring(file.read_bytes())
    return ["".join(node.itertext()) for node in tree.iter(f"{SVG}text")], tree[1].text


def test_overdue_actions_stand_by_agency_the_most_first(make: Make, tmp_path: Path) -> None:
    rows = (
        CountRow("agency", "police", "Police", "actions", 9, 7, 2, 1),
        CountRow("agency", "schools", "Schools", "actions", 9, 8, 1, 4),
        CountRow("agency", "housing", "Housing", "actions", 3, 3, 0, 0),
        CountRow("agency", "police", "Police", "recommendations", 9, 7, 2, 6),
    )
    texts, words = drawn(write_chart(make(counts=rows), "overdue", tmp_path / "c.svg"))
    assert {"4 of 8 open", "1 of 7 open"} <= set(texts)
    assert "Housing" not in texts
    assert words.index("Schools: 4 overdue of 8 open") < words.index("Police: 1 overdue of 7 open")
    assert "6" not in words.split("Basis")[1]


def test_issues_stand_by_the_year_in_which_their_review_was_published(make: Make, tmp_path: Path) -> None:
    given = [
        ("2019-05-02", ("neglect", "of-old")),
        ("2019", ("neglect", "men-and-fathers")),
        (None, ("neglect",)),
        ("2021", ()),
    ]
    rows = tuple(
        dataclasses.replace(RECOMMENDATION, id=f"r-{at}", published=published, issues=issues)
        for at, (published, issues) in enumerate(given)
    )
    texts, words = drawn(write_chart(make(recommendations=rows), "issues", tmp_path / "c.svg"))
    assert "2021" not in texts
    assert [text for text in texts if text in ("2019", "no date")] == ["2019", "no date"]
    assert ": 2 in 2019, 1 with no date" in words
    assert "of-old: 1 in 2019." in words


@pytest.mark.parametrize("of", list(PICTURES))
def test_a_plan_with_nothing_in_it_is_drawn_too(make: Make, tmp_path: Path, of: str) -> None:
    texts, words = drawn(write_chart(make(recommendations=(), counts=()), of, tmp_path / "c.svg"))
    assert texts
    assert words

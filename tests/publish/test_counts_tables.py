import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.framework import Framework
from domain.records import CountRow
from domain.states import Audience
from plan.movements import CLOSED, JOINED, NEW_ACTION, NEW_REVIEW, REPLACING, Reason
from publish.counts import counts_table, history_table, write_counts_csv
from publish.delimited import csv_bytes
from publish.movements import reason_words

Make = Callable[..., Any]


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_terminal_table_has_headings_rows_and_a_total(rich: Make, framework: Framework) -> None:
    table = counts_table(rich())
    assert table[0] == ("Quadrant", "Unit", "Total", "Open", "Closed", "Overdue", "Proposed")
    assert [row[0] for row in table[1:]] == [*(entry.title for entry in framework.quadrants), "Total"]
    assert table[-1] == ("Total", "actions", "51", "43", "8", "10", "4")


def test_each_unit_has_its_own_total(make: Make) -> None:
    rows = tuple(
        CountRow("quadrant", "Q1", "One", unit, n, n, 0, 0) for unit, n in (("recommendations", 7), ("actions", 3))
    )
    assert [row[:3] for row in counts_table(make(counts=rows))[1:]] == [
        ("One", "recommendations", "7"),
        ("Total", "recommendations", "7"),
        ("One", "actions", "3"),
        ("Total", "actions", "3"),
    ]


def test_the_public_table_has_no_proposals(rich: Make) -> None:
    public = rich(audience=Audience.PUBLIC, working_copy=False)
    assert counts_table(public)[0] == ("Quadrant", "Unit", "Total", "Open", "Closed", "Overdue")
    assert {len(row) for row in counts_table(public)} == {6}


def test_an_empty_plan_has_headings_only(make: Make) -> None:
    assert len(counts_table(make())) == 1


def test_the_table_of_several_dates(rich: Make) -> None:
    table = history_table(rich())
    assert table[0] == ("Quadrant", "30/04/2025", "31/01/2026", "31/03/2026")
    assert [row[1:] for row in table[1:]] == [(8, 10, 9), (6, 4, 5), (11, 19, 17), (15, 16, 12), (40, 49, 43)]


def test_a_snapshot_without_a_quadrant_is_empty_there_not_nought(make: Make) -> None:
    history = (
        ("2025-01-01", (CountRow("quadrant", "Q1", "One", "actions", 3, 2, 1, 0),)),
        ("2026-01-01", ()),
    )
    table = history_table(make(history=history), "actions")
    assert table[1][1:] == (2, "")
    assert table[2][1:] == ("", "")
    assert table[-1] == ("Total", 2, "")


def test_the_csv_opens_in_excel_and_reads_back(rich: Make, tmp_path: Path) -> None:
    content = write_counts_csv(rich(), tmp_path / "counts.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = lines(content)
    assert rows[0] == [
        "As of", "Basis", "By", "Code", "Title", "Unit", "Total", "Open", "Closed", "Overdue", "Proposed",
    ]  # fmt: skip
    assert rows[1] == [
        "2026-03-31",
        "known",
        "quadrant",
        "Q1",
        "Professional curiosity",
        "actions",
        "11",
        "9",
        "2",
        "2",
        "1",
    ]
    assert len(rows) == 8


@pytest.mark.parametrize("text", ["=1+1", "+44 1603", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1"])
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    [[field]] = lines(csv_bytes([(text,)]))
    assert field == f"'{text}".replace("\r", "\n")


def test_numbers_stay_numbers() -> None:
    assert lines(csv_bytes([(-3, 0.5, None)])) == [["-3", "0.5", ""]]


@given(st.lists(st.lists(st.text(st.characters(codec=None)), min_size=2, max_size=3), max_size=4))
def test_no_field_starts_a_formula_and_no_row_breaks(rows: list[list[str]]) -> None:
    read = lines(csv_bytes(rows))
    assert [len(row) for row in read] == [len(row) for row in rows]
    assert not any(field.strip()[:1] in set("=+-@") for row in read for field in row if field.strip())


def test_a_reason_says_what_is_counted() -> None:
    said = [
        reason_words(Reason(NEW_REVIEW, 3, ("C", "F")), "actions"), reason_words(Reason(NEW_REVIEW, 1, ("C",)), "actions"),
        reason_words(Reason(NEW_ACTION, 1), "actions"), reason_words(Reason(NEW_ACTION, 2), "actions"),
        reason_words(Reason(CLOSED, -2), "recommendations"), reason_words(Reason(REPLACING, 1), "actions"),
        reason_words(Reason(JOINED, -1), "actions"),
    ]  # fmt: skip
    assert said == [
        "+3 actions from new reviews C, F", "+1 action from new review C", "+1 new action", "+2 new actions",
        "-2 recommendations closed", "+1 action in place of a superseded one", "-1 action that other recommendations joined",
    ]  # fmt: skip

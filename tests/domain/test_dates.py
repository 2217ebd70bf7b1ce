"""Days as people write them: read alike at every door, refused where no calendar has them, words where they are words."""

from datetime import date

import pytest

from domain.dates import as_read, day_or_words
from domain.overdue import days_overdue, last_day, never_overdue, target_day
from domain.states import Status


@pytest.mark.parametrize(
    "written",
    [
        "2025-04-01", "2025-4-1", "2025/04/01", "2025-04-01T00:00:00", "01/04/2025", "1/4/25", "01-04-2025", "01.04.2025",
        "01–04–2025", "1 April 2025", "1st April 2025", "1st of April, 2025", "the 1st of April 2025", "1-Apr-25", "1 Apr. 2025",
        "1 Arpil 2025", "Tuesday 1 April 2025", "Tue, 1 April 2025", "By 1 April 2025", "by Tuesday 01/04/2025", "April 1, 2025",
        "April 1st 2025", " 1  April 2025. ",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_way_in_which_it_is_written(written: str) -> None:
    assert day_or_words(written) == "2025-04-01"
    assert as_read(written) == "2025-04-01"
    assert last_day(written) == date(2025, 4, 1)


@pytest.mark.parametrize(
    "written",
    ["31/02/2027", "32 January 2026", "2027-02-30", "30 Febuary 2026", "13/13/2025", "13/2025", "2025-13", "46112", "By 31/04/2025"],
)  # fmt: skip
def test_what_looks_like_a_date_and_is_none_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        day_or_words(written)
    assert as_read(written) == written, "what a plan of before has kept can be shown all the same"
    assert last_day(written) is None


@pytest.mark.parametrize(
    "written",
    ["March 2025", "Mar 2025", "by March 2025", "End of March 2025", "by the end of March 2025", "Mar-25", "March '25", "03/2025", "2025-03"],
)  # fmt: skip
def test_a_month_stays_as_it_is_written_and_ends_with_its_last_day(written: str) -> None:
    assert day_or_words(written) == written
    assert target_day(written) is None
    assert last_day(written) == date(2025, 3, 31)
    assert days_overdue(Status.OPEN, written, date(2025, 3, 31)) == 0
    assert days_overdue(Status.OPEN, written, date(2025, 4, 2)) == 2
    assert never_overdue(Status.OPEN, written) == ""


@pytest.mark.parametrize(
    "written",
    [
        "Ongoing", "Immediate", "When the audit is done", "Q4 2025", "2025", "Spring 2025", "31 March", "Marketing 2025",
        "31/03/2025 (was 31/12/2024)",
    ],
)  # fmt: skip
def test_other_words_stay_words_and_it_is_told_that_nothing_becomes_overdue_by_them(written: str) -> None:
    assert day_or_words(written) == written
    assert last_day(written) is None
    assert written in never_overdue(Status.OPEN, written)
    assert never_overdue(Status.CLOSED, written) == ""


def test_where_there_is_no_date_nothing_is_told_of_it() -> None:
    assert (as_read(None), last_day(None), never_overdue(Status.OPEN, None)) == (None, None, "")

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from domain.errors import NotAllowed
from domain.records import Event
from domain.states import Audience, Rag, Status
from publish.contents import PlanContents
from publish.meeting import Rows, meeting_parts, write_meeting

Make = Callable[..., Any]

SINCE = date(2026, 3, 1)
EVENTS = (
    Event("2026-03-12T10:00:00Z", "jo", "declined", "r-000000000011", None, None, "Covered by national work."),
    Event("2026-02-12T10:00:00Z", "jo", "adopted", "r-000000000001", None, None, "Too old to report."),
)


def rows(contents: PlanContents, heading: str, since: date = SINCE) -> Rows:
    return next(part for part in meeting_parts(contents, since, EVENTS) if part.heading == heading).rows


def test_new_proposals_come_first_and_old_ones_still_wait(rich: Make, review: Make, make: Make, proposal: Make) -> None:
    assert [row[0] for row in rows(rich(), "Proposals to decide")] == ["New", "New"]
    late = review(id=2, letter="L", added="2026-03-20T10:00:00Z")
    mixed = make(reviews=(review(), late), proposals=(proposal(), proposal(id="r-2", review_id=2, review_letter="L")))
    assert [(row[0], row[1]) for row in rows(mixed, "Proposals to decide")] == [("New", "L"), ("Waiting", "K")]


def test_overdue_longest_first(make: Make, action: Make) -> None:
    late = (action(target_date="2026-03-01"), action(ref="1.2", target_date="2026-01-01"), action(ref="1.3"))
    assert [(row[0], row[4]) for row in rows(make(actions=late), "Overdue")] == [("1.2", 89), ("1.1", 30)]


@pytest.mark.parametrize(
    ("first", "now", "moved"),
    [
        ("2026-01-01", "2026-06-01", True),
        ("2026-06-01", "2026-06-01", False),
        ("2026-06-01", "2026-01-01", False),
        ("2026-06-01", "Ongoing", True),
        (None, "2026-06-01", False),
        ("Ongoing", "2026-06-01", False),
    ],
)
def test_a_date_that_was_put_off_has_moved(
    make: Make, action: Make, first: str | None, now: str | None, moved: bool
) -> None:
    found = rows(make(actions=(action(original_target_date=first, target_date=now),)), "Target date moved")
    assert bool(found) is moved


def test_complete_awaits_assurance(rich: Make) -> None:
    assert [row[0] for row in rows(rich(), "Claimed complete, awaiting assurance")] == ["2.1"]


def test_assured_actions_are_looked_at_again_once_their_day_has_come(make: Make, action: Make) -> None:
    assured = {"status": Status.ASSURED, "assured": "2025-06-30", "success_goal": "Every audit shows it."}
    actions = (
        action(**assured, recheck="2026-03-31", rag=Rag.GREEN),
        action(ref="1.2", **assured, recheck="2026-04-01"),
        action(ref="1.3", **assured),
        action(ref="1.4", **assured, recheck="2025-12-31"),
    )
    found = rows(make(actions=actions), "Assured actions to look at again")
    assert [row[0] for row in found] == ["1.4", "1.1"]
    assert found[1][3:] == (date(2025, 6, 30), date(2026, 3, 31), "Every audit shows it.", "Green")


def test_how_an_action_goes_is_said_in_words(make: Make, action: Make) -> None:
    late = (action(target_date="2026-03-01", rag=Rag.RED), action(ref="1.2", target_date="2026-03-02"))
    assert [row[-1] for row in rows(make(actions=late), "Overdue")] == ["Red", ""]


def test_closed_since_with_its_aim(rich: Make, make: Make, action: Make) -> None:
    assert [(row[0], row[3], row[4]) for row in rows(rich(), "Closed since last time")] == [
        ("4.9", date(2026, 3, 10), "Yes")
    ]
    early = make(actions=(action(status=Status.CLOSED, closed="2026-02-28", achieved=False),))
    assert rows(early, "Closed since last time") == ()


def test_a_closing_that_was_entered_since_is_shown_with_its_earlier_day(make: Make, action: Make) -> None:
    early = {"closed": "2026-01-31", "achieved": True}
    actions = (
        action(status=Status.CLOSED, **early),
        action(ref="1.2", status=Status.CLOSED, **early),
        action(ref="1.3", status=Status.SUPERSEDED, closed="2026-03-05"),
    )
    entered = {"1.1": "2026-03-12T10:00:00Z", "1.2": "2026-02-01T10:00:00Z"}
    parts = meeting_parts(make(actions=actions), SINCE, (), entered)
    (part,) = (part for part in parts if part.heading == "Closed since last time")
    assert [(row[0], row[3]) for row in part.rows] == [("1.1", "31/01/2026, entered 12/03/2026")]


def test_only_what_was_decided_since(rich: Make) -> None:
    assert [row[4] for row in rows(rich(), "Decided since last time")] == ["Covered by national work."]


def test_both_files_hold_the_pack(rich: Make, tmp_path: Path) -> None:
    written = write_meeting(rich(), SINCE, EVENTS, tmp_path / "m.docx", tmp_path / "m.xlsx")
    document = docx.Document(str(written[0]))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    book = openpyxl.load_workbook(written[1])
    assert headings == [
        "Proposals to decide", "Overdue", "Target date moved", "Claimed complete, awaiting assurance",
        "Assured actions to look at again", "Closed since last time", "Decided since last time",
    ]  # fmt: skip
    assert len(book.sheetnames) == 7
    assert "Overdue: 1" in [p.text for p in document.paragraphs]
    values = [cell.value for row in book["Overdue"].iter_rows() for cell in row]
    assert datetime(2026, 2, 1) in values
    assert 58 in values
    assert "01/02/2026" in [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def test_an_empty_plan_has_nothing_to_discuss(make: Make, tmp_path: Path) -> None:
    docx_file, _ = write_meeting(make(), SINCE, (), tmp_path / "m.docx", tmp_path / "m.xlsx")
    assert [p.text for p in docx.Document(str(docx_file)).paragraphs].count("None.") == 7


def test_the_pack_is_never_public(rich: Make, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="partnership"):
        write_meeting(
            rich(audience=Audience.PUBLIC, working_copy=False), SINCE, (), tmp_path / "m.docx", tmp_path / "m.xlsx"
        )
    assert list(tmp_path.iterdir()) == []


def test_the_same_pack_has_the_same_bytes(rich: Make, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        files = write_meeting(rich(), SINCE, EVENTS, tmp_path / f"{name}.docx", tmp_path / f"{name}.xlsx")
        made.append([file.read_bytes() for file in files])
    assert made[0] == made[1]

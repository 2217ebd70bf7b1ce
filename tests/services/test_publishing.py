"""What goes out, for whom, and when the working copy has to be written anew."""

import json
import os
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import docx
import openpyxl
import pytest

from domain.errors import UsageError
from domain.states import Audience, Visibility
from plan import progress, reading
from plan.deciding import set_visibility
from plan.ledger import today
from publish.wording import EARLIER
from services import acting, deciding
from services.house import House
from services.publishing import counted, export, gather, is_current, left_out, refresh, working_copy, write_the_meeting
from tests.plan.test_counts import START, Clock
from tests.services import making


def test_the_working_copy_is_current_until_something_happens(house: House) -> None:
    assert is_current(house)
    deciding.adopt(house, "F 3", quadrant=None, why="")
    assert not is_current(house)
    refresh(house)
    assert is_current(house)


def test_the_working_copy_of_yesterday_is_not_todays(house: House) -> None:
    yesterday = time.time() - 24 * 3600
    for file in working_copy(house.settings):
        os.utime(file, (yesterday, yesterday))
    assert not is_current(house)


def test_a_missing_part_of_the_working_copy_is_written_again(house: House) -> None:
    working_copy(house.settings)[1].unlink()
    assert not is_current(house)
    assert all(file.stat().st_size for file in refresh(house))


def test_the_public_sees_only_what_is_published(house: House, tmp_path: Path) -> None:
    everything = {r.letter: r.visibility for r in reading.reviews(house.plan)}
    assert set(everything.values()) == {Visibility.DRAFT}, "every new review is a draft"
    assert set(left_out(house, Audience.PUBLIC)) == set(everything)
    assert left_out(house, Audience.PARTNERSHIP) == ()
    deciding.adopt(house, "F 3", quadrant=None, why="")
    deciding.adopt(house, "B 8.2", quadrant=None, why="")
    deciding.show_review_to(house, "F", "published", until=None, why="")
    assert "F" not in left_out(house, Audience.PUBLIC)
    for kind in ("json", "csv"):
        public = export(house, kind, Audience.PUBLIC, file=tmp_path / f"public.{kind}").read_text(encoding="utf-8")
        whole = export(house, kind, Audience.PARTNERSHIP, file=tmp_path / f"whole.{kind}").read_text(encoding="utf-8")
        hidden = deciding.find_recommendation(house, "B 8.2").text
        assert deciding.find_recommendation(house, "F 3").text in public
        assert hidden not in public
        assert hidden in whole
    told = json.loads((tmp_path / "public.json").read_text(encoding="utf-8"))
    assert [review["ref"] for review in told["reviews"]] == ["F"]
    assert "proposals" not in told
    assert len(told["actions"]) == 1


def test_nothing_of_a_draft_slips_into_a_public_export(house: House, tmp_path: Path) -> None:
    """Texts, references, publishers, file names: every word that only drafts have."""
    for letter in ("F", "B"):
        deciding.adopt(house, f"{letter} {'3' if letter == 'F' else '8.2'}", quadrant=None, why="secret reason")
    texts = [text for _, text, _ in making.said(house.settings.plan_file)]
    names = [
        n for row in making.ask(house.settings.plan_file, "SELECT file, reference, title FROM reviews") for n in row
    ]
    for kind in ("json", "csv"):
        public = export(house, kind, Audience.PUBLIC, file=tmp_path / f"public.{kind}").read_text(encoding="utf-8")
        for words in (*texts, *names, "secret reason"):
            assert words not in public


def test_an_embargo_that_has_ended_is_put_on_record_and_shown(house: House, tmp_path: Path) -> None:
    release = (today() - timedelta(days=1)).isoformat()
    set_visibility(house.plan, "F", Visibility.EMBARGOED, who="x", embargo_until=release)
    file = export(house, "json", Audience.PUBLIC, file=tmp_path / "public.json")
    assert [r["ref"] for r in json.loads(file.read_text(encoding="utf-8"))["reviews"]] == ["F"]
    assert reading.review(house.plan, "F").visibility is Visibility.PUBLISHED


def test_the_plan_is_not_told_as_of_a_day_to_come(house: House) -> None:
    """An embargo ends in the future: asking as of then must not end it today."""
    set_visibility(house.plan, "F", Visibility.EMBARGOED, who="x", embargo_until="2998-01-01")
    tomorrow, far = today() + timedelta(days=1), date(2999, 1, 1)
    with pytest.raises(UsageError, match="still to come"):
        gather(house, Audience.PUBLIC, as_of=far)
    with pytest.raises(UsageError, match="still to come"):
        counted(house, "quadrant", Audience.PUBLIC, as_of=tomorrow, basis="known")


def test_of_an_earlier_day_every_file_has_what_the_plan_had_then_and_says_so(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = today()
    given: progress.Fields = {"target_date": "2020-01-01"}
    ref = deciding.adopt(house, "F 3", quadrant="Q2", why="", text="What was first agreed", **given).ref
    monkeypatch.setattr("plan.ledger.datetime", Clock)
    Clock.moment = datetime.combine(then + timedelta(days=30), START.timetz())
    acting.edit(house, ref, text="What came later", why="Reworded")
    deciding.adopt(house, "B 8.2", quadrant="Q2", why="", text="Newly adopted", **given)
    for kind in ("json", "csv", "xlsx", "docx"):
        file = export(house, kind, Audience.PARTNERSHIP, as_of=then)
        assert file.name == f"composite-action-plan-partnership-{then}.{kind}", "today's file stays"
        words = _words(file)
        assert "What was first agreed" in words
        for later in ("What came later", "Newly adopted"):
            assert later not in words
        assert (EARLIER in words) is (kind != "csv"), "a table for programs holds its columns alone"
    told = gather(house, Audience.PARTNERSHIP, as_of=then)
    (row,) = told.actions
    assert told.overdue(row) == (then - date(2020, 1, 1)).days
    counts = [(r.unit, r.total, r.proposed) for r in told.counts_by("status") if r.total]
    assert ("actions", len(told.actions), 0) in counts
    assert ("recommendations", len(told.proposals), len(told.proposals)) in counts
    assert EARLIER not in _words(export(house, "json", Audience.PARTNERSHIP, as_of=today()))


def _words(file: Path) -> str:
    match file.suffix:
        case ".xlsx":
            book = openpyxl.load_workbook(file)
            return "\n".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value)
        case ".docx":
            document = docx.Document(str(file))
            cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            return "\n".join([*(p.text for p in document.paragraphs), *cells])
    return file.read_text(encoding="utf-8")


def test_a_day_before_anything_was_entered_has_no_plan(house: House) -> None:
    with pytest.raises(UsageError, match=r"Nothing had been entered in the plan by 2025-01-01.*cap counts --as-of"):
        export(house, "xlsx", Audience.PARTNERSHIP, as_of=date(2025, 1, 1))
    assert counted(house, "quadrant", Audience.PARTNERSHIP, as_of=date(2025, 1, 1), basis="effective")


def test_the_pack_for_a_meeting_has_what_was_closed_and_decided(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = today()
    closed = deciding.adopt(house, "F 3", quadrant="Q2", why="").ref
    moved = deciding.adopt(house, "B 8.2", quadrant="Q2", why="").ref
    monkeypatch.setattr("plan.ledger.datetime", Clock)
    Clock.moment = datetime.combine(start + timedelta(days=30), START.timetz())
    deciding.close(house, closed, achieved=True, why="The audit says so", on=start - timedelta(days=20))
    new = deciding.supersede(house, moved, quadrant="Q4", why="It is about leadership").ref
    _, book = write_the_meeting(house, start + timedelta(days=1), tmp_path)
    ended = [row for row in _rows(book, "Closed since last time") if row[0] in (closed, moved)]
    (row,) = counted(house, "status", Audience.PARTNERSHIP, as_of=None, basis="known")[-2:-1]
    assert ([row[0] for row in ended], row.code, row.total) == ([closed], "closed", 1)
    assert [(row[1], row[2], row[3]) for row in _rows(book, "Decided since last time")][-2:] == [
        ("A. Tester", "Closed, its aim achieved", f"Action {closed}"),
        ("A. Tester", f"Superseded by action {new}", f"Action {moved}"),
    ]


def _rows(file: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(file)[sheet].iter_rows(values_only=True))


def test_a_working_copy_is_never_made_for_the_public(house: House) -> None:
    assert gather(house, Audience.PARTNERSHIP, working_copy=True).working_copy
    assert gather(house, Audience.PUBLIC).proposals == ()
    assert gather(house, Audience.PUBLIC).suggestions == ()


def test_an_unknown_format_is_said_with_those_there_are(house: House) -> None:
    with pytest.raises(UsageError, match="xlsx, docx, pdf, csv, json"):
        export(house, "odt", Audience.PUBLIC)

"""Files to take away, and plans that are brought in after a preview."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from domain.states import Role
from plan import reading
from services import acting
from services.house import House
from tests.review.conftest import Person, words

People = Callable[[Role | None], Person]


def test_an_export_is_edited_and_brought_in_again_after_a_preview(somebody: Person, house: House, ref: str) -> None:
    book = somebody.get("/files/plan?format=xlsx&audience=partnership")
    assert book.headers["content-disposition"] == 'attachment; filename="composite-action-plan-partnership.xlsx"'
    workbook = openpyxl.load_workbook(io.BytesIO(book.content))
    changed = 0
    for sheet in workbook:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value == "Police":
                    cell.value, changed = "Health", changed + 1
    assert changed
    stream = io.BytesIO()
    workbook.save(stream)
    page = somebody.send("/import", files=[("plan", ("plan.xlsx", stream.getvalue(), "application/octet-stream"))])
    assert "Nothing has been written yet" in words(page) and "“Police” becomes “Health”" in words(page)
    assert reading.action(house.plan, ref).lead_agency == "Police"
    key = re.search(r'action="(/import/\w+)"', page.text)
    assert key is not None
    assert "Import 1: 0 new, 1 changed" in words(somebody.send(key[1]))
    assert reading.action(house.plan, ref).lead_agency == "Health"
    assert somebody.send(key[1]).status_code == 404, "a preview is agreed to once"
    assert "Import 1 is undone" in words(somebody.send("/imports/1/undo"))
    assert reading.action(house.plan, ref).lead_agency == "Police"


def test_a_preview_is_its_persons_own(people: People, house: House, ref: str) -> None:
    lead, other = people(Role.LEAD), people(Role.ADMINISTRATOR)
    csv = b"Ref,Action,Lead agency\n2.7,An action of its own,Health\n"
    page = lead.send("/import", files=[("plan", ("plan.csv", csv, "text/csv"))])
    key = re.search(r'action="(/import/\w+)"', page.text)
    assert key is not None
    assert other.send(key[1]).status_code == 404
    assert [row.ref for row in reading.actions(house.plan)] == [ref]
    lead.send(key[1])
    assert [row.ref for row in reading.actions(house.plan)] == [ref, "2.7"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.xlsx", b"no workbook", "plan.xlsx"),
        ("plan.csv", b"a,b\n1,2\n", "No table in plan.csv has the headings we look for"),
        ("plan.exe", b"MZ", "plan.exe"),
    ],
)
def test_a_file_that_is_no_plan_says_why(somebody: Person, name: str, content: bytes, says: str) -> None:
    page = somebody.send("/import", files=[("plan", (name, content, "application/octet-stream"))])
    assert page.status_code == 400 and says in words(page)


def test_files_to_take_away_open(somebody: Person, house: House, ref: str) -> None:
    starts = {"xlsx": b"PK", "docx": b"PK", "pdf": b"%PDF", "csv": b"\xef\xbb\xbf", "json": b"{"}
    for ending, start in starts.items():
        answer = somebody.get(f"/files/plan?format={ending}")
        assert answer.status_code == 200 and answer.content.startswith(start), ending
    theme = house.framework.issues[0].code
    assert somebody.get(f"/files/briefing?theme={theme}&format=pdf").content.startswith(b"%PDF")
    archive = somebody.send("/files/round")
    assert any(name.endswith(".xlsx") for name in zipfile.ZipFile(io.BytesIO(archive.content)).namelist())
    assert "missing" in words(somebody.get("/files")), "the page says whose workbook has not come back"
    meeting = somebody.get("/files/meeting?since=2026-01-01")
    assert len(zipfile.ZipFile(io.BytesIO(meeting.content)).namelist()) == 2
    assert somebody.get("/files/meeting?since=2999-01-01").status_code == 400
    assert somebody.get("/files/plan?format=exe").status_code == 400
    assert somebody.get("/files/plan?as_of=yesterday").status_code == 400
    before = somebody.get("/files/plan?as_of=2001-01-01")
    assert before.status_code == 400
    assert "Nothing had been entered in the plan by 2001-01-01" in words(before)
    assert "cap counts" not in words(before), "whoever uses the pages has no terminal"


def test_a_viewer_is_given_the_public_plan_whatever_is_asked(people: People, house: House, ref: str) -> None:
    viewer = people(Role.VIEWER)
    answer = viewer.get("/files/plan?format=json&audience=partnership")
    assert answer.json()["about"]["audience"] == "public"
    assert viewer.get("/files/meeting?since=2026-01-01").status_code == 403


def test_a_round_is_told_beforehand_which_lead_agency_may_be_several(somebody: Person, house: House, ref: str) -> None:
    assert "short name" not in words(somebody.get("/files"))
    acting.edit(house, ref, why="", lead_agency="The Trust")
    told = words(somebody.get("/files"))
    assert "“The Trust” is a short name" in told and f"see that one body leads {ref}" in told


def test_what_is_no_answer_to_the_round_is_told_and_said_to_be_missing(
    somebody: Person, house: House, ref: str
) -> None:
    archive = zipfile.ZipFile(io.BytesIO(somebody.send("/files/round").content))
    (name,) = archive.namelist()
    page = somebody.send("/import", files=[("plan", (name, archive.read(name), "application/octet-stream"))])
    assert "This is the update from Police" in words(page)
    key = re.search(r'action="(/import/\w+)"', page.text)
    assert key is not None
    somebody.send(key[1])
    told = words(somebody.get("/files"))
    assert "Police: missing" in told and "something came" in told and "but it was empty" in told

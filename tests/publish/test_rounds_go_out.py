from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from domain.states import Status
from publish.contents import PlanContents
from publish.rounds import NOBODY, RETURN_HEADINGS, actions_by_agency, write_round

Make = Callable[..., Any]


def refs(contents: PlanContents) -> dict[str, list[str]]:
    return {agency: [a.ref for a in actions] for agency, actions in actions_by_agency(contents).items()}


def test_each_lead_agency_gets_what_it_owes(rich: Make) -> None:
    assert refs(rich()) == {
        "All partners": ["4.1"],
        "Business Manager": ["1.1", "4.10"],
        "Health": ["1.2"],
        "Police": ["1.2"],
    }


def test_complete_and_closed_actions_are_not_chased(make: Make, action: Make) -> None:
    every = tuple(action(ref=f"1.{n}", status=status) for n, status in enumerate(Status, start=1))
    assert refs(make(actions=every)) == {"Business Manager": ["1.1", "1.2"]}


def test_one_agency_under_two_spellings_is_one(make: Make, action: Make) -> None:
    actions = (
        action(lead_agency="police"),
        action(ref="1.2", lead_agency=" POLICE / Police;"),
        action(ref="1.3", lead_agency=" / "),
        action(ref="1.4", lead_agency="Adults’ Services"),
        action(ref="1.5", lead_agency="Adults Services"),
    )
    assert refs(make(actions=actions)) == {
        NOBODY: ["1.3"],
        "Adults’ Services": ["1.4", "1.5"],
        "Police": ["1.1", "1.2"],
    }


def test_a_workbook_each_with_cells_to_fill_in(rich: Make, tmp_path: Path) -> None:
    files = write_round(rich(), tmp_path / "round")
    assert [f.name for f in files] == [
        "update-all-partners.xlsx", "update-business-manager.xlsx", "update-health.xlsx", "update-police.xlsx",
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(files[3])["Update"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(n for n, row in enumerate(rows) if row[0] == "Ref")
    assert tuple(rows[at][-4:]) == RETURN_HEADINGS
    assert rows[at + 1][0] == "1.2"
    assert rows[at + 1][5] == 58
    assert rows[at + 1][7] == "Scoping meeting held."
    assert rows[at + 1][-4:] == [None] * 4
    assert len(rows) == at + 2
    assert sheet.protection.sheet
    cells = sheet[at + 2]
    assert [cell.protection.locked for cell in cells] == [True] * 8 + [False] * 4
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert {"list", "date"} <= set(rules)
    assert rules["list"].errorStyle in (None, "stop")
    assert rules["date"].errorStyle == "warning"


def test_the_workbook_says_whose_it_is(rich: Make, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_round(rich(), tmp_path)[2])
    said = {row[0].value: row[1].value for row in book["How to fill this in"].iter_rows()}
    assert said["Agency"] == "Health"
    assert said["As of"].date().isoformat() == "2026-03-31"
    assert [cell.value for cell in book["Lists"]["A"]] == ["Status", "Open", "In progress", "Complete"]


@pytest.mark.parametrize("agency", ["../../etc/passwd", "C:\\x", "CON", "..", "\x00", "警察", "x" * 400, "é" * 300])
def test_an_agency_is_never_a_path(make: Make, action: Make, tmp_path: Path, agency: str) -> None:
    folder = tmp_path / "round"
    files = write_round(make(actions=(action(lead_agency=agency),)), folder)
    for file in files:
        assert file.parent == folder
        assert file.name.startswith("update-")
        assert len(file.name) < 100
        assert file.name.isascii()
    assert sorted(tmp_path.rglob("*.xlsx")) == sorted(files)


def test_agencies_whose_names_fall_together_have_files_of_their_own(make: Make, action: Make, tmp_path: Path) -> None:
    actions = (
        action(lead_agency="警察"),
        action(ref="1.2", lead_agency="消防"),
        action(ref="1.3", lead_agency="agency"),
    )
    files = write_round(make(actions=actions), tmp_path)
    assert len({f.name for f in files}) == 3


def test_nothing_owed_nothing_written(make: Make, tmp_path: Path) -> None:
    assert write_round(make(), tmp_path / "round") == ()
    assert not (tmp_path / "round").exists()

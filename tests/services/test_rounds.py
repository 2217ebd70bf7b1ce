"""A round goes out: its folder holds this round alone, and what a person put there."""

import pytest

from domain.errors import UsageError
from plan.rounds import returns
from services import acting, deciding
from services.house import House
from services.rounds import short_leads, write_the_round


def test_a_second_round_of_a_day_replaces_the_first_and_leaves_what_a_person_put_there(house: House) -> None:
    row = deciding.adopt(house, "F 3", quadrant=None, why="", lead_agency="Police")
    first = write_the_round(house)
    (file,) = first.files
    answer, notes = file.with_name("update-police-answer.xlsx"), file.with_name("notes.txt")
    for own in (answer, notes):
        own.write_text("a person's own")
    acting.edit(house, row.ref, why="", lead_agency="Health")
    second = write_the_round(house)
    assert ([f.name for f in second.files], second.gone, second.kept) == (
        ["update-health.xlsx"], ("update-police.xlsx",), ("update-police-answer.xlsx",),
    )  # fmt: skip
    assert sorted(f.name for f in file.parent.iterdir()) == [
        "notes.txt",
        "update-health.xlsx",
        "update-police-answer.xlsx",
    ]
    assert [one.agency for one in returns(house.plan)] == ["Health"]


def test_an_answer_under_the_name_of_a_workbook_is_never_overwritten(house: House) -> None:
    deciding.adopt(house, "F 3", quadrant=None, why="", lead_agency="Police")
    (file,) = write_the_round(house).files
    file.write_bytes(b"an answer")
    with pytest.raises(UsageError, match="is not as a round wrote it"):
        write_the_round(house)
    assert file.read_bytes() == b"an answer"


def test_short_names_of_lead_agencies_are_told_with_their_actions(house: House) -> None:
    for named, lead in (("F 3", "The Trust"), ("F 4", "the Trust / Police"), ("F 5", "Police")):
        deciding.adopt(house, named, quadrant="Q2", why="", lead_agency=lead)
    assert [sorted(refs) for _, refs in short_leads(house)] == [["2.1", "2.2"]]
    assert write_the_round(house).short == short_leads(house)

"""Who must act, as printed and by agency: subjects, passives, openings, headings, departments, a report's abbreviations."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from domain.framework import load_framework
from domain.states import Kind
from extract.addressees import addressee_of, named_in_heading
from extract.bodies import codes_in, with_abbreviations
from extract.draft import Item
from extract.subjects import addressee_in_heading, others_who_act, printed_addressee

FRAMEWORK = load_framework()
Read = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "who", "codes"),
    [
        ("The police and children’s social care should agree one form.", "The police and children’s social care", ["police", "children-social-care"]),
        (
            "Eastmoor Hospitals NHS Trust, together with the ICB, should review its rota.",
            "Eastmoor Hospitals NHS Trust, together with the ICB",
            ["hospital-trusts", "integrated-care-board"],
        ),
        ("That the Chief Constable reviews the policy.", "the Chief Constable", ["police"]),
        ("It is recommended that schools ask who has parental responsibility.", "schools", ["education"]),
        ("It is further recommended that the Board run a campaign, which explains what to do.", "the Board", ["partnership"]),
        ("It should be ensured by the Trust that staff are trained.", "the Trust", []),
        ("It should be ensured by the ICB that staff are trained.", "the ICB", ["integrated-care-board"]),
        ("A standard should be published by the Home Office.", "the Home Office", ["government"]),
        ("GPs should be reminded by the ICB to code domestic abuse.", "the ICB", ["integrated-care-board"]),
        ("GPs should be reminded to code domestic abuse.", "GPs", ["gp-practices"]),
        ("Before a case is closed, the school should be told.", None, []),
        ("Where a child moves, the health visitor should hand over in person.", "the health visitor", ["community-health"]),
        ("To improve the response to neglect, the partnership should ensure that plans are short.", "the partnership", ["partnership"]),
        ("Eastmoor Council should name one social worker.", "Eastmoor Council", ["local-authority"]),
        ("Eastmoor County Council Adult Social Care should visit.", "Eastmoor County Council Adult Social Care", ["adult-social-care"]),
        (
            "Eastmoor and Brackwater Hospitals NHS Foundation Trust should audit.",
            "Eastmoor and Brackwater Hospitals NHS Foundation Trust",
            ["hospital-trusts"],
        ),
        ("NHS Eastmoor ICB must report.", "NHS Eastmoor ICB", ["integrated-care-board"]),
        ("NHS Eastmoor should commission a service.", "NHS Eastmoor", []),
        ("Ostrey Homes should show its staff how to report.", "Ostrey Homes", []),
        ("Team managers in all agencies should sample two files a month.", "Team managers in all agencies", ["all-partners"]),
        ("The police to review the policy by May.", "The police", ["police"]),
        ("The review asks the Youth Justice Service to look again.", "the Youth Justice Service", ["youth-justice"]),
        ("With general practices, agree that the case is discussed.", None, []),
        ("Referrals to the police should be timed.", None, []),
        ("GP records should be complete.", None, []),
        ("The school nursing service is not commissioned to provide reports.", None, []),
        ("Ensure that health visitors attend.", None, []),
        ("The Task Group recommends to Westmarch Police:", "Westmarch Police", ["police"]),
        ("That the Cabinet Member for Children brings a plan.", "the Cabinet Member", ["local-authority"]),
        ("The Cabinet Office should reply.", "The Cabinet Office", ["government"]),
        ("The three councils, as corporate parents, should agree one offer.", "The three councils, as corporate parents", ["local-authority"]),
        ("Parish councils should be told of the campaign.", None, []),
        ("Each safeguarding partner should name a lead.", "Each safeguarding partner", ["partnership"]),
        ("That the Board asks each agency to provide evidence.", "the Board", ["partnership"]),
        ("The Learning and Improvement Group should audit less.", "The Learning and Improvement Group", []),
    ],
)  # fmt: skip
def test_who_must_act_in_the_words_of_the_passage(text: str, who: str | None, codes: list[str]) -> None:
    assert printed_addressee(text, FRAMEWORK) == who
    assert list(codes_in(who or "", FRAMEWORK)) == codes


@pytest.mark.parametrize(
    ("heading", "who"),
    [
        ("9.1 Eastmoor Police", "Eastmoor Police"),
        ("The Partnership should:", "The Partnership"),
        ("Questions for the Board to consider", "the Board"),
        ("Recommendations for Eastmoor County Council", "Eastmoor County Council"),
        ("Lantern Street Hostel", "Lantern Street Hostel"),
        ("The Safeguarding Children Board (LSCB)", "The Safeguarding Children Board (LSCB)"),
        ("Information about this local authority area", None),
        ("Inspection of Eastmoor local authority children’s services", None),
        ("Leadership and management", None),
        ("The response to children who live with neglect", None),
        ("Appendix B: single agency recommendations", None),
        ("Recommendations for practice", None),
    ],
)
def test_a_heading_speaks_to_the_body_that_it_names(heading: str, who: str | None) -> None:
    assert addressee_in_heading(heading, FRAMEWORK) == who


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The Board should ask all partner agencies to report.", ["all-partners"]),
        ("The ICB should work with GP practices so that a report is sent.", ["gp-practices"]),
        ("With general practices, agree that the case is discussed.", ["gp-practices"]),
        ("The Board should seek assurance from the police that calls are graded.", ["police"]),
        ("Ensure that health visitors ask about fathers at each contact.", ["community-health"]),
        ("Ensure that the board has access to figures.", []),
        ("The police should tell schools of each incident.", []),
        ("The Trust should not close a case until it has been discussed with the GP.", []),
        ("Invite GPs and schools.", []),
    ],
)
def test_others_who_must_act_for_it_to_be_done(text: str, codes: list[str]) -> None:
    assert list(others_who_act(text, FRAMEWORK)) == codes


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Eastmoor Borough Council, children’s services", ["children-social-care"]),
        ("The council, children’s social care and the police", ["local-authority", "children-social-care", "police"]),
        ("Fennimarsh Police and Fennimarsh Council", ["police", "local-authority"]),
        ("the Children in Care Council", []),
    ],
)
def test_a_council_and_its_departments(words: str, codes: list[str]) -> None:
    assert list(codes_in(words, FRAMEWORK)) == codes


def test_an_abbreviation_that_the_report_defines() -> None:
    own = with_abbreviations(
        FRAMEWORK, ["Eastmoor Safeguarding Adults", "Board (ESAB) and a multi-agency hub (MAH) met."]
    )
    assert printed_addressee("ESAB should audit its hub.", own) == "ESAB"
    assert codes_in("ESAB", own) == ("partnership",)
    assert codes_in("MAH", own) == ()
    assert with_abbreviations(FRAMEWORK, ["nothing (NHS) defined"]) is FRAMEWORK


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Managers of care homes and of home care agencies should ring.", ["care-providers"]),
        ("The home care agency should ring.", ["care-providers"]),
        ("Schools and supply agencies should check references.", ["education"]),
        ("The council should write to letting agencies.", ["local-authority"]),
        ("Schools and other agencies should ring.", ["education", "all-partners"]),
        ("Agencies should ring.", ["all-partners"]),
    ],
)
def test_businesses_of_one_kind_are_not_everybody(text: str, codes: list[str]) -> None:
    assert list(codes_in(text, FRAMEWORK)) == codes


@pytest.mark.parametrize(
    "text", ["The " * 400 + "x should", "that " * 300, "with the police, " * 200, "By and by, " * 200, "A " * 500]
)
def test_no_passage_takes_long(text: str) -> None:
    started = time.monotonic()
    printed_addressee(text, FRAMEWORK)
    printed_addressee(f"{text} police should act", FRAMEWORK)
    others_who_act(text, FRAMEWORK)
    addressee_in_heading(text, FRAMEWORK)
    assert time.monotonic() - started < 2


def test_one_agency_or_several(read: Read, narrative: str) -> None:
    asked = [
        ("Eastmoor Safeguarding Adults Board (ESAB) should publish a guide.", False),
        ("ESAB should ask all agencies to train their staff.", False),
        ("Eastmoor Police should review the policy.", True),
        ("Eastmoor Police and Ostrey Homes should agree a form.", False),
        ("Eastmoor Council’s adult social care should visit each adult.", True),
        ("Schools should keep the file.", False),
        ("Larkrise Primary School should keep the file.", True),
        ("Ostrey Homes should repair the heating.", True),
    ]
    items = "\n\n".join(f"{n}. {text}" for n, (text, _) in enumerate(asked, 1))
    found = read(f"= The story\n\n{narrative}\n\n= Recommendations\n\n{items}")["recommendations"]
    assert [(r["text"], r["single_agency"]) for r in found] == asked
    assert found[1]["agencies"] == ["partnership", "all-partners"]
    assert found[1]["addressee"] == "ESAB"


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Wexmere Mental Health NHS Trust", "Wexmere Mental Health NHS Trust"), ("Recommendations for the Trust", None),
        ("Wexmere Police", None), (None, None),
    ],
)  # fmt: skip
def test_a_heading_names_in_full_whom_the_item_calls_for_short(heading: str | None, names: str | None) -> None:
    item = Item(Kind.RECOMMENDATION, "Recommendations", heading=heading)
    assert addressee_of(item, "The Trust should revise its policy.", FRAMEWORK) == "The Trust"
    assert named_in_heading(item, "The Trust", FRAMEWORK) == names


@pytest.mark.parametrize(
    ("cell", "heading", "text", "who"),
    [
        # Whose head is told by the band over the row, or by the row itself.
        ("Head of Children’s Services", "Eastmoor Community Health NHS Trust", "Safeguarding supervision to be provided.",
         "Eastmoor Community Health NHS Trust"),
        ("Director of Public Health", None, "ESCB should publish a strategy.", "ESCB"),
        ("Director of Public Health", "Eastmoor Safeguarding Children Board", "To publish a strategy.", "Director of Public Health"),
        ("Service Manager", "Eastmoor Drug and Alcohol Service", "That all of them are trained.", "Eastmoor Drug and Alcohol Service"),
        ("Eastmoor Integrated Care Board, for GP practices", None, "GP practices should ask about abuse.",
         "Eastmoor Integrated Care Board, for GP practices"),
    ],
)  # fmt: skip
def test_an_officer_in_the_column_of_leads(cell: str, heading: str | None, text: str, who: str) -> None:
    item = Item(Kind.RECOMMENDATION, "Action plan", heading=heading, addressee=cell, cell=True)
    assert addressee_of(item, text, FRAMEWORK) == who


@pytest.mark.parametrize("name", ["ESCB", "RLSCB", "the Safer Eastmoor Partnership", "WSAB"])
def test_boards_by_their_letters_and_partnerships_by_their_custom(name: str) -> None:
    assert codes_in(name, FRAMEWORK) == ("partnership",)

"""What an action lacks: told plainly, never guessed, and nothing against words that are not understood."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.finishing import DONE, ENSURING, MADE, OPEN, SWALLOWING, finish
from domain.framework import load_framework
from domain.records import ActionRow
from domain.smart import Lack, Part, has_date, in_words, lacks
from domain.states import Status

FRAMEWORK = load_framework()
ACTION = ActionRow(
    ref="2.3", quadrant="Q2", text="Publish a leaflet on safe sleeping", lead_agency="Police", target_date="2027-03-31",
    original_target_date=None, status=Status.OPEN, progress="", worry_statement="", success_goal="", next_steps="",
    home="", superseded_by=None, review_refs=("K",), applies_to_all=False, recommendations=(), opened="2026-01-01",
)  # fmt: skip
VAGUE = replace(ACTION, text="Promote good practice", lead_agency="All partners", target_date="Ongoing")


def parts(action: ActionRow) -> list[Part]:
    return [lack.part for lack in lacks(action, FRAMEWORK)]


def test_all_that_is_lacking_is_told_in_one_order() -> None:
    assert lacks(ACTION, FRAMEWORK) == ()
    found = lacks(VAGUE, FRAMEWORK)
    assert found == (
        Lack(Part.OWNER, "All partners: many owners, nobody answers for it"),
        Lack(Part.DATE, "Ongoing"),
        Lack(Part.MEASURE),
        Lack(Part.VERB, '"promote" has no end'),
    )
    assert in_words(found[1:3]) == "a date (Ongoing); a measurable end"
    assert all(part.advice.endswith(".") for part in Part)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.SUPERSEDED])
def test_what_has_ended_is_not_checked(status: Status) -> None:
    assert lacks(replace(VAGUE, status=status), FRAMEWORK) == ()


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.CLOSED, Status.SUPERSEDED}))
def test_what_has_not_ended_is_checked(status: Status) -> None:
    assert len(parts(replace(VAGUE, status=status))) == 4


# ------------------------------------------------------------------------------------------------ owner


@pytest.mark.parametrize(
    "lead",
    [
        "Police", "Children’s Services", "MASH", "Business Manager", "Health/Police", "Police / Probation", "Named GP",
        "Head of Health Services", "Police; all partners", "Front Door Board", "Designated nurse for all partners",
    ],
)  # fmt: skip
def test_an_owner_is_somebody(lead: str) -> None:
    assert parts(replace(ACTION, lead_agency=lead)) == []


@pytest.mark.parametrize(
    "lead",
    [
        "All partners", "All", "all-partners", "Everyone", "Health", "Various", "All agencies and services", "All / Health",
        "Board partners", "Health agencies", "ALL PARTNER AGENCIES", "Multi-agency",
    ],
)  # fmt: skip
def test_where_everybody_owns_nobody_answers(lead: str) -> None:
    (lack,) = lacks(replace(ACTION, lead_agency=lead), FRAMEWORK)
    assert lack == Lack(Part.OWNER, f"{lead}: many owners, nobody answers for it")


@pytest.mark.parametrize(
    ("lead", "told"), [("", "an owner"), (" ", "an owner"), ("TBC", "an owner (TBC)"), ("?", "an owner (?)")]
)
def test_nobody_is_no_owner(lead: str, told: str) -> None:
    assert in_words(lacks(replace(ACTION, lead_agency=lead), FRAMEWORK)) == told


# ------------------------------------------------------------------------------------------------ date


@pytest.mark.parametrize(
    "words",
    [
        "2027-03-31", "2027-04", "31/03/27", "31.3.2027", "31 March 2027", "31st of March 2027", "end of March 2027",
        "Sept 2027", "March 31, 2027", "Q3 2027", "by 1 May '27", "29/02/2028",
    ],
)  # fmt: skip
def test_a_date_is_a_day_a_month_or_a_quarter_of_a_year(words: str) -> None:
    assert has_date(words)


@pytest.mark.parametrize(
    "words",
    [
        None, "", "Ongoing", "On-going", "TBC", "asap", "Immediate", "within six months", "Autumn", "March", "March 17",
        "Complete", "2027-02-30", "29/02/2027", "32/01/27", "Ongoing, looked at in March 2027",
        "quarterly from 2027-04-01", "every March from 2027",
    ],
)  # fmt: skip
def test_other_words_are_no_date(words: str | None) -> None:
    assert not has_date(words)
    assert parts(replace(ACTION, target_date=words)) == [Part.DATE]


# ------------------------------------------------------------------------------------------------ verb and measure


@pytest.mark.parametrize(
    "text",
    [
        "Publish a leaflet on safe sleeping",
        "The Board should audit the use of the neglect tool",
        "Write to every referrer",
        "Train 60 health visitors in the neglect tool",
        "Train all midwives in safe sleeping",
        "Report to the board by June on supervision",
        "Training (on what this case tells) should be provided to school nurses",
        "The protocol for missing children will be reviewed",
        "Work with schools to draft a policy on absence",  # the work has no end, the policy has
        "Promote the policy and publish a leaflet",
        "Ensure that agencies read the guidance, and report to the Board",
        "All agencies to adopt the 'What we have learnt from it' template",
        "Develop a skills framework for supervisors",  # a framework, not skills
        "Set up a task and  finish group",
        "Revise the policies on absence",
    ],
)
def test_what_can_be_finished_and_looked_at(text: str) -> None:
    assert parts(replace(ACTION, text=text)) == []


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Promote the use of the published guidance", "promote"),
        ("The partnership must raise awareness of private fostering", "raise awareness"),
        ("Continue to develop guidance on neglect", "continue"),
        ("Ensure that all staff are trained", "ensure"),
        ("Support schools to write their own policy", "support"),
        ("Work towards publishing the protocol", "work towards"),
        ("Consider whether to commission training", "consider"),
        ("Practitioners should be encouraged to use the form", "encourage"),
        ("Make sure that practitioners know how to write a chronology", "make sure"),
        ("Police to demonstrate that reviews are carried out without delay", "demonstrate"),
        ("All professionals to further develop understanding and curiosity", "develop understanding"),
        ("Develop a culture of challenge", "develop culture"),
        ("The neglect strategy should be promoted", "promote"),
        ("Explain how it is done. Staff are to be helped", "help"),
        ("Poor practice must be challenged together", "challenge"),
    ],
)
def test_what_has_no_end_is_named(text: str, verb: str) -> None:
    found = {lack.part: lack.found for lack in lacks(replace(ACTION, text=text), FRAMEWORK)}
    assert set(found) == {Part.MEASURE, Part.VERB}
    assert found[Part.VERB].removeprefix('"').startswith(verb)
    assert found[Part.VERB].endswith('" has no end')


@pytest.mark.parametrize(
    "text",
    [
        "Relocate the advice and support team",
        "Whatever",
        "",
        "Train staff",  # how many?
        "Ask each partner agency to explain how its staff are helped",
        "The Board is challenged to: find out why referrals fall",
        "Find out whether families are supported, and which of them are encouraged to come back",
    ],
)
def test_nothing_is_said_against_a_verb_that_is_not_known(text: str) -> None:
    assert parts(replace(ACTION, text=text)) == [Part.MEASURE]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Improve attendance to 90%", True),
        ("Improve attendance to 90 per cent of conferences", True),
        ("Strengthen supervision in at least five teams", True),
        ("Improve responses so that each comes within 10 working days", True),
        ("Support twelve further case workers", True),
        ("Support 12 social workers", True),
        ("Support the six practitioners who knew the family", False),  # known people, no amount
        ("Improve what Section 11 and Working Together 2018 ask for", False),
        ("Strengthen the response within six months", False),  # that is its date
    ],
)
def test_a_figure_measures(text: str, counts: bool) -> None:
    assert (Part.MEASURE not in parts(replace(ACTION, text=text))) is counts
    assert Part.VERB in parts(replace(ACTION, text=text))


def test_a_success_goal_measures_what_the_text_does_not() -> None:
    vague = replace(ACTION, text="Improve attendance")
    assert parts(vague) == [Part.MEASURE, Part.VERB]
    assert parts(replace(vague, success_goal="Nine conferences in ten have a GP's report.")) == [Part.VERB]
    assert parts(replace(vague, success_goal=" - ")) == [Part.MEASURE, Part.VERB]


def test_no_verb_stands_in_two_groups() -> None:
    verbs = [*DONE, *MADE, *OPEN, *SWALLOWING, *ENSURING]
    assert len(verbs) == len(set(verbs))
    assert all(finish(f"{verb} something").finished for verb in DONE)
    assert all(finish(f"The Board should {verb} a protocol").finished for verb in MADE)
    assert all(finish(f"{verb} something").without_end for verb in (*OPEN, *SWALLOWING, *ENSURING))


# ------------------------------------------------------------------------------------------------ whatever is given

WORDS = st.lists(
    st.sampled_from(
        [*DONE, *MADE, *OPEN, *SWALLOWING, *ENSURING, "to", "should", "and", "protocol", "be", "written", "(", "'", "90%",
         "all", "/", "Ongoing", "31/02/27", "٣", "\n", ".", ";", "All partners", "Health"]
    )
).map(" ".join)  # fmt: skip
ANYTHING = st.one_of(st.text(max_size=200), WORDS)


@given(ANYTHING, ANYTHING, st.none() | ANYTHING, ANYTHING, st.sampled_from(Status))
def test_whatever_is_given_it_answers_and_changes_nothing(
    text: str, lead: str, target: str | None, goal: str, status: Status
) -> None:
    action = replace(ACTION, text=text, lead_agency=lead, target_date=target, success_goal=goal, status=status)
    before = repr(action)
    found = lacks(action, FRAMEWORK)
    assert repr(action) == before
    assert lacks(action, FRAMEWORK) == found
    order = [list(Part).index(lack.part) for lack in found]
    assert order == sorted(set(order))
    assert "\n" not in in_words(found)
    if status in (Status.CLOSED, Status.SUPERSEDED):
        assert found == ()


@pytest.mark.parametrize("words", ["1", "to ", "(", "'a ", "five a ", "ensure that ", "31/", "all "])
def test_words_without_end_are_read_in_time(words: str) -> None:
    began = time.perf_counter()
    lacks(replace(ACTION, text=words * 20_000, lead_agency=words * 2_000, target_date=words * 20_000), FRAMEWORK)
    assert time.perf_counter() - began < 2

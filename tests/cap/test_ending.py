"""How an action ends, how a recommendation comes back, and what an action lacks, as a person asks for it."""

import json
import re
from pathlib import Path

import pytest

from tests.cap.conftest import WRITE, Cap
from tests.services import making


def trail(plan: Path, subject: str) -> tuple[str, ...]:
    """What was done last with an action, by whom and why."""
    return making.ask(plan, "SELECT what, who, why FROM events WHERE subject = ? ORDER BY id DESC", subject)[0]


# ------------------------------------------------------------------------------------------------ close


@pytest.mark.parametrize(
    ("said", "achieved", "words"), [("--achieved", 1, "achieved"), ("--not-achieved", 0, "not achieved")]
)
def test_close_says_whether_the_aim_was_achieved(
    cap: Cap, plan: Path, ref: str, said: str, achieved: int, words: str
) -> None:
    ended = cap("close", ref, said, "--why", "The audit of May", "--on", "2026-05-31")
    assert ended.code == 0, ended.err
    assert ended.out == (
        f"Action 2.1 (closed; Police; 2027-03-31), reviews F: {WRITE}\n"
        f"Closed on 2026-05-31: its aim was {words}.\n"
    )  # fmt: skip
    assert making.ask(plan, "SELECT status, closed, achieved FROM actions") == [("closed", "2026-05-31", achieved)]
    assert trail(plan, "action 2.1") == ("action closed", "A. Tester", "The audit of May")


def test_close_refuses_without_grounds_a_day_or_an_action(cap: Cap, plan: Path, ref: str) -> None:
    before = making.dump(plan)
    for words, sentence in (
        ([ref, "--achieved", "--why", " "], "on what grounds"),
        ([ref, "--achieved", "--why", "x", "--on", "soon"], "“soon” is not a date"),
        (["9.9", "--achieved", "--why", "x"], "Action 9.9 is not in the plan"),
    ):
        ended = cap("close", *words)
        assert (ended.code, ended.out) == (2, "")
        assert sentence in ended.err
    assert making.dump(plan) == before
    assert cap("close", ref, "--achieved", "--why", "x").code == 0
    twice = cap("close", ref, "--achieved", "--why", "x")
    assert twice.code == 2
    assert "is closed, so it cannot become closed" in twice.err


def test_a_closed_action_is_taken_up_again_as_the_help_says(cap: Cap, ref: str) -> None:
    assert cap("close", ref, "--not-achieved", "--why", "No money").code == 0
    ended = cap("progress", ref, "--status", "in progress", "--why", "Money was found")
    assert ended.code == 0, ended.err
    assert ended.out.startswith("Action 2.1 (in progress; ")


# ------------------------------------------------------------------------------------------------ supersede


def test_supersede_moves_an_action_and_keeps_what_is_not_given(cap: Cap, plan: Path, ref: str) -> None:
    ended = cap("supersede", ref, "--quadrant", "q4", "--why", "It is the leaders' to do")
    assert ended.code == 0, ended.err
    assert ended.out == (
        f"Action 2.1 is superseded by 4.1.\nAction 4.1 (open; Police; 2027-03-31), reviews F: {WRITE}\n"
    )
    assert making.ask(plan, "SELECT ref, status, superseded_by FROM actions ORDER BY ref") == [
        ("2.1", "superseded", "4.1"), ("4.1", "open", None),
    ]  # fmt: skip
    assert trail(plan, "action 2.1") == ("action superseded", "A. Tester", "It is the leaders' to do")
    again = cap("progress", ref, "--note", "x")
    assert again.code == 2
    assert "use 4.1 instead" in again.err


def test_supersede_changes_what_is_given(cap: Cap, plan: Path, ref: str) -> None:
    ended = cap(
        "supersede", ref, "--quadrant", "Q2", "--why", "Said better", "--text", "Publish a leaflet", "--lead", "Probation",
        "--target", "2027-09-30", "--home", "Front Door Board",
    )  # fmt: skip
    assert ended.code == 0, ended.err
    assert ended.out.endswith("Action 2.2 (open; Probation; 2027-09-30), reviews F: Publish a leaflet\n")
    assert making.ask(plan, "SELECT home FROM actions WHERE ref = '2.2'") == [("Front Door Board",)]


def test_supersede_refuses_what_is_no_quadrant_or_has_no_reason(cap: Cap, plan: Path, ref: str) -> None:
    before = making.dump(plan)
    wrong = cap("supersede", ref, "--quadrant", "Q9", "--why", "x")
    assert wrong.code == 2
    assert "Choose from: Q1, Q2, Q3, Q4" in wrong.err
    silent = cap("supersede", ref, "--quadrant", "Q3", "--why", "")
    assert silent.code == 2
    assert "Say why" in silent.err
    assert making.dump(plan) == before


# ------------------------------------------------------------------------------------------------ reconsider


@pytest.mark.parametrize("command", ["decline", "section11"])
def test_reconsider_brings_a_recommendation_back(cap: Cap, plan: Path, command: str) -> None:
    assert cap(command, "F 6", "--reason", "Not ours").code == 0
    ended = cap("reconsider", "F 6", "--reason", "The trust has asked for it")
    assert ended.code == 0, ended.err
    assert re.fullmatch(r"r-[0-9a-f]{12} of review F is now: proposed\n", ended.out)
    assert making.ask(plan, "SELECT outcome, reason, who FROM outcomes ORDER BY id DESC LIMIT 1") == [
        ("proposed", "The trust has asked for it", "A. Tester")
    ]
    assert cap("adopt", "F 6").code == 0


def test_reconsider_refuses_what_has_an_action_or_no_reason(cap: Cap, plan: Path, ref: str) -> None:
    assert cap("decline", "F 6", "--reason", "Not ours").code == 0
    before = making.dump(plan)
    adopted = cap("reconsider", "F 3", "--reason", "x")
    assert adopted.code == 2
    assert "the action itself can be closed or superseded" in adopted.err
    silent = cap("reconsider", "F 6", "--reason", " ")
    assert silent.code == 2
    assert "Say why" in silent.err
    assert making.dump(plan) == before


# ------------------------------------------------------------------------------------------------ smart


def test_adopt_says_what_the_new_action_lacks(cap: Cap, plan: Path) -> None:
    vague = cap("adopt", "F 3", "--quadrant", "Q2", "--text", "Promote good practice", "--lead", "All partners")
    assert vague.code == 0, vague.err
    assert vague.out.splitlines()[1:] == [
        "It still lacks: an owner (All partners: many owners, nobody answers for it); a date; a measurable end; "
        'a verb that can be finished ("promote" has no end).'
    ]


def test_smart_goes_through_the_open_actions(cap: Cap, plan: Path, ref: str) -> None:
    assert cap("smart").out == "Nothing lacking.\n"
    assert cap("adopt", "F 4", "--quadrant", "Q3", "--text", WRITE, "--lead", "Police", "--target", "Ongoing").code == 0
    assert (
        cap("adopt", "F 5", "--quadrant", "Q3", "--text", "Raise awareness", "--lead", "", "--target", "TBC").code == 0
    )
    before = making.dump(plan)
    ended = cap("smart")
    assert ended.code == 0, ended.err
    assert ended.out.splitlines()[0] == "3.1 lacks: a date (Ongoing)."
    assert ended.out.splitlines()[1].startswith("3.2 lacks: ")
    assert len(ended.out.splitlines()) == 2
    assert making.dump(plan) == before


def test_smart_of_one_action_says_what_to_do(cap: Cap, plan: Path, ref: str) -> None:
    assert cap("smart", ref).out == "Nothing lacking.\n"
    assert cap("adopt", "F 4", "--quadrant", "Q3", "--text", WRITE, "--lead", "Police", "--target", "Ongoing").code == 0
    assert cap("smart", "3.1").out == "3.1 lacks: a date (Ongoing).\n  Give a day by which it is to be done.\n"
    unknown = cap("smart", "9.9")
    assert (unknown.code, unknown.out) == (2, "")
    assert "Action 9.9 is not in the plan" in unknown.err


def test_smart_leaves_alone_what_has_ended(cap: Cap, plan: Path) -> None:
    assert cap("smart").out == "No action is open, so there is nothing to check.\n"
    assert cap("adopt", "F 3", "--quadrant", "Q2", "--text", "Promote good practice").code == 0
    assert cap("close", "2.1", "--achieved", "--why", "x").code == 0
    assert cap("smart").out == "No action is open, so there is nothing to check.\n"
    assert cap("smart", "2.1").out == "2.1 is closed, so it is not checked.\n"


def test_smart_for_programs(cap: Cap, plan: Path, ref: str) -> None:
    assert cap("adopt", "F 4", "--quadrant", "Q3", "--text", WRITE, "--lead", "Police", "--target", "Ongoing").code == 0
    ended = cap("smart", "--json")
    assert ended.code == 0, ended.err
    whole, dateless = (json.loads(line) for line in ended.out.splitlines())
    assert whole == {"ref": "2.1", "status": "open", "checked": True, "action": WRITE, "lacks": []}
    assert dateless["lacks"] == [
        {"what": "a date", "found": "Ongoing", "advice": "Give a day by which it is to be done."}
    ]

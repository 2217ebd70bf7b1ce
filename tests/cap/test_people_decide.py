"""What becomes of a recommendation, one command each, and what is on record afterwards."""

import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.cap.conftest import Cap
from tests.services import making


def became(plan: Path, named: str) -> tuple[str, ...]:
    """Outcome, reason and person of the latest step of a recommendation of a review ("F 3")."""
    letter, number = named.split()
    rows = making.ask(
        plan,
        """SELECT o.outcome, o.reason, o.who FROM outcomes AS o JOIN recommendations AS r ON r.id = o.recommendation_id
        JOIN reviews AS v ON v.id = r.review_id WHERE v.letter = ? AND r.number = ? ORDER BY o.id DESC""",
        letter,
        number,
    )
    return rows[0] if rows else ()


def test_adopt_makes_an_action_with_a_reference_in_the_confirmed_quadrant(cap: Cap, plan: Path) -> None:
    ended = cap(
        "adopt", "F 3", "--quadrant", "q2", "--text", "Write to every referrer", "--lead", "Children's social care",
        "--target", "2027-03-31", "--home", "Front Door Board", "--why", "agreed on 3 March",
    )  # fmt: skip
    assert ended.code == 0, ended.err
    assert ended.out == "Action 2.1 (open; Children's social care; 2027-03-31), reviews F: Write to every referrer\n"
    assert became(plan, "F 3") == ("adopted", "agreed on 3 March", "A. Tester")
    assert making.ask(plan, "SELECT quadrant, who FROM decisions") == [("Q2", "A. Tester")]
    assert making.ask(plan, "SELECT home FROM actions") == [("Front Door Board",)]
    ref, refs, action, *_ = making.ask(plan, "SELECT * FROM composite_action_plan")[0]
    assert (ref, refs, action) == ("2.1", "F", "Write to every referrer")


def test_adopt_takes_what_is_not_said_from_the_recommendation(cap: Cap, plan: Path) -> None:
    ended = cap("adopt", "F 3")
    assert ended.code == 0, ended.err
    ((text, lead),) = making.ask(plan, "SELECT text, lead_agency FROM actions")
    assert text.startswith("Children’s social care should write to every professional")
    assert lead == "Children’s social care"
    again = cap("adopt", "F 3")
    assert again.code == 2
    assert "is already adopted" in again.err


def test_adopt_asks_for_the_quadrant_where_the_model_is_unsure(cap: Cap, plan: Path) -> None:
    ((unsure,), *_) = making.ask(plan, "SELECT recommendation_id FROM suggestions WHERE unsure ORDER BY id")
    for command in (["adopt", unsure], ["accept-part", unsure, "--reason", "The rest is national", "--text", "Ours"]):
        ended = cap(*command)
        assert ended.code == 2
        assert f"The model is unsure which quadrant {unsure} belongs to" in ended.err and "--quadrant" in ended.err
    assert making.ask(plan, "SELECT * FROM decisions") == []
    assert cap("adopt", unsure, "--quadrant", "Q4").code == 0
    assert making.ask(plan, "SELECT quadrant, secondary FROM decisions") == [("Q4", None)]


def test_join_lets_one_action_answer_several(cap: Cap, plan: Path) -> None:
    assert cap("adopt", "F 4", "--quadrant", "Q3").code == 0
    ended = cap("join", "B 8.6", "3.1", "--why", "the same procedure")
    assert ended.code == 0, ended.err
    assert re.search(r"^Action 3\.1 .*, reviews B, F: ", ended.out)
    assert became(plan, "B 8.6") == ("joined", "the same procedure", "A. Tester")
    twice = cap("join", "B 8.6", "3.1")
    assert twice.code == 2
    assert "answers recommendation" in twice.err


def test_accept_part_says_what_is_left_out(cap: Cap, plan: Path) -> None:
    ended = cap("accept-part", "F 5", "--reason", "only health visitors", "--text", "Train health visitors")
    assert ended.code == 0, ended.err
    assert ended.out.endswith(": Train health visitors\n")
    assert became(plan, "F 5") == ("accepted in part", "only health visitors", "A. Tester")
    ref = ended.out.split()[1]
    within = cap("accept-part", "F 1", "--reason", "the first half", "--ref", ref)
    assert within.code == 0, within.err
    no_words = cap("accept-part", "F 2", "--reason", "half")
    assert no_words.code == 2
    assert "text of the action" in no_words.err


@pytest.mark.parametrize(("command", "outcome"), [("decline", "declined"), ("section11", "sent to Section 11")])
def test_decline_and_section11_keep_the_reason(cap: Cap, plan: Path, command: str, outcome: str) -> None:
    ended = cap(command, "F 6", "--reason", "It is the trust's own to do")
    assert ended.code == 0, ended.err
    assert re.fullmatch(rf"r-[0-9a-f]{{12}} of review F is now: {outcome}\n", ended.out)
    assert became(plan, "F 6") == (outcome, "It is the trust's own to do", "A. Tester")
    assert making.ask(plan, "SELECT count(*) FROM actions") == [(0,)]
    empty = cap(command, "F 7", "--reason", " ")
    assert empty.code == 2
    assert became(plan, "F 7")[0] == "proposed"


def test_label_corrects_and_keeps_what_the_model_said(cap: Cap, plan: Path) -> None:
    ended = cap(
        "label", "F 1", "--quadrant", "Q4", "--secondary", "Q1", "--issue", "men-and-fathers", "--issue", "neglect",
        "--area", FIRST_AREA, "--note", "it asks the agencies",
    )  # fmt: skip
    assert ended.code == 0, ended.err
    assert ": Q4 Leadership" in ended.out
    assert f"second Q1; issues and areas: men-and-fathers, neglect, {FIRST_AREA}" in ended.out
    ((quadrant, issues, note),) = making.ask(plan, "SELECT quadrant, issues, note FROM decisions")
    assert (quadrant, json.loads(issues), note) == ("Q4", ["men-and-fathers", "neglect"], "it asks the agencies")
    identifier = ended.out.split(":")[0]
    assert making.ask(plan, "SELECT count(*) FROM suggestions WHERE recommendation_id = ?", identifier) == [(1,)]
    assert making.ask(plan, "SELECT quadrant FROM current_labels WHERE recommendation_id = ?", identifier) == [("Q4",)]
    wrong = cap("label", "F 1", "--quadrant", "Q4", "--issue", "weather")
    assert wrong.code == 2
    assert "weather" in wrong.err
    assert "men-and-fathers" in wrong.err


FIRST_AREA = making.load_framework().area_codes[0]


def test_progress_records_notes_dates_and_states(cap: Cap, plan: Path) -> None:
    assert cap("adopt", "F 3", "--quadrant", "Q2", "--target", "2027-03-31").code == 0
    told = cap("progress", "2.1", "--note", "Letters are sent", "--status", "in progress", "--on", "2026-10-01")
    assert told.code == 0, told.err
    assert told.out.startswith("Action 2.1 (in progress; ")
    older = cap("progress", "2.1", "--note", "Letters are drafted", "--on", "2026-09-01")
    assert "The note is kept among the earlier ones" in older.out
    assert making.ask(plan, "SELECT progress FROM actions") == [("Letters are sent",)]
    moved = cap("progress", "2.1", "--target", "2027-09-30")
    assert moved.code == 2
    assert "Say why" in moved.err
    moved = cap("progress", "2.1", "--target", "2027-09-30", "--why", "New system")
    assert moved.code == 0, moved.err
    assert making.ask(plan, "SELECT target_date, original_target_date FROM actions") == [("2027-09-30", "2027-03-31")]
    nothing = cap("progress", "2.1")
    assert nothing.code == 2
    assert "nothing was given" in nothing.err
    assert cap("progress", "2.1", "--status", "sleeping").code == 2
    assert cap("progress", "9.9", "--note", "x").code == 2
    assert "“yesterday” is not a date" in cap("progress", "2.1", "--note", "x", "--on", "yesterday").err


def test_visibility_says_who_may_see_a_review(cap: Cap, plan: Path) -> None:
    ended = cap("visibility", "F", "embargoed", "--until", "2999-01-01", "--why", "trial")
    assert (ended.code, ended.out) == (0, "Review F (Child F) is now embargoed until 2999-01-01.\n")
    ended = cap("visibility", "f", "published")
    assert (ended.code, ended.out) == (0, "Review F (Child F) is now published.\n")
    assert making.ask(plan, "SELECT visibility, embargo_until FROM reviews WHERE letter = 'F'") == [("published", None)]
    assert cap("visibility", "Z", "published").code == 2
    withdrawn = cap("visibility", "F", "withdrawn")
    assert withdrawn.code == 0
    assert "Child F" not in cap("counts", "--by", "review").out


def test_hiding_a_review_names_the_actions_that_are_seen_no_longer_and_how_to_bring_them_back(
    cap: Cap, plan: Path
) -> None:
    ((other,),) = making.ask(plan, "SELECT letter FROM reviews WHERE letter <> 'F' ORDER BY id LIMIT 1")
    ((named,),) = making.ask(plan, "SELECT r.id FROM recommendations AS r JOIN reviews AS v ON v.id = review_id "
                             "WHERE letter = ? ORDER BY ordinal LIMIT 1", other)  # fmt: skip
    assert cap("adopt", "F 3", "--quadrant", "Q2").code == cap("adopt", "F 4", "--quadrant", "Q2").code == 0
    assert cap("join", named, "2.1").code == 0
    assert "seen" not in cap("visibility", "F", "published").out
    drafted = cap("visibility", "F", "draft").out
    assert "No longer seen by the public: 2.1 and 2.2." in drafted and "cap visibility F published" in drafted
    hidden = cap("visibility", "F", "withdrawn").out
    assert f"anybody: 2.1 (in its words; it also answers {other}) and 2.2." in hidden
    assert "cap visibility F draft" in hidden and 'cap action edit ACTION --text "..."' in hidden
    assert cap("visibility", "F", "draft").code == 0
    assert cap("action", "edit", "2.1", "--text", "Write to every referrer").code == 0
    assert "anybody: 2.2. " in cap("visibility", "F", "withdrawn").out
    assert cap("action", "show", "2.1").code == 0


@pytest.mark.parametrize(
    "named", ["", "F", "F 99", "Z 1", "r-", "r-000000000000", "r-zzzz", "F 3; DROP TABLE reviews", "💥"]
)
def test_a_recommendation_that_is_not_there_is_said_with_where_to_look(cap: Cap, plan: Path, named: str) -> None:
    before = making.dump(plan)
    for command in (["adopt", named], ["decline", named, "--reason", "x"], ["join", named, "1.1"]):
        ended = cap(*command)
        assert (ended.code, ended.out) == (2, "")
        assert "cap search" in ended.err
    assert making.dump(plan) == before


def test_who_decided_is_the_login_where_nobody_is_named(cap: Cap, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_USER", "")
    monkeypatch.setenv("LOGNAME", "jsmith")
    assert cap("decline", "F 6", "--reason", "no").code == 0
    assert became(plan, "F 6")[2] == "jsmith"


# ------------------------------------------------------------------------------------------------ round and meeting


def test_the_round_goes_to_each_lead_agency(cap: Cap, plan: Path, desk: Path) -> None:
    nothing = cap("round")
    assert (nothing.code, nothing.out) == (0, "No action is open, so there is nothing to send.\n")
    assert cap("adopt", "F 3", "--lead", "Probation").code == 0
    assert cap("adopt", "F 4", "--lead", "Police / Probation").code == 0
    ended = cap("round", "--folder", "to send")
    assert ended.code == 0, ended.err
    files = [Path(line) for line in ended.out.splitlines()]
    assert {file.parent for file in files} == {desk / "to send"}
    counted = {}
    for file in files:
        sheet = openpyxl.load_workbook(file).worksheets[0]
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        counted[file.stem] = sum(bool(re.fullmatch(r"\d\.\d+", cell)) for cell in cells)
    assert counted == {"update-probation": 2, "update-police": 1}


def test_the_pack_for_the_meeting_is_written(cap: Cap, plan: Path, desk: Path) -> None:
    assert cap("decline", "F 6", "--reason", "no longer wanted").code == 0
    ended = cap("meeting", "--since", "2026-01-01")
    assert ended.code == 0, ended.err
    docx, xlsx = (Path(line) for line in ended.out.splitlines())
    assert docx.parent == xlsx.parent == desk / "outputs"
    assert docx.suffix == ".docx"
    cells = [str(c.value) for sheet in openpyxl.load_workbook(xlsx) for row in sheet.iter_rows() for c in row]
    assert "no longer wanted" in cells
    assert cap("meeting", "--since", "last week").code == 2
    future = cap("meeting", "--since", f"{date.today().year + 1}-01-01")
    assert future.code == 2
    assert "still to come" in future.err


@pytest.mark.parametrize("first", ["open", "in progress", "complete"])
def test_the_steps_to_a_date_for_another_look_are_told_and_work(cap: Cap, ref: str, first: str) -> None:
    if first != "open":
        assert cap("progress", ref, "--status", first).code == 0
    refused = cap("progress", ref, "--recheck", "2090-01-01")
    assert refused.code == 2
    steps = re.findall(rf"cap (progress {re.escape(ref)} --status \w+(?: --recheck [\d-]+)?)", refused.err)
    assert len(steps) == (1 if first == "complete" else 2)
    for step in steps:
        assert cap(*step.split()).code == 0
    assert "To be looked at again on 2090-01-01" in cap("progress", ref, "--recheck", "2090-01-01").out


def test_a_recommendation_with_an_action_is_told_what_can_still_be_done(cap: Cap, ref: str) -> None:
    assert cap("close", ref, "--achieved", "--why", "Done").code == 0
    refused = cap("decline", "F 3", "--reason", "Not for us")
    assert refused.code == 2
    assert (
        f"is already adopted (action {ref}), so it cannot be declined. It stays with that action for good"
        in refused.err
    )
    own = cap("not-covered", "F 3", ref)
    assert "that cannot be undone" in own.err


def test_what_was_turned_down_is_decided_again_by_the_command_that_is_named(cap: Cap, plan: Path) -> None:
    assert cap("decline", "F 4", "--reason", "Not now").code == 0
    again = cap("decline", "F 4", "--reason", "Not ever")
    assert again.code == 2
    assert "cap reconsider" in again.err
    assert cap("reconsider", "F 4", "--reason", "The board asked").code == 0
    assert "nobody has decided on it yet" in cap("reconsider", "F 4", "--reason", "Once more").err
    assert cap("decline", "F 4", "--reason", "Not ever").code == 0


def test_a_status_that_has_a_command_of_its_own_names_it(cap: Cap, ref: str) -> None:
    for status in ("closed", "superseded"):
        said = cap("progress", ref, "--status", status).err
        assert "cap close" in said and "cap supersede" in said


def test_what_a_withdrawn_review_takes_with_it_is_not_said_to_be_lost(cap: Cap, ref: str) -> None:
    assert cap("visibility", "F", "withdrawn").code == 0
    assert (
        f"Action {ref} is not in the plan, or you may not see it (its review may be withdrawn)"
        in cap("action", "show", ref).err
    )
    assert (
        "Review F is not in the plan, or you may not see it (it may be withdrawn)"
        in cap("repeats", "--review", "F").err
    )
    assert cap("visibility", "F", "draft").code == 0
    assert cap("action", "show", ref).code == 0

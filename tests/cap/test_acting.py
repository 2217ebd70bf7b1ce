"""`cap action`: one action with everything of it, a new one without a recommendation, changes and evidence."""

import json
from pathlib import Path

import pytest

from tests.cap.conftest import WRITE, Cap
from tests.services import making


def done(cap: Cap, *words: str) -> str:
    ended = cap(*words)
    assert (ended.code, ended.err) == (0, "")
    return ended.out


# ------------------------------------------------------------------------------------------------ show


def test_show_tells_everything_of_an_action(cap: Cap, plan: Path, ref: str) -> None:
    done(cap, "progress", ref, "--note", "Half are written", "--on", "2026-03-01")
    done(cap, "progress", ref, "--target", "2027-06-30", "--why", "Two posts are vacant")
    done(
        cap, "action", "edit", ref, "--worry", "Referrers hear nothing", "--goal", "Every referrer has an answer",
        "--next-steps", "Draft a letter", "--home", "Front Door Board", "--rag", "amber", "--standard", "1.2",
    )  # fmt: skip
    done(cap, "action", "evidence", ref, "https://example.org/letters", "--shows", "Forty letters")
    done(cap, "action", "evidence", ref, "old.docx", "--shows", "Last year's letters")
    done(cap, "action", "evidence", ref, "--strike", "2", "--why", "Another year")
    shown = done(cap, "action", "show", ref)
    today = making.ask(plan, "SELECT date(max(at)) FROM events")[0][0]
    lines = shown.splitlines()
    for line in (
        f"Action 2.1: {WRITE}",
        "  Quadrant: Q2 Information sharing and fora for discussion",
        "  RAG: amber",
        "  Lead agency: Police",
        "  Target date: 2027-06-30",
        f"    moved from 2027-03-31 to 2027-06-30 on {today}, by A. Tester: Two posts are vacant",
        "  Strategy or subgroup: Front Door Board",
        "  Shown to: the public too, once its reviews are published",
        "  Reviews: F (Child F)",
        "  Worry statement: Referrers hear nothing",
        "  Success goal: Every referrer has an answer",
        "  Next steps: Draft a letter",
        "  Practice standard 1.2: Analytical assessment that uses the whole history",
        "  Progress: Half are written",
        "    2026-03-01, A. Tester: Half are written",
        f"  Evidence 1: https://example.org/letters, which shows: Forty letters (A. Tester, {today})",
        f"  Evidence 2: old.docx, which shows: Last year's letters (A. Tester, {today}) "
        f"[struck out by A. Tester on {today}: Another year]",
        f"  {today}, A. Tester: recommendation adopted",
        f"  {today}, A. Tester: action updated: target date “2027-03-31” -> “2027-06-30” (Two posts are vacant)",
        f"  {today}, A. Tester: evidence added",
    ):
        assert line in lines, line
    identifier, words, page = making.ask(
        plan, "SELECT r.id, r.text, page FROM recommendations r JOIN reviews v ON v.id = review_id "
        "WHERE letter = 'F' AND number = '3'"
    )[0]  # fmt: skip
    assert f"  Answers {identifier}: Review F (Child F) recommendation 3, page {page}, draft" in lines
    assert words in shown
    assert shown.index("recommendation adopted") < shown.index("evidence struck out"), "history: the oldest first"
    assert "Lacks" not in shown


def test_show_says_what_an_action_lacks(cap: Cap, ref: str) -> None:
    done(cap, "action", "edit", ref, "--text", "Promote good practice", "--lead", "All partners")
    assert '  Lacks: an owner (All partners: many owners, nobody answers for it); a measurable end; a verb' in done(
        cap, "action", "show", ref
    )  # fmt: skip


def test_show_for_programs(cap: Cap, ref: str) -> None:
    done(cap, "progress", ref, "--target", "Ongoing", "--why", "No end", "--note", "Begun")
    done(cap, "action", "evidence", ref, "a.docx", "--shows", "x")
    done(cap, "action", "edit", ref, "--rag", "red", "--standard", "1.2", "--standard", "1.1")
    (line,) = done(cap, "action", "show", ref, "--json").splitlines()
    said = json.loads(line)
    assert {name: said["action"][name] for name in ("ref", "rag", "standards", "source", "recheck", "text")} == {
        "ref": "2.1", "rag": "red", "standards": ["1.1", "1.2"], "source": "", "recheck": None, "text": WRITE,
    }  # fmt: skip
    assert [(s["before"], s["now"], s["why"]) for s in said["slips"]] == [("2027-03-31", "Ongoing", "No end")]
    assert said["lacks"] == [{"what": "a date", "found": "Ongoing", "advice": "Give a day by which it is to be done."}]
    assert said["recommendations"][0]["page"] >= 1
    assert [note["note"] for note in said["notes"]] == ["Begun"]
    assert [(e["number"], e["link"]) for e in said["evidence"]] == [(1, "a.docx")]
    assert said["history"][-1]["after"] == {"rag": "red", "standards": ["1.1", "1.2"]}
    assert [r["ref"] for r in said["reviews"]] == ["F"]


def test_the_public_is_shown_what_is_published_and_nothing_of_the_work(cap: Cap, ref: str) -> None:
    hidden = cap("action", "show", ref, "--audience", "public")
    assert (hidden.code, hidden.out) == (2, "")
    assert "Action 2.1 is not in the plan, or you may not see it" in hidden.err
    done(cap, "visibility", "F", "published")
    done(cap, "join", "C 3", ref)
    done(cap, "progress", ref, "--note", "Half are written")
    done(cap, "action", "evidence", ref, "secret.docx", "--shows", "Names")
    shown = done(cap, "action", "show", ref, "--audience", "public")
    assert WRITE in shown
    assert "  Reviews: F (Child F)\n" in shown, "a draft is named to nobody outside"
    assert "Answers" in shown and "Review C" not in shown
    for secret in ("secret.docx", "A. Tester", "Evidence", "Shown to"):
        assert secret not in shown
    said = json.loads(done(cap, "action", "show", ref, "--audience", "public", "--json"))
    assert (said["evidence"], said["notes"], said["history"]) == ([], [], [])


# ------------------------------------------------------------------------------------------------ add


def test_add_puts_an_action_of_an_audit_into_the_plan(cap: Cap, plan: Path, ref: str) -> None:
    out = done(
        cap, "action", "add", "--quadrant", "q2", "--text", "Publish a protocol", "--source", "Audit", "--lead", "Police",
        "--target", "2027-01-31", "--home", "Front Door Board", "--reviews", "F, C and All", "--goal", "It is used",
        "--standard", "2.1", "--rag", "green", "--on", "2026-02-01",
    )  # fmt: skip
    assert out == (
        "Action 2.2 (open; Police; 2027-01-31), reviews C, F, all: Publish a protocol\n"
        "It carries: RAG green; practice standards 2.1.\n"
        "The public does not see it. To show it: cap action edit 2.2 --public\n"
    )
    shown = done(cap, "action", "show", "2.2")
    assert "  Came from: Multi-agency audit\n" in shown
    assert "  Status: open, in the plan since 2026-02-01\n" in shown
    assert ", all\n" in shown
    assert "Answers" not in shown
    assert cap("action", "show", "2.2", "--audience", "public").code == 2
    done(cap, "visibility", "F", "published")
    assert "public does not" not in done(cap, "action", "edit", "2.2", "--public")
    assert "Publish a protocol" in done(cap, "action", "show", "2.2", "--audience", "public")


def test_add_says_what_is_lacking_and_refuses_what_cannot_be(cap: Cap, plan: Path) -> None:
    before = making.dump(plan)
    for words, sentence in (
        (["--quadrant", "Q9", "--text", "x"], "Choose from: Q1, Q2, Q3, Q4"),
        (["--quadrant", "Q1", "--text", "x", "--source", "rumour"], "audit, scrutiny, section11, inspection"),
        (["--quadrant", "Q1", "--text", "x", "--reviews", "F, Z"], "Review Z is not in the plan"),
        (["--quadrant", "Q1", "--text", "x", "--rag", "purple"], "red, amber, green"),
        (["--quadrant", "Q1", "--text", "x", "--standard", "9.9"], "“9.9” is not one of the practice standards"),
        (["--quadrant", "Q1", "--text", " "], "say what is to be done"),
    ):
        ended = cap("action", "add", *words)
        assert (ended.code, ended.out) == (2, "")
        assert sentence in ended.err
    assert making.dump(plan) == before
    out = done(cap, "action", "add", "--quadrant", "Q1", "--text", "Promote good practice", "--public")
    assert out.splitlines()[1].startswith("It still lacks: an owner; a date; a measurable end; a verb")


# ------------------------------------------------------------------------------------------------ edit


def test_edit_changes_what_is_given_and_keeps_the_rest(cap: Cap, plan: Path, ref: str) -> None:
    done(cap, "action", "edit", ref, "--home", "Front Door Board", "--rag", "red", "--standard", "1.1")
    out = done(cap, "action", "edit", ref, "--lead", "Probation", "--text", "Answer every referrer", "--rag", "")
    assert out == (
        "Action 2.1 (open; Probation; 2027-03-31), reviews F: Answer every referrer\n"
        "It carries: practice standards 1.1.\n"
    )
    assert making.ask(plan, "SELECT home, rag, text_from FROM actions") == [("Front Door Board", "", None)]
    assert "carries" not in done(cap, "action", "edit", ref, "--standard", "", "--home", "")
    assert making.ask(plan, "SELECT count(*) FROM action_standards") == [(0,)]


def test_edit_refuses_a_move_without_a_reason_or_nothing(cap: Cap, plan: Path, ref: str) -> None:
    before = making.dump(plan)
    for words, sentence in (
        ([ref, "--target", "2028-01-01", "--rag", "red"], "Say why the target date of action 2.1 moves"),
        ([ref], "nothing was given"),
        ([ref, "--lead", "Police"], "Nothing was given that would change"),
        (["9.9", "--rag", "red"], "Action 9.9 is not in the plan"),
    ):
        ended = cap("action", "edit", *words)
        assert (ended.code, ended.out) == (2, "")
        assert sentence in ended.err
    assert making.dump(plan) == before
    moved = done(cap, "action", "edit", ref, "--target", "2028-01-01", "--why", "Funding")
    assert moved.startswith("Action 2.1 (open; Police; 2028-01-01)")


# ------------------------------------------------------------------------------------------------ evidence


def test_evidence_is_laid_beside_an_action_and_struck_out(cap: Cap, plan: Path, ref: str) -> None:
    out = done(cap, "action", "evidence", ref, "minutes.docx", "--shows", "The board agreed")
    assert out.startswith("Evidence of action 2.1: 1: minutes.docx, which shows: The board agreed (A. Tester, ")
    assert "[struck out by A. Tester on " in done(
        cap, "action", "evidence", ref, "--strike", "1", "--why", "Wrong meeting"
    )
    assert making.ask(plan, "SELECT what, why FROM events ORDER BY id DESC LIMIT 1") == [
        ("evidence struck out", "Wrong meeting")
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Name the evidence"),
        (["a.docx", "--strike", "1"], "Name the evidence"),
        (["a.docx"], "what the evidence shows"),
        (["a.docx", "--shows", "x", "--why", "y"], "A reason goes with --strike"),
        (["--strike", "1", "--shows", "x"], "leave out --shows"),
        (["--strike", "1"], "Say why"),
        (["--strike", "1", "--why", "x"], "has no evidence 1"),
    ],
    ids=" ".join,
)
def test_evidence_that_is_unclear_is_wrong_usage(
    cap: Cap, plan: Path, ref: str, words: list[str], sentence: str
) -> None:
    before = making.dump(plan)
    ended = cap("action", "evidence", ref, *words)
    assert (ended.code, ended.out) == (2, "")
    assert sentence in ended.err
    assert making.dump(plan) == before


# ------------------------------------------------------------------------------------------------ another look


def test_progress_says_when_an_assured_action_is_looked_at_again(cap: Cap, plan: Path, ref: str) -> None:
    early = cap("progress", ref, "--recheck", "2090-01-31")
    assert early.code == 2
    assert "is open. A date to look at it again can only be set once it is assured" in early.err
    assert cap("progress", ref, "--status", "complete", "--recheck", "2090-01-31").code == 2
    assert making.ask(plan, "SELECT status FROM actions") == [("open",)]
    done(cap, "progress", ref, "--status", "complete")
    out = done(cap, "progress", ref, "--status", "assured", "--recheck", "2090-01-31")
    assert out.endswith("To be looked at again on 2090-01-31.\n")
    assert ", to be looked at again on 2090-01-31\n" in done(cap, "action", "show", ref)
    assert done(cap, "progress", ref, "--recheck", "2091-01-31").endswith("again on 2091-01-31.\n")
    assert making.ask(plan, "SELECT status, recheck FROM actions") == [("assured", "2091-01-31")]


def test_what_a_new_reading_changed_is_marked_on_its_action_and_settled_by_a_command(
    cap: Cap, plan: Path, ref: str
) -> None:
    assert "Nothing differs" in cap("differences").out
    ((identifier,),) = making.ask(plan, "SELECT recommendation_id FROM action_recommendations")
    making.change(plan, f"UPDATE recommendations SET difference = 'missing' WHERE id = '{identifier}'")
    shown = cap("action", "show", ref).out
    assert "Read differently from before: not found any more" in shown
    assert json.loads(cap("action", "show", ref, "--json").out)["differences"] == {identifier: "not found any more"}
    assert f"cap differences --looked-at {identifier}" in shown
    listed = cap("differences").out
    assert identifier in listed and f"not found any more; adopted; action {ref}" in listed
    assert identifier in cap("differences", "--looked-at", "F 3").out
    assert "Read differently" not in cap("action", "show", ref).out
    again = cap("differences", "--looked-at", "F 3")
    assert again.code == 2 and "no difference to settle" in again.err

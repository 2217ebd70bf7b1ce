"""Has it been asked before, and what became of it: near-repeats and the actions that cover them, as people say so."""

import json
import re
from pathlib import Path

import pytest

from tests.cap.conftest import Cap, Ended
from tests.services import making

AGAIN = "Children's social care should write to every professional who refers, within a week, with what was decided."


@pytest.fixture
def twice(plan: Path) -> tuple[str, str]:
    """Identifiers of a recommendation and of one in another review that says the same, in a plan of five reviews."""
    ((first, text, key),) = making.ask(
        plan,
        """SELECT r.id, r.text, r.content_key FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id
        WHERE v.letter = 'F' AND r.number = '3'""",
    )
    ((second,),) = making.ask(
        plan,
        """SELECT r.id FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id
        WHERE v.letter = 'B' AND r.number = '8.6'""",
    )
    making.change(
        plan, "UPDATE recommendations SET text = ?, lead_in = NULL, content_key = ? WHERE id = ?",
        text.replace("every", "each"), key, second,
    )  # fmt: skip
    return first, second


def groups(plan: Path, *identifiers: str) -> list[str | None]:
    return [making.ask(plan, "SELECT group_id FROM recommendations WHERE id = ?", i)[0][0] for i in identifiers]


def verdicts(ended: Ended) -> dict[str, dict[str, object]]:
    assert ended.code == 0, ended.err
    return {row["recommendation"]: row for row in map(json.loads, ended.out.splitlines())}


def test_a_recommendation_that_an_action_answers_already_is_told_so(
    cap: Cap, plan: Path, twice: tuple[str, str]
) -> None:
    first, second = twice
    assert cap("adopt", first, "--quadrant", "Q2", "--target", "2027-03-31").code == 0
    found = verdicts(cap("covered", "B", "--json"))
    assert found[second]["verdict"] == "covered by"
    assert found[second]["action"] == "2.1"
    assert found[second]["through"] == first
    assert found[second]["words"] == "covered by action 2.1 (review F), open, target 31/03/2027"
    others = [row["verdict"] for identifier, row in found.items() if identifier != second]
    assert others.count("covered by") == 0
    said = cap("covered", "B").out
    assert "Covered by action 2.1 (review F), open, target 31/03/2027" in said
    assert f"Accept: cap join {second} 2.1" in said


def test_complete_and_assured_actions_cover_too(cap: Cap, twice: tuple[str, str]) -> None:
    first, second = twice
    assert cap("adopt", first, "--quadrant", "Q2").code == 0
    for status in ("complete", "assured"):
        assert cap("progress", "2.1", "--status", status, "--on", "2021-05-04").code == 0
    assert verdicts(cap("covered", "--json"))[second]["words"] == (
        "covered by action 2.1 (review F), complete and assured in 2021"
    )


def test_accepting_adds_the_letter_and_ends_the_question(cap: Cap, twice: tuple[str, str]) -> None:
    first, second = twice
    assert cap("adopt", first, "--quadrant", "Q2").code == 0
    assert re.search(r"reviews B, F: ", cap("join", second, "2.1").out)
    assert second not in verdicts(cap("covered", "--json"))


def test_what_is_refused_is_not_suggested_again(cap: Cap, plan: Path, twice: tuple[str, str]) -> None:
    first, second = twice
    assert cap("adopt", first, "--quadrant", "Q2").code == 0
    refused = cap("not-covered", second, "2.1", "--why", "another service")
    assert refused.code == 0, refused.err
    assert verdicts(cap("covered", "--json"))[second]["verdict"] == "new"
    assert making.ask(plan, "SELECT who, note FROM not_covered") == [("A. Tester", "another service")]
    own = cap("not-covered", first, "2.1")
    assert own.code == 2
    assert "answers recommendation" in own.err


def test_same_and_apart_are_kept_to(cap: Cap, plan: Path, twice: tuple[str, str]) -> None:
    first, second = twice
    assert cap("apart", first, second, "--why", "no").code == 0
    one, other = groups(plan, first, second)
    assert one is None or one != other
    ended = cap("same", second, first)
    assert ended.code == 0, ended.err
    assert first in ended.out
    assert second in ended.out
    one, other = groups(plan, first, second)
    assert one == other
    assert one is not None
    listed = cap("repeats", "--plan").out
    assert f"Group {one}" in listed
    assert f"Group {one}" in cap("repeats", "--plan", "--review", "b").out
    split = cap("apart", first)
    assert split.code == 0, split.err
    one, other = groups(plan, first, second)
    assert one is None or one != other
    said = [v for (v,) in making.ask(plan, "SELECT verdict FROM repeat_decisions ORDER BY id")]
    assert said[:2] == ["not the same", "same"]
    # A third review asks the same, and stood in the group too.
    assert said[2:] == ["not the same", "not the same"]


def test_nothing_is_said_to_be_recorded_before_it_is(cap: Cap, plan: Path, twice: tuple[str, str]) -> None:
    first, second = twice
    ((alone,),) = making.ask(plan, "SELECT id FROM recommendations WHERE group_id IS NULL AND id <> ? LIMIT 1", first)
    for words in (["apart", "A 99"], ["apart", alone], ["apart", first, "A 99"]):
        ended = cap(*words)
        assert (ended.code, ended.out) == (2, ""), words
    assert cap("same", first, second).code == 0
    done = cap("apart", first, second)
    assert f"{first} and {second} are recorded as not asking the same." in done.out
    left = [line for line in done.out.splitlines() if line.startswith("  r-")]
    assert ("Nothing is left in the group." in done.out) == (left == [])
    assert len(left) != 1, "one alone is no group"


def test_one_that_stands_in_no_group_cannot_be_split_off(cap: Cap, plan: Path, twice: tuple[str, str]) -> None:
    first, second = twice
    assert cap("apart", first, second).code == 0
    ((alone,),) = making.ask(plan, "SELECT id FROM recommendations WHERE group_id IS NULL LIMIT 1")
    ended = cap("apart", alone)
    assert ended.code == 2
    assert "no group of near-repeats" in ended.err


def test_a_search_shows_the_near_repeat_and_what_became_of_it(cap: Cap, twice: tuple[str, str]) -> None:
    first, second = twice
    assert cap("same", first, second).code == 0
    assert cap("adopt", second, "--quadrant", "Q2").code == 0
    hits = [json.loads(line) for line in cap("search", AGAIN, "--json", "--limit", "3").out.splitlines()]
    top = hits[0]
    assert {top["recommendation"]["id"], *(r["id"] for r in top["repeats"])} > {first, second}, "and a third"
    assert [action["ref"] for action in top["actions"]] == ["2.1"]


def test_more_like_one_of_the_plan(cap: Cap, twice: tuple[str, str]) -> None:
    first, second = twice
    assert cap("apart", first, second).code == 0
    hits = [json.loads(line) for line in cap("search", "--like", first, "--json").out.splitlines()]
    assert hits[0]["recommendation"]["id"] == second
    assert all(hit["recommendation"]["id"] != first for hit in hits)


def test_the_successor_speaks_for_an_action_that_was_superseded(cap: Cap, twice: tuple[str, str]) -> None:
    first, second = twice
    assert cap("adopt", first, "--quadrant", "Q2").code == 0
    assert cap("supersede", "2.1", "--quadrant", "Q4", "--why", "It is for leaders.").code == 0
    found = verdicts(cap("covered", "--json"))[second]
    assert (found["verdict"], found["action"], found["through"]) == ("covered by", "4.1", first)


def test_two_that_people_set_apart_do_not_cover_each_other(cap: Cap, twice: tuple[str, str]) -> None:
    first, second = twice
    assert cap("adopt", first, "--quadrant", "Q2").code == 0
    assert cap("apart", second, first).code == 0
    assert verdicts(cap("covered", "--json"))[second]["verdict"] != "covered by"


def test_an_action_of_an_older_plan_covers_by_its_own_words(
    cap: Cap, desk: Path, plan: Path, twice: tuple[str, str]
) -> None:
    _, second = twice
    ((text,),) = making.ask(plan, "SELECT text FROM recommendations WHERE id = ?", second)
    (desk / "old.csv").write_text(f'Ref,Review refs,Action,Lead agency\n2.7,"M, O","{text}",Police\n', encoding="utf-8")
    assert cap("import", "old.csv", "--yes").code == 0
    found = verdicts(cap("covered", "--json"))[second]
    assert (found["verdict"], found["action"], found["through"]) == ("covered by", "2.7", None)
    assert found["words"] == "covered by action 2.7 (reviews M, O), open, without a target date"

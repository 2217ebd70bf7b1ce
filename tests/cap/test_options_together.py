"""What excludes each other is refused with what to leave out; nothing that a person gave is passed over in silence."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cap.conftest import Cap
from tests.services import making


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["counts", "--unit", "actions"], "--unit would change nothing without --at"),
        (["counts", "--since", "2020-01-01", "--unit", "actions"], "--unit would change nothing without --at"),
        (["counts", "--of", "issues"], "--of would change nothing without --chart"),
        (["counts", "--chart", "c.svg", "--by", "issue"], "--by would change nothing with --chart"),
        (["stated", "--by", "issue", "--source", "x"], "--source and --by would change nothing without a DATE"),
        (["round", "--returned", "--folder", "x"], "--folder would change nothing with --returned"),
        (["import", "--list", "--dry-run", "--published"], "--dry-run and --published would change nothing"),
        (["import", "--undo", "1", "--yes"], "--yes would change nothing without a FILE"),
        (["import", "x.xlsx", "--dry-run", "--yes"], "--yes would change nothing with --dry-run"),
        (["repeats", "--plan", "--jsonl"], "--jsonl would change nothing"),
        (["models", "--why", "x"], "--why would change nothing without --use"),
        (["restore", "x.zip", "--check", "--yes"], "--yes would change nothing with --check"),
        (["propose", "x.xlsx", "--type", "audit", "--title", "x", "--to", "Police"], "--to would change nothing"),
        (["accept-part", "F 3", "--ref", "2.1", "--text", "x", "--why", "y"], "cap action edit 2.1"),
        (["accept-part", "F 3", "--ref", "2.1", "--quadrant", "Q2", "--why", "y"], "leave them out"),
        (["progress", "2.1", "--target", "2027-01-31", "--why", "y", "--on", "2026-01-31"], "leave out --on"),
        (["progress", "2.1", "--note", " "], "The note is empty"),
        (["progress", "2.1", "--note", "", "--status", "in progress"], "The note is empty"),
    ],
)
def test_what_would_count_for_nothing_is_refused(cap: Cap, plan: Path, words: list[str], said: str) -> None:
    assert cap("adopt", "F 4", "--quadrant", "Q2").code == 0
    before = making.dump(plan)
    ended = cap(*words)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert making.dump(plan) == before


def test_a_reason_is_given_under_either_name_everywhere(cap: Cap, plan: Path) -> None:
    assert cap("decline", "F 3", "--why", "Done already").code == 0
    assert cap("reconsider", "F 3", "--reason", "The board asked").code == 0
    assert cap("adopt", "F 3", "--quadrant", "Q2", "--reason", "Agreed in March").code == 0
    assert "Agreed in March" in cap("action", "show", "2.1").out
    assert cap("close", "2.1", "--achieved", "--reason=The audit showed it").code == 0
    for command in ("decline", "accept-part", "close", "visibility"):
        shown = cap(command, "--help").out
        assert "--why" in shown and "--reason" not in shown


def test_figures_are_offered_by_what_they_may_be_by(cap: Cap) -> None:
    shown = cap("stated", "--help").out
    assert (
        "quadrant|issue|area|agency|type]" in shown
        and "review" not in shown.partition("--by")[2].partition("--unit")[0]
    )


def test_a_recommendation_is_known_by_letter_and_number_with_or_without_a_space(cap: Cap, plan: Path) -> None:
    assert cap("adopt", "F3", "--quadrant", "Q2").code == 0
    assert making.ask(plan, "SELECT number FROM recommendations WHERE outcome = 'adopted'") == [("3",)]


def test_the_program_runs_as_a_module_too(desk: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "cap", "--help"], cwd=desk, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(making.PROJECT)},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("Usage: cap ")

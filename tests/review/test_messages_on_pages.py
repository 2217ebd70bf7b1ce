"""Messages as people at a browser read them: no commands, and never without a next step."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain import errors
from domain.errors import CannotWork, CapError, NotFound, PlanError, UsageError
from review.sentences import _COMMAND, WHOM_TO_ASK, on_a_page, without_commands

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("domain", "plan", "publish", "services", "review")
# What nobody reaches from a page: restoring, entering recommendations and past totals are done at a terminal alone.
AT_A_TERMINAL = {"services/backups.py", "services/restoring.py", "services/proposing.py", "plan/stated.py"}
OURS = {
    name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, CapError)
}  # fmt: skip


def raised() -> Iterator[tuple[str, ast.Call]]:
    """Every error of ours that is made in what pages stand on, with the place."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OURS:
                    yield f"{file.relative_to(ROOT).as_posix()}:{node.lineno}", node


def said(node: ast.Call) -> str:
    return "".join(
        part.value
        for argument in node.args
        for part in ast.walk(argument)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def test_every_error_that_names_a_command_has_words_for_a_page_too() -> None:
    without = [
        place
        for place, node in raised()
        if place.partition(":")[0] not in AT_A_TERMINAL
        and not issubclass(OURS[node.func.id], CannotWork)  # type: ignore[attr-defined]  # for these there is somebody to ask
        and _COMMAND.search(said(node))
        and not any(word.arg == "page" for word in node.keywords)
    ]
    assert without == []


def test_the_words_for_a_page_name_no_command() -> None:
    for place, node in raised():
        for word in node.keywords:
            if word.arg == "page":
                whole = "".join(p.value for p in ast.walk(word.value) if isinstance(p, ast.Constant) and p.value)
                assert not _COMMAND.search(whole), place


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (
            PlanError("The plan cannot be read (x). Restore the last backup with `cap restore`."),
            f"The plan cannot be read (x). {WHOM_TO_ASK}",
        ),
        (CannotWork("There is no folder x. Create it, or set CAP_CORPUS."), f"There is no folder x. {WHOM_TO_ASK}"),
        (CannotWork("The disk is full. Free some space."), "The disk is full. Free some space."),
        (
            PlanError("Not saved. Tell whoever looks after Throughline (details: x). To check it, run `cap doctor`."),
            "Not saved. Tell whoever looks after Throughline (details: x).",
        ),
        (UsageError("It is past. Run: cap visibility D published", page="It is past: choose Published."), "It is past: choose Published."),
        (NotFound("There is no model x."), "There is no model x."),
    ],
)  # fmt: skip
def test_a_fault_of_the_machine_says_whom_to_ask_where_the_command_is_left_out(error: CapError, shown: str) -> None:
    assert on_a_page(error) == shown


def test_what_is_told_of_a_file_keeps_its_next_step_without_the_setting() -> None:
    told = "It took too long. Ask the publisher for a version with text. (Whoever runs it can allow more time: CAP_OCR_SECONDS.)"
    assert without_commands(told) == "It took too long. Ask the publisher for a version with text."

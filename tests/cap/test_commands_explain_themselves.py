"""Every command that the design names exists, explains itself to a person who is no engineer, and is in the README."""

import inspect
import re

import pytest
import typer.main

from cap.listing import GROUPS, summary
from cap.main import app
from tests.cap.conftest import Cap
from tests.services.making import PROJECT

PROMISED = {
    "run", "add", "extract", "classify", "repeats", "search", "counts", "export", "adopt", "join", "accept-part", "decline",
    "section11", "round", "meeting", "train", "evaluate", "models", "next", "doctor", "label", "progress", "visibility",
    "close", "supersede", "reconsider", "smart", "import", "erase", "propose", "action", "stated", "briefing", "serve",
    "users", "schedule", "backup", "restore",
}  # fmt: skip
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
# With the commands of a group under their full names, such as "action show".
EVERY = {
    name: command
    for top, whole in COMMANDS.items()
    for name, command in [(top, whole), *((f"{top} {sub}", one) for sub, one in getattr(whole, "commands", {}).items())]
}
# Words of programmers, which a person in a business unit should not need.
JARGON = re.compile(
    r"\b(?:stdin|stdout|stderr|regex|boolean|bool|null|None|path|str|int|sqlite|SQL|flag|argv|env(?:ironment)? var\w*|"
    r"tuple|list\[|traceback|deprecated|TO-?DO|FTS|embedding|vector|sha256|daemon)\b",
    re.IGNORECASE,
)


def test_every_command_that_is_promised_exists() -> None:
    assert set(COMMANDS) >= PROMISED


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_command_explains_itself_and_each_of_its_options(cap: Cap, name: str) -> None:
    ended = cap(*name.split(), "--help")
    assert (ended.code, ended.err) == (0, "")
    folded = " ".join(ended.out.split())
    assert folded.startswith(f"Usage: cap {name} ")
    doc = inspect.getdoc(EVERY[name].callback) or ""
    assert len(doc.split()) >= 5
    assert " ".join(doc.splitlines()[0].split()) in folded
    for parameter in EVERY[name].params:
        if parameter.name == "help":
            continue
        words = getattr(parameter, "help", "") or ""
        assert len(words.split()) >= 3, f"{parameter.name} is not explained"
        assert words[0].isupper() or words.split()[0].rstrip(":,") in (
            "public",
            "partnership",
            "known",
            "draft",
            "open",
        )
        assert " ".join(words.split()) in folded
        for option in parameter.opts:
            if option.startswith("-"):
                assert option in folded


@pytest.mark.parametrize("name", sorted(EVERY))
def test_no_help_speaks_to_programmers(name: str) -> None:
    words = [inspect.getdoc(EVERY[name].callback) or ""]
    words += [getattr(parameter, "help", "") or "" for parameter in EVERY[name].params]
    found = [match.group() for text in words for match in JARGON.finditer(text)]
    assert found == []


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_command_is_in_the_readme(name: str) -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"\bcap {re.escape(name)}\b(?!-)", readme), f"README.md does not tell of cap {name}"


def test_the_readme_tells_of_no_command_that_does_not_exist() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"(?:`|^|bin/)cap ([a-z][a-z0-9-]+)", readme, re.MULTILINE))
    assert told - set(COMMANDS) == set()


def test_cap_alone_and_cap_help_show_what_there_is(cap: Cap) -> None:
    asked, alone = cap("--help"), cap()
    assert asked.code == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", asked.out, re.MULTILINE)
    assert "cap run" in asked.out
    assert "Commands:" in alone.out + alone.err


def test_the_list_of_commands_cuts_no_sentence_off_and_has_them_by_use(cap: Cap) -> None:
    listed = cap("--help").out.partition("Commands:")[2]
    assert listed and "..." not in listed
    for name, command in COMMANDS.items():
        assert 5 <= len(summary(command)) <= 60, name
        assert f"{name} {summary(command)}" in " ".join(listed.split())
    assert [name for _, names in GROUPS for name in names].count("run") == 1
    assert sorted(name for _, names in GROUPS for name in names) == sorted(COMMANDS)
    for heading, _ in GROUPS:
        assert f"\n{heading}\n" in listed


@pytest.mark.parametrize("group", ["action", "users"])
def test_the_list_of_a_group_cuts_no_sentence_off(cap: Cap, group: str) -> None:
    listed = " ".join(cap(group, "--help").out.partition("Commands:")[2].split())
    assert listed and "..." not in listed
    for command in COMMANDS[group].commands.values():
        assert summary(command) in listed


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command"],
        ["run", "--no-such-option"],
        ["add"],
        ["extract"],
        ["search"],
        ["search", "x", "--limit", "many"],
        ["search", "x", "--limit", "0"],
        ["counts", "--by", "weather"],
        ["export", "--format", "odt"],
        ["export", "--audience", "everyone"],
        ["adopt"],
        ["join", "F 1"],
        ["decline", "F 1"],
        ["accept-part", "F 1"],
        ["section11", "F 1"],
        ["label", "F 1"],
        ["close", "2.1"],
        ["close", "2.1", "--why", "done"],
        ["close", "2.1", "--achieved"],
        ["supersede", "2.1", "--why", "wrong quadrant"],
        ["supersede", "2.1", "--quadrant", "Q3"],
        ["reconsider", "F 1"],
        ["meeting"],
        ["visibility", "F", "secret"],
        ["adopt", "F", "1"],
        ["action", "no-such-command"],
        ["action", "show"],
        ["action", "add", "--quadrant", "Q3"],
        ["action", "add", "--text", "Audit it"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_one_sentence(cap: Cap, words: list[str]) -> None:
    ended = cap(*words)
    assert ended.code == 2
    assert ended.out == ""
    assert "Error: " in ended.err
    assert "Traceback" not in ended.err

"""A stranger's first hour: the samples as `make run` shows them, the README's tour as it is printed, and what the guides tell."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from services.settings import Settings
from tests.cap.conftest import Cap, Ended, rows_of
from tests.cap.test_commands_explain_themselves import EVERY
from tests.services import making

PROJECT = making.PROJECT
PAPERS = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md")), PROJECT / "corpus" / "samples" / "README.md"]
STORIES = tomllib.loads((making.SAMPLES / "samples.toml").read_text(encoding="utf-8"))
LEFT_OUT = "…"
# Run elsewhere, since they go on until they are stopped, or need more than the samples.
RUN_ELSEWHERE = {
    "serve": "tests/cap/test_serving_and_people.py",
    "schedule": "tests/flows/test_schedule.py",
    "run --cluster": "tests/flows/test_on_a_cluster.py",
}
# What was reached on them: near-repeats found, of 36; pairs joined that are none; look-alikes among those.
FOUND, BESIDE, ALIKE = 29, 0, 0
pytestmark = pytest.mark.slow


@cache
def first() -> tuple[Path, Ended]:
    """The folder in which a stranger ran `cap run` with nothing in the corpus, and what was said. Not to be changed."""
    desk = making.workshop() / "first hour"
    (desk / "corpus").mkdir(parents=True)
    given = {"CAP_TRAINED": str(making.trained()), "CAP_USER": "A. Stranger", "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-m", "cap.main", "run"],
        cwd=desk,
        env={**os.environ, **given, "PYTHONIOENCODING": "utf-8", "CAP_OCR_SECONDS": "60", "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        timeout=500,
        check=False,
    )
    return desk, Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def demo(desk: Path) -> Path:
    """A copy of what the first run made, in the folder a person works in."""
    shutil.copytree(first()[0] / "outputs" / "demo", desk / "outputs" / "demo")
    return desk / "outputs" / "demo"


# ------------------------------------------------------------------------------------------------ the samples


def test_every_kind_of_sample_is_taken_in_and_nothing_is_wrong_with_them() -> None:
    desk, ended = first()
    assert ended.code == 0, ended.err
    assert "holds no reviews yet" in ended.err and str(desk / "outputs" / "demo") in ended.err
    told = {row[-1]: row for row in rows_of(ended.out)[1:]}
    assert set(told) == {review["file"] for review in STORIES["review"]}
    for review in STORIES["review"]:
        row = told[review["file"]]
        assert row[1:6] == [
            review.get("reference", "not stated"),
            review["type"],
            review["published"],
            str(review["pages"]),
            str(len(review.get("recommendation", ()))),
        ]
    assert "wexmere-action-plan.xlsx, 14 actions" in ended.err
    assert not (desk / "outputs" / "cap.db").exists()
    assert list((desk / "corpus").iterdir()) == []


def test_what_the_plan_holds_of_them_is_what_their_stories_say() -> None:
    desk, _ = first()
    held = making.ask(
        desk / "outputs" / "demo" / "cap.db",
        "SELECT v.file, r.number, r.text, r.page, r.addressee FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id "
        "ORDER BY v.file, r.ordinal",
    )
    assert held == [
        (story["file"], one.get("number"), one["text"], one["page"], one["addressee"])
        for story in sorted(STORIES["review"], key=lambda story: str(story["file"]))
        for one in story.get("recommendation", ())
    ]


def test_the_samples_show_every_feature_at_once() -> None:
    reviews = STORIES["review"]
    assert len(reviews) >= 10
    assert {review["type"] for review in reviews} >= {"SCR", "SPR", "SAR", "DHR", "audit"}
    assert {review["visibility"] for review in reviews} >= {"draft", "embargoed", "published"}
    assert sum(not review.get("recommendation") for review in reviews) == 1
    desk, ended = first()
    assert "were read by text recognition" in ended.err
    assert "It says on page 3 that it makes none." in ended.err
    assert any(int(row[7]) for row in rows_of(ended.out)[1:]), "no near-repeats"
    assert any(int(row[8]) for row in rows_of(ended.out)[1:]), "nothing that an action covers"
    plan = desk / "outputs" / "demo" / "cap.db"
    statuses = {status for (status,) in making.ask(plan, "SELECT DISTINCT status FROM actions")}
    assert {"open", "in progress", "complete", "assured"} <= statuses


def test_near_repeats_among_them_are_found_and_look_alikes_mostly_kept_apart() -> None:
    desk, _ = first()
    rows = making.ask(
        desk / "outputs" / "demo" / "cap.db",
        "SELECT v.file, r.ordinal, r.group_id FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id",
    )
    group = {(file, ordinal): number for file, ordinal, number in rows}

    def ends(pair: dict[str, Any]) -> frozenset[tuple[str, int]]:
        return frozenset((pair[side]["file"], pair[side]["ordinal"]) for side in "ab")

    joined = {frozenset(two) for two in combinations(group, 2) if group[two[0]] and group[two[0]] == group[two[1]]}
    same, alike = (set(map(ends, STORIES[name])) for name in ("repeat", "not_repeat"))
    assert len(joined & same) >= FOUND
    assert len(joined - same) <= BESIDE
    assert len(joined & alike) <= ALIKE


def test_a_second_run_changes_nothing(cap: Cap, demo: Path) -> None:
    before = making.dump(demo / "cap.db")
    again = cap("run")
    assert again.code == 0, again.err
    assert f"In the plan already, nothing to do: {len(STORIES['review'])}" in again.out
    assert "0 taken in" in again.out and "Reviews taken in" not in again.out
    assert making.dump(demo / "cap.db") == before


def test_an_import_that_was_undone_is_not_brought_in_again(cap: Cap, demo: Path) -> None:
    assert cap("--demo", "import", "--undo", "1").code == 0
    assert cap("run").code == 0
    assert making.ask(demo / "cap.db", "SELECT count(*) FROM actions WHERE undone IS NULL") == [(0,)]


def test_demo_is_for_one_command_and_leaves_the_real_plan_alone(cap: Cap, demo: Path, desk: Path) -> None:
    assert cap("--demo", "counts").code == 0
    assert "CAP_CORPUS" not in os.environ
    ended = cap("counts")
    assert ended.code == 3 and "no plan" in ended.err
    assert not (desk / "outputs" / "cap.db").exists()


# ------------------------------------------------------------------------------------------------ the tour


def tour() -> list[tuple[str, list[str]]]:
    """Each command of the README's tour with the lines that it is said to print."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    chapter = readme.split("## A tour in five minutes", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"^```\n(.*?)^```$", chapter, re.MULTILINE | re.DOTALL)
    out: list[tuple[str, list[str]]] = []
    for line in "\n".join(blocks).splitlines():
        if line.startswith("$ "):
            out.append((line[2:], []))
        elif line.strip() and line.strip() != LEFT_OUT:
            out[-1][1].append(line.rstrip())
    return out


def said(ended: Ended, desk: Path) -> list[str]:
    """What a command printed, without what differs from one day and folder to another."""
    return [plain(line.replace(f"{desk}/", "")) for line in [*ended.out.splitlines(), *ended.err.splitlines()]]


def plain(line: str) -> str:
    """A line without its seconds, and without the room that a table leaves for the widest cell."""
    return re.sub(r"\s{2,}", "  ", re.sub(r"\d+\.\d s\b", "0 s", line)).strip()


def is_said(line: str, lines: list[str]) -> bool:
    """Whether a line of the README stands among those printed; it may end with the mark of what is left out."""
    wanted = plain(line)
    if wanted.endswith(LEFT_OUT):
        return any(one.startswith(wanted.removesuffix(LEFT_OUT).strip()) for one in lines)
    return wanted in lines


def test_the_tour_is_a_real_session(cap: Cap, demo: Path, desk: Path) -> None:
    commands = tour()
    assert len(commands) >= 8
    for command, printed in commands:
        if command == "make run":
            ended, place = first()[1], first()[0]
        else:
            words = shlex.split(command)
            assert words[0] == "cap"
            ended, place = cap(*words[1:]), desk
        assert ended.code == 0, f"{command}: {ended.err}"
        lines = said(ended, place)
        assert [line for line in printed if not is_said(line, lines)] == [], f"$ {command}\n" + "\n".join(lines)


# ------------------------------------------------------------------------------------------------ README and guides


def commands_told() -> set[str]:
    """Every command, with those of groups, that README or a guide names."""
    told: set[str] = set()
    for paper in PAPERS:
        text = paper.read_text(encoding="utf-8")
        told |= set(re.findall(r"(?:`|^|^\$ |bin/|Scripts\\)cap (?:--demo )?((?:[a-z][a-z0-9-]*))", text, re.MULTILINE))
    return told


def test_every_command_that_a_guide_names_exists() -> None:
    assert commands_told() - {name.split()[0] for name in EVERY} == set()


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_command_is_run_by_a_test(name: str) -> None:
    if name in RUN_ELSEWHERE:
        assert (PROJECT / RUN_ELSEWHERE[name]).exists()
        return
    words = r",\s*".join(f'"{word}"' for word in name.split())
    only_names = {"test_a_first_hour.py", "test_commands_explain_themselves.py"}
    tests = [file for file in (PROJECT / "tests" / "cap").glob("test_*.py") if file.name not in only_names]
    assert any(re.search(words, file.read_text(encoding="utf-8")) for file in tests)


def test_every_setting_is_explained() -> None:
    told = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"`CAP_{name.upper()}`" not in told] == []


def test_links_and_pictures_of_the_papers_are_there() -> None:
    missing = []
    for paper in PAPERS:
        text = paper.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            file, _, anchor = target.partition("#")
            if "://" in target:
                continue
            place = (paper.parent / file) if file else paper
            if not place.exists():
                missing.append(f"{paper.name}: {target}")
            elif anchor and anchor not in headings_of(place):
                missing.append(f"{paper.name}: {target} (no such heading)")
    assert missing == []


def headings_of(paper: Path) -> set[str]:
    """The anchors of a paper's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", paper.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}

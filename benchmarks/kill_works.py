"""The kinds of work that are killed: from what state each begins, how it is run, and what it had reported as done."""

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import benchmarks.kill_recall as recall
import cap.main
from benchmarks.kill_checks import Dump
from benchmarks.kill_points import Run, started
from classify.model import Classifier
from domain.framework import load_framework
from flows.refresh import refresh_counts
from flows.settings import orchestrated
from services.settings import load_settings

DONE = 0
LONGEST = 240.0


@dataclass(slots=True)
class Reference:
    """What an undisturbed run comes to. steps: the plan after each answered request, for work that is asked for bit by bit."""

    plan: Dump
    files: dict[str, object]
    points: int
    seconds: float
    before: Dump
    steps: list[Dump] = field(default_factory=list)


class Place:
    """A folder in which one kind of work is done, copied fresh from where it begins."""

    def __init__(self, folder: Path, models: Path) -> None:
        self.folder, self.models = folder, models

    @property
    def outputs(self) -> Path:
        """Where plan and publications lie."""
        return self.folder / "outputs"

    @property
    def plan(self) -> Path:
        """The database."""
        return self.outputs / "cap.db"

    def environment(self) -> dict[str, str]:
        """The settings of the work."""
        return {
            "CAP_CORPUS": str(self.folder / "corpus"),
            "CAP_OUTPUTS": str(self.outputs),
            "CAP_MODELS": str(self.models),
            "CAP_USER": "A. Tester",
        }

    def said(self, stream: str) -> str:
        """What the last process wrote to "out" or "err"."""
        file = self.folder / stream
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    def renew(self, source: Path) -> None:
        """Begin again from another place."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(source, self.folder)

    def run(self, work: Callable[[], int], *, at: int | None = None) -> Run:
        """Begin work here."""
        for stream in ("out", "err"):
            (self.folder / stream).unlink(missing_ok=True)
        return started(work, self.folder, self.environment(), at=at)

    def whole(self, work: Callable[[], int]) -> Run:
        """Let work run to its end. Raises `AssertionError` where it fails."""
        run = self.run(work)
        code = run.wait(LONGEST)
        assert code == DONE, f"it ended with {code}: {self.said('err')[-1500:]}"
        return run


def command(*words: str) -> Callable[[], int]:
    """The work of a command of `cap`."""

    def work() -> int:
        sys.argv = ["cap", *words]
        try:
            cap.main.main()
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(end.code is not None)
        return DONE

    return work


class Work(Protocol):
    """A kind of work that one command does."""

    name: str

    def do(self) -> int:
        """The work itself, in a process of its own."""

    def missing(self, place: Place, reference: Reference, found: Dump | None) -> list[str]:
        """What a killed run had reported as done and is not there, or is there by half: a sentence each."""


class Ingestion:
    """`cap run` over three reviews, from nothing."""

    name = "ingestion"
    do = staticmethod(command("run"))

    def missing(self, place: Place, reference: Reference, found: Dump | None) -> list[str]:
        """Reviews that were named as done, and reviews without all that belongs to them."""
        named = re.findall(r"^\[\d/\d\] (.+)$", place.said("err"), re.MULTILINE)
        done = set(named[:-1])
        held, whole = _of_each_review(found or {}), _of_each_review(reference.plan)
        out = [f"{name} was reported and is not there" for name in sorted(done - set(held))]
        return out + [f"{name} is there by half" for name in held if held[name] != whole.get(name)]


class Training:
    """`cap train` after some decisions, where a model that was trained here is in use."""

    name = "training"
    do = staticmethod(command("train", "--force", "a model for the kills"))

    def missing(self, place: Place, reference: Reference, found: Dump | None) -> list[str]:
        """The live model is the one before or the one after, and loads; the new one where that was reported."""
        names = _promoted(reference.plan)
        live = loaded(place)
        out = [] if live in names[-2:] else [f"the live model is {live}, which is neither of {names[-2:]}"]
        if "is in use" in place.said("out") and (live != names[-1] or _promoted(found or {}) != names):
            out.append(f"the new model was reported in use, and {live} is, or nobody recorded it")
        return out


class Refresh:
    """The scheduled refresh: an embargo that ends, counts, working copy, exports, a backup."""

    name = "refresh"

    def do(self) -> int:
        """Run the flow."""
        with orchestrated(load_settings().outputs):
            refresh_counts()
        return DONE

    def missing(self, place: Place, reference: Reference, found: Dump | None) -> list[str]:
        """It reports nothing before its end; what it published is whole at every moment."""
        return []


class Import:
    """`cap import FILE --yes`."""

    name = "import"
    do = staticmethod(command("import", "plan.csv", "--yes"))

    def missing(self, place: Place, reference: Reference, found: Dump | None) -> list[str]:
        """An import that was reported, and one that is there by half."""
        tables = ("actions", "imports", "import_changes", "progress_notes", "events")
        state = [(found or {}).get(name) for name in tables]
        whole, before = ([one.get(name) for name in tables] for one in (reference.plan, reference.before))
        out = [] if state in (whole, before) else ["the import is there by half"]
        if "Imported" in place.said("err") and state != whole:
            out.append("the import was reported and is not there")
        return out


COMMANDS: tuple[Work, ...] = (Ingestion(), Training(), Refresh(), Import())


def _of_each_review(plan: Dump) -> dict[str, int]:
    """How many recommendations each file has."""
    names = {row[0]: row[4] for row in plan.get("reviews", [])}
    return {name: sum(row[2] == key for row in plan["recommendations"]) for key, name in names.items()}


def _promoted(plan: Dump) -> list[str]:
    return [row[3] for row in plan.get("events", []) if row[2] == "model promoted"]


def loaded(place: Place) -> str:
    """The version of the model that a house over this place would use, which is loaded."""
    promoted = place.outputs / "models" / "classifier"
    folder = promoted if (promoted / "manifest.json").exists() else place.models / "classifier"
    return Classifier.load(folder, load_framework(), recall.RecallingEncoder().name).version

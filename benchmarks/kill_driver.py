"""Kills one kind of work again and again, and holds what is left against an undisturbed run."""

import importlib
import random
import time
from collections.abc import Callable
from pathlib import Path

import benchmarks.kill_recall as recall
from benchmarks.kill_checks import Dump, differences, dump, file_differences, files
from benchmarks.kill_places import learning
from benchmarks.kill_points import Run
from benchmarks.kill_tally import MOST_IN_A_CHAIN, Tally, look, moments, noted
from benchmarks.kill_web import drive_web
from benchmarks.kill_works import COMMANDS, LONGEST, Place, Reference, Work

SHARES = {"ingestion": 200, "training": 200, "refresh": 150, "import": 280, "web": 170}
"""How a thousand kills are shared among the kinds of work."""

AHEAD = (
    "altair", "docx", "extract.reader", "flows.ingest", "flows.refresh", "flows.train", "match.scorer", "openpyxl",
    "publish.charts", "publish.document", "publish.word", "publish.workbook", "review.app", "scipy.linalg", "services.importing",
    "services.backups", "uvicorn", "vl_convert", "uvicorn.lifespan.on", "uvicorn.loops.auto", "uvicorn.protocols.http.auto",
)  # fmt: skip


def loaded_ahead() -> None:
    """Import what the works need, once: their processes are copies of this one."""
    for name in AHEAD:
        importlib.import_module(name)


def names_of(only: str, kills: int) -> dict[str, int]:
    """How many kills each kind of work has."""
    chosen = [name.strip() for name in only.split(",") if name.strip()] or list(SHARES)
    whole = sum(SHARES[name] for name in chosen)
    return {name: max(1, round(kills * SHARES[name] / whole)) for name in chosen}


def drive(name: str, base: Place, kills: int, dice: random.Random, tally: Tally, all_counted: bool) -> None:
    """Kill one kind of work so many times."""
    began = time.monotonic()
    if name == "web":
        drive_web(base, kills, dice, tally, all_counted)
    else:
        _drive(next(work for work in COMMANDS if work.name == name), base, kills, dice, tally, all_counted)
    tally.seconds = time.monotonic() - began


def _beside(base: Place) -> Place:
    return Place(base.folder.with_name(f"{base.folder.name}-killed"), base.models)


def undisturbed(work: Work, base: Place) -> Reference:
    """What the work comes to when nothing happens to it. Done twice: first to learn what it asks of encoder and sandbox."""
    place = _beside(base)
    place.renew(base.folder)
    before: Dump = dump(place.plan) if place.plan.exists() else {}
    place.whole(learning(work.do))
    recall.remember()
    place.renew(base.folder)
    began = time.monotonic()
    run = place.whole(work.do)
    seconds = time.monotonic() - began
    return Reference(dump(place.plan), files(place.outputs), run.board.read()[0], seconds, before)


def _drive(work: Work, base: Place, kills: int, dice: random.Random, tally: Tally, all_counted: bool) -> None:
    reference, place = undisturbed(work, base), _beside(base)
    print(f"{work.name}: {reference.points} points, {reference.seconds:.2f} s", flush=True)
    waiting = moments(kills, dice, counted=all_counted)
    while waiting:
        place.renew(base.folder)
        story: list[str] = []
        for _ in range(min(len(waiting), dice.randint(1, MOST_IN_A_CHAIN))):
            counted, share = waiting.pop()
            run = killed(place, work.do, reference, counted, share)
            noted(run, counted, tally, story)
            look(tally, story, lambda: _after_kill(work, place, reference))
        tally.reruns += 1
        look(tally, story, lambda: _after_rerun(work, place, reference))


def killed(place: Place, do: Callable[[], int], reference: Reference, counted: bool, share: float) -> Run:
    """Work that is killed at a point, or a moment."""
    if counted:
        run = place.run(do, at=1 + int(share * reference.points))
        run.wait(LONGEST)
        return run
    run = place.run(do)
    until = time.monotonic() + share * reference.seconds
    while time.monotonic() < until and not run.over():
        time.sleep(0.002)
    if not run.over():
        run.kill()
    run.wait(LONGEST)
    return run


def _after_kill(work: Work, place: Place, reference: Reference) -> list[str]:
    found = readable(place.plan)
    return work.missing(place, reference, found)


def readable(file: Path) -> Dump | None:
    """The plan, None where there is none yet."""
    return dump(file) if file.exists() else None


def _after_rerun(work: Work, place: Place, reference: Reference) -> list[str]:
    place.whole(work.do)
    found = dump(place.plan)
    return [
        *differences(found, reference.plan),
        *file_differences(files(place.outputs), reference.files),
        *work.missing(place, reference, found),
    ]

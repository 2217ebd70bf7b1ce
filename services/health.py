"""The state of the house: what is installed, where things lie, what is missing and how to get it."""

import platform
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from domain.errors import CapError, PlanError
from domain.framework import OWN_FILE
from domain.states import Visibility
from extract.ocr_tools import recogniser
from plan import reading
from services.accounts import everybody
from services.backups import backups
from services.clock import clock_behind, clock_words, local_time
from services.house import House, is_there
from services.intake import files_in, is_samples
from services.trouble import model_trouble, schedule_troubles
from services.turns import at_work
from services.unattended import schedule

OWN = "throughline"
INSTALL_AGAIN = "Install the software again, in its folder: make install (without make: python -m pip install .)"
LEAST_FREE_MB = 500

Look = Callable[[House], tuple[bool, str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: well or not, and in words what was found and what to do."""

    what: str
    well: bool
    words: str


def examine(house: House) -> tuple[Finding, ...]:
    """Look at everything; a fault in one thing does not keep the others from being looked at."""
    return tuple(
        _guarded(what, look, house)
        for what, look in (
            ("Program", _program),
            ("Libraries", _libraries),
            ("Settings", _settings),
            ("Framework", _framework),
            ("PDF folder", _corpus),
            ("Disk", _disk),
            ("Plan", _plan),
            ("Search model", _encoder),
            ("Label model", _classifier),
            ("Reading PDFs", _sandbox),
            ("Text recognition", _recognition),
            ("Accounts", _people),
            ("Running now", _runs),
            ("Schedule", _schedule),
            ("Backups", _backups),
            ("Clock", _clock),
        )
    )


def _guarded(what: str, look: Look, house: House) -> Finding:
    try:
        well, words = look(house)
    except CapError as error:
        return Finding(what, False, str(error))
    except sqlite3.DatabaseError as error:
        return Finding(what, False, f"{house.settings.plan_file} is damaged ({error}). Restore a backup.")
    except OSError as error:
        return Finding(what, False, f"{error.filename or what} cannot be read ({error.strerror or error}).")
    return Finding(what, well, words)


def _program(house: House) -> tuple[bool, str]:
    try:
        own = version(OWN)
    except PackageNotFoundError:
        own = "not installed (run from the folder)"
    return (
        True,
        f"Throughline {own}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()}",
    )


def _libraries(house: House) -> tuple[bool, str]:
    """Each library that the software names, held against what is installed."""
    try:
        needed = [Requirement(words) for words in requires(OWN) or ()]
    except PackageNotFoundError:
        return False, f"The software was started from its folder without being installed. {INSTALL_AGAIN}"
    wrong, there = [], 0
    for one in needed:
        if one.marker is not None and not one.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(one.name)
        except PackageNotFoundError:
            wrong.append(f"{one.name} is missing")
            continue
        there += 1
        if not one.specifier.contains(found, prereleases=True):
            wrong.append(f"{one.name} is {found}, and {one.specifier} is needed")
    if wrong:
        return False, f"{'; '.join(wrong)}. {INSTALL_AGAIN}"
    return True, f"All {there} that are needed are installed, in versions that fit"


def _settings(house: House) -> tuple[bool, str]:
    """Where the settings come from: what somebody set long ago explains much."""
    if is_samples(house.settings.corpus):
        return True, "Those of the fictional samples"
    file = Path("cap.toml").absolute()
    given = sorted(house.settings.model_fields_set)
    place = f"{file} is read" if is_there(file) else "There is no cap.toml here"
    return True, f"{place}; set: {', '.join(given) or 'nothing, all are as they came'}"


def _people(house: House) -> tuple[bool, str]:
    try:
        active = sum(one.active for one in everybody(house)) if house.has_plan else 0
    except PlanError:  # which is told of the plan
        return True, "Who has an account stands in the plan, which cannot be opened"
    if not active:
        return (
            True,
            "Nobody has an account: the web application is open to this computer alone. To add one: cap users add",
        )
    return True, f"Everybody signs in; accounts: {active}"


def _framework(house: House) -> tuple[bool, str]:
    f = house.framework
    parts = {
        "quadrants": f.quadrants, "issues": f.issues, "practice areas": f.areas, "practice standards": f.standards,
    }  # fmt: skip
    return True, f"{f.name}, version {f.version}: " + ", ".join(f"{len(part)} {name}" for name, part in parts.items())


def _corpus(house: House) -> tuple[bool, str]:
    files = files_in(house.settings.corpus)
    return True, f"{house.settings.corpus} holds documents: {len(files)}"


def _disk(house: House) -> tuple[bool, str]:
    place = house.settings.outputs
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free // (1024 * 1024)
    return free >= LEAST_FREE_MB, f"{free} MB free for {house.settings.outputs}" + (
        "" if free >= LEAST_FREE_MB else f". Make room: less than {LEAST_FREE_MB} MB is too little."
    )


def _plan(house: House) -> tuple[bool, str]:
    if not house.has_plan:
        return True, f"There is none yet at {house.settings.plan_file}; the first cap run makes it."
    plan = house.plan
    verdict = str(next(iter(plan.query("PRAGMA quick_check")))["quick_check"])
    reviews = reading.reviews(plan, audience=None)
    drafts = sum(r.visibility is Visibility.DRAFT for r in reviews)
    words = f"{house.settings.plan_file}: reviews {len(reviews)}, of them drafts {drafts}; actions {len(reading.actions(plan))}"
    return verdict == "ok", words if verdict == "ok" else f"{words}; it is damaged ({verdict}). Restore a backup."


def _encoder(house: House) -> tuple[bool, str]:
    return True, f"{house.encoder.name} is ready."


def _classifier(house: House) -> tuple[bool, str]:
    used, left_behind = f"{house.classifier.version}, from {house.model_folder}", model_trouble(house)
    return not left_behind, f"{used}. {left_behind}" if left_behind else used


def _sandbox(house: House) -> tuple[bool, str]:
    # A file that is no PDF must come back as a rejection: then the process started, answered and lives within limits.
    answer = house.sandbox.call("extract.reader:read_json", str(OWN_FILE), OWN_FILE.name)
    well = isinstance(answer, dict) and "rejected" in answer
    return (
        well,
        "Works; each PDF is read separately" if well else "A PDF could not be read. Install the software again.",
    )


def _recognition(house: House) -> tuple[bool, str]:
    # The house is well without it: only scans need it.
    found = recogniser()
    if not found.ready:
        return True, f"Not available, so scans are refused. {found.missing}"
    turned = (
        "" if found.can_turn else "; pages that lie on their side are not righted (Tesseract's osd data is missing)"
    )
    return True, f"Tesseract {found.version} reads scanned pages, in English{turned}"


def _runs(house: House) -> tuple[bool, str]:
    return True, at_work(house.settings) or "Nothing"


def _schedule(house: House) -> tuple[bool, str]:
    kept, runs = schedule(house.settings)
    wrong = schedule_troubles(house.settings)
    if runs and kept is not None:
        said = f"It is running since {local_time(kept.begun)}; its runs are shown at {kept.address}"
    elif kept is None:
        said = "It was never started; cap schedule reads new reviews and brings the counts up to date by itself"
    else:
        said = f"It was stopped at {local_time(kept.ended)}; cap schedule starts it again" if kept.ended else ""
    return not wrong, ". ".join(part for part in (said, *wrong) if part)


def _backups(house: House) -> tuple[bool, str]:
    found = backups(house.settings)
    if not found:
        return True, f"There are none yet in {house.settings.backup_folder}. To make one: cap backup"
    whole = next((b for b in found if b.originals), None)
    words = f"{len(found)} in {house.settings.backup_folder}, the last of {local_time(found[0].made)}"
    return True, words + (f"; with the PDFs: {local_time(whole.made)}" if whole else "; none of them holds the PDFs")


def _clock(house: House) -> tuple[bool, str]:
    behind = ""
    with suppress(PlanError):  # which is told of the plan
        behind = clock_behind(house) if house.has_plan else ""
    if behind:
        return False, clock_words(behind)
    return True, "Right, as far as the plan can tell"

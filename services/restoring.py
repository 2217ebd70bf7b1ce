"""Restore from a backup: it is opened and proved first, what stands now is kept, and the plan goes back in one step."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from classify.model import Classifier
from domain.errors import ArtefactError, InputRejected, NewerDatabase, PlanError
from learning.artefacts import read_manifest
from plan.backup import LOGS, Holds, aside, erased_since, holds, missing_originals, prove, put_back
from plan.schema import open_plan
from services.backups import MODELS, ORIGINALS, PLAN, Backup, back_up_before, contents
from services.house import House, make_folder
from services.publishing import refresh
from services.turns import Waiting, turn
from services.versions import keep, live_model

BEFORE = "restoring"


@dataclass(frozen=True, slots=True)
class Proved:
    """A file to restore from, opened and found sound.

    backup: None where it is a bare copy of a plan; holds: what its plan holds; now: what the plan holds now, None where there
    is none that can be read; erased: letters of reviews that were erased since, whose words would come back.
    """

    folder: Path
    file: Path
    backup: Backup | None
    holds: Holds
    now: Holds | None
    erased: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring came to.

    before: where what stood until now is kept; missing: letters of reviews without their PDF; models: names of models that do
    not fit this software and were left out.
    """

    before: Path | None
    missing: tuple[str, ...]
    models: tuple[str, ...]


@contextmanager
def proved(house: House, file: Path) -> Iterator[Proved]:
    """A backup opened in a folder of its own, with its plan brought up to date and checked throughout.

    Changes nothing of the plan. Raises `InputRejected` where the file is no backup, is damaged, or is of a newer software.
    """
    make_folder(house.settings.outputs)
    with contents(house.settings, file) as (folder, backup):
        try:
            with closing(open_plan(folder / PLAN)) as copy:
                found = prove(copy, file)
                erased = erased_since(house.plan, copy) if _sound(house) else ()
        except NewerDatabase as error:
            raise InputRejected(
                f"{file} was made by a newer version of this software. Install that version."
            ) from error
        except PlanError as error:
            raise InputRejected(f"{file} cannot be restored. {error} Choose another backup.") from error
        yield Proved(folder, file, backup, found, holds(house.plan) if _sound(house) else None, erased)


def restore(house: House, given: Proved, *, waiting: Waiting = lambda words: None) -> Restored:
    """Put back what was proved. What stands now is backed up first; a plan that cannot be read is set aside, not removed.

    PDFs and models come first, so that whatever interrupts it leaves a plan that has all that it speaks of.
    """
    settings = house.settings
    with turn(settings, "a backup is put back", waiting=waiting):
        before = _keep_what_stands(house)
        for original in sorted((given.folder / ORIGINALS).glob("*")):
            target = make_folder(settings.originals) / original.name
            if not target.exists():
                shutil.move(original, target)
        unfit = _bring_models(house, given) if given.backup is not None else ()
        made = given.backup.made if given.backup is not None else given.file.name
        with closing(open_plan(given.folder / PLAN)) as copy:
            put_back(house.plan, copy, who=house.who, why=f"from {given.file.name}", made=made)
        house.forget_model()
        kept = [file.stem for file in settings.originals.glob("*")]
        missing = missing_originals(house.plan, kept)
        refresh(house)
    return Restored(before, missing, unfit)


def _sound(house: House) -> bool:
    """Whether there is a plan that can be read."""
    if not house.has_plan:
        return False
    try:
        prove(house.plan, house.settings.plan_file)
    except PlanError:
        return False
    return True


def _keep_what_stands(house: House) -> Path | None:
    """A backup of the plan as it stands, or, where it cannot be read, its files under another name."""
    if not house.has_plan:
        return None
    if _sound(house):
        made = back_up_before(house, BEFORE)
        return made.file if made else None
    house.close()
    file = house.settings.plan_file
    kept = aside(file, "damaged")
    # The logs first: a plan without its log is as it was a little earlier, a log without its plan spoils the next one.
    for end in (*LOGS, ""):
        if (part := file.with_name(file.name + end)).exists():
            part.replace(kept.with_name(kept.name + end))
    return kept


def _bring_models(house: House, given: Proved) -> tuple[str, ...]:
    """Let the models be those of the backup: its live one, or the one that came with the software where it had none.

    Models trained since stay among the versions. Gives the names of those that do not fit this software.
    """
    unfit, home, live = [], house.settings.trained_models, live_model(house)
    if live is not None and (home / "classifier").exists():
        keep(house, live)
    for folder in sorted((given.folder / MODELS / "versions").glob("*")):
        if not (home / "versions" / folder.name).exists() and not _take_over(
            house, folder, home / "versions" / folder.name
        ):
            unfit.append(folder.name)
    brought = given.folder / MODELS / "classifier"
    if not brought.exists():
        shutil.rmtree(home / "classifier", ignore_errors=True)
    elif not _take_over(house, brought, home / "classifier"):
        unfit.append("the model in use")
    return tuple(unfit)


def _take_over(house: House, source: Path, target: Path) -> bool:
    """Store a model of the backup among ours, as it was; whether it fits this software."""
    try:
        model = Classifier.load(source, house.framework, house.encoder.name)
        model.save(target, created=read_manifest(source).created)
    except ArtefactError:
        return False
    return True

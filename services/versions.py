"""The models that were ever trained or live here, and bringing an earlier one back."""

from dataclasses import dataclass
from pathlib import Path

from classify.model import Classifier
from domain.errors import ArtefactError, NotFound, UsageError
from domain.files import sweep
from learning.artefacts import read_manifest
from plan.ledger import now, record_event
from plan.teaching import model_on_record
from services.house import House
from services.relabelling import relabel


@dataclass(frozen=True, slots=True)
class Version:
    """A stored model: what it learnt from, how it did on held-out items when it was made, and whether it is live."""

    name: str
    created: str
    examples: int
    decisions: int
    held_out_accuracy: float
    shipped: bool
    live: bool
    folder: Path


def live_model(house: House) -> Classifier | None:
    """The live model; None where there is none that fits, so that training, or an earlier model, is the way out."""
    try:
        return house.classifier
    except ArtefactError:
        return None


def keep(house: House, model: Classifier) -> Path:
    """Store a model among the versions; gives its folder. One that lies there already stays as it is."""
    folder = house.settings.trained_models / "versions" / model.version
    if not folder.exists():
        model.save(folder, created=now())
    return folder


def make_live(house: House, model: Classifier, *, replaced: Classifier | None, why: str, what: str) -> None:
    """Make a model the live one, and suggest anew by it what nobody has checked.

    The event says which model it replaced, and that one is kept, so that it can be brought back.
    """
    if replaced is not None:
        keep(house, replaced)
    model.save(_promoted(house), created=now())
    house.use_model(model)
    if house.has_plan:
        _record(house, model.version, replaced.version if replaced else None, why=why, what=what)
        relabel(house)


def finish(house: House, live: Classifier, *, why: str, what: str) -> None:
    """Do what an interruption left undone of a change to the live model: its event, new suggestions, what was to be removed.

    The suggestions may be an older model's for another reason too: another version of the software.
    """
    sweep(house.settings.trained_models)
    if not house.has_plan:
        return
    if not _is_on_record(house, live.version):
        before = model_on_record(house.plan) or _version_in(house.settings.models / "classifier")
        _record(house, live.version, before or None, why=why, what=what)
    relabel(house)


def _promoted(house: House) -> Path:
    return house.settings.trained_models / "classifier"


def _is_on_record(house: House, live: str) -> bool:
    """Whether the trail tells of the model in use; of the shipped one it need not."""
    return not house.has_plan or house.model_folder != _promoted(house) or model_on_record(house.plan) == live


def _record(house: House, version: str, before: str | None, *, why: str, what: str) -> None:
    record_event(
        house.plan, who=house.who, what=what, subject=version, before=before, after=version, why=why, at=now(), reviews=[]
    )  # fmt: skip


def all_versions(house: House) -> tuple[Version, ...]:
    """Every stored model, the newest first. One whose manifest cannot be read is left out: it could not be used."""
    live = _version_in(house.model_folder)
    shipped = house.settings.models / "classifier"
    found = {v.name: v for folder in (*_kept(house), shipped) if (v := _described(folder, shipped, live))}
    return tuple(sorted(found.values(), key=lambda v: (v.created, v.name), reverse=True))


def bring_back(house: House, name: str, *, why: str) -> Version:
    """Make an earlier model the live one. Decisions already made stay as they are.

    Raises `NotFound` for a name that is no stored version, `UsageError` where it is live already or no reason is
    given, `ArtefactError` where it does not fit this software any more.
    """
    if not why.strip():
        said = "The plan records a reason with every change of model."
        raise UsageError(f"{said} Say why with --why.", page=f"{said} Say why.")
    chosen = [v for v in all_versions(house) if v.name == name or v.name.removeprefix("classifier-") == name]
    if not chosen:
        said = f"There is no model {name}."
        raise NotFound(f"{said} Run `cap models` to see which there are.", page=f"{said} The page Model lists them.")
    if chosen[0].live and _is_on_record(house, chosen[0].name):
        raise UsageError(f"{chosen[0].name} is in use already.")
    if chosen[0].live:
        finish(house, house.classifier, why=why.strip(), what="model brought back")
        return chosen[0]
    model = Classifier.load(chosen[0].folder, house.framework, house.encoder.name)
    make_live(house, model, replaced=live_model(house), why=why.strip(), what="model brought back")
    return next(v for v in all_versions(house) if v.name == model.version)


def _kept(house: House) -> list[Path]:
    home = house.settings.trained_models / "versions"
    return sorted(home.iterdir()) if home.is_dir() else []


def _version_in(folder: Path) -> str:
    try:
        return read_manifest(folder).version
    except ArtefactError:
        return ""


def _described(folder: Path, shipped: Path, live: str) -> Version | None:
    try:
        manifest = read_manifest(folder)
    except ArtefactError:
        return None
    return Version(
        name=manifest.version,
        created=manifest.created,
        examples=int(manifest.data["examples"]),
        decisions=int(manifest.data["decisions"]),
        held_out_accuracy=float(manifest.figures.get("held_out_accuracy", 0.0)),
        shipped=folder == shipped,
        live=manifest.version == live,
        folder=folder,
    )

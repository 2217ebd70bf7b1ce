"""The model: which is in use, how it did, training a new one, bringing an earlier one back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from starlette.responses import Response

from domain.states import Role
from review.access import Sent, Visit, desks_of, seeing, sending
from review.jobs import Job, Jobs
from review.rendering import go_to, render, tell
from services import versions
from services.desks import Desks
from services.settings import Settings
from services.training import CARD, material
from services.versions import Version

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ModelPage:
    """The models there are, what the next would learn from, and the card."""

    template: ClassVar[str] = "model.html"
    title: ClassVar[str] = "Model"
    versions: tuple[Version, ...]
    examples: int
    decisions: int
    kept_out: tuple[tuple[str, str], ...]
    card: str
    running: tuple[Job, ...]


@router.get("/model")
def model(visit: Visit = seeing(Role.LEAD)) -> Response:
    """The page."""
    given = material(visit.house)
    decisions = sum(example.origin == "decision" for example in given.examples)
    card = visit.house.settings.outputs / CARD
    jobs: Jobs = visit.request.app.state.jobs
    page = ModelPage(
        versions.all_versions(visit.house), len(given.examples) - decisions, decisions,
        tuple((kept.recommendation_id, kept.page) for kept in given.kept_out),
        card.read_text(encoding="utf-8") if card.is_file() else "",
        tuple(job for job in jobs.running() if job.kind == "model"),
    )  # fmt: skip
    return render(visit, page)


@router.post("/model/train")
def train(sent: Sent = sending(Role.LEAD)) -> Response:
    """Train a model in the background."""
    visit = sent.visit
    jobs: Jobs = visit.request.app.state.jobs
    work = training(visit.house.settings, desks_of(visit.request))
    return go_to(f"/jobs/{jobs.start('model', visit.name, work).id}")


def training(settings: Settings, desks: Desks) -> Callable[[Job], None]:
    """The work of training, as `cap train` does it."""

    def work(job: Job) -> None:
        # Prefect takes long to import, and only jobs need it.
        from flows.settings import prepare

        prepare(settings.outputs)
        from flows.train import train_here

        job.advance("Learning from examples and decisions; this takes a few minutes", 0, 0)
        job.trained = train_here(settings, waiting=lambda words: job.advance(words, 0, 0))
        desks.house.forget_model()
        job.advance("Done", 1, 1)

    return work


@router.post("/model/use")
def use(sent: Sent = sending(Role.ADMINISTRATOR)) -> Response:
    """Bring an earlier model back."""
    why = sent.form.needed("why", "Say why: the plan records a reason with every change of model.")
    found = versions.bring_back(sent.visit.house, sent.form.words("name"), why=why)
    tell(sent.visit, f"{found.name} is in use from now on.")
    return go_to("/model")

"""The model: which is in use, how it did, training a new one, bringing an earlier one back."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from starlette.responses import Response

from domain.states import Role
from review.access import Sent, Visit, desks_of, seeing, sending
from review.heavy import Training
from review.jobs import Job, Jobs
from review.rendering import go_to, moment, render, tell
from services import versions
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
    """Train a model in the background, unless one is being trained already: it would learn the same."""
    visit = sent.visit
    jobs: Jobs = visit.request.app.state.jobs
    work = Training(visit.house.settings)
    job, now = jobs.start_alone("model", visit.name, work, after=desks_of(visit.request).house.forget_model)
    if not now:
        tell(
            visit,
            f"A model is being trained already, since {moment(job.begun)}, started by {job.who}. None was started now.",
        )
    return go_to(f"/jobs/{job.id}")


@router.post("/model/use")
def use(sent: Sent = sending(Role.ADMINISTRATOR)) -> Response:
    """Bring an earlier model back."""
    why = sent.form.needed("why", "Say why: the plan records a reason with every change of model.")
    found = versions.bring_back(sent.visit.house, sent.form.words("name"), why=why)
    tell(sent.visit, f"{found.name} is in use from now on.")
    return go_to("/model")

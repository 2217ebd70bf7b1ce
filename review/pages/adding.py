"""Adding reviews: files are sent, read in the background, and what came of each is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from domain.errors import NotFound, UsageError
from domain.processed import AlreadyIngested, Ingested, NewEdition
from domain.records import Rejected
from domain.states import Role
from plan.refusals import forget_refusal
from review.access import MOST_FILES, Sent, Visit, seeing, sending
from review.heavy import Reading
from review.jobs import Job, Jobs
from review.rendering import go_to, render, tell
from review.uploads import forget_sent, new_folder, save_uploads
from services.intake import is_samples
from services.keeping import bring_in

router = APIRouter()


@dataclass(frozen=True, slots=True)
class AddPage:
    """The form that takes files. most: how many at once."""

    template: ClassVar[str] = "add.html"
    title: ClassVar[str] = "Add a review"
    running: tuple[Job, ...]
    fictional: bool
    most: int


@dataclass(frozen=True, slots=True)
class JobPage:
    """What a job does or came to."""

    template: ClassVar[str] = "job.html"
    job: Job

    @property
    def title(self) -> str:
        """What it is about."""
        words = {"reviews": "Adding reviews", "model": "Training the model"}[self.job.kind]
        return words if self.job.over else f"{words}…"

    @property
    def taken(self) -> tuple[Ingested, ...]:
        """Reviews that entered the plan."""
        return tuple(p for p in self.job.processed if isinstance(p, Ingested))

    @property
    def known(self) -> tuple[AlreadyIngested, ...]:
        """Reviews that were there already."""
        return tuple(p for p in self.job.processed if isinstance(p, AlreadyIngested))

    @property
    def editions(self) -> tuple[NewEdition, ...]:
        """Files of which a person has to say whether they take the place of a review."""
        return tuple(p for p in self.job.processed if isinstance(p, NewEdition))

    @property
    def refused(self) -> tuple[Rejected, ...]:
        """Files that were not taken."""
        return tuple(p for p in self.job.processed if isinstance(p, Rejected))


@router.get("/add")
def form(visit: Visit = seeing(Role.REVIEWER)) -> Response:
    """The form."""
    jobs = _jobs(visit)
    return render(visit, AddPage(jobs.running(), is_samples(visit.house.settings.corpus), MOST_FILES))


@router.post("/add")
def add(sent: Sent = sending(Role.REVIEWER)) -> Response:
    """Take the files and read them in the background."""
    settings = sent.visit.house.settings
    # The settings of the desk name the person, who is kept with the run.
    files = save_uploads(new_folder(settings), sent.form.files("reports"))
    job = _start(sent.visit, files, edition=None)
    return go_to(f"/jobs/{job.id}")


@router.post("/jobs/{identifier}/edition")
def edition(identifier: str, sent: Sent = sending(Role.LEAD)) -> Response:
    """Say what a file is that has the reference and publisher of a review: its new edition, or one of its own."""
    job = _job(sent.visit, identifier)
    path = job.paths.get(sent.form.words("file"))
    if path is None or not path.is_file():
        raise NotFound("This file is not here any more. Add it again.")
    what = sent.form.words("do")
    if what not in ("edition", "separate"):
        raise UsageError("Say whether it is a new edition or a separate review.")
    again = _start(sent.visit, [path], edition=what == "edition")
    return go_to(f"/jobs/{again.id}")


@router.get("/jobs/{identifier}")
def job(identifier: str, visit: Visit = seeing(Role.REVIEWER)) -> Response:
    """How far a job is, or what it came to."""
    return render(visit, JobPage(_job(visit, identifier)))


@router.get("/jobs/{identifier}/state")
def state(identifier: str, visit: Visit = seeing(Role.REVIEWER)) -> Response:
    """The same for a script."""
    found = _job(visit, identifier)
    return JSONResponse({"stage": found.stage, "done": found.done, "total": found.total, "over": found.over})


@router.post("/refused")
def forget(sent: Sent = sending(Role.REVIEWER)) -> Response:
    """Take a file from the list of those that could not be read."""
    forget_refusal(sent.visit.house.existing_plan(), sent.form.words("file"))
    tell(sent.visit, "It is off the list.")
    return go_to("/")


def _jobs(visit: Visit) -> Jobs:
    jobs: Jobs = visit.request.app.state.jobs
    return jobs


def _job(visit: Visit, identifier: str) -> Job:
    found = _jobs(visit).get(identifier)
    if found is None:
        raise NotFound("This work ended before the application was last started. What it did is in the plan.")
    return found


def _start(visit: Visit, files: Sequence[Path], *, edition: bool | None) -> Job:
    settings = visit.house.settings
    # Before anything is answered, so that a file that was received is found by the next run whatever happens to this one.
    # Samples stay by themselves: what is tried out on them does not go into their folder.
    lying = tuple(files) if is_samples(settings.corpus) else bring_in(settings, files, settled=True)
    forget_sent(settings, [file for file, now in zip(files, lying, strict=True) if file != now])

    def after() -> None:
        # A sample may still be said to be an edition; what else lies among the uploads was refused.
        if not is_samples(settings.corpus):
            forget_sent(settings, lying)

    return _jobs(visit).start(
        "reviews", visit.name, Reading(settings, lying, edition), names=tuple(file.name for file in files), paths=lying,
        after=after,
    )  # fmt: skip

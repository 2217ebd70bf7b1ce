"""Files to take away: the plan, a theme on one page, the agencies' round, the pack for a meeting."""

import io
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import UsageError
from domain.states import Audience, Role
from plan.ledger import today
from plan.rounds import Return
from review.access import Sent, Visit, seeing, sending
from review.forms import day_of
from review.rendering import render
from services.briefing import BRIEFINGS, write_the_briefing
from services.publishing import WRITERS, export, left_out, write_the_meeting
from services.rounds import round_returns, short_leads, write_the_round

router = APIRouter()
FORMATS: Final = {
    "xlsx": "Excel workbook", "docx": "Word document", "pdf": "PDF", "csv": "CSV table", "json": "JSON, for programs",
}  # fmt: skip
TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class FilesPage:
    """What can be taken away.

    hidden: letters of reviews that a file for the public leaves out; short: lead agencies by a name that may stand for several
    bodies, with the references of their open actions.
    """

    template: ClassVar[str] = "files.html"
    title: ClassVar[str] = "Files"
    formats: tuple[tuple[str, str], ...]
    hidden: tuple[str, ...]
    returns: tuple[Return, ...]
    short: tuple[tuple[str, tuple[str, ...]], ...]


@router.get("/files")
def files(visit: Visit = seeing(Role.VIEWER)) -> Response:
    """What can be taken away."""
    partnership = visit.audience is Audience.PARTNERSHIP
    page = FilesPage(
        tuple(FORMATS.items()), left_out(visit.house, Audience.PUBLIC) if partnership else (),
        round_returns(visit.house) if partnership else (), short_leads(visit.house) if partnership else (),
    )  # fmt: skip
    return render(visit, page)


def _audience(visit: Visit, asked: str) -> Audience:
    """For whom a file is made: never for more than the person sees."""
    if visit.audience is Audience.PUBLIC or asked not in tuple(Audience):
        return Audience.PUBLIC
    return Audience(asked)


@router.get("/files/plan")
def plan(
    visit: Visit = seeing(Role.VIEWER), format: str = "xlsx", audience: str = "public", as_of: str = ""
) -> Response:
    """The plan in one format for one audience."""
    if format not in WRITERS:
        raise UsageError(f"There is no format {format}. Choose one of: {', '.join(WRITERS)}.")
    whom, day = _audience(visit, audience), day_of(as_of)
    content = written(format, lambda file: export(visit.house, format, whom, as_of=day, file=file))
    return download(content, format, f"composite-action-plan-{whom}{f'-{day}' if day else ''}")


@router.get("/files/briefing")
def briefing(
    visit: Visit = seeing(Role.VIEWER), theme: str = "", format: str = "docx", audience: str = "public"
) -> Response:
    """A theme on one page."""
    if format not in BRIEFINGS:
        raise UsageError(f"There is no format {format}. Choose one of: {', '.join(BRIEFINGS)}.")
    whom = _audience(visit, audience)
    content = written(format, lambda file: write_the_briefing(visit.house, theme, format, whom, file))
    return download(content, format, f"briefing-{theme.casefold()}-{whom}")


@router.post("/files/round")
def update_round(sent: Sent = sending(Role.LEAD)) -> Response:
    """A workbook for each lead agency, in one archive; which agencies were asked is noted."""
    with tempfile.TemporaryDirectory() as folder:
        made = write_the_round(sent.visit.house, Path(folder)).files
        if not made:
            raise UsageError("No action is open, so there is nothing to send.")
        return download(_archive(made), "zip", f"round-{today()}")


@router.get("/files/meeting")
def meeting(visit: Visit = seeing(Role.LEAD), since: str = "") -> Response:
    """The pack for the monitoring group, in one archive."""
    day = day_of(since)
    if day is None or day > today():
        raise UsageError("Give the day of the last meeting; it cannot be still to come.")
    with tempfile.TemporaryDirectory() as folder:
        made = write_the_meeting(visit.house, day, Path(folder))
        return download(_archive(made), "zip", f"meeting-{today()}")


def _archive(files: tuple[Path, ...]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return stream.getvalue()


def written(ending: str, write: Callable[[Path], Path]) -> bytes:
    """What a writer of files writes."""
    with tempfile.TemporaryDirectory() as folder:
        return write(Path(folder) / f"file.{ending}").read_bytes()


def download(content: bytes, ending: str, name: str) -> Response:
    """A file to be saved under a name of ours."""
    plain = "".join(c if c.isalnum() or c in "-." else "-" for c in name)
    return Response(
        content, media_type=TYPES[ending], headers={"Content-Disposition": f'attachment; filename="{plain}.{ending}"'}
    )

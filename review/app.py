"""The web application, put together: pages, guards, one handler that turns every error into a page or JSON."""

import logging
import secrets
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from domain.errors import CannotWork, CapError, InputRejected, NotAllowed, NotFound, PlanError, UsageError
from review import access
from review.access import API, FORM_WORD, NotYours, SentTooLate, SignInFirst, StaleForm
from review.guard import HEADERS, LOCAL_NAMES, Guard
from review.jobs import Jobs
from review.memory import Memory
from review.once import Once
from review.pages import PAGES
from review.pages.failure import FailurePage
from review.pages.importing import Waiting
from review.rendering import STATIC, render
from review.sentences import on_a_page
from review.throttle import Throttle
from review.unsent import UnsentForms, keep_what_was_typed, page_of
from review.uploads import forget_old
from services.desks import Desks
from services.settings import Settings

UPLOADS: Final = 400 * 1024 * 1024  # bytes in one form with files
SIGN_OUT: Final = "/sign-out"
BIG: Final = ("/add", "/import")  # addresses that take files
STATUS: Final[tuple[tuple[type[CapError], HTTPStatus], ...]] = (
    (SignInFirst, HTTPStatus.UNAUTHORIZED),
    (NotYours, HTTPStatus.FORBIDDEN),
    (StaleForm, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (NotAllowed, HTTPStatus.CONFLICT),
    (UsageError, HTTPStatus.BAD_REQUEST),
    (InputRejected, HTTPStatus.BAD_REQUEST),
    (PlanError, HTTPStatus.SERVICE_UNAVAILABLE),
    (CannotWork, HTTPStatus.SERVICE_UNAVAILABLE),
)
SAID: Final = {
    404: "There is no page at this address. Check the address, or start from Home.",
    405: "This address does not take what was sent to it. Start from Home.",
    413: "That is too much in one go. Go back and send fewer or smaller files.",
}
UNFORESEEN: Final = (
    "Something unexpected went wrong. Check whether your change was saved before trying again. If it happens again, tell "
    "whoever looks after Throughline what you did and at what time."
)
_log = logging.getLogger("throughline.web")


class _Files(StaticFiles):
    """Our own files, which browsers may keep: their addresses change with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create_app(settings: Settings, *, hosts: frozenset[str] = LOCAL_NAMES, warm: bool = True) -> FastAPI:
    """The application over a plan. hosts: names under which it may be asked ("*": any); warm: load models at once."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        # The first search would wait for it; pages that search nothing need not.
        loading = threading.Thread(target=_load_models, args=(app.state.desks,), name="models", daemon=True)
        if warm:
            loading.start()
        yield
        if warm:
            # A library that is loading while the program ends would take it down with it.
            loading.join()
        app.state.jobs.close()
        app.state.desks.close()

    app = FastAPI(
        title="Throughline",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=life,
        redirect_slashes=False,
        # What people search for stands in addresses, and a variable of the environment would send those elsewhere.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    forget_old(settings)
    app.state.desks = Desks(settings)
    app.state.jobs = Jobs()
    app.state.throttle = Throttle()
    app.state.form_word = secrets.token_urlsafe(24)
    app.state.notices = {}
    app.state.memory = Memory()
    app.state.previews = Waiting()
    app.state.once = Once()
    app.state.unsent = UnsentForms()
    for router in PAGES:
        app.include_router(router)
    app.mount("/static", _Files(directory=STATIC), name="static")
    app.add_exception_handler(CapError, _told)
    app.add_exception_handler(SignInFirst, _signed_out)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misaddressed)
    app.add_exception_handler(Exception, _unforeseen)
    app.add_middleware(Guard, hosts=hosts, big=BIG, uploads=UPLOADS)
    return app


def _load_models(desks: Desks) -> None:
    try:
        desks.house.encoder.encode(["warm"])
    except CapError as error:
        _log.warning("%s", error)


def _told(request: Request, error: Exception) -> Response:
    """An error that a person can act on, in its own words."""
    if isinstance(error, SentTooLate):
        return RedirectResponse(error.kept, HTTPStatus.SEE_OTHER)
    status = next((status for kind, status in STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    return _failure(request, int(status), on_a_page(error) if isinstance(error, CapError) else str(error))


async def _signed_out(request: Request, error: Exception) -> Response:
    """On to the sign-in page; what was typed into a form is kept for whoever typed it, and where it cannot be, that is said."""
    if not isinstance(error, SignInFirst) or request.url.path.startswith(API):
        return _told(request, error)
    if request.method == "GET" or request.url.path == SIGN_OUT:
        return RedirectResponse(f"/sign-in?next={error.onward}", HTTPStatus.SEE_OTHER)
    kept = ""
    # Files are not taken in for somebody who may be a stranger.
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        kept = keep_what_was_typed(request, await access.taken_in(request), FORM_WORD)
    onward = quote(kept or page_of(request), safe="")
    return RedirectResponse(f"/sign-in?next={onward}" + ("" if kept else "&lost=yes"), HTTPStatus.SEE_OTHER)


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _failure(request, status, SAID.get(status, "This cannot be done."))


def _misaddressed(request: Request, error: Exception) -> Response:
    """A part of the address that is not what it should be leads nowhere."""
    if not request.url.path.startswith(API):
        return _failure(request, 404, SAID[404])
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {"loc": ("?",), "msg": ""}
    return _failure(request, 422, f"The parameter {first['loc'][-1]} cannot be taken: {first['msg']}.")


def _unforeseen(request: Request, error: Exception) -> Response:
    _log.error("%s %s", request.method, request.url.path, exc_info=error)
    answer = _failure(request, 500, UNFORESEEN)
    # This answer is made outside the guard.
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer


def _failure(request: Request, status: int, words: str) -> Response:
    if request.url.path.startswith(API):
        return JSONResponse({"error": words}, status)
    page = FailurePage(status, words, sent=request.method == "POST")
    try:
        desks = access.desks_of(request)
        with desks.seat(desks.house.who) as house:
            # An error is said alone: what else was to be told, perhaps of the same form sent twice, waits for the next page.
            return render(access.who_asks(request, house), page, status=status, quiet=True)
    except CapError:
        # Nobody is signed in, or the plan itself is what failed: the words alone are shown.
        return render(None, page, status=status)

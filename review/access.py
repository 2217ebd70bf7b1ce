"""Who asks, and whether they may: every address names the role that it needs, and nothing is served without one."""

import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from domain.errors import CapError, UsageError
from domain.states import Audience, Role
from review import unsent
from review.forms import Form
from review.unsent import keep_what_was_typed
from services import accounts
from services.desks import Desks
from services.house import Desk, House

COOKIE: Final = "throughline"
API: Final = "/api/"
FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
FORM_WORD: Final = "form_word"
MOST_FILES: Final = 25
MOST_FIELDS: Final = 2_000


class SignInFirst(CapError):
    """Nobody is signed in, or the session is over."""

    def __init__(self, onward: str) -> None:
        super().__init__("Sign in first: nobody is signed in here, or you were signed out.")
        self.onward = onward


class SentTooLate(CapError):
    """A form of a session that is over, whose person is signed in anew. kept: the address at which they find what they typed."""

    def __init__(self, kept: str) -> None:
        super().__init__("You had been signed out when you sent this, so it was not saved.")
        self.kept = kept


class NotYours(CapError):
    """The person's role does not allow it."""


class StaleForm(CapError):
    """A form without the word of the session that it was made for."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of one person. form_word: what their forms carry; signed_in: False where this computer has no accounts."""

    request: Request
    house: House
    name: str
    role: Role
    form_word: str
    signed_in: bool

    @property
    def audience(self) -> Audience:
        """What the person sees."""
        return self.role.audience

    def may(self, role: str) -> bool:
        """Whether the person's role is enough: for templates, which name roles by their words."""
        return self.role.may(Role(role))


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that a person sent."""

    visit: Visit
    form: Form


def desks_of(request: Request) -> Desks:
    """Where the application's desks are."""
    desks: Desks = request.app.state.desks
    return desks


class Seeing:
    """Dependency: a visit by somebody whose role is enough to look at this address."""

    def __init__(self, needed: Role) -> None:
        self.needed = needed

    def __call__(self, request: Request) -> Iterator[Visit]:
        """Lend a desk for the request. Raises `SignInFirst`, `NotYours`."""
        desks = desks_of(request)
        with desks.seat(desks.house.who) as house:
            visit = who_asks(request, house)
            if not visit.role.may(self.needed):
                raise NotYours(
                    f"Your role ({visit.role}) does not allow this; {self.needed} does. Ask an administrator if you need it."
                )
            yield visit


class Sending:
    """Dependency: a form sent by somebody whose role is enough, from a page that was made for them."""

    def __init__(self, needed: Role) -> None:
        self.needed = needed
        self.seeing = Seeing(needed)

    def dependency(self) -> Callable[..., Any]:
        """The function for FastAPI, which asks who it is before it takes in the form."""

        async def sent(request: Request, visit: Visit = Depends(self.seeing)) -> AsyncIterator[Sent]:
            data = await taken_in(request)
            try:
                _check(visit, data)
                yield Sent(visit, Form(data))
                request.app.state.unsent.forget(visit.name, str(data.get(unsent.FIELD, "")))
            finally:
                await data.close()

        sent.needed = self.needed  # type: ignore[attr-defined]
        return sent


async def taken_in(request: Request) -> FormData:
    """The form of a request. Raises `UsageError` where it brings more than is taken at once."""
    try:
        return await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS)
    except HTTPException as error:
        # Of what may be wrong with a form only this is a person's doing.
        if "Too many files" in error.detail:
            raise UsageError(
                f"At most {MOST_FILES} files can be sent at once, and nothing was taken. Choose fewer, and send the others after them."
            ) from error
        raise UsageError(
            "The form did not arrive whole, and nothing was saved. Load the page again and send it once more."
        ) from error


def _check(visit: Visit, data: FormData) -> None:
    try:
        check_form_word(data, visit.form_word)
    except StaleForm as error:
        # It may be of their own session before this one.
        kept = keep_what_was_typed(visit.request, data, FORM_WORD, owner=visit.name) if visit.signed_in else ""
        if kept:
            raise SentTooLate(kept) from error
        raise


def check_form_word(data: FormData, word: str) -> None:
    """Raise `StaleForm` unless a form carries the word of its session."""
    if not secrets.compare_digest(str(data.get(FORM_WORD, "")).encode(), word.encode()):
        raise StaleForm("This page was open for too long, so nothing was saved. Load it again and send it once more.")


def seeing(needed: Role) -> Visit:
    """Annotation default of a page that people of this role and above see."""
    visit: Visit = Depends(Seeing(needed))
    return visit


def sending(needed: Role) -> Sent:
    """Annotation default of an address to which people of this role and above send forms."""
    sent: Sent = Depends(Sending(needed).dependency())
    return sent


def who_asks(request: Request, house: Desk) -> Visit:
    """The person behind a request, by a proxy's word, a session's cookie, or as this computer's own user.

    Raises `SignInFirst`.
    """
    state = request.app.state
    if not accounts.has_accounts(house):
        # Only this computer reaches the application then: `cap serve` does not listen wider without accounts. What a
        # proxy brings comes from elsewhere, though its last step is from here.
        if any(name in request.headers for name in FORWARDED):
            raise NotYours(
                "There are no accounts here yet, so only this computer is let in, and nobody through a proxy."
            )
        return Visit(request, house, house.who, Role.ADMINISTRATOR, state.form_word, signed_in=False)
    if request.url.path.startswith(API):
        return _by_token(request, house)
    named = by_proxy(request)
    if named is not None:
        account = next(
            (a for a in accounts.everybody(house) if a.active and a.name.casefold() == named.casefold()), None
        )
        if account is None:
            raise NotYours(f"{named} has no account here. Ask an administrator for one.")
        return _visit(request, house, account.name, account.role, state.form_word)
    word = request.cookies.get(COOKIE, "")
    session = accounts.signed_in(house, word) if word else None
    if session is None:
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        raise SignInFirst(quote(path if request.method == "GET" else "/", safe=""))
    state.unsent.belongs(session.form_word, session.account.name)
    return _visit(request, house, session.account.name, session.account.role, session.form_word)


def _by_token(request: Request, house: Desk) -> Visit:
    """A program that reads the plan for a person. People who are signed in may read the same addresses in a browser."""
    scheme, _, word = request.headers.get("authorization", "").partition(" ")
    account = accounts.reader(house, word.strip()) if scheme.casefold() == "bearer" and word else None
    if account is None and not scheme:
        session = accounts.signed_in(house, request.cookies.get(COOKIE, ""))
        account = session.account if session is not None else None
    if account is None:
        raise SignInFirst("")
    return _visit(request, house, account.name, account.role, request.app.state.form_word)


def by_proxy(request: Request) -> str | None:
    """The name under which a trusted proxy vouches for a person; None where there is no such proxy or it names nobody."""
    settings = desks_of(request).settings
    if not settings.proxy or not settings.proxy_header or peer(request) != settings.proxy:
        return None
    return request.headers.get(settings.proxy_header, "").strip() or None


def client(request: Request) -> str:
    """The address that a request comes from; behind the proxy of the settings, the one that the proxy saw.

    Else all who come through a proxy would be one place, and one of them could make all the others wait.
    """
    host = peer(request)
    seen = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return seen if seen and host == desks_of(request).settings.proxy else host


def peer(request: Request) -> str:
    """The address at the other end of the connection."""
    return request.client.host if request.client is not None else ""


def _visit(request: Request, house: Desk, name: str, role: Role, form_word: str) -> Visit:
    house.sit(name)
    return Visit(request, house, name, role, form_word, signed_in=True)

"""Signing in and out."""

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.states import Role
from review import access
from review.access import COOKIE, Sent, sending
from review.forms import Form, address_here
from review.rendering import go_to, render
from review.throttle import Throttle
from review.unsent import ADDRESS, UnsentForms
from services import accounts

router = APIRouter()
KEPT: Final = "What you sent was not saved, because you had been signed out. It is kept for you: sign in, and you can send it after all."
NOT_KEPT: Final = (
    "What you sent was not saved, because you had been signed out, and it could not be kept. Sign in, and do it again on the page it "
    "came from."
)
FIRST: Final = "The account is made. From now on everybody signs in: sign in with its name and password."


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The form in which people say who they are. onward: where they wanted to go; told: what happened before."""

    template: ClassVar[str] = "sign_in.html"
    title: ClassVar[str] = "Sign in"
    form_word: str
    onward: str = "/"
    name: str = ""
    problem: str = ""
    told: str = ""


@router.get("/sign-in")
def sign_in_form(request: Request, next: str = "/", lost: str = "", first: str = "") -> Response:
    """The form; whoever is signed in already goes on."""
    with access.desks_of(request).seat("") as house:
        if not accounts.has_accounts(house):
            return go_to("/")
    unsent: UnsentForms = request.app.state.unsent
    told = NOT_KEPT if lost else ""
    if next.startswith(ADDRESS) and unsent.known(next.removeprefix(ADDRESS)):
        told = KEPT
    elif first:
        told = FIRST
    return render(None, SignInPage(request.app.state.form_word, address_here(next), told=told))


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Sign a person in."""
    async with request.form(max_files=0, max_fields=10) as data:
        access.check_form_word(data, request.app.state.form_word)
        form = Form(data)
        name, password, onward = form.words("name"), str(data.get("password", "")), address_here(form.words("next"))
    return await run_in_threadpool(_sign_in, request, name, password, onward)


def _sign_in(request: Request, name: str, password: str, onward: str) -> Response:
    throttle: Throttle = request.app.state.throttle
    page = SignInPage(request.app.state.form_word, onward, name)
    place = access.client(request)
    wait = throttle.wait(place, name)
    if wait > 0:
        said = f"{round(wait)} seconds" if wait < 90 else f"{round(wait / 60)} minutes"
        words = f"Too many wrong passwords came from this computer. Wait {said}, then try again."
        return render(None, _with(page, words), status=429, headers={"Retry-After": str(round(wait) or 1)})
    with access.desks_of(request).seat("") as house:
        if not accounts.is_right(house, name, password):
            throttle.wrong(place, name)
            return render(None, _with(page, "The name or the password is not right. Check both."), status=401)
        throttle.right(place, name)
        word = accounts.sign_in(house, accounts.person(house, name).name)
    answer = go_to(onward)
    answer.set_cookie(
        COOKIE, word, httponly=True, samesite="lax", secure=request.url.scheme == "https", path="/",
        max_age=int(accounts.LONGEST.total_seconds()),
    )  # fmt: skip
    return answer


def _with(page: SignInPage, problem: str) -> SignInPage:
    return replace(page, problem=problem)


@router.post("/sign-out")
def sign_out(sent: Sent = sending(Role.VIEWER)) -> Response:
    """Sign a person out."""
    word = sent.visit.request.cookies.get(COOKIE, "")
    if word:
        accounts.sign_out(sent.visit.house, word)
    answer = go_to("/")
    answer.delete_cookie(COOKIE, path="/")
    return answer

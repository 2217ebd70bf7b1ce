"""Accounts and roles, and the words by which other programs read the plan."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import UsageError
from domain.states import Role
from plan.accounts import Account, Token
from review.access import Sent, Visit, seeing, sending
from review.rendering import go_to, render, tell
from services import accounts

router = APIRouter()


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Everybody with an account. word: of a token that was just made, which is shown once."""

    template: ClassVar[str] = "people.html"
    title: ClassVar[str] = "People"
    people: tuple[Account, ...]
    tokens: tuple[Token, ...]
    roles: tuple[tuple[str, str], ...]
    word: str = ""


def _page(visit: Visit, word: str = "") -> PeoplePage:
    told = tuple((str(role), role.may_do) for role in Role)
    return PeoplePage(accounts.everybody(visit.house), accounts.tokens(visit.house), told, word)


@router.get("/people")
def people(visit: Visit = seeing(Role.ADMINISTRATOR)) -> Response:
    """The page."""
    return render(visit, _page(visit))


@router.post("/people")
def change(sent: Sent = sending(Role.ADMINISTRATOR)) -> Response:
    """Add a person, or change what one may do."""
    visit, form, house = sent.visit, sent.form, sent.visit.house
    what, name = form.words("do"), form.words("name")
    if what == "add":
        account = accounts.add_person(house, name, form.words("role"), form.words("password"))
        if not visit.signed_in:
            # There was no account before: from here on this person has to sign in too, and is told so there.
            return go_to("/sign-in?first=yes")
        tell(visit, f"{account.name} can sign in now, as {account.role}. Tell them their password yourself.")
    elif what == "role":
        account = accounts.change_role(house, name, form.words("role"))
        tell(visit, f"{account.name} is now: {account.role}.")
    elif what == "password":
        account = accounts.change_password(house, name, form.words("password"))
        tell(visit, f"{account.name} has a new password, and is signed out everywhere.")
    elif what == "close":
        tell(visit, f"{accounts.close_account(house, name).name} can no longer sign in.")
    elif what == "open":
        tell(visit, f"{accounts.open_account(house, name).name} can sign in again.")
    else:
        raise UsageError("Choose what is to be done.")
    return go_to("/people")


@router.post("/people/tokens")
def token(sent: Sent = sending(Role.ADMINISTRATOR)) -> Response:
    """Make a token, whose word is shown once, or revoke one."""
    visit, form = sent.visit, sent.form
    if form.words("do") == "revoke":
        number = form.words("number")
        if not number.isdigit():
            raise UsageError("Choose the token that is to be revoked.")
        accounts.revoke_token(visit.house, int(number))
        tell(visit, "The token no longer works.")
        return go_to("/people")
    _, word = accounts.add_token(visit.house, form.words("name"), form.words("purpose"))
    return render(visit, _page(visit, word))

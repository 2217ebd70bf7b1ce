"""Signing in: passwords hashed with argon2id, words of sessions and tokens that nobody can guess or read from the plan."""

import hashlib
import secrets
import threading
from datetime import timedelta
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.errors import NotAllowed, UsageError
from domain.states import Role
from plan import accounts as stored
from plan.accounts import Account, Session, Token
from services.house import House

IDLE: Final = timedelta(hours=2)
LONGEST: Final = timedelta(hours=12)
SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200  # hashing takes memory and time that grow with nothing else
_HASHER: Final = PasswordHasher()
_AT_ONCE: Final = threading.BoundedSemaphore(
    2
)  # each takes 64 MB while it is looked at: many at once would take all there is


def everybody(house: House) -> tuple[Account, ...]:
    """Everybody who has or had an account."""
    return stored.accounts(house.plan)


def has_accounts(house: House) -> bool:
    """Whether anybody can sign in; while nobody can, only this computer's own user may use the plan."""
    return house.has_plan and stored.any_account(house.plan)


def add_person(house: House, name: str, role: str, password: str) -> Account:
    """Give a person an account. The first must be an administrator's: nobody else could let others in."""
    wanted = role_of(role)
    if wanted is not Role.ADMINISTRATOR and not has_accounts(house):
        raise NotAllowed("The first account must be an administrator's, who can then let others in.")
    return stored.add_account(house.plan, name, wanted, _hashed(password, name), who=house.who)


def change_role(house: House, name: str, role: str) -> Account:
    """Give a person another role."""
    return stored.set_role(house.plan, name, role_of(role), who=house.who)


def change_password(house: House, name: str, password: str) -> Account:
    """Give a person another password; they are signed out everywhere."""
    return stored.set_password(house.plan, name, _hashed(password, name), who=house.who)


def close_account(house: House, name: str) -> Account:
    """Let a person in no more. What they decided keeps their name."""
    return stored.set_active(house.plan, name, False, who=house.who)


def open_account(house: House, name: str) -> Account:
    """Let a person in again."""
    return stored.set_active(house.plan, name, True, who=house.who)


def role_of(word: str) -> Role:
    """A role by its name. Raises `UsageError` with those there are."""
    try:
        return Role(word.strip().casefold())
    except ValueError as error:
        raise UsageError(f"“{word}” is not a role. Choose from: {', '.join(Role)}.") from error


def is_right(house: House, name: str, password: str) -> bool:
    """Whether this is the password of an active person. Takes as long for a name that nobody has."""
    known = stored.password_hash_of(house.plan, name)
    try:
        with _AT_ONCE:
            _HASHER.verify(known or _nobodys_hash(), password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
    if known is None:
        return False
    if _HASHER.check_needs_rehash(known):
        stored.renew_hash(house.plan, name, _HASHER.hash(password[:LONGEST_PASSWORD]))
    return True


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_hex(16))


def sign_in(house: House, name: str) -> str:
    """Begin a session for a person whose password was right; gives the word for their cookie."""
    word = secrets.token_urlsafe(32)
    stored.sweep_sessions(house.plan, idle=IDLE)
    stored.begin_session(house.plan, name, _digest(word), secrets.token_urlsafe(24))
    return word


def signed_in(house: House, word: str) -> Session | None:
    """Who is signed in under the word of a cookie; None where nobody is or the session is over."""
    return stored.session(house.plan, _digest(word), idle=IDLE, longest=LONGEST)


def sign_out(house: House, word: str) -> None:
    """End a session."""
    stored.end_session(house.plan, _digest(word))


def person(house: House, name: str) -> Account:
    """A person by name. Raises `NotFound`."""
    return stored.account_named(house.plan, name)


def add_token(house: House, name: str, purpose: str) -> tuple[Token, str]:
    """A token by which another program reads what a person sees; gives it with its word, which is shown once."""
    word = "cap_" + secrets.token_urlsafe(32)
    return stored.add_token(house.plan, name, _digest(word), purpose, who=house.who), word


def tokens(house: House) -> tuple[Token, ...]:
    """Every token there is or was."""
    return stored.tokens(house.plan)


def revoke_token(house: House, number: int) -> None:
    """Let a token open nothing any more."""
    stored.revoke_token(house.plan, number, who=house.who)


def reader(house: House, word: str) -> Account | None:
    """Whose token this is; None where it is nobody's."""
    return stored.account_of_token(house.plan, _digest(word))


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def _hashed(password: str, name: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(
            f"A password needs {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; three or four words are easy to keep."
        )
    if len(set(password)) < 5 or name.strip().casefold() in password.casefold():
        raise UsageError("This password is easy to guess. Take three or four words that do not belong together.")
    return _HASHER.hash(password)

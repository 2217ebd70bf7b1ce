"""Accounts, sessions and tokens as the plan keeps them."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlite_utils

from domain.errors import NotAllowed, NotFound, UsageError
from domain.states import Role
from plan import accounts, ledger, trail

IDLE, LONGEST = timedelta(hours=2), timedelta(hours=12)


@pytest.fixture
def db(db: sqlite_utils.Database) -> sqlite_utils.Database:
    accounts.add_account(db, "Ada Admin", Role.ADMINISTRATOR, "hash", who="terminal")
    return db


def signed_in(db: sqlite_utils.Database, word: str) -> str | None:
    found = accounts.session(db, word, idle=IDLE, longest=LONGEST)
    return found.account.name if found else None


def test_a_name_is_one_person_whatever_its_capitals_and_spaces(db: sqlite_utils.Database) -> None:
    with pytest.raises(NotAllowed, match="an account ada admin already"):
        accounts.add_account(db, "  ada   admin ", Role.VIEWER, "hash", who="terminal")
    assert accounts.account_named(db, "ADA ADMIN").name == "Ada Admin"
    with pytest.raises(NotFound, match="There is no account Bo"):
        accounts.account_named(db, "Bo")


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x00b"])
def test_a_name_that_could_not_stand_beside_a_decision_is_refused(db: sqlite_utils.Database, name: str) -> None:
    with pytest.raises(UsageError, match="A name needs at least one letter"):
        accounts.add_account(db, name, Role.VIEWER, "hash", who="terminal")


def test_there_is_always_an_administrator_left(db: sqlite_utils.Database) -> None:
    accounts.add_account(db, "Bo", Role.LEAD, "hash", who="Ada Admin")
    for change in (
        lambda: accounts.set_role(db, "Ada Admin", Role.LEAD, who="Ada Admin"),
        lambda: accounts.set_active(db, "Ada Admin", False, who="Ada Admin"),
    ):
        with pytest.raises(NotAllowed, match="the only administrator"):
            change()
    accounts.set_role(db, "Bo", Role.ADMINISTRATOR, who="Ada Admin")
    assert accounts.set_active(db, "Ada Admin", False, who="Bo").active is False


def test_closing_an_account_ends_its_sessions_and_tokens(db: sqlite_utils.Database) -> None:
    accounts.add_account(db, "Bo", Role.LEAD, "hash", who="Ada Admin")
    accounts.begin_session(db, "Bo", "s" * 64, "form")
    accounts.add_token(db, "Bo", "t" * 64, "dashboard", who="Ada Admin")
    assert signed_in(db, "s" * 64) == "Bo"
    accounts.set_active(db, "Bo", False, who="Ada Admin")
    assert signed_in(db, "s" * 64) is None
    assert accounts.account_of_token(db, "t" * 64) is None
    assert accounts.password_hash_of(db, "Bo") is None
    accounts.set_active(db, "Bo", True, who="Ada Admin")
    assert signed_in(db, "s" * 64) is None, "what was ended stays ended"
    assert accounts.account_of_token(db, "t" * 64) is None


def test_a_new_password_signs_out_everywhere(db: sqlite_utils.Database) -> None:
    accounts.begin_session(db, "Ada Admin", "s" * 64, "form")
    accounts.set_password(db, "Ada Admin", "another", who="Ada Admin")
    assert signed_in(db, "s" * 64) is None
    assert accounts.password_hash_of(db, "ada admin") == "another"


@pytest.mark.parametrize(("later", "stays"), [(timedelta(minutes=119), True), (timedelta(minutes=121), False)])
def test_a_session_that_nobody_uses_is_over(
    db: sqlite_utils.Database, monkeypatch: pytest.MonkeyPatch, later: timedelta, stays: bool
) -> None:
    accounts.begin_session(db, "Ada Admin", "s" * 64, "form")
    then = (datetime.now(UTC) + later).isoformat(timespec="microseconds")
    monkeypatch.setattr(accounts, "now", lambda: then)
    assert (signed_in(db, "s" * 64) == "Ada Admin") is stays
    assert bool(ledger.fetch(db, "SELECT 1 FROM sessions")) is stays


def test_a_session_in_use_ends_after_its_longest_time(
    db: sqlite_utils.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.begin_session(db, "Ada Admin", "s" * 64, "form")
    start = datetime.now(UTC)
    for hours in range(1, 12):
        then = (start + timedelta(hours=hours)).isoformat(timespec="microseconds")
        monkeypatch.setattr(accounts, "now", lambda then=then: then)
        assert signed_in(db, "s" * 64) == "Ada Admin"
    end = (start + timedelta(hours=12, minutes=1)).isoformat(timespec="microseconds")
    monkeypatch.setattr(accounts, "now", lambda: end)
    assert signed_in(db, "s" * 64) is None


def test_what_was_changed_about_people_stands_in_the_trail_without_secrets(db: sqlite_utils.Database) -> None:
    accounts.add_account(db, "Bo", Role.VIEWER, "secret-hash", who="Ada Admin")
    accounts.set_role(db, "Bo", Role.LEAD, who="Ada Admin")
    accounts.set_password(db, "Bo", "second-hash", who="Ada Admin")
    accounts.add_token(db, "Bo", "w" * 64, "dashboard", who="Ada Admin")
    told = trail.events(db)
    assert [event.what for event in told][:4] == ["token added", "password changed", "role changed", "account added"]
    whole = "".join(f"{event.before}{event.after}{event.why}{event.subject}" for event in told)
    assert "hash" not in whole and "www" not in whole


def test_a_person_is_never_deleted(db: sqlite_utils.Database) -> None:
    with pytest.raises(Exception, match="never deleted"):
        db.conn.execute("DELETE FROM users")


def test_a_token_says_what_it_is_for_and_can_be_revoked_once_and_for_all(db: sqlite_utils.Database) -> None:
    with pytest.raises(UsageError, match="Say what the token is for"):
        accounts.add_token(db, "Ada Admin", "t" * 64, "  ", who="Ada Admin")
    token = accounts.add_token(db, "Ada Admin", "t" * 64, "the board's dashboard", who="Ada Admin")
    assert accounts.account_of_token(db, "t" * 64) is not None
    accounts.revoke_token(db, token.id, who="Ada Admin")
    accounts.revoke_token(db, token.id, who="Ada Admin")
    assert accounts.account_of_token(db, "t" * 64) is None
    assert [event.what for event in trail.events(db)].count("token revoked") == 1
    with pytest.raises(NotFound, match="no token 9"):
        accounts.revoke_token(db, 9, who="Ada Admin")

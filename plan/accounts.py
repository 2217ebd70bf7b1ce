"""The people who sign in, their sessions, and the words by which other programs read the plan.

Passwords and the words of sessions and tokens come here hashed; what is secret is never stored.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils

from domain.errors import NotAllowed, NotFound, UsageError
from domain.identity import is_software
from domain.states import Role
from plan.ledger import fetch, now, record_event, transaction

SAME_SESSION = timedelta(
    minutes=5
)  # how often it is noted that a session is in use: a write each time would slow pages


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in. `added`: when, UTC, ISO 8601."""

    id: int
    name: str
    role: Role
    active: bool
    added: str


@dataclass(frozen=True, slots=True)
class Session:
    """A person who is signed in. form_word: what every form of theirs carries; begun, seen: when (UTC, ISO 8601)."""

    account: Account
    form_word: str
    begun: str
    seen: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word by which another program reads the plan, without the word; `revoked`: when, None while it holds."""

    id: int
    who: str
    purpose: str
    added: str
    revoked: str | None


_ACCOUNT = "u.id, u.name, u.role, u.active, u.added"


def _account(row: dict[str, object]) -> Account:
    return Account(
        int(str(row["id"])), str(row["name"]), Role(str(row["role"])), bool(row["active"]), str(row["added"])
    )


def accounts(db: sqlite_utils.Database) -> tuple[Account, ...]:
    """Everybody who has or had an account, by name."""
    return tuple(
        _account(row) for row in fetch(db, f"SELECT {_ACCOUNT} FROM users AS u ORDER BY u.name COLLATE NOCASE")
    )


def any_account(db: sqlite_utils.Database) -> bool:
    """Whether anybody can sign in."""
    return bool(fetch(db, "SELECT 1 FROM users WHERE active = 1 LIMIT 1"))


def account_named(db: sqlite_utils.Database, name: str) -> Account:
    """A person by name, capitals aside. Raises `NotFound`."""
    found = fetch(db, f"SELECT {_ACCOUNT} FROM users AS u WHERE u.name = ? COLLATE NOCASE", (name.strip(),))
    if not found:
        said = f"There is no account {name}."
        raise NotFound(f"{said} Run `cap users list` to see which there are.", page=f"{said} See People for the list.")
    return _account(found[0])


def password_hash_of(db: sqlite_utils.Database, name: str) -> str | None:
    """The hash of an active person's password; None where there is no such person."""
    found = fetch(db, "SELECT password_hash FROM users WHERE name = ? COLLATE NOCASE AND active = 1", (name.strip(),))
    return str(found[0]["password_hash"]) if found else None


def add_account(db: sqlite_utils.Database, name: str, role: Role, password_hash: str, *, who: str) -> Account:
    """Give a person an account. Raises `UsageError` for a name that cannot be one, `NotAllowed` for one that is taken."""
    chosen = " ".join(name.split())
    if not chosen or len(chosen) > 80 or not chosen.isprintable():
        raise UsageError(
            "A name needs at least one letter and at most 80 characters. It is shown beside every decision of this person."
        )
    if is_software(chosen.casefold()):
        raise UsageError("This is how runs of the software are named in the plan. Choose another name.")
    with transaction(db) as connection:
        if fetch(db, "SELECT 1 FROM users WHERE name = ? COLLATE NOCASE", (chosen,)):
            raise NotAllowed(f"There is an account {chosen} already. Choose another name, or change that account.")
        connection.execute(
            "INSERT INTO users (name, role, password_hash, added) VALUES (?, ?, ?, ?)",
            (chosen, str(role), password_hash, now()),
        )
        record_event(db, who=who, what="account added", subject=f"account {chosen}", after={"role": str(role)})
    return account_named(db, chosen)


def set_role(db: sqlite_utils.Database, name: str, role: Role, *, who: str) -> Account:
    """Give a person another role. Raises `NotFound`, and `NotAllowed` where nobody would be left to administer."""
    with transaction(db) as connection:
        account = account_named(db, name)
        if account.role is not role:
            _keep_an_administrator(db, account, leaves=role is not Role.ADMINISTRATOR)
            connection.execute("UPDATE users SET role = ? WHERE id = ?", (str(role), account.id))
            record_event(
                db, who=who, what="role changed", subject=f"account {account.name}",
                before={"role": str(account.role)}, after={"role": str(role)},
            )  # fmt: skip
    return account_named(db, name)


def set_active(db: sqlite_utils.Database, name: str, active: bool, *, who: str) -> Account:
    """Close a person's account, which ends their sessions and tokens, or open it again."""
    with transaction(db) as connection:
        account = account_named(db, name)
        if account.active != active:
            _keep_an_administrator(db, account, leaves=not active)
            connection.execute("UPDATE users SET active = ? WHERE id = ?", (int(active), account.id))
            if not active:
                end_sessions(db, account.name)
                connection.execute(
                    "UPDATE tokens SET revoked = ? WHERE user_id = ? AND revoked IS NULL", (now(), account.id)
                )
            what = "account opened again" if active else "account closed"
            record_event(db, who=who, what=what, subject=f"account {account.name}")
    return account_named(db, name)


def set_password(db: sqlite_utils.Database, name: str, password_hash: str, *, who: str) -> Account:
    """Give a person another password, which ends their sessions. Raises `NotFound`."""
    with transaction(db) as connection:
        account = account_named(db, name)
        connection.execute("UPDATE users SET password_hash = ? WHERE id = ?", (password_hash, account.id))
        end_sessions(db, account.name)
        record_event(db, who=who, what="password changed", subject=f"account {account.name}")
    return account


def renew_hash(db: sqlite_utils.Database, name: str, password_hash: str) -> None:
    """Keep the same password under a newer way of hashing."""
    with transaction(db) as connection:
        connection.execute("UPDATE users SET password_hash = ? WHERE name = ? COLLATE NOCASE", (password_hash, name))


def _keep_an_administrator(db: sqlite_utils.Database, account: Account, *, leaves: bool) -> None:
    if not leaves or account.role is not Role.ADMINISTRATOR or not account.active:
        return
    others = fetch(
        db, "SELECT 1 FROM users WHERE role = 'administrator' AND active = 1 AND id <> ? LIMIT 1", (account.id,)
    )
    if not others:
        raise NotAllowed(
            f"{account.name} is the only administrator. Make somebody else one first, or nobody could manage accounts."
        )


# ------------------------------------------------------------------------------------------------ sessions


def begin_session(db: sqlite_utils.Database, name: str, word_hash: str, form_word: str) -> None:
    """Note that a person has signed in. Raises `NotFound`."""
    at = now()
    with transaction(db) as connection:
        account = account_named(db, name)
        connection.execute(
            "INSERT INTO sessions (word_hash, user_id, form_word, begun, seen) VALUES (?, ?, ?, ?, ?)",
            (word_hash, account.id, form_word, at, at),
        )


def session(db: sqlite_utils.Database, word_hash: str, *, idle: timedelta, longest: timedelta) -> Session | None:
    """Who is signed in under a word; None where nobody is, or the session is over. Notes now and then that it is in use."""
    found = fetch(
        db,
        f"""SELECT {_ACCOUNT}, s.form_word, s.begun, s.seen FROM sessions AS s JOIN users AS u ON u.id = s.user_id
        WHERE s.word_hash = ? AND u.active = 1""",
        (word_hash,),
    )
    if not found:
        return None
    row = found[0]
    at = datetime.fromisoformat(now())
    unseen = at - datetime.fromisoformat(row["seen"])
    if unseen > idle or at - datetime.fromisoformat(row["begun"]) > longest:
        end_session(db, word_hash)
        return None
    if unseen > SAME_SESSION:
        with transaction(db) as connection:
            connection.execute("UPDATE sessions SET seen = ? WHERE word_hash = ?", (now(), word_hash))
    return Session(_account(row), row["form_word"], row["begun"], row["seen"])


def end_session(db: sqlite_utils.Database, word_hash: str) -> None:
    """Sign a person out."""
    with transaction(db) as connection:
        connection.execute("DELETE FROM sessions WHERE word_hash = ?", (word_hash,))


def end_sessions(db: sqlite_utils.Database, name: str) -> None:
    """Sign a person out wherever they are signed in."""
    with transaction(db) as connection:
        connection.execute(
            "DELETE FROM sessions WHERE user_id = (SELECT id FROM users WHERE name = ? COLLATE NOCASE)", (name,)
        )


def sweep_sessions(db: sqlite_utils.Database, *, idle: timedelta) -> None:
    """Forget sessions that nobody has used for so long that they are over."""
    oldest = (datetime.fromisoformat(now()) - idle).isoformat(timespec="microseconds")
    with transaction(db) as connection:
        connection.execute("DELETE FROM sessions WHERE seen < ?", (oldest,))


# ------------------------------------------------------------------------------------------------ tokens


def add_token(db: sqlite_utils.Database, name: str, word_hash: str, purpose: str, *, who: str) -> Token:
    """Let another program read the plan as a person sees it. Raises `UsageError` without a purpose."""
    said = " ".join(purpose.split())
    if not said:
        raise UsageError(
            "Say what the token is for: whoever finds it in the list must know whether it is still needed."
        )
    with transaction(db) as connection:
        account = account_named(db, name)
        cursor = connection.execute(
            "INSERT INTO tokens (word_hash, user_id, purpose, added) VALUES (?, ?, ?, ?)",
            (word_hash, account.id, said, now()),
        )
        record_event(db, who=who, what="token added", subject=f"account {account.name}", after={"purpose": said})
    return next(token for token in tokens(db) if token.id == cursor.lastrowid)


def tokens(db: sqlite_utils.Database) -> tuple[Token, ...]:
    """Every token there is or was, the newest first."""
    found = fetch(
        db,
        """SELECT t.id, u.name, t.purpose, t.added, t.revoked FROM tokens AS t JOIN users AS u ON u.id = t.user_id
        ORDER BY t.id DESC""",
    )
    return tuple(Token(row["id"], row["name"], row["purpose"], row["added"], row["revoked"]) for row in found)


def revoke_token(db: sqlite_utils.Database, number: int, *, who: str) -> None:
    """Let a token open nothing any more. Raises `NotFound`."""
    with transaction(db) as connection:
        found = [token for token in tokens(db) if token.id == number]
        if not found:
            raise NotFound(f"There is no token {number}.")
        if found[0].revoked is None:
            connection.execute("UPDATE tokens SET revoked = ? WHERE id = ?", (now(), number))
            record_event(
                db, who=who, what="token revoked", subject=f"account {found[0].who}",
                after={"purpose": found[0].purpose},
            )  # fmt: skip


def account_of_token(db: sqlite_utils.Database, word_hash: str) -> Account | None:
    """Whose token this is; None where it is nobody's or holds no more."""
    found = fetch(
        db,
        f"""SELECT {_ACCOUNT} FROM tokens AS t JOIN users AS u ON u.id = t.user_id
        WHERE t.word_hash = ? AND t.revoked IS NULL AND u.active = 1""",
        (word_hash,),
    )
    return _account(found[0]) if found else None

"""The audit trail as an audience may read it: who or which model did what, when, and why."""

import sqlite_utils

from domain.identity import is_software
from domain.records import Event
from domain.states import Audience
from plan import rows
from plan.ledger import fetch
from plan.visibility import sight

PARTNERSHIP = Audience.PARTNERSHIP

_TOLD = """(:subject IS NULL OR e.subject = :subject) AND (:since IS NULL OR e.at >= :since)
    AND (:what IS NULL OR e.what = :what) AND (:who IS NULL OR e.who = :who)"""


def events(
    db: sqlite_utils.Database,
    *,
    subject: str | None = None,
    since: str | None = None,
    what: str | None = None,
    who: str | None = None,
    audience: Audience | None = PARTNERSHIP,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[Event, ...]:
    """The audit trail, newest first: of one subject, kind or person, or since a moment (UTC, ISO 8601), where given."""
    seen = sight(audience)
    params = {"subject": subject, "since": since, "what": what, "who": who, **seen.params}
    found = fetch(
        db,
        f"""SELECT e.*, (SELECT r.who FROM runs AS r WHERE r.id = e.run) AS asked_by FROM events AS e
        WHERE {seen.events("e")} AND {_TOLD} ORDER BY e.id DESC LIMIT :limit OFFSET :offset""",
        {"limit": -1 if limit is None else limit, "offset": offset, **params},
    )
    return tuple(rows.event_row(row) for row in found)


def count_events(
    db: sqlite_utils.Database,
    *,
    subject: str | None = None,
    what: str | None = None,
    who: str | None = None,
    audience: Audience | None = PARTNERSHIP,
) -> int:
    """How many events `events` has to tell."""
    seen = sight(audience)
    (row,) = fetch(
        db,
        f"SELECT count(*) AS n FROM events AS e WHERE {seen.events('e')} AND {_TOLD}",
        {"subject": subject, "since": None, "what": what, "who": who, **seen.params},
    )
    return int(row["n"])


def event_words(
    db: sqlite_utils.Database, *, audience: Audience | None = PARTNERSHIP
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The kinds of events that there are, and who caused them; runs of the software are left out."""
    seen = sight(audience)
    found = fetch(
        db, f"SELECT DISTINCT what, who, who IS run AS a_run FROM events AS e WHERE {seen.events('e')}", seen.params
    )
    people = {row["who"] for row in found if not row["a_run"] and not is_software(row["who"])}
    return tuple(sorted({row["what"] for row in found})), tuple(sorted(people))


def latest_moment(db: sqlite_utils.Database) -> str:
    """When the plan was last changed, by the clocks of those who changed it (UTC, ISO 8601); '' where it never was."""
    (row,) = fetch(db, "SELECT coalesce(max(at), '') AS at FROM (SELECT at FROM events ORDER BY id DESC LIMIT 100)")
    return str(row["at"])

"""What agencies tell of their progress on an action: each has its own last word, and the plan shows them together."""

from collections.abc import Mapping

import sqlite_utils

from plan.ledger import fetch


def last_words(db: sqlite_utils.Database, ref: str) -> dict[str, str]:
    """What each agency last told of an action."""
    found = fetch(
        db,
        """SELECT agency, note FROM progress_notes WHERE action_id = (SELECT id FROM actions WHERE ref = ?)
        AND agency <> '' AND id IN (SELECT max(id) FROM progress_notes GROUP BY action_id, agency)""",
        (ref,),
    )
    return {row["agency"]: row["note"] for row in found}


def together(words: Mapping[str, str]) -> str:
    """The progress that the plan shows: where several agencies have told of theirs, the last word of each, by name."""
    if len(words) < 2:
        return "".join(words.values())
    return "\n".join(f"{agency}: {words[agency]}" for agency in sorted(words))


def told_before(db: sqlite_utils.Database, ref: str, agency: str, shown: str) -> str:
    """What an agency's progress stands in the place of: its last word, or all that is shown where no agency has told yet."""
    words = last_words(db, ref)
    return words.get(agency, "" if words else shown)


def told_in_later_workbook(db: sqlite_utils.Database, ref: str, agency: str, state: int | None) -> bool:
    """Whether an agency has told of its progress in a workbook that was written after the plan's `state`."""
    found = fetch(
        db,
        """SELECT 1 FROM import_changes AS c JOIN imports AS i ON i.id = c.import_id
        JOIN events AS e ON e.subject = 'import ' || i.id AND e.what = 'update returned'
        WHERE c.action_id = (SELECT id FROM actions WHERE ref = :ref) AND c.notes <> '[]'
        AND i.agency = :agency AND i.undone IS NULL AND json_extract(e.after, '$.state') > :state LIMIT 1""",
        {"ref": ref, "agency": agency, "state": state},
    )
    return bool(found)

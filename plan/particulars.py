"""What a review says about itself, corrected by a person: what the software read stays in the trail."""

from typing import Final

import sqlite_utils

from domain.errors import UsageError
from domain.framework import Framework
from domain.records import ReviewRow
from plan.days import published_by_now
from plan.deciding import checked_published, checked_who
from plan.inserts import PARTICULARS, edition_key
from plan.ledger import now, packed, record_event, transaction
from plan.reading import review

_LONGEST: Final = 300


def set_particulars(
    db: sqlite_utils.Database, letter: str, given: dict[str, str | None], *, who: str, framework: Framework
) -> ReviewRow:
    """Give particulars of a review other values; None: not known. What is not `given` stays.

    Raises `UsageError` for a field, a type of review or a date that is none, `NotFound` for an unknown review.
    """
    person, at = checked_who(who), now()
    values = {name: _checked(name, value, framework) for name, value in given.items()}
    with transaction(db) as connection:
        before = review(db, letter)
        old = {name: getattr(before, name) for name in PARTICULARS}
        changed = {name: value for name, value in values.items() if value != old[name]}
        if not changed:
            return before
        new = old | changed
        connection.execute(
            f"""UPDATE reviews SET {", ".join(f"{name} = :{name}" for name in PARTICULARS)}, edition_key = :key,
                corrected = (SELECT json_group_array(value) FROM (
                    SELECT value FROM json_each(reviews.corrected) UNION SELECT value FROM json_each(:names)))
            WHERE id = :id""",
            {
                **new,
                "key": edition_key(new["reference"], new["publisher"]),
                "id": before.id,
                "names": packed(list(changed)),
            },
        )
        record_event(
            db, who=person, what="particulars corrected", subject=f"review {before.letter}", reviews=[before.id], at=at,
            before={name: old[name] for name in changed}, after=changed,
        )  # fmt: skip
        return review(db, letter)


def _checked(name: str, value: str | None, framework: Framework) -> str | None:
    words = " ".join((value or "").split()) or None
    if name not in PARTICULARS:
        raise UsageError(f"{name} is not among the particulars of a review: {', '.join(PARTICULARS)}.")
    if words is not None and len(words) > _LONGEST:
        raise UsageError(f"At most {_LONGEST} characters: this is where a review is named, not where it is told.")
    if name == "review_type":
        known = [entry.code for entry in framework.review_types]
        if words not in known:
            raise UsageError(f"“{value}” is not a type of review. Choose from: {', '.join(known)}.")
    if name == "published" and words is not None:
        return published_by_now(checked_published(words))
    return words

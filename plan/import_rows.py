"""What an import would do to one action: the records that the preview, the writing and the commands share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

TEXTS: Final = ("text", "lead_agency", "progress", "worry_statement", "success_goal", "next_steps", "home")
COMPARED: Final = (*TEXTS, "target_date", "status", "rag")
NEVER_EMPTY: Final = ("text", "status")
NAMES: Final[Mapping[str, str]] = {
    "text": "action", "lead_agency": "lead agency", "target_date": "target date", "worry_statement": "worry statement",
    "success_goal": "success goal", "next_steps": "next steps", "applies_to_all": "review refs", "released": "shown to",
    "rag": "RAG", "original_target_date": "first target date", "superseded_by": "superseded by", "source": "came from",
    "standards": "practice standards", "review_refs": "review refs", "recheck": "look at again on", "achieved": "aim achieved",
}  # fmt: skip
SPOKEN: Final[Mapping[str, str]] = {
    "applies_to_all": "answers all reviews", "released": "shown to the public", "home": "strategy or subgroup",
    "secondary": "second quadrant", "areas": "practice areas", "embargo_until": "release date", "what": "what it shows",
    "lead_reviewer": "independent reviewer", "review_type": "type of review", "state": "plan state", "said": "rows filled in",
    "answered": "rows that count as an answer",
}  # fmt: skip
"""Fields as pages call them, where the columns of a plan have other names for them."""
SAME_ACTION: Final = 0.5
"""The share of the shorter text's words that the other has too, where both are wordings of one action."""
SEVERAL: Final = "\x1f"
"""Stands between values of one field that differ from sheet to sheet."""


class Verdict(StrEnum):
    """What importing a row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"

    @property
    def words(self) -> str:
        """The verdict as people read it: the rows can be read, it is what they say that cannot be taken."""
        return "not taken" if self is Verdict.UNREADABLE else self.value


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an action, before and after.

    why: what the file says on why a date moves; shown: of progress that one of several agencies tells, all that the plan
    shows before and after.
    """

    field: str
    before: str
    after: str
    why: str = ""
    shown: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """The field as people call it."""
        return NAMES.get(self.field, self.field)


@dataclass(frozen=True, slots=True)
class Preview:
    """What becomes of one action of the file: the changes that would be made, and in `reasons` what cannot be, and why.

    letters: of reviews that it is to answer too; values: what the file says, by field; alike: references of actions that
    say the same as a new one without a reference; public: the public sees the action, and so will see the changes.
    """

    at: str
    ref: str | None
    quadrant: str | None
    verdict: Verdict
    changes: tuple[Change, ...] = ()
    reasons: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    to_all: bool = False
    agency: str = ""
    values: tuple[tuple[str, str], ...] = ()
    alike: tuple[str, ...] = ()
    public: bool = False

    @property
    def writes(self) -> bool:
        """Whether importing would change the plan here; a row with a conflict may have other changes."""
        if self.verdict is Verdict.UNREADABLE:
            return False
        return self.verdict is Verdict.NEW or bool(self.changes) or bool(self.letters)


def taken_in_part(rows: Iterable[Preview]) -> str:
    """A sentence on actions of which some edits are taken although others conflict; "" where there are none."""
    number = sum(row.verdict is Verdict.CONFLICT and row.writes for row in rows)
    if not number:
        return ""
    return f"{number} of the conflicts {'changes' if number == 1 else 'change'} too: only the edits that conflict are not taken."


def field_name(field: str) -> str:
    """A field of the plan as pages call it."""
    return SPOKEN.get(field) or NAMES.get(field) or field.replace("_", " ")


def achieved(values: Mapping[str, str]) -> bool | None:
    """What the file says on whether a closed action achieved its aim; None: nothing."""
    return {"yes": True, "y": True, "no": False, "n": False}.get(values.get("achieved", "").strip().casefold())


def folded(words: str) -> str:
    """Words with their white space folded, so that wrapped lines compare equal."""
    return " ".join(words.split())


def short(words: str) -> str:
    """The start of long words, for a line of a list."""
    return folded(words) if len(folded(words)) <= 80 else f"{folded(words)[:80]}…"

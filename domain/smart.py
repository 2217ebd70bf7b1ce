"""What an action lacks before anybody can say that it has been done: an owner, a date, a measurable end, a verb that ends.

It tells and never rewrites: the words of an action are the board's.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.finishing import finish
from domain.framework import Framework
from domain.language import agencies_in, folded
from domain.records import ActionRow
from domain.short_names import is_short_name
from domain.states import Status

# Agencies of the framework that stand for many: where everybody is to act, nobody is asked whether they have.
MANY: Final = frozenset({"all-partners", "health"})


class Part(StrEnum):
    """What an action needs."""

    OWNER = "an owner"
    DATE = "a date"
    MEASURE = "a measurable end"
    VERB = "a verb that can be finished"

    @property
    def advice(self) -> str:
        """What to do where it is missing."""
        return {
            Part.OWNER: "Name one agency or post that answers for it.",
            Part.DATE: "Give a day by which it is to be done.",
            Part.MEASURE: "Say what will be there to look at, or how many, or give the action a success goal.",
            Part.VERB: "Say what will have been done: publish, write, audit, train 40 people, report to the board.",
        }[self]


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that an action lacks; `found`: what stands in its place, where something does."""

    part: Part
    found: str = ""

    @property
    def told(self) -> str:
        """For a list of what is lacking: a date (Ongoing)."""
        return f"{self.part} ({self.found})" if self.found else str(self.part)


_NOTHING = (
    r"tbc|tba|tbd|n/?a|none|unknown|unassigned|not known|to be (?:confirmed|agreed|decided|identified|determined)"
)
_NOBODY = re.compile(rf"(?:{_NOTHING})?")
_EVERYBODY = re.compile(
    r"(?:(?:all|various|several|multiple|relevant|other|each|every|the|lead|local|statutory|partner|multi-?agency)\s+)*"
    r"(?:all|various|several|everyone|everybody|health|nhs|agenc(?:y|ies)|organisations?|partners?|partnership agencies|"
    r"professionals|practitioners|services|staff|managers|providers|multi-?agency|bodies|leads)"
)
# A post is somebody, whoever else is named beside it.
_POST = re.compile(
    r"\b(?:manager|officer|director|head|chair|chairperson|co-?ordinator|named|designated|chief|commissioner|lead|leader)\b"
)
_APART = re.compile(r"\s*(?:[/,;&+\n]|\band\b)\s*")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_ISO = re.compile(r"\b([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?\b")
_NUMERIC = re.compile(r"(?<![0-9./-])([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4}|[0-9]{2})(?![0-9./-])")
_WORDS = re.compile(
    rf"\b{_MONTH}\.?,?\s+(?:[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:20[0-9]{{2}}|'[0-9]{{2}})\b"
    rf"|\b[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\.?,?\s+'?[0-9]{{2}}\b"
    r"|\b(?:q[1-4]|quarter [1-4])\s+(?:of\s+)?20[0-9]{2}\b"
)
# What comes again and again is never done, whatever day stands beside it.
_WITHOUT_END = re.compile(
    rf"\b(?:on-?\s?going|continuous(?:ly)?|continual(?:ly)?|continuing|rolling|recurring|annual(?:ly)?|yearly|quarterly|"
    rf"monthly|weekly|daily|each|every|{_NOTHING})\b"
)


def lacks(action: ActionRow, framework: Framework) -> tuple[Lack, ...]:
    """What an action lacks, in the order of `Part`; nothing for one that is closed or superseded."""
    if has_ended(action):
        return ()
    ends = finish(action.text)
    found: list[Lack] = []
    if (owner := _owner_missing(action.lead_agency, framework)) is not None:
        found.append(Lack(Part.OWNER, owner))
    if not has_date(action.target_date):
        found.append(Lack(Part.DATE, _shown(action.target_date or "")))
    if not ends.checkable and not _says_something(action.success_goal):
        found.append(Lack(Part.MEASURE))
    if ends.without_end is not None and not ends.finished:
        found.append(Lack(Part.VERB, f'"{ends.without_end}" has no end'))
    return tuple(found)


def has_ended(action: ActionRow) -> bool:
    """Is the action closed or superseded, so that nothing more is asked of it?"""
    return action.status in (Status.CLOSED, Status.SUPERSEDED)


def in_words(found: tuple[Lack, ...]) -> str:
    """All that is lacking, for the end of a sentence: a date (Ongoing); a measurable end."""
    return "; ".join(lack.told for lack in found)


def has_date(words: str | None) -> bool:
    """Do these words name a day, or a month or quarter of a year, by which something ends?"""
    plain = folded(words or "")
    if _WITHOUT_END.search(plain):
        return False
    return bool(_WORDS.search(plain)) or any(
        _on_the_calendar(*day)
        for day in (
            *((m[1], m[2], m[3] or "1") for m in _ISO.finditer(plain)),
            *((m[3], m[2], m[1]) for m in _NUMERIC.finditer(plain)),
        )
    )


def no_such_day(words: str) -> bool:
    """Are these words written as a day in figures, and no day of the calendar: 2026-13-01?"""
    plain = folded(words).strip()
    return bool(_ISO.fullmatch(plain) or _NUMERIC.fullmatch(plain)) and not has_date(plain)


def _on_the_calendar(year: str, month: str, day: str) -> bool:
    try:
        date(int(year) if len(year) > 2 else 2000 + int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _owner_missing(lead: str, framework: Framework) -> str | None:
    """None where somebody answers for it; else what stands in the owner's place, and what is wrong with it."""
    if not _says_something(lead) or _NOBODY.fullmatch(folded(lead).strip()):
        return _shown(lead)
    parts = [part for part in _APART.split(folded(lead)) if _says_something(part)]
    if all(is_short_name(part) for part in parts):
        return f"{_shown(lead)}: a short name, which may stand for several; give it in full"
    if any(not _is_many(part, framework) for part in parts):
        return None
    return f"{_shown(lead)}: many owners, nobody answers for it"


def _is_many(part: str, framework: Framework) -> bool:
    """Does a name stand for many, or for nobody? The framework's code for them is written out in older plans."""
    words = part.strip(" .-()")
    if _EVERYBODY.fullmatch(words) or _NOBODY.fullmatch(words) or words in MANY:
        return True
    codes = agencies_in(words, framework)
    return bool(codes) and MANY.issuperset(codes) and not _POST.search(words)


def _says_something(words: str) -> bool:
    return any(character.isalnum() for character in words)


def _shown(words: str) -> str:
    return " ".join(words.split())

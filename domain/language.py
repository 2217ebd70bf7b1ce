"""The field's words as matchers: which agencies a text names, and which act a recommendation asks for.

The words themselves are data: agencies in `framework.toml`, acts below. Everything here is a pure function of text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from domain.families import Families
from domain.framework import Entry, Framework

# What a recommendation asks someone to do, by the verb that carries the work. The order is the order of the test:
# "seek assurance that training is provided" asks for assurance.
ACTS: dict[str, tuple[str, ...]] = {
    act: tuple(words.split(", "))
    for act, words in {
        "assure": "assure, assured, assures, assurance, satisfy itself, satisfy themselves, demonstrate, evidence, "
        "audit, audits, audited, dip sample, dip-sample, monitor, monitors, monitored, monitoring, scrutinise, scrutiny, "
        "quality assure, quality assurance, report back, oversight, oversee",
        "review": "review, reviews, evaluate, evaluation, examine, consider, explore, reconsider, revisit",
        "train": "train, training, trained, workshop, briefing, briefings, learning event, awareness, educate",
        "write": "policy, policies, protocol, protocols, procedure, procedures, guidance, strategy, pathway, template, "
        "framework, toolkit, standard, standards, agreement, memorandum",
        "resource": "commission, commissioning, fund, funding, resource, resources, capacity, recruit, staffing, "
        "sufficiency",
        "share": "share, shared, sharing, notify, notified, notification, inform, informed, disseminate, publish, "
        "circulate, refer, referral, referrals, record, recorded, recording, invite, invited",
        "do": "ensure, ensures, improve, strengthen, embed, implement, use, apply, assess, challenge, escalate, plan, "
        "support",
    }.items()
}

APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2011": "-", "\u2010": "-"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names an agency: character offsets and the agency's code."""

    start: int
    end: int
    code: str


def straighten(text: str) -> str:
    """Curly apostrophes and exotic hyphens made plain; lengths and so offsets stay the same."""
    return text.translate(APOSTROPHES)


# One framework is in use at a time, and a report may bring abbreviations of its own for as long as it is read.
@lru_cache(maxsize=16)
def _patterns(entries: tuple[Entry, ...]) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str], dict[str, str]]:
    folded = {s.casefold(): e.code for e in entries for s in e.synonyms if not _abbreviation(s)}
    exact = {s: e.code for e in entries for s in e.synonyms if _abbreviation(s)}
    return _any_of(folded, re.IGNORECASE), _any_of(exact, 0), folded, exact


# How boards and partnerships abbreviate themselves, with the letters of their place before: safeguarding children board or
# partnership, safeguarding adults board, community safety partnership.
BOARD_LETTERS = re.compile(r"\b[A-Z]{0,6}(?:SCB|SCP|SAB|CSP)\b")


def _abbreviation(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return len(word) <= 8 and " " not in word and sum(c.isupper() for c in letters) >= max(2, len(letters) - 1)


def _any_of(words: Iterable[str], flags: int) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)" if ordered else r"(?!x)x", flags)


def mentions(text: str, entries: tuple[Entry, ...]) -> tuple[Mention, ...]:
    """Every place where `text` uses a synonym of one of `entries`, longest first where they overlap, in text order."""
    plain = straighten(text)
    folded_pattern, exact_pattern, folded, exact = _patterns(entries)
    found = [Mention(m.start(), m.end(), folded[m.group().casefold()]) for m in folded_pattern.finditer(plain)]
    found += [Mention(m.start(), m.end(), exact[m.group()]) for m in exact_pattern.finditer(plain)]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= k.start or mention.start >= k.end for k in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))


def agencies_in(text: str, framework: Framework) -> tuple[str, ...]:
    """Codes of the agencies that a text names, each once, in the order of their first mention."""
    return tuple(dict.fromkeys(m.code for m in mentions(text, framework.agencies)))


def leads_in(lead_agency: str, framework: Framework) -> tuple[str, ...]:
    """Codes of the agencies that a column of lead agencies names: in few words, where running text has more.

    There "Health" means health agencies, and letters that end like SCB or SAB mean the board or partnership itself.
    """
    found: list[str] = []
    for part in re.split(r"[/;,&\n]", lead_agency):
        named = agencies_in(part, framework)
        if not named and part.strip().casefold() in framework.agency_codes:
            named = (part.strip().casefold(),)
        if not named and BOARD_LETTERS.search(part) and "partnership" in framework.agency_codes:
            named = ("partnership",)
        found += named
    return tuple(dict.fromkeys(found))


def folded(text: str) -> str:
    """A text as `Families` read it: lower case, plain apostrophes and hyphens."""
    return straighten(text).lower()


@cache
def _acts() -> Families:
    return Families([[re.escape(word) + r"(?!\w)" for word in words] for words in ACTS.values()])


def act_places(text: str) -> dict[str, int]:
    """The acts that a recommendation's words ask for, each with the place of its first word; empty where none is known."""
    places = _acts().first_places(folded(text))
    return {act: place for act, place in zip(ACTS, places, strict=True) if place >= 0}

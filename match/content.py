"""What a recommendation is about, in words that can be held against another's: content words, subjects, aspects, people.

The ask itself weighs more than what it is for: "review plans so that drift is avoided" asks for reviews of plans.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from domain.language import straighten
from match.met import Met
from match.subjects import ACTORS, ASPECTS, PEOPLE, PURPOSE, SUBJECTS

_TOKEN = re.compile(r"[a-z0-9][a-z0-9'-]*")
_EMPTY = frozenset(
    "a an the of to and in for or on by as at with from into that this these those which who whom whose what "
    "when where how why is are be been being was were has have had do does did will would can could may might "
    "must should shall need needs no not all any each every both either other others such same own its it "
    "their they them there his her he she we our us you your so than then if but because while until after "
    "before during between through over under out up down off about across within without against including "
    "include includes included particularly especially well also more most very take taken taking make makes "
    "made making give given gives set get put further continue continued first new action actions work "
    "working ensure ensures ensuring recommended recommendation recommends sure".split()
)
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}(?:['-][A-Za-z]+)*\b(?:'s)?")
_SUFFIX = re.compile(r"(?:ational|isations?|izations?|ations?|ingly|ments?|ings?|ers?|ions?|ed|ies|es|ly|ive|s|e|y)$")
ASIDE: Final = 0.5  # the weight of what is only named in the purpose of an ask
REMEMBERED: Final = 20_000  # texts, at some kilobytes each: a plan is compared with itself again for every review
_SHORTEST_ASK: Final = 25  # characters before a purpose; a text that opens with "In order to" is no purpose only


@dataclass(frozen=True, slots=True)
class Content:
    """What can be compared of one text.

    words: 1, or `ASIDE` for those of the purpose only, for each content word's stem; spelt: a spelling for each stem;
    subjects: the same weights for the field's subjects; aspects: the acts and sides that the whole text names; asked:
    those of the ask without its purpose; people: whom it is for; actors: who is to act; length: in words.
    """

    words: dict[str, float]
    spelt: dict[str, str]
    subjects: dict[str, float]
    aspects: frozenset[str]
    asked: frozenset[str]
    people: frozenset[str]
    actors: frozenset[str]
    length: int


def stem(word: str) -> str:
    """What a word, in lower case, has in common with its other forms; only for comparing."""
    plain = word.replace("'s", "").replace("'", "")
    cut = _SUFFIX.sub("", plain)
    return cut if len(cut) >= 4 else plain


@cache
def _families() -> tuple[Met, ...]:
    return tuple(Met(family) for family in (SUBJECTS, ASPECTS, PEOPLE, ACTORS))


@cache
def _purpose() -> re.Pattern[str]:
    return re.compile(PURPOSE, re.IGNORECASE)


def _stems(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in _TOKEN.findall(text.lower()):
        if word not in _EMPTY and len(word) > 1:
            found.setdefault(stem(word), word)
    return found


def _all_in(family: Met, ask: str, text: str, found: frozenset[str]) -> frozenset[str]:
    """What `text` names, given what its beginning `ask` names: nothing is looked for twice."""
    return found if ask == text else found | family(text, besides=found)


def ask_of(text: str) -> str:
    """`text`, straightened, as far as its first purpose ("so that …", "in order to …")."""
    plain = straighten(text)
    purpose = _purpose().search(plain, _SHORTEST_ASK)
    return plain[: purpose.start()] if purpose else plain


def nameless(text: str, known: Collection[str]) -> str:
    """`text` without the names of places, boards and people: words with a capital whose stem is not among `known`.

    All reviews of one board name it in every other recommendation, and whatever they ask would sound alike.
    """
    plain = straighten(text)
    names = [m for m in _CAPITALISED.finditer(plain) if not _is_known(m.group().lower(), known)]
    if not names:
        return text
    ends = [0, *(m.end() for m in names)]
    starts = [*(m.start() for m in names), len(plain)]
    left = " ".join("".join(plain[a:b] for a, b in zip(ends, starts, strict=True)).split())
    return left or text


def _is_known(word: str, known: Collection[str]) -> bool:
    return word in _EMPTY or stem(word) in known


@lru_cache(maxsize=REMEMBERED)
def content(text: str) -> Content:
    """What `text` is about."""
    plain, ask = straighten(text), ask_of(text)
    subjects, aspects, people, actors = _families()
    spelt = _stems(plain)
    asked = spelt if ask == plain else _stems(ask)
    # Held against small letters, which takes half the time of disregarding case.
    small, small_ask = plain.lower(), ask.lower()
    first, sides = subjects(small_ask), aspects(small_ask)
    return Content(
        words={each: 1.0 if each in asked else ASIDE for each in spelt},
        spelt=spelt,
        subjects={name: 1.0 if name in first else ASIDE for name in sorted(_all_in(subjects, small_ask, small, first))},
        aspects=_all_in(aspects, small_ask, small, sides),
        asked=sides,
        people=people(small),
        actors=actors(plain),
        length=len(plain.split()),
    )

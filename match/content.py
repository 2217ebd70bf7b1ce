"""What a recommendation is about, in words that can be held against another's: content words, aspects, people, acts."""

import re
from dataclasses import dataclass
from functools import cache

from domain.language import acts_in, straighten

_TOKEN = re.compile(r"[a-z0-9][a-z0-9'-]*")
_EMPTY = frozenset(
    "a an the of to and in for or on by as at with from into that this these those which who whom whose what "
    "when where how why is are be been being was were has have had do does did will would can could may might "
    "must should shall need needs not no all any each every both either other others such same own its it "
    "their they them there his her he she we our us you your so than then if but because while until after "
    "before during between through over under out up down off about across within without against including "
    "include includes included particularly especially well also more most very take taken taking make makes "
    "made making give given gives set get put further continue continued first new action actions work "
    "working ensure ensures ensuring recommended recommendation recommends sure".split()
)
# Words that nearly every recommendation has: sharing them says little.
_COMMON = frozenset(
    "child children young people person family families service services agency agencies partner partners "
    "partnership board local authority council safeguarding practice practitioner practitioners staff "
    "professional professionals social worker workers care improve improved improving improvement strengthen "
    "strengthened support supported quality effective effectively arrangement arrangements appropriate clear "
    "consistent consistently multi-agency relevant key area areas timely regular regularly robust good better "
    "develop process processes available need information".split()
)
_SUFFIX = re.compile(r"(?:ational|isations?|izations?|ations?|ingly|ments?|ings?|ers?|ions?|ed|ies|es|ly|ive|s|e|y)$")

# Which side of a matter is to change. "Timely health assessments" and "thorough health assessments" are two asks.
ASPECTS: dict[str, tuple[str, ...]] = {
    "time": (
        r"\btimel", r"\btimescale", r"\bprompt", r"\bdelay", r"\bwithin \w+ (?:hours|days|weeks|working)",
        r"\bfrequen", r"\bup[- ]to[- ]date", r"\bquickly",
    ),
    "depth": (
        r"\bquality", r"\banaly", r"\bthorough", r"\bdepth", r"\bcomprehensive", r"\brigo(?:ur|rous)", r"\brobust",
        r"\bspecific", r"\bmeasurable",
    ),
    "amount": (
        r"\bsufficien", r"\bnumber", r"\brange", r"\bcapacity", r"\bincrease", r"\brecruit", r"\bchoice",
        r"\bavailab", r"\baccess", r"\bprovision", r"\bcommission",
    ),
    "record": (
        r"\brecord", r"\bdocument", r"\bfiles?\b", r"\bchronolog",
    ),
    "attendance": (
        r"\battend", r"\brepresent", r"\binvit", r"\bmember", r"\btakes? part", r"\bcontribut", r"\binvolve",
    ),
    "assurance": (
        r"\baudit", r"\bmonitor", r"\bassur", r"\bscrutin", r"\bevaluat", r"\bperformance", r"\bdata", r"\boversight",
        r"\bsatisfy itself", r"\bimpact",
    ),
    "training": (
        r"\btrain", r"\bworkshop", r"\bbriefing", r"\binduction", r"\bskill",
    ),
    "document": (
        r"\bpolic(?:y|ies)", r"\bprotocol", r"\bprocedure", r"\bguidance", r"\bstrateg(?:y|ies)\b", r"\bpathway\b",
    ),
    "voice": (
        r"\bvoice", r"\bviews?\b", r"\bwishes", r"\bfeelings", r"\blisten", r"\bparticipat", r"\blived experience",
    ),
    "sharing": (
        r"\bshar(?:e|ed|ing)", r"\bnotif", r"\bfeedback", r"\btold\b", r"\binform(?:ed|s)?\b", r"\bsend\b",
        r"\bpass(?:ed)? on",
    ),
}  # fmt: skip
# Who it is for. The same help for other people is another ask.
PEOPLE: dict[str, tuple[str, ...]] = {
    "in care": (
        r"looked[- ]after", r"\bin care\b", r"\bfoster", r"\bresidential", r"\bcorporate parent", r"become looked",
    ),
    "care leavers": (
        r"\bcare leaver", r"\bleaving care", r"\bpathway plan", r"\bpersonal advis",
    ),
    "protection plans": (
        r"child protection (?:plan|conference|process)", r"\bcore group",
        r"subject (?:to|of) a (?:child protection )?plan",
    ),
    "in need": (
        r"child(?:ren)? in need",
    ),
    "missing": (
        r"\bmissing\b", r"return(?:[- ]home)? interview",
    ),
    "exploited": (
        r"\bexploit", r"\bgang", r"\btraffick",
    ),
    "privately fostered": (
        r"private(?:ly)? foster",
    ),
    "adopted": (
        r"\badopt", r"\blife[- ]story",
    ),
    "disabled": (
        r"\bdisab", r"special educational", r"\bEHCP",
    ),
    "unborn and infants": (
        r"\bunborn", r"\bpre-birth", r"\binfant", r"\bbab(?:y|ies)", r"\bmaternity", r"\bmidwi",
    ),
    "adults": (
        r"\badults?\b(?! services)", r"\bcarer's assessment", r"\bmental capacity", r"\bself-neglect",
    ),
    "carers and staff": (
        r"\bworkforce", r"\bcaseload", r"\bsocial workers'", r"\bsupervis", r"\bstaffing",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """What can be compared of one text. words: weight of each content word's stem; spelt: a spelling for each stem."""

    words: dict[str, float]
    spelt: dict[str, str]
    weight: float
    acts: frozenset[str]
    aspects: frozenset[str]
    people: frozenset[str]


def _stem(word: str) -> str:
    plain = word.replace("'s", "").replace("'", "")
    cut = _SUFFIX.sub("", plain)
    return cut if len(cut) >= 4 else plain


@cache
def _patterns() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], ...]:
    return tuple(
        tuple((name, re.compile("|".join(words), re.IGNORECASE)) for name, words in family.items())
        for family in (ASPECTS, PEOPLE)
    )


def content(text: str) -> Content:
    """What `text` is about. Common words of the field weigh a quarter of a telling word; empty words nothing."""
    plain = straighten(text)
    words: dict[str, float] = {}
    spelt: dict[str, str] = {}
    for word in _TOKEN.findall(plain.lower()):
        if word not in _EMPTY and len(word) > 1:
            stem = _stem(word)
            words.setdefault(stem, 0.25 if word in _COMMON else 1.0)
            spelt.setdefault(stem, word)
    aspects, people = (frozenset(name for name, pattern in family if pattern.search(plain)) for family in _patterns())
    return Content(words, spelt, sum(words.values()), frozenset(acts_in(plain)), aspects, people)

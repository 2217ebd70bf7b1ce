"""Whether the words of an action can be finished, and whether anybody could check that they are.

The verbs and what they make are data, each group with the reason why it stands apart. A verb that is in no group is
nobody's business here: where the words are not understood, nothing is said against them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from domain.language import folded

# Whoever has done this can show it: a letter, a figure, a person in post, a page that anybody may open.
DONE: Final = (
    "publish", "republish", "write", "rewrite", "audit", "dip sample", "dip-sample", "survey", "appoint", "recruit",
    "launch", "issue", "circulate", "sign", "sign off", "review", "amend", "submit", "present", "confirm", "move",
    "remove", "replace", "map", "close", "report to", "report back", "report on", "report its", "report their",
    "withdraw", "nominate", "second", "buy", "test",
)  # fmt: skip
# This ends when the thing is there, so that it depends on the thing: a protocol can be developed, curiosity never is.
MADE: Final = (
    "develop", "produce", "create", "draft", "prepare", "revise", "refresh", "update", "design", "establish", "set up",
    "put in place", "introduce", "provide", "deliver", "hold", "run", "conduct", "carry out", "undertake", "lead",
    "agree", "adopt", "commission", "pilot", "implement", "roll out", "complete", "ask for", "obtain", "organise",
    "arrange", "build", "compile", "train", "brief", "make", "add", "share", "distribute", "disseminate",
)  # fmt: skip
# This has no end: it can be done today and just as well next year, and nobody can say when it was enough.
OPEN: Final = (
    "promote", "raise awareness", "raise the profile", "improve", "strengthen", "enhance", "embed", "maintain",
    "monitor", "engage", "address", "champion", "foster", "highlight", "reinforce", "reflect", "be aware", "be mindful",
    "oversee", "liaise", "work with", "work together", "work closely", "recognise", "facilitate",
    "emphasise", "prioritise", "tackle", "challenge", "focus",
)  # fmt: skip
# This has no end either, and swallows the verb that follows: who continues to write has written nothing yet.
SWALLOWING: Final = (
    "continue", "work towards", "work toward", "aim", "seek", "strive", "try", "endeavour", "look", "support",
    "encourage", "help", "enable", "empower", "consider", "explore", "remind", "keep",
)  # fmt: skip
# The same, with a sentence of its own: what is ensured is somebody else's to do, until an "and" begins another thing.
ENSURING: Final = (
    "ensure", "make sure", "assure", "be satisfied", "satisfy itself", "satisfy themselves", "demonstrate", "evidence",
)  # fmt: skip

# What one can hold up and say: here it is.
PRODUCTS: Final = (
    "protocol", "policy", "procedure", "guidance", "guide", "guideline", "handbook", "manual", "report", "paper",
    "briefing", "audit", "review", "survey", "evaluation", "template", "form", "tool", "toolkit", "checklist",
    "framework", "strategy", "plan", "pathway", "standard", "event", "workshop", "conference", "seminar", "session",
    "webinar", "training", "course", "module", "programme", "leaflet", "poster", "video", "newsletter", "bulletin",
    "website", "page", "directory", "register", "database", "dashboard", "dataset", "data set", "scorecard", "map",
    "group", "panel", "forum", "board", "team", "post", "role", "hub", "service", "contract", "agreement",
    "memorandum", "charter", "letter", "statement", "definition", "terms of reference", "system", "mechanism",
    "process", "flowchart", "chart", "flag", "field", "list", "schedule", "timetable", "action", "feedback", "response",
    "document", "material", "pack", "resource", "specification", "business case", "proposal", "recommendation",
    "lesson", "slide", "campaign", "pilot", "analysis", "assessment tool", "index", "rota",
)  # fmt: skip
# States of mind and ways of being: there is always more of them to be had.
STATES: Final = (
    "knowledge", "understanding", "awareness", "confidence", "curiosity", "culture", "skill", "competence",
    "relationship", "practice", "engagement", "participation", "leadership", "resilience", "ownership", "communication",
    "working", "environment", "approach",
)  # fmt: skip
# Units in which work with people is counted.
COUNTED: Final = (
    "people", "staff", "practitioners", "professionals", "workers", "managers", "supervisors", "officers", "nurses",
    "visitors", "teachers", "leads", "champions", "places", "sessions", "workshops", "events", "audits", "cases",
    "files", "records", "referrals", "schools", "practices", "settings", "visits", "meetings", "conferences",
    "assessments", "families", "parents", "carers", "children", "reports", "interviews", "copies",
)  # fmt: skip

_IRREGULAR: Final = {
    "write": "written", "rewrite": "rewritten", "put": "put", "set": "set", "hold": "held", "run": "run", "lead": "led",
    "make": "made", "withdraw": "withdrawn", "build": "built", "buy": "bought", "seek": "sought", "strive": "striven",
    "submit": "submitted", "dip sample": "dip sampled", "be": "be", "oversee": "overseen", "undertake": "undertaken",
    "keep": "kept", "map": "mapped", "commit": "committed",
}  # fmt: skip
_NUMBER = (
    r"(?:[0-9][0-9,]{0,8}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|a hundred|one hundred)"
)
# "The six practitioners" are people whom the reader knows, no amount of work.
_FIGURE = re.compile(
    r"[0-9](?:\.[0-9]+)?\s*(?:%|per ?cent\b)"
    rf"|\b(?:at least|no fewer than|not fewer than|a minimum of|no more than|up to)\s+{_NUMBER}\b"
    rf"|\bwithin\s+{_NUMBER}\s+(?:working |calendar )?(?:hours|days)\b"
    rf"|(?<!\bthe )(?<!\bthese )(?<!\bthose )(?<!\w)(?<![0-9][./,-]){_NUMBER}\s+(?:[a-z][\w'-]*\s+){{0,2}}?(?:{'|'.join(COUNTED)})\b"
)
_WHOLE = re.compile(rf"\b(?:all|every|each|{_NUMBER})\b")
# The name of a thing in quotation marks, and what is said in brackets, are no part of the sentence.
_ASIDE = re.compile(r"(?<!\w)'[^'\n]{1,80}'(?!\w)|[\"“][^\"“”\n]{1,80}[\"”]|\([^()\n]*\)|\[[^\[\]\n]*\]")
_SPACES = re.compile(r"[^\S\n]+")
_CLAUSE = re.compile(r"[,;]|\b(?:that|which|who|where|when)\b")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+|[•▪●]")
# Where the thing that is made has been named, and what is said about it begins.
_THING_ENDS = re.compile(
    r"[(\[:;,]|\b(?:of|in|on|about|for|with|to|that|which|who|so|by|from|where|when|at|into|across|within|as|should|must|"
    r"will|shall|is|are|be)\b"
)
_PRODUCT = re.compile(rf"\b(?:{'|'.join(PRODUCTS)})(?:s|es)?\b|\b(?:polic|strateg)ies\b|\banalyses\b")
_STATE = re.compile(rf"\b(?:{'|'.join(STATES)})s?\b")


class _Group(Enum):
    DONE = auto()
    MADE = auto()
    OPEN = auto()
    SWALLOWING = auto()
    ENSURING = auto()


@dataclass(frozen=True, slots=True)
class Finish:
    """How the words of an action end.

    finished: they have a verb that can be finished; checkable: something is there then that can be looked at, or a figure
    says how much; without_end: the first verb that cannot be finished, as a person would name it, or None.
    """

    finished: bool
    checkable: bool
    without_end: str | None


def _participle(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    done = _IRREGULAR.get(first)
    if done is None and first.endswith("y") and first[-2] not in "aeiou":
        done = first[:-1] + "ied"
    return f"{done or first + ('d' if first.endswith('e') else 'ed')} {rest}".strip()


_GROUPS: Final = {
    verb: group for group, verbs in zip(_Group, (DONE, MADE, OPEN, SWALLOWING, ENSURING), strict=True) for verb in verbs
}
_PARTICIPLES: Final = {_participle(verb): verb for verb in _GROUPS if not verb.startswith("be ")}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# A verb is asked for at the beginning of a sentence, after "to", after "should" and its like, or after an "and" that goes
# on from there. "How to write" and "whether to publish" ask for nothing. What is no letter before the first
# word is given back to nothing (*+): a text of digits alone would be gone through again from each of them.
_ASKED = re.compile(
    r"(?P<how>^[\W\d_]*+|(?<!how )(?<!whether )(?<!when )(?<!what )(?<!where )(?<!which )\bto\s+"
    r"|\b(?:should|must|will|shall)\s+|\band\s+|\bor\s+|,\s*)"
    r"(?:(?:also|further|then|jointly|\w+ly)\s+){0,2}"
    rf"(?P<verb>{_any_of(_GROUPS)})(?![\w-])"
    rf"|\b(?:is|are|be|been)\s+(?:(?:also|further|\w+ly)\s+){{0,2}}(?P<done>{_any_of(_PARTICIPLES)})(?![\w-])"
)


# What is done to somebody within a question, or by who asks, is no ask of the action: "explain how its staff are helped",
# "the Board is challenged to find out". So far back a question is looked for.
_QUESTION = re.compile(r"\b(?:how|whether|if|what|which|who|whom|whose|where|when|why)\b[^,;:]*$")
_QUESTION_WITHIN: Final = 200
_ASKS: Final = frozenset(("challenge",))


def finish(text: str) -> Finish:
    """How the words of an action end. A pure function of the text; empty words have no end."""
    finished = checkable = False
    without_end: str | None = None
    plain = _SPACES.sub(" ", folded(text))
    for sentence in _SENTENCE.split(_ASIDE.sub(" ", plain)):
        for verb in _verbs(sentence):
            if verb is None:
                finished = checkable = True
            elif without_end is None:
                without_end = verb
    checkable = checkable or bool(_FIGURE.search(plain))
    return Finish(finished, checkable, without_end)


def _verbs(sentence: str) -> Iterator[str | None]:
    """What a sentence asks for: None for a verb that can be finished, and the words of one that cannot."""
    swallowed: _Group | None = None
    first = True
    for found in _ASKED.finditer(sentence):
        how = (found["how"] or "").strip()
        verb = found["verb"] or _PARTICIPLES[found["done"]]
        if found["done"] and _is_told(sentence, found, verb):
            continue
        before = sentence[: found.start()].rstrip()
        starts = how in ("should", "must", "will", "shall") or (how == "to" and before.endswith(("and", "or", ";")))
        joined = how in ("and", "or", ",")
        if starts or (joined and swallowed is _Group.ENSURING):
            swallowed = None
        group = _GROUPS[verb]
        if swallowed is None and group is _Group.DONE:
            yield None
        elif swallowed is None and group is _Group.MADE:
            thing = _thing(sentence, found)
            if _PRODUCT.search(thing) or (verb in ("train", "brief") and _WHOLE.search(thing)):
                yield None
            elif state := _STATE.search(thing):
                yield f"{verb} {state.group()}"
        elif group not in (_Group.DONE, _Group.MADE) and not joined and (first or starts or found["done"]):
            # "The advice and support team" asks nobody to support; "move the team to support families" asks to move it.
            yield verb
        if group in (_Group.SWALLOWING, _Group.ENSURING) and not joined:
            swallowed = swallowed or group
        first = False


def _is_told(sentence: str, found: re.Match[str], verb: str) -> bool:
    """Whether what is said to be done tells how things are, or of the asking itself, and asks for nothing."""
    before = sentence[max(0, found.start() - _QUESTION_WITHIN) : found.start()]
    asks = verb in _ASKS and sentence.startswith((" to ", " to:"), found.end())
    return asks or bool(_QUESTION.search(before))


def _thing(sentence: str, found: re.Match[str]) -> str:
    """The words for what is made: after the verb, or where it is said to be made, at the beginning of the clause."""
    words = sentence[found.end() :]
    if found["done"]:
        words = sentence[: found.start()]
        words = _CLAUSE.split(words)[-1].strip() or words
    end = _THING_ENDS.search(words)
    return words[: end.start()] if end else words

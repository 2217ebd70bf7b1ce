"""What reports call a body once they have named it in full: "The Trust", "the Board", "the LSCB"; and its full name."""

import re
from typing import Final

from domain.language import straighten

KINDS: Final = (
    "Trust", "Force", "Constabulary", "Practice", "Surgery", "Home", "Hostel", "Provider", "Association", "Company", "Society",
    "Service", "Centre", "School", "College",
)  # fmt: skip
"""Which kind of body, and so which agency, these words do not say."""
_BOARDS: Final = ("Board", "Partnership")
# Safeguarding children and adults boards and partnerships, community safety partnerships; with L for local.
_LETTERS = r"L?(?:SCB|SCP|SAB)|CSP"
_SHORT = re.compile(rf"(?:the\s+)?(?:{'|'.join((*KINDS, *_BOARDS))}|{_LETTERS})", re.IGNORECASE)
_SEVERAL = re.compile(rf"\b(?:{'|'.join(_BOARDS)})\b.*(?:\band\b|[&/;,])", re.IGNORECASE)
_NO_INITIAL: Final = frozenset({"and", "of", "for", "the", "in"})


def is_short_name(words: str) -> bool:
    """Whether words are all that a body is called where its full name is known: in a plan they may stand for several."""
    return _SHORT.fullmatch(" ".join(words.split())) is not None


def is_short_for(words: str, name: str) -> bool:
    """Whether words are what the body of this name is called for short: "The Trust" for "Wexmere Hospitals NHS Trust"."""
    if not is_short_name(words) or is_short_name(name):
        return False
    return words.split()[-1].casefold() in re.findall(r"\w+", name.casefold())


def in_full(words: str, publisher: str | None) -> str | None:
    """The name of the board or partnership that published a review, where words mean it: "the Board", "the LSCB".

    None where they do not, or the name is that of several bodies.
    """
    name = " ".join((publisher or "").split())
    short = re.sub(r"^the\s+", "", " ".join(words.split()), flags=re.IGNORECASE)
    if not short or not name or _SEVERAL.search(name):
        return None
    last = short.split()[-1].casefold()
    if last in (board.casefold() for board in _BOARDS):
        theirs, ours = ([*straighten(text).casefold().split()] for text in (name, short))
        return name if len(theirs) > len(ours) and theirs[-len(ours) :] == ours else None
    initials = "".join(word[0] for word in name.split() if word.casefold() not in _NO_INITIAL).upper()
    generic = re.fullmatch(_LETTERS, short) is not None and initials.endswith(short.removeprefix("L"))
    return name if generic or (len(short) > 2 and short == initials) else None

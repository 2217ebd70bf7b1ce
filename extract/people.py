"""Who led or wrote a review: the name beside a role, above it, below it, or in the sentence that gives it."""

import re
from collections.abc import Iterator, Sequence

from extract.case_reference import OF_A_CASE
from extract.front import Front, Stated, running_text
from extract.layout import Line

_BEFORE_ROLE = (
    r"(?:the\s+|independent\s+|lead\s+|joint\s+|co-|external\s+|overview\s+|report\s+|main\s+|scr\s+|sar\s+|dhr\s+|lcspr\s+|"
    r"cspr\s+|spr\s+|review\s+|panel\s+|case\s+|safeguarding\s+|learning\s+|audit\s+)*"
)
_WRITES = r"(?:author|reviewer|auditor|scrutineer|writer)(?:s|\(s\))?"
# An audit or a review has a lead who may not be called its author.
_LEADS = r"(?:(?<=audit )|(?<=review ))lead|lead(?=\s*(?:and|&|/)\s*author)"
# An inspector is the lead only where it is said; a chair writes where it is said, or where the chair is the review's own.
AUTHOR = re.compile(
    rf"{_BEFORE_ROLE}(?:{_WRITES}|(?<=lead )inspectors?|{_LEADS}|"
    rf"chair(?:person)?(?:\s*(?:and|&|/)\s*){_BEFORE_ROLE}{_WRITES})"
    rf"(?:\s*(?:and|&|/)\s*{_BEFORE_ROLE}(?:chair|{_WRITES}))?(?: of (?:(?:the|this) )?(?:overview |final |review )?(?:report|review)\b)?",
    re.IGNORECASE,
)
CHAIR = re.compile(
    r"(?:independent\s+|dhr\s+|review\s+|panel\s+)+chair(?:person)?(?: of the (?:dhr|review|panel|domestic homicide review))?",
    re.IGNORECASE,
)
_WROTE = r"(?:written|prepared|authored|completed|produced|compiled|undertaken|conducted|carried out|led|submitted)"
_BY = re.compile(
    r"^(?:(?:an? |the |this )?(?:independent |final |overview |learning )*(?:report|review)\s+(?:for .{3,90}? |was |is )?)?"
    rf"(?:{_WROTE}\s+)?by\s*:?\s+",
    re.IGNORECASE,
)
_TITLES = r"(?:(?:Dr|Prof(?:essor)?|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Rev)\.?\s+)?"
_NAME_WORD = r"(?:(?:Mc|Mac|O['’]|D['’]|de |van |von |al-)?[A-Z][a-zà-ÿ'’]+(?:-[A-Z][a-zà-ÿ'’]+)*)(?![A-Z\w])"
_PERSON = re.compile(rf"{_TITLES}{_NAME_WORD}(?:\s+(?:[A-Z]\.?|{_NAME_WORD}))*\s+{_NAME_WORD}")
# A firm, an office or a document looks like a name too: two words with capitals.
_NO_PERSON = re.compile(
    r"\b(?:consult\w*|ltd|limited|associates?|services?|partnership|board|council|trust|university|independent|director|"
    r"manager|chair|reviewers?|authors?|majesty|inspectors?|safeguarding|social|police|nurse|care|training|reviews?|"
    r"institute|report|case|serious|adults?|child(?:ren)?|homicide|overview|executive|summary|january|february|march|april|"
    r"june|july|august|september|october|november|december|the|family|lead|agency|community|safety|terms|nhs|version|"
    r"final|date|published|author|commissioned|local|practice|learning|team|officer|contents|together|deputy)\b",
    re.IGNORECASE,
)
_SAID = (
    re.compile(rf"\b(?:{AUTHOR.pattern})\b[^.;:]{{0,60}}?\b(?:is|was|are|were)\s+(?=(?-i:[A-Z]))", re.IGNORECASE),
    re.compile(
        rf"\b(?:report|review|inspection)\b[^.;:]{{0,60}}?\b{_WROTE}\s+by\s+(?:HM Inspector\s+)?(?=(?-i:[A-Z]))",
        re.IGNORECASE,
    ),
)
_APPOINTED = re.compile(r"\b(?:appointed|commissioned|engaged|asked|chose|selected)\s+(?=(?-i:[A-Z]))", re.IGNORECASE)
_SAID_AFTER = re.compile(
    rf"^[^.;]{{0,80}}?\b(?:(?:was|were|is|are|been)\s+[^.;]{{0,40}}?\b(?:as|to be)\s+|as\s+|to be\s+)(?:the\s+|an?\s+)?(?:{AUTHOR.pattern})\b",
    re.IGNORECASE,
)


def lead_reviewer(front: Front, review_type: str) -> Stated | None:
    """The lead reviewer or author, without degrees, offices and firms; None where no name is given.

    A domestic homicide review is written by its chair unless an author is named; other reviews' chairs chair a board.
    """
    places = (front.opening, front.margins, front.closing)
    for lines in places:
        if found := _beside_role(lines, AUTHOR):
            return found
    found = _by(front.first) or _said(front) or _alone(front.first, review_type)
    if found is None and review_type == "DHR":
        found = _beside_role(front.opening, CHAIR)
    return found


_SCHOLAR = re.compile(rf"(?:Dr|Prof(?:essor)?)\.?\s+{_NAME_WORD}(?:\s+(?:[A-Z]\.?|{_NAME_WORD})){{0,2}}\s+{_NAME_WORD}")


def _alone(first: Sequence[Line], review_type: str) -> Stated | None:
    """The one scholar whose name stands by itself on the title page of a review of a case: "Dr Jane Smith" is its author."""
    names = [line for line in first if _SCHOLAR.fullmatch(line.text.strip())] if review_type in OF_A_CASE else []
    return Stated(names[0].text.strip(), names[0].page) if len(names) == 1 else None


def gives_author(text: str) -> bool:
    """Whether a line begins with the author's role, or says by whom the report is; "Independent Reviewer's Report" is a title."""
    by, role = _BY.match(text), AUTHOR.match(text)
    names_role = role is not None and not re.match(r"['’]s?\b", text[role.end() :])
    return names_role or (by is not None and people_in(text[by.end() :], several=False) is not None)


def people_in(words: str, *, several: bool) -> str | None:
    """The names that a passage begins with, as printed; with `several`, those after a comma too. None: no name."""
    names: list[tuple[int, int]] = []
    at = 0
    while (m := _PERSON.match(words, at)) and not _NO_PERSON.search(m.group()):
        names.append((m.start(), m.end()))
        joint = re.compile(r"\s*(?:,\s*and\b|\band\b|&|/" + (r"|," if several else "") + r")\s*", re.I).match(
            words, m.end()
        )
        if joint is None:
            break
        at = joint.end()
    return words[names[0][0] : names[-1][1]] if names else None


def _beside_role(lines: Sequence[Line], role: re.Pattern[str]) -> Stated | None:
    for index, line in enumerate(lines):
        text = line.text.strip()
        if headed := re.match(r"(?:the\s+|overview\s+)?report\s+(?:of|by)\s+(?:the\s+)?", text, re.IGNORECASE):
            text = text[headed.end() :]
        # In a form the name of the part may stand beside: "1. Review details    Panel chair and author: ..."
        # and in a sentence it may follow: "Prepared by the author of the overview report, Perpetua Inkwell".
        m = role.match(text) or re.search(rf"(?<!\w)(?:{role.pattern})(?=\s*[:,])", text, re.IGNORECASE)
        name = (m and _beside(lines, index, text, m)) or _before_role(text, role)
        if name:
            return Stated(name, line.page)
    return None


def _beside(lines: Sequence[Line], index: int, text: str, role: re.Match[str]) -> str | None:
    """The name on the line of a role, or on the next line or the one above where nothing else stands beside the role."""
    several = text[: role.end()].casefold().rstrip(")").endswith("s")
    rest = text[role.end() :].lstrip(" :,–—-")
    if not rest:
        return _below(lines, index, several=several) or _above(lines, index)
    apart = rest != text[role.end() :].lstrip()
    return people_in(rest, several=several) if apart or _begins_with_names(rest) else None


def _begins_with_names(words: str) -> bool:
    """Whether words are names, perhaps with an office, and no sentence: "Independent author   Perrin Quill" in two columns."""
    found = (people_in(words, several=several) for several in (True, False))
    return any(names is not None and words.strip()[len(names) :][:1] in ("", ",", "(") for names in found)


def _before_role(text: str, role: re.Pattern[str]) -> str | None:
    """A name, and the whole of the rest is the role: "Perpetua Inkwell, Independent Author"."""
    name = people_in(text, several=True)
    if name is None:
        return None
    rest = text[len(name) :].strip(" ,–—:-()")
    return name if rest and role.fullmatch(rest) else None


def _below(lines: Sequence[Line], index: int, *, several: bool) -> str | None:
    names: list[str] = []
    for line in lines[index + 1 : index + (4 if several else 2)]:
        name = people_in(line.text.strip(), several=several)
        if name is None or line.page != lines[index].page:
            break
        names.append(name)
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])) or None


def _above(lines: Sequence[Line], index: int) -> str | None:
    """A name on a line of its own over its role."""
    if index == 0 or lines[index - 1].page != lines[index].page:
        return None
    text = lines[index - 1].text.strip()
    name = people_in(text, several=True)
    # Degrees may follow the name, but not words.
    return name if name and not re.search(r"[a-z]{4,}", text[len(name) :]) else None


def _by(lines: Sequence[Line]) -> Stated | None:
    """On the first page: "Overview report by Perpetua Inkwell"."""
    for line in lines:
        text = line.text.strip()
        if (m := _BY.match(text)) and (name := people_in(text[m.end() :], several=False)):
            return Stated(name, line.page)
    return None


def _said(front: Front) -> Stated | None:
    """A sentence: "The lead reviewer was Perpetua Inkwell"; "Perpetua Inkwell was appointed as independent author"."""
    for page in dict.fromkeys(line.page for line in front.opening):
        text = running_text(front.opening, page)
        if first := next((n for pattern in _SAID for n in _names_after(text, pattern)), None):
            return Stated(first[0], page)
        for name, end in (*_names_after(text, _APPOINTED), *_names_of(text)):
            if _SAID_AFTER.match(text[end:]):
                return Stated(name, page)
    return None


def _names_after(text: str, opening: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    for m in opening.finditer(text):
        if name := people_in(text[m.end() :], several=False):
            yield name, m.end() + len(name)


def _names_of(text: str) -> Iterator[tuple[str, int]]:
    for m in _PERSON.finditer(text):
        if not _NO_PERSON.search(m.group()):
            yield m.group(), m.end()

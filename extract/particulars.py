"""What a review says about itself: title, case reference, type, publisher, lead reviewer, date of publication."""

import datetime
import itertools
import re
from collections.abc import Sequence

from domain.framework import Framework
from domain.language import straighten
from domain.records import Particulars
from extract.furniture import CleanPage
from extract.layout import Line
from extract.reading_order import make_line
from extract.titles import title_of

MONTHS = ("january february march april may june july august september october november december").split()
_MONTH = "|".join(MONTHS) + "|" + "|".join(m[:3] for m in MONTHS) + "|sept"
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_NUMERIC = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")

# Words before a date that say what it is the date of; the first group that finds one wins.
_PUBLISHED = re.compile(
    r"\b(?:published|publication|date of publication|issued|report published|publication date)\b", re.IGNORECASE
)
_DATED = re.compile(
    r"\b(?:date of report|report date|date|dated|final version|version|final report|completed|signed off|ratified)\b",
    re.IGNORECASE,
)
_NOT_PUBLISHED = re.compile(
    r"\b(?:inspection date|inspection dates|date of (?:birth|death|incident|inspection)|born|died|embargo(?:ed)?|period under review|"
    r"period of review|between|from|to be reviewed|review of)\b",
    re.IGNORECASE,
)

_REFERENCE = re.compile(
    r"\b(?P<noun>Child(?:ren)?|Adult|Case|Family|Baby|Sibling(?:s)?|Young Person|Mr|Mrs|Ms|Miss|Victim|DHR|SAR|SCR|SPR|LCSPR|CSPR)\s+"
    r"(?P<name>[A-Z]{1,3}\d{0,3}(?:\s?(?:,|and|&)\s?[A-Z]{1,2}\d{0,2})*|\d{1,4}(?:[/-]\d{2,4})?)(?![a-z])"
)
_NAMED = re.compile(
    r"(?:review|scr|spr|sar|dhr|lcspr|cspr)\s*(?:\(.{2,10}\))?\s*(?:[:–—-]|into the death of|in respect of|concerning|regarding|of|on|re)?\s*"
    r"[“\"‘']?(?P<name>[A-Z][a-z]{2,})[”\"’']?\s*(?:\(.{1,40}\))?$"
)
_REVIEWER = re.compile(
    r"^(?:independent\s+)?(?:lead\s+)?(?:(?:overview\s+)?report\s+)?(?:author|reviewer|lead reviewer|chair and author|chair|overview author|"
    r"lead inspector|scrutineer)s?(?:\s+and\s+(?:report\s+|overview\s+)?(?:author|chair|reviewer))?"
    r"(?:\s*[:–—-]\s*|\s+(?=(?-i:[A-Z][a-z]+ [A-Z][a-z]+)$))(?P<name>\S.*)$"
    r"|^(?:report\s+)?(?:written|prepared|authored|completed|produced)\s+by\s*:?\s*(?P<by>\S.*)$",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"\b(?:safeguarding (?:children|child|adults?)(?:'s)? (?:board|partnership)|safeguarding (?:partnership|board|partners)|"
    r"community safety partnership|ofsted|care quality commission|department (?:for|of) [a-z]+(?: [a-z]+){0,4}|"
    r"hm inspectorate of [a-z]+|safer [a-z]+ partnership|council|home office)\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"^(?:(?:case |review )?ref(?:erence)?(?: (?:number|no\.?|code))?|case name|subject(?: of the review)?)\s*:?\s+"
    r"(?P<name>[\w/&-]+(?: [\w/&-]+){0,3})$",
    re.IGNORECASE,
)
_NOT_A_CASE = {
    "Review",
    "Report",
    "Final",
    "Overview",
    "Executive",
    "Summary",
    "Published",
    "Independent",
    "January",
    "February",
}


def read_particulars(pages: Sequence[CleanPage], title_property: str | None, framework: Framework) -> Particulars:
    """Particulars from the first pages (the title page before all), the file's own title where the page has none.

    A field that the review does not state is None; `review_type` is then "other".
    """
    front = _rows([line for page in pages[:1] for line in page.lines])
    # Running heads of page 1 are furniture elsewhere but may be the only place where the publisher stands.
    raw_front = [line for page in pages[:2] for line in page.page.lines]
    opening = _rows([line for page in pages[:3] for line in page.lines])
    closing = [line for page in pages[-2:] for line in page.page.lines]
    title = title_of(front, title_property)
    heads = " ".join([title or "", title_property or "", *(line.text for line in front[:40])])
    review_type = _type([title or "", title_property or "", heads, " ".join(line.text for line in opening)], framework)
    return Particulars(
        title=title,
        case_ref=_reference([title or "", title_property or "", *_joined(front)]),
        review_type=review_type,
        publisher=_publisher([*front, *_rows(raw_front)], opening, closing, review_type),
        lead_reviewer=_reviewer(opening),
        published=_published(opening, raw_front),
    )


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Lines with the pieces of one baseline put together again ("Publisher      Somewhere Board"), as they are read."""
    out: list[Line] = []
    for line in lines:
        before = out[-1] if out else None
        if before and before.page == line.page and abs(before.top - line.top) < 0.4 * line.size:
            out[-1] = make_line(line.page, [*before.words, *line.words])
        else:
            out.append(line)
    return out


def _joined(lines: Sequence[Line]) -> list[str]:
    """Each line, and each with its successor: a name may wrap, and a label and its value may stand in two columns."""
    texts = [line.text for line in lines[:40]]
    return texts + [f"{a} {b}" for a, b in itertools.pairwise(texts)]


def _reference(texts: Sequence[str]) -> str | None:
    for text in texts:
        if m := _STATED.match(text.strip()):
            return m["name"].strip()
    for text in texts:
        if m := _REFERENCE.search(text):
            return f"{m['noun']} {m['name']}".strip()
    for text in texts:
        m = _NAMED.search(text.strip())
        if m and m["name"] not in _NOT_A_CASE:
            return m["name"]
    return None


def _type(texts: Sequence[str], framework: Framework) -> str:
    """The first type whose words stand in the title, else on the title page, else in the opening pages.

    Full names before abbreviations, and longer names before shorter: a "child safeguarding practice review" is none of
    the serious case reviews that it mentions.
    """
    for text in texts:
        plain = straighten(text).casefold()
        found: list[tuple[int, int, str]] = []
        for entry in framework.review_types:
            for synonym in entry.synonyms:
                if m := re.search(rf"(?<!\w){re.escape(synonym.casefold())}s?(?!\w)", plain):
                    found.append((m.start(), -len(synonym), entry.code))
        if found:
            return min(found)[2]
    return "other"


def _publisher(front: Sequence[Line], opening: Sequence[Line], closing: Sequence[Line], review_type: str) -> str | None:
    """The body whose name stands by itself: on the title page, in the running heads, or after "Published by"."""
    if review_type == "inspection" and any(_OFSTED.search(n.text) for n in [*front, *opening, *closing]):
        return "Ofsted"
    labelled = [line for line in opening if _PUBLISHER_LABEL.match(line.text.strip())]
    for line in [*labelled, *front]:
        text = line.text.strip()
        name = _PUBLISHER_LABEL.sub("", text)
        # An inspection is of a council, which is not the one that publishes it.
        if _PUBLISHER.search(name) and not (
            review_type == "inspection" and re.search(r"\bcouncil$", name, re.IGNORECASE)
        ):
            plain = (
                len(name.split()) <= 9 and name[-1] not in ".;," and name[:1].isupper() and not _SENTENCE.search(name)
            )
            if plain:
                return _as_written(name, [*front, *opening])
    return None


# The inspectorate's letterhead is a picture; its name stands in print in the notes at the end.
_OFSTED = re.compile(r"\bofsted\b|\bOffice for Standards in Education\b", re.IGNORECASE)
_SENTENCE = re.compile(r"\b(?:is|are|was|were|has|have|had|this|that|which|by|will|been|partners have)\b")
_PUBLISHER_LABEL = re.compile(
    r"^(?:(?:commissioned|published|prepared|produced|written)(?: and published)?\s+(?:by|for)|publisher|on behalf of)"
    r"\s*:?\s*(?:the\s+)?",
    re.IGNORECASE,
)


def _as_written(name: str, lines: Sequence[Line]) -> str:
    """A name set in capitals on the title page, as the report writes it elsewhere."""
    if not name.isupper():
        return name
    for line in lines:
        at = line.text.casefold().find(name.casefold())
        if at >= 0 and not (same := line.text[at : at + len(name)]).isupper():
            return same
    return name


def _reviewer(lines: Sequence[Line]) -> str | None:
    for index, line in enumerate(lines):
        if m := _REVIEWER.match(line.text.strip()):
            return _person(m["name"] or m["by"])
        if re.fullmatch(
            r"(?:independent )?(?:lead reviewers?|(?:report |overview )?authors?)\s*:?",
            line.text.strip(),
            re.IGNORECASE,
        ):
            return _person(lines[index + 1].text) if index + 1 < len(lines) else None
    return None


_ROLE = re.compile(
    r",\s*(?:(?:his|her) majesty|hm[iI]?\b|independent|lead|chair|author|inspector|ofsted|reviewer).*$", re.IGNORECASE
)


def _person(words: str) -> str | None:
    """A name without the office behind it; None where the words are no name: every name has a capital letter."""
    name = _ROLE.sub("", words.strip(" ."))
    capitals = sum(word[:1].isupper() for word in name.split())
    return name if 1 <= len(name.split()) <= 10 and capitals >= 2 else None


# A line that is a date and little else; the end of a sentence that wraps ("were lifted in May 2022.") is not.
_DATE_ALONE = re.compile(
    rf"^(?:[A-Z][\w ]{{0,25}}[:,–—-]\s*)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:(?:{_MONTH})\.?,?\s+)?(?:19|20)\d\d$"
    r"|^(?:[A-Z][\w ]{0,25}[:,–—-]\s*)?\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d$",
    re.IGNORECASE,
)


def _published(opening: Sequence[Line], raw: Sequence[Line]) -> str | None:
    lines = list(dict.fromkeys([line.text for line in [*opening, *raw]]))
    joined = [
        f"{a} {b}" if re.search(r"[:\w]$", a) and len(a.split()) <= 6 else b
        for a, b in zip(["", *lines], lines, strict=False)
    ]
    for wanted in (_PUBLISHED, _DATED):
        for text in [*lines, *joined]:
            if (m := wanted.search(text)) and not _NOT_PUBLISHED.search(text[: m.start()]):
                date = find_date(text[m.end() :])
                if date and len(text.split()) <= 20:
                    return date
    for text in lines[:40]:
        if _DATE_ALONE.match(text) and not _NOT_PUBLISHED.search(text) and (date := find_date(text)):
            return date
    return None


def find_date(text: str) -> str | None:
    """The first date in a text as YYYY-MM-DD, YYYY-MM or YYYY; None where there is none."""
    if m := _DAY.search(text):
        return _iso(int(m[3]), _month(m[2]), int(m[1]))
    if m := _NUMERIC.search(text):
        return _iso(int(m[3]), int(m[2]), int(m[1]))
    if m := _MONTH_YEAR.search(text):
        return _iso(int(m[2]), _month(m[1]), None)
    if m := _YEAR.search(text):
        return m[1]
    return None


def _month(word: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word.casefold()[:3]))


def _iso(year: int, month: int, day: int | None) -> str | None:
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        return None
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day is not None else "")

"""When a review was published: what it says of its publication, else the date that it bears itself."""

import re
from collections.abc import Iterable, Sequence

from extract.dates import MONTHS, date_in
from extract.front import Front, Stated, pairs, runs_on
from extract.layout import Line
from extract.publisher import names_a_body

_PUBLISHED = re.compile(
    r"\b(?:date (?:of )?publi(?:cation|shed)|publication date|published|publication|date of issue|issued|updated)\b",
    re.I,
)
_DATED = re.compile(
    r"\b(?:date of (?:the )?report|report date|date (?:of )?complet(?:ion|ed)|completion date|dated|date|completed|version|"
    r"final version|final report|final draft|final|overview report|signed off|ratified|submitted|v(?=\d))\b",
    re.I,
)
# When a board was given the report, or took it: said beside its own date, and in its place where it bears none.
_PRESENTED = re.compile(r"\b(?:presented|accepted|agreed|approved)\b", re.I)
# Only words about the report itself may stand before its label: "Inspection date", "guidance published in" and "date of
# death" are dates of something else.
_BEFORE = re.compile(
    r"(?:this|the|it|proposed|expected|planned|intended|final|full|overview|executive|report|review|summary|letter|"
    r"document|learning|serious|case|scr|sar|dhr|spr|lcspr|cspr|was|is|were|will|has|been|first|last|to|be|and|draft|"
    r"[-–—:,|(\s])*",
    re.I,
)
_FILLER = r"(?:\s|[:–—,.|()-]|\b(?:on|in|the|date|report|draft|version)\b|\bv?\d{1,2}(?:\.\d+)?\b)*"
# "Presented to the Board on 6 June 2013".
_TO_WHOM = (
    r"(?:\bto (?:the )?(?:[\w’'-]+ ){0,6}?(?:board|partnership|executive|committee|council|[lc]?s[ca][bp]|csp)\b)"
)
_BETWEEN = re.compile(rf"{_FILLER}(?:\bby .{{3,90}}|{_TO_WHOM})?{_FILLER}", re.I)
_RANGE = re.compile(r"^\s*(?:to|until|and|[-–—])\s*\w", re.I)
OTHER_SIZE = 0.5  # points
LONGEST_TAIL = 4  # words after a date that may still leave it the point of the line

# A line that is a date and little else. Its page is the first; what stands before the date says nothing else of it.
_SEASON = r"(?:spring|summer|autumn|winter)\s+"
_ALONE = re.compile(
    rf"^(?:(?:final|full|overview|executive|draft|report|review|summary|version|learning|\d(?:\.\d)?)\s*)*"
    rf"[\s:,|(–—-]*(?:{_SEASON})?$",
    re.I,
)
_PERIOD = re.compile(rf"(?:{'|'.join(MONTHS)}|\d)\s*(?:-|–|—|to)\s*(?:\d{{1,2}}\s+)?(?:{'|'.join(MONTHS)})", re.I)
# What is dated in these is the story, the visit or the work on the review, not the report.
_OTHER_EVENT = re.compile(
    r"\b(?:died|deaths?|killed|homicide of|murder|born|birth|incident|inspections?|visits?|panel|meetings?|period|timeline|"
    r"timeframe|scope|embargo(?:ed)?|not to be|aged|inquest|trial|convicted|sentenced|between|from|since|commenced|started)\b",
    re.I,
)
_OF_A_DEATH = re.compile(r"\b(?:died|deaths?|killed|homicide of|murder)\b", re.I)


def published(front: Front) -> Stated | None:
    """Date of publication; else the date of the report; else a date that stands by itself on its first page; else when it was presented.

    None where the only dates are those of a death, a visit, a meeting or the period under review.
    """
    stated = _labelled(_PUBLISHED, front.everywhere()) or _labelled(_DATED, (*front.opening, *front.margins))
    alone = _alone(front.first) or _alone([n for n in front.margins if n.page == front.first[0].page])
    return stated or alone or _labelled(_PRESENTED, front.first)


def _labelled(label: re.Pattern[str], lines: Sequence[Line]) -> Stated | None:
    apart = [(line.text.strip(), line.page) for line in lines]
    for text, page in [*apart, *((t, p) for t, p in pairs(lines) if len(t.split()) <= 10)]:
        # A line that begins with a small letter goes on with a sentence about something else.
        if text[:1].islower():
            continue
        for part in _parts(text):
            if date := _after_label(label, part):
                return Stated(date, page)
    return None


def _parts(text: str) -> Iterable[str]:
    """A line, and the parts that a bar or a dot sets off: "Somewhere Board | Published May 2019"."""
    parts = re.split(r"\s*[|•·]\s*", text)
    return [text] if len(parts) == 1 else [text, *parts]


def _after_label(label: re.Pattern[str], text: str) -> str | None:
    for m in label.finditer(text):
        # "Author: ..., Independent Reviewer Publication date: 24 May 2021": a label with its colon begins anew on its line.
        begins = label is _PUBLISHED and m.group()[0].isupper() and text[m.end() :].lstrip().startswith(":")
        if not begins and not _BEFORE.fullmatch(text[: m.start()]):
            continue
        rest = text[m.end() :]
        found = date_in(rest)
        if found is None or not _BETWEEN.fullmatch(rest[: found[1]]):
            continue
        tail = rest[found[2] :]
        if not _RANGE.match(tail) and (len(tail.split()) <= LONGEST_TAIL or tail.lstrip().startswith("by ")):
            return found[0]
    return None


def _alone(lines: Sequence[Line]) -> Stated | None:
    for index, line in enumerate(lines):
        text = line.text.strip()
        if runs_on(lines, index) or _OTHER_EVENT.search(text) or _dates_the_line_above(lines, index):
            continue
        if _PERIOD.search(text):
            continue
        for part in re.split(r"\s+[–—-]\s+|\s*[|·•]\s*", text):
            found = date_in(part)
            if found and _only_dates(part[: found[1]]) and not part[found[2] :].strip(" .)"):
                return Stated(found[0], line.page)
    return None


def _dates_the_line_above(lines: Sequence[Line], index: int) -> bool:
    """Whether a date stands directly below a line in its own type that tells of an event: "Report into the death of Elsie"."""
    line, above = lines[index], lines[index - 1] if index else None
    if above is None or above.page != line.page or abs(above.size - line.size) >= OTHER_SIZE:
        return False
    return line.top - above.bottom < line.size and _OF_A_DEATH.search(above.text) is not None


def _only_dates(before: str) -> bool:
    """Whether words before a date leave it the report's: none, "Final report", or the publisher's name and a comma."""
    return _ALONE.match(before) is not None or (before.rstrip().endswith(",") and names_a_body(before.rstrip(" ,")))

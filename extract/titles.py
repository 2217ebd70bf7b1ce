"""The title of a review: from the type on its first page, from a letter's subject line, or from the file itself."""

import re
from collections.abc import Sequence

from extract.layout import Line

LONGEST = 250  # characters
_KIND = re.compile(
    r"\b(?:review|inspection|report|statement|inquiry|audit|scrutiny|summary|analysis|evaluation|homicide|"
    r"[SL]?C?S[CPA]R|DHR)s?\b",
    re.IGNORECASE,
)
_WORKING_TITLE = re.compile(
    r"\b(?:draft|template|microsoft word|untitled|version|v\d|final|amend\w*|FAC)\b|\.docx?\b", re.IGNORECASE
)
_DATE_OR_PAGE = re.compile(
    r"^(?:page )?\d{1,4}$|^(?:\d{1,2}(?:st|nd|rd|th)? )?[A-Z][a-z]+,? (?:19|20)\d\d$|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$"
)
_SALUTATION = re.compile(r"^dear\b", re.IGNORECASE)
_FACT = re.compile(r"^(?:[A-Z][\w ]{2,30}:|published|updated|date)\b.*\d", re.IGNORECASE)


def title_of(front: Sequence[Line], title_property: str | None) -> str | None:
    """The title of a review as its first page gives it; the file's own title where every word of it stands there.

    `front`: the lines of the first page, top to bottom. None where neither states one.
    """
    if title_property and _vouched_for(title_property, front):
        return title_property
    readable = [line for line in front if sum(c.isalpha() for c in line.text) >= 3 and not _is_date(line)]
    if not readable:
        return title_property
    return _subject_of_letter(readable) or _by_size(readable)


def _vouched_for(title: str, front: Sequence[Line]) -> bool:
    """A title that the page prints too, in whatever order, and that says what the document is."""
    printed = set(_words(" ".join(line.text for line in front)))
    words = _words(title)
    return len(words) >= 2 and set(words) <= printed and bool(_KIND.search(title)) and not _WORKING_TITLE.search(title)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold().replace("’", "").replace("'", ""))


def _is_date(line: Line) -> bool:
    return _DATE_OR_PAGE.match(line.text.strip()) is not None


def _subject_of_letter(lines: Sequence[Line]) -> str | None:
    """What stands in bold below "Dear ...": a letter says there what it is about."""
    greeting = next((i for i, line in enumerate(lines) if _SALUTATION.match(line.text)), None)
    if greeting is None:
        return None
    subject = next((i for i in range(greeting + 1, min(greeting + 6, len(lines))) if lines[i].bold), None)
    return _block(lines, subject).rstrip(".") if subject is not None else None


def _by_size(lines: Sequence[Line]) -> str | None:
    """The largest type on the page, and with it what else is needed to say which review of what kind this is.

    "Juniper" over "Local Child Safeguarding Practice Review" gives both; a place alone is followed by the line that says
    what the document is.
    """
    sizes = sorted({round(line.size) for line in lines}, reverse=True)
    smallest = sizes[-1]
    if sizes[0] <= 1.1 * smallest:
        return _first_saying_kind(lines, "") or lines[0].text
    parts: list[str] = []
    for size in sizes[:2]:
        if size <= 1.25 * smallest and parts:
            break
        parts.append(_block(lines, next(i for i, line in enumerate(lines) if round(line.size) == size)))
        if len(" ".join(parts).split()) >= 7:
            break
    title = ": ".join(dict.fromkeys(part for part in parts if part))
    if not _KIND.search(title) and (kind := _first_saying_kind(lines, title)):
        title = f"{title}: {kind}"
    return title[:LONGEST] or None


def _first_saying_kind(lines: Sequence[Line], title: str) -> str | None:
    """The first block of the page's upper lines that says what the document is and is no sentence or stated fact."""
    for index, line in enumerate(lines[:25]):
        if not _KIND.search(line.text) or _FACT.match(line.text) or line.text in title:
            continue
        block = _block(lines, index)
        if len(block.split()) <= 35 and not block.endswith("."):
            return block
    return None


def _block(lines: Sequence[Line], start: int) -> str:
    """The run of lines of one style that starts at an index, at most five, close under one another."""
    end = start + 1
    while end < len(lines) and end - start < 5 and _same_block(lines[end - 1], lines[end]):
        end += 1
    return " ".join(line.text for line in lines[start:end]).strip().rstrip(":")


def _same_block(above: Line, below: Line) -> bool:
    alike = abs(above.size - below.size) <= 1 and above.bold == below.bold and above.page == below.page
    return alike and below.top - above.bottom < 1.2 * above.size and not _FACT.match(below.text)

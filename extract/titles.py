"""The title of a review: from the type on its first page, from a letter's subject line, or from the file itself."""

import re
from collections.abc import Sequence

from extract.dates import date_in
from extract.front import Stated, runs_on, same_block, unfinished
from extract.layout import Line
from extract.people import gives_author
from extract.publisher import board_lines

LONGEST = 250  # characters
ENOUGH = 7  # words that say which review this is
MOST_BLOCKS = 4  # of which a title is put together
LINK = re.compile(r"(?:in respect of|in relation to|concerning|regarding|relating to|into|about|of|on)", re.IGNORECASE)
_KIND = re.compile(
    r"\b(?:review|inspection|report|statement|inquiry|audit|scrutiny|summary|analysis|evaluation|homicide|visit|"
    r"[SL]?C?S[CPA]R|DHR)s?\b",
    re.IGNORECASE,
)
_WORKING_TITLE = re.compile(
    r"\b(?:draft|template|microsoft word|untitled|version|v\d|final|amend\w*|FAC)\b|\.docx?\b", re.IGNORECASE
)
_SALUTATION = re.compile(r"^dear\b", re.IGNORECASE)
_FACT = re.compile(
    r"^(?:[A-Z][\w ]{2,30}:|published|updated|date)\b.*\d|^(?:report (?:to|for)|commissioned by|published by|prepared (?:by|for)|"
    r"presented to|version \d|final v?\d)\b",
    re.IGNORECASE,
)
_MARKING = re.compile(
    r"^(?:official(?:[ -]+sensitive)?|confidential|restricted|not for (?:circulation|publication).*|draft.*|embargoed.*|"
    r"independent report|final(?: report)?|version [\d.]+)$",
    re.IGNORECASE,
)
# Which part of a review this is stands in large type too, and tells it from no other review.
_PART = re.compile(
    r"^(?:(?:the|full|final|overview|executive|summary|report|and|recommendations|action plan)(?:[\s,&]+|$))+$",
    re.IGNORECASE,
)
# It says what kind of review this is, and nothing else.
_ONLY_A_KIND = re.compile(
    r"(?:(?:a|an|the|local|child|children|safeguarding|practice|serious|case|adults?|domestic|homicide|abuse|related|death|"
    r"reviews?|reports?|learning|extended|concise|thematic)[’'s-]*(?:\s+|$))+",
    re.IGNORECASE,
)
# What a long title goes on with below the name of the document: whom and what the review is about.
_ABOUT = re.compile(
    r"^(?:under section|into|in respect of|in relation to|concerning|regarding|relating to|on the deaths?|of the deaths?|"
    r"following|overview report (?:into|on|in respect of))\b",
    re.IGNORECASE,
)


def title_of(front: Sequence[Line], title_property: str | None) -> Stated | None:
    """The title of a review as its first page gives it; the file's own title where every word of it stands there.

    `front`: the lines of the first page, top to bottom. None where neither states one.
    """
    page = front[0].page if front else None
    if title_property and _vouched_for(title_property, front):
        return Stated(title_property, page)
    readable = _readable(front)
    if not readable:
        return Stated(title_property, None) if title_property else None
    title = _subject_of_letter(readable) or _by_size(readable, min(round(line.size) for line in front))
    return Stated(title, page) if title else None


def _vouched_for(title: str, front: Sequence[Line]) -> bool:
    """A title that the page prints too, in whatever order, and that says what the document is."""
    printed = set(_words(" ".join(line.text for line in front)))
    words = _words(title)
    return len(words) >= 2 and set(words) <= printed and bool(_KIND.search(title)) and not _WORKING_TITLE.search(title)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold().replace("’", "").replace("'", ""))


def _readable(front: Sequence[Line]) -> list[Line]:
    """The lines that may be of a title: no dates, no markings, nobody's name, and no logo or "Overview report" beside other words."""
    boards = board_lines(front)
    kept = [
        line
        for index, line in enumerate(front)
        if (sum(c.isalpha() for c in line.text) >= 2 or (index and same_block(front[index - 1], line)))
        and (not _is_date(line) or runs_on(front, index))
        and not _MARKING.match(line.text.strip())
        and not gives_author(line.text.strip())
    ]
    telling = [
        line
        for line in kept
        if (front.index(line) not in boards or _goes_on(front, front.index(line)) or _SALUTATION.match(line.text))
        and (not _PART.match(line.text.strip()) or _is_completed(front, front.index(line)))
    ]
    return telling if any(_KIND.search(line.text) for line in telling) else kept


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether the name of a board ends a title that speaks of it: "... the effectiveness of the Local" over "Safeguarding Board"."""
    above = lines[index - 1] if index else None
    return above is not None and same_block(above, lines[index]) and _BEFORE_A_NAME.search(above.text) is not None


def _is_completed(lines: Sequence[Line], index: int) -> bool:
    """Whether the line below goes on from the part's name: "Executive Summary" over "of the review concerning Child N"."""
    below = lines[index + 1].text.strip() if index + 1 < len(lines) else ""
    return below[:1].islower() and LINK.match(below) is not None


_BEFORE_A_NAME = re.compile(r"\b(?:the|of|for|by)(?: local)?\s*$", re.IGNORECASE)


def _is_date(line: Line) -> bool:
    """A page number, or a date and at most one word beside it."""
    text = line.text.strip()
    if re.fullmatch(r"(?:page )?\d{1,4}", text, re.IGNORECASE):
        return True
    found = date_in(text)
    return found is not None and len((text[: found[1]] + text[found[2] :]).split()) <= 1


def _subject_of_letter(lines: Sequence[Line]) -> str | None:
    """What stands in bold below "Dear ...": a letter says there what it is about."""
    greeting = next((i for i, line in enumerate(lines) if _SALUTATION.match(line.text)), None)
    if greeting is None:
        return None
    subject = next((i for i in range(greeting + 1, min(greeting + 6, len(lines))) if lines[i].bold), None)
    return _text(lines[subject : _block_end(lines, subject)]).rstrip(".") if subject is not None else None


def _by_size(lines: Sequence[Line], smallest: int) -> str | None:
    """The largest type on the page, and with it what else is needed to say which review of what kind this is.

    "Juniper" over "Local Child Safeguarding Practice Review" gives both, in the order in which they are printed; a place
    alone is followed by the line that says what the document is. `smallest`: the size of the page's smallest type.
    """
    sizes = sorted({round(line.size) for line in lines}, reverse=True)
    if sizes[0] <= 1.1 * smallest:
        return _first_saying_kind(lines, "") or lines[0].text
    starts: list[int] = []
    for size in sizes[:2]:
        if starts and (size <= 1.25 * smallest or len(_joined(lines, starts).split()) >= ENOUGH):
            break
        starts += _blocks_of_size(lines, size)[: MOST_BLOCKS - len(starts)]
    title = _joined(lines, starts)
    if not _KIND.search(title) and (kind := _first_saying_kind(lines, title)):
        title = f"{title}: {kind}"
    elif _ONLY_A_KIND.fullmatch(title) and (below := _below(lines, starts)):
        title = f"{title}: {below}"
    elif len(title.split()) < ENOUGH and (about := _first_about(lines)) and about not in title:
        title = f"{title}: {about}"
    return title[:LONGEST] or None


def _blocks_of_size(lines: Sequence[Line], size: int) -> list[int]:
    """Where the blocks in type of a size begin: "Safeguarding Adults Review" in bold and, below it, the name in light type."""
    out: list[int] = []
    at = 0
    while at < len(lines):
        end = _block_end(lines, at)
        if round(lines[at].size) == size:
            out.append(at)
        at = end
    return out


def _joined(lines: Sequence[Line], starts: Sequence[int]) -> str:
    """Blocks as one title in the order of the page: after "in respect of" without a colon, also where that stands between them."""
    title = ""
    before = 0
    for start in sorted(starts):
        end = _block_end(lines, start)
        between = [line.text.strip() for line in lines[before:start] if title]
        # "in respect of" on a line by itself, or "of the review concerning".
        link = next(
            (text for text in between if LINK.fullmatch(text) or (text[:1].islower() and _LINKS.match(text))), None
        )
        title = f"{title} {link}" if link else title
        text = _text(lines[start:end])
        if text and text not in title:
            title = f"{title}{_joint(title, text)}{text}" if title else text
        before = end
    return title


_LINKS = re.compile(rf"{LINK.pattern}\b.*\b{LINK.pattern}$", re.IGNORECASE)


def _joint(title: str, text: str) -> str:
    goes_on = unfinished(title) or (LINK.match(text) is not None and (text[:1].islower() or text.isupper()))
    return " " if goes_on or title[-1] in "?!" else ": "


def _below(lines: Sequence[Line], starts: Sequence[int]) -> str | None:
    """What stands right below the blocks of a title that names no case, in whatever type: "Services provided for Child Z"."""
    start = max(_block_end(lines, at) for at in starts)
    if start >= len(lines) or _FACT.match(lines[start].text) or re.match(r"[\w ()]{3,40}:", lines[start].text):
        return None
    block = _text(lines[start : _block_end(lines, start)])
    return block if not block.endswith(".") else None


def _first_saying_kind(lines: Sequence[Line], title: str) -> str | None:
    """The first block of the page's upper lines that says what the document is and is no sentence or stated fact."""
    for index, line in enumerate(lines[:25]):
        if not _KIND.search(line.text) or _FACT.match(line.text) or line.text in title:
            continue
        block = _text(lines[index : _block_end(lines, index)])
        if len(block.split()) <= 35 and not block.endswith("."):
            return block
    return None


def _first_about(lines: Sequence[Line]) -> str | None:
    """The first block that says of whom or of what the review is, with no full stop at its end."""
    for index, line in enumerate(lines[:25]):
        if _ABOUT.match(line.text.strip()):
            block = _text(lines[index : _block_end(lines, index)])
            return block if not block.endswith(".") else None
    return None


def _block_end(lines: Sequence[Line], start: int) -> int:
    """The end of the run of lines of one style that starts at an index, at most five, close under one another."""
    end = start + 1
    while end < len(lines) and end - start < 5 and _same_block(lines[end - 1], lines[end]):
        end += 1
    return end


def _text(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines).strip().rstrip(":")


def _same_block(above: Line, below: Line) -> bool:
    return same_block(above, below) and not _FACT.match(below.text)

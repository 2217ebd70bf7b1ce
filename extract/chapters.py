"""How headings rank: what one announces, where the chapter that one opens ends, and which stand above it."""

import re
from collections.abc import Sequence

from extract import formats
from extract.headings import Heading, bare, is_contents_line

NEARLY_AS_LARGE = 2.0  # points between a heading and those that part its list


def announced_by(heading: Heading) -> formats.Announcement | None:
    """What a heading announces, if it announces recommendations at all."""
    text = bare(heading.text)
    if is_contents_line(heading.text) or any(p.search(text) for p in formats.NOT_ANNOUNCING):
        return None
    if formats.LABEL.match(heading.text):
        return None
    return next((a for a in formats.ANNOUNCEMENTS if a.pattern.match(text)), None)


def end_of_section(headings: Sequence[Heading], at: int) -> int:
    """Index of the first later heading that ends the section opened by `headings[at]`."""
    opener = headings[at]
    for index in range(at + 1, len(headings)):
        heading = headings[index]
        if heading.labels or _repeats_in_table(headings, index, opener):
            continue
        if formats.DATE_HEADING.match(heading.text) and abs(heading.size - opener.size) < NEARLY_AS_LARGE:
            continue  # "Within three months" parts the list
        if (
            _ends_always(heading)
            or _begins_a_chapter(headings, index, opener)
            or (_BACK_MATTER.match(heading.text) and not _BACK_MATTER.match(opener.text))
        ):
            # An appendix, also one that announces recommendations itself, is no part of the chapter before it.
            return index
        if not heading.outranks(opener):
            continue
        sibling = same_rank(heading, opener) and not opener.number
        if sibling and announced_by(heading) is None and _names_a_body(heading):
            continue
        return index
    return len(headings)


def _repeats_in_table(headings: Sequence[Heading], index: int, opener: Heading) -> bool:
    """Whether a heading is the opener again, or stands beside it, at the head of the next page's part of a table."""
    heading = headings[index]
    if heading.page == opener.page:
        return False
    row = [n for n in headings if n.page == heading.page and abs(n.top - heading.top) < 0.5 * heading.size]
    return len(row) >= 2 and any(bare(n.text) == bare(opener.text) for n in row)


def _ends_always(heading: Heading) -> bool:
    """A heading such as "Summary for children and young people"; one that announces recommendations itself does not count."""
    text = bare(heading.text)
    listed = formats.ENDS.match(text) or formats.ENDS.match(heading.text.strip())
    return bool(listed) and announced_by(heading) is None


_FIRST_CHAPTER = re.compile(r"^(?:introduction|background|context|about this\b.*|purpose\b.*|scope\b.*)$")


def _begins_a_chapter(headings: Sequence[Heading], index: int, opener: Heading) -> bool:
    """Whether a heading numbered 1, 2, 3 opens a chapter of a report whose recommendations stand before its chapters.

    Its own type may be smaller than theirs. A chapter has parts (2.1), or is the first and introduces; the numbered subject of
    one recommendation does neither.
    """
    number = headings[index].number
    if opener.number or len(number) != 1:
        return False
    parted = index + 1 < len(headings) and headings[index + 1].number == (*number, 1)
    return parted or (number == (1,) and _FIRST_CHAPTER.match(bare(headings[index].text)) is not None)


def same_rank(a: Heading, b: Heading) -> bool:
    """Whether two headings are set alike, so that neither stands above the other; where both are numbered, the numbers say that."""
    return abs(a.size - b.size) <= 0.6 and a.bold == b.bold and not (a.number and b.number)


_BODY = re.compile(
    r"\b(?:police|constabulary|trust|nhs|health|social care|services|council|housing|education|schools?|probation|board|"
    r"partnership|agencies|gps?|primary care|camhs|icb|ccg|ambulance|voluntary|government|all partners|department)\b",
    re.IGNORECASE,
)


_BACK_MATTER = re.compile(
    r"^(?:appendi(?:x|ces)|annex(?:e|es)?|glossary|references|bibliography|contacts?)\b", re.IGNORECASE
)


def _names_a_body(heading: Heading) -> bool:
    """A short heading of the same rank that names who must act stands within the section: "Children's social care"."""
    words = bare(heading.text).split()
    if _BACK_MATTER.match(heading.text):
        return False
    return (
        len(words) <= 9
        and _BODY.search(heading.text) is not None
        and not heading.number
        and len(words) > 0
        and ("summary" not in words and "findings" not in words and "experiences" not in words)
    )


def trail_of(headings: Sequence[Heading], at: int) -> tuple[Heading, ...]:
    """The headings above one, outermost first."""
    chain: list[Heading] = []
    current = headings[at]
    for heading in reversed(headings[:at]):
        if heading.outranks(current) and not current.outranks(heading):
            chain.append(heading)
            current = heading
    return tuple(reversed(chain))

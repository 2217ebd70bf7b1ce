"""Codes that number recommendations ("M1", "SA2", "MA 3:", "CSC1"): where they run in order under a heading, they are labels."""

import itertools
import re
from collections.abc import Sequence, Set
from dataclasses import replace

from domain.states import Kind
from extract import asks, formats
from extract.chapters import announced_by, end_of_section
from extract.headings import Heading
from extract.layout import Line
from extract.paragraphs import Marker, label_of, marker_of

FEWEST = 2  # codes in order: one by itself may be a road, a room or a size of paper
MOST_MISSED = 2  # numbers between two codes: one that is lost is missed by its number
MOST_LINES = 8  # below a code that are looked at for what it asks
_ANOTHER = re.compile(r"(?:to |and |or |[(\[])?[A-Z]{1,4}[ -]?\d")  # "M1 to M4": a reference
_LISTED = (Marker.LABEL, Marker.DECIMAL, Marker.NUMBER, Marker.LETTER, Marker.BULLET)


def with_codes(
    lines: Sequence[Line], headings: Sequence[Heading], contents: Set[int]
) -> tuple[tuple[Line, ...], tuple[Heading, ...]]:
    """Lines and headings, with those marked that open with a code of a list of recommendations.

    `contents`: the pages of the table of contents, which names chapters.
    """
    candidates = {i for i, line in enumerate(lines) if line.page not in contents and _may_open(lines, i)}
    if len(candidates) < FEWEST:
        return tuple(lines), tuple(headings)
    usable = [h for h in headings if h.page not in contents]
    found: set[int] = set()
    for at, heading in enumerate(usable):
        announcement = announced_by(heading)
        # Where codes number the chapters too, they show nothing of the list.
        if announcement and announcement.kind is Kind.RECOMMENDATION and not formats.CODED.match(heading.text):
            found |= _run_under(lines, usable, at, candidates, mixed=announcement.mixed)
    marked = tuple(replace(line, coded=True) if i in found else line for i, line in enumerate(lines))
    return marked, tuple(replace(h, coded=True) if h.first in found else h for h in headings)


def _may_open(lines: Sequence[Line], index: int) -> bool:
    """Whether a line opens with a code that is no word of a sentence."""
    line = lines[index]
    # Most lines need not be tried.
    if not any(c.isdigit() for c in line.text[1:8]) or (m := formats.CODED.match(line.text)) is None:
        return False
    rest = m["rest"]
    told = m["stop"] or not rest or rest[0].isupper() or rest[0] in "“‘(" or line.words[0].bold != line.words[-1].bold
    if not told or _ANOTHER.match(rest) or rest[:1] in (",", ";") or label_of(line) is not None:
        return False
    return index == 0 or _begins(lines[index - 1], line)


def _begins(before: Line, line: Line) -> bool:
    """Whether a line begins a paragraph: after the end of a sentence or a heading, below a gap, further left, in bold."""
    if before.page != line.page or line.top < before.top:
        return True
    ended = before.text.rstrip(" ”\"')")[-1:] in (".", "?", "!", ":", ";")
    apart = line.top - before.bottom > 0.6 * line.size or abs(line.size - before.size) > 1
    weight = line.words[0].bold and not before.words[-1].bold
    return ended or apart or weight or before.bold or line.x0 < before.x0 - 4


def _run_under(
    lines: Sequence[Line], headings: Sequence[Heading], at: int, candidates: Set[int], *, mixed: bool
) -> set[int]:
    """Indices of the lines under a heading whose codes run in order, each list from 1, and ask for something."""
    opener = headings[at]
    own = [replace(h, coded=h.first in candidates and _within(lines, h, opener)) for h in headings]
    end = _end(own, at, len(lines))
    within = [i for i in range(opener.end, end) if i in candidates]
    if not within or any((label := label_of(n)) and "rec" in label.noun for n in lines[opener.end : end]):
        return set()
    lists = _in_order(lines, within)
    order = sorted((index, n) for n, codes in enumerate(lists) for index in codes)
    # One list after another is judged as one; of lists that alternate ("M1", "O1", "M2", "O2") each by itself.
    if not mixed and sum(1 for _ in itertools.groupby(n for _, n in order)) == len(lists):
        lists = [[index for index, _ in order]]
    kept = {
        index
        for codes in lists
        if 2 * sum(_asks(lines, i, end, candidates, mixed=mixed) for i in codes) >= len(codes)
        for index in codes
    }
    return kept if len(kept) >= FEWEST else set()


def _in_order(lines: Sequence[Line], within: Sequence[int]) -> list[list[int]]:
    """The lines whose codes follow one another, by the letters of their list; a list may begin anew under another agency."""
    lists: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for index in within:
        m = formats.CODED.match(lines[index].text)
        letters, place = (m["letters"], int(m["place"])) if m else ("", 0)
        before = last.get(letters, 0)
        begins = place == 1 and before != 1
        if begins or (before and before < place <= before + 1 + MOST_MISSED):
            last[letters] = place
            lists.setdefault(letters, []).append(index)
    return list(lists.values())


def _end(headings: Sequence[Heading], at: int, length: int) -> int:
    end = end_of_section(headings, at)
    return headings[end].first if end < len(headings) else length


def _within(lines: Sequence[Line], heading: Heading, opener: Heading) -> bool:
    """Whether a heading may be the label of an item under another: smaller, or as large where no list stands between the two."""
    if heading.first < opener.end or heading.size > opener.size + 0.6:
        return False
    between = lines[opener.end : heading.first]
    return not heading.outranks(opener) or not any(
        marker_of(n)[0] in _LISTED and not formats.CODED.match(n.text) for n in between
    )


def _asks(lines: Sequence[Line], index: int, end: int, candidates: Set[int], *, mixed: bool) -> bool:
    """Whether what stands behind a code and below it, as far as the next, asks for something."""
    after = range(index + 1, min(end, index + 1 + MOST_LINES))
    stop = next((i for i in after if i in candidates), after.stop)
    m = formats.CODED.match(lines[index].text)
    beside = m["rest"] if m else ""
    below = " ".join(n.text for n in lines[index + 1 : stop])
    ask = asks.asks_in_so_many_words if mixed else asks.is_directive
    return ask(f"{beside} {below}".strip()) or (bool(below) and ask(below))

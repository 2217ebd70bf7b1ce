"""Where a report prints a recommendation once more in the same words, whatever announces it there, or nothing does."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from domain.records import ExtractedRecommendation
from extract.layout import Line

OPENING = 80  # letters with which another statement must begin as the item does
FEWEST_LETTERS = 25  # of an item: fewer may stand anywhere by chance
DEEPEST = 24  # letters of a label or a number that may stand before it on its line
OPENING_WORDS = 2  # looked for on a page, before its letters are compared


def with_other_places(
    items: Sequence[ExtractedRecommendation], lines: Sequence[Line]
) -> tuple[ExtractedRecommendation, ...]:
    """The items with every other page on which one begins again in its own words.

    `lines`: the whole report's, in reading order, without running heads and feet.
    """
    by_page: dict[int, list[str]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line.text)
    pages = {number: _PageText(tuple(texts)) for number, texts in by_page.items()}
    return tuple(_with_places(item, pages) for item in items)


@dataclass(frozen=True)
class _PageText:
    """The lines of one page, and their letters in one stream."""

    lines: tuple[str, ...]

    @cached_property
    def plain(self) -> str:
        return " ".join(self.lines)

    @cached_property
    def letters(self) -> tuple[str, ...]:
        return tuple(map(_letters, self.lines))

    def has_at_the_start_of_a_line(self, letters: str) -> bool:
        """Whether a line goes on with these letters after its number or label."""
        stream, starts = "".join(self.letters), [0, *accumulate(map(len, self.letters))]
        at = stream.find(letters)
        while at >= 0:
            if at - starts[bisect_right(starts, at) - 1] <= DEEPEST:
                return True
            at = stream.find(letters, at + 1)
        return False


def _with_places(item: ExtractedRecommendation, pages: dict[int, _PageText]) -> ExtractedRecommendation:
    letters = _letters(item.text)
    if len(letters) < FEWEST_LETTERS:
        return item
    words = " ".join(item.text.split()[:OPENING_WORDS])
    known = {*item.pages, *item.also_on}
    found = {
        number
        for number, page in pages.items()
        if number not in known and words in page.plain and page.has_at_the_start_of_a_line(letters[:OPENING])
    }
    return replace(item, also_on=tuple(sorted({*item.also_on, *found}))) if found else item


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()

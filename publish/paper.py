"""A printed document before it is printed: titles, sentences and tables as data, which Word and PDF both start from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_LETTERS_ACROSS = 90
"""Letters of the widest script that a landscape page takes on one line."""

_LINES_KEPT = 20
"""Lines up to which a row is kept on one page; a longer one runs over, so that nothing of it is cut off."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its headings, the widths of its columns (shares of the page, any unit), and its rows of texts.

    caption: what it shows, for those who hear the document instead of seeing it.
    """

    caption: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: Sequence[tuple[str, ...]]

    def kept_whole(self) -> list[bool]:
        """For each row, whether it is low enough for one page whatever its script, and so need not be broken."""
        letters = [_LETTERS_ACROSS * width / sum(self.widths) for width in self.widths]
        return [max(map(_lines, row, letters), default=0.0) <= _LINES_KEPT for row in self.rows]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences under it, and a table or none. `page_break`: it begins a new page (an annex)."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None
    page_break: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """An A4 document, landscape or (set closer) portrait. `created` stands in its properties; `footer` on every page beside the page's number.

    warning: what a reader must know before all else, or nothing; template: the Word file whose form it takes in Word.
    """

    title: str
    subtitle: str
    organisation: str
    created: date
    footer: str
    introduction: tuple[str, ...]
    sections: tuple[Section, ...]
    warning: str = ""
    portrait: bool = False
    template: Path | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a page in millimetres."""
        return (210, 297) if self.portrait else (297, 210)


def _lines(text: str, letters: float) -> float:
    return sum(1 + len(part) / letters for part in text.split("\n"))

"""What text recognition made of the pages of a file that are pictures. A record only; no library is imported."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.layout import Page
from extract.turns import Turn


@dataclass(frozen=True, slots=True)
class Recognition:
    """What recognition made of pages. Page numbers count from 1.

    pages: upright, with lines, those without words left out; turns: by page number; wordless: pages with ink but no
    words; blank: pages without ink; poor: pages of which the recogniser was unsure; failed: pages on which it
    gave up; late: pages that there was no time for.
    """

    pages: tuple[Page, ...] = ()
    turns: dict[int, Turn] = field(default_factory=dict)
    wordless: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    poor: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()
    late: tuple[int, ...] = ()

    def put_into(self, pages: Sequence[Page]) -> list[Page]:
        """The pages of a file with those that were recognised in their places; pages without words stay as they are."""
        read = {page.number: page for page in self.pages}
        read |= {page.number: replace(page, scanned=False) for page in pages if page.number in self.blank}
        return [read.get(page.number, page) for page in pages]

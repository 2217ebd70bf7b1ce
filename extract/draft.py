"""A recommendation in the making, and what the readers of a stretch of a section share. Records only."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from domain.states import Kind
from extract import formats
from extract.layout import Line, Panel
from extract.paragraphs import Paragraph


@dataclass(slots=True)
class Item:
    """A recommendation in the making: its paragraphs in order. Frozen into a record once a section is read."""

    kind: Kind
    section: str
    number: str | None = None
    lead_in: str | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    heading: str | None = None
    addressee: str | None = None
    target_date: str | None = None
    cell: bool = False  # of a column of recommendations
    led_by: Paragraph | None = None  # the paragraph that is its lead-in
    body: str | None = None  # a name over its list that no list of agencies knows, among names of those that are known

    def lines(self) -> list[Line]:
        """All printed lines of the item."""
        return [line for paragraph in self.paragraphs for line in paragraph.lines]

    def text(self, hyphens: Callable[[str, str], bool]) -> str:
        """The item's words in order, bullets and label off."""
        return " ".join(t for p in self.paragraphs if (t := p.joined(hyphens).strip()))


@dataclass(frozen=True, slots=True)
class Found:
    """What a section yielded: items, and paragraphs that were left out although they stand in it, each with why.

    leads_in: a sentence at its end that the items below the next heading complete.
    """

    items: tuple[Item, ...]
    left_out: tuple[tuple[Paragraph, str], ...]
    leads_in: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the items of a stretch share: its kind, heading, sub-heading, panels, and whether bullets are items.

    mixed: the chapter also tells and concludes, so that only what asks in so many words is an item; lead_in: the heading
    itself, where it needs what follows to be complete ("The youth justice service should"); own: page and top of the lines
    that open numbered paragraphs of the report itself; named: whom words name, if they are the name of somebody who may act.
    """

    kind: Kind
    section: str
    bullets: bool
    loose: bool
    heading: str | None
    panels: dict[int, tuple[Panel, ...]]
    mixed: bool = False
    lead_in: str | None = None
    own: frozenset[tuple[int, float]] = frozenset()
    named: Callable[[str], str | None] = lambda words: None


def same_page(item: Item, paragraph: Paragraph) -> bool:
    """Whether a paragraph starts on the page on which the item so far ends."""
    return item.paragraphs[-1].lines[-1].page == paragraph.lines[0].page


def keep_owner_and_date(item: Item, paragraph: Paragraph) -> None:
    """Keep what a line after the item says of its owner and its date, less the reason that may follow without a gap.

    Owner, date and reason may stand under one another as one paragraph: each begins a line with its own word.
    """
    lines = paragraph.lines
    starts = [0, *(i for i in range(1, len(lines)) if formats.AFTER_ITEM.match(lines[i].text))]
    for first, end in itertools.pairwise([*starts, len(lines)]):
        _keep(item, replace(paragraph, lines=lines[first:end], skip=paragraph.skip if first == 0 else 0))


def _keep(item: Item, paragraph: Paragraph) -> None:
    text, lines = paragraph.text, paragraph.lines
    if (m := formats.OWNER_LINE.match(text)) and item.addressee is None:
        item.addressee = m["value"].strip(" |·•–;,")
    if (m := formats.DATE_LINE.match(text)) and item.target_date is None:
        # A date takes a line or less; a sentence below it that begins anew is the reason.
        own = formats.DATE_LINE.match(lines[0].text)
        sentence = own is not None and len(lines) > 1 and lines[1].text[:1].isupper() and text.endswith(".")
        item.target_date = (own if own is not None and sentence else m)["value"].strip(" |·•–;,")

"""A list that numbers carry ("1.", "9.6", "A.") -> items: which paragraphs open one, which lead in others, which stand beside."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from domain.states import Kind
from extract import asks
from extract.draft import Context, Found, Item, keep_owner_and_date
from extract.labelled import wholly_bold
from extract.own_numbers import goes_on_with_the_report
from extract.paragraphs import Marker, Paragraph, says_something_else
from extract.unnumbered import asking_part, from_bullet, in_one_column, is_deeper

FEWEST_BEFORE_THE_END = 1  # items, before a remark that looks back on the list can close it


def read_numbered(paragraphs: Sequence[Paragraph], context: Context, scheme: Marker) -> Found:
    """Read one stretch whose items bear the marker ``scheme`` (a decimal, a number or a letter)."""
    reading = _Reading(paragraphs, context, scheme)
    for paragraph, following in itertools.zip_longest(paragraphs, paragraphs[1:]):
        reading.take(paragraph, following)
    return Found(tuple(reading.items), tuple(reading.left_out))


class _Reading:
    """What has been read of one list so far, and where in it the next paragraph stands."""

    def __init__(self, paragraphs: Sequence[Paragraph], context: Context, scheme: Marker) -> None:
        self.items: list[Item] = []
        self.left_out: list[tuple[Paragraph, str]] = []
        self._context, self._scheme = context, scheme
        self._asking_part = asking_part(paragraphs, context)
        self._lead_in = context.lead_in
        self._led_by: str | None = None  # the number of the paragraph that leads in those below it: "9.1" over "9.1.1"
        self._closed = True  # nothing that comes belongs to the last item any more
        self._complete = False  # a remark has looked back on the list
        self._in_bullets = False  # a line has led in bullets, each an item
        self._questioned: str | None = None  # to whom a sentence has put questions, each with a marker of its own

    def take(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        """Place the next paragraph of the list; ``following`` is the one after it."""
        opens = paragraph.marker is self._scheme and _follows(self.items, paragraph, self._scheme)
        if opens and following is not None and _announces(paragraph, following, self._scheme):
            self._lead(paragraph, following)
            return
        if opens or paragraph.marker is not Marker.BULLET:
            self._in_bullets = False
        if not _is_listed_question(paragraph):
            self._questioned = None
        if self._questioned:
            item = _item(paragraph, replace(self._context, kind=Kind.QUESTION), None)
            item.body = self._questioned
            self.items.append(item)
            self._closed = True
        elif opens:
            self._open(paragraph)
        elif self._in_bullets and not _is_within(self.items[-1:], paragraph):
            self.items.append(from_bullet(paragraph, self._context, self._lead_in))
            self._closed = False
        elif not self.items or self._closed or _closes(self.items[-1], paragraph, self._context):
            self._pass_by(paragraph)
        else:
            self.items[-1].paragraphs.append(paragraph)

    def _lead(self, paragraph: Paragraph, following: Paragraph) -> None:
        self._lead_in, self._led_by = paragraph.text, paragraph.number
        self._closed, self._in_bullets = True, following.marker is Marker.BULLET
        self.left_out.append((paragraph, "announces the list below it"))

    def _open(self, paragraph: Paragraph) -> None:
        """A paragraph with the list's marker: an item, unless it speaks of the list or asks for nothing."""
        led = self._led_by is not None and (paragraph.number or "").startswith(f"{self._led_by}.")
        if self._led_by is not None and not led:
            self._lead_in, self._led_by = self._context.lead_in, None
        part = self._asking_part(paragraph) if self._asking_part else None
        if self._asking_part:
            asked = part is not None
        else:
            asked = led or _is_ask(paragraph, self._context, self._scheme)
        if asked and not self._complete:
            self.items.append(_item(part or paragraph, self._context, self._lead_in, paragraph.number))
            self._closed = part is not None and not _comes_last(part, paragraph)
            return
        self._lead_in = asks.lead_in(paragraph.text)
        self._closed = True
        if len(self.items) >= FEWEST_BEFORE_THE_END and asks.looks_back(paragraph.text):
            self._complete = True
        self.left_out.append((paragraph, _why_not(paragraph)))

    def _pass_by(self, paragraph: Paragraph) -> None:
        """A paragraph without the list's marker, after an item has ended: it may lead in bullets."""
        self._in_bullets = asks.is_lead_in(paragraph.text) and not _is_part(paragraph)
        self._questioned = asks.puts_questions(paragraph.text)
        if self._in_bullets:
            self._lead_in = paragraph.text
        self.left_out.append((paragraph, "beside the numbered recommendations"))
        self._closed = True


def _item(paragraph: Paragraph, context: Context, lead_in: str | None, number: str | None = None) -> Item:
    return Item(
        context.kind, context.section, number or paragraph.number, lead_in, [paragraph], heading=context.heading
    )


def _is_listed_question(paragraph: Paragraph) -> bool:
    return paragraph.marker is not Marker.NONE and asks.is_question(paragraph.text)


def _announces(paragraph: Paragraph, following: Paragraph, scheme: Marker) -> bool:
    """Whether a paragraph of a chapter leads in the list below it.

    "9.2 The Health Overview Report recommends that:" over bullets only says who recommends; what belongs to a paragraph "9.1 The
    Board should:" is numbered 9.1.1, 9.1.2.
    """
    if scheme is not Marker.DECIMAL:
        return False
    if following.marker is Marker.BULLET:
        return asks.only_recommends(paragraph.text)
    below = following.marker is Marker.DECIMAL and (following.number or "").startswith(f"{paragraph.number}.")
    return below and asks.is_lead_in(paragraph.text)


def _comes_last(part: Paragraph, paragraph: Paragraph) -> bool:
    """Whether nothing of a paragraph follows its recommending part, so that what is listed below belongs to it."""
    return part.lines[-1].words[-1] == paragraph.lines[-1].words[-1]


def _is_within(items: Sequence[Item], paragraph: Paragraph) -> bool:
    """Whether a bullet is set in deeper than that of the item before it, and so a part of it."""
    return any(i.paragraphs[0].marker is Marker.BULLET and is_deeper(i, paragraph) for i in items)


def _is_ask(paragraph: Paragraph, context: Context, scheme: Marker) -> bool:
    """Decimal paragraphs of a chapter number its introduction and closing remarks too; a plain list numbers items only."""
    text = paragraph.text
    if context.mixed:
        return asks.asks_in_so_many_words(text)
    if scheme in (Marker.NUMBER, Marker.LETTER):
        return not asks.is_about_the_list(text)
    if context.kind is Kind.QUESTION:
        return asks.is_question(text) or asks.is_directive(text)
    # "The Trust should:" over 2.1, 2.2, 2.3.
    completes = context.lead_in is not None and context.lead_in.rstrip().endswith(":")
    return asks.is_directive(text) or (completes and not asks.is_about_the_list(text))


def _why_not(paragraph: Paragraph) -> str:
    return (
        "speaks of the recommendations" if asks.is_about_the_list(paragraph.text) else "numbered, but asks for nothing"
    )


def _follows(items: Sequence[Item], paragraph: Paragraph, scheme: Marker) -> bool:
    """Whether a number continues the list (or begins one anew), so that a year or a sub-list does not."""
    if scheme is Marker.DECIMAL or paragraph.number is None or not items or items[-1].number is None:
        return True
    if scheme is Marker.LETTER:
        before, number = ord(items[-1].number[0]) - 64, ord(paragraph.number) - 64
    elif not items[-1].number.isdigit() or not paragraph.number.isdigit():
        return True
    else:
        before, number = int(items[-1].number), int(paragraph.number)
    deeper = paragraph.x0 > items[-1].paragraphs[0].x0 + 12 and in_one_column(items[-1], paragraph)
    return not deeper and (before < number <= before + 3 or number == 1)


def _closes(item: Item, paragraph: Paragraph, context: Context) -> bool:
    """Whether a paragraph without the list's marker ends the item instead of continuing it."""
    last, first = item.paragraphs[-1], item.paragraphs[0]
    if says_something_else(paragraph):
        keep_owner_and_date(item, paragraph)
        return True
    if paragraph.heading or (last.ends and goes_on_with_the_report(item, paragraph, context)):
        return True
    if _is_part(paragraph):
        return False
    if last.ends and _in_italics(paragraph) and not _in_italics(first):
        return True  # the author's comment on it
    if last.ends and wholly_bold(first) and not any(w.bold for w in paragraph.lines[0].words):
        return True  # the list is set in bold, and the reasons below each item are not
    if not last.ends or paragraph.lines[0].text[:1].islower():
        return False
    if not in_one_column(item, paragraph):
        return True
    hanging = any(line.x0 > first.x0 + 6 for line in first.lines[1:])
    if hanging and paragraph.x0 > first.x0 + 6:
        return False
    return hanging or paragraph.lines[0].page == last.lines[-1].page or paragraph.x0 <= first.x0 + 2


def _in_italics(paragraph: Paragraph) -> bool:
    return all(w.italic for line in paragraph.lines for w in line.words)


def _is_part(paragraph: Paragraph) -> bool:
    return paragraph.marker in (Marker.SUB, Marker.BULLET, Marker.NUMBER, Marker.LETTER)

"""A section's paragraphs -> items. Which paragraphs open an item, which belong to it, and where it ends."""

import itertools
from collections.abc import Sequence

from domain.states import Kind
from extract import asks
from extract.draft import Context, Found, Item, keep_owner_and_date
from extract.labelled import read_labelled, wholly_bold
from extract.own_numbers import goes_on_with_the_report
from extract.paragraphs import Marker, Paragraph, says_something_else
from extract.unnumbered import (
    SET_IN,
    asking_part,
    bulleted,
    complete_the_lead_in,
    completing,
    from_bullet,
    in_one_column,
    is_deeper,
    is_plain_list,
    plain_list,
    prose,
)


def read_items(paragraphs: Sequence[Paragraph], context: Context) -> Found:
    """Read one stretch (a section, or the part of it under one sub-heading) by the marker that carries its items."""
    scheme = _scheme(paragraphs, context)
    if scheme in (Marker.NONE, Marker.BULLET) and complete_the_lead_in(paragraphs, context):
        return completing(paragraphs, context)
    if scheme is Marker.LABEL:
        return read_labelled(paragraphs, context)
    if scheme in (Marker.DECIMAL, Marker.NUMBER, Marker.LETTER):
        return _numbered(paragraphs, context, scheme)
    if context.kind is Kind.AREA and is_plain_list(paragraphs):
        return plain_list(paragraphs, context)
    if scheme is Marker.BULLET:
        return bulleted(paragraphs, context)
    return prose(paragraphs, context)


def _scheme(paragraphs: Sequence[Paragraph], context: Context) -> Marker:
    """The marker that carries the items: a label before a decimal, a number, a capital letter, a bullet, before none."""
    present = [p.marker for p in paragraphs]
    if Marker.LABEL in present:
        return Marker.LABEL
    if context.loose:
        return Marker.NONE
    decimals = [p for p in paragraphs if p.marker is Marker.DECIMAL]
    numbers = [p for p in paragraphs if p.marker is Marker.NUMBER]
    if decimals and not _numbers_carry(decimals, numbers, paragraphs):
        # A list under a heading, and then the chapter's next paragraph: what belongs to a numbered paragraph comes after it.
        listed = {Marker.BULLET, Marker.DECIMAL, Marker.NUMBER, Marker.LETTER}
        return Marker.BULLET if next(m for m in present if m in listed) is Marker.BULLET else Marker.DECIMAL
    if numbers and not (context.bullets and _bullets_before(paragraphs)):
        return Marker.NUMBER
    for marker in (Marker.LETTER, Marker.BULLET):
        if marker in present:
            return marker
    return Marker.BULLET if Marker.SUB in present else Marker.NONE


def _numbers_carry(
    decimals: Sequence[Paragraph], numbers: Sequence[Paragraph], paragraphs: Sequence[Paragraph]
) -> bool:
    """Decimal paragraphs may only introduce a plain numbered list ("8.1 We recommend that:" 1. 2. 3.), or go on after it."""
    if numbers and paragraphs.index(numbers[0]) < paragraphs.index(decimals[0]):
        # The list is set in; what is below a decimal paragraph would come after it.
        return len(decimals) == 1 and numbers[0].x0 > decimals[0].x0 + SET_IN
    return (
        len(numbers) > len(decimals)
        and paragraphs.index(decimals[0]) < paragraphs.index(numbers[0])
        and len(decimals) <= 2
    )


def _bullets_before(paragraphs: Sequence[Paragraph]) -> bool:
    """Under "What needs to improve" bullets come first; numbered paragraphs after them are the report's findings."""
    first = next((p.marker for p in paragraphs if p.marker in (Marker.BULLET, Marker.NUMBER)), None)
    return first is Marker.BULLET


def _numbered(paragraphs: Sequence[Paragraph], context: Context, scheme: Marker) -> Found:
    items: list[Item] = []
    left_out: list[tuple[Paragraph, str]] = []
    lead_in, closed, complete = context.lead_in, True, False
    listing = False
    led: str | None = None  # the number of the paragraph that leads in those below it: "9.1" over "9.1.1"
    apart = asking_part(paragraphs, context)
    for paragraph, following in itertools.zip_longest(paragraphs, paragraphs[1:]):
        opens = paragraph.marker is scheme and _follows(items, paragraph, scheme)
        if opens and following is not None and _announces(paragraph, following, scheme):
            lead_in, closed, listing = paragraph.text, True, following.marker is Marker.BULLET
            left_out.append((paragraph, "announces the list below it"))
            led = paragraph.number
            continue
        if opens or (listing and paragraph.marker is not Marker.BULLET):
            listing = False
        part = apart(paragraph) if apart else None
        within = led is not None and (paragraph.number or "").startswith(f"{led}.")
        if opens and led is not None and not within:
            lead_in, led = context.lead_in, None
        if opens and not complete and (part is not None if apart else within or _is_ask(paragraph, context, scheme)):
            items.append(
                Item(context.kind, context.section, paragraph.number, lead_in, [part or paragraph], context.heading)
            )
            closed = part is not None and not _comes_last(part, paragraph)
        elif opens:
            lead_in = asks.lead_in(paragraph.text)
            left_out.append((paragraph, _why_not(paragraph)))
            closed, complete = (
                True,
                complete or (len(items) >= FEWEST_BEFORE_THE_END and asks.looks_back(paragraph.text)),
            )
        elif listing and not _is_within(items[-1:], paragraph):
            items.append(from_bullet(paragraph, context, lead_in))
            closed = False
        elif not items or closed or _closes(items[-1], paragraph, context):
            listing = asks.is_lead_in(paragraph.text) and not _is_part(paragraph)
            if listing:
                lead_in = paragraph.text
            left_out.append((paragraph, "beside the numbered recommendations"))
            closed = True
        else:
            items[-1].paragraphs.append(paragraph)
    return Found(tuple(items), tuple(left_out))


FEWEST_BEFORE_THE_END = 1  # items, before a remark that looks back on the list can close it


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

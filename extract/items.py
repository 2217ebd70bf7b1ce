"""A section's paragraphs -> items. Which paragraphs open an item, which belong to it, and where it ends."""

from collections.abc import Sequence

from domain.states import Kind
from extract import asks
from extract.draft import Context, Found
from extract.labelled import read_labelled
from extract.numbered import read_numbered
from extract.paragraphs import Marker, Paragraph
from extract.unnumbered import (
    SET_IN,
    bulleted,
    complete_the_lead_in,
    completing,
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
        return read_numbered(paragraphs, context, scheme)
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
        # The list is set in; what is below a decimal paragraph would come after it. "1." over "1.1" is a subject and asks nothing.
        subjects = {n.number for n in numbers} & {(d.number or "").partition(".")[0] for d in decimals}
        asked = len(numbers) > len(decimals) and not subjects and all(asks.is_directive(n.text) for n in numbers)
        return asked or (len(decimals) == 1 and numbers[0].x0 > decimals[0].x0 + SET_IN)
    return (
        len(numbers) > len(decimals)
        and paragraphs.index(decimals[0]) < paragraphs.index(numbers[0])
        and len(decimals) <= 2
    )


def _bullets_before(paragraphs: Sequence[Paragraph]) -> bool:
    """Under "What needs to improve" bullets come first; numbered paragraphs after them are the report's findings."""
    first = next((p.marker for p in paragraphs if p.marker in (Marker.BULLET, Marker.NUMBER)), None)
    return first is Marker.BULLET

"""Numbered titles ("1 Sharing information", "2 Seeing children"), each over one recommendation: a list by its titles."""

from collections.abc import Sequence
from dataclasses import replace

from extract import asks
from extract.draft import Found, Item, keep_owner_and_date
from extract.headings import Heading
from extract.paragraphs import Marker, Paragraph, says_something_else

FEWEST_WORDS = 6  # of what is asked below a title
FEWEST_PLAIN = 2  # titles over one plain recommendation

Stretch = tuple[Heading | None, Found]
"""What stands below a heading, and what was found there; None above the first heading."""


def under_numbered_titles(stretches: Sequence[Stretch]) -> list[Found]:
    """What was found in each stretch, with the number of its title where the headings number one recommendation each.

    Half of such a list shows how all of it is set: where so many titles stand over one plain recommendation, a lead-in with its bullets
    below another title is one too, and so are words that would not by themselves be taken for an ask.
    """
    numbers = [h.number[0] for h, _ in stretches if h and len(h.number) == 1]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return [found for _, found in stretches]
    read = [_as_one(found) if _is_title(h) and found.items else found for h, found in stretches]
    plain = [f.items[0] for (h, _), f in zip(stretches, read, strict=True) if _is_title(h) and _is_one_plain(f)]
    out = []
    for (heading, _), found in zip(stretches, read, strict=True):
        if heading is not None and _is_title(heading):
            if len(plain) >= max(FEWEST_PLAIN, len(numbers) / 2) and not _is_one_plain(found):
                found = _as_the_others(found, plain[0])
            if len(found.items) == 1 and found.items[0].number is None:
                found.items[0].number = str(heading.number[0])
        out.append(found)
    return out


def _is_title(heading: Heading | None) -> bool:
    return heading is not None and len(heading.number) == 1


def _is_one_plain(found: Found) -> bool:
    return len(found.items) == 1 and found.items[0].paragraphs[0].marker is Marker.NONE


def _as_one(found: Found) -> Found:
    """What stands below the title of one recommendation as one item, if it begins with words that are no list."""
    first, *others = found.items
    if first.paragraphs[0].marker is not Marker.NONE or any(i.number for i in found.items):
        return found
    first.paragraphs.extend(p for item in others for p in item.paragraphs)
    return Found((first,), found.left_out, found.leads_in)


def _as_the_others(found: Found, pattern: Item) -> Found:
    """One item of a lead-in and its bullets, or of the first words below the title; `pattern`: one of the other items."""
    if found.items:
        opening, last = found.items[0], found.items[-1]
        above = opening.led_by
        alike = all(i.led_by is above and i.number is None for i in found.items)
        if above is None or not alike or not asks.says_duty(above.text):
            return found
        whole = [above, *(p for item in found.items for p in item.paragraphs)]
        date, who = last.target_date or opening.target_date, last.addressee or opening.addressee
        item = replace(opening, lead_in=None, paragraphs=whole, target_date=date, addressee=who)
        return Found((item,), found.left_out, found.leads_in)
    first = next((p for p, _ in found.left_out if not says_something_else(p)), None)
    if first is None or not _may_be_asked(first):
        return found
    item = Item(pattern.kind, pattern.section, paragraphs=[first])
    for paragraph, _ in found.left_out:
        if says_something_else(paragraph):
            keep_owner_and_date(item, paragraph)
    return Found((item,), _without(found, first), found.leads_in)


def _may_be_asked(paragraph: Paragraph) -> bool:
    plain = paragraph.marker is Marker.NONE and not paragraph.heading
    return plain and len(paragraph.text.split()) >= FEWEST_WORDS and not asks.is_about_the_list(paragraph.text)


def _without(found: Found, paragraph: Paragraph) -> tuple[tuple[Paragraph, str], ...]:
    return tuple((p, why) for p, why in found.left_out if p is not paragraph)

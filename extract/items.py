"""A section's paragraphs -> items. Which paragraphs open an item, which belong to it, and where it ends."""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from domain.states import Kind
from extract import asks, formats
from extract.draft import Context, Found, Item, keep_owner_and_date, same_page
from extract.labelled import read_labelled, wholly_bold
from extract.own_numbers import goes_on_with_the_report
from extract.paragraphs import Marker, Paragraph, says_something_else
from extract.prose import emphasised, performed


def read_items(paragraphs: Sequence[Paragraph], context: Context) -> Found:
    """Read one stretch (a section, or the part of it under one sub-heading) by the marker that carries its items."""
    scheme = _scheme(paragraphs, context)
    if scheme is Marker.LABEL:
        return read_labelled(paragraphs, context)
    if scheme in (Marker.DECIMAL, Marker.NUMBER, Marker.LETTER):
        return _numbered(paragraphs, context, scheme)
    if context.kind is Kind.AREA and _is_plain_list(paragraphs):
        return _plain_list(paragraphs, context)
    if scheme is Marker.BULLET:
        return _bulleted(paragraphs, context)
    return _prose(paragraphs, context)


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


# ------------------------------------------------------------------------------------------------ numbered items


def _numbered(paragraphs: Sequence[Paragraph], context: Context, scheme: Marker) -> Found:
    items: list[Item] = []
    left_out: list[tuple[Paragraph, str]] = []
    lead_in, closed, complete = context.lead_in, True, False
    listing = False
    apart = _asking_part(paragraphs, context)
    for paragraph, following in itertools.zip_longest(paragraphs, paragraphs[1:]):
        opens = paragraph.marker is scheme and _follows(items, paragraph, scheme)
        if opens and following is not None and following.marker is Marker.BULLET and _announces(paragraph, scheme):
            lead_in, closed, listing = paragraph.text, True, True
            left_out.append((paragraph, "announces the list below it"))
            continue
        if opens or (listing and paragraph.marker is not Marker.BULLET):
            listing = False
        part = apart(paragraph) if apart else None
        if opens and not complete and (part is not None if apart else _is_ask(paragraph, context, scheme)):
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
            items.append(_from_bullet(paragraph, context, lead_in))
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


FEWEST_WORDS = 4  # of an area for improvement
SET_IN = 6.0  # points: what begins so far to the right of the line above is set in below it
# So many paragraphs that say "It is recommended that", or ask in bold, show how a chapter recommends.
FEWEST_PERFORMED = 2
FEWEST_BEFORE_THE_END = 1  # items, before a remark that looks back on the list can close it


def _asking_part(paragraphs: Sequence[Paragraph], context: Context) -> Callable[[Paragraph], Paragraph | None] | None:
    """How a stretch sets its recommendations apart within its paragraphs, where it does: in bold, or by saying that it recommends."""
    if sum(emphasised(p) is not None for p in paragraphs) >= FEWEST_PERFORMED:
        return emphasised
    if context.mixed and sum(performed(p) is not None for p in paragraphs) >= FEWEST_PERFORMED:
        return performed
    return None


def _announces(paragraph: Paragraph, scheme: Marker) -> bool:
    """Whether a paragraph of a chapter only says who recommends: "9.2 The Health Overview Report recommends that:"."""
    return scheme is Marker.DECIMAL and re.search(r"\brecommend(?:s|ed)? that\s*:$", paragraph.text) is not None


def _comes_last(part: Paragraph, paragraph: Paragraph) -> bool:
    """Whether nothing of a paragraph follows its recommending part, so that what is listed below belongs to it."""
    return part.lines[-1].words[-1] == paragraph.lines[-1].words[-1]


def _is_within(items: Sequence[Item], paragraph: Paragraph) -> bool:
    """Whether a bullet is set in deeper than that of the item before it, and so a part of it."""
    return any(i.paragraphs[0].marker is Marker.BULLET and _is_deeper(i, paragraph) for i in items)


def _is_ask(paragraph: Paragraph, context: Context, scheme: Marker) -> bool:
    """Decimal paragraphs of a chapter number its introduction and closing remarks too; a plain list numbers items only."""
    text = paragraph.text
    if context.mixed:
        return asks.asks_in_so_many_words(text)
    if scheme in (Marker.NUMBER, Marker.LETTER):
        return not asks.is_about_the_list(text)
    if context.kind is Kind.QUESTION:
        return asks.is_question(text) or asks.is_directive(text)
    return asks.is_directive(text)


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
    deeper = paragraph.x0 > items[-1].paragraphs[0].x0 + 12 and _in_one_column(items[-1], paragraph)
    return not deeper and (before < number <= before + 3 or number == 1)


def _in_one_column(item: Item, paragraph: Paragraph) -> bool:
    """Whether left edges can be compared: a paragraph that stands higher on the page than the item is in another column."""
    page = paragraph.lines[0].page
    first = next((p for p in item.paragraphs if p.lines[-1].page == page), None)
    return first is None or first.lines[0].page != page or paragraph.lines[0].top > first.lines[0].top


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
    if last.ends and wholly_bold(first) and not any(w.bold for w in paragraph.lines[0].words):
        return True  # the list is set in bold, and the reasons below each item are not
    if not last.ends or paragraph.lines[0].text[:1].islower():
        return False
    if not _in_one_column(item, paragraph):
        return True
    hanging = any(line.x0 > first.x0 + 6 for line in first.lines[1:])
    if hanging and paragraph.x0 > first.x0 + 6:
        return False
    return hanging or paragraph.lines[0].page == last.lines[-1].page or paragraph.x0 <= first.x0 + 2


def _is_part(paragraph: Paragraph) -> bool:
    return paragraph.marker in (Marker.SUB, Marker.BULLET, Marker.NUMBER, Marker.LETTER)


# ------------------------------------------------------------------------------------------------ bullets and prose


def _bulleted(paragraphs: Sequence[Paragraph], context: Context) -> Found:
    """Each bullet of the outer level is an item; deeper bullets and continuing lines are its parts."""
    items: list[Item] = []
    left_out: list[tuple[Paragraph, str]] = []
    margin = min(p.x0 for p in paragraphs if p.marker in (Marker.BULLET, Marker.SUB))
    lead_in = context.lead_in
    closed = True
    for paragraph in paragraphs:
        bullet = paragraph.marker in (Marker.BULLET, Marker.SUB) and bool(paragraph.text)
        if bullet and _NONE_HERE.match(paragraph.text) and len(paragraph.text.split()) <= 12:
            left_out.append((paragraph, "says that there is none"))
            continue
        # A page may set its bullets a little further in than the page before.
        told = bool(items) and items[-1].paragraphs[0].marker is Marker.NONE  # its bullets are its parts
        deeper = (
            bool(items)
            and not closed
            and (
                (_is_deeper(items[-1], paragraph) and (told or paragraph.x0 > margin + 12))
                or _is_led_in(items[-1], paragraph)
            )
        )
        if bullet and not deeper and context.mixed and lead_in is None and not asks.is_directive(paragraph.text):
            left_out.append((paragraph, "a bullet that asks for nothing"))
            closed = True
        elif bullet and not deeper:
            items.append(_from_bullet(paragraph, context, lead_in))
            closed = False
        elif bullet or (items and not closed and _continues_bullet(items[-1], paragraph)):
            items[-1].paragraphs.append(paragraph)
        elif not paragraph.ends and not paragraph.heading and _asks_for_what_follows(paragraphs, paragraph):
            items.append(Item(context.kind, context.section, None, lead_in, [paragraph], context.heading))
            closed = False
        else:
            closed = True
            lead_in = asks.lead_in(paragraph.text)
            if not asks.is_lead_in(paragraph.text) and _stands_as_item(paragraph, context):
                items.append(Item(context.kind, context.section, None, None, [paragraph], context.heading))
            elif lead_in is None:
                left_out.append((paragraph, "beside the bulleted recommendations"))
    return Found(tuple(items), tuple(left_out))


def _asks_for_what_follows(paragraphs: Sequence[Paragraph], paragraph: Paragraph) -> bool:
    """Whether a paragraph asks for something and goes on in the bullets below it, without so much as a colon."""
    at = paragraphs.index(paragraph)
    after = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
    listed = after is not None and after.marker in (Marker.BULLET, Marker.SUB) and after.x0 > paragraph.x0 + SET_IN
    return listed and asks.asks_in_so_many_words(paragraph.text)


def _from_bullet(paragraph: Paragraph, context: Context, lead_in: str | None) -> Item:
    """An item from a bullet or from a letter that numbers items: "(b) The police should...", which is number b then."""
    number = None
    if paragraph.marker is Marker.SUB and (m := formats.SUB_ITEM.match(paragraph.lines[0].text)):
        number = m["a"] or m["b"]
        paragraph = replace(paragraph, skip=m.start("rest"))
    return Item(context.kind, context.section, number, lead_in, [paragraph], context.heading)


def _is_deeper(item: Item, paragraph: Paragraph) -> bool:
    further_in = paragraph.x0 > item.paragraphs[0].x0 + 12
    if same_page(item, paragraph):
        return further_in and _in_one_column(item, paragraph)
    # Over the end of a page only what bears the bullet of the last part, and not that of the item, is known to be another part.
    own, last, new = (p.lines[0].text[:1] for p in (item.paragraphs[0], item.paragraphs[-1], paragraph))
    return further_in and own != last == new


def _is_led_in(item: Item, paragraph: Paragraph) -> bool:
    """Whether a bullet is set in, however little, below words of an item that end in a colon, or goes on with such bullets."""
    first, last = item.paragraphs[0], item.paragraphs[-1]
    if paragraph.x0 <= first.x0 + SET_IN or not same_page(item, paragraph):
        return False
    return last.text.endswith(":") or (
        last is not first and last.marker is Marker.BULLET and abs(last.x0 - paragraph.x0) < 2
    )


def _continues_bullet(item: Item, paragraph: Paragraph) -> bool:
    """A paragraph under a bullet that is set in as far as the bullet's text, or finishes its sentence."""
    if paragraph.heading or paragraph.marker in (Marker.NUMBER, Marker.DECIMAL, Marker.LABEL):
        return False
    last = item.paragraphs[-1]
    if not last.ends and (paragraph.lines[0].text[:1].islower() or paragraph.lines[0].page != last.lines[-1].page):
        return True
    if not _in_one_column(item, paragraph):
        return False
    indent = min((line.x0 for line in item.paragraphs[0].lines[1:]), default=item.paragraphs[0].x0 + 8)
    return paragraph.x0 >= indent - 3 and paragraph.x0 > item.paragraphs[0].x0 + 4


# "There are no areas for priority action": a list that says it is empty.
_NONE_HERE = re.compile(r"^(?:there (?:are|were) no|no|none|not applicable|n/a)\b(?! .{0,80}\bshould\b)", re.IGNORECASE)


def _stands_as_item(paragraph: Paragraph, context: Context) -> bool:
    if paragraph.heading or not paragraph.ends:
        return False
    if context.kind is Kind.QUESTION:
        return asks.is_question(paragraph.text)
    if context.mixed:
        return asks.asks_in_so_many_words(paragraph.text)
    return context.kind is Kind.RECOMMENDATION and asks.is_directive(paragraph.text)


def _is_plain_list(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a list's own bullets are drawn and not written: whatever bullets there are stand below an item that ends in a colon."""
    if not paragraphs or paragraphs[0].marker is not Marker.NONE or paragraphs[0].heading:
        return False
    first = paragraphs[0]
    for before, paragraph in itertools.pairwise(paragraphs):
        if paragraph.marker is Marker.NONE:
            continue
        within = before.marker is not Marker.NONE or (before is not first and before.text.endswith(":"))
        if paragraph.marker not in (Marker.BULLET, Marker.SUB) or not within or paragraph.x0 < first.x0 + 3:
            return False
    return True


def _plain_list(paragraphs: Sequence[Paragraph], context: Context) -> Found:
    """Each paragraph is an item, with the bullets below it; the first that begins further left, or asks for nothing, ends the list."""
    items: list[Item] = []
    left_out: list[tuple[Paragraph, str]] = []
    left = paragraphs[0].x0
    ended = False
    lead_in = context.lead_in
    for paragraph in paragraphs:
        same_column = not items or (_in_one_column(items[-1], paragraph) and same_page(items[-1], paragraph))
        ended = ended or paragraph.heading or (same_column and paragraph.x0 < left - SET_IN)
        none = _NONE_HERE.match(paragraph.text) is not None or (not items and asks.is_about_the_list(paragraph.text))
        if ended or none or len(paragraph.text.split()) < FEWEST_WORDS:
            left_out.append((paragraph, "beside the areas for improvement"))
        elif not items and paragraph.text.endswith(":") and asks.is_lead_in(paragraph.text):
            lead_in = paragraph.text
            left_out.append((paragraph, "leads in the areas for improvement"))
        elif items and (paragraph.marker is not Marker.NONE or not items[-1].paragraphs[-1].ends):
            items[-1].paragraphs.append(paragraph)
        else:
            items.append(Item(context.kind, context.section, None, lead_in, [paragraph], context.heading))
    return Found(tuple(items), tuple(left_out))


_CLAUSE = re.compile(r"(?:whether|how|what|which|who|when|where|why|if)\b", re.IGNORECASE)


def _is_listed(paragraph: Paragraph, lead_in: Paragraph, context: Context) -> bool:
    """Whether a paragraph is set in below a sentence that it completes: an item of a list whose bullets are drawn, not written."""
    set_in = paragraph.x0 > lead_in.x0 + SET_IN
    completes = (
        asks.IMPERATIVE.match(paragraph.text) if context.kind is Kind.RECOMMENDATION else _CLAUSE.match(paragraph.text)
    )
    return set_in and not paragraph.heading and (completes is not None or asks.is_question(paragraph.text))


def _prose(paragraphs: Sequence[Paragraph], context: Context) -> Found:
    """No markers at all: each paragraph that asks for something (or puts a question) is an item."""
    items: list[Item] = []
    left_out: list[tuple[Paragraph, str]] = []
    lead_in: Paragraph | None = None
    apart = None if context.loose or context.kind is Kind.QUESTION else _asking_part(paragraphs, context)
    for paragraph in paragraphs:
        if apart and (part := apart(paragraph)):
            items.append(Item(context.kind, context.section, None, None, [part], context.heading))
            continue
        listed = lead_in is not None and _is_listed(paragraph, lead_in, context)
        if lead_in is not None and listed:
            items.append(Item(context.kind, context.section, None, lead_in.text, [paragraph], context.heading))
            continue
        lead_in = paragraph if asks.is_lead_in(paragraph.text) and not paragraph.heading else None
        if not apart and _stands_as_item(paragraph, context) and not context.loose and lead_in is None:
            items.append(Item(context.kind, context.section, None, context.lead_in, [paragraph], context.heading))
        elif items and not items[-1].paragraphs[-1].ends:
            items[-1].paragraphs.append(paragraph)
        else:
            left_out.append((paragraph, "in a section of recommendations, but asks for nothing"))
    return Found(tuple(items), tuple(left_out))

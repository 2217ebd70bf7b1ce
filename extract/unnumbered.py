"""Items without numbers: bullets, plain paragraphs and running prose -> items."""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from domain.states import Kind
from extract import asks, formats
from extract.draft import Context, Found, Item, keep_owner_and_date, same_page
from extract.paragraphs import Marker, Paragraph, says_something_else
from extract.prose import begins_with_comment, each_ask, emphasised, performed

FEWEST_WORDS = 4  # of an area for improvement
SET_IN = 6.0  # points: what begins so far to the right of the line above is set in below it
# So many paragraphs that say "It is recommended that", or ask in bold, show how a chapter recommends.
FEWEST_PERFORMED = 2


def bulleted(paragraphs: Sequence[Paragraph], context: Context) -> Found:
    """Each bullet of the outer level is an item; deeper bullets and continuing lines are its parts."""
    items: list[Item] = []
    left_out: list[tuple[Paragraph, str]] = []
    margin = min(p.x0 for p in paragraphs if p.marker in (Marker.BULLET, Marker.SUB))
    lead_in, leading = context.lead_in, None
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
                (is_deeper(items[-1], paragraph) and (told or paragraph.x0 > margin + 12))
                or _is_led_in(items[-1], paragraph)
            )
        )
        if bullet and not deeper and context.mixed and lead_in is None and not asks.is_directive(paragraph.text):
            left_out.append((paragraph, "a bullet that asks for nothing"))
            closed = True
        elif bullet and not deeper:
            items.append(from_bullet(paragraph, context, lead_in))
            items[-1].led_by = leading
            closed = False
        elif items and not bullet and not closed and says_something_else(paragraph):
            keep_owner_and_date(items[-1], paragraph)
            left_out.append((paragraph, "after a recommendation"))
        elif bullet or (items and not closed and _continues_bullet(items[-1], paragraph)):
            items[-1].paragraphs.append(paragraph)
        elif _asks_for_what_follows(paragraphs, paragraph):
            items.append(Item(context.kind, context.section, None, lead_in, [paragraph], context.heading))
            closed = False
        else:
            closed = True
            lead_in, leading = asks.lead_in(paragraph.text), paragraph
            if not asks.is_lead_in(paragraph.text) and _stands_as_item(paragraph, context):
                items.append(Item(context.kind, context.section, None, None, [paragraph], context.heading))
            elif lead_in is None:
                left_out.append((paragraph, "beside the bulleted recommendations"))
    return Found(tuple(items), tuple(left_out))


def _asks_for_what_follows(paragraphs: Sequence[Paragraph], paragraph: Paragraph) -> bool:
    """Whether a paragraph asks for something and goes on in the bullets below it.

    It does so without as much as a colon, or in a sentence behind that which asks: "This should include:".
    """
    at = paragraphs.index(paragraph)
    after = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
    told = asks.goes_on_in_a_list(paragraph.text)
    bullets = after is not None and after.marker in (Marker.BULLET, Marker.SUB)
    listed = bullets and after is not None and (told or after.x0 > paragraph.x0 + SET_IN)
    goes_on = not paragraph.ends or told
    return listed and goes_on and not paragraph.heading and asks.asks_in_so_many_words(paragraph.text)


def from_bullet(paragraph: Paragraph, context: Context, lead_in: str | None) -> Item:
    """An item from a bullet or from a letter that numbers items: "(b) The police should...", which is number b then."""
    number = None
    if paragraph.marker is Marker.SUB and (m := formats.SUB_ITEM.match(paragraph.lines[0].text)):
        number = m["a"] or m["b"]
        paragraph = replace(paragraph, skip=m.start("rest"))
    return Item(context.kind, context.section, number, lead_in, [paragraph], context.heading)


def is_deeper(item: Item, paragraph: Paragraph) -> bool:
    """Whether a bullet is set in so far that it is a part of the item before it."""
    further_in = paragraph.x0 > item.paragraphs[0].x0 + 12
    if same_page(item, paragraph):
        return further_in and in_one_column(item, paragraph)
    # Over the end of a page only what bears the bullet of the last part, and not that of the item, is known to be another part.
    own, last, new = (p.lines[0].text[:1] for p in (item.paragraphs[0], item.paragraphs[-1], paragraph))
    return further_in and own != last == new


def in_one_column(item: Item, paragraph: Paragraph) -> bool:
    """Whether left edges can be compared: a paragraph that stands higher on the page than the item is in another column."""
    page = paragraph.lines[0].page
    first = next((p for p in item.paragraphs if p.lines[-1].page == page), None)
    return first is None or first.lines[0].page != page or paragraph.lines[0].top > first.lines[0].top


def _is_led_in(item: Item, paragraph: Paragraph) -> bool:
    """Whether a bullet is set in, however little, below words of an item that end in a colon, or goes on with such bullets."""
    first, last = item.paragraphs[0], item.paragraphs[-1]
    if first.marker is Marker.NONE and asks.goes_on_in_a_list(first.text):
        return last is first or last.marker is Marker.BULLET
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
    if not in_one_column(item, paragraph):
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


def is_plain_list(paragraphs: Sequence[Paragraph]) -> bool:
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


def plain_list(paragraphs: Sequence[Paragraph], context: Context) -> Found:
    """Each paragraph is an item, with the bullets below it; the first that begins further left, or asks for nothing, ends the list."""
    items: list[Item] = []
    left_out: list[tuple[Paragraph, str]] = []
    left = paragraphs[0].x0
    ended = False
    lead_in = context.lead_in
    for paragraph in paragraphs:
        same_column = not items or (in_one_column(items[-1], paragraph) and same_page(items[-1], paragraph))
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


def complete_the_lead_in(paragraphs: Sequence[Paragraph], context: Context) -> bool:
    """Whether plain paragraphs stand below "It is recommended that:", which none of them repeats."""
    leads = context.lead_in is not None and asks.only_recommends(context.lead_in)
    plain = [p for p in paragraphs if p.marker is Marker.NONE]
    return (
        leads
        and bool(plain)
        and plain[0] is paragraphs[0]
        and not any(p.heading or p.text.endswith("?") for p in plain)
    )


def completing(paragraphs: Sequence[Paragraph], context: Context) -> Found:
    """Each plain paragraph is an item, with the bullets below it."""
    items: list[Item] = []
    for paragraph in paragraphs:
        if items and (paragraph.marker is not Marker.NONE or not items[-1].paragraphs[-1].ends):
            items[-1].paragraphs.append(paragraph)
        else:
            items.append(Item(context.kind, context.section, None, context.lead_in, [paragraph], context.heading))
    return Found(tuple(items), ())


_CLAUSE = re.compile(r"(?:whether|how|what|which|who|when|where|why|if)\b", re.IGNORECASE)


def _is_listed(paragraph: Paragraph, lead_in: Paragraph, context: Context) -> bool:
    """Whether a paragraph is set in below a sentence that it completes: an item of a list whose bullets are drawn, not written."""
    set_in = paragraph.x0 > lead_in.x0 + SET_IN
    completes = (
        asks.IMPERATIVE.match(paragraph.text) if context.kind is Kind.RECOMMENDATION else _CLAUSE.match(paragraph.text)
    )
    return set_in and not paragraph.heading and (completes is not None or asks.is_question(paragraph.text))


def asking_part(paragraphs: Sequence[Paragraph], context: Context) -> Callable[[Paragraph], Paragraph | None] | None:
    """How a stretch sets its recommendations apart within its paragraphs, where it does: in bold, or by saying that it recommends."""
    if sum(emphasised(p) is not None for p in paragraphs) >= FEWEST_PERFORMED:
        return emphasised
    if context.mixed and sum(performed(p) is not None for p in paragraphs) >= FEWEST_PERFORMED:
        return performed
    return None


def prose(paragraphs: Sequence[Paragraph], context: Context) -> Found:
    """No markers at all: each paragraph that asks for something (or puts a question) is an item."""
    items: list[Item] = []
    left_out: list[tuple[Paragraph, str]] = []
    lead_in: Paragraph | None = None
    apart = None if context.loose or context.kind is Kind.QUESTION else asking_part(paragraphs, context)
    tells = not apart and not context.loose and context.kind is Kind.RECOMMENDATION
    # A chapter that comments and recommends in one breath: what it asks for is told sentence by sentence.
    tells = tells and sum(begins_with_comment(p) for p in paragraphs) >= FEWEST_PERFORMED
    for paragraph in paragraphs:
        if tells and not paragraph.heading and (parts := each_ask(paragraph)):
            items += [Item(context.kind, context.section, None, None, [part], context.heading) for part in parts]
            continue
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
            if items and says_something_else(paragraph):
                keep_owner_and_date(items[-1], paragraph)
            left_out.append((paragraph, "in a section of recommendations, but asks for nothing"))
    return Found(tuple(items), tuple(left_out))

"""Items that a label opens ("Recommendation 3"), and where each ends: reasons, other boxes and other type are no part."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from domain.states import Kind
from extract import asks, formats
from extract.draft import Context, Found, Item, keep_owner_and_date
from extract.layout import Line, Panel
from extract.own_numbers import goes_on_with_the_report
from extract.paragraphs import CODE, Marker, Paragraph, label_of, says_something_else


def read_labelled(paragraphs: Sequence[Paragraph], context: Context) -> Found:
    """Items of a stretch in which labels open them; what stands before the first and after each one's end is left out."""
    items: list[Item] = []
    left_out: list[tuple[Paragraph, str]] = []
    closed = True
    lead_in = context.lead_in
    for paragraph, following in itertools.zip_longest(paragraphs, paragraphs[1:]):
        if paragraph.marker is Marker.LABEL:
            items.append(_opened(paragraph, following, context, lead_in))
            closed = False
            continue
        if closed:
            lead_in = asks.lead_in(paragraph.text)
        if not items:
            left_out.append((paragraph, "before the first recommendation"))
            continue
        if not items[-1].paragraphs and says_something_else(paragraph):
            # A band between label and text: "R1    Lead: Adult Social Care    By: 31 October".
            keep_owner_and_date(items[-1], paragraph)
            left_out.append((paragraph, "between a label and its text"))
            continue
        if closed or _ends_item(items[-1], paragraph, context):
            if not closed:
                keep_owner_and_date(items[-1], paragraph)
            elif formats.OWNER_LINE.match(paragraph.text) or formats.DATE_LINE.match(paragraph.text):
                keep_owner_and_date(items[-1], paragraph)
            closed = True
            left_out.append((paragraph, "after a recommendation"))
            continue
        items[-1].paragraphs.append(paragraph)
    _take_titles_off(items, context)
    _trim_last(items, left_out, context)
    return Found(tuple(i for i in items if i.paragraphs), tuple(left_out))


def _opened(paragraph: Paragraph, following: Paragraph | None, context: Context, lead_in: str | None) -> Item:
    """The item that a label opens. A lead-in belongs to codes, which are a list below it, and to words that need it."""
    kind = Kind.QUESTION if paragraph.noun.startswith(("q", "consideration")) else context.kind
    if kind is Kind.QUESTION and "rec" in paragraph.noun:
        kind = Kind.RECOMMENDATION  # in one box with a question
    item = Item(kind, context.section, paragraph.number, heading=context.heading)
    label = label_of(paragraph.lines[0])
    who, text = _who_beside(paragraph, following, context)
    item.addressee = label.who if label and label.who and not _REFERENCE.match(label.who) else who
    if text is not None and text.text:
        item.paragraphs.append(text)
    opening = paragraph.text or (following.text if following else "")
    completes = lead_in is not None and _ASKS_SOMEBODY.search(lead_in) is not None and asks.IMPERATIVE.match(opening)
    if paragraph.noun == CODE or opening[:1].islower() or completes or (lead_in and _HAS_NO_VERB.search(lead_in)):
        item.lead_in = lead_in
    return item


# "The reviewer recommends that the Board:" is completed by each of the items below it: "Reviews its procedures."
_HAS_NO_VERB = re.compile(
    r"\brecommend(?:s|ed)? that\b(?!.*\b(?:should|must|will|shall|following|are|is|be)\b)[^.;]{0,120}:$", re.IGNORECASE
)
# "The Partnership should:" over cards, each with its label, is completed by "Adopt one pathway."
_ASKS_SOMEBODY = re.compile(r"\b(?:should|must|(?:is|are) (?:asked|required) to)\s*:$", re.IGNORECASE)
_NAMED = re.compile(r"(?P<who>[^:]{2,100}):\s+(?=[A-Z“‘(])")


def _who_beside(
    paragraph: Paragraph, following: Paragraph | None, context: Context
) -> tuple[str | None, Paragraph | None]:
    """Whom the words beside a label name, and the rest of its paragraph: "R1 Police" over the text, "R1 Police: Review ...".

    Only a name of somebody who may act, on a line of its own or with a colon; None and the whole paragraph where it is none.
    """
    first = paragraph.lines[0]
    beside = first.text[paragraph.skip :].strip()
    if (m := _NAMED.match(beside)) and context.named(m["who"]) == m["who"].strip():
        skip = first.text.index(beside, paragraph.skip) + m.end()
        return m["who"].strip(), replace(paragraph, skip=skip)
    name = paragraph.text.rstrip(" :")
    if following is not None and _begins_anew(following) and name and context.named(name) == name:
        return name, None
    below = paragraph.lines[1:]
    name = beside.rstrip(" :")
    if below and _has_room(first, below) and below[0].text[:1].isupper() and name and context.named(name) == name:
        return name, replace(paragraph, lines=below, skip=0)
    return None, paragraph


def _has_room(line: Line, below: Sequence[Line]) -> bool:
    """Whether a line ends although the first word of the next would stand on it."""
    word = below[0].words[0]
    return max(n.x1 for n in below) - line.x1 > word.x1 - word.x0 + line.size


def _begins_anew(paragraph: Paragraph) -> bool:
    return paragraph.marker is not Marker.LABEL and paragraph.text[:1].isupper()


# In brackets beside a label stands who must act, or where to read more: "Recommendation 2 (see paragraph 4.1)".
_REFERENCE = re.compile(
    r"^(?:(?:see|paragraphs?|paras?|pages?|sections?|chapters?|findings?|learning|links?|[\d.,\s]+$)\b|"
    # or how far it reaches: "Recommendation 9 (national)".
    r"(?:national|local|regional|strategic|operational|(?:multi|single|inter|cross)[- ]agency)$)",
    re.I,
)
LONGEST_TITLE, LONGEST_HEADING = 14, 22  # words of a title in the type of the text, and of one set as a heading
SET_IN = 6.0  # points


def _take_titles_off(items: Sequence[Item], context: Context) -> None:
    """Words beside the label that only name the subject ("Recommendation 3: Fathers") are no part of what is asked.

    They stand on a line of their own, end without a full stop, and the ask follows in a paragraph that begins anew. A list is
    set alike throughout: where most of its titles stand over what plainly asks, the others do so too, in whatever words it asks.
    """
    for item in items:
        if len(item.paragraphs) > 2 and _title_and_reason(*item.paragraphs[:3]):
            del item.paragraphs[1]
    titled = [item for item in items if _has_title(item)]
    plainly = [item for item in titled if asks.is_directive(item.paragraphs[1].text)]
    alike = 2 * len(plainly) > len(titled)
    for item in titled:
        if item in plainly or (alike and not asks.is_directive(item.paragraphs[0].text)):
            item.addressee = item.addressee or _addressed(item.paragraphs[0].text, context)
            del item.paragraphs[0]


def _addressed(title: str, context: Context) -> str | None:
    """Whom a title names that says for whom it is: "Recommendation 1: for the Council and the CCG (as commissioners)"."""
    _, means, who = title.partition("for ")
    plain = re.sub(r"\s*\([^()]*\)$", "", who)
    return who if means and title.startswith(means) and context.named(plain) == plain else None


def _has_title(item: Item) -> bool:
    if len(item.paragraphs) < 2:
        return False
    title, text = item.paragraphs[0], item.paragraphs[1]
    words = title.text
    beside = title.marker is Marker.LABEL or _is_title_line(title, text)
    longest = LONGEST_HEADING if title.heading else LONGEST_TITLE
    plain = beside and len(words.split()) <= longest and words[-1:] not in ".;?:,"
    begins_anew = text.marker in (Marker.NONE, Marker.SUB, Marker.DECIMAL, Marker.NUMBER) and text.text[:1].isupper()
    reason = title.marker is Marker.LABEL and _set_apart(title) and not text.lines[0].italic
    return (plain or reason) and begins_anew and not asks.says_duty(words)


def _is_title_line(title: Paragraph, text: Paragraph) -> bool:
    """Whether a line below the label is set as a title: by itself, in italics or in bold where the text is not."""
    line, below = title.lines[0], text.lines[0]
    alone = title.marker is Marker.NONE and len(title.lines) == 1
    return alone and ((line.italic and not below.italic) or (line.bold and not below.bold))


def _title_and_reason(title: Paragraph, reason: Paragraph, text: Paragraph) -> bool:
    """Whether the reason stands between a title beside the label and what is asked.

    It is in italics, or a numbered paragraph of the report over bold words, or over a plain paragraph that asks where it does not.
    """
    words = [w for line in reason.lines for w in line.words]
    in_italics = all(w.italic for w in words) and not text.lines[0].italic
    plainly = text.marker is Marker.NONE and not _SAYS_SHOULD.search(asks.without_past_duties(reason.text))
    numbered = reason.marker is Marker.DECIMAL and not any(w.bold for w in words) and (wholly_bold(text) or plainly)
    return _only_titles(title) and (in_italics or numbered) and asks.is_directive(text.text)


# A reason may tell of those "who need to know", and of what others "have recommended".
_SAYS_SHOULD = re.compile(r"\b(?:should|must|shall|ought to|recommends?)\b", re.IGNORECASE)


def _only_titles(paragraph: Paragraph) -> bool:
    """Whether the words beside a label only name a subject: few, without an end, and asking for nothing."""
    words = paragraph.text
    longest = LONGEST_HEADING if paragraph.heading else LONGEST_TITLE
    short = 0 < len(words.split()) <= longest and words[-1:] not in ".;?:,"
    return paragraph.marker is Marker.LABEL and short and not asks.says_duty(words)


def _set_apart(paragraph: Paragraph) -> bool:
    """Whether all words behind the label are in italics: the reason, set between the label and what is asked."""
    words = [w for line in paragraph.lines for w in line.words]
    behind = [w for w in words if not w.bold]
    return len(behind) >= 4 and all(w.italic for w in behind)


def _text_begins(item: Item) -> Paragraph:
    """The paragraph in which the words of the recommendation begin: behind a title, or a reason that is set apart beside the label."""
    if len(item.paragraphs) > 2 and _title_and_reason(*item.paragraphs[:3]):
        return item.paragraphs[2]
    first = item.paragraphs[0]
    titled = _set_apart(first) or (first.heading and _only_titles(first))
    if len(item.paragraphs) > 1 and (titled or _is_title_line(*item.paragraphs[:2])):
        return item.paragraphs[1]
    return first


def _ends_item(item: Item, paragraph: Paragraph, context: Context) -> bool:
    """Whether a paragraph after a label is no longer the recommendation: its reasons, another style, outside its box."""
    if not item.paragraphs or (
        len(item.paragraphs) == 2 and _title_and_reason(item.paragraphs[0], item.paragraphs[1], paragraph)
    ):
        return False  # only now it says what is asked
    if says_something_else(paragraph):
        return True
    last = item.paragraphs[-1]
    if len(item.paragraphs) == 1 and last.marker is Marker.LABEL and _set_apart(last):
        return False
    if last.ends and (paragraph.marker is Marker.DECIMAL or goes_on_with_the_report(item, paragraph, context)):
        # Numbered paragraphs that run beside the labels, or go on below the last, give reasons and tell.
        return True
    # A band with the label and a title may be a box of its own, over that of the text.
    band = len(item.paragraphs) == 1 and _only_titles(last)
    if not band and _leaves_box(last.lines[-1], paragraph.lines[0], context):
        return True
    if (
        paragraph.marker is Marker.NONE
        and last.ends
        and paragraph.text[:1].isupper()
        and not asks.is_directive(paragraph.text)
    ):
        # A remark on the list, a reason or the story goes on; what goes on asking still belongs to the item.
        return True
    first = _text_begins(item).lines[0]
    if len(item.paragraphs) == 1 and item.paragraphs[0].heading and not last.ends:
        return False
    if (
        wholly_bold(_text_begins(item))
        and not paragraph.lines[0].bold
        and last.ends
        and paragraph.marker in (Marker.NONE, Marker.NUMBER)
    ):
        return True
    if paragraph.lines[0].italic != first.italic and last.ends:
        return True
    # On a scan the size of a short last line is measured on few letters: the end of a sentence belongs to it in whatever size.
    goes_on = not last.ends and paragraph.marker is Marker.NONE and paragraph.text[:1].islower()
    return paragraph.heading or (abs(paragraph.lines[0].size - first.size) > 1.5 and not goes_on)


def _leaves_box(before: Line, after: Line, context: Context) -> bool:
    """Whether one line stands in a box and the next outside, or in another; a box may go on over a page or a column."""
    inside, then = _box_of(before, context), _box_of(after, context)
    if before.page != after.page or after.top < before.top:
        return inside is not None and then is None
    return inside != then and not (inside is not None and then is not None and inside.goes_on_in(then))


def _in_its_box(item: Item, paragraph: Paragraph, context: Context) -> bool:
    """Whether a paragraph stands in the box in which an item begins, or in its part on the next page."""
    first = item.paragraphs[0].lines[0]
    return _box_of(first, context) is not None and not _leaves_box(first, paragraph.lines[0], context)


def wholly_bold(paragraph: Paragraph) -> bool:
    """All words bold, label aside: a recommendation set in bold, whose reasons follow in ordinary type."""
    words = [w for line in paragraph.lines for w in line.words]
    return len(words) > 8 and sum(w.bold for w in words) > 0.9 * len(words)


def _box_of(line: Line, context: Context) -> Panel | None:
    holding = [panel for panel in context.panels.get(line.page, ()) if panel.holds(line)]
    return min(holding, key=lambda p: (p.x1 - p.x0) * (p.bottom - p.top)) if holding else None


def _trim_last(items: list[Item], left_out: list[tuple[Paragraph, str]], context: Context) -> None:
    """The last labelled item has no successor to end it.

    Where every other item is one paragraph with its bullets, plain paragraphs after the last item's first close the section.
    """
    whole = [i for i in items if i.paragraphs]
    if len(whole) < 2:
        return
    if max(_plain_paragraphs(i) for i in whole[:-1]) > 1:
        return
    last = whole[-1]
    margin = min(p.x0 for p in (*(q for i in whole for q in i.paragraphs), *(p for p, _ in left_out)))
    for index, paragraph in enumerate(last.paragraphs[1:], 1):
        if (
            paragraph.marker is Marker.NONE
            and last.paragraphs[index - 1].ends
            and not paragraph.lines[0].text[:1].islower()
            # What is set in like the recommendation, in a text that is not, goes on with it.
            and paragraph.x0 <= margin + SET_IN
            # nor what stands in its box, and the others in theirs.
            and not _in_its_box(last, paragraph, context)
        ):
            left_out.extend((p, "after the last recommendation") for p in last.paragraphs[index:])
            del last.paragraphs[index:]
            return


def _plain_paragraphs(item: Item) -> int:
    return sum(p.marker in (Marker.NONE, Marker.LABEL) for p in item.paragraphs)

"""Which lines are headings, how they rank, and what they say without number, punctuation and letter-spacing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract import cues, formats
from extract.asks import is_lead_in, says_duty
from extract.column_heads import roles_of
from extract.layout import Line
from extract.paragraphs import leading
from extract.table_heads import cells_in, on_one_row, row_of, tells_of_others

NUMBERING = re.compile(
    r"^(?:(?:section|chapter|part|appendix|annex(?:e)?)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,3}|"
    # not the "I" of "I recommend that the Trust:"
    r"(?!I\s+(?-i:[a-z]))[ivx]{1,5}|[a-h])[.):]?\s*[:–—-]?\s+(?=\S)"
    r"|^(?:section|chapter|part|appendix|annex(?:e)?)\s+(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|[ivx]{1,5}|[a-z])\b\s*[:.–—-]*\s*"
    r"|^(?:appendix|annex(?:e)?)\s*[:–—-]\s*"
    # "Finding 2 – Questions for the Partnership to consider".
    r"|^(?:finding|theme)\s+(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\s*[:–—-]\s*(?=\S)",
    re.IGNORECASE,
)
RUN_IN = 3  # words at the end of a bold line in the type of the text, so that not all of it is a heading
MOST_SPACES = 7  # of a heading that only its words tell from the text
_CONTINUED = re.compile(r"\s*\(?(?:continued|cont\.?|contd\.?)\)?$", re.IGNORECASE)
_PUNCTUATION_AT_THE_END = re.compile(r"[\s:.;?!–—-]+$")
LEADERS = re.compile(r"(?:\.{3,}|…|(?:\. ){3,}|_{4,})\s*\d*\s*$|\s\d{1,3}$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its lines' words, its place in the stream of lines (first, past the last) and its rank.

    coded: it opens with a code that numbers a recommendation.
    """

    text: str
    first: int
    end: int
    size: float
    bold: bool
    number: tuple[int, ...]
    page: int
    top: float
    capitals: bool
    coded: bool = False

    @property
    def labels(self) -> bool:
        """Whether it is the label of an item: "Recommendation 4", or a code in a list of such."""
        return self.coded or is_item_label(self.text)

    def outranks(self, other: "Heading") -> bool:
        """Whether this heading ends the section that `other` opened: larger type, or as large and as heavy."""
        if abs(self.size - other.size) > 0.6:
            return self.size > other.size
        if self.number and other.number:
            return len(self.number) <= len(other.number)
        return (self.bold, self.capitals) >= (other.bold, other.capitals)


def bare(text: str) -> str:
    """A heading in lower case without numbering, dotted leaders, trailing punctuation and letter-spacing."""
    text = close_letter_spacing(text.strip())
    text = _CONTINUED.sub("", text)
    text = NUMBERING.sub("", text, count=1) if NUMBERING.match(text) else text
    return _PUNCTUATION_AT_THE_END.sub("", text).replace("’", "'").casefold()


def close_letter_spacing(text: str) -> str:
    """Join "R E C O M M E N D A T I O N S": more than two thirds of the words are single letters."""
    if 3 * text.count(" ") < len(text):
        return text
    words = text.split()
    if len(words) >= 6 and sum(len(w) == 1 and w.isalpha() for w in words) > 0.66 * len(words):
        return re.sub(r"(?<=\b\w) (?=\w\b)", "", text)
    return text


def number_of(text: str) -> tuple[int, ...]:
    """The decimal number that opens a heading ("8.2 Findings" gives (8, 2)); empty where there is none."""
    found = re.match(r"^(?:section|chapter|part)?\s*(\d{1,2}(?:\.\d{1,2}){0,3})[.):]?\s+\D", text, re.IGNORECASE)
    return tuple(int(part) for part in found.group(1).split(".")) if found else ()


def is_contents_line(text: str) -> bool:
    """A line of a table of contents: it ends in leaders or in a page number."""
    return LEADERS.search(text) is not None


def find_headings(lines: Sequence[Line], body: float) -> tuple[Heading, ...]:
    """Headings of a report in order. A heading over several lines of one style is one heading."""
    headings: list[Heading] = []
    index = 0
    step = leading(lines)
    while index < len(lines):
        if not _heading_like(lines, index, body, step):
            index += 1
            continue
        end = index + 1
        while end < len(lines) and end - index < 4 and _continues(lines[end - 1], lines[end], body, step):
            end += 1
        text = " ".join(line.text for line in lines[index:end])
        line = lines[index]
        if len(text.split()) <= 30 and not _is_text_of_item(headings, text, index):
            capitals = text.isupper()
            headings.append(
                Heading(text, index, end, line.size, line.bold, number_of(text), line.page, line.top, capitals)
            )
        index = end
    return tuple(headings)


def _is_text_of_item(before: Sequence[Heading], text: str, index: int) -> bool:
    """Whether bold lines directly below a label say what that item asks: what ends them makes them look like a heading.

    The end of the page, or a colon before a list: "That the Board adopts one tool, and ensures that:".
    """
    above = before[-1] if before else None
    asks = says_duty(text) or text.startswith("That ") or is_lead_in(text)
    return above is not None and above.end == index and is_item_label(above.text) and asks


def is_item_label(text: str) -> bool:
    """Whether a heading is the label of an item ("Recommendation 4"), also behind the number of its paragraph."""
    paragraph = formats.DECIMAL.match(text)
    text = paragraph["rest"] if paragraph else formats.TWICE.sub("", text)
    return formats.LABEL.match(text) is not None or formats.QUESTION_LABEL.match(text) is not None


def _heading_like(lines: Sequence[Line], index: int, body: float, step: float) -> bool:
    line = lines[index]
    text = line.text
    large = line.size >= 1.12 * body
    # Most lines are set as the body is and say nothing that announces: the cheap questions come first.
    if (
        not (large or line.bold)
        and text[-1] != ":"
        and 3 * MOST_SPACES < 3 * text.count(" ") < len(text)
        and not text.isupper()
    ):
        return False
    plain = not (large or line.bold) and _announces_plainly(text)
    if not (large or line.bold or plain or text.isupper()):
        return False
    letters = sum(map(str.isalpha, text))
    if letters < 3 or len(text) > 130 or formats.BULLET.match(text) or text[0].islower() or _IS_A_PART.match(text):
        return False
    if text.rstrip()[-1] in ".,;" and not large:
        return False
    if formats.OWNER_LINE.match(text) or formats.DATE_LINE.match(text):
        return False  # "Timescale: March 2025" below a recommendation, half of it in bold
    if _is_column_head(lines, index):
        return False
    # "6. Care leavers: The Board should write to the" goes on in the type of the text: a title run in before it.
    runs_in = line.bold and not large and len(line.words) > RUN_IN and not any(w.bold for w in line.words[-RUN_IN:])
    if runs_in:
        return False
    heavy = line.bold and not _inside_bold_paragraph(lines, index, step)
    capitals = (
        text.isupper()
        and not says_duty(text)
        and letters >= 5
        and len(text.split()) <= 12
        and _stands_alone(lines, index, step)
    )
    announces = plain and _stands_alone(lines, index, step)
    return large or heavy or capitals or (announces and (_list_follows(lines, index) or _bold_follows(lines, index)))


_IS_A_PART = re.compile(
    r"\((?:[a-z]|[ivx]{1,5})\)\s+[a-z]"
)  # "(c) the assessment includes ..." goes on with a sentence


def _is_column_head(lines: Sequence[Line], index: int) -> bool:
    """The name of a column beside that of another: "Recommendation" in the head of a table announces nothing."""
    cells = cells_in(row_of(lines, index))
    if len({role for role in roles_of(cells) if role}) >= 2:
        return True
    # Three names in bold beside one another head columns of whatever kind, unless this one announces what is sought: by itself,
    # and not because two of them stand on one line ("Review", "Recommendation"), nor beside a column that tells whose they were.
    by_itself = announced_in(lines[index].text) and len(cells_in([lines[index]])) == 1 and not tells_of_others(cells)
    return len(cells) >= 3 and all(w.bold for cell in cells for w in cell) and not by_itself


def _announces_plainly(text: str) -> bool:
    """A heading in the style of the body, known only by its words."""
    if text.count(" ") > MOST_SPACES:
        text = close_letter_spacing(text)
    to_somebody = text.endswith(":") and text.startswith("Recommendation")  # a name may be long
    if (text.count(" ") > MOST_SPACES and not to_somebody) or not may_announce(text):
        return False
    return announced_in(text)


def may_announce(text: str) -> bool:
    """Whether a line has a word without which it announces nothing."""
    return next(cues_in(text.lower()), None) is not None


def cues_in(low: str) -> Iterator[int]:
    """Where a text in small letters has words without which a heading announces nothing."""
    for stem, following in cues.HEADING_WORDS.items():
        at = low.find(stem)
        while at >= 0:
            if low.startswith(following, at + len(stem)):
                yield at
            at = low.find(stem, at + 1)


def announced_in(text: str) -> bool:
    """Whether a line by its words alone announces recommendations, however it is set."""
    return any(a.pattern.match(bare(text)) for a in formats.ANNOUNCEMENTS if not a.broad)


def _list_follows(lines: Sequence[Line], index: int) -> bool:
    """Whether an item opens within the next few lines: else the words are a link or an entry in a list of contents."""
    markers = (formats.LABEL, formats.DECIMAL, formats.NUMBER, formats.BULLET)
    return any(m.match(line.text) for line in lines[index + 1 : index + 6] for m in markers)


def _bold_follows(lines: Sequence[Line], index: int) -> bool:
    """Whether the words below a plain line that ends in a colon are set in bold: what it announces."""
    after = lines[index + 1] if index + 1 < len(lines) else None
    return after is not None and after.bold and lines[index].text.rstrip().endswith(":")


def _stands_alone(lines: Sequence[Line], index: int, step: float) -> bool:
    """Whether there is more space above and below a line than between the lines of a paragraph."""
    line = lines[index]
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    apart_above = before is None or before.page != line.page or _apart(before, line, step)
    apart_below = after is None or after.page != line.page or after.top - line.bottom > 0.15 * line.size
    return apart_above and apart_below


def _apart(before: Line, line: Line, step: float) -> bool:
    return line.top - before.bottom > 0.3 * line.size and not 0 < line.top - before.top <= 1.05 * step


def _inside_bold_paragraph(lines: Sequence[Line], index: int, step: float) -> bool:
    """A bold line that runs on into the next or from the one before is the text of a bold paragraph, not a heading."""
    first = end = index
    while first > 0 and _same_style_next_to(lines[first - 1], lines[first], step):
        first -= 1
    while end + 1 < len(lines) and _same_style_next_to(lines[end], lines[end + 1], step):
        end += 1
    run = lines[first : end + 1]
    text = " ".join(line.text for line in run)
    following = lines[end + 1] if end + 1 < len(lines) else None
    # Over the end of a page or of a column.
    elsewhere = following is not None and (following.page != lines[end].page or following.top < lines[end].top)
    goes_on = following is not None and (
        (elsewhere and following.text[:1].islower())
        or (not elsewhere and _is_bold_to_the_middle(following) and following.top - lines[end].top <= 1.3 * step)
    )
    if goes_on or re.search(r"[a-z]\. [A-Z]", text):
        return True
    # "The five councils should set up one pathway, under which:" asks, and its parts follow.
    asks = len(run) > 1 and _ASKS_IN_PARTS.search(text) is not None
    ends = len(run) > 1 and re.search(r"(?:[.;]|; (?:and|or))$", text.rstrip()) is not None
    return len(run) > 3 or asks or ends or len(text.split()) > 28


_ASKS_IN_PARTS = re.compile(r"\b(?:should|must) (?!\w+ (?:\w+ )?following\b)[^,;:]+(?:[,;] )?[^;:]{12,}:$")


def _is_bold_to_the_middle(line: Line) -> bool:
    """Whether the words with which a line begins are bold, and not only the number of an item."""
    words = [w for w in line.words if w.text.isalpha()]
    return not line.bold and line.words[0].bold and len(words) > 1 and words[0].bold


def _same_style_next_to(a: Line, b: Line, step: float) -> bool:
    """`step`: the report's usual distance from line to line, in points: widely set lines are no further apart in sense."""
    first, second = (a, b) if a.top <= b.top else (b, a)
    close = second.top - first.bottom < 0.45 * first.size or second.top - first.top <= 1.08 * step
    return a.page == b.page and a.bold == b.bold and abs(a.size - b.size) < 0.5 and close


def _continues(before: Line, line: Line, body: float, step: float) -> bool:
    """Whether `line` is the next line of the heading that `before` belongs to."""
    if formats.LABEL.match(line.text) or formats.BULLET.match(line.text) or formats.NUMBER.match(line.text):
        return False
    if before.size <= 1.12 * body and not before.bold:
        return False
    if on_one_row(before, line):
        return False  # the heads of two columns
    # Larger type is led as widely as the text is, in proportion.
    wider = step * max(1.0, before.size / body)
    return _same_style_next_to(before, line, wider) and line.text.rstrip()[-1] not in ".;"

"""Lines -> paragraphs with their markers: a label, a number, a bullet, or none."""

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from extract import cues, formats
from extract.asks import names_recommendations
from extract.hyphens import join_lines
from extract.layout import Line, Panel


class Marker(StrEnum):
    """What opens a paragraph."""

    LABEL = "label"
    DECIMAL = "decimal"
    NUMBER = "number"
    LETTER = "letter"
    SUB = "sub-item"
    BULLET = "bullet"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together. `number` is the printed label; `skip`: how many characters the marker takes."""

    lines: tuple[Line, ...]
    marker: Marker
    number: str | None
    skip: int
    heading: bool = False
    noun: str = ""

    @property
    def x0(self) -> float:
        """Left edge of the first line: what a marker hangs from."""
        return self.lines[0].x0

    @property
    def text(self) -> str:
        """The paragraph's words without its marker."""
        return self.joined().strip()

    @property
    def ends(self) -> bool:
        """Whether the paragraph's last line closes a sentence."""
        return self.lines[-1].text.rstrip(" \u201d\"')")[-1:] in (".", "?", "!", ";", ":")

    def joined(self, hyphens: Callable[[str, str], bool] = lambda left, right: True) -> str:
        """The words with white space folded; `hyphens(left, right)` says whether a hyphen at a line's end is printed."""
        return join_lines([line.text for line in self.lines], hyphens)[self.skip :]


def says_something_else(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the reason for an item, its owner or its date.

    Its opening words say so, with a colon, or set in bold or italics ("Rationale The wait was long").
    """
    if formats.AFTER_ITEM.match(paragraph.text):
        return True
    words = paragraph.lines[0].words
    lead = []
    for word in words:
        if not (word.bold or word.italic):
            break
        lead.append(word.text)
    return 0 < len(lead) < len(words) and formats.AFTER_ITEM.match(" ".join(lead)) is not None


FEWEST_STEPS = 0.1  # share of the steps from line to line that a usual one makes up


def leading(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next within a paragraph, in points."""
    steps = [
        b.top - a.top
        for a, b in itertools.pairwise(lines)
        if a.page == b.page and abs(a.size - b.size) < 0.5 and 0.8 * a.size < b.top - a.top < 2.2 * a.size
    ]
    if not steps:
        return 14.0
    # In a list with space between its items, and in one of labels, owners and dates, most of the steps may be the wide ones.
    counts = Counter(round(step) for step in steps)
    least = min(
        (step for step, count in counts.items() if count >= max(2, FEWEST_STEPS * len(steps))), default=math.inf
    )
    return float(min(median(steps), max((step for step in steps if round(step) == least), default=math.inf) * 1.1))


def marker_of(line: Line) -> tuple[Marker, str | None, int, str]:
    """What opens a line: the marker, the printed number, the characters it takes, and a label's noun."""
    text = line.text
    if label := label_of(line):
        return Marker.LABEL, label.number, label.skip, label.noun
    if m := formats.DECIMAL.match(text):
        return Marker.DECIMAL, m["number"], m.start("rest"), ""
    if m := formats.NUMBER.match(text):
        return Marker.NUMBER, m["a"] or m["b"], m.start("rest"), ""
    if formats.BARE_NUMBER.match(line.words[0].text) and _set_off(line):
        return Marker.NUMBER, line.words[0].text, len(line.words[0].text) + 1, ""
    if formats.CODE.match(line.words[0].text) and _set_off(line):
        return Marker.NUMBER, line.words[0].text.rstrip(".:"), len(line.words[0].text) + 1, ""
    if m := formats.LETTER.match(text):
        return Marker.LETTER, m["a"] or m["b"], m.start("rest"), ""
    if m := formats.SUB_ITEM.match(text):
        return Marker.SUB, None, 0, ""
    if m := formats.BULLET.match(text):
        return Marker.BULLET, None, m.start("rest") if m["rest"] else len(text), ""
    return Marker.NONE, None, 0, ""


CODE = "code"  # stands for the noun where a code labels an item


@dataclass(frozen=True, slots=True)
class Label:
    """What opens an item: the printed number, the noun, who must act if that stands beside it, and the characters it takes."""

    number: str | None
    noun: str
    who: str | None
    skip: int


def label_of(line: Line) -> Label | None:
    """The label that opens a line, if one does: "Recommendation 4", "R4", "Recommendation for the Board:", "7.2 Recommendation:"."""
    text = line.text
    if line.coded and (m := formats.CODED.match(text)):
        return Label(m["number"], CODE, m["who"] or m["whom"], m.start("rest"))
    # Most lines need not be tried.
    if text[:1] not in cues.OPENING_LETTERS and not names_recommendations(text):
        return None
    for pattern in (formats.LABEL, formats.QUESTION_LABEL):
        if (m := pattern.match(text)) and _is_label(m, line):
            return Label(label_number(m), m["noun"].casefold(), m["who"] or m["whom"], m.start("rest"))
    for pattern in (formats.BARE_LABEL, formats.BARE_QUESTION):
        if (m := pattern.match(text)) and line.words[0].bold:
            return Label(None, m["noun"].casefold(), m["who"] or m["whom"], m.start("rest"))
    return _label_of_numbered(line)


def _label_of_numbered(line: Line) -> Label | None:
    """A label within a numbered paragraph; its own number counts, or, if it has none, that of the paragraph.

    So does the number of a label that is printed before it once more, as in a disc: "2 Recommendation 2".
    """
    if (twice := formats.TWICE.match(line.text)) and (m := formats.LABEL.match(line.text[twice.end() :])):
        return Label(label_number(m), m["noun"].casefold(), m["who"] or m["whom"], twice.end() + m.start("rest"))
    paragraph = formats.DECIMAL.match(line.text)
    if paragraph is None or "ecommendation" not in paragraph["rest"][:60]:
        return None
    at = paragraph.start("rest")
    for pattern in (formats.LABEL, formats.BARE_LABEL):
        m = pattern.match(paragraph["rest"])
        if m and m["stop"] and m["rest"] and paragraph["rest"][0].isupper():
            number = label_number(m) if m["number"] else paragraph["number"]
            return Label(number, m["noun"].casefold(), m["who"] or m["whom"], at + m.start("rest"))
    return None


def label_number(match: re.Match[str]) -> str:
    """The number of a label as printed: without its noun, but "R1" is one word and stays so."""
    return match["noun"] + match["number"] if match["noun"].casefold() in ("r", "q") else match["number"]


def _is_label(match: re.Match[str], line: Line) -> bool:
    """A label, and not a sentence that happens to begin with one ("Recommendation 3 was met in 2015")."""
    stop, rest = match["stop"], match["rest"]
    if match["number"].isalpha() and match["noun"].casefold() in ("r", "rec", "rec."):
        return False
    if len(match["number"]) == 1 and match["number"].isalpha() and rest and not stop:
        # "Recommendation A" in bold before the text; "Recommendation a ..." is no label.
        bold = [w.bold for w in line.words]
        return match["number"].isupper() and (
            (bold[0] and bold[1] and not bold[2]) or _set_off(line, match.start("rest"))
        )
    if not rest or stop:
        return True
    if rest[0] in ",;()" or re.match(r"(?:of|in|from|was|is|has|and|to|above|below|were|on|that|which)\b", rest):
        return False
    first = line.words[0]
    others = [w for w in line.words if w.x0 > first.x1 and w.bold != first.bold]
    return (
        _set_off(line, len(match.group(0)) - len(rest))
        or (first.bold and bool(others))
        or line.bold
        or rest[0].isupper()
    )


def _set_off(line: Line, characters: int | None = None) -> bool:
    """Whether a gap wider than a space follows the marker."""
    length, index = 0, 0
    while index < len(line.words) - 1:
        length += len(line.words[index].text) + 1
        if characters is None or length >= characters:
            break
        index += 1
    if index + 1 >= len(line.words):
        return len(line.words) == 1 and characters is None
    return line.words[index + 1].x0 - line.words[index].x1 > 0.6 * line.size


ALIGNED = 3.0  # points: lines that begin so close together begin at one place
FEW_LINES = 10  # so few lines may all be paragraphs of one line: their distances do not show the leading


def split(
    lines: Sequence[Line],
    headings: Sequence[int],
    panels: dict[int, tuple[Panel, ...]],
    report_leading: float = math.inf,
) -> list[Paragraph]:
    """Part lines into paragraphs at markers, wider gaps, headings and the edges of panels.

    headings: indices into `lines` of lines that are headings; panels: those of each page; report_leading: the usual
    distance between lines in the whole report, in points, for stretches too short to show their own.
    """
    usual = leading(lines)
    if len(lines) < FEW_LINES:
        usual = min(usual, report_leading)
    heads = set(headings)
    groups: list[list[int]] = []
    for index in range(len(lines)):
        if groups and not _breaks(lines, index, heads, usual, panels):
            groups[-1].append(index)
        else:
            groups.append([index])
    out = []
    for group in groups:
        marker, number, skip, noun = marker_of(lines[group[0]])
        members = tuple(lines[i] for i in group)
        out.append(Paragraph(members, marker, number, skip, heading=group[0] in heads, noun=noun))
    return out


def _breaks(
    lines: Sequence[Line], index: int, heads: set[int], usual: float, panels: dict[int, tuple[Panel, ...]]
) -> bool:
    before, line = lines[index - 1], lines[index]
    if (index in heads) != (index - 1 in heads):
        return True
    if marker_of(line)[0] is not Marker.NONE and _could_open(before, line):
        return True
    if index in heads and not _style_changes(before, line):
        return False  # the second line of a title, which is led more widely than the text
    if formats.ASIDE_OPENING.match(line.text):
        return True
    if (
        before.text.endswith("?")
        and line.text[:1].isupper()
        and abs(line.x0 - before.x0) < ALIGNED
        and _begins_where_its_paragraph_does(lines, index)
    ):
        # One question to a line: their bullets may be drawn and not written.
        return True
    if before.page != line.page:
        return before.text.rstrip()[-1:] in ".?!:;" and line.text[:1].isupper()
    if _panel(before, panels) != _panel(line, panels):
        return True
    if _style_changes(before, line):
        return True
    step = line.top - before.top
    sentences = before.text.rstrip()[-1:] in ".?!:;" and line.text[:1].isupper()
    # Between two sentences a little more space than between lines is enough.
    return step > (1.1 if sentences else 1.22) * max(usual, before.size * 1.05) or step < -1


def _begins_where_its_paragraph_does(lines: Sequence[Line], index: int) -> bool:
    """Whether the line is not the second of a paragraph that has just put a question in running text.

    In a list of questions the lines of one are no longer apart than those of the next, and all begin at one place; in running
    text a question that ends at a line's end is rare, and stands there by chance.
    """
    first = index - 1
    while (
        first > 0
        and lines[first - 1].page == lines[index].page
        and not lines[first - 1].text.rstrip().endswith((".", "?", ":"))
    ):
        first -= 1
    return marker_of(lines[first])[0] is Marker.NONE and lines[first].text[:1].isupper()


def _could_open(before: Line, line: Line) -> bool:
    """A wrapped line may begin with "16. " or "(a)"; a marker opens a paragraph where the line before has come to an end.

    A line that hangs left of the one before, or follows on a full stop, a colon or white space, is a new paragraph.
    """
    marker = marker_of(line)[0]
    if marker in (Marker.LABEL, Marker.BULLET) or before.page != line.page:
        return True
    return (
        line.x0 < before.x0 - 4
        or before.text.rstrip()[-1:] in ".:;?!,"
        or marker_of(before)[0] is marker
        or line.top - before.top > 1.15 * before.height * 1.25
        or before.text.rstrip().endswith((" and", " or"))
    )


def _panel(line: Line, panels: dict[int, tuple[Panel, ...]]) -> Panel | None:
    holding = [panel for panel in panels.get(line.page, ()) if panel.holds(line)]
    return min(holding, key=lambda p: (p.x1 - p.x0) * (p.bottom - p.top)) if holding else None


def _style_changes(before: Line, line: Line) -> bool:
    """Bold, italic or size changes from one whole line to the next: "Rationale" in italics below a recommendation."""
    if abs(before.size - line.size) > 1.5:
        return True
    ended = before.text.rstrip()[-1:] in ".?!:;"
    words = before.words
    if marker_of(before)[0] is Marker.LABEL:
        # Whatever the label is set in: "Recommendation 4" and, beside it in italics, the reason.
        words = tuple(w for w in words if not w.bold) or words
    uniform = all(w.italic for w in words) != any(w.italic for w in line.words) or before.italic == line.italic
    return ended and uniform and (before.italic != line.italic or (before.bold and not any(w.bold for w in line.words)))

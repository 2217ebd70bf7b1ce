"""What stands side by side on a first page: labels in a row with what they name beneath, and blocks with lines of their own."""

import re
from collections.abc import Iterator, Sequence

from extract.layout import Line, Word
from extract.reading_order import make_line

ALIGNED = 4.0  # points: a value stands so exactly under its label: flush left, flush right or centred
SAME_ROW = 0.4  # in sizes of the type: pieces whose tops are closer stand in one row
GAP = 0.8  # in sizes of the type: a wider space may part two labels, or two values
BENEATH = 1.5  # in sizes of the type: the widest space between a label and its value, or between two lines of a block
MOST_LINES = 3  # of a value
_ROLE = r"(?:author|reviewer|auditor|scrutineer|writer|inspector|chair(?:person|man|woman)?)(?:s|\(s\))?"
_LABEL = re.compile(
    r"(?:case |review |report )?(?:ref(?:erence)?|name|type|number|id)(?: (?:number|no\.?|code))?|type of (?:review|report)|"
    r"(?:name of )?(?:the )?(?:subject|case)(?: of (?:the )?(?:review|report))?|pseudonym|"
    rf"(?:(?:independent|lead|joint|external|overview|report|review|panel)\s+)*{_ROLE}(?:\s*(?:and|&|/)\s*(?:\w+\s+){{0,2}}{_ROLE})?|"
    r"publisher|publishing body|commissioning (?:body|board|partnership)|(?:commissioned|written|prepared|approved|agreed) (?:by|for|on)|"
    r"published(?: by| on)?|(?:publication|report|review|completion) date|"
    r"date(?: (?:published|completed|(?:of )?(?:the )?(?:publication|report|review|issue|death|birth|incident|panel|completion)))?|"
    r"version|status|period (?:under|of|covered by) (?:the )?review|(?:review|reporting) period|local authority|area",
    re.IGNORECASE,
)


def is_label(text: str) -> bool:
    """Whether words only say what stands beside or beneath them: "Independent reviewer", "Published:"."""
    return _LABEL.fullmatch(text.strip().rstrip(": ")) is not None


def labelled_above(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of a page that stand in no row of labels; and each label in such a row, followed by what stands beneath it.

    A label with another label on its right has its value beneath; one with a value on its right is left where it is.
    """
    rest, out = list(lines), list[Line]()
    for printed, row in _rows_of_labels(lines):
        values = _beneath(row, [line for line in lines if line not in printed])
        if sum(bool(own) for own in values) < 2:
            continue
        used = [*printed, *(line for own in values for line, _ in own)]
        rest = [line for line in rest if line not in used]
        for label, own in zip(row, values, strict=True):
            out.append(label)
            out += [make_line(label.page, words) for _, words in own]
    return rest, out


def _rows_of_labels(lines: Sequence[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Rows of a page in which nothing but labels stands: the lines, and each label by itself."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda n: (n.top, n.x0)):
        if rows and line.top - rows[-1][0].top < SAME_ROW * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    for printed in rows:
        row = [make_line(n.page, words) for n in sorted(printed, key=lambda n: n.x0) for words in _cut(n, None)]
        if len(row) > 1 and all(is_label(n.text) for n in row):
            yield printed, row


def _beneath(row: Sequence[Line], lines: Sequence[Line]) -> list[list[tuple[Line, list[Word]]]]:
    """For each label of a row what stands right beneath it, line by line, with the line from which it comes."""
    values: list[list[tuple[Line, list[Word]]]] = [[] for _ in row]
    bottoms = [label.bottom for label in row]
    for line in sorted(lines, key=lambda n: (n.top, n.x0)):
        if line.top < row[0].bottom - 1 or is_label(line.text):
            continue
        for words in _cut(line, row):
            at = _column(words, row)
            if at is None or len(values[at]) == MOST_LINES or line.top - bottoms[at] > BENEATH * line.size:
                continue
            if values[at] and abs(values[at][-1][0].size - line.size) > 1:
                continue
            values[at].append((line, words))
            bottoms[at] = line.bottom
    return values


def _cut(line: Line, row: Sequence[Line] | None) -> list[list[Word]]:
    """A line's words, parted at wider spaces, or at those before what begins under a label of a row.

    A short word before a gap was taken for the number of what stands on its right.
    """
    pieces: list[list[Word]] = []
    for word in line.words:
        apart = bool(pieces) and word.x0 - pieces[-1][-1].x1 > GAP * line.size
        if not pieces or (apart and (row is None or any(abs(word.x0 - label.x0) < ALIGNED for label in row))):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def _column(words: Sequence[Word], row: Sequence[Line]) -> int | None:
    left, right = words[0].x0, words[-1].x1
    away = [min(abs(left - n.x0), abs(right - n.x1), abs(left + right - n.x0 - n.x1) / 2) for n in row]
    at = min(range(len(row)), key=lambda i: away[i])
    return at if away[at] < ALIGNED else None


def blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page in blocks, each from top to bottom: what stands beside a block is not read across it."""
    out: list[list[Line]] = []
    for line in sorted(lines, key=lambda n: (n.top, n.x0)):
        above = [b for b in out if _stands_under(b[-1], line)]
        if len(above) == 1:
            above[0].append(line)
        else:
            out.append([line])
    return out


def _stands_under(above: Line, line: Line) -> bool:
    overlap = min(above.x1, line.x1) - max(above.x0, line.x0)
    return overlap > 0 and -1 < line.top - above.bottom < BENEATH * max(above.size, line.size)

"""What a page is made of: words, lines of words, panels and table cells. Records only; no library is imported."""

from dataclasses import dataclass

from domain.records import Box


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space. Points from the top left of the page as shown.

    turn: by how many degrees it is turned anticlockwise on the page as shown, 0 to 359.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    italic: bool = False
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one baseline without a wide gap between them. `page` counts from 1.

    shared: only a part of what is printed there, beside which words of something else stand; coded: it opens with a code
    that numbers a recommendation ("M1").
    """

    page: int
    words: tuple[Word, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    italic: bool = False
    shared: bool = False
    coded: bool = False

    @property
    def height(self) -> float:
        """Height of the line's box in points."""
        return self.bottom - self.top

    @property
    def box(self) -> Box:
        """The line's place on its page."""
        return Box(self.page, round(self.x0, 1), round(self.top, 1), round(self.x1, 1), round(self.bottom, 1))


@dataclass(frozen=True, slots=True)
class Panel:
    """A ruled or shaded rectangle that holds text: a box round a recommendation, a case study, a table's frame.

    shade: the colour it is filled with (red, green, blue, 0 to 255); None where it is only ruled.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    shade: tuple[int, int, int] | None

    def holds(self, line: Line) -> bool:
        """Whether the middle of a line lies inside."""
        middle = (line.top + line.bottom) / 2
        return self.x0 - 2 <= line.x0 and line.x1 <= self.x1 + 2 and self.top - 1 <= middle <= self.bottom + 1

    def goes_on_in(self, other: "Panel") -> bool:
        """Whether another one below is the same box to the eye: word processors shade each paragraph of it by itself."""
        beside = abs(self.x0 - other.x0) < 1 and abs(self.x1 - other.x1) < 1
        return beside and abs(other.top - self.bottom) < 2 and self.shade is not None and self.shade == other.shade


Rung = tuple[float, float, float]
"""A level edge of what a page draws, of a rule or of a shade: its height, and from where to where it runs."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines in reading order.

    rules: how many ruling lines it draws; uprights: at how many places, at one height, an upright rule or the side of a
    box stands (a table of two columns has three); scanned: an image, no text; glanced: each line stands as a single word, in the
    order of the file, and drawings were not looked at; aside: words that stand in no line, since they are turned or lie
    behind the text, in the order of the file; rungs: the level edges that it draws.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    panels: tuple[Panel, ...] = ()
    rules: int = 0
    uprights: int = 0
    scanned: bool = False
    glanced: bool = False
    aside: tuple[Word, ...] = ()
    rungs: tuple[Rung, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: the lines in it, top to bottom."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The cell's words with white space folded."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """A table on one page; rows of cells, None where a cell is covered by its neighbour.

    edges: where its columns begin and the last one ends, in points; empty where they are not known; numbers: the column that
    numbers the rows without a head that says so.
    """

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[tuple[Cell | None, ...], ...]
    edges: tuple[float, ...] = ()
    numbers: int | None = None

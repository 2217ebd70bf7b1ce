"""R1 to R10 in the margin, on pages whose file has no spaces, whose words are out of order and whose ligatures are letters.

Drawn with reportlab word by word: gaps stand for spaces, `ﬁ` and `ﬂ` are single characters, headings are letter-spaced, and
each page's later paragraphs come before its earlier ones in the file. An item runs over two pages with a figure between.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from setting import FICTION
from story import Story, runs

FONTS = Path("/usr/share/fonts/truetype/liberation")
LEFT, RIGHT, TOP, FOOT, LABEL = 112.0, 535.0, 770.0, 82.0, 62.0
WORDS = Path(gettempdir()) / "sar-mr-j-words.pdf"  # the same pages with their words in order, for looking them up


@dataclass
class Word:
    x: float
    y: float
    text: str
    font: str
    size: float
    space: float = 0


@dataclass
class Sheet:
    """One page: paragraphs of placed words, its margin labels, footnotes and bars of a figure."""

    paragraphs: list[list[Word]] = field(default_factory=list)
    labels: list[Word] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bars: list[tuple[float, float, float, float]] = field(default_factory=list)
    head: str = ""


def ligatured(text: str) -> str:
    return text.replace("fi", "ﬁ").replace("fl", "ﬂ")


def words_of(text: str) -> Iterator[tuple[str, str, str]]:
    """Words with their style, and after them any footnote that they call."""
    for style, words in runs(text):
        if style == "note":
            yield "note", words, ""
        else:
            for word in words.split():
                yield style, ligatured(word), ""


class Press:
    def __init__(self, story: Story) -> None:
        self.story, self.sheets, self.count = story, [Sheet()], 0
        self.y, self.chapter, self.figure = TOP, "", False

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def foot(self) -> float:
        return FOOT + 16 * len(self.sheet.notes)

    def new_sheet(self) -> None:
        self.sheets.append(Sheet(head=self.chapter))
        self.y = TOP
        if self.figure:
            self.figure = False
            self.sheet.bars = [
                (LEFT + 60 + 62 * n, self.y - 80, 38, height) for n, height in enumerate((34, 70, 46, 60, 25))
            ]
            self.sheet.paragraphs.append([])
            self.y -= 96
            self.line(
                [Word(0, 0, word, "Plain", 9) for word in "Figure 1: moves of home in the year, by quarter".split()],
                LEFT,
                False,
            )
            self.y -= 12

    def line(self, row: list[Word], left: float, full: bool, size: float = 12.2) -> None:
        """Set one line, spread to the right edge if it is full, in the paragraph at hand."""
        widths = [pdfmetrics.stringWidth(word.text, word.font, word.size) for word in row]
        room = RIGHT - left - sum(widths)
        gap = room / max(len(row) - 1, 1) if full else size * 0.26
        x = left
        for word, width in zip(row, widths, strict=True):
            if word.size < 8 and word.text.isdigit():  # a footnote's call, raised and close
                x -= gap - 0.5
                self.sheet.paragraphs[-1].append(Word(x, self.y + 3.5, word.text, word.font, word.size))
            else:
                self.sheet.paragraphs[-1].append(Word(x, self.y, word.text, word.font, word.size))
            x += width + gap
        self.y -= size * 1.42

    def paragraph(
        self, text: str, left: float = LEFT, size: float = 12.2, label: str = "", style: str = "Plain"
    ) -> None:
        if self.y < self.foot() + 2 * size:
            self.new_sheet()
        self.sheet.paragraphs.append([])
        if label:
            self.sheet.labels.append(Word(LABEL, self.y, label, "Bold", 11))
        row: list[Word] = []
        for kind, word, _ in words_of(text):
            if kind == "note":
                self.count += 1
                self.sheet.notes.append(f"{self.count}  {ligatured(word)}")
                row.append(Word(0, 0, str(self.count), "Plain", 6.5))
                continue
            placed = Word(0, 0, word, {"": style, "bold": "Bold", "italic": "Slant"}[kind], size)
            width = sum(pdfmetrics.stringWidth(w.text, w.font, w.size) + size * 0.22 for w in [*row, placed])
            if row and width > RIGHT - left:
                self.line(row, left, True, size)
                row = []
                if self.y < self.foot():
                    self.new_sheet()
                    self.sheet.paragraphs.append([])
            row.append(placed)
        self.line(row, left, False, size)
        self.y -= 5

    def heading(self, text: str) -> None:
        self.chapter = text
        if self.y < FOOT + 90:
            self.new_sheet()
        if not self.sheet.head:
            self.sheet.head = text
        self.y -= 14
        self.sheet.paragraphs.append([Word(LEFT, self.y, text.upper(), "Bold", 12.5, space=3.6)])
        self.y -= 24

    def title(self) -> None:
        about = self.story.about
        self.y = 620
        self.paragraph(about["publisher"], size=15)
        self.paragraph(about["title"], size=23, style="Bold")
        self.paragraph(f"Independent reviewer: {about['lead_reviewer']}", size=11)
        self.paragraph(about["printed"], size=11)
        self.y -= 60
        self.paragraph(FICTION, size=9, style="Slant")
        self.new_sheet()

    def contents(self, pages: dict[str, int]) -> None:
        self.sheet.paragraphs.append([Word(LEFT, self.y, "CONTENTS", "Bold", 12.5, space=3.6)])
        self.y -= 28
        for text, page in pages.items():
            row = [*(Word(0, 0, word, "Plain", 10.5) for word in text.split()), Word(0, 0, "." * 60, "Plain", 10.5)]
            self.sheet.paragraphs.append([])
            self.line(row, LEFT, False)
            self.sheet.paragraphs[-1].append(Word(RIGHT - 12, self.sheet.paragraphs[-1][0].y, str(page), "Plain", 10.5))
        self.new_sheet()
        self.sheet.head = ""

    def tell(self) -> None:
        queue = iter(self.story.items)
        for n, block in enumerate(self.story.blocks):
            following = self.story.blocks[n + 1].name if n + 1 < len(self.story.blocks) else ""
            if block.name == "item":
                now = next(queue)
                self.figure = following == "figure"
                for m, (kind, text) in enumerate(now.parts):
                    self.paragraph(text, LEFT + (16 if kind == "letter" else 0), label="" if m else now.number)
            elif block.name == "between" or block.kind == "paragraph":
                self.paragraph(block.text)
            elif block.kind.startswith("heading"):
                self.heading(block.text)
            elif block.name != "figure":
                raise LookupError(block.name)


def draw(sheets: list[Sheet], path: Path, title: str, ordered: bool) -> None:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle(title)
    for number, sheet in enumerate(sheets, 1):
        half = len(sheet.paragraphs) // 2
        order = sheet.paragraphs if ordered else [*sheet.paragraphs[half:], *sheet.paragraphs[:half]]
        canvas.setFillGray(0.6)
        for x, y, width, height in sheet.bars:
            canvas.rect(x, y, width, height, stroke=0, fill=1)
        canvas.setFillGray(0)
        furniture = [
            Word(LEFT, 806, f"SAR Mr J: {sheet.head}", "Plain", 8),
            Word(RIGHT - 12, 40, str(number), "Plain", 8),
        ]
        notes = [Word(LEFT, 58 + 14 * n, text, "Plain", 8) for n, text in enumerate(reversed(sheet.notes))]
        if sheet.notes:
            canvas.line(LEFT, 58 + 14 * len(notes) + 2, LEFT + 130, 58 + 14 * len(notes) + 2)
        for word in [
            *[w for paragraph in order for w in paragraph],
            *sheet.labels,
            *notes,
            *(furniture if number > 1 else []),
        ]:
            canvas.setFont(word.font, word.size)
            canvas.drawString(word.x, word.y, word.text, charSpace=word.space)
        canvas.showPage()
    canvas.save()


def build(story: Story, out: Path) -> Path:
    for name, file in (
        ("Plain", "LiberationSerif-Regular"),
        ("Bold", "LiberationSerif-Bold"),
        ("Slant", "LiberationSerif-Italic"),
    ):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{file}.ttf")))
    pages: dict[str, int] = {block.text: 0 for block in story.blocks if block.kind == "heading1"}
    for _ in range(2):
        press = Press(story)
        press.title()
        press.contents(pages)
        press.tell()
        for n, sheet in enumerate(press.sheets[2:], 3):
            for word in (w for paragraph in sheet.paragraphs for w in paragraph if w.space):
                name = next(key for key in pages if key.upper() == word.text)
                pages[name] = n
    path = out / f"{story.name}.pdf"
    draw(press.sheets, path, story.about["title"], ordered=False)
    draw(press.sheets, WORDS, story.about["title"], ordered=True)
    return path

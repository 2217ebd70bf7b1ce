"""Every paragraph numbered by chapter, so that recommendations are 7.3 to 7.12 among others; footnotes within items."""

from docx.shared import Cm, Pt
from story import Block, Story
from word import Paper


class Numbered(Paper):
    """All paragraphs are numbered by chapter, with the number in the margin of the text."""

    chapter = 0
    count = 0

    def heading(self, level: int, text: str, listed: bool = True) -> None:
        self.chapter, self.count = self.chapter + 1, 0
        super().heading(level, f"{self.chapter}. {text}", listed)

    def numbered(self, text: str) -> str:
        self.count += 1
        number = f"{self.chapter}.{self.count}"
        made = self.paragraph(f"{number}\t{text}")
        made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = Cm(1.3), Cm(-1.3)
        made.paragraph_format.tab_stops.add_tab_stop(Cm(1.3))
        return number

    def block(self, block: Block) -> None:
        if block.kind == "paragraph":
            self.numbered(block.text)
        else:
            super().block(block)


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Numbered(story, font="Carlito", size=11.9, ink="3B6E22", toc=toc)
    paper.furniture("LCSPR Alder\t\tFennimarsh Safeguarding Children Partnership")
    paper.title_page(
        [
            ("Fennimarsh Safeguarding Children Partnership", 15, False),
            ("Local Child Safeguarding Practice Review: Alder", 24, True),
            ("Lead reviewer: Marigold Inventon", 12, False),
            ("February 2022", 12, False),
        ]
    )
    paper.contents()

    def item(_: Block) -> None:
        now = paper.next_item()
        for kind, text in now.parts:
            if kind == "text":
                number = paper.numbered(text)
                if number != now.number:
                    raise ValueError(f"{number} is printed where {now.number} is meant")
            elif kind == "letter":
                made = paper.paragraph(text)
                made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = Cm(2.1), Cm(-0.8)
                made.paragraph_format.space_after = Pt(4)
            else:
                paper.bullets([text], left=2.0)

    paper.handlers = {"item": item}
    paper.draw()
    return paper

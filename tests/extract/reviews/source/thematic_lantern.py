"""A lead-in for each agency with bullets in a symbol font below it; a section in two columns; a figure among the items."""

from pathlib import Path
from tempfile import TemporaryDirectory

from docx.shared import Pt
from PIL import Image, ImageDraw
from story import Block, Story
from word import Paper


def chart(path: Path) -> None:
    """Three bars, without words."""
    image = Image.new("P", (420, 150), 0)
    image.putpalette([255, 255, 255, 90, 60, 140, 120, 120, 120])
    pen = ImageDraw.Draw(image)
    for n, height in enumerate((90, 60, 120)):
        pen.rectangle((60 + 120 * n, 140 - height, 120 + 120 * n, 140), fill=1)
    pen.line((40, 140, 400, 140), fill=2, width=2)
    image.save(path)


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Paper(story, font="DejaVu Sans", size=9.5, ink="4B2E83", toc=toc)
    paper.furniture("Lantern: a thematic review\t\tFindings and recommendations", "12 October 2023")
    paper.title_page(
        [
            ("Silverby and Ulverby Safeguarding Children Partnership", 14, False),
            ("Thematic Child Safeguarding Practice Review: Lantern", 22, True),
            ("Independent reviewer: Rafferty Allegory", 11, False),
            ("12 October 2023", 11, False),
        ]
    )
    paper.contents()

    def columns(_: Block) -> None:
        paper.section(columns=2, new_page=False)

    def endcolumns(_: Block) -> None:
        paper.section(new_page=False)

    def lead(block: Block) -> None:
        made = paper.paragraph(block.text, bold=True)
        made.paragraph_format.keep_with_next = True

    def item(_: Block) -> None:
        made = paper.paragraph(paper.next_item().parts[0][1], "List Bullet")
        made.paragraph_format.space_after = Pt(4)

    def figure(_: Block) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "chart.png"
            chart(path)
            paper.picture(path, 7, "Figure 1: Incidents by place: schools should not be read as the least safe")

    paper.handlers = {"columns": columns, "endcolumns": endcolumns, "lead": lead, "item": item, "figure": figure}
    paper.draw()
    return paper

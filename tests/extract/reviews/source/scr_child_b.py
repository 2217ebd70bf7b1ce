"""A short report of which only a scan survives: images, a little askew, with no text layer at all."""

import shutil
from pathlib import Path
from tempfile import gettempdir

from photocopy import photocopied
from printing import make
from story import Block, Story
from word import Paper

WORDS = Path(gettempdir()) / "scr-child-b-words.pdf"  # the document before it was scanned, for looking up its pages


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Paper(story, font="Liberation Sans", size=13, ink="000000", toc=toc)
    paper.furniture("", "Executive summary: Child B", "{PAGE}")
    paper.title_page(
        [
            ("Tamsley Local Safeguarding Children Board", 16, False),
            ("Serious Case Review: Child B", 24, True),
            ("Executive summary", 15, False),
            ("Independent author: Winifred Fancy", 12, False),
            ("April 2009", 12, False),
        ]
    )
    paper.page_break()

    def item(_: Block) -> None:
        now = paper.next_item()
        paper.paragraph(f"Recommendation {now.number}", bold=True).paragraph_format.keep_with_next = True
        paper.paragraph(now.parts[0][1])

    paper.handlers = {"item": item}
    paper.draw()
    return paper


def build(story: Story, out: Path) -> Path:
    pdf = make(story, out, layout)
    shutil.copy(pdf, WORDS)
    return photocopied(pdf, first=lambda _: True, hidden=False)

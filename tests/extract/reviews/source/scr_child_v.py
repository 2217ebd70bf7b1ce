"""Recommendations only as sentences of the text, at the ends of chapters; hyphenated at the ends of lines."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from story import Block, Story
from word import Paper, hyphenate


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Paper(story, font="Liberation Serif", size=13.5, ink="000000", toc=toc)
    paper.doc.styles["Normal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paper.doc.styles["Normal"].paragraph_format.line_spacing = 1.4
    hyphenate(paper)
    paper.furniture("Child V", "Pellingdale Safeguarding Children Board   |   December 2010   |", "{PAGE}")
    paper.title_page(
        [
            ("Pellingdale Safeguarding Children Board", 16, False),
            ("Serious Case Review: Child V", 26, True),
            ("Overview report by Ambrose Makepeace-Tale", 13, False),
            ("December 2010", 13, False),
        ]
    )

    def item(_: Block) -> None:
        paper.paragraph(paper.next_item().parts[0][1])

    paper.page_break()
    paper.handlers = {"item": item}
    paper.draw()
    return paper

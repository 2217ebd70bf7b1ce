"""Numbers that begin anew under each agency, an earlier review's recommendations, single-agency ones in an appendix.

The appendices are a photocopy bound in at the end, as a signed-off annex often is: the pages are images with the
recognised words laid invisibly beneath.
"""

from pathlib import Path

from docx.shared import Pt
from photocopy import photocopied
from printing import make
from story import Block, Story
from word import Paper


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Paper(story, font="Liberation Serif", size=12, ink="000000", toc=toc)
    paper.furniture("", "MLSCB Serious Case Review", "PROTECT     {PAGE}")
    paper.title_page(
        [
            ("MARLHAVEN LOCAL SAFEGUARDING CHILDREN BOARD", 15, True),
            ("OVERVIEW REPORT", 15, False),
            ("Serious Case Review: Child Q and Sibling", 20, True),
            ("Author: Dr Barnaby Storywell", 12, False),
            ("Published 18 September 2013", 12, False),
        ]
    )
    paper.contents("CONTENTS", levels=1)
    number = 0

    def numbers(block: Block) -> None:
        nonlocal number
        number = paper.new_list(block.options[""] or "i.", left=1.1, hang=0.9)

    def item(_: Block) -> None:
        made = paper.listed(paper.next_item().parts[0][1], number)
        made.paragraph_format.space_after = Pt(7)

    paper.handlers = {"numbers": numbers, "item": item, "appendix": lambda _: paper.page_break()}
    paper.draw()
    return paper


def build(story: Story, out: Path) -> Path:
    pdf = make(story, out, layout)
    return photocopied(pdf, first=lambda text: "APPENDIX A: GLOSSARY" in text and "...." not in text, hidden=True)

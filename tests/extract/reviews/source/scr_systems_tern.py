"""A Learning Together report: findings in shaded bars, each followed by questions for the board; no recommendations."""

from docx.shared import Pt
from story import Block, Story
from word import Paper


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Paper(story, font="Carlito", size=11, ink="1B6B72", toc=toc)
    paper.furniture("Learning Together: Tern", "Corrowdale Safeguarding Children Board", "Page {PAGE}")
    paper.title_page(
        [
            ("Corrowdale Safeguarding Children Board", 15, False),
            ("Serious Case Review using the Learning Together systems model: Tern", 22, True),
            ("Lead reviewers: Silas Parable and Oriel Madewell", 12, False),
            ("May 2015", 12, False),
        ]
    )
    paper.contents()
    findings = [block for block in story.blocks if block.name == "finding"]

    def title(block: Block) -> str:
        return next(key for key in block.options if key)

    def summary(_: Block) -> None:
        paper.paragraph("The review team has prioritised four findings for the Board to consider. They are:")
        rows = [(f"Finding {block.options['']}", title(block)) for block in findings]
        paper.table(("", "Finding"), rows, (2.6, 13.4), size=10.5, fill="CFE7E9")

    def finding(block: Block) -> None:
        made = paper.heading(2, f"Finding {block.options['']}: {title(block)}")
        paper.shade(made, "CFE7E9")

    def questions(block: Block) -> None:
        made = paper.paragraph(block.options[""], bold=True, ink="1B6B72")
        made.paragraph_format.keep_with_next = True

    def lead(block: Block) -> None:
        paper.paragraph(block.text).paragraph_format.keep_with_next = True

    def item(_: Block) -> None:
        made = paper.paragraph(paper.next_item().parts[0][1], "List Bullet")
        made.paragraph_format.space_after = Pt(4)

    paper.handlers = {"summary": summary, "finding": finding, "questions": questions, "lead": lead, "item": item}
    paper.draw()
    return paper

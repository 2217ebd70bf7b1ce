"""Each recommendation in a box after its finding, with reasons before and after, and all of them listed again at the end."""

from docx.shared import Cm, Pt
from story import Block, Item, Story
from word import Paper


def marked(item: Item) -> list[str]:
    return [("- " if kind == "bullet" else "") + text for kind, text in item.parts]


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Paper(story, font="Carlito", size=12.5, ink="8A3A6B", toc=toc)
    paper.furniture("Sorrel: LCSPR", "Addlewick Safeguarding Children Partnership", "{PAGE}")
    paper.title_page(
        [
            ("Addlewick Safeguarding Children Partnership", 15, False),
            ("Local Child Safeguarding Practice Review: Sorrel", 24, True),
            ("Lead reviewer: Dr Nerys Conjure", 12, False),
            ("30 January 2025", 12, False),
        ]
    )
    paper.contents()

    def item(_: Block) -> None:
        now = paper.next_item()
        if int(now.number) % 2:  # a table of one cell
            cell = paper.box("F2DCE9")
            paper.write(cell, [f"**Rec. {now.number}**", *marked(now)], size=11.5)
            return
        lines = [paper.paragraph(f"Rec. {now.number}", bold=True), *(paper.paragraph(text) for _, text in now.parts)]
        for n, line in enumerate(lines):  # paragraphs with shading and a border, which Word joins into one box
            paper.shade(line, "F2DCE9", "8A3A6B")
            line.paragraph_format.left_indent = line.paragraph_format.right_indent = Cm(0.3)
            line.paragraph_format.space_after = Pt(10 if n == len(lines) - 1 else 0)

    def after(block: Block) -> None:
        paper.paragraph(block.text)

    def again(_: Block) -> None:
        paper.heading(1, "Appendix: the recommendations in full")
        rows = [(f"Rec. {now.number}", marked(now)) for now in story.items]
        paper.table((), rows, (2.0, 14.2), ruled=False, size=10.5)

    paper.handlers = {
        "item": item,
        "after": after,
        "again": again,
        "pull": lambda block: paper.text_box(block.options[""]),
    }
    paper.draw()
    return paper

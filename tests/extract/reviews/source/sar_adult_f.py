"""Tables without rulings: number, recommendation, owner and date; then agency and recommendation, with letters."""

from story import Block, Item, Story
from word import Paper


def cell(item: Item) -> list[str]:
    return [("- " if kind == "bullet" else "") + text for kind, text in item.parts]


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Paper(story, font="Caladea", size=12.5, ink="1D3C34", toc=toc)
    paper.furniture("SAR: Adult F\t\tHarrowmere SAB", "", "- {PAGE} -")
    paper.title_page(
        [
            ("Harrowmere Safeguarding Adults Board", 15, False),
            ("Safeguarding Adults Review: Adult F", 24, True),
            ("Report author: Leopold Inkling", 12, False),
            ("October 2017", 12, False),
        ]
    )
    paper.contents()

    def multi(_: Block) -> None:
        rows = [
            (now.number, cell(now), now.options["to"], now.options["date"])
            for now in story.items
            if "single" not in now.options
        ]
        head = ("No", "Recommendation", "Owner", "By when")
        paper.table(head, rows, (1.1, 8.6, 3.9, 2.6), ruled=False, size=12)

    def single(_: Block) -> None:
        rows = [(now.options["to"], now.number, cell(now)) for now in story.items if "single" in now.options]
        paper.table(("Agency", "", "Recommendation"), rows, (5.0, 1.0, 10.2), ruled=False, size=12)

    paper.handlers = {"multi": multi, "single": single, "item": lambda _: None}
    paper.draw()
    return paper

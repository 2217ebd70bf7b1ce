"""Recommendations only in a ruled landscape table, with a column of reasons; rows are broken by the end of a page."""

from story import Block, Item, Story
from word import Paper

HEAD = ("Ref", "Reason", "Recommendation", "Agency", "Timescale")
WIDTHS = (1.4, 6.4, 7.4, 6.4, 4.4)


def row(item: Item) -> tuple[object, ...]:
    texts = [("- " if kind == "bullet" else "") + text for kind, text in item.parts]
    return item.number, item.options["why"], texts, item.options["to"], item.options["date"]


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Paper(story, font="Liberation Serif", size=12, ink="203864", toc=toc)
    paper.furniture("DHR Willow: Overview Report", "Ostrey Community Safety Partnership", "{PAGE}")
    paper.title_page(
        [
            ("Ostrey Community Safety Partnership", 16, False),
            ("Domestic Homicide Review: Willow", 26, True),
            ("Overview report", 15, False),
            ("Chair and author: Constance Taleford", 12, False),
            ("26 July 2018", 12, False),
        ]
    )
    paper.contents(levels=1)

    def tables(_: Block) -> None:
        paper.section(landscape=True)
        paper.heading(2, "Section A: recommendations for more than one agency")
        paper.table(HEAD, [row(item) for item in story.items[:5]], WIDTHS, size=14, fill="BFBFBF")
        paper.heading(2, "Section B: recommendations for a single agency or body")
        paper.table(HEAD, [row(item) for item in story.items[5:]], WIDTHS, size=14, fill="BFBFBF")
        paper.section()

    paper.handlers = {"tables": tables, "rows": lambda _: None, "item": lambda _: None}
    paper.draw()
    return paper

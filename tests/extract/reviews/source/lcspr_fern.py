"""A review that makes no recommendations and says so; numbered learning points, changes already made."""

from story import Story
from word import Paper


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Paper(story, font="Caladea", size=13, ink="2F5233", toc=toc)
    paper.furniture(
        "LCSPR Fern: findings and recommendations", "Hartsmoor Safeguarding Children Partnership\t", "{PAGE}"
    )
    paper.title_page(
        [
            ("Hartsmoor Safeguarding Children Partnership", 15, False),
            ("Local Child Safeguarding Practice Review: Fern", 22, True),
            ("Independent reviewer: Linden Exampley", 12, False),
            ("Published 5 March 2024", 12, False),
        ]
    )
    paper.contents()
    paper.draw()
    return paper

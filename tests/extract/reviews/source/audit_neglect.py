"""An audit report in the manner of an inspection: areas for improvement, numbered, whose numbers run on in the findings."""

from story import Block, Story
from word import Paper


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Paper(story, font="Liberation Sans", size=13, ink="9C2A10", toc=toc)
    paper.furniture("Multi-agency audit of neglect: areas for improvement and recommendations", "", "{PAGE}")
    paper.title_page(
        [
            ("Multi-agency audit: the response to neglect of children under five", 22, True),
            ("Brackwater Safeguarding Children Partnership", 15, False),
            ("Lead auditor: Juniper Fictley", 12, False),
            ("July 2021", 12, False),
        ],
        top=3,
    )
    paper.page_break()
    number = paper.new_list("1.", left=1.0, hang=1.0)

    def plain(block: Block) -> None:
        paper.paragraph(" ".join([block.options[""], *block.parts]))

    def para(block: Block) -> None:
        paper.listed(" ".join([block.options[""], *block.parts]), number)

    def item(_: Block) -> None:
        for kind, text in paper.next_item().parts:
            if kind == "text":
                paper.listed(text, number)
            else:
                paper.bullets([text], left=1.8)

    handlers = {"plain": plain, "para": para, "item": item, "lead": lambda block: paper.paragraph(block.text)}
    paper.handlers |= handlers
    paper.draw()
    return paper

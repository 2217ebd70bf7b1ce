"""Bold labels with the text below, rationale before and after, and the whole list in an executive summary too."""

from docx.shared import Pt
from story import Block, Story
from word import Paper

EVENTS = [
    ("January 2009", "Midwife", "Referral at eighteen weeks", "Passed to duty team"),
    (
        "April 2009",
        "Council",
        "Assessment completed at thirty-four weeks",
        "Meeting should be held before birth; not held",
    ),
    ("June 2009", "Hospital", "Child K born; discharge planning meeting", "Health visitor to visit"),
    ("September 2009", "Health visitor", "Mother says that she feels low", "GP to be told: letter sent to old address"),
    ("October 2009", "All", "Move to father’s flat", "Systems must be updated; two of five were"),
]


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Paper(story, font="Liberation Sans", size=10.5, ink="1F497D", toc=toc)
    paper.furniture(
        "Thornmere Safeguarding Children Board\t\tSCR Child K: overview report and recommendations", "June 2011"
    )
    paper.title_page(
        [
            ("Thornmere Safeguarding Children Board", 16, False),
            ("Serious Case Review: Child K", 26, True),
            ("Overview report, executive summary and recommendations", 14, False),
            ("Independent author: Imogen Fableworth", 12, False),
            ("June 2011", 12, False),
        ]
    )
    paper.contents()

    def again(_: Block) -> None:
        number = paper.new_list("1.", bold=True)
        for item in story.items:
            for kind, text in item.parts:
                if kind == "text":
                    paper.listed(text.replace("**", ""), number)
                else:
                    paper.bullets([text], left=1.7)

    def item(_: Block) -> None:
        now = paper.next_item()
        label = paper.paragraph(f"Recommendation {now.number}", bold=True)
        label.paragraph_format.keep_with_next, label.paragraph_format.space_after = True, Pt(2)
        for kind, text in now.parts:
            if kind == "text":
                paper.paragraph(text)
            else:
                paper.bullets([text])

    def why(block: Block) -> None:
        paper.paragraph(block.text, italic=True).paragraph_format.keep_with_next = True

    def chronology(_: Block) -> None:
        paper.table(("Date", "Agency", "Event", "Action"), EVENTS, (2.8, 2.8, 5.6, 5.0), size=9.5)

    paper.heads_from_new_page = True
    paper.handlers = {"again": again, "item": item, "why": why, "chronology": chronology}
    paper.draw()
    return paper

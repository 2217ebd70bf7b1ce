"""Labels that run on into the text, and a landscape action plan that repeats each recommendation word for word.

The landscape pages are stored upright and turned by the file's /Rotate, as some printers do.
"""

from pathlib import Path

import pikepdf
from docx.shared import Pt
from printing import make
from story import Block, Story
from word import Paper

HEAD = ("No.", "Recommendation", "Scope", "Action", "Lead agency", "Key milestones", "Target date", "Outcome")
PLAN = [
    (
        "Local",
        "Draft guidance with providers; test it with two agencies",
        "Draft to policy group January 2021",
        "In progress",
    ),
    (
        "Local",
        "Amend the review procedure and the recording form",
        "Procedure approved December 2020",
        "Managers should see a visit on every file sampled",
    ),
    (
        "Local",
        "Write a discharge checklist; add it to the electronic record",
        "Checklist live by February",
        "No adult is discharged without a named contact",
    ),
    (
        "Local",
        "Cost the change; consult providers; vary the contract",
        "Report to cabinet in March 2021",
        "Contract in force",
    ),
    (
        "Regional",
        "Ask the regional network whether its tool can be used",
        "Tool chosen by April; training May",
        "All agencies must use one tool",
    ),
    ("Local", "Procure software; train workers", "Pilot in the north of the county", "Complete"),
    (
        "National and local",
        "Include in the local scheme for practices",
        "Offer to practices in April 2021",
        "Visits recorded for 90% of patients",
    ),
    (
        "Local",
        "Invite people through the carers’ forum",
        "First meeting September 2021",
        "The Board can say what it changed as a result",
    ),
]


def layout(toc: dict[str, int] | None, story: Story) -> Paper:
    paper = Paper(story, font="Liberation Sans", size=12.5, ink="7B2C5E", toc=toc)
    paper.furniture("", "Eastermoor SAB: SAR Mrs D", "{PAGE}")
    paper.title_page(
        [
            ("Eastermoor Safeguarding Adults Board", 16, False),
            ("Safeguarding Adult Review concerning Mrs D", 22, True),
            ("Independent reviewer: Hester Notional", 12, False),
            ("November 2020", 12, False),
        ]
    )
    paper.contents()

    def item(_: Block) -> None:
        now = paper.next_item()
        made = paper.paragraph(f"**Recommendation {now.number}:** {now.parts[0][1]}")
        made.paragraph_format.space_after = Pt(9)

    def plan(_: Block) -> None:
        paper.section(landscape=True)
        paper.heading(1, "Appendix 2: Action plan")
        rows = [
            (now.number, now.parts[0][1], scope, action, now.options["to"], milestone, now.options["date"], outcome)
            for now, (scope, action, milestone, outcome) in zip(story.items, PLAN, strict=True)
        ]
        paper.table(HEAD, rows, (1.1, 5.9, 2.1, 4.6, 3.6, 3.6, 2.6, 3.0), size=11, fill="E8D5E1")

    paper.handlers = {"item": item, "plan": plan}
    paper.draw()
    return paper


def turned(path: Path) -> Path:
    """Landscape pages as upright ones with their contents laid on their side and /Rotate to show them straight."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            _, _, width, height = (float(edge) for edge in page.mediabox)
            if width > height:
                page.contents_add(pikepdf.Stream(pdf, f"q 0 1 -1 0 {height} 0 cm".encode()), prepend=True)
                page.contents_add(pikepdf.Stream(pdf, b"Q"))
                for name in ("/MediaBox", "/CropBox", "/TrimBox"):
                    if name in page:
                        page[name] = pikepdf.Array([0, 0, height, width])
                page.Rotate = 90
        pdf.save(path, deterministic_id=True)
    return path


def build(story: Story, out: Path) -> Path:
    return turned(make(story, out, layout))

"""`Recommendation One` in letter-spaced capitals, agency and reason below each, a summary with the same six; hyphenated."""

from pathlib import Path

from setting import FICTION, body, mark, parts, printed
from story import Block, Story

HEAD = """
#set document(title: "TITLE", date: none)
#set text(font: "Caladea", size: 11.5pt, lang: "en", region: "GB", hyphenate: true)
#set par(justify: true, leading: 0.72em, spacing: 1.1em)
#set page(paper: "a4", margin: (x: 2.6cm, y: 2.6cm))
#show heading.where(level: 1): it => block(above: 1.8em, below: 1em, text(size: 15pt, tracking: 0.22em, upper(it.body)))
#show heading.where(level: 2): it => block(above: 1.4em, below: 0.9em, text(size: 12.5pt, style: "italic", it.body))
#v(5cm)
#text(size: 15pt)[Cindermoor Community Safety Partnership]

#text(size: 25pt, weight: "bold", hyphenate: false)[TITLE]

#text(size: 13pt)[Executive summary and overview report]

Independent chair and author: Thaddeus Fibberly

March 2021
#v(3cm)
#text(size: 9.5pt, style: "italic")[FICTION]
#pagebreak()
#set page(
  header: align(right, text(size: 8.5pt)[Bramble: Overview Report and Recommendations]),
  footer: context align(center, text(size: 8.5pt)[#(counter(page).get().first())]),
)
#outline(title: [Contents], depth: 2)
#pagebreak()
"""


def build(story: Story, out: Path) -> Path:
    queue = iter(story.items)

    def label(number: str) -> str:
        return f'#text(tracking: 0.12em, weight: "bold")[RECOMMENDATION {number.upper()}]'

    def again(_: Block) -> str:
        return "\n\n".join(f"#strong[Recommendation {now.number}:] {parts(now, notes=False)}" for now in story.items)

    def item(_: Block) -> str:
        now = next(queue)
        return (
            f"#block(above: 1.6em, sticky: true)[{label(now.number)}]\n\n{parts(now)}\n\n"
            f"#strong[Lead agency:] {mark(now.options['to'])}\n\n#emph[Reason: {mark(now.options['why'])}]"
        )

    head = HEAD.replace("TITLE", story.about["title"]).replace("FICTION", FICTION)
    return printed(story, head + body(story, {"again": again, "item": item}), out)

"""Two columns throughout: items broken by a column, a page, a footnote and a figure; Roman numerals."""

from pathlib import Path

from setting import FICTION, body, mark, parts, printed
from story import Block, Story

HEAD = """
#set document(title: "TITLE", date: none)
#set text(font: "Liberation Serif", size: 12pt, lang: "en", region: "GB", hyphenate: true)
#set par(justify: true, leading: 0.62em, spacing: 0.95em)
#set page(paper: "a4", margin: (x: 2cm, y: 2.4cm))
#show heading: set text(font: "Liberation Sans", fill: rgb("7a1f1f"), hyphenate: false)
#show heading: set block(above: 1.3em, below: 0.8em)
#set text(font: "Liberation Serif")
#v(4cm)
#text(size: 15pt, font: "Liberation Sans")[Ravenscombe Safeguarding Children Board]

#text(size: 24pt, weight: "bold", font: "Liberation Sans", hyphenate: false)[TITLE]

#text(size: 12pt)[Lead reviewer: Ottoline Spinney-Yarn]

#text(size: 12pt)[23 June 2016]
#v(3cm)
#text(size: 9.5pt, style: "italic")[FICTION]
#pagebreak()
#set page(
  columns: 2,
  header: text(size: 8.5pt, font: "Liberation Sans")[Child H and Child J #h(1fr) Findings and Recommendations],
  footer: context text(size: 8.5pt)[Ravenscombe SCB #h(1fr) #(counter(page).get().first() - 1)],
)
#set columns(gutter: 0.9cm)
"""
FIGURE = """
#place(top, scope: "parent", float: true)[
  #align(center)[
    #box(height: 62pt, stack(
      dir: ltr, spacing: 14pt, ..(34, 52, 61, 58, 47, 40).map(n => align(bottom, rect(width: 26pt, height: n * 1pt, fill: rgb("c98b8b"))))))

    #text(size: 9pt)[Figure 1. Weight of Child H at six visits: the line should rise.]
  ]
]
"""


def build(story: Story, out: Path) -> Path:
    queue = iter(story.items)

    def item(_: Block) -> str:
        now = next(queue)
        return f"#block(above: 1.2em, below: 0.7em, sticky: true)[#strong[Recommendation {mark(now.number)}]]\n\n{parts(now)}"

    head = HEAD.replace("TITLE", story.about["title"]).replace("FICTION", FICTION)
    return printed(story, head + body(story, {"item": item, "figure": lambda _: FIGURE}), out)

"""Fictional reviews of every combination of type, spacing, headings and way of recommending: each read exactly."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.reader import read_json

WAYS = (
    "label", "label heading", "label without stop", "bold label", "loose label", "box", "R", "number", "bold number",
    "grid", "decimal", "bullet", "ruled table", "half-ruled table", "unruled table",
)  # fmt: skip
REASONS = (
    "This follows from what practitioners told the review about that winter.",
    "The wait was long and the family felt alone with it.",
)


class _Maker:
    """One review in Typst; every choice of layout is drawn from one seed."""

    def __init__(self, way: str, seed: int, asks: tuple[str, ...], story: list[str]) -> None:
        self.way, self.story, self.chapter = way, story, 0
        self.draw = random.Random(f"{way} {seed}")
        chosen = self.draw.sample(asks, self.draw.randint(3, 7))
        self.texts = [a if self.draw.random() < 0.7 else f"{a} {self.draw.choice(asks)}" for a in chosen]
        self.size = self.draw.choice((10, 11, 12))
        self.heads = self.draw.choice(("large", "bold", "capitals", "numbered", "bold and numbered"))
        self.numbered_story = self.draw.random() < 0.5
        self.reasons = self.draw.random() < 0.5

    def source(self) -> str:
        leading, spacing = self.draw.choice(
            (("0.65em", "1.2em"), ("0.65em", "0.9em"), ("0.9em", "1.4em"), ("1.2em", "1.9em"))
        )
        font = self.draw.choice(("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern"))
        head = self.draw.choice(("none", "[OFFICIAL -- Review of Child Z]", "align(right)[Eastmoor Partnership]"))
        foot = self.draw.choice(("none", "context align(center)[#counter(page).display()]",
                                 "context [Review of Child Z #h(1fr) Page #counter(page).display()]"))  # fmt: skip
        margin = self.draw.choice(("2.5cm", "2cm", "(inside: 3.2cm, outside: 1.8cm, y: 2.4cm)"))
        out = (
            f'#set page(paper: "a4", margin: {margin}, header: {head}, footer: {foot})\n'
            f'#set text(font: "{font}", size: {self.size}pt, lang: "en", hyphenate: false)\n'
            f"#set par(leading: {leading}, spacing: {spacing}, justify: {self.draw.choice(('true', 'false'))})\n"
        )
        out += self.heading("Introduction") + self.paragraphs(3) + self.heading("The story") + self.paragraphs(5)
        out += self.heading("Analysis" if self.way == "loose label" else "Recommendations")
        if self.draw.random() < 0.5:
            out += "The following recommendations are made to the partnership and its agencies.\n\n"
        out += self.table() if "table" in self.way else "".join(self.item(n) for n in range(1, len(self.texts) + 1))
        after = self.draw.choice(("Conclusion", "Glossary", None))
        return out + (self.heading(after) + self.paragraphs(2) if after else "")

    def heading(self, words: str, *, inner: bool = False) -> str:
        self.chapter += not inner
        number = "" if inner or "numbered" not in self.heads else f"{self.chapter}. "
        words = words.upper() if self.heads == "capitals" and not inner else words
        larger = {"large": 5, "numbered": 4}.get(self.heads, 0) * (not inner)
        weight = "regular" if self.heads == "numbered" and not inner else "bold"
        return f'#block(above: 1.6em, below: 1.2em, text(size: {self.size + larger}pt, weight: "{weight}")[{number}{words}])\n\n'

    def paragraphs(self, most: int) -> str:
        out = ""
        for n in range(1, self.draw.randint(1, most) + 1):
            words = self.draw.choice(self.story)
            out += (
                f"#grid(columns: (1.2cm, 1fr), [{self.chapter}.{n}], [{words}])\n\n"
                if self.numbered_story
                else f"{words}\n\n"
            )
        return out

    def item(self, n: int) -> str:
        text = self.texts[n - 1]
        reason = self.draw.choice(REASONS)
        said = f"Rationale: {reason}\n\n" if self.reasons else ""
        apart = f"{reason}\n\n" if self.reasons else ""
        return {
            "label": f"*Recommendation {n}:* {text}\n\n{said}",
            "label heading": f"#block(below: 0.9em, above: 1.3em)[*Recommendation {n}*]\n{text}\n\n{said}",
            "label without stop": f"*Recommendation {n}* {text}\n\n{said}",
            "bold label": f"*Recommendation {n}: {text}*\n\n{apart}",
            "loose label": f"{self.heading(f'Theme {n}', inner=True)}{self.draw.choice(self.story)}\n\n*Recommendation {n}:* {text}\n\n",
            "box": f"#block(stroke: 0.7pt, inset: 7pt, width: 100%)[*Recommendation {n}* \\ {text}]\n\n{apart}",
            "R": f"#grid(columns: (1.3cm, 1fr), [*R{n}*], [{text}])\n\n",
            "number": f"+ {text}\n",
            "bold number": f"{n}. *{text}*\n\n",
            "grid": f"#grid(columns: (1.3cm, 1fr), [{n}.], [{text}])\n\n",
            "decimal": f"#grid(columns: (1.4cm, 1fr), [{self.chapter}.{n}], [{text}])\n\n",
            "bullet": f"- {text}\n",
        }[self.way]

    def table(self) -> str:
        stroke = {"ruled table": "0.5pt", "half-ruled table": "(x, y) => (bottom: 0.4pt)", "unruled table": "none"}[
            self.way
        ]
        rows = ", ".join(f"[{n}], [{text}], [Police], [May 2024]" for n, text in enumerate(self.texts, 1))
        head = "table.header([*No*], [*Recommendation*], [*Lead*], [*When*])"
        return f"#table(columns: (1.3cm, 1fr, 2.6cm, 2.3cm), stroke: {stroke}, {head}, {rows})\n\n"

    def expected(self) -> list[tuple[str | None, str]]:
        shape = {"R": "R{n}", "decimal": "3.{n}"}.get(self.way, "{n}")
        return [(None if self.way == "bullet" else shape.format(n=n), text) for n, text in enumerate(self.texts, 1)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("way", WAYS)
def test_every_item_is_exact_and_nothing_is_extra(
    typeset: Callable[..., Path], asks: tuple[str, ...], narrative: str, way: str, seed: int
) -> None:
    maker = _Maker(way, seed, asks, narrative.split("\n\n"))
    file = typeset(maker.source(), plain=True)
    result: dict[str, Any] = read_json(str(file), file.name)
    assert [(r["number"], r["text"]) for r in result["recommendations"]] == maker.expected()
    assert result["warnings"] == []

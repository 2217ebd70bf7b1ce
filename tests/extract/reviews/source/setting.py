"""A story set with Typst: the parts that two reviews share."""

import re
from collections.abc import Callable
from pathlib import Path

import typst
from story import Block, Item, Story, runs

FICTION = "This review is fictional. It was written to test software. No real person, family, place, board or case is described."


def safe(text: str) -> str:
    return re.sub(r"([\\#$*_@<>\[\]`~=/+-])", r"\\\1", text)


def mark(text: str) -> str:
    forms = {"": "{}", "bold": "#strong[{}]", "italic": "#emph[{}]", "note": "#footnote[{}]"}
    return "".join(forms[style].format(safe(words)) for style, words in runs(text))


def parts(item: Item, notes: bool = True) -> str:
    """An item's paragraphs and sub-items, the latter indented."""
    found = []
    for kind, text in item.parts:
        words = mark(text if notes else re.sub(r"\^\[.+?\]", "", text))
        found.append({"text": words, "bullet": f"- {words}", "letter": f"#pad(left: 1.2em)[{words}]"}[kind])
    return "\n\n".join(found)


def body(story: Story, handlers: dict[str, Callable[[Block], str]]) -> str:
    found = []
    for block in story.blocks:
        if block.kind == "directive":
            found.append(handlers[block.name](block))
        elif block.kind.startswith("heading"):
            found.append("=" * int(block.kind[-1]) + " " + mark(block.text))
        elif block.kind in ("bullets", "numbers"):
            sign = "-" if block.kind == "bullets" else "+"
            found.append("\n".join(f"{sign} {mark(part)}" for part in block.parts))
        elif block.kind == "quote":
            found.append(f"#quote(block: true)[{mark(block.text)}]")
        else:
            found.append(mark(block.text))
    return "\n\n".join(found)


def printed(story: Story, source: str, out: Path) -> Path:
    path = out / f"{story.name}.pdf"
    typst.compile(source.encode(), output=str(path))
    return path

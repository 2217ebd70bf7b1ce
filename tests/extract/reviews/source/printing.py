"""A story as a PDF whose contents page tells the right pages."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from answers import letters, page_texts
from story import Story
from word import Paper


def make(story: Story, out: Path, layout: Callable[[dict[str, int] | None, Story], Paper], shown: int = 0) -> Path:
    """Print the document, look up the pages of its headings, and print it again with them in the contents.

    `shown` is what a printed page number is more than the page of the file.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        toc: dict[str, int] | None = None
        for _ in range(3):
            before, paper = toc, layout(toc, story)
            pdf = paper.print(folder)
            toc = toc_of(paper, [letters(text) for text in page_texts(pdf)], shown)
            if toc == before:
                break
        out.mkdir(exist_ok=True, parents=True)
        return Path(shutil.copy(pdf, out / pdf.name))


def toc_of(paper: Paper, pages: list[str], shown: int) -> dict[str, int]:
    """ "level heading": the printed page on which it stands, sought from the third page on, in order."""
    found, at = {}, 2
    for level, text in paper.headings:
        at = next((n for n in range(at, len(pages)) if letters(text) in pages[n]), at)
        found[f"{level} {text}"] = at + 1 + shown
    return found

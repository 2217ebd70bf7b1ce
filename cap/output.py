"""What commands print: results to standard output, progress and messages to standard error."""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

Advance = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""


def results() -> Console:
    """Standard output; wide enough for tables when it is not a terminal."""
    return Console(width=None if sys.stdout.isatty() else 160, soft_wrap=False, highlight=False, emoji=False)


def messages() -> Console:
    """Standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def plain(text: str) -> str:
    """A text that moves no cursor and changes no colour: words from a PDF are a stranger's, and so are names of files."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)


def say(text: str) -> None:
    """One message for a person, on one line."""
    messages().print(escape(plain(text)))


def agreed(question: str) -> bool:
    """Whether the person at the terminal says yes; without a terminal nobody is there to ask."""
    return sys.stdin.isatty() and typer.confirm(question, default=False, err=True)


def write_line(text: str) -> None:
    """One line of results."""
    sys.stdout.write(plain(text) + "\n")


def write_marked(text: str, marks: Sequence[tuple[int, int]], *, indent: str = "") -> None:
    """One line of results; on a terminal the character ranges in `marks` stand out."""
    if not sys.stdout.isatty():
        write_line(indent + text)
        return
    shown = Text(indent + plain(text))
    for start, end in marks:
        shown.stylize("bold", start + len(indent), end + len(indent))
    results().print(shown, soft_wrap=True)


def write_json_line(value: object) -> None:
    """One JSON value on one line."""
    write_line(json.dumps(value, ensure_ascii=False))


def show_table(
    headings: Sequence[str], rows: Sequence[Sequence[object]], *, title: str = "", numbers: frozenset[int] = frozenset()
) -> None:
    """A table; `numbers` are the columns that are set to the right. Cells are shown as text, whatever they contain."""
    if title:
        results().print(escape(title), style="bold")
    table = Table(header_style="bold", box=None, pad_edge=False)
    for index, heading in enumerate(headings):
        table.add_column(heading, justify="right" if index in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape("" if cell is None else plain(str(cell))) for cell in row))
    results().print(table)


@contextmanager
def progress_bar() -> Iterator[Advance]:
    """A bar on a terminal; elsewhere a line for each thing done."""
    console = messages()
    if not console.is_terminal:
        yield lambda what, done, total: console.print(escape(plain(f"[{done}/{total}] {what}")))
        return
    columns: list[Any] = [BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}")]
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda what, done, total: progress.update(
            task, description=escape(plain(what)), completed=done, total=total
        )

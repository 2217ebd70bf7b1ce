"""`cap classify`, `cap repeats`: texts from standard input, one JSON object a line; nothing is stored."""

import json
import sys
from typing import Annotated

import typer

from cap.output import say, write_json_line
from cap.repeating import show_groups
from cap.together import refuse
from domain.errors import UsageError
from services.settings import load_settings

Lines = Annotated[
    bool,
    typer.Option("--jsonl", show_default=False, help="Read and write one JSON object a line (the only form there is)."),
]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(classify)
    app.command()(repeats)


def classify(jsonl: Lines = True) -> None:
    """Suggest labels for texts from elsewhere.

    Reads {"id", "text"} a line, writes id, quadrant, scores, issues and areas a line. A suggestion is not a decision:
    "unsure" says where a person must choose, and "between" which quadrants.
    """
    from services.house import open_house
    from services.texts import classify_texts

    texts = _texts_in()
    with open_house(load_settings()) as house:
        for value in classify_texts(house, texts):
            write_json_line(value)


def repeats(
    context: typer.Context,
    jsonl: Lines = True,
    plan: Annotated[
        bool, typer.Option("--plan", help="Show the plan's own groups of near-repeats instead of reading texts.")
    ] = False,
    review: Annotated[
        str | None,
        typer.Option(metavar="LETTER", help="With --plan: only groups with a recommendation of this review."),
    ] = None,
) -> None:
    """Find near-repeats among texts, or show the plan's own.

    Reads {"id", "text"} a line, writes each group of two or more with its evidence. With --plan it shows the groups in the
    plan. Say what you think of one with cap same and cap apart.
    """
    from services.house import open_house
    from services.texts import repeats_among

    if plan or review is not None:
        refuse(context, "jsonl", when="where the plan's own groups are shown")
        show_groups(review)
        return

    texts = _texts_in()
    with open_house(load_settings()) as house:
        for value in repeats_among(house, texts):
            write_json_line(value)


def _broken(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)


def _texts_in() -> list[tuple[str, str]]:
    """(identifier, text) pairs from standard input. Raises `UsageError` with the number of the line that cannot be read."""
    if sys.stdin.isatty():
        say('Type one {"id": ..., "text": ...} a line, and end with Ctrl-D (on Windows Ctrl-Z and Enter).')
    out: list[tuple[str, str]] = []
    seen: set[str] = set()
    # Bytes, since what stands before Python's own reader may expect another encoding than UTF-8.
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line.decode("utf-8-sig"))
            identifier, text = str(value["id"]), value["text"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise UsageError(
                f'Line {number} is not a JSON object with "id" and "text" in UTF-8. Nothing was answered.'
            ) from error
        if not isinstance(text, str):
            raise UsageError(f'Line {number}: "text" is not a text. Nothing was answered.')
        if _broken(identifier) or _broken(text):
            raise UsageError(
                f"Line {number} holds one half of a character pair, which is not a text. Nothing was answered."
            )
        if identifier in seen:
            raise UsageError(f"Line {number}: the id {identifier} is used twice. Nothing was answered.")
        seen.add(identifier)
        out.append((identifier, text))
    return out

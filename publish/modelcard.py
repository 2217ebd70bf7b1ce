"""A model's card: what it is for, how well it does on texts it never saw, and what it must not be used for."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from domain.files import save
from publish import wording

RELIABILITY = "model-card-reliability.svg"
CONFUSION = "model-card-confusion.svg"


class LabelFigures(TypedDict):
    """How a model does on one label; figures between 0 and 1, `n` is how often people gave it.

    low, high: within which, by chance alone, the F1 would lie in 95 of 100 such measurements.
    """

    code: str
    title: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    n: int


class Bin(TypedDict):
    """Suggestions with a confidence from `low` to `high`: their number, mean confidence, the share that was right."""

    low: float
    high: float
    n: int
    accuracy: float
    confidence: float


class Evaluation(TypedDict):
    """What the card is made from.

    created: ISO date; examples: how many it learnt from; measured_on: what texts, as the end of a sentence; figures:
    name to value, shares between 0 and 1 or whole counts, and to the bounds of its 95 % interval where there is one;
    confusion: what people said, then what the model said, to how often; pictures: words and file name of each.
    """

    version: str
    created: str
    examples: int
    measured_on: str
    figures: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    confusion: Mapping[str, Mapping[str, int]]
    labels: Sequence[LabelFigures]
    bins: Sequence[Bin]
    pictures: Sequence[tuple[str, str]]


_FOR = (
    "It suggests, for the text of a recommendation, a quadrant of the Thematic Learning Framework and the issues and "
    "areas of practice that it touches, so that a person can confirm or correct them faster."
)
_NOT_FOR = (
    "Deciding anything: a suggestion becomes a label only when a person confirms it, and an action only when a person "
    "adopts it.",
    "Judging people: practitioners, families, agencies, or how good a review is.",
    "Assessing risk to a child or an adult. It has read recommendations and nothing else.",
    "Other kinds of text, other languages, or another framework than the one it was made with.",
    "Figures for publication, unless a person has reviewed the labels that they count.",
)


def write_model_card(evaluation: Evaluation, file: Path) -> Path:
    """Write the card as Markdown. Raises `CannotWork` where it cannot be written."""
    lines = [
        f"# Model card: {_text(evaluation['version'])}",
        "",
        f"Made on {_text(wording.printed_date(evaluation['created']))} from "
        f"{wording.count(evaluation['examples'], 'labelled example')}.",
        "",
        "## What it is for",
        "",
        _FOR,
        "",
        "## What it must not be used for",
        "",
        *(f"- {line}" for line in _NOT_FOR),
        "",
        "## Figures",
        "",
        f"Measured on {_text(evaluation['measured_on'])}. The interval is within which chance alone would move the figure "
        "in 95 of 100 such measurements.",
        "",
        *_table(
            ("Figure", "Value", "95 % interval"),
            ((name, _figure(value), _interval(evaluation, name)) for name, value in evaluation["figures"].items()),
        ),
        "",
        "## What people said, and what it suggested",
        "",
        "A row is the label that people gave; a column is the label that the model suggested.",
        "",
        *_confusion(evaluation["confusion"]),
        *_pictures(evaluation["pictures"][1:]),
        "",
        "## Label by label",
        "",
        "Precision: of what it suggested, the share that was right. Recall: of what was there, what it found.",
        "",
        *_table(
            ("Code", "Label", "Precision", "Recall", "F1", "95 % interval", "Texts"),
            map(_label_row, evaluation["labels"]),
        ),
        "",
        "Where few texts bear a label, its figures say little: see the interval.",
        "",
        "## Is its confidence to be trusted?",
        "",
        "In each band, the share that was right should be near the mean confidence.",
        "",
        *_table(("Confidence", "Suggestions", "Mean confidence", "Right"), map(_bin_row, evaluation["bins"])),
        *_pictures(evaluation["pictures"][:1]),
    ]
    return save(file, ("\n".join(lines) + "\n").encode())


def _confusion(confusion: Mapping[str, Mapping[str, int]]) -> list[str]:
    codes = list(dict.fromkeys((*confusion, *(code for row in confusion.values() for code in row))))
    rows = [(gold, *(str(confusion.get(gold, {}).get(code, 0)) for code in codes)) for gold in codes]
    return _table(("People said", *codes), rows)


def _label_row(label: LabelFigures) -> tuple[str, ...]:
    shares = (f"{label['precision']:.2f}", f"{label['recall']:.2f}", f"{label['f1']:.2f}")
    return (label["code"], label["title"], *shares, f"{label['low']:.2f} to {label['high']:.2f}", str(label["n"]))


def _interval(evaluation: Evaluation, name: str) -> str:
    bounds = evaluation["intervals"].get(name)
    return f"{bounds[0]:.3f} to {bounds[1]:.3f}" if bounds else ""


def _pictures(pictures: Sequence[tuple[str, str]]) -> list[str]:
    return [line for words, file in pictures for line in ("", f"![{_text(words)}]({file})")]


def _bin_row(band: Bin) -> tuple[str, ...]:
    return (
        f"{band['low']:.1f} to {band['high']:.1f}",
        str(band["n"]),
        f"{band['confidence']:.2f}",
        f"{band['accuracy']:.2f}",
    )


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    body = [_line(row) for row in rows]
    return [_line(headings), "|" + " --- |" * len(headings), *body] if body else ["Not measured."]


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_text(cell) for cell in cells) + " |"


def _text(cell: str) -> str:
    """A text that Markdown takes as it is: no markup, no new column, no HTML."""
    plain = wording.one_line(cell)
    return "".join(f"\\{character}" if character in "\\`*_{}[]<>|#!&~$" else character for character in plain)


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publish.modelcard import CONFUSION, RELIABILITY, write_model_card
from publish.modelcharts import write_model_charts

Make = Callable[..., Any]

EVALUATION = {
    "version": "quadrants-2026.1",
    "created": "2026-03-31",
    "examples": 412,
    "measured_on": "the 160 labelled texts of gold.jsonl",
    "figures": {"Accuracy": 0.8125, "Texts measured": 160},
    "intervals": {"Accuracy": (0.75, 0.8699)},
    "confusion": {"Q1": {"Q1": 30, "Q2": 4}, "Q2": {"Q2": 25, "Q4": 1}},
    "labels": [
        {
            "code": "Q1",
            "title": "Professional curiosity",
            "precision": 0.9,
            "recall": 0.8,
            "f1": 0.847,
            "low": 0.7,
            "high": 0.9,
            "n": 34,
        },
    ],
    "bins": [{"low": 0.5, "high": 0.6, "n": 12, "accuracy": 0.58, "confidence": 0.55}],
    "pictures": [("Reliability", "reliability.svg"), ("Confusion", "confusion.svg")],
}


@pytest.fixture
def card(tmp_path: Path) -> Make:
    return lambda **changes: write_model_card(EVALUATION | changes, tmp_path / "card.md").read_text(encoding="utf-8")


def test_figures_confusion_labels_and_bands_are_tables(card: Make) -> None:
    text = card()
    assert "# Model card: quadrants-2026.1" in text
    assert "| Accuracy | 0.812 | 0.750 to 0.870 |" in text
    assert "Measured on the 160 labelled texts of gold.jsonl" in text
    assert "| Texts measured | 160 |  |" in text
    assert "| People said | Q1 | Q2 | Q4 |" in text
    assert "| Q1 | 30 | 4 | 0 |" in text
    assert "| Q4 | 0 | 0 | 0 |" in text
    assert "| Q1 | Professional curiosity | 0.90 | 0.80 | 0.85 | 0.70 to 0.90 | 34 |" in text
    assert "| 0.5 to 0.6 | 12 | 0.55 | 0.58 |" in text
    assert "31/03/2026 from 412 labelled examples" in text


def test_the_pictures_stand_in_the_card(card: Make) -> None:
    text = card()
    assert text.index("![Confusion](confusion.svg)") < text.index("![Reliability](reliability.svg)")


def test_the_pictures_are_drawn_with_their_words(tmp_path: Path) -> None:
    for file in write_model_charts(EVALUATION, tmp_path):  # type: ignore[arg-type]
        drawn = file.read_text(encoding="utf-8")
        assert drawn.startswith("<svg")
        assert "<desc" in drawn
    assert "people Q1, model Q2: 4" in (tmp_path / CONFUSION).read_text(encoding="utf-8")
    assert "mean confidence 0.55, right 0.58, 12 suggestions" in (tmp_path / RELIABILITY).read_text(encoding="utf-8")


def test_it_says_what_it_must_not_be_used_for(card: Make) -> None:
    section = card().split("## What it must not be used for")[1].split("##")[0]
    assert "Deciding anything" in section
    assert "risk" in section


def test_what_was_not_measured_is_said(card: Make) -> None:
    assert card(figures={}, confusion={}, labels=[], bins=[]).count("Not measured.") == 3 + 1


def test_a_title_is_never_markup(card: Make) -> None:
    nasty = [
        {
            "code": "a|b",
            "title": "<img src=x>\n# **x**",
            "precision": 1.0,
            "recall": 1.0,
            "f1": 1.0,
            "low": 0.0,
            "high": 1.0,
            "n": 1,
        }
    ]
    text = card(labels=nasty)
    assert r"| a\|b | \<img src=x\> \# \*\*x\*\* | 1.00 |" in text


def test_the_same_figures_give_the_same_card(card: Make) -> None:
    assert card() == card()

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publish.modelcard import write_model_card

Make = Callable[..., Any]

EVALUATION = {
    "version": "quadrants-2026.1",
    "created": "2026-03-31",
    "examples": 412,
    "figures": {"Accuracy": 0.8125, "Texts measured": 160},
    "confusion": {"Q1": {"Q1": 30, "Q2": 4}, "Q2": {"Q2": 25, "Q4": 1}},
    "labels": [
        {"code": "Q1", "title": "Professional curiosity", "precision": 0.9, "recall": 0.8, "f1": 0.847, "n": 34},
    ],
    "bins": [{"low": 0.5, "high": 0.6, "n": 12, "accuracy": 0.58, "confidence": 0.55}],
}


@pytest.fixture
def card(tmp_path: Path) -> Make:
    return lambda **changes: write_model_card(EVALUATION | changes, tmp_path / "card.md").read_text(encoding="utf-8")


def test_figures_confusion_labels_and_bands_are_tables(card: Make) -> None:
    text = card()
    assert "# Model card: quadrants-2026.1" in text
    assert "| Accuracy | 0.812 |" in text
    assert "| Texts measured | 160 |" in text
    assert "| People said | Q1 | Q2 | Q4 |" in text
    assert "| Q1 | 30 | 4 | 0 |" in text
    assert "| Q4 | 0 | 0 | 0 |" in text
    assert "| Q1 | Professional curiosity | 0.90 | 0.80 | 0.85 | 34 |" in text
    assert "| 0.5 to 0.6 | 12 | 0.55 | 0.58 |" in text
    assert "31/03/2026 from 412 labelled examples" in text


def test_it_says_what_it_must_not_be_used_for(card: Make) -> None:
    section = card().split("## What it must not be used for")[1].split("##")[0]
    assert "Deciding anything" in section
    assert "risk" in section


def test_what_was_not_measured_is_said(card: Make) -> None:
    assert card(figures={}, confusion={}, labels=[], bins=[]).count("Not measured.") == 3 + 1


def test_a_title_is_never_markup(card: Make) -> None:
    nasty = [{"code": "a|b", "title": "<img src=x>\n# **x**", "precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}]
    text = card(labels=nasty)
    assert r"| a\|b | \<img src=x\> \# \*\*x\*\* | 1.00 |" in text


def test_the_same_figures_give_the_same_card(card: Make) -> None:
    assert card() == card()

"""The shipped artefact: it loads, is small, and reaches what it is said to reach on real reports."""

import json
from pathlib import Path

import pytest

from classify.encoder import Encoder
from classify.evaluation import Evaluation, evaluate
from classify.model import Classifier
from domain.framework import load_framework
from domain.records import Example

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "models/classifier"
READ_APART = Path(__file__).parent / "read_apart/reviews.jsonl"
GOLD = ROOT / "../shared/evaluation/label_gold.jsonl"


def test_the_shipped_model_loads_and_is_small(encoder: Encoder) -> None:
    model = Classifier.load(SHIPPED, load_framework(), encoder.name)
    assert model.made.data["examples"] >= 1800
    assert model.made.data["decisions"] == 0
    assert sum(f.stat().st_size for f in SHIPPED.iterdir()) < 25_000_000


def measured(file: Path, encoder: Encoder) -> Evaluation:
    rows = [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]
    gold = [
        Example(r["id"], r["text"], r["quadrant"], r["secondary"], tuple(r["issues"]), tuple(r["areas"])) for r in rows
    ]
    texts = [g.text for g in gold]
    model = Classifier.load(SHIPPED, load_framework(), encoder.name)
    return evaluate(model.classify(texts, encoder.encode(texts)), gold, load_framework(), rounds=50)


@pytest.fixture(scope="module")
def figures(encoder: Encoder) -> Evaluation:
    if not GOLD.exists():
        pytest.skip("the labels of real reports (../shared/evaluation/label_gold.jsonl) are not here")
    return measured(GOLD, encoder)


@pytest.fixture(scope="module")
def apart(encoder: Encoder) -> Evaluation:
    return measured(READ_APART, encoder)


def test_the_quadrants_of_real_reports_are_mostly_right(figures: Evaluation) -> None:
    assert figures.accuracy.value >= 0.89
    assert figures.macro_f1.value >= 0.82
    assert figures.lenient.value >= 0.975
    assert figures.top80 >= 0.945
    assert figures.calibration_error <= 0.05


def test_issues_and_areas_of_real_reports_are_mostly_right(figures: Evaluation) -> None:
    assert figures.issues_micro_f1.value >= 0.90
    assert figures.areas_micro_f1.value >= 0.80


def test_reviews_written_without_the_guide_at_hand_are_mostly_right(apart: Evaluation) -> None:
    assert apart.accuracy.value >= 0.85
    assert apart.lenient.value >= 0.935
    assert apart.top80 >= 0.915
    assert apart.calibration_error <= 0.045
    assert apart.issues_micro_f1.value >= 0.91
    assert apart.areas_micro_f1.value >= 0.76

from pathlib import Path

import numpy as np
import pytest

from domain.errors import ArtefactError
from domain.records import Ask, RepeatGroup
from match.features import DIFFERENCES, LIKENESSES
from match.fitting import Judged, Outcome, fit_scorer, outcome, outcome_of
from match.scorer import SHIPPED, load_scorer, save_scorer, shipped_scorer

TOPICS = (
    "chronologies",
    "supervision",
    "pathway plans",
    "short breaks",
    "advocacy",
    "life-story work",
    "visits",
    "audits",
)
PAIRS = [
    pair
    for topic in TOPICS
    for pair in (
        Judged(f"Improve {topic} for all.", f"Strengthen {topic} across the service.", "same"),
        Judged(f"Improve {topic} for all.", f"Provide training on {topic} to managers.", "related"),
        Judged(f"Improve {topic} for all.", "Resurface the car park.", "different"),
    )
]
TEXTS = list(dict.fromkeys(text for pair in PAIRS for text in (pair.a, pair.b)))
ASKS = {text: Ask(text, text) for text in TEXTS}
RANDOM = np.random.default_rng(3)


def vectors() -> dict[str, np.ndarray]:
    """Texts of a topic lie close together, whatever they ask for."""
    centres = {topic: RANDOM.normal(size=64) for topic in (*TOPICS, "car park")}
    rows = {}
    for text in TEXTS:
        topic = next(topic for topic in centres if topic in text)
        row = centres[topic] + 0.2 * RANDOM.normal(size=64)
        rows[text] = (row / np.linalg.norm(row)).astype(np.float32)
    return rows


VECTORS = vectors()
CORPUS = np.stack([VECTORS[text] for text in TEXTS])


def test_fitting_learns_that_training_is_another_ask() -> None:
    scorer = fit_scorer(PAIRS, ASKS, VECTORS, TEXTS, CORPUS, lean=0.0)
    fared = outcome(PAIRS, ASKS, VECTORS, scorer)
    assert fared == Outcome(right=len(TOPICS), wrong=0, missed=0, far=0)
    assert fared.f1 == fared.precision == fared.recall == 1


def test_no_likeness_is_fitted_against_and_no_difference_for() -> None:
    turned = [Judged(p.a, p.b, "related" if p.verdict == "same" else "same") for p in PAIRS]
    weights = fit_scorer(turned, ASKS, VECTORS, TEXTS, CORPUS).weights
    assert all(weights[name] >= 0 for name in LIKENESSES)
    assert all(weights[name] <= 0 for name in DIFFERENCES)


def test_pairs_are_counted_by_the_groups_their_texts_stand_in() -> None:
    pairs = [
        Judged("a", "b", "same"),
        Judged("a", "c", "different"),
        Judged("c", "d", "same"),
        Judged("e", "f", "same"),
    ]
    fared = outcome_of(pairs, [RepeatGroup(("a", "b", "c"), ())])
    assert fared == Outcome(right=1, wrong=1, missed=2, far=1)


def test_a_scorer_is_stored_as_plain_numbers_and_comes_back_the_same(tmp_path: Path) -> None:
    save_scorer(tmp_path / "scorer.json", shipped_scorer())
    assert (tmp_path / "scorer.json").read_bytes() == SHIPPED.read_bytes()
    again, features = load_scorer(tmp_path / "scorer.json"), np.ones((1, len(LIKENESSES) + len(DIFFERENCES)))
    assert again(features) == shipped_scorer()(features)


@pytest.mark.parametrize("change", [('"format": 1', '"format": 0'), ('"similarity"', '"other"'), ("{", "")])
def test_a_scorer_that_does_not_fit_is_refused(tmp_path: Path, change: tuple[str, str]) -> None:
    file = tmp_path / "scorer.json"
    file.write_text(SHIPPED.read_text("utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(ArtefactError):
        load_scorer(file)
    with pytest.raises(ArtefactError, match="cannot be read"):
        load_scorer(tmp_path / "absent.json")

"""Near-repeats on pairs that people judged: ours, and those of real reports."""

import json
from pathlib import Path

import pytest

from classify.encoder import OnnxEncoder, load_encoder
from domain.framework import load_framework
from domain.language import agencies_in
from domain.records import Ask
from match.fitting import Judged, Outcome, outcome
from match.scorer import shipped_scorer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> OnnxEncoder:
    return load_encoder(tmp_path_factory.mktemp("encoder"))


def joined(pairs: list[dict[str, str]], encoder: OnnxEncoder) -> Outcome:
    """How the judged pairs fare when all their texts are grouped, as the programme groups them."""
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair["a"], pair["b"])))
    asks = {text: Ask(text, text, agencies_in(text, load_framework())) for text in texts}
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    judged = [Judged(pair["a"], pair["b"], pair["verdict"]) for pair in pairs]
    return outcome(judged, asks, vectors, shipped_scorer())


def rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_our_own_pairs_are_told_apart(encoder: OnnxEncoder) -> None:
    fared = joined([row for file in sorted((ROOT / "models/pairs").glob("*.jsonl")) for row in rows(file)], encoder)
    assert fared.f1 >= 0.73
    assert fared.precision >= 0.78
    assert fared.far <= 3


def test_on_real_reports_nothing_different_is_joined(encoder: OnnxEncoder) -> None:
    file = ROOT / "../shared/evaluation/repeat_pairs.jsonl"
    if not file.exists():
        pytest.skip("the judged pairs of real reports (../shared/evaluation/repeat_pairs.jsonl) are not here")
    fared = joined(rows(file), encoder)
    assert fared.f1 >= 0.63
    assert fared.precision >= 0.56
    assert fared.far == 0

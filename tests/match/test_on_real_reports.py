"""Near-repeats on pairs that people judged: ours, and those of real reports."""

import json
from pathlib import Path

import pytest

from classify.encoder import OnnxEncoder, load_encoder
from domain.framework import load_framework
from domain.language import agencies_in
from domain.records import Ask
from match.content import nameless
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
    said = [nameless(text, shipped_scorer().word_weights) for text in texts]
    vectors = dict(zip(texts, encoder.encode(said), strict=True))
    judged = [Judged(pair["a"], pair["b"], pair["verdict"]) for pair in pairs]
    return outcome(judged, asks, vectors, shipped_scorer())


def rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_our_own_pairs_are_told_apart(encoder: OnnxEncoder) -> None:
    fared = joined([row for file in sorted((ROOT / "models/pairs").glob("*.jsonl")) for row in rows(file)], encoder)
    # Half of what is the same here was written to sound unlike. In a plan such pairs are nearly never the same, so the
    # score passes them over: it reaches half of these, and is right of nine in ten that it joins.
    assert fared.f1 >= 0.64
    assert fared.precision >= 0.88
    assert fared.far <= 3


def test_pairs_found_among_texts_that_were_written_apart_are_told_apart(encoder: OnnxEncoder) -> None:
    examples = {row["id"]: row["text"] for file in (ROOT / "models/examples").glob("*.jsonl") for row in rows(file)}
    judged = rows(ROOT / "models/pairs/found/judged.jsonl")[::4]
    fared = joined([{**row, "a": examples[row["a"]], "b": examples[row["b"]]} for row in judged], encoder)
    assert fared.f1 >= 0.57
    assert fared.precision >= 0.64
    assert fared.far <= 8


def test_on_real_reports_nothing_different_is_joined(encoder: OnnxEncoder) -> None:
    file = ROOT / "../shared/evaluation/repeat_pairs.jsonl"
    if not file.exists():
        pytest.skip("the judged pairs of real reports (../shared/evaluation/repeat_pairs.jsonl) are not here")
    fared = joined(rows(file), encoder)
    assert fared.f1 >= 0.63
    assert fared.precision >= 0.56
    assert fared.far == 0

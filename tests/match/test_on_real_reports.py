"""Near-repeats with the tuned model: on pairs that people judged, ours from which it learnt nothing and those of real reports."""

import json
from pathlib import Path

import pytest

from classify.encoder import OnnxEncoder, load_encoder
from domain.framework import load_framework
from domain.language import agencies_in
from domain.records import Ask
from match.content import nameless
from match.fitting import Judged, Outcome, held_out, outcome
from match.pairs import score_pairs
from match.scorer import TUNING, shipped_scorer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> OnnxEncoder:
    return load_encoder(tmp_path_factory.mktemp("encoder"), TUNING)


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


def not_learnt_from(pairs: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in pairs if held_out(Judged(row["a"], row["b"], row["verdict"]))]


def test_our_own_pairs_are_told_apart(encoder: OnnxEncoder) -> None:
    pairs = [row for file in sorted((ROOT / "models/pairs").glob("*.jsonl")) for row in rows(file)]
    fared = joined(not_learnt_from(pairs), encoder)
    assert fared.f1 >= 0.80
    assert fared.precision >= 0.89
    assert fared.far == 0


def test_pairs_found_among_texts_that_were_written_apart_are_told_apart(encoder: OnnxEncoder) -> None:
    examples = {row["id"]: row["text"] for file in (ROOT / "models/examples").glob("*.jsonl") for row in rows(file)}
    judged = [
        {**row, "a": examples[row["a"]], "b": examples[row["b"]]}
        for row in rows(ROOT / "models/pairs/found/judged.jsonl")
    ]
    fared = joined(not_learnt_from(judged)[::2], encoder)
    # Most of these were drawn where an earlier score was in doubt: they are the hardest that a plan has.
    assert fared.f1 >= 0.67
    assert fared.precision >= 0.75
    assert fared.far == 0


@pytest.mark.parametrize(
    "other",
    [
        "Audit chronologies every quarter.",
        "Provide training on chronologies.",
        "Write guidance on chronologies.",
        "Share chronologies with the school.",
    ],
)
def test_another_act_is_another_ask(encoder: OnnxEncoder, other: str) -> None:
    texts = (
        "Ensure that children's chronologies are kept up to date.",
        "Ensure that chronologies of children are kept up to date.",
        other,
    )
    asks = [Ask(str(n), text) for n, text in enumerate(texts)]
    scores = {(p.a, p.b): p.score for p in score_pairs(asks, encoder.encode(texts), threshold=0.001)}
    assert scores["0", "1"] > 0.9
    assert max(scores.get(("0", "2"), 0.0), scores.get(("1", "2"), 0.0)) < 0.5


def test_on_real_reports_nothing_different_is_joined(encoder: OnnxEncoder) -> None:
    file = ROOT / "../shared/evaluation/repeat_pairs.jsonl"
    if not file.exists():
        pytest.skip("the judged pairs of real reports (../shared/evaluation/repeat_pairs.jsonl) are not here")
    fared = joined(rows(file), encoder)
    assert fared.f1 >= 0.68
    assert fared.precision >= 0.59
    assert fared.far == 0

"""Near-repeats on pairs that people judged: ours, and those of real reports."""

import json
from pathlib import Path

import pytest

from classify.encoder import OnnxEncoder, load_encoder
from domain.framework import load_framework
from domain.language import agencies_in
from domain.records import Ask
from learning.comparison import Tally
from match.groups import group
from match.pairs import DEFAULT_THRESHOLD, score_pairs

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> OnnxEncoder:
    return load_encoder(tmp_path_factory.mktemp("encoder"))


def joined(file: Path, encoder: OnnxEncoder) -> tuple[Tally, int]:
    """How the judged pairs fare when all their texts are grouped, and how many judged different were joined."""
    pairs = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair["a"], pair["b"])))
    asks = [Ask(text, text, agencies_in(text, load_framework())) for text in texts]
    groups = group(texts, score_pairs(asks, encoder.encode(texts), threshold=DEFAULT_THRESHOLD))
    home = {member: number for number, g in enumerate(groups) for member in g.members}
    together = [home.get(p["a"], -1) == home.get(p["b"], -2) for p in pairs]
    same = [p["verdict"] == "same" for p in pairs]
    return (
        Tally(
            sum(t and s for t, s in zip(together, same, strict=True)),
            sum(t and not s for t, s in zip(together, same, strict=True)),
            sum(s and not t for t, s in zip(together, same, strict=True)),
        ),
        sum(t and p["verdict"] == "different" for t, p in zip(together, pairs, strict=True)),
    )


def test_our_own_pairs_are_told_apart(encoder: OnnxEncoder) -> None:
    tally, far = joined(ROOT / "models/pairs/seed-pairs.jsonl", encoder)
    assert tally.f1 >= 0.70
    assert far == 0


def test_on_real_reports_nothing_different_is_joined(encoder: OnnxEncoder) -> None:
    file = ROOT / "../shared/evaluation/repeat_pairs.jsonl"
    if not file.exists():
        pytest.skip("the judged pairs of real reports (../shared/evaluation/repeat_pairs.jsonl) are not here")
    tally, far = joined(file, encoder)
    assert tally.f1 >= 0.58
    assert far == 0

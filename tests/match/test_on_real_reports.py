"""Near-repeats with the tuned model: on pairs that people judged, ours from which it learnt nothing and those of real reports."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from classify.encoder import Encoder
from classify.model import Classifier
from domain.framework import load_framework
from domain.language import agencies_in
from domain.records import Ask
from match.fitting import Judged, Outcome, held_out, outcome
from match.pairs import score_pairs
from match.scorer import shipped_scorer
from services.nameless import load_nameless

ROOT = Path(__file__).parents[2]
Floats = NDArray[np.float32]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return load_nameless(tmp_path_factory.mktemp("encoder"))


def joined(pairs: list[dict[str, str]], encoder: Encoder, known: Mapping[str, Floats] | None = None) -> Outcome:
    """How the judged pairs fare when all their texts are grouped, as the programme groups them; known: vectors of all texts."""
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair["a"], pair["b"])))
    asks = {text: Ask(text, text, agencies_in(text, load_framework())) for text in texts}
    vectors = known or dict(zip(texts, encoder.encode(texts), strict=True))
    judged = [Judged(pair["a"], pair["b"], pair["verdict"]) for pair in pairs]
    return outcome(judged, asks, vectors, shipped_scorer())


def rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def not_learnt_from(pairs: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in pairs if held_out(Judged(row["a"], row["b"], row["verdict"]))]


def test_our_own_pairs_are_told_apart(encoder: Encoder) -> None:
    pairs = [row for file in sorted((ROOT / "models/pairs").glob("*.jsonl")) for row in rows(file)]
    fared = joined(not_learnt_from(pairs), encoder)
    assert fared.f1 >= 0.87
    assert fared.precision >= 0.94
    assert fared.far == 0


def test_pairs_found_among_texts_that_were_written_apart_are_told_apart(encoder: Encoder) -> None:
    examples = {row["id"]: row["text"] for file in (ROOT / "models/examples").glob("*.jsonl") for row in rows(file)}
    judged = [
        {**row, "a": examples[row["a"]], "b": examples[row["b"]]}
        for row in rows(ROOT / "models/pairs/found/judged.jsonl")
    ]
    # As the shipped model remembers them, to half precision: encoding so many would take half a minute.
    known = Classifier.load(ROOT / "models/classifier", load_framework(), encoder.name).remembered_vectors()
    fared = joined(not_learnt_from(judged)[::2], encoder, {text: v.astype(np.float32) for text, v in known.items()})
    # Most of these were drawn where an earlier score was in doubt: they are the hardest that a plan has.
    assert fared.f1 >= 0.73
    assert fared.precision >= 0.785
    assert fared.far == 0


def test_an_ask_is_told_from_guidance_training_and_audits_of_it_in_its_own_words(encoder: Encoder) -> None:
    pairs = not_learnt_from(rows(ROOT / "models/pairs/acts/apart.jsonl"))
    fared = joined(pairs, encoder)
    assert fared.wrong <= 17, f"of {sum(pair['verdict'] != 'same' for pair in pairs)}"
    assert fared.far == 0


CHRONOLOGIES = "All agencies should keep an up-to-date chronology for every child subject to a child protection plan."
TOOLKIT = "Practitioners should use the neglect toolkit in every assessment where neglect is suspected."


@pytest.mark.parametrize(
    ("ask", "again", "others"),
    [
        (
            CHRONOLOGIES,
            "Every partner agency keeps the chronology of each child on a child protection plan current.",
            (
                "The Board should audit, each quarter, whether chronologies are kept for children subject to a plan.",
                "Staff in all agencies should be trained in writing chronologies for children on a child protection plan.",
                "The Partnership should write guidance on what a chronology for a child on a plan should contain.",
                "Children's social care should share the chronology with the school and the GP before each conference.",
            ),
        ),
        (
            TOOLKIT,
            "Wherever neglect is suspected, workers complete the neglect toolkit as part of their assessment.",
            (
                "The Partnership should commission training in the neglect toolkit for all front-line staff.",
                "The Partnership should audit the use of the neglect toolkit twice a year and report to the executive.",
                "Managers should discuss the neglect toolkit in supervision.",
                "The Board should review and relaunch its neglect toolkit.",
            ),
        ),
    ],
)
def test_another_act_is_another_ask(encoder: Encoder, ask: str, again: str, others: tuple[str, ...]) -> None:
    texts = (ask, again, *others)
    asks = [Ask(str(n), text) for n, text in enumerate(texts)]
    scores = {(p.a, p.b): p.score for p in score_pairs(asks, encoder.encode(texts), threshold=0.001)}
    assert scores["0", "1"] >= 0.8
    assert max(score for pair, score in scores.items() if pair != ("0", "1")) < 0.5


def test_on_real_reports_nothing_different_is_joined(encoder: Encoder) -> None:
    file = ROOT / "../shared/evaluation/repeat_pairs.jsonl"
    if not file.exists():
        pytest.skip("the judged pairs of real reports (../shared/evaluation/repeat_pairs.jsonl) are not here")
    fared = joined(rows(file), encoder)
    assert fared.f1 >= 0.745
    assert fared.precision >= 0.69
    assert fared.far == 0

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.errors import UsageError
from domain.records import Ask
from match.content import content
from match.pairs import features, least_similarity, score_pairs

ROOT = Path(__file__).parents[2]


def unit(rows: list[list[float]]) -> NDArray[np.float32]:
    array = np.array(rows, dtype=np.float32)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


SAME = (
    Ask("1", "Ensure that children's chronologies are kept up to date."),
    Ask("2", "Ensure that chronologies of children are kept up to date."),
)
AUDIT = Ask("3", "Audit whether chronologies exist, and report compliance to the executive each quarter.")


def test_the_same_ask_is_found_and_says_what_is_shared() -> None:
    (pair,) = score_pairs(SAME, unit([[1, 0.1], [1, 0.12]]), threshold=0.5)
    assert (pair.a, pair.b) == ("1", "2")
    assert pair.score > 0.8
    assert "chronologies" in pair.shared
    assert pair.only_a == pair.only_b == ()


def test_auditing_is_another_ask_than_doing_at_the_same_similarity() -> None:
    vectors = unit([[1, 0.5], [1, 0.5], [1, 0.5]])
    scores = {(p.a, p.b): p.score for p in score_pairs((*SAME, AUDIT), vectors, threshold=0.01)}
    assert scores["1", "2"] > scores["1", "3"] + 0.15


def test_the_evidence_names_what_each_lacks() -> None:
    pairs = {(p.a, p.b): p for p in score_pairs((*SAME, AUDIT), unit([[1, 0]] * 3), threshold=0.01)}
    assert "compliance" in pairs["1", "3"].only_b
    assert "children's" in pairs["1", "3"].only_a


def test_other_people_and_other_bodies_speak_against() -> None:
    leavers, children = content("Provide housing for care leavers."), content("Provide housing for disabled children.")
    assert features(leavers, children, 0.9)["people"] == 1
    assert features(leavers, leavers, 0.9, ("police",), ("education",))["bodies"] == 1
    assert features(leavers, leavers, 0.9, ("police",), ())["bodies"] == 0


def test_a_score_does_not_depend_on_what_else_is_compared_nor_on_the_order() -> None:
    vectors = unit([[1, 0.2, 0], [1, 0.3, 0.1], [0.8, 0.3, 0.4]])
    asks = (*SAME, AUDIT)
    alone = score_pairs(asks[:2], vectors[:2], threshold=0.2)
    among = score_pairs(asks, vectors, threshold=0.2)
    turned = score_pairs(asks[::-1], vectors[::-1], threshold=0.2)
    assert alone[0] in among
    assert {frozenset((p.a, p.b)): p.score for p in among} == {frozenset((p.a, p.b)): p.score for p in turned}


def test_blocking_loses_no_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    base = random.normal(size=(6, 16))
    vectors = unit((base[random.integers(0, 6, 60)] + 0.3 * random.normal(size=(60, 16))).tolist())
    asks = [Ask(str(n), ("Share records with schools.", "Train midwives.", "Audit plans.")[n % 3]) for n in range(60)]
    found = score_pairs(asks, vectors, threshold=0.3)
    monkeypatch.setattr("match.pairs.BLOCK", 7)
    assert score_pairs(asks, vectors, threshold=0.3) == found
    monkeypatch.setattr("match.pairs.least_similarity", lambda threshold: -1.0)
    assert len(score_pairs(asks, vectors, threshold=0.3)) == len(found) > 0


def test_a_wrong_threshold_and_wrong_vectors_are_refused() -> None:
    with pytest.raises(UsageError, match="between 0 and 1"):
        least_similarity(1.0)
    with pytest.raises(UsageError, match="2 texts need as many vectors"):
        score_pairs(SAME, unit([[1, 0]]), threshold=0.5)


def test_an_ask_of_empty_words_is_compared_without_failing() -> None:
    score_pairs((Ask("1", ""), Ask("2", "the of and")), unit([[1, 0], [1, 0]]), threshold=0.1)


def test_the_judged_pairs_are_whole() -> None:
    rows = [json.loads(line) for line in (ROOT / "models/pairs/seed-pairs.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) >= 150
    assert len({r["id"] for r in rows}) == len(rows)
    assert {r["verdict"] for r in rows} == {"same", "related", "different"}
    assert all(r["a"] != r["b"] and r["note"] for r in rows)

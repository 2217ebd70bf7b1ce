import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from learning.comparison import Tally, best_threshold, even_threshold, interval, micro_f1, share, tally
from learning.promotion import judge

rows = st.lists(st.tuples(st.sets(st.sampled_from("abc")), st.sets(st.sampled_from("abc"))), min_size=1, max_size=30)


@given(rows)
def test_f1_agrees_with_scikit_learn(pairs: list[tuple[set[str], set[str]]]) -> None:
    gold, predicted = [g for g, _ in pairs], [p for _, p in pairs]
    tallies = [tally(gold, predicted, code) for code in "abc"]
    y, z = ([[c in row for c in "abc"] for row in side] for side in (gold, predicted))
    assert micro_f1(tallies) == pytest.approx(f1_score(y, z, average="micro", zero_division=0))
    seen = [k for k, t in enumerate(tallies) if t.hits + t.misses + t.false_alarms]
    if seen:
        each = f1_score(y, z, average=None, zero_division=0)
        assert [tallies[k].f1 for k in seen] == pytest.approx([each[k] for k in seen])


def test_figures_of_nothing_are_zero() -> None:
    assert Tally(0, 0, 0).f1 == Tally(0, 0, 0).precision == Tally(0, 0, 0).recall == share([]) == 0
    assert interval(lambda drawn: 1.0, 0) == (0.0, 0.0)


def test_the_interval_covers_the_figure_and_narrows_with_more_items() -> None:
    def width(items: int) -> float:
        right = np.arange(items) % 4 > 0
        low, high = interval(lambda drawn: float(right[drawn].mean()), items)
        assert low < 0.75 < high
        return high - low

    assert width(1000) < width(50) / 2


def test_the_interval_is_reproducible() -> None:
    assert interval(lambda d: float(d.mean()), 20) == interval(lambda d: float(d.mean()), 20)


def test_the_best_threshold_separates_and_few_examples_draw_it_to_the_fallback() -> None:
    scores = np.concatenate([np.full(200, 0.1), np.full(200, 0.8)])
    targets = scores > 0.5
    assert 0.1 < best_threshold(scores, targets, fallback=0.4, trust=1) <= 0.8
    assert best_threshold(scores[:201], targets[:201], fallback=0.4, trust=1000) == pytest.approx(0.4, abs=0.01)
    assert best_threshold(scores, np.zeros(400, dtype=bool), fallback=0.4, trust=5) == 0.4


@pytest.mark.parametrize("labels", [1, 4])
def test_of_true_chances_no_other_threshold_does_better_than_the_even_one(labels: int) -> None:
    draw = np.random.default_rng(labels)
    chances = draw.beta(0.6, 2.0, (60_000, labels))
    targets = draw.random(chances.shape) < chances

    def f1(least: float) -> float:
        chosen = chances >= least
        return float(2 * (chosen & targets).sum() / (chosen.sum() + targets.sum()))

    found = even_threshold(chances, targets)
    assert f1(found) >= max(map(f1, np.linspace(0, 1, 101))) - 0.002
    assert 2 * found == pytest.approx(f1(found), abs=0.01)


def test_without_a_label_that_stands_half_a_chance_is_asked() -> None:
    assert even_threshold(np.full((9, 2), 0.1), np.zeros((9, 2), dtype=bool)) == 0.5


GOLD = ["Q1"] * 10 + ["Q2"] * 10


def test_a_model_as_good_is_promoted() -> None:
    verdict = judge(GOLD, GOLD, GOLD, ("Q1", "Q2"))
    assert verdict.promote
    assert verdict.reasons == ()
    assert verdict.candidate.accuracy == 1


def test_a_model_worse_overall_is_not() -> None:
    verdict = judge(GOLD, GOLD, ["Q2", *GOLD[1:]], ("Q1", "Q2"))
    assert not verdict.promote
    assert "95.0%" in verdict.reasons[0]


def test_a_model_better_overall_but_much_worse_for_one_quadrant_is_not() -> None:
    gold = ["Q1"] * 90 + ["Q2"] * 10
    current = ["Q2"] * 5 + ["Q1"] * 85 + ["Q2"] * 10
    candidate = ["Q1"] * 90 + ["Q1"] * 4 + ["Q2"] * 6
    verdict = judge(gold, current, candidate, ("Q1", "Q2"))
    assert verdict.candidate.accuracy > verdict.current.accuracy
    assert not verdict.promote
    assert "Q2" in verdict.reasons[0]


def test_without_held_out_items_nothing_is_promoted() -> None:
    assert not judge([], [], [], ("Q1",)).promote


def test_a_verdict_names_the_quadrants_in_which_the_new_model_is_much_worse() -> None:
    gold = ["Q1"] * 40 + ["Q2"] * 4
    current, candidate = ["Q2"] + ["Q1"] * 39 + ["Q2"] * 4, ["Q1"] * 41 + ["Q2"] * 3
    verdict = judge(gold, current, candidate, ("Q1", "Q2"))
    assert verdict.promote is (verdict.worse_in == ())
    verdict = judge(gold, gold, ["Q1"] * 44, ("Q1", "Q2"))
    assert [(code, before, after) for code, before, after in verdict.worse_in if code == "Q2"] == [("Q2", 1.0, 0.0)]

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from learning.calibration import calibration_error, fit_sigmoid, fit_temperature, reliability, softmax


def test_the_temperature_that_made_the_data_is_found() -> None:
    random = np.random.default_rng(1)
    logits = random.normal(size=(20000, 4)) * 2
    chances = softmax(logits, 1.7)
    targets = np.array([random.choice(4, p=p) for p in chances])
    assert fit_temperature(logits, targets, np.ones(len(targets))) == pytest.approx(1.7, abs=0.08)


def test_softmax_sums_to_one_and_survives_large_scores() -> None:
    shares = softmax(np.array([[1000.0, 0.0, -1000.0]]), 0.1)
    assert shares.sum() == pytest.approx(1)
    assert shares[0, 0] == pytest.approx(1)


def test_the_sigmoid_agrees_with_logistic_regression() -> None:
    random = np.random.default_rng(2)
    scores = random.normal(size=3000)
    targets = random.random(3000) < 1 / (1 + np.exp(-(2 * scores - 1)))
    ours = fit_sigmoid(scores, targets)
    theirs = LogisticRegression(C=1e6).fit(scores[:, None], targets)
    assert ours.slope == pytest.approx(float(theirs.coef_[0, 0]), rel=0.02)
    assert ours.offset == pytest.approx(float(theirs.intercept_[0]), rel=0.05)


def test_a_label_that_never_stands_gets_a_small_constant_probability() -> None:
    sigmoid = fit_sigmoid(np.linspace(-1, 1, 98), np.zeros(98, dtype=bool))
    assert sigmoid(np.array([-5.0, 5.0])) == pytest.approx([0.01, 0.01])


def test_a_perfect_separation_stays_finite() -> None:
    sigmoid = fit_sigmoid(np.array([-1.0, -0.9, 0.9, 1.0]), np.array([False, False, True, True]))
    assert np.isfinite([sigmoid.slope, sigmoid.offset]).all()
    assert sigmoid(np.array([1.0]))[0] > 0.5 > sigmoid(np.array([-1.0]))[0]


def test_the_error_is_the_distance_of_confidence_and_accuracy() -> None:
    bins = reliability([0.85, 0.85, 0.95, 1.0], [True, False, True, True])
    assert [(b.count, b.accuracy) for b in bins] == [(2, 0.5), (2, 1.0)]
    assert calibration_error(bins) == pytest.approx((2 * 0.35 + 2 * 0.025) / 4)
    assert calibration_error(()) == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=50))
def test_every_suggestion_stands_in_one_bin(rows: list[tuple[float, bool]]) -> None:
    bins = reliability([c for c, _ in rows], [r for _, r in rows])
    assert sum(b.count for b in bins) == len(rows)
    assert 0 <= calibration_error(bins) <= 1

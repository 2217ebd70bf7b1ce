"""The order in which people check: what is most in doubt first, and not the same thing twice in a row."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classify.order import checking_order


def unit(*rows: list[float]) -> np.ndarray:
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


APART = unit([1, 0, 0], [0, 1, 0], [0, 0, 1])


def test_the_least_certain_comes_first() -> None:
    shares = np.array([[0.9, 0.1], [0.5, 0.5], [0.7, 0.3]])
    assert checking_order(shares, APART) == (1, 2, 0)


def test_one_like_another_in_line_waits() -> None:
    shares = np.array([[0.5, 0.5], [0.52, 0.48], [0.6, 0.4]])
    assert checking_order(shares, APART) == (0, 1, 2)
    assert checking_order(shares, unit([1, 0, 0], [1, 0.01, 0], [0, 0, 1])) == (0, 2, 1)


def test_as_many_as_are_asked_for() -> None:
    shares = np.array([[0.9, 0.1], [0.5, 0.5], [0.7, 0.3]])
    assert checking_order(shares, APART, 2) == (1, 2)
    assert checking_order(np.zeros((0, 4)), np.zeros((0, 3), dtype=np.float32)) == ()


@given(st.integers(1, 12), st.integers(0, 2**16))
def test_every_text_comes_once(count: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    shares, vectors = draw.dirichlet(np.ones(4), count), draw.normal(size=(count, 5)).astype(np.float32)
    order = checking_order(shares, vectors)
    assert sorted(order) == list(range(count))
    assert order == checking_order(shares, vectors)

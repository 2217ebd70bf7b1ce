"""Candidate pairs: all that are similar enough and no others, however they are found."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import match.candidates
from match.candidates import candidates, candidates_across


def vectors(seed: int, count: int, dimension: int = 16) -> NDArray[np.float32]:
    """Rows of length 1 in loose clusters, so that many pairs lie near any threshold."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(max(count // 6, 1), dimension))
    rows = centres[random.integers(0, len(centres), count)] + 0.7 * random.normal(size=(count, dimension))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def found(rows: NDArray[np.float32], least: float, new_from: int = 0) -> dict[tuple[int, int], float]:
    return {
        (int(a), int(b)): float(s)
        for first, second, similarity in candidates(rows, least, new_from=new_from)
        for a, b, s in zip(first, second, similarity, strict=True)
    }


def expected(rows: NDArray[np.float32], least: float, new_from: int = 0) -> set[tuple[int, int]]:
    exact = np.einsum("id,jd->ij", rows, rows)
    return {(i, j) for i, j in combinations(range(len(rows)), 2) if exact[i, j] >= least and j >= new_from}


@pytest.mark.parametrize("in_bytes", [False, True])
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(2, 150), least=st.floats(0.3, 0.95), share=st.floats(0, 1))
def test_every_pair_that_is_similar_enough_is_found_and_no_other(
    in_bytes: bool, seed: int, count: int, least: float, share: float
) -> None:
    rows, new_from = vectors(seed, count), int(share * (count - 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(match.candidates, "MANY", 0 if in_bytes else 10**9)
        patch.setattr(match.candidates, "BLOCK", 1 if in_bytes else 64)
        pairs = found(rows, least, new_from)
    # The two ways sum in another order: a pair on the very edge may fall on either side of it.
    for pair in expected(rows, least, new_from) ^ pairs.keys():
        assert float(rows[pair[0]] @ rows[pair[1]]) == pytest.approx(least, abs=1e-5)


def test_many_rows_go_by_bytes_and_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = vectors(1, match.candidates.MANY + 500, 64)
    by_bytes = found(rows, 0.6)
    monkeypatch.setattr(match.candidates, "MANY", 10**9)
    exactly = found(rows, 0.6)
    assert by_bytes.keys() == exactly.keys()
    assert len(exactly) > 1000


def test_batches_stay_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match.candidates, "AT_ONCE", 50)
    rows = vectors(2, 300)
    sizes = [len(first) for first, _, _ in candidates(rows, 0.0)]
    assert max(sizes) <= 50
    assert sum(sizes) == len(expected(rows, 0.0))


@given(st.integers(0, 2**20), st.integers(2, 60), st.floats(0, 1), st.sampled_from([0.2, 0.5, 0.8]))
@settings(max_examples=60)
def test_new_rows_that_are_not_held_against_each_other_leave_the_rest_as_it_is(
    seed: int, count: int, share: float, least: float
) -> None:
    rows, new_from = vectors(seed, count), int(share * count)
    batches = candidates_across(rows, least, new_from=new_from)
    across = {
        (int(a), int(b)): float(s)
        for first, second, similarity in batches
        for a, b, s in zip(first, second, similarity, strict=True)
    }
    wanted = {pair: s for pair, s in found(rows, least, new_from).items() if pair[0] < new_from}
    exact = rows.astype(np.float64) @ rows.T.astype(np.float64)
    for a, b in across.keys() ^ wanted.keys():
        assert abs(exact[a, b] - least) < 1e-5, "only what lies on the threshold may fall either way"
    for pair in across.keys() & wanted.keys():
        assert across[pair] == pytest.approx(wanted[pair], abs=1e-5)

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from match.ranking import rank

hits = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 3).map(float)), max_size=8, unique_by=lambda h: h[0]
)


def test_what_both_searches_find_comes_first_and_says_so() -> None:
    found = rank([("a", 9.0), ("b", 8.0)], [("b", 0.9), ("c", 0.8)], limit=10)
    assert [(r.id, r.why) for r in found] == [("b", "words and meaning"), ("a", "words"), ("c", "meaning")]


def test_equal_scores_share_a_rank_and_ties_go_by_identifier() -> None:
    found = rank([("z", 1.0), ("a", 1.0)], [], limit=10)
    assert [r.id for r in found] == ["a", "z"]
    assert found[0].score == found[1].score


def test_the_limit_cuts_and_nothing_gives_nothing() -> None:
    assert [r.id for r in rank([("a", 2.0), ("b", 1.0)], [], limit=1)] == ["a"]
    assert rank([], [], limit=5) == ()
    assert rank([("a", 1.0)], [], limit=0) == ()


@given(hits, hits, st.randoms())
def test_the_order_of_the_hits_does_not_matter(
    one: list[tuple[str, float]], two: list[tuple[str, float]], random: object
) -> None:
    mixed = list(one)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert rank(one, two, limit=20) == rank(mixed, two[::-1], limit=20)


@given(hits, hits)
def test_every_hit_has_one_place_and_scores_fall(one: list[tuple[str, float]], two: list[tuple[str, float]]) -> None:
    found = rank(one, two, limit=20)
    assert sorted(r.id for r in found) == sorted({i for i, _ in one} | {i for i, _ in two})
    assert all(x.score >= y.score for x, y in pairwise(found))

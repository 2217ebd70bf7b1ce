from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from match.ranking import BESIDE, WORDS, rank

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


def test_words_count_for_more_where_nothing_is_near_by_meaning() -> None:
    words = [("w", 5.0)]
    (near, *_), (far, *_) = (rank(words, [("m", best), ("n", best - 0.1)], limit=3) for best in (0.9, 0.2))
    assert near.id == far.id == "m"
    of_words = [
        r.score for best in (0.9, 0.2) for r in rank(words, [("m", best), ("n", best - 0.1)], limit=3) if r.id == "w"
    ]
    assert of_words[0] < WORDS < of_words[1]


def test_what_is_near_to_the_best_rises_and_never_above_what_was_quoted() -> None:
    words, similar = [("a", 9.0), ("b", 2.0), ("c", 1.9)], [("a", 0.7), ("b", 0.5), ("c", 0.5), ("d", 0.4)]
    assert [r.id for r in rank(words, similar, limit=4)] == ["a", "b", "c", "d"]
    near = {"a": 0.9, "b": 0.3, "c": 0.8, "d": 0.2}
    found = rank(words, similar, limit=4, beside=near)
    assert [r.id for r in found] == ["a", "c", "b", "d"]
    assert found[0].score <= 1 + BESIDE
    assert [r.id for r in rank(words, similar, limit=4, beside=near, first={"d"})] == ["d", "a", "c", "b"]

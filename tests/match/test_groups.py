from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.records import Repeat
from match.groups import group

IDS = tuple("abcdefgh")


def repeat(a: str, b: str, score: float) -> Repeat:
    return Repeat(a, b, score, score, (), (), ())


def by_brute_force(
    ids: tuple[str, ...],
    scores: dict[frozenset[str], float],
    apart: set[frozenset[str]],
    together: set[frozenset[str]] = frozenset(),  # type: ignore[assignment]
) -> set[frozenset[str]]:
    """Average linkage as its definition says, over all pairs of clusters again at every step."""
    clusters = [frozenset(i) for i in sorted(ids)]
    for i, j in sorted(tuple(sorted(pair)) for pair in together):
        x, y = (next(c for c in clusters if member in c) for member in (i, j))
        if x != y and not any(frozenset((a, b)) in apart for a in x for b in y):
            clusters = [c for c in clusters if c not in (x, y)] + [x | y]
    while True:
        best = None
        for x, y in combinations(sorted(clusters, key=min), 2):
            if any(frozenset((i, j)) in apart for i in x for j in y):
                continue
            mean = sum(scores.get(frozenset((i, j)), 0) for i in x for j in y) / (len(x) * len(y))
            if mean >= 0.5 and (best is None or (-mean, min(x), min(y)) < best[0]):
                best = ((-mean, min(x), min(y)), x, y)
        if best is None:
            return {c for c in clusters if len(c) > 1}
        clusters = [c for c in clusters if c not in best[1:]] + [best[1] | best[2]]


# Sixteenths add up without rounding, so that the two ways of summing agree exactly.
some_scores = st.dictionaries(
    st.sampled_from([frozenset(p) for p in combinations(IDS, 2)]), st.integers(0, 16).map(lambda n: n / 16), max_size=28
)
some_apart = st.sets(st.sampled_from([frozenset(p) for p in combinations(IDS, 2)]), max_size=5)


def as_pairs(scores: dict[frozenset[str], float]) -> list[Repeat]:
    return [repeat(*sorted(pair), score) for pair, score in scores.items()]


@settings(max_examples=300, deadline=None)
@given(some_scores, some_apart, some_apart)
def test_the_groups_are_those_of_a_brute_force_search(
    scores: dict[frozenset[str], float], apart: set[frozenset[str]], together: set[frozenset[str]]
) -> None:
    said = {"apart": [tuple(sorted(p)) for p in apart], "together": [tuple(sorted(p)) for p in together]}
    found = group(IDS, as_pairs(scores), **said)  # type: ignore[arg-type]
    assert {frozenset(g.members) for g in found} == by_brute_force(IDS, scores, apart, together)


@settings(max_examples=150, deadline=None)
@given(some_scores, st.permutations(IDS), st.randoms())
def test_the_order_of_asks_and_pairs_changes_nothing(
    scores: dict[frozenset[str], float], order: list[str], random: object
) -> None:
    pairs = as_pairs(scores)
    shuffled = [repeat(p.b, p.a, p.score) for p in pairs]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = group(IDS, pairs), group(order, shuffled)
    assert {frozenset(g.members) for g in one} == {frozenset(g.members) for g in other}
    for found in other:
        assert list(found.members) == sorted(found.members, key=order.index)


@settings(max_examples=150, deadline=None)
@given(some_scores, some_apart)
def test_nothing_held_apart_is_joined_and_nobody_stands_in_two_groups(
    scores: dict[frozenset[str], float], apart: set[frozenset[str]]
) -> None:
    found = group(IDS, as_pairs(scores), apart=[tuple(sorted(p)) for p in apart])  # type: ignore[misc]
    homes = [m for g in found for m in g.members]
    assert len(homes) == len(set(homes))
    for g in found:
        assert not any(frozenset(p) in apart for p in combinations(g.members, 2))


def test_a_chain_does_not_bring_unlike_asks_together() -> None:
    found = group(("a", "b", "c"), [repeat("a", "b", 0.9), repeat("b", "c", 0.8)])
    assert [g.members for g in found] == [("a", "b")]


def test_a_group_carries_the_pairs_that_hold_it_together_and_no_others() -> None:
    inside, outside = repeat("a", "b", 0.9), repeat("b", "c", 0.1)
    (found,) = group(("a", "b", "c"), [inside, outside])
    assert found.pairs == (inside,)


def test_what_a_person_says_is_the_same_stands_together_without_a_score() -> None:
    assert [g.members for g in group(("a", "b", "c"), [], together=[("c", "a")])] == [("a", "c")]


def test_apart_outweighs_together() -> None:
    found = group(("a", "b", "c"), [], together=[("a", "b"), ("b", "c")], apart=[("a", "c")])
    assert [g.members for g in found] == [("a", "b")]

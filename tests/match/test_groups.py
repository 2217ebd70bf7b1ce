from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.records import Repeat, RepeatGroup
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
@given(some_scores, some_apart, st.lists(st.sets(st.sampled_from(IDS), min_size=2, max_size=4), max_size=3))
def test_nothing_held_apart_is_joined_and_existing_groups_never_merge(
    scores: dict[frozenset[str], float], apart: set[frozenset[str]], old: list[set[str]]
) -> None:
    seen: set[str] = set()
    existing = []
    for members in old:
        free = tuple(sorted(members - seen))
        seen |= members
        if len(free) > 1:
            existing.append(RepeatGroup(free, ()))
    found = group(IDS, as_pairs(scores), existing=existing, apart=[tuple(sorted(p)) for p in apart])  # type: ignore[misc]
    homes = [m for g in found for m in g.members]
    assert len(homes) == len(set(homes))
    for g in found:
        assert not any(frozenset(p) in apart for p in combinations(g.members, 2))
        owners = {
            n for n, e in enumerate(existing) for m in e.members if m in g.members and not any(m in p for p in apart)
        }
        assert len(owners) <= 1


def test_a_chain_does_not_bring_unlike_asks_together() -> None:
    found = group(("a", "b", "c"), [repeat("a", "b", 0.9), repeat("b", "c", 0.8)])
    assert [g.members for g in found] == [("a", "b")]


def test_an_existing_group_gains_a_member_and_keeps_its_place() -> None:
    existing = (RepeatGroup(("x", "y"), ()), RepeatGroup(("p", "q"), ()))
    pairs = [repeat("new", "p", 0.9), repeat("new", "q", 0.9), repeat("u", "v", 0.95)]
    found = group(("u", "v", "x", "y", "p", "q", "new"), pairs, existing=existing)
    assert [g.members for g in found] == [("x", "y"), ("p", "q", "new"), ("u", "v")]


def test_an_existing_group_stays_together_without_pairs_and_loses_who_is_gone() -> None:
    found = group(("x", "y"), [], existing=(RepeatGroup(("x", "gone", "y"), ()),))
    assert [g.members for g in found] == [("x", "y")]


def test_not_the_same_takes_the_later_member_out_of_an_existing_group() -> None:
    found = group(("x", "y", "z"), [], existing=(RepeatGroup(("x", "y", "z"), ()),), apart=[("z", "x")])
    assert [g.members for g in found] == [("x", "y")]


def test_a_group_carries_the_pairs_that_hold_it_together_and_no_others() -> None:
    inside, outside = repeat("a", "b", 0.9), repeat("b", "c", 0.1)
    (found,) = group(("a", "b", "c"), [inside, outside])
    assert found.pairs == (inside,)


def test_what_a_person_says_is_the_same_stands_together_without_a_score() -> None:
    assert [g.members for g in group(("a", "b", "c"), [], together=[("c", "a")])] == [("a", "c")]


def test_apart_outweighs_together() -> None:
    found = group(("a", "b", "c"), [], together=[("a", "b"), ("b", "c")], apart=[("a", "c")])
    assert [g.members for g in found] == [("a", "b")]

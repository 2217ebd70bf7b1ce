"""Scored pairs -> groups of the same ask, without chains.

Average linkage: two groups are joined while the mean score over all pairs between them, counting an unscored pair as 0,
is at least one half. So A like B and B like C do not bring together A and C that are unlike.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from domain.records import Repeat, RepeatGroup

JOIN_FROM: Final = 0.5
_Key = tuple[str, str]


def group(
    asks_ids: Sequence[str],
    pairs: Iterable[Repeat],
    *,
    apart: Collection[tuple[str, str]] = (),
    together: Collection[tuple[str, str]] = (),
) -> tuple[RepeatGroup, ...]:
    """Groups of two or more asks that belong together, each with the pairs inside it.

    apart: pairs of identifiers that a person has said are not the same; no group ever holds both. together: pairs that a
    person has said are the same; they stand in one group, unless that would bring together what is to be apart.

    The result depends on nothing but the content: not on the order of the asks, nor on that of the pairs.
    """
    place = {identifier: number for number, identifier in enumerate(asks_ids)}
    scored = {_key(p.a, p.b): p for p in pairs if p.a in place and p.b in place and p.a != p.b}
    forbidden = {_key(a, b) for a, b in apart}
    linkage = _Linkage(place, forbidden, sorted(_key(a, b) for a, b in together if a in place and b in place))
    for (a, b), pair in sorted(scored.items()):
        linkage.connect(a, b, pair.score)
    linkage.run()
    return tuple(
        RepeatGroup(members, tuple(_inside(members, scored))) for members in linkage.groups(place) if len(members) > 1
    )


def _key(a: str, b: str) -> _Key:
    return (a, b) if a < b else (b, a)


def _inside(members: Sequence[str], scored: dict[_Key, Repeat]) -> Iterator[Repeat]:
    for number, a in enumerate(members):
        for b in members[number + 1 :]:
            pair = scored.get(_key(a, b))
            if pair is not None:
                yield pair


class _Linkage:
    """Clusters, named by their smallest member, and the summed scores between those that have scored pairs."""

    def __init__(self, place: Collection[str], forbidden: Collection[_Key], together: Sequence[_Key]) -> None:
        self.members = {identifier: [identifier] for identifier in sorted(place)}
        self.home = {identifier: identifier for identifier in self.members}
        self.sums: dict[str, dict[str, float]] = {name: {} for name in self.members}
        self.barred: dict[str, set[str]] = {name: set() for name in self.members}
        for a, b in forbidden:
            if a in self.home and b in self.home:
                self._bar(self.home[a], self.home[b])
        for a, b in together:
            one, other = sorted((self.home[a], self.home[b]))
            if one != other and other not in self.barred[one]:
                self._join(one, other)

    def _bar(self, a: str, b: str) -> None:
        if a != b:
            self.barred[a].add(b)
            self.barred[b].add(a)

    def connect(self, a: str, b: str, score: float) -> None:
        """Count a scored pair of asks between the clusters they stand in."""
        one, other = self.home[a], self.home[b]
        if one != other:
            self.sums[one][other] = self.sums[one].get(other, 0.0) + score
            self.sums[other][one] = self.sums[one][other]

    def run(self) -> None:
        """Join the two closest clusters, and again, until none are close enough."""
        queue = [self._entry(a, b) for a, near in self.sums.items() for b in near if a < b]
        heapq.heapify(queue)
        while queue:
            negative, a, b = heapq.heappop(queue)
            if -negative < JOIN_FROM:
                return
            # An entry is out of date once one of its clusters has been joined or has grown.
            current = a in self.members and b in self.sums[a] and self._entry(a, b)[0] == negative
            if current and b not in self.barred[a]:
                for near in self._join(a, b):
                    heapq.heappush(queue, self._entry(*_key(a, near)))

    def _entry(self, a: str, b: str) -> tuple[float, str, str]:
        mean = self.sums[a][b] / (len(self.members[a]) * len(self.members[b]))
        return (-mean, a, b)

    def _join(self, a: str, b: str) -> Collection[str]:
        """Merge cluster `b` into `a`, whose name is the smaller, and give the clusters near the result."""
        self.members[a] += self.members[b]
        for member in self.members.pop(b):
            self.home[member] = a
        for near, total in sorted(self.sums.pop(b).items()):
            del self.sums[near][b]
            if near != a:
                self.sums[a][near] = self.sums[a].get(near, 0.0) + total
                self.sums[near][a] = self.sums[a][near]
        for other in self.barred.pop(b):
            self.barred[other].discard(b)
            self._bar(a, other)
        return self.sums[a].keys()

    def groups(self, place: dict[str, int]) -> Iterator[tuple[str, ...]]:
        """Members of each cluster in the caller's order, by their first member."""
        yield from sorted(
            (tuple(sorted(members, key=place.__getitem__)) for members in self.members.values()),
            key=lambda members: place[members[0]],
        )

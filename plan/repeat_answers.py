"""What people answered about near-repeats, and which groups still wait for an answer."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import sqlite_utils

from domain.states import Audience, RepeatVerdict
from plan.ledger import fetch
from plan.visibility import sight

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RepeatAnswer:
    """What a person said last of two recommendations, when (UTC, ISO 8601) and why."""

    a: str
    b: str
    verdict: RepeatVerdict
    who: str
    at: str
    note: str


def repeat_answers(db: sqlite_utils.Database) -> dict[Pair, RepeatAnswer]:
    """The latest answer on each pair, keyed by the two identifiers in order."""
    found = fetch(db, "SELECT a, b, verdict, who, at, note FROM repeat_decisions ORDER BY id")
    return {
        (row["a"], row["b"]): RepeatAnswer(
            row["a"], row["b"], RepeatVerdict(row["verdict"]), row["who"], row["at"], row["note"]
        )
        for row in found
    }


def waits(members: Sequence[str], answers: Mapping[Pair, RepeatAnswer]) -> bool:
    """Whether a group has a pair of which nobody has said yet whether the two ask the same.

    What asks the same as a third asks the same as each other: nobody has to say so of every pair.
    """
    if len(members) < 2:
        return False
    sort = _sorts(members, [pair for pair, said in answers.items() if said.verdict is RepeatVerdict.SAME])
    return any(sort[a] != sort[b] and (a, b) not in answers for a, b in combinations(sorted(members), 2))


def answers_inside(members: Collection[str], answers: Mapping[Pair, RepeatAnswer]) -> tuple[RepeatAnswer, ...]:
    """The answers on pairs of these, the latest first."""
    inside = [said for said in answers.values() if said.a in members and said.b in members]
    return tuple(sorted(inside, key=lambda said: said.at, reverse=True))


def waiting_groups(db: sqlite_utils.Database, *, audience: Audience = Audience.PARTNERSHIP) -> frozenset[str]:
    """Identities of the groups that wait for an answer, as far as an audience sees their members."""
    seen = sight(audience)
    members: dict[str, list[str]] = defaultdict(list)
    for row in fetch(
        db,
        f"""SELECT r.id, r.group_id FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id
        WHERE r.group_id IS NOT NULL AND {seen.reviews("v")}""",
        seen.params,
    ):
        members[row["group_id"]].append(row["id"])
    of = {identifier: group for group, identifiers in members.items() for identifier in identifiers}
    inside: dict[str, dict[Pair, RepeatAnswer]] = defaultdict(dict)
    for pair, said in repeat_answers(db).items():
        if (group := of.get(said.a)) is not None and group == of.get(said.b):
            inside[group][pair] = said
    return frozenset(group for group, identifiers in members.items() if waits(identifiers, inside.get(group, {})))


def _sorts(members: Sequence[str], same: Sequence[Pair]) -> dict[str, str]:
    """For each member one that stands for all that ask the same as it."""
    sort = {member: member for member in members}
    for a, b in same:
        if a in sort and b in sort and sort[a] != sort[b]:
            gone, stays = sort[b], sort[a]
            sort = {member: stays if one == gone else one for member, one in sort.items()}
    return sort

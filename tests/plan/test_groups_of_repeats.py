"""Groups of near-repeats keep their identity, and people's verdicts on pairs are remembered."""

from typing import Any

import sqlite_utils

from domain.records import RepeatGroup
from plan.deciding import decide_repeat
from plan.grouping import save_groups
from plan.reading import (
    recommendation,
    recommendations,
    repeat_verdicts,
    repeats,
)
from tests.plan.making import AUDIT, SHARE, TRAIN, pair


def test_a_group_keeps_its_identity_while_members_come_and_go(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", SHARE, TRAIN, AUDIT)
    a, b, c = (r.id for r in recommendations(db))
    (identity,) = save_groups(db, [pair(a, b)])
    assert recommendation(db, a).group_id == recommendation(db, b).group_id == identity
    assert recommendation(db, c).group_id is None
    assert [(r.only_a, r.only_b) for r in repeats(db, b)] == [(("low",), ("high",))]
    assert list(save_groups(db, [RepeatGroup((a, b, c), ())])) == [identity]
    assert list(save_groups(db, [RepeatGroup((b, c), ())])) == [identity]
    assert recommendation(db, a).group_id is None
    save_groups(db, [])
    assert all(r.group_id is None for r in recommendations(db))
    (second,) = save_groups(db, [pair(a, b)])
    assert second != identity, "the identity of a group that is gone is never given again"


def test_groups_that_part_and_join(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", *(f"Recommendation text number {i}" for i in range(6)))
    ids = [r.id for r in recommendations(db)]
    (identity,) = save_groups(db, [RepeatGroup(tuple(ids[:5]), ())])
    parted = save_groups(db, [RepeatGroup(tuple(ids[:2]), ()), RepeatGroup(tuple(ids[2:5]), ())])
    assert parted[identity] == tuple(ids[2:5])
    assert len(parted) == 2
    assert list(save_groups(db, [RepeatGroup(tuple(ids), ())])) == [identity]


def test_a_verdict_on_a_pair_is_remembered(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", SHARE, TRAIN)
    a, b = sorted(r.id for r in recommendations(db))
    decide_repeat(db, b, a, "not the same", "Ana")
    assert repeat_verdicts(db) == {(a, b): "not the same"}
    decide_repeat(db, a, b, "same", "Ana")
    assert repeat_verdicts(db) == {(a, b): "same"}

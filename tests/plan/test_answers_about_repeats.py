"""A group of near-repeats waits until people have said of all of it whether it asks the same."""

from typing import Any

import pytest
import sqlite_utils

from domain.records import RepeatGroup
from domain.states import RepeatVerdict, Visibility
from plan.deciding import decide_repeat, set_visibility
from plan.grouping import save_groups
from plan.overview import needs
from plan.reading import recommendations
from plan.repeat_answers import waiting_groups
from tests.plan.making import AUDIT, SHARE, TRAIN

SAME, APART = RepeatVerdict.SAME, RepeatVerdict.NOT_THE_SAME


@pytest.fixture
def ids(db: sqlite_utils.Database, make: Any) -> list[str]:
    make.add(db, "one", SHARE, TRAIN, AUDIT)
    make.add(db, "two", SHARE)
    return [row.id for row in recommendations(db)]


def waits(db: sqlite_utils.Database) -> bool:
    assert needs(db).groups == len(waiting_groups(db))
    return bool(waiting_groups(db))


def test_a_group_waits_until_every_pair_is_answered_and_again_when_another_joins(
    db: sqlite_utils.Database, ids: list[str]
) -> None:
    save_groups(db, [RepeatGroup(tuple(ids[:3]), ())])
    assert waits(db)
    decide_repeat(db, ids[0], ids[1], SAME, "Ana")
    assert waits(db), "of the third nobody has said anything"
    decide_repeat(db, ids[1], ids[2], SAME, "Bo")
    assert not waits(db), "what asks the same as a third asks the same as each other"
    save_groups(db, [RepeatGroup(tuple(ids), ())])
    assert waits(db), "a new member"
    decide_repeat(db, ids[3], ids[0], APART, "Ana")
    assert waits(db)
    for other in ids[1:3]:
        decide_repeat(db, ids[3], other, APART, "Ana")
    assert not waits(db), "each pair has an answer, whichever it is"


def test_what_the_partnership_does_not_see_is_not_waited_for(db: sqlite_utils.Database, ids: list[str]) -> None:
    save_groups(db, [RepeatGroup((ids[0], ids[3]), ())])
    assert waits(db)
    set_visibility(db, 2, Visibility.WITHDRAWN, who="Ana", why="Court")
    assert not waits(db)

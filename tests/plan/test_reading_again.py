"""A review that is read again, or comes in a new edition, keeps what people decided."""

from dataclasses import replace
from typing import Any

import pytest
import sqlite_utils

from domain.errors import NotAllowed
from plan.actions import adopt
from plan.deciding import decide_label, settle_difference
from plan.filters import Filters
from plan.mending import Addressing, address, addressed_as_read
from plan.reading import (
    recommendations,
    review_by_sha,
)
from plan.rereading import reread_review
from tests.plan.making import AUDIT, SHARE, TRAIN


def test_a_review_read_again_keeps_what_people_decided(db: sqlite_utils.Database, make: Any) -> None:
    added = make.add(db, "one", SHARE, TRAIN, AUDIT)
    share, train, audit = recommendations(db)
    decide_label(db, share.id, quadrant="Q3", who="Ana", framework=make.framework)
    adopted = adopt(db, train.id, who="Ana", framework=make.framework)
    again = make.extraction(
        "one", SHARE.replace("two days", "three days"), TRAIN, "Something wholly different is asked of schools here."
    )
    result = reread_review(
        db, added.id, again, [make.classification() for _ in range(3)], make.vectors(3), encoder="e",
        framework=make.framework, run="run-2",
    )  # fmt: skip
    assert (result.kept, result.changed, result.missing) == ((train.id,), (share.id,), (audit.id,))
    (new,) = result.added
    assert new not in (share.id, train.id, audit.id)
    rows = {r.id: r for r in recommendations(db)}
    assert len(rows) == 4
    assert rows[share.id].text.endswith("three days.") and rows[share.id].quadrant == "Q3" and rows[share.id].decided
    assert rows[train.id].action_refs == (adopted.ref,)
    assert rows[audit.id].text == AUDIT
    earlier = db.execute("SELECT recommendation_id, text FROM earlier_readings").fetchall()
    assert earlier == [(share.id, SHARE)]
    flags = dict(db.execute("SELECT id, difference FROM recommendations").fetchall())
    assert flags == {share.id: "changed", train.id: None, audit.id: "missing", new: "added"}
    # The same reading again leaves the flags for their reviewer, who settles them one by one.
    reread_review(
        db, added.id, again, [make.classification() for _ in range(3)], make.vectors(3), encoder="e",
        framework=make.framework, run="run-2b",
    )  # fmt: skip
    assert dict(db.execute("SELECT id, difference FROM recommendations").fetchall()) == flags
    assert [r.id for r in recommendations(db, filters=Filters(difference="changed"))] == [share.id]
    settle_difference(db, share.id, who="Ana")
    assert not recommendations(db, filters=Filters(difference="changed"))
    with pytest.raises(NotAllowed, match="no difference"):
        settle_difference(db, share.id, who="Ana")
    # And once more, as at first: what was missing is found, under its own identifier.
    first = make.extraction("one", SHARE, TRAIN, AUDIT)
    result = reread_review(
        db, added.id, first, [make.classification() for _ in range(3)], make.vectors(3), encoder="e",
        framework=make.framework, run="run-3",
    )  # fmt: skip
    assert result.kept == (train.id, audit.id) and result.missing == (new,)


def test_reading_the_same_again_changes_nothing(db: sqlite_utils.Database, make: Any) -> None:
    added = make.add(db, "one", SHARE, TRAIN)
    before = recommendations(db)
    result = reread_review(
        db, added.id, make.extraction("one", SHARE, TRAIN), [make.classification()] * 2, make.vectors(2, 3),
        encoder=make.encoder, framework=make.framework, run="run-2",
    )  # fmt: skip
    assert result.kept == tuple(r.id for r in before) and not (result.added or result.changed or result.missing)
    assert recommendations(db) == before
    assert db.execute("SELECT count(*) FROM suggestions").fetchone() == (2,)


def test_a_new_edition_keeps_identifiers_and_both_contents_are_known(db: sqlite_utils.Database, make: Any) -> None:
    added = make.add(db, "one", SHARE, TRAIN)
    make.add(db, "other", AUDIT)
    before = [r.id for r in recommendations(db)][:2]
    edition = make.extraction("one second edition", TRAIN, SHARE)
    reread_review(
        db, added.id, edition, [make.classification()] * 2, make.vectors(2), encoder="e", framework=make.framework,
        run="run-2",
    )  # fmt: skip
    assert [r.id for r in recommendations(db)][:2] == before[::-1]
    for name in ("one", "one second edition"):
        found = review_by_sha(db, make.extraction(name).sha256)
        assert found is not None and found.id == added.id
    with pytest.raises(NotAllowed, match="as review B"):
        reread_review(
            db, added.id, make.extraction("other", AUDIT), [make.classification()], make.vectors(1), encoder="e",
            framework=make.framework, run="run-3",
        )  # fmt: skip


def test_whom_a_person_said_it_addresses_stays_until_the_reading_says_the_same(
    db: sqlite_utils.Database, make: Any
) -> None:
    added = make.add(db, "one", SHARE, TRAIN)
    share, train = recommendations(db)
    told = Addressing("The Board", ("partnership",), False)
    address(db, share.id, told, framework=make.framework, who="Ana", why="The heading names it")
    assert addressed_as_read(db, share.id) == Addressing(share.addressee, share.agencies, share.single_agency)

    def read_again(*agencies: str, addressee: str | None) -> None:
        extraction = make.extraction("one", SHARE, TRAIN)
        first = replace(extraction.recommendations[0], agencies=agencies, addressee=addressee)
        reread_review(
            db, added.id, replace(extraction, recommendations=(first, extraction.recommendations[1])),
            [make.classification() for _ in range(2)], make.vectors(2), encoder="e", framework=make.framework, run="run-2",
        )  # fmt: skip

    read_again("police", addressee="The police")
    row, other = recommendations(db)
    assert (row.addressee, row.agencies) == ("The Board", ("partnership",))
    assert addressed_as_read(db, row.id) == Addressing("The police", ("police",), False)
    assert (other.agencies, addressed_as_read(db, other.id)) == (train.agencies, None)
    read_again("partnership", addressee="The Board")
    assert addressed_as_read(db, row.id) is None
    read_again("health", addressee=None)
    assert recommendations(db)[0].agencies == ("health",), "nobody's word stands against the reading any more"

"""What people decided teaches the model: the latest word of each, and nothing that is in dispute."""

from dataclasses import replace
from typing import Any

import pytest
import sqlite_utils
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NotFound
from domain.states import Sureness, Visibility
from plan.deciding import decide_label, set_visibility
from plan.reading import recommendations
from plan.teaching import lessons, unchecked
from tests.plan.making import FRAMEWORK, SHARE, TRAIN, Maker, new_plan

Q1 = f"“{FRAMEWORK.title('Q1')}”"


@pytest.fixture
def said(db: sqlite_utils.Database, make: Any) -> Any:
    """Records a decision on the first of two recommendations."""
    make.add(db, "one", SHARE, TRAIN)
    share, _ = recommendations(db)

    def decide(who: str, quadrant: str, **more: Any) -> str:
        decide_label(db, share.id, quadrant=quadrant, who=who, framework=make.framework, **more)
        return share.id

    return decide


def taught(db: sqlite_utils.Database) -> list[str]:
    return [e.quadrant for e in lessons(db, FRAMEWORK).examples]


def test_decisions_become_examples_and_suggestions_never_do(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", SHARE, TRAIN)
    share, _ = recommendations(db)
    assert lessons(db, FRAMEWORK).examples == ()
    decide_label(db, share.id, quadrant="Q1", who="Ana", framework=make.framework)
    decide_label(db, share.id, quadrant="Q4", issues=["neglect"], who="Ana", framework=make.framework, note="See 4.1")
    (example,) = lessons(db, FRAMEWORK).examples
    assert (example.id, example.quadrant, example.issues, example.origin) == (share.id, "Q4", ("neglect",), "decision")


def test_two_reviewers_who_agree_teach_once_and_the_latest_sureness_counts(
    db: sqlite_utils.Database, said: Any
) -> None:
    said("Ana", "Q1", sureness=Sureness.HARDLY)
    identifier = said("Bo", "Q1", sureness=Sureness.FAIRLY)
    found = lessons(db, FRAMEWORK)
    assert [(e.id, e.quadrant, e.origin) for e in found.examples] == [(identifier, "Q1", "decision")]
    assert found.sureness == {identifier: 0.7}
    assert found.kept_out == ()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"quadrant": "Q2"}, f"Ana says {Q1}, Neglect; Bo says “{FRAMEWORK.title('Q2')}”, Neglect"),
        ({"secondary": "Q3"}, f"Bo says {Q1} with “{FRAMEWORK.title('Q3')}”, Neglect"),
        ({"issues": ()}, f"Bo says {Q1}."),
        ({"areas": ("supervision",)}, f"Bo says {Q1}, Neglect, {FRAMEWORK.title('supervision')}"),
    ],
)
def test_what_two_reviewers_say_differently_teaches_nothing_and_is_told(
    db: sqlite_utils.Database, said: Any, other: dict[str, Any], words: str
) -> None:
    given: dict[str, Any] = {"quadrant": "Q1", "issues": ("neglect",)}
    said("Ana", **given)
    identifier = said("Bo", **{**given, **other})
    found = lessons(db, FRAMEWORK)
    assert found.examples == ()
    (kept,) = found.kept_out
    assert kept.recommendation_id == identifier
    assert words in kept.why
    assert "cap label --settles" in kept.why
    assert words in kept.page
    assert "ticks “This settles what reviewers said differently”" in kept.page
    assert "cap label" not in kept.page


def test_it_teaches_again_once_they_agree(db: sqlite_utils.Database, said: Any) -> None:
    said("Ana", "Q1")
    said("Bo", "Q2")
    said("Ana", "Q2")
    assert taught(db) == ["Q2"]


def test_one_decision_can_settle_it_and_a_later_one_reopens_it(db: sqlite_utils.Database, said: Any) -> None:
    said("Ana", "Q1")
    said("Bo", "Q2")
    said("Chris", "Q3", settles=True)
    assert taught(db) == ["Q3"]
    said("Bo", "Q3")
    assert taught(db) == ["Q3"]
    said("Ana", "Q1")
    assert taught(db) == []


def test_a_decision_under_a_framework_that_had_other_codes_is_kept_out(db: sqlite_utils.Database, said: Any) -> None:
    identifier = said("Ana", "Q1", issues=("neglect",))
    other = replace(FRAMEWORK, issues=tuple(e for e in FRAMEWORK.issues if e.code != "neglect"))
    found = lessons(db, other)
    assert found.examples == ()
    assert found.kept_out[0].recommendation_id == identifier
    assert "neglect is no longer in it" in found.kept_out[0].why


def test_a_withdrawn_review_teaches_nothing_and_waits_for_nobody(db: sqlite_utils.Database, said: Any) -> None:
    said("Ana", "Q1")
    assert len(unchecked(db)) == 1
    set_visibility(db, "A", Visibility.WITHDRAWN, who="Ana")
    assert lessons(db, FRAMEWORK).examples == ()
    assert unchecked(db) == ()


def test_what_nobody_decided_waits_with_its_scores(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", SHARE, TRAIN, quadrant="Q3")
    first, second = unchecked(db)
    assert first.scores == {"Q1": 0.05, "Q2": 0.05, "Q3": 0.85, "Q4": 0.05}
    decide_label(db, first.recommendation_id, quadrant="Q1", who="Ana", framework=make.framework)
    assert [row.recommendation_id for row in unchecked(db)] == [second.recommendation_id]


def test_a_decision_for_nothing_is_refused(db: sqlite_utils.Database, make: Any) -> None:
    with pytest.raises(NotFound):
        decide_label(db, "r-000000000000", quadrant="Q1", who="Ana", framework=make.framework)


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["Q1", "Q2"]), st.booleans()), min_size=1, max_size=6))
def test_it_teaches_the_latest_word_or_nothing(tmp_path_factory: Any, decisions: list[tuple[str, str, bool]]) -> None:
    """Against a plain reading of the rule: those since the last settling one, the latest of each person."""
    db = new_plan(tmp_path_factory.mktemp("plan") / "cap.db")
    try:
        Maker().add(db, "one", SHARE)
        (row,) = recommendations(db)
        for who, quadrant, settles in decisions:
            decide_label(db, row.id, quadrant=quadrant, who=who, framework=FRAMEWORK, settles=settles)
        since = decisions
        for at, (_, _, settles) in enumerate(decisions):
            if settles:
                since = decisions[at:]
        latest = {quadrant for quadrant in {who: quadrant for who, quadrant, _ in since}.values()}
        assert taught(db) == (sorted(latest) if len(latest) == 1 else [])
    finally:
        db.close()

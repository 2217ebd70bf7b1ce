"""Taking a decision back, second looks, passages that may be recommendations, refused files, particulars, what waits."""

import sqlite3

import pytest
import sqlite_utils

from domain.errors import NotAllowed, NotFound, UsageError
from domain.processed import AlreadyIngested, Ingested, NewEdition
from domain.records import Rejected
from domain.states import Audience, Kind, Reason, Visibility
from extract.listed import one
from plan import checking, counts, overview, particulars, possible, reading, refusals, trail
from plan.actions import adopt
from plan.deciding import decide_label, set_visibility
from plan.erasing import erase_review
from plan.filters import Filters
from plan.holdings import held
from plan.ledger import fetch, today
from plan.progress import update_action
from plan.teaching import lessons, unchecked
from plan.visibility import sight
from tests.plan.making import AUDIT, FRAMEWORK, SHARE, TRAIN, Maker


def decide(db: sqlite_utils.Database, identifier: str, quadrant: str, who: str) -> None:
    decide_label(db, identifier, quadrant=quadrant, who=who, framework=FRAMEWORK, note="a note")


def test_what_is_taken_back_counts_for_nothing_and_stays_to_be_read(db: sqlite_utils.Database, make: Maker) -> None:
    make.add(db, "one", SHARE, TRAIN)
    share, _ = reading.recommendations(db)
    decide(db, share.id, "Q1", "Ana")
    decide(db, share.id, "Q4", "Ana")
    row = checking.take_back(db, share.id, who="Ana")
    assert (row.quadrant, row.decided) == ("Q1", True), "the decision before it stands again"
    row = checking.take_back(db, share.id, who="Ana")
    assert (row.quadrant, row.decided) == ("Q2", False), "the suggestion stands again"
    assert lessons(db, FRAMEWORK).examples == ()
    assert share.id in {waiting.recommendation_id for waiting in unchecked(db)}
    held_now, _ = held(db, sight(Audience.PARTNERSHIP), today(), known=True)
    assert held_now[share.id].quadrant == "Q2"
    said = checking.said_of(db, share.id)
    assert [(one.quadrant, one.withdrawn) for one in said] == [("Q4", True), ("Q1", True)]
    with pytest.raises(NotAllowed, match="nothing to take back"):
        checking.take_back(db, share.id, who="Ana")


def test_only_ones_own_latest_decision_is_taken_back(db: sqlite_utils.Database, make: Maker) -> None:
    make.add(db, "one", SHARE)
    (share,) = reading.recommendations(db)
    decide(db, share.id, "Q1", "Ana")
    decide(db, share.id, "Q3", "Bo")
    with pytest.raises(NotAllowed, match="Bo decided these labels"):
        checking.take_back(db, share.id, who="Ana")
    checking.take_back(db, share.id, who="Bo")
    for change in ("DELETE FROM withdrawn_decisions", "UPDATE withdrawn_decisions SET who = 'Cy'"):
        with pytest.raises(sqlite3.IntegrityError, match="taken back"):
            db.conn.execute(change)


def test_a_second_look_waits_until_the_next_decision(db: sqlite_utils.Database, make: Maker) -> None:
    make.add(db, "one", SHARE, TRAIN)
    share, train = reading.recommendations(db)
    decide(db, share.id, "Q1", "Ana")
    checking.ask_second_look(db, share.id, who="Ana", note="Q1 or Q4?")
    checking.ask_second_look(db, train.id, who="Bo", note="")
    assert [(look.recommendation_id, look.who, look.note) for look in checking.second_looks(db)] == [
        (share.id, "Ana", "Q1 or Q4?"),
        (train.id, "Bo", ""),
    ]
    assert overview.needs(db).second_looks == 2
    decide(db, share.id, "Q4", "Bo")
    assert [look.recommendation_id for look in checking.second_looks(db)] == [train.id]
    assert checking.second_looks(db, audience=Audience.PUBLIC) == ()


def test_a_passage_becomes_a_recommendation_like_any_other(db: sqlite_utils.Database, make: Maker) -> None:
    review = make.add(db, "one", SHARE)
    (passage,) = possible.passages(db, review.id)
    found = one(passage.text, FRAMEWORK, page=passage.page, section=passage.section, boxes=passage.boxes)
    vector = make.vectors(1)
    row = possible.take(
        db, passage.id, found, make.classification("Q3"), vector, encoder=make.encoder, framework=FRAMEWORK, who="Ana",
        run="run-1",
    )  # fmt: skip
    assert (row.text, row.page, row.section, row.kind) == (passage.text, 8, "Findings", Kind.RECOMMENDATION)
    assert (row.quadrant, row.decided, row.outcome) == ("Q3", False, "proposed")
    assert [r.id for r in reading.recommendations(db)][-1] == row.id
    assert possible.passages(db) == ()
    for again in (lambda: possible.dismiss(db, passage.id, who="Bo"), lambda: possible.passage(db, passage.id)):
        with pytest.raises(NotFound, match="waits no longer"):
            again()


def test_a_dismissed_passage_leaves_its_words_in_the_trail(db: sqlite_utils.Database, make: Maker) -> None:
    make.add(db, "one", SHARE)
    (passage,) = possible.passages(db)
    possible.dismiss(db, passage.id, who="Ana", why="A finding")
    assert possible.passages(db) == ()
    event = trail.events(db)[0]
    assert (event.what, event.who, event.why) == ("possible recommendation dismissed", "Ana", "A finding")
    assert "might ask for this" in (event.before or "")


def test_refused_files_are_remembered_until_they_are_taken(db: sqlite_utils.Database, make: Maker) -> None:
    review = make.add(db, "one", SHARE)
    web = Rejected("a.pdf", Reason.WEB_PAGE, "a.pdf is a web page.")
    edition = NewEdition("b.pdf", review, "b.pdf has the reference of A.")
    refusals.record_refusals(db, [web, edition])
    assert {(row.file, row.reason) for row in refusals.refusals(db)} == {
        ("a.pdf", "a web page named .pdf"),
        ("b.pdf", refusals.NEW_EDITION),
    }
    before = refusals.refusals(db)
    refusals.record_refusals(db, [web])
    assert refusals.refusals(db) == before, "the same refusal again is no news"
    refusals.record_refusals(db, [Ingested("a.pdf", review, 1, 1, 0, 0), AlreadyIngested("c.pdf", review)])
    assert [row.file for row in refusals.refusals(db)] == ["b.pdf"]
    refusals.forget_refusal(db, "b.pdf")
    assert refusals.refusals(db) == ()


def test_corrected_particulars_keep_what_was_read(db: sqlite_utils.Database, make: Maker) -> None:
    review = make.add(db, "one", SHARE, case_ref="Child A", publisher="Elmcastle")
    row = particulars.set_particulars(
        db, review.letter, {"published": "2021-09", "publisher": " Elmcastle  Partnership ", "review_type": "SCR"},
        who="Ana", framework=FRAMEWORK,
    )  # fmt: skip
    assert (row.published, row.publisher, row.review_type, row.reference) == (
        "2021-09", "Elmcastle Partnership", "SCR", "Child A",
    )  # fmt: skip
    event = trail.events(db)[0]
    assert (event.what, event.who) == ("particulars corrected", "Ana")
    assert '"Elmcastle"' in (event.before or "")
    found = reading.review_by_edition(db, "child a", "ELMCASTLE partnership")
    assert found is not None and found.id == row.id, "a new edition is known by the corrected names"
    particulars.set_particulars(db, review.letter, {"published": "2021-09"}, who="Ana", framework=FRAMEWORK)
    assert trail.events(db)[0] == event, "nothing changed, nothing told"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("review_type", "story", "not a type of review"),
        ("review_type", None, "not a type of review"),
        ("published", "2021-13", "not a date"),
        ("published", "21", "not a date"),
        ("published", "0021-01-31", "not a date"),
        ("published", "2021-02-30", "not a date"),
        ("published", "last spring", "not a date"),
        ("title", "x" * 301, "At most 300"),
        ("letter", "Q", "not among the particulars"),
    ],
)
def test_particulars_that_cannot_be_are_refused(
    db: sqlite_utils.Database, make: Maker, field: str, value: str | None, says: str
) -> None:
    review = make.add(db, "one", SHARE)
    with pytest.raises(UsageError, match=says):
        particulars.set_particulars(db, review.letter, {field: value}, who="Ana", framework=FRAMEWORK)
    assert reading.review(db, review.letter) == review


def test_what_waits_is_counted_as_the_lists_have_it(db: sqlite_utils.Database, make: Maker) -> None:
    make.add(db, "one", SHARE, TRAIN, visibility=Visibility.PUBLISHED)
    make.add(db, "two", AUDIT)
    gone = make.add(db, "three", "Nobody is to see this any more.")
    set_visibility(db, gone.id, Visibility.WITHDRAWN, who="Ana")
    share, _, _ = reading.recommendations(db)
    action = adopt(db, share.id, who="Ana", framework=FRAMEWORK)
    update_action(db, action.ref, who="Ana", framework=FRAMEWORK, target_date="2020-01-31")
    needs = overview.needs(db)
    assert needs.unchecked == len(unchecked(db))
    assert (needs.unchecked + needs.checked, needs.proposed, needs.possible, needs.drafts) == (3, 2, 2, 1)
    overdue = sum(row.overdue for row in counts.counts(db, FRAMEWORK) if row.unit == "actions")
    assert needs.overdue == overdue == 1
    public = overview.needs(db, audience=Audience.PUBLIC)
    assert (public.proposed, public.possible, public.drafts) == (1, 1, 0)
    assert overview.how_many(db, Filters(quadrant="Q2")) == len(
        reading.recommendations(db, filters=Filters(quadrant="Q2"))
    )


def test_the_mark_of_the_plan_changes_with_every_change(db: sqlite_utils.Database, make: Maker) -> None:
    marks = [overview.standing(db)]
    review = make.add(db, "one", SHARE)
    marks.append(overview.standing(db))
    (share,) = reading.recommendations(db)
    decide(db, share.id, "Q1", "Ana")
    marks.append(overview.standing(db))
    checking.take_back(db, share.id, who="Ana")
    marks.append(overview.standing(db))
    refusals.record_refusals(db, [Rejected("a.pdf", Reason.EMPTY, "a.pdf is empty.")])
    marks.append(overview.standing(db))
    particulars.set_particulars(db, review.letter, {"published": "2021"}, who="Ana", framework=FRAMEWORK)
    marks.append(overview.standing(db))
    assert len(set(marks)) == len(marks)
    assert overview.standing(db) == marks[-1]


def test_erasing_a_review_blanks_what_was_said_in_second_looks(db: sqlite_utils.Database, make: Maker) -> None:
    review = make.add(db, "one", SHARE)
    (share,) = reading.recommendations(db)
    checking.ask_second_look(db, share.id, who="Ana", note="The mother said so in 2019")
    erase_review(db, review.id, who="Ana", why="asked by the family")
    assert [row["note"] for row in fetch(db, "SELECT note FROM second_looks")] == ["[erased]"]


def test_the_trail_is_narrowed_and_counted(db: sqlite_utils.Database, make: Maker) -> None:
    make.add(db, "one", SHARE, TRAIN)
    share, train = reading.recommendations(db)
    decide(db, share.id, "Q1", "Ana")
    decide(db, train.id, "Q1", "Bo")
    assert [event.subject for event in trail.events(db, who="Ana", what="label decided")] == [share.id]
    assert trail.count_events(db, what="label decided") == 2
    first, second = (
        trail.events(db, what="label decided", limit=1),
        trail.events(db, what="label decided", limit=1, offset=1),
    )
    assert [first[0].who, second[0].who] == ["Bo", "Ana"]
    kinds, people = trail.event_words(db)
    assert {"label decided", "review added"} <= set(kinds)
    assert people == ("Ana", "Bo")


def test_the_same_decision_sent_again_changes_nothing_and_answers_a_second_look(
    db: sqlite_utils.Database, make: Maker
) -> None:
    make.add(db, "one", SHARE)
    (row,) = reading.recommendations(db)

    def decisions() -> int:
        return int(fetch(db, "SELECT count(*) AS n FROM decisions")[0]["n"])

    decide(db, row.id, "Q1", "Ana")
    decide(db, row.id, "Q1", "Ana")
    assert decisions() == 1
    decide(db, row.id, "Q1", "Ben")
    decide(db, row.id, "Q1", "Ana")
    assert decisions() == 3, "another person's word is another word"
    checking.ask_second_look(db, row.id, who="Ben", note="look again")
    decide(db, row.id, "Q1", "Ana")
    assert decisions() == 4, "it answers who asked"
    checking.take_back(db, row.id, who="Ana")
    decide(db, row.id, "Q1", "Ana")
    assert decisions() == 5, "what was taken back may be said again"

import contextlib
import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlite_utils
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.errors import NotAllowed, NotFound, UsageError
from domain.states import Outcome, Status, Visibility
from plan.action_history import action_steps, progress_notes
from plan.actions import accept_part, adopt, decline, join, reconsider, section11
from plan.deciding import decide_label, release_embargoes, set_visibility
from plan.ledger import transaction
from plan.progress import close, set_status, supersede, update_action
from plan.reading import action, actions, outcomes, recommendation, recommendations, review
from plan.trail import events
from plan.transitions import OUTCOME_STEPS, STATUS_STEPS
from tests.plan.making import FRAMEWORK, Maker, contents, new_plan

TEXTS = tuple(f"The partnership should do thing number {i} by next year." for i in range(4))


@pytest.fixture
def full(db: sqlite_utils.Database, make: Any) -> sqlite_utils.Database:
    make.add(db, "one", *TEXTS, case_ref="Case K")
    make.add(db, "two", *TEXTS[:2], case_ref="Case L")
    return db


def test_every_step_is_in_the_tables() -> None:
    assert set(OUTCOME_STEPS) == set(Outcome) and set(STATUS_STEPS) == set(Status)


def test_adopting_confirms_the_suggestion_and_gives_a_reference(full: sqlite_utils.Database) -> None:
    first = adopt(full, "K 1", who="Ana", framework=FRAMEWORK, target_date="2027-06-01")
    row = recommendation(full, "K 1")
    assert (first.ref, first.quadrant, first.text, first.review_refs) == ("2.1", "Q2", TEXTS[0], ("K",))
    assert first.lead_agency == FRAMEWORK.title(row.agencies[0])
    assert (row.outcome, row.decided, row.quadrant, row.action_refs) == (Outcome.ADOPTED, True, "Q2", ("2.1",))
    assert row.issues == ("neglect",), "what was suggested beside the quadrant is confirmed with it"
    assert full.execute("SELECT who, quadrant FROM decisions").fetchall() == [("Ana", "Q2")]
    second = adopt(full, "K 2", who="Ana", framework=FRAMEWORK, quadrant="Q4", text="NSCB to audit supervision.")
    assert second.ref == "4.1" and recommendation(full, "K 2").quadrant == "Q4"
    assert adopt(full, "K 3", who="Ana", framework=FRAMEWORK).ref == "2.2"


def test_where_the_model_is_unsure_a_person_says_the_quadrant(full: sqlite_utils.Database) -> None:
    full.execute("UPDATE suggestions SET unsure = 1, secondary = 'Q3'")
    full.conn.commit()
    before = contents(full)
    part = {"reason": "The rest is national", "text": "Ours"}
    for refused in (
        lambda: adopt(full, "K 1", who="Ana", framework=FRAMEWORK),
        lambda: accept_part(full, "K 1", who="Ana", framework=FRAMEWORK, **part),
    ):
        with pytest.raises(UsageError, match=r"unsure which quadrant .* nobody has decided"):
            refused()
    assert contents(full) == before
    assert adopt(full, "K 1", who="Ana", framework=FRAMEWORK, quadrant="Q2").ref == "2.1"
    assert full.execute("SELECT quadrant, secondary FROM decisions").fetchall() == [("Q2", None)]
    decide_label(full, "K 2", quadrant="Q4", secondary="Q1", who="Ana", framework=FRAMEWORK)
    assert accept_part(full, "K 2", who="Bo", framework=FRAMEWORK, **part).ref == "4.1"
    assert recommendation(full, "K 2").secondary == "Q1", "what a person decided stays"


def test_a_decided_quadrant_is_the_one_that_counts(full: sqlite_utils.Database) -> None:
    decide_label(full, "K 1", quadrant="Q3", who="Ana", framework=FRAMEWORK)
    assert adopt(full, "K 1", who="Bo", framework=FRAMEWORK).ref == "3.1"
    assert full.execute("SELECT count(*) FROM decisions").fetchone() == (1,)
    with pytest.raises(UsageError, match=r"“Q9” is not one of the quadrants.*Q1, Q2"):
        decide_label(full, "K 2", quadrant="Q9", who="Ana", framework=FRAMEWORK)
    with pytest.raises(UsageError, match="Say who"):
        decide_label(full, "K 2", quadrant="Q1", who=" ", framework=FRAMEWORK)


def test_a_recommendation_is_adopted_once(full: sqlite_utils.Database) -> None:
    adopt(full, "K 1", who="Ana", framework=FRAMEWORK)
    before = list(full.conn.iterdump())
    for refused in (
        lambda: adopt(full, "K 1", who="Ana", framework=FRAMEWORK),
        lambda: decline(full, "K 1", who="Ana", reason="No"),
        lambda: section11(full, "K 1", who="Ana", reason="Single agency"),
        lambda: join(full, "K 1", "2.1", who="Ana"),
    ):
        with pytest.raises(NotAllowed, match=r"2\.1"):
            refused()
    with pytest.raises(NotFound):
        join(full, "K 2", "9.9", who="Ana")
    assert list(full.conn.iterdump()) == before


def test_joining_adds_the_review_to_the_action(full: sqlite_utils.Database) -> None:
    adopt(full, "L 1", who="Ana", framework=FRAMEWORK)
    joined = join(full, "K 1", "2.1", who="Bo", why="The same ask")
    assert joined.review_refs == ("K", "L") and len(joined.recommendations) == 2
    assert recommendation(full, "K 1").outcome is Outcome.JOINED
    assert recommendation(full, "L 1").outcome is Outcome.ADOPTED
    assert [o.outcome for o in outcomes(full, recommendation(full, "K 1").id)] == [Outcome.PROPOSED, Outcome.JOINED]
    assert not recommendation(full, "K 1").decided


def test_a_no_and_the_other_route_need_a_reason_and_can_be_reconsidered(full: sqlite_utils.Database) -> None:
    with pytest.raises(UsageError, match="reason"):
        decline(full, "K 1", who="Ana", reason=" ")
    decline(full, "K 1", who="Ana", reason="Done already in 2024")
    section11(full, "K 2", who="Ana", reason="For one agency")
    assert [recommendation(full, f"K {n}").outcome for n in (1, 2)] == [Outcome.DECLINED, Outcome.SECTION11]
    reconsider(full, "K 1", who="Ana", reason="New facts")
    assert adopt(full, "K 1", who="Ana", framework=FRAMEWORK).ref == "2.1"
    assert adopt(full, "K 2", who="Ana", framework=FRAMEWORK).ref == "2.2"
    reasons = [o.reason for o in outcomes(full, recommendation(full, "K 1").id)]
    assert reasons == ["", "Done already in 2024", "New facts", ""]


def test_parts_become_actions_of_their_own(full: sqlite_utils.Database) -> None:
    with pytest.raises(UsageError, match="text"):
        accept_part(full, "K 1", who="Ana", framework=FRAMEWORK, reason="Not the second half")
    for n in (1, 2):
        part = accept_part(full, "K 1", who="Ana", framework=FRAMEWORK, reason="In steps", text=f"Part {n}")
        assert (part.ref, part.text) == (f"2.{n}", f"Part {n}")
    assert recommendation(full, "K 1").action_refs == ("2.1", "2.2")
    assert recommendation(full, "K 1").outcome is Outcome.ACCEPTED_IN_PART
    assert accept_part(full, "K 2", who="Ana", framework=FRAMEWORK, reason="Half", ref="2.1").ref == "2.1"


def test_a_moved_target_date_is_kept_with_its_reason(full: sqlite_utils.Database) -> None:
    adopt(full, "K 1", who="Ana", framework=FRAMEWORK)
    update: dict[str, Any] = {"who": "Ana", "framework": FRAMEWORK}
    update_action(full, "2.1", target_date="2026-06-01", **update)
    with pytest.raises(UsageError, match=r"target date of action 2\.1 moves"):
        update_action(full, "2.1", target_date="2026-09-01", **update)
    with pytest.raises(UsageError, match="2026-13-01"):
        update_action(full, "2.1", target_date="2026-13-01", why="x", **update)
    update_action(full, "2.1", target_date="2026-09-01", why="Staff left", **update)
    moved = update_action(full, "2.1", target_date="Ongoing", why="No end in sight", **update)
    assert (moved.target_date, moved.original_target_date) == ("Ongoing", "2026-06-01")
    steps = action_steps(full, "2.1")
    assert [(s.target_date, s.why) for s in steps] == [
        (None, ""), ("2026-06-01", ""), ("2026-09-01", "Staff left"), ("Ongoing", "No end in sight"),
    ]  # fmt: skip


def test_what_people_write_is_kept_and_told(full: sqlite_utils.Database) -> None:
    adopt(full, "K 1", who="Ana", framework=FRAMEWORK)
    fields: dict[str, Any] = {
        "worry_statement": "w",
        "success_goal": "g",
        "next_steps": "n",
        "home": "MAAG",
        "text": "Own words",
    }
    changed = update_action(
        full, "2.1", who="Bo", framework=FRAMEWORK, why="After the meeting", progress="Started", agency="police",
        lead_agency="Norfolk Constabulary and police", **fields,
    )  # fmt: skip
    assert all(getattr(changed, name) == value for name, value in fields.items())
    assert changed.progress == "Started"
    assert full.execute("SELECT agency, note, who FROM progress_notes").fetchall() == [("police", "Started", "Bo")]
    event = events(full, subject="action 2.1")[0]
    assert (event.who, event.what, event.why) == ("Bo", "action updated", "After the meeting")
    assert event.before is not None and event.after is not None
    assert json.loads(event.before)["text"] == TEXTS[0] and json.loads(event.after)["text"] == "Own words"
    with pytest.raises(UsageError, match="Nothing"):
        update_action(full, "2.1", who="Bo", framework=FRAMEWORK, **fields)
    with pytest.raises(UsageError, match="needs a text"):
        update_action(full, "2.1", who="Bo", framework=FRAMEWORK, text=" ")


def test_complete_is_the_owner_s_word_and_assured_the_group_s(full: sqlite_utils.Database) -> None:
    adopt(full, "K 1", who="Ana", framework=FRAMEWORK)
    with pytest.raises(NotAllowed, match="can become: closed, complete, in progress, superseded"):
        set_status(full, "2.1", Status.ASSURED, who="Ana")
    set_status(full, "2.1", Status.COMPLETE, who="Owner", on=date(2026, 3, 1))
    set_status(full, "2.1", Status.ASSURED, who="MAAG", on=date(2026, 4, 1))
    assert full.execute("SELECT completed, assured FROM actions").fetchone() == ("2026-03-01", "2026-04-01")
    set_status(full, "2.1", Status.IN_PROGRESS, who="MAAG", why="The re-check failed")
    assert full.execute("SELECT completed, assured FROM actions").fetchone() == (None, None)
    with pytest.raises(UsageError, match="use cap close and say whether its aim was achieved"):
        set_status(full, "2.1", Status.CLOSED, who="Ana")
    with pytest.raises(UsageError, match="grounds"):
        close(full, "2.1", who="Ana", achieved=False, why="")
    closed = close(full, "2.1", who="Ana", achieved=False, why="Overtaken", on=date(2026, 5, 1))
    assert (closed.status, closed.achieved, closed.closed) == (Status.CLOSED, False, "2026-05-01")
    with pytest.raises(NotAllowed, match=r"2\.1 is closed"):
        update_action(full, "2.1", who="Ana", framework=FRAMEWORK, text="x")
    with pytest.raises(NotAllowed, match=r"2\.1 is closed"):
        join(full, "K 2", "2.1", who="Ana")
    with pytest.raises(UsageError, match="taken up again"):
        set_status(full, "2.1", Status.IN_PROGRESS, who="Ana")
    again = set_status(full, "2.1", Status.IN_PROGRESS, who="Ana", why="It came back")
    assert (again.closed, again.achieved) == (None, None)


def test_moving_to_another_quadrant_supersedes(full: sqlite_utils.Database) -> None:
    adopt(full, "K 1", who="Ana", framework=FRAMEWORK, target_date="2027-01-01", home="MAAG")
    join(full, "L 1", "2.1", who="Ana")
    new = supersede(full, "2.1", quadrant="Q4", who="Ana", why="It is about leadership", framework=FRAMEWORK)
    old = action(full, "2.1")
    assert (new.ref, new.home, new.target_date, new.review_refs) == ("4.1", "MAAG", "2027-01-01", ("K", "L"))
    assert (old.status, old.superseded_by, old.text) == (Status.SUPERSEDED, "4.1", new.text)
    assert recommendation(full, "K 1").action_refs == ("2.1", "4.1")
    with pytest.raises(NotAllowed, match=r"superseded by 4\.1"):
        join(full, "K 2", "2.1", who="Ana")
    with pytest.raises(NotAllowed, match=r"change 4\.1"):
        set_status(full, "2.1", Status.IN_PROGRESS, who="Ana")
    assert [row[0] for row in full.execute('SELECT "Ref" FROM composite_action_plan')] == ["4.1"]


def test_visibility_is_a_recorded_decision(full: sqlite_utils.Database) -> None:
    with pytest.raises(UsageError, match="needs its release date"):
        set_visibility(full, "K", Visibility.EMBARGOED, who="Ana")
    with pytest.raises(UsageError, match="not a date"):
        set_visibility(full, "K", Visibility.EMBARGOED, who="Ana", embargo_until="2026-02-30")
    set_visibility(full, "K", Visibility.EMBARGOED, who="Ana", embargo_until="2026-03-31")
    assert release_embargoes(full, who="schedule", day=date(2026, 3, 30)) == ()
    (released,) = release_embargoes(full, who="schedule", day=date(2026, 3, 31))
    assert (released.letter, released.visibility, released.embargo_until) == ("K", Visibility.PUBLISHED, None)
    with pytest.raises(NotAllowed, match="already"):
        set_visibility(full, "K", Visibility.PUBLISHED, who="Ana")
    set_visibility(full, "K", Visibility.WITHDRAWN, who="Ana")
    with pytest.raises(NotFound):
        review(full, "K")
    assert set_visibility(full, "K", Visibility.DRAFT, who="Ana").visibility is Visibility.DRAFT


def test_a_caller_s_transaction_holds_several_steps_together(full: sqlite_utils.Database) -> None:
    before = list(full.conn.iterdump())
    with pytest.raises(NotAllowed), transaction(full):
        adopt(full, "K 1", who="Ana", framework=FRAMEWORK)
        adopt(full, "K 1", who="Ana", framework=FRAMEWORK)
    assert list(full.conn.iterdump()) == before


def test_a_step_that_fails_inside_a_longer_transaction_is_undone_by_itself(full: sqlite_utils.Database) -> None:
    with transaction(full):
        with pytest.raises(UsageError):
            adopt(full, "K 1", who="Ana", framework=FRAMEWORK, target_date="2026-02-30")
        adopt(full, "K 2", who="Ana", framework=FRAMEWORK)
    assert not recommendation(full, "K 1").decided
    assert [row.ref for row in actions(full)] == ["2.1"]


class LifeOfAPlan(RuleBasedStateMachine):
    """Anybody does anything in any order: what is refused changes nothing, and what holds always holds."""

    quadrants = st.sampled_from([None, *FRAMEWORK.quadrant_codes])
    places = st.sampled_from([f"K {n}" for n in range(1, 5)] + ["L 1", "L 2"])
    picks = st.integers(0, 30)

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.db = new_plan(Path(self.folder.name) / "cap.db")
        self.db.execute("PRAGMA synchronous = OFF")
        self.given: dict[str, tuple[str, str]] = {}
        self.trail = 0

    @initialize()
    def fill(self) -> None:
        make = Maker()
        make.add(self.db, "one", *TEXTS, case_ref="Case K")
        make.add(self.db, "two", *TEXTS[:2], case_ref="Case L")

    def teardown(self) -> None:
        self.db.close()
        self.folder.cleanup()

    @contextlib.contextmanager
    def attempt(self) -> Any:
        before = self.state()
        try:
            yield
        except (NotAllowed, UsageError, NotFound):
            assert self.state() == before, "what is refused changes nothing"

    def state(self) -> object:
        return recommendations(self.db), actions(self.db), self.db["events"].count, self.db["decisions"].count

    def ref(self, pick: int) -> str:
        refs = [row.ref for row in actions(self.db)]
        return refs[pick % len(refs)] if refs else "1.1"

    @rule(place=places, quadrant=quadrants)
    def adopt(self, place: str, quadrant: str | None) -> None:
        with self.attempt():
            new = adopt(self.db, place, who="Ana", framework=FRAMEWORK, quadrant=quadrant)
            assert new.ref not in self.given
            assert quadrant is None or new.quadrant == quadrant

    @rule(place=places, pick=picks)
    def join(self, place: str, pick: int) -> None:
        with self.attempt():
            join(self.db, place, self.ref(pick), who="Ana")

    @rule(place=places)
    def accept_part(self, place: str) -> None:
        with self.attempt():
            accept_part(self.db, place, who="Ana", framework=FRAMEWORK, reason="Half of it", text="A part")

    @rule(place=places, step=st.sampled_from([decline, section11, reconsider]))
    def without_action(self, place: str, step: Any) -> None:
        with self.attempt():
            step(self.db, place, who="Ana", reason="Because")

    @rule(pick=picks, quadrant=st.sampled_from(FRAMEWORK.quadrant_codes))
    def supersede(self, pick: int, quadrant: str) -> None:
        with self.attempt():
            new = supersede(
                self.db, self.ref(pick), quadrant=quadrant, who="Ana", why="It belongs there", framework=FRAMEWORK
            )
            assert new.ref not in self.given

    @rule(pick=picks, achieved=st.booleans())
    def close(self, pick: int, achieved: bool) -> None:
        with self.attempt():
            close(self.db, self.ref(pick), who="Ana", achieved=achieved, why="Done")

    @rule(pick=picks, status=st.sampled_from(Status))
    def set_status(self, pick: int, status: Status) -> None:
        with self.attempt():
            set_status(self.db, self.ref(pick), status, who="Ana", why="So it is")

    @invariant()
    def references_stay_and_are_never_given_twice(self) -> None:
        now = {row.ref: (row.quadrant, row.opened) for row in actions(self.db)}
        assert self.given.items() <= now.items()
        self.given = now
        for ref, (quadrant, _) in now.items():
            assert ref.split(".")[0] == str(FRAMEWORK.quadrant_number(quadrant))

    @invariant()
    def outcomes_and_actions_agree(self) -> None:
        for row in recommendations(self.db):
            answered = row.outcome in (Outcome.ADOPTED, Outcome.JOINED, Outcome.ACCEPTED_IN_PART)
            assert bool(row.action_refs) == answered
            if row.outcome is Outcome.ADOPTED:
                assert row.decided
            if steps := outcomes(self.db, row.id):
                assert steps[-1].outcome is row.outcome

    @invariant()
    def actions_hang_together(self) -> None:
        rows = {row.ref: row for row in actions(self.db)}
        for row in rows.values():
            assert row.recommendations and row.review_refs
            assert (row.status is Status.SUPERSEDED) == (row.superseded_by is not None)
            assert row.superseded_by is None or set(row.recommendations) <= set(rows[row.superseded_by].recommendations)
            assert (row.status is Status.CLOSED) == (row.achieved is not None)
            assert action_steps(self.db, row.ref)[-1].status is row.status

    @invariant()
    def the_trail_only_grows(self) -> None:
        count = self.db["events"].count
        assert count >= self.trail
        self.trail = count


LifeOfAPlan.TestCase.settings = settings(
    max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLifeOfAPlan = LifeOfAPlan.TestCase


def test_the_progress_shown_is_that_of_the_latest_day(full: sqlite_utils.Database) -> None:
    by: Any = {"who": "Ana", "framework": FRAMEWORK}
    adopt(full, "K 1", **by)
    update_action(full, "2.1", **by, progress="Nearly done", dated=date(2026, 3, 1))
    row = update_action(full, "2.1", **by, progress="Begun", dated=date(2025, 1, 1))
    assert row.progress == "Nearly done"
    assert [note.note for note in progress_notes(full, "2.1")] == ["Begun", "Nearly done"]
    assert full.execute("SELECT what FROM events ORDER BY id DESC LIMIT 1").fetchone() == ("earlier progress noted",)
    row = update_action(full, "2.1", **by, progress="Halfway", dated=date(2026, 2, 1), home="MAAG")
    assert (row.progress, row.home) == ("Nearly done", "MAAG")
    assert update_action(full, "2.1", **by, progress="Corrected", dated=date(2026, 3, 1)).progress == "Corrected"


def test_what_takes_the_place_of_an_action_has_no_progress_of_its_own_yet(full: sqlite_utils.Database) -> None:
    by: Any = {"who": "Ana", "framework": FRAMEWORK}
    adopt(full, "K 1", **by)
    adopt(full, "K 2", **by)
    update_action(full, "2.1", **by, progress="We think it is closed")
    said = supersede(full, "2.1", quadrant="Q4", why="There", **by)
    assert (said.status, said.progress) == (Status.OPEN, "See action 2.1, which this one replaces.")
    assert action(full, "2.1").progress == "We think it is closed"
    assert supersede(full, "2.2", quadrant="Q4", why="There", **by).progress == ""
    assert progress_notes(full, said.ref) == ()

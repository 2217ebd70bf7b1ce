"""What people decide through the services: checked before anything is written, and whole or not at all."""

from datetime import date
from pathlib import Path

import pytest

from domain.errors import CapError, NotAllowed, NotFound, UsageError
from domain.states import Status, Visibility
from plan import reading, trail
from services import deciding
from services.house import House
from tests.services import making


@pytest.fixture
def ref(house: House) -> str:
    """An action, made from a recommendation of Child F."""
    return deciding.adopt(house, "F 3", quadrant=None, why="").ref


def test_progress_is_recorded_whole_or_not_at_all(house: House, ref: str) -> None:
    before = making.dump(house.settings.plan_file)
    with pytest.raises(NotAllowed):
        deciding.progress_of(house, ref, status="assured", note="Done", target_date=None, why="", on=None)
    assert making.dump(house.settings.plan_file) == before
    row = deciding.progress_of(
        house, ref, status="in-progress", note="Begun", target_date="2027-01-31", why="", on=None
    )
    assert (row.status, row.progress, row.target_date) == (Status.IN_PROGRESS, "Begun", "2027-01-31")


def test_a_target_date_moves_with_its_reason_and_the_first_is_kept(house: House, ref: str) -> None:
    deciding.progress_of(house, ref, status=None, note=None, target_date="2027-01-31", why="", on=None)
    with pytest.raises(UsageError, match="why"):
        deciding.progress_of(house, ref, status=None, note=None, target_date="2027-06-30", why="", on=None)
    row = deciding.progress_of(house, ref, status=None, note=None, target_date="2027-06-30", why="New staff", on=None)
    assert (row.target_date, row.original_target_date) == ("2027-06-30", "2027-01-31")


@pytest.mark.parametrize(
    ("wanted", "until", "words"),
    [
        ("published", "2999-01-01", "goes with an embargo"),
        ("embargoed", None, "needs its release date"),
        ("embargoed", "2001-01-01", "has already passed"),
        ("embargoed", date.today().isoformat(), "is today, and everybody sees the review from that day"),
        ("embargoed", "soon", "“soon” is not a date"),
        ("secret", None, "Choose from: draft, embargoed, published, withdrawn"),
    ],
)
def test_who_may_see_a_review_is_checked_first(house: House, wanted: str, until: str | None, words: str) -> None:
    before = making.dump(house.settings.plan_file)
    with pytest.raises(UsageError) as said:
        deciding.show_review_to(house, "F", wanted, until=until, why="")
    assert words in str(said.value)
    assert making.dump(house.settings.plan_file) == before


def test_a_review_under_embargo_carries_its_day(house: House) -> None:
    row = deciding.show_review_to(house, "f", "embargoed", until="2999-01-01", why="Trial")
    assert (row.visibility, row.embargo_until) == (Visibility.EMBARGOED, "2999-01-01")
    (event,) = trail.events(house.plan, subject="review F", audience=None, limit=1)
    assert (event.who, event.why) == ("A. Tester", "Trial")


def test_a_label_beats_the_suggestion_and_the_suggestion_stays(house: House) -> None:
    before = deciding.find_recommendation(house, "F 1")
    assert not before.decided
    other = "Q3" if before.quadrant != "Q3" else "Q4"
    row = deciding.label(
        house, "F 1", quadrant=other.lower(), secondary=None, issues=("neglect",), areas=(), note="Read twice"
    )
    assert (row.quadrant, row.issues, row.areas, row.decided) == (other, ("neglect",), (), True)
    said = reading.suggestion(house.plan, row.id)
    assert said is not None
    assert said.quadrant == before.quadrant


@pytest.mark.parametrize(
    ("named", "labels", "kind"),
    [
        ("F 1", {"quadrant": "Q9"}, UsageError),
        ("F 1", {"quadrant": "Q1", "secondary": "q1"}, UsageError),
        ("F 1", {"quadrant": "Q1", "issues": ("weather",)}, UsageError),
        ("F 99", {"quadrant": "Q1"}, NotFound),
        ("", {"quadrant": "Q1"}, NotFound),
        ("r-", {"quadrant": "Q1"}, NotFound),
        ("%' OR 1=1 --", {"quadrant": "Q1"}, NotFound),
    ],
)
def test_a_label_that_cannot_be_is_refused(
    house: House, named: str, labels: dict[str, str], kind: type[CapError]
) -> None:
    before = making.dump(house.settings.plan_file)
    given = {"secondary": None, "issues": (), "areas": (), "note": "", **labels}
    with pytest.raises(kind):
        deciding.label(house, named, **given)  # type: ignore[arg-type]
    assert making.dump(house.settings.plan_file) == before


def test_a_name_that_several_bear_says_which(house: House) -> None:
    letter = making.ask(house.settings.plan_file, "SELECT letter FROM reviews WHERE reference = 'Hazel'")[0][0]
    found = making.ask(
        house.settings.plan_file,
        "SELECT r.id, r.page FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id WHERE v.letter = ? AND r.number = '1'",
        letter,
    )
    assert len(found) > 5
    with pytest.raises(NotFound, match=rf"has {len(found)} recommendations numbered 1\. Use the identifier") as caught:
        deciding.find_recommendation(house, f"{letter} 1")
    for identifier, page in found:
        assert f"{identifier} (page {page}, “" in str(caught.value)
        assert deciding.find_recommendation(house, identifier).id == identifier


def test_progress_can_be_of_an_earlier_day(house: House, ref: str, plan: Path) -> None:
    deciding.progress_of(house, ref, status=None, note="Told", target_date=None, why="", on=date(2026, 3, 1))
    assert making.ask(plan / "cap.db", "SELECT note, dated, who FROM progress_notes") == [
        ("Told", "2026-03-01", "A. Tester")
    ]

"""From what state each kind of work begins: made once, by the real encoder, sandbox and models, and copied for every kill."""

import shutil
from collections.abc import Callable
from pathlib import Path

import benchmarks.kill_recall as recall
from benchmarks.kill_works import DONE, Place, command
from domain.states import Visibility
from flows.train import train_here
from plan import reading
from plan.deciding import set_visibility
from services import deciding
from services.house import House
from services.settings import load_settings
from tests.services import making

REVIEWS = (making.CHILD_F, making.JUNIPER, making.MR_T)
LATER = making.ROWAN
PLAN_TO_IMPORT = """Ref,Review refs,Action,Lead agency,Target date,Progress
2.7,,Agree one chronology for every child,Children's social care,30/06/2027,Begun in May
3.4,,Ask each school who its link person is,Schools,31/01/2026,Asked in March
1.9,,Train those who answer the telephone,Police,01/02/2027,
4.2,,Write to every referrer within two days,Police,31/03/2027,
"""
QUADRANTS = ("Q1", "Q2", "Q3", "Q4")


def prepared(home: Path, encoder: Path | None) -> dict[str, Place]:
    """A place for each kind of work, under its name. encoder: an export that may be used, so that none need be made."""
    making.workshop = lambda: home / "workshop"  # type: ignore[assignment]
    shop = home / "workshop"
    shop.mkdir(parents=True)
    making.reviews()
    (shop / "trained").mkdir()
    if encoder is not None:
        shutil.copytree(encoder, shop / "trained" / "encoder")
    models = shop / "small models"
    recall.use(shop / "trained")
    places = {name: Place(home / name, models) for name in ("ingestion", "training", "refresh", "import", "web")}
    first = places["ingestion"]
    making.copied(first.folder / "corpus", *REVIEWS)
    first.outputs.mkdir()
    _in_a_process(first, _make_models)
    for name, more in (("refresh", _embargo), ("import", None), ("web", None), ("training", _teach)):
        place = places[name]
        if name == "refresh":
            place.renew(first.folder)
            _in_a_process(place, command("run"))
            _in_a_process(place, _decide)
        else:
            place.renew(home / "decided")
        if name == "refresh":
            shutil.copytree(place.folder, home / "decided")
        if more is not None:
            _in_a_process(place, more)
    (places["import"].folder / "plan.csv").write_text(PLAN_TO_IMPORT, encoding="utf-8")
    shutil.copy(making.reviews() / LATER, places["web"].folder / "upload.pdf")
    return places


def _in_a_process(place: Place, work: Callable[[], int]) -> None:
    """Do work here, and take up what it learnt of files and texts."""
    place.whole(learning(work))
    recall.remember()


def learning(work: Callable[[], int]) -> Callable[[], int]:
    """Work that keeps what it learnt of files and texts."""

    def and_keep() -> int:
        code = work()
        recall.keep()
        return code

    return and_keep


def _make_models() -> int:
    making.trained()
    making.small_models()
    return DONE


def _decide() -> int:
    """Some labels, some actions, one of them overdue."""
    with House(load_settings()) as house:
        rows = reading.recommendations(house.plan)
        for n, row in enumerate(rows[:8]):
            deciding.label(
                house, row.id, quadrant=QUADRANTS[n % 4], secondary=None, issues=(), areas=(), note="", sure="sure"
            )
        for n, row in enumerate(rows[8:11]):
            deciding.adopt(
                house,
                row.id,
                quadrant="Q2",
                why="",
                lead_agency="Police",
                target_date=("2026-01-31", "2027-05-31")[n % 2],
            )
    return DONE


def _embargo() -> int:
    """An embargo whose day has come."""
    with House(load_settings()) as house:
        letter = reading.reviews(house.plan)[0].letter
        set_visibility(house.plan, letter, Visibility.EMBARGOED, who="A. Tester", embargo_until="2027-01-31")
    making.change(load_settings().plan_file, "UPDATE reviews SET embargo_until = '2026-01-31' WHERE letter = ?", letter)
    return DONE


def _teach() -> int:
    """A model that was trained here, and decisions that it does not know."""
    train_here(load_settings(), force="the first of the kills")
    with House(load_settings()) as house:
        rows = [row for row in reading.recommendations(house.plan) if not row.decided]
        for n, row in enumerate(rows[:4]):
            deciding.label(
                house, row.id, quadrant=QUADRANTS[n % 4], secondary=None, issues=(), areas=(), note="", sure="sure"
            )
    return DONE

"""Passages that may be recommendations: take one into the plan like any other, or dismiss it."""

from domain.records import RecommendationRow
from extract.listed import one
from plan import possible
from plan.ledger import transaction
from plan.possible import Passage
from plan.writing import record_run_finish, record_run_start
from services.house import House
from services.ingestion import new_run
from services.labelling import label
from services.repeats import regroup


def waiting(house: House, review_id: int | None = None) -> tuple[Passage, ...]:
    """Passages that wait for a person, of one review or of all."""
    return possible.passages(house.existing_plan(), review_id)


def dismiss(house: House, number: int, *, why: str = "") -> Passage:
    """Say that a passage is no recommendation."""
    return possible.dismiss(house.existing_plan(), number, who=house.who, why=why)


def take(house: House, number: int) -> RecommendationRow:
    """Make a passage a recommendation: with a suggested label, and held against all others for near-repeats."""
    plan = house.existing_plan()
    chosen = possible.passage(plan, number)
    found = one(chosen.text, house.framework, page=chosen.page, section=chosen.section, boxes=chosen.boxes)
    labelled = label(house, [found])
    with transaction(plan):
        row = possible.take(
            plan, number, found, labelled.classifications[0], labelled.vectors, encoder=house.encoder.name,
            framework=house.framework, who=house.who, run=_run(house),
        )  # fmt: skip
        regroup(house)
    return row


def _run(house: House) -> str:
    run = new_run()
    record_run_start(house.plan, run, "possible")
    record_run_finish(house.plan, run, "done", {"recommendations": 1})
    return run

"""Mending a recommendation against its page: its words, by which it is labelled, compared and found, and whom it addresses."""

from dataclasses import replace

from domain.records import ExtractedRecommendation, RecommendationRow
from plan import mending, reading
from plan.ledger import transaction
from plan.mending import Addressing
from plan.writing import record_run_finish, record_run_start
from services.house import House
from services.ingestion import new_run
from services.labelling import label
from services.repeats import regroup


def mend(house: House, named: str, words: str, *, why: str) -> RecommendationRow:
    """Give a recommendation the words that stand on its page. Raises `UsageError` where nothing would change."""
    plan = house.existing_plan()
    row = reading.recommendation(plan, named)
    text = mending.mended_words(words, row)
    asked = ExtractedRecommendation(text=text, page=row.page, section=row.section, lead_in=row.lead_in)
    labelled = label(house, [replace(asked, agencies=row.agencies)])
    run = new_run()
    record_run_start(plan, run, "mending")
    with transaction(plan):
        mended = mending.mend(
            plan, row.id, text, labelled.classifications[0], labelled.vectors, encoder=house.encoder.name,
            framework=house.framework, who=house.who, why=why, run=run,
        )  # fmt: skip
        regroup(house)
    record_run_finish(plan, run, "done", {"recommendations": 1})
    return mended


def address(house: House, named: str, told: Addressing, *, why: str) -> RecommendationRow:
    """Say whom a recommendation addresses. Raises `UsageError` where nothing would change, or for an agency that is none."""
    plan = house.existing_plan()
    with transaction(plan):
        row = mending.address(plan, named, told, framework=house.framework, who=house.who, why=why)
        regroup(house)
    return row


def addressed_as_read(house: House, named: str) -> Addressing | None:
    """Whom it addresses as it was read, where a person has corrected that."""
    return mending.addressed_as_read(house.existing_plan(), named)


def printed(house: House, named: str) -> str:
    """The words as they were read."""
    return mending.printed(house.existing_plan(), named)

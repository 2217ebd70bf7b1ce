"""Searching a real plan: by meaning, whatever version of the software entered its reviews."""

import pytest

from domain.records import SearchHit
from services.house import House
from services.searching import more_like, search_plan
from tests.services import making

ASKED = "men who live with children and whom nobody asks about"


def by_meaning(hits: tuple[SearchHit, ...]) -> list[str]:
    return [hit.recommendation.id for hit in hits]


@pytest.mark.parametrize("change", ["DELETE FROM embeddings", "UPDATE embeddings SET encoder = encoder || '-older'"])
def test_a_plan_without_vectors_of_the_present_model_is_searched_by_meaning_all_the_same(
    house: House, change: str
) -> None:
    first = by_meaning(search_plan(house, ASKED))
    like = by_meaning(more_like(house, first[0]))
    making.change(house.settings.plan_file, change)
    assert by_meaning(search_plan(house, ASKED)) == first
    making.change(house.settings.plan_file, "DELETE FROM embeddings")
    assert by_meaning(more_like(house, first[0])) == like


def test_the_name_of_a_place_does_not_draw_what_else_was_asked_there(house: House) -> None:
    asked = "Fathers and partners should be included in assessments"
    found = [(hit.recommendation.id, hit.why) for hit in search_plan(house, asked)]
    named = [(hit.recommendation.id, hit.why) for hit in search_plan(house, f"Wraxholm {asked}")]
    assert found == named

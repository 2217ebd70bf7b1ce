from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.identity import content_key, recommendation_ids
from domain.records import ExtractedRecommendation

PAGES = st.lists(st.integers(1, 9), max_size=12)


def found(pages: list[int]) -> tuple[ExtractedRecommendation, ...]:
    return tuple(ExtractedRecommendation(f"text {n}", page, "Recommendations") for n, page in enumerate(pages))


@given(PAGES)
def test_identifiers_differ_and_do_not_depend_on_the_text(pages: list[int]) -> None:
    items = found(pages)
    identifiers = recommendation_ids("a" * 64, items)
    assert len(set(identifiers)) == len(items)
    assert identifiers == recommendation_ids("a" * 64, tuple(replace(item, text="other") for item in items))


@given(PAGES.filter(bool))
def test_identifiers_depend_on_the_review(pages: list[int]) -> None:
    assert not set(recommendation_ids("a" * 64, found(pages))) & set(recommendation_ids("b" * 64, found(pages)))


def test_white_space_makes_no_other_text() -> None:
    assert content_key("Ask  the\nfather") == content_key("Ask the father") != content_key("Ask the mother")

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.framework import load_framework
from domain.language import act_places, agencies_in, leads_in, mentions, straighten

FRAMEWORK = load_framework()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The Board and the Police should agree", ("partnership", "police")),
        ("Adult social care should", ("adult-social-care",)),  # and not children's
        ("Children’s social care should", ("children-social-care",)),  # a curly apostrophe
        ("GPs and the ICB", ("gp-practices", "integrated-care-board")),
        ("Wexmere Mental Health NHS Foundation Trust", ("mental-health-trust",)),  # one body, not three
        ("All partner agencies", ("all-partners",)),
        ("the discs were copied", ()),  # no abbreviation inside a word, none in small letters
        ("asc sab csp", ()),
        ("", ()),
    ],
)
def test_agencies_are_known_by_their_synonyms(text: str, codes: tuple[str, ...]) -> None:
    assert agencies_in(text, FRAMEWORK) == codes


@given(st.text(max_size=200))
def test_mentions_never_overlap_and_lie_in_the_text(text: str) -> None:
    found = mentions(text, FRAMEWORK.agencies)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert len(straighten(text)) == len(text)


@given(st.sampled_from([s for a in FRAMEWORK.agencies for s in a.synonyms]))
def test_every_synonym_names_its_agency(synonym: str) -> None:
    code = next(a.code for a in FRAMEWORK.agencies if synonym in a.synonyms)
    assert agencies_in(f"It falls to {synonym}, in the first place", FRAMEWORK)[0] == code


def test_the_act_is_told_from_its_subject() -> None:
    assert list(act_places("Seek ASSURANCE that training is provided").items()) == [("assure", 5), ("train", 20)]
    assert min(act_places("Train staff in the use of the tool").items(), key=lambda found: found[1]) == ("train", 0)
    assert act_places("Children were happy") == {}
    assert act_places("Auditors and plans") == {}, "whole words only"


def test_a_column_of_lead_agencies_names_them_in_few_words() -> None:
    said = {
        "Health/Police": ("health", "police"), "WSCB": ("partnership",), "WSCP Business Manager": ("partnership",),
        "Education": ("education",), "All partners": ("all-partners",), "Head of learning": (), "": (),
    }  # fmt: skip
    assert {words: leads_in(words, FRAMEWORK) for words in said} == said

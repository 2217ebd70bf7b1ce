import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from match.asked import Asked, understand


def test_quotes_beginnings_and_not_are_understood() -> None:
    asked = understand("fathers “was not brought” chronolog* NOT police -training ")
    assert asked.words == ("fathers",)
    assert asked.quoted == (("was", "not", "brought"),)
    assert asked.beginnings == ("chronolog",)
    assert asked.left_out == (("police",), ("training",))
    assert "police" not in asked.meaning


def test_a_phrase_can_be_left_out() -> None:
    assert understand('supervision NOT "group supervision"').left_out == (("group", "supervision"),)


def test_not_in_small_letters_is_a_word() -> None:
    asked = understand("fathers not at conference ")
    assert asked.left_out == ()
    assert asked.words == ("fathers", "conference")
    assert asked.meaning == "fathers not at conference"


def test_in_a_pasted_draft_nothing_is_an_operator() -> None:
    draft = (
        'Practitioners must NOT close a case on the word of a parent alone, and should ask what "he is fine" rests on '
        "before they step the family down."
    )
    asked = understand(draft)
    assert asked.left_out == ()
    assert asked.quoted == ()
    assert "close" in asked.words


def test_the_last_word_is_a_beginning_while_typing_goes_on() -> None:
    assert understand("neglect super").beginnings == ("super",)
    assert understand("neglect super ").beginnings == ()
    assert understand("neglect of").beginnings == ()


def test_hyphens_and_apostrophes_do_not_hide_a_word() -> None:
    asked = understand("children’s non-accidental injuries ")
    assert ("non", "accidental") in asked.phrases
    assert {"children", "non", "accidental", "injuries"} <= set(asked.words)


def test_other_forms_are_looked_for_too() -> None:
    asked = understand("CSE and MASH ")
    assert ("child", "sexual", "exploitation") in asked.phrases
    assert ("multi", "agency", "safeguarding", "hub") in asked.phrases


@pytest.mark.parametrize("typed", ["", "   ", '""', "*", "- - -", "“”", "?!"])
def test_no_word_is_nothing_to_look_for(typed: str) -> None:
    assert understand(typed).empty


@pytest.mark.parametrize("typed", ["NOT police", "-police", "NOT", '-"group supervision"'])
def test_leaving_out_alone_is_read_as_words(typed: str) -> None:
    asked = understand(typed)
    assert not asked.empty
    assert asked.left_out == ()


@given(st.text(max_size=200))
@example('"')
@example("a AND NOT (b OR")
@example("NOT NOT NOT a")
@example("İ ß ½ Ⅷ \x00")
def test_whatever_is_typed_is_understood(typed: str) -> None:
    asked = understand(typed)
    assert isinstance(asked, Asked)
    every = [*asked.words, *asked.beginnings, *(w for p in (*asked.phrases, *asked.quoted, *asked.left_out) for w in p)]
    assert all('"' not in word and " " not in word and word for word in every)

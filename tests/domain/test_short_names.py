"""What a body is called for short, and when its full name is known."""

import pytest

from domain.short_names import in_full, is_short_for, is_short_name


@pytest.mark.parametrize("words", ["The Trust", "the Board", "the  partnership", "The LSCB", "SAB", "the School"])
def test_a_short_name_may_stand_for_several(words: str) -> None:
    assert is_short_name(words)


@pytest.mark.parametrize(
    "words", ["", "The Academy Trust", "Police", "WSCB", "All partners", "Trust and Board", "Health"]
)
def test_other_names_stand_for_one(words: str) -> None:
    assert not is_short_name(words)


@pytest.mark.parametrize(
    ("words", "publisher", "name"),
    [
        ("the Board", "Wexmere Safeguarding Children Board", "Wexmere Safeguarding Children Board"),
        ("The LSCB", "Wexmere Safeguarding Children Board", "Wexmere Safeguarding Children Board"),
        ("WSCB", "Wexmere Safeguarding Children Board", "Wexmere Safeguarding Children Board"),
        ("The Safeguarding Partnership", "Saltmere Children’s Safeguarding Partnership", "Saltmere Children’s Safeguarding Partnership"),
        ("Community Safety Partnership", "Wexmere Community Safety Partnership", "Wexmere Community Safety Partnership"),
        ("Community Safety Partnership", "Wexmere Safeguarding Children Partnership", None),
        ("the Board", "Wexmere Safeguarding Children Partnership", None),
        ("the Board", "Wexmere Safeguarding Adults Board and Wexmere Safeguarding Children Board", None),
        ("NSCB", "Wexmere Safeguarding Children Board", None),
        ("The SAB", "Wexmere Safeguarding Children Board", None),
        ("The Trust", "Wexmere Hospitals NHS Trust", None),
        ("the Board", None, None),
        ("", "Wexmere Safeguarding Children Board", None),
    ],
)  # fmt: skip
def test_the_board_is_the_one_that_published_where_its_name_ends_so(
    words: str, publisher: str | None, name: str | None
) -> None:
    assert in_full(words, publisher) == name


def test_a_name_has_the_word_by_which_it_is_called_for_short() -> None:
    assert is_short_for("The Trust", "Wexmere Mental Health NHS Foundation Trust (CAMHS)")
    assert is_short_for("The Trust", "The Academy Trust")
    assert not is_short_for("The Trust", "Wexmere Police")
    assert not is_short_for("The Trust", "the Trust")

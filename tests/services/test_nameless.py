from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

import services.nameless as of_vectors
from services.nameless import Nameless, as_asked


class Writing:
    """An encoder that notes what it is given."""

    name, dimension = "of-letters", 2

    def __init__(self) -> None:
        self.given: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.given += texts
        return np.ones((len(texts), 2), dtype=np.float32)


def test_names_are_left_out_and_short_forms_read_in_full() -> None:
    encoder = Writing()
    vectors = Nameless(encoder).encode(["Wexmere Council should send its staff to each MARAC.", "Share records."])
    assert vectors.shape == (2, 2)
    assert encoder.given == [
        "Council should send its staff to each multi-agency risk assessment conference.",
        "Share records.",
    ]


def test_a_short_form_and_its_long_form_are_given_alike() -> None:
    short, long = (
        "Review how CAMHS and the MASH share records.",
        ("Review how child and adolescent mental health services and the multi-agency safeguarding hub share records."),
    )
    assert as_asked(short) == as_asked(long) == long


def test_vectors_made_under_another_list_of_short_forms_bear_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Nameless(Writing()).name
    of_vectors._lists.cache_clear()
    monkeypatch.setitem(of_vectors.SHORT_FORMS, "XYZ", ("what has not been short before",))
    try:
        assert Nameless(Writing()).name != before
    finally:
        of_vectors._lists.cache_clear()

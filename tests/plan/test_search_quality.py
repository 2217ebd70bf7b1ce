"""How good search is, on queries that were graded by reading before anything ranked them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from classify.encoder import Encoder, load_encoder
from tests.plan.making import new_plan
from tests.plan.searching import QUALITY, enter, gains, read
from tests.services import making


@dataclass(frozen=True)
class Least:
    """What is the least that the fused list must reach, and its lead over each part alone."""

    load: Callable[[Path], Encoder]
    both: float
    over_words: float
    over_meaning: float


# How the lists are fused is held to the plain vectors too. Of the tuned ones meaning alone is better by 0.04, so that less is
# left for words to add.
LEAST = {
    "plain vectors": Least(load_encoder, 0.69, 0.08, 0.05),
    "as searched": Least(lambda folder: making.encoder(), 0.74, 0.15, 0.06),
}


@pytest.mark.parametrize("least", LEAST.values(), ids=LEAST)
def test_the_fused_list_is_better_than_words_or_meaning_alone(least: Least, tmp_path: Path) -> None:
    encoder = least.load(tmp_path / "encoder")
    texts, queries = read(QUALITY)
    db = new_plan(tmp_path / "cap.db")
    enter(db, texts, encoder.encode(texts), encoder.name)
    found = {name: float(np.mean(values)) for name, values in gains(db, queries, encoder).items()}
    db.conn.close()
    assert found["both"] >= least.both
    assert found["both"] >= found["words"] + least.over_words
    assert found["both"] >= found["meaning"] + least.over_meaning


def test_every_query_is_graded_and_every_kind_is_there() -> None:
    texts, queries = read(QUALITY)
    assert len(texts) >= 400
    assert len(set(texts)) == len(texts)
    assert len(queries) >= 100
    assert all(set(q.grades.values()) <= {1, 2, 3} and q.grades for q in queries)
    assert {q.kind for q in queries} == {"theme", "need", "draft", "abbreviation", "exact"}

"""How good search is, on queries that were graded by reading before anything ranked them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import sqlite_utils

from classify.encoder import Encoder
from plan.schema import open_plan
from services.nameless import load_matcher
from tests.plan.searching import QUALITY, Query, enter, gains, read


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return load_matcher(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="module")
def graded(
    encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[sqlite_utils.Database, list[Query]]]:
    texts, queries = read(QUALITY)
    file: Path = tmp_path_factory.mktemp("plan") / "cap.db"
    db = open_plan(file)
    enter(db, texts, encoder.encode(texts), encoder.name)
    yield db, queries
    db.conn.close()


def test_the_fused_list_is_better_than_words_or_meaning_alone(
    graded: tuple[sqlite_utils.Database, list[Query]], encoder: Encoder
) -> None:
    db, queries = graded
    found = {name: float(np.mean(values)) for name, values in gains(db, queries, encoder).items()}
    assert found["both"] >= 0.72
    assert found["both"] >= found["words"] + 0.12
    assert found["both"] >= found["meaning"] + 0.04


def test_every_query_is_graded_and_every_kind_is_there() -> None:
    texts, queries = read(QUALITY)
    assert len(texts) >= 400
    assert len(set(texts)) == len(texts)
    assert len(queries) >= 100
    assert all(set(q.grades.values()) <= {1, 2, 3} and q.grades for q in queries)
    assert {q.kind for q in queries} == {"theme", "need", "draft", "abbreviation", "exact"}

"""A plan of a corpus of plain recommendations, and how good the ranked lists are for queries with graded answers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from classify.encoder import Encoder
from domain.records import SearchHit
from match.asked import understand
from plan.search import search
from plan.writing import add_review
from tests.plan.making import Maker

QUALITY = Path(__file__).parent / "search_quality"
BEST = 10
PER_REVIEW = 20


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, and how well each recommendation answers it, by its text."""

    words: str
    kind: str
    grades: Mapping[str, int]


def read(folder: Path) -> tuple[list[str], list[Query]]:
    """The texts of a corpus, and the queries to it."""
    corpus = {row["id"]: row["text"] for row in _rows(folder / "corpus.jsonl")}
    queries = [
        Query(row["query"], row["kind"], {corpus[i]: grade for i, grade in row["grades"].items()})
        for row in _rows(folder / "queries.jsonl")
    ]
    return list(corpus.values()), queries


def _rows(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def enter(db: sqlite_utils.Database, texts: Sequence[str], vectors: NDArray[np.float32], encoder: str) -> None:
    """Enter texts as the recommendations of as many reviews as they fill."""
    make = Maker()
    for start in range(0, len(texts), PER_REVIEW):
        some = texts[start : start + PER_REVIEW]
        add_review(
            db,
            make.extraction(f"review {start}", *some),
            [make.classification() for _ in some],
            vectors[start : start + PER_REVIEW],
            encoder=encoder,
            framework=make.framework,
            run=f"run-{start}",
        )


def gain(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """nDCG@10: what the first ten are worth, discounted by place, of what the best ten would be."""
    discount = np.log2(np.arange(2, BEST + 2))
    worth = np.array([2.0 ** grades.get(text, 0) - 1 for text in found[:BEST]] + [0.0] * BEST)[:BEST]
    ideal = np.array(sorted((2.0**g - 1 for g in grades.values()), reverse=True) + [0.0] * BEST)[:BEST]
    return float((worth / discount).sum() / (ideal / discount).sum())


def gains(db: sqlite_utils.Database, queries: Sequence[Query], encoder: Encoder) -> dict[str, list[float]]:
    """nDCG@10 of each query for the fused list, and for words and meaning alone."""
    asked = [understand(query.words) for query in queries]
    vectors = encoder.encode([a.meaning for a in asked])
    out: dict[str, list[float]] = {"both": [], "words": [], "meaning": []}
    for query, one, vector in zip(queries, asked, vectors, strict=True):
        out["both"].append(gain(_texts(search(db, one, vector, encoder.name, limit=BEST).hits), query.grades))
        out["words"].append(gain(_texts(search(db, one, None, encoder.name, limit=BEST).hits), query.grades))
        alone = understand("")
        out["meaning"].append(gain(_texts(search(db, alone, vector, encoder.name, limit=BEST).hits), query.grades))
    return out


def _texts(hits: Sequence[SearchHit]) -> list[str]:
    return [hit.recommendation.text for hit in hits]

"""Embeddings kept by the content of their text, so that no text is encoded twice with one encoder."""

from collections.abc import Sequence

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from plan.ledger import fetch, packed, transaction

STORED = np.dtype("<f4")


def save_embeddings(db: sqlite_utils.Database, keys: Sequence[str], vectors: NDArray[np.float32], encoder: str) -> int:
    """Store one vector for each content key, shape (len(keys), dimensions); known ones are left. Gives how many came.

    Raises `ValueError` if keys and vectors do not go together.
    """
    if vectors.ndim != 2 or len(keys) != len(vectors):
        raise ValueError(f"{len(keys)} keys and vectors of shape {vectors.shape} do not go together")
    stored = np.ascontiguousarray(vectors, dtype=STORED)
    with transaction(db) as connection:
        cursor = connection.executemany(
            "INSERT INTO embeddings (content_key, encoder, vector) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [(key, encoder, vector.tobytes()) for key, vector in zip(keys, stored, strict=True)],
        )
    return max(0, cursor.rowcount)


def load_embeddings(db: sqlite_utils.Database, keys: Sequence[str], encoder: str) -> dict[str, NDArray[np.float32]]:
    """The stored vectors of these content keys, each of shape (dimensions,); keys that have none are left out."""
    found = fetch(
        db,
        "SELECT content_key, vector FROM embeddings "
        "WHERE encoder = :encoder AND content_key IN (SELECT value FROM json_each(:keys))",
        {"encoder": encoder, "keys": packed(list(dict.fromkeys(keys)))},
    )
    return {row["content_key"]: np.frombuffer(row["vector"], dtype=STORED) for row in found}


def has_embeddings(db: sqlite_utils.Database, encoder: str) -> bool:
    """Whether any vector of this encoder is kept."""
    return bool(fetch(db, "SELECT 1 FROM embeddings WHERE encoder = ? LIMIT 1", (encoder,)))


def newest_embedding(db: sqlite_utils.Database) -> int:
    """Number of the embedding that came last, of any encoder: another one later means that more have come."""
    (row,) = fetch(db, "SELECT coalesce(max(id), 0) AS newest FROM embeddings")
    return int(row["newest"])


def all_embeddings(db: sqlite_utils.Database, encoder: str) -> tuple[list[str], NDArray[np.float32]]:
    """Every stored vector of an encoder: content keys, and the matrix of shape (len(keys), dimensions)."""
    (size,) = fetch(
        db,
        "SELECT count(*) AS rows, coalesce(max(length(vector)), 0) AS bytes FROM embeddings NOT INDEXED "
        "WHERE encoder = ?",
        (encoder,),
    )
    # Filled row by row: at a hundred thousand rows a second copy would cost 150 MB. Read in the order in which they
    # lie: by way of the index every row costs a search, and all have to be sorted, which takes 25 times as long.
    matrix = np.empty((size["rows"], size["bytes"] // STORED.itemsize), dtype=np.float32)
    keys: list[str] = []
    cursor = db.conn.execute(
        "SELECT content_key, vector FROM embeddings NOT INDEXED WHERE encoder = ? ORDER BY id LIMIT ?",
        (encoder, size["rows"]),
    )
    for position, (key, vector) in enumerate(cursor):
        keys.append(key)
        matrix[position] = np.frombuffer(vector, dtype=STORED)
    return keys, matrix[: len(keys)]

"""Vectors held in memory between searches: reading them is most of a search's time."""

import threading
from pathlib import Path

import numpy as np
import sqlite_utils

from plan.vectors import all_embeddings, newest_embedding


class HeldVectors:
    """The vectors of one encoder held in memory between searches: unit rows, and the content key of each."""

    __slots__ = ("encoder", "keys", "matrix", "newest")

    def __init__(self, db: sqlite_utils.Database, encoder: str) -> None:
        self.encoder = encoder
        # Asked first: what comes while the vectors are read is then read again by the next search.
        self.newest = newest_embedding(db)
        self.keys, self.matrix = all_embeddings(db, encoder)
        # Without a squared copy of them all, which takes longer than reading them.
        lengths = np.sqrt(np.einsum("ij,ij->i", self.matrix, self.matrix))[:, np.newaxis]
        self.matrix /= np.where(lengths == 0, np.float32(1), lengths)

    def current(self, db: sqlite_utils.Database, encoder: str) -> bool:
        """Whether the plan has had no vector since, and the encoder is the same."""
        return encoder == self.encoder and newest_embedding(db) == self.newest


# By the plan's file, so that all who have it open in one process share them; only the plan that was searched last.
_held: dict[tuple[str, int], HeldVectors] = {}
_holding = threading.Lock()


def held_vectors(db: sqlite_utils.Database, encoder: str) -> HeldVectors:
    """The vectors of a plan by an encoder; read anew only where another plan was asked last or something has come."""
    file = str(db.conn.execute("PRAGMA database_list").fetchone()[2])
    place = (file, Path(file).stat().st_ino)
    with _holding:
        found = _held.get(place)
        if found is None or not found.current(db, encoder):
            found = HeldVectors(db, encoder)
            _held.clear()
            _held[place] = found
        return found

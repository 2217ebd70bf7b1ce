"""An embedding model that reads no names, and short forms in full: an ask is the same wherever it is asked, and however short."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classify.encoder import Encoder, load_encoder
from domain.short_forms import SHORT_FORMS, in_full
from match.content import nameless
from match.scorer import TUNING, shipped_scorer


class Nameless:
    """`encoder`, to which every text is given as `as_asked` has it.

    A vector belongs to the text as it stands, so that it is found, and erased, with it.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def name(self) -> str:
        """That of the encoder, and of what decides how a text is given to it."""
        return f"{self._encoder.name}-as-asked-{_lists()}"

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text, in order: float32 (texts, dimension)."""
        return self._encoder.encode([as_asked(text) for text in texts])


@cache
def _lists() -> str:
    """Tells apart lists of the words that are no names and of short forms: under others, texts are given otherwise."""
    lists = json.dumps([sorted(shipped_scorer().word_weights), SHORT_FORMS])
    return hashlib.sha256(lists.encode()).hexdigest()[:16]


def as_asked(text: str) -> str:
    """`text` with its short forms in full, and without the names of places, boards and people."""
    return nameless(in_full(text), shipped_scorer().word_weights)


def load_nameless(cache: Path) -> Nameless:
    """The embedding model tuned for this work, exported in `cache`, as `classify.encoder.load_encoder` does and raises."""
    return Nameless(load_encoder(cache, TUNING))

"""An embedding model that does not read names: what a recommendation asks is the same wherever it is asked."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classify.encoder import Encoder, load_encoder
from match.content import nameless
from match.scorer import TUNING, shipped_name, shipped_scorer


class Nameless:
    """`encoder`, to which every text is given without the names of places, boards and people.

    A vector belongs to the text as it stands, so that it is found, and erased, with it.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def name(self) -> str:
        """That of the encoder, and of the file that says which words are no names."""
        return f"{self._encoder.name}-nameless-{shipped_name()}"

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text, in order: float32 (texts, dimension)."""
        known = shipped_scorer().word_weights
        return self._encoder.encode([nameless(text, known) for text in texts])


def load_matcher(cache: Path) -> Nameless:
    """The embedding model tuned for near-repeats, exported in `cache`, as `classify.encoder.load_encoder` does and raises."""
    return Nameless(load_encoder(cache, TUNING))

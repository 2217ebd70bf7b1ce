"""The fitted pair scorer: plain numbers in a JSON file, and the score that they give. Loading it needs no other library.

A pair's score is logistic in the features of `match.features`, so that what moved it can be said for each of them.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.errors import ArtefactError
from match.features import NAMES, Floats
from match.subjects import SUBJECTS

FORMAT: Final = 1
# To be raised whenever a pair is scored otherwise than before though the file is the same: pairs that a plan keeps are
# then compared anew.
WAY: Final = 3
SHIPPED: Final = Path(__file__).resolve().parent.parent / "models" / "pairs" / "scorer.json"
TUNING: Final = SHIPPED.parent / "tuning.npz"  # of the embedding model by whose vectors pairs are scored


@dataclass(frozen=True, slots=True)
class FieldView:
    """Sentence vectors seen from within the field, where what all its texts share counts little.

    mean: what an average recommendation's vector is, (dimension); directions: those in which recommendations differ
    most, (k, dimension), rows of length 1; stretch: by how much to shorten each, beside the rest.
    """

    mean: tuple[float, ...]
    directions: tuple[tuple[float, ...], ...]
    stretch: tuple[float, ...]

    def __call__(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Rows (n, dimension) in this view, of length 1."""
        centred = vectors - np.asarray(self.mean, dtype=np.float32)
        directions = np.asarray(self.directions, dtype=np.float32)
        shorter = np.asarray(self.stretch, dtype=np.float32) - 1
        # Added up in a fixed order, row by row: a matrix product's last bits depend on which rows are beside it.
        along = np.einsum("ij,kj->ik", centred, directions) * shorter
        seen = centred + np.einsum("ik,kj->ij", along, directions)
        lengths = np.maximum(np.linalg.norm(seen, axis=1, keepdims=True), 1e-9)
        rows: NDArray[np.float32] = (seen / lengths).astype(np.float32)
        return rows


@dataclass(frozen=True, slots=True)
class Scorer:
    """What was learnt from judged pairs, and from our own examples of recommendations.

    weights: of each feature by its name; offset: of the logistic score; candidates_from: the cosine below which no
    pair is compared; view: see `FieldView`; word_weights, rare_word, subject_weights: inverse document frequencies of
    words and subjects, and that of a word never met.
    """

    weights: Mapping[str, float]
    offset: float
    candidates_from: float
    view: FieldView
    word_weights: Mapping[str, float]
    rare_word: float
    subject_weights: Mapping[str, float]

    def __call__(self, features: Floats) -> Floats:
        """Scores between 0 and 1 for rows of features (pairs, features), (pairs)."""
        values = self.offset + features @ np.array([self.weights[name] for name in NAMES])
        scores: Floats = 1 / (1 + np.exp(-np.clip(values, -35, 35)))
        return scores


def save_scorer(file: Path, scorer: Scorer) -> None:
    """Write a scorer as JSON."""
    file.write_text(json.dumps({"format": FORMAT, **asdict(scorer)}, ensure_ascii=False) + "\n", encoding="utf-8")


def load_scorer(file: Path) -> Scorer:
    """The scorer in `file`. Raises `ArtefactError` if it is absent, or was fitted for other features or subjects."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data.pop("format") != FORMAT:
            raise KeyError("format")
        view = FieldView(**data.pop("view"))
        scorer = Scorer(view=view, **data)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, TypeError, KeyError, AttributeError) as error:
        raise ArtefactError(
            f"The pair scorer {file} cannot be read ({error}). Bring back the file that came with the software."
        ) from error
    if set(scorer.weights) != set(NAMES) or set(scorer.subject_weights) != set(SUBJECTS):
        raise ArtefactError(
            f"The pair scorer {file} was fitted for other features than this software has. Fit it again."
        )
    return scorer


@cache
def shipped_scorer() -> Scorer:
    """The scorer that comes with the software. Raises `ArtefactError` as `load_scorer` does."""
    return load_scorer(SHIPPED)


@cache
def shipped_name() -> str:
    """Tells apart scores that may not stand beside each other: another file, or another way of comparing."""
    return f"{WAY}-{hashlib.sha256(SHIPPED.read_bytes()).hexdigest()[:16]}"

"""Small changes to the network's weights, learnt from judged pairs and labels: the same ask lies nearer than a related one.

Each is the product of two narrow matrices that is added to a weight of the pinned network, so that a file of five megabytes
stands for another network of ninety.
"""

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.errors import ArtefactError

Change = tuple[NDArray[np.float32], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Tuning:
    """Changes to weights, by their names in the network's safetensors file: (outputs, rank) and (rank, inputs) each.

    name: tells one tuning from another.
    """

    name: str
    changes: Mapping[str, Change]

    def __call__(self, weights: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
        """The weights as changed. Raises `ArtefactError` where they are those of another network."""
        changed = dict(weights)
        for name, (up, down) in self.changes.items():
            if name not in weights or weights[name].shape != (up.shape[0], down.shape[1]):
                raise ArtefactError(
                    f"The tuning {self.name} is of another embedding model: {name} is not as it should be. "
                    "Bring back the files that came with the software."
                )
            changed[name] = weights[name] + up @ down
        return changed


def name_of(file: Path) -> str:
    """The name of the tuning in a file. Raises `ArtefactError` where it cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise ArtefactError(_bring_back(file, error)) from error


def save_tuning(file: Path, changes: Mapping[str, Change]) -> None:
    """Write changes to a file, as numbers of two bytes."""
    halves = {
        f"{name}/{part}": array.astype(np.float16)
        for name, two in changes.items()
        for part, array in zip(("up", "down"), two, strict=True)
    }
    np.savez_compressed(file, **halves)  # type: ignore[arg-type]


def load_tuning(file: Path) -> Tuning:
    """The tuning in a file. Raises `ArtefactError` where it is absent or damaged."""
    name = name_of(file)
    try:
        with np.load(file, allow_pickle=False) as data:
            whole = {key: data[key].astype(np.float32) for key in data.files}
        changes = {
            key.removesuffix("/up"): (whole[key], whole[f"{key.removesuffix('/up')}/down"])
            for key in whole
            if key.endswith("/up")
        }
        if not changes or 2 * len(changes) != len(whole):
            raise ValueError("not the parts that it should have")
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ArtefactError(_bring_back(file, error)) from error
    return Tuning(name, changes)


def _bring_back(file: Path, error: Exception) -> str:
    return f"The tuning of the embedding model {file} cannot be read ({error}). Bring back the file that came with the software."

"""The encoder and the sandbox as the kills need them: what they once answered is recalled, so that a run costs no more than its writes.

Neither writes to the outputs. Readings of files and vectors of texts are taken from a first, undisturbed run with the real
ones; what that run did not ask is still asked of the real ones.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import services.house
from sandbox.pool import Sandbox
from services.nameless import Nameless, load_nameless

_answers: dict[str, str] = {}
_vectors: dict[str, NDArray[np.float32]] = {}
_encoder: dict[str, Any] = {}
_home: list[Path] = []


def use(home: Path) -> None:
    """In this process and those begun from it, houses recall. home: where the encoder's export lies and what is kept."""
    _home[:] = [home]
    services.house.Sandbox = RecallingSandbox  # type: ignore[misc,assignment]
    services.house.load_nameless = lambda cache: RecallingEncoder()  # type: ignore[assignment,return-value]


def remember() -> None:
    """Take up what a process begun from this one kept."""
    answers = _home[0] / "answers.json"
    if answers.exists():
        _answers.update(json.loads(answers.read_bytes()))
    vectors = _home[0] / "vectors.npz"
    if vectors.exists():
        with np.load(vectors) as kept:
            _encoder.update(name=str(kept["name"]), dimension=int(kept["dimension"]))
            _vectors.update(zip(kept["texts"].tolist(), kept["vectors"], strict=True))


def keep() -> None:
    """Keep what this process has learnt, for the one that it was begun from."""
    (_home[0] / "answers.json").write_text(json.dumps(_answers), encoding="utf-8")
    if _vectors:
        np.savez(
            _home[0] / "vectors.npz",
            texts=np.array(list(_vectors)),
            vectors=np.stack(list(_vectors.values())),
            name=_encoder["name"],
            dimension=_encoder["dimension"],
        )


class RecallingEncoder:
    """An encoder that knows the texts of the work by heart."""

    def _real(self) -> Nameless:
        if "real" not in _encoder:
            real = load_nameless(_home[0] / "encoder")
            _encoder.update(real=real, name=real.name, dimension=real.dimension)
        found: Nameless = _encoder["real"]
        return found

    @property
    def name(self) -> str:
        """The real one's name."""
        return _encoder["name"] if "name" in _encoder else str(self._real().name)

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        return _encoder["dimension"] if "dimension" in _encoder else int(self._real().dimension)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each text."""
        fresh = list(dict.fromkeys(text for text in texts if text not in _vectors))
        if fresh:
            _vectors.update(zip(fresh, self._real().encode(fresh), strict=True))
        return np.stack([_vectors[text] for text in texts]).astype(np.float32)


class RecallingSandbox:
    """A sandbox that knows the files of the work by heart."""

    def __init__(self, **given: object) -> None:
        self._given = given
        self._real: Sandbox | None = None

    def start(self) -> None:
        """Nothing to start until something is not known."""

    def close(self) -> None:
        """Close the real one, where it was needed."""
        if self._real is not None:
            self._real.close()

    def call(self, function: str, file: str, *more: object, seconds: float | None = None) -> object:
        """The answer to a call, told apart by the content of the file that is its first argument."""
        digest = hashlib.sha256(Path(file).read_bytes()).hexdigest()
        key = json.dumps([function, digest, *more])
        if key not in _answers:
            if self._real is None:
                self._real = Sandbox(**self._given)
                self._real.start()
            _answers[key] = json.dumps(self._real.call(function, file, *more, seconds=seconds))
        return json.loads(_answers[key])

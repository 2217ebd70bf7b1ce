"""The classifier: texts and their vectors in, suggestions with their evidence out."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classify.doubts import doubt
from classify.features import FEATURE_NAMES
from classify.heads import Heads, in_blocks, look
from classify.suggesting import Settings, calibrated, doubtful, suggest
from classify.words import Vocabulary, Weighted
from domain.errors import ArtefactError, UsageError
from domain.framework import Framework
from domain.records import Classification, Nearest, Scored
from learning.artefacts import Manifest, load, pack, read_manifest, save, unpack

KIND: Final = "classifier"
FORMAT: Final = 3  # to be raised with the embedding model too, whose vectors it remembers
FILES: Final = ("model.json", "model.npz")
NEAREST: Final = 4
TELLING_WORDS: Final = 6
_SILENT_WORDS: Final = frozenset(
    "the of to and in for a an is are be that with on by as at from or should their they it its this which who not "
    "all".split()
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A labelled recommendation kept as evidence for later suggestions."""

    id: str
    text: str
    quadrant: str
    origin: str


@dataclass(frozen=True, slots=True)
class Made:
    """Where a classifier comes from: what its manifest records beside the model itself."""

    framework_version: str
    framework_fingerprint: str
    encoder: str
    libraries: Mapping[str, str]
    data: Mapping[str, str | int]
    figures: Mapping[str, float]
    seed: int


class Classifier:
    """Suggests quadrant, secondary, issues, areas and practice standards, with calibrated scores and evidence."""

    def __init__(
        self,
        settings: Settings,
        vocabulary: Vocabulary,
        heads: Heads,
        remembered: Sequence[Remembered],
        remembered_places: NDArray[np.float16],
        made: Made,
        *,
        version: str | None = None,
    ) -> None:
        self.settings = settings
        self.made = made
        self._vocabulary = vocabulary
        self._heads = heads
        self._remembered = tuple(remembered)
        # Half precision halves the artefact; full precision again here, since numpy multiplies halves slowly.
        self._stored_places = remembered_places
        self._remembered_places = remembered_places.astype(np.float32)
        self._dimension = remembered_places.shape[1] - len(FEATURE_NAMES)
        self.version = version or self._digest()

    @property
    def learnt_from(self) -> frozenset[str]:
        """Identifiers of the examples and decisions that the model was trained on."""
        return frozenset(kept.id for kept in self._remembered)

    def remembered_vectors(self) -> dict[str, NDArray[np.float32]]:
        """The vector of each text that it learnt from, to half precision, which is all that learning again makes of it."""
        vectors = self._remembered_places[:, : self._dimension]
        return {kept.text: vector for kept, vector in zip(self._remembered, vectors, strict=True)}

    # ------------------------------------------------------------ suggesting

    def classify(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> tuple[Classification, ...]:
        """One suggestion for each text. `vectors`: float32 (texts, dimension), by the encoder of training.

        Raises `UsageError` if there is not one vector of the right length for each text.
        """
        if vectors.shape != (len(texts), self._dimension):
            raise UsageError(
                f"{len(texts)} texts need vectors of shape ({len(texts)}, {self._dimension}), not {vectors.shape}."
            )
        if not texts:
            return ()
        seen = look(texts, vectors, self._vocabulary, self.settings.spoken)
        raw = self._heads.scores(seen, self._remembered_places)
        shares, labels = calibrated(self.settings, raw)
        blocks = in_blocks(vectors, self._remembered_places[:, : self._dimension])
        nearest = [self._nearest(similar) for block in blocks for similar in block]
        suggestions = []
        for row, text in enumerate(texts):
            why = doubt(text, self._vocabulary.places)
            if why:
                suggestions.append(doubtful(self.settings, int(shares[row].argmax()), why, self.version))
                continue
            suggestion = suggest(self.settings, shares[row], labels[row], self.version)
            suggestions.append(
                replace(
                    suggestion,
                    nearest=nearest[row],
                    words=self._telling(seen.words, row, int(shares[row].argmax())),
                )
            )
        return tuple(suggestions)

    def _nearest(self, similar: NDArray[np.float32]) -> tuple[Nearest, ...]:
        count = min(NEAREST, len(similar))
        closest = np.argpartition(-similar, count - 1)[:count]
        ordered = sorted(closest.tolist(), key=lambda k: (-similar[k], self._remembered[k].id))
        return tuple(
            Nearest(kept.id, kept.text, kept.quadrant, round(float(similar[k]), 4), kept.origin)
            for k in ordered
            if (kept := self._remembered[k])
        )

    def _telling(self, words: Weighted, row: int, quadrant: int) -> tuple[Scored, ...]:
        here = slice(words.starts[row], words.starts[row + 1])
        columns = words.columns[here]
        weights = words.values[here] * self._heads.word_weights(columns, quadrant, len(self.settings.quadrants))
        speaking = [
            (term, float(weight))
            for column, weight in zip(columns.tolist(), weights, strict=True)
            if weight > 0 and not _SILENT_WORDS.issuperset((term := self._vocabulary.known[column]).split())
        ]
        total = sum(weight for _, weight in speaking)
        speaking.sort(key=lambda pair: (-pair[1], pair[0]))
        return tuple(Scored(term, round(weight / total, 4)) for term, weight in speaking[:TELLING_WORDS])

    # ------------------------------------------------------------ storing

    def _digest(self) -> str:
        """A version made of the content, so that equal models are called alike and no others."""
        content = self._encoded()
        return f"classifier-{hashlib.sha256(b''.join(content[name] for name in FILES)).hexdigest()[:12]}"

    def _encoded(self) -> dict[str, bytes]:
        described = {
            "settings": asdict(self.settings),
            "terms": self._vocabulary.known,
            "remembered": [asdict(kept) for kept in self._remembered],
        }
        arrays: dict[str, NDArray[Any]] = {
            **self._heads.arrays(),
            "rarity": self._vocabulary.rarity,
            "remembered": self._stored_places,
        }
        return {"model.json": (json.dumps(described, ensure_ascii=False) + "\n").encode(), "model.npz": pack(arrays)}

    def save(self, folder: Path, *, created: str) -> Manifest:
        """Store the model as a folder with a manifest; `created` is the ISO time to record there."""
        made = self.made
        manifest = Manifest(
            kind=KIND,
            format=FORMAT,
            version=self.version,
            framework_version=made.framework_version,
            framework_fingerprint=made.framework_fingerprint,
            encoder=made.encoder,
            libraries=made.libraries,
            created=created,
            data=made.data,
            figures=made.figures,
            seed=made.seed,
        )
        return save(folder, manifest, self._encoded())

    @classmethod
    def load(cls, folder: Path, framework: Framework, encoder_name: str) -> "Classifier":
        """The model stored in `folder`.

        Raises `ArtefactError`, with what does not fit, unless it is whole and was made for this framework and encoder.
        """
        manifest, files = load(
            folder, kind=KIND, format=FORMAT, framework=framework, encoder=encoder_name, expected=FILES
        )
        names = [f.name for f in fields(Heads)]
        arrays = unpack(files["model.npz"], [*names, "rarity", "remembered"])
        try:
            described = json.loads(files["model.json"])
            settings = _settings(described["settings"])
            vocabulary = Vocabulary(tuple(described["terms"]), arrays["rarity"])
            remembered = [Remembered(**kept) for kept in described["remembered"]]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise ArtefactError(f"The model in {folder} cannot be understood ({error}). Train it again.") from error
        made = Made(
            manifest.framework_version,
            manifest.framework_fingerprint,
            manifest.encoder,
            manifest.libraries,
            manifest.data,
            manifest.figures,
            manifest.seed,
        )
        heads = Heads(**{name: arrays[name] for name in names})
        return cls(settings, vocabulary, heads, remembered, arrays["remembered"], made, version=manifest.version)


def is_of_an_earlier_format(folder: Path) -> bool:
    """Whether a stored model was made by a version of this software whose models are not read any more; False if none is there."""
    try:
        manifest = read_manifest(folder)
    except ArtefactError:
        return False
    return manifest.kind == KIND and manifest.format < FORMAT


def _settings(data: Mapping[str, Any]) -> Settings:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Settings(**values)

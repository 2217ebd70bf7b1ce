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
from classify.heads import Heads, look
from classify.words import Vocabulary, Weighted
from domain.errors import ArtefactError, UsageError
from domain.framework import Framework
from domain.records import Classification, Nearest, Scored
from learning.artefacts import Manifest, load, pack, save, unpack
from learning.calibration import Sigmoid, softmax

KIND: Final = "classifier"
FORMAT: Final = 1
FILES: Final = ("model.json", "model.npz")
NEAREST: Final = 4
TELLING_WORDS: Final = 6
STANDARDS: Final = 3
_SILENT_WORDS: Final = frozenset(
    "the of to and in for a an is are be that with on by as at from or should their they it its this which who not "
    "all".split()
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen by cross-validation, and the codes in the order of the heads' outputs.

    temperature: of the quadrants' scores; secondary_from: presence from which a second quadrant is named;
    unsure_below: confidence under which a person must choose; slopes, offsets: each label's sigmoid; suggest_from: the
    probability from which each label is suggested.
    """

    quadrants: tuple[str, ...]
    issues: tuple[str, ...]
    areas: tuple[str, ...]
    standards: tuple[str, ...]
    temperature: float
    secondary_from: float
    unsure_below: float
    slopes: tuple[float, ...]
    offsets: tuple[float, ...]
    suggest_from: tuple[float, ...]

    @property
    def spoken(self) -> tuple[str, ...]:
        """The codes that words can say outright: issues and areas."""
        return self.issues + self.areas

    @property
    def labels(self) -> tuple[str, ...]:
        """What the label heads score, in their order; a quadrant's score says that it is the primary or the secondary."""
        return self.issues + self.areas + self.standards + self.quadrants


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
        remembered_vectors: NDArray[np.float16],
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
        self._stored_vectors = remembered_vectors
        self._remembered_vectors = remembered_vectors.astype(np.float32)
        self._sigmoids = [Sigmoid(s, o) for s, o in zip(settings.slopes, settings.offsets, strict=True)]
        self.version = version or self._digest()

    @property
    def learnt_from(self) -> frozenset[str]:
        """Identifiers of the examples and decisions that the model was trained on."""
        return frozenset(kept.id for kept in self._remembered)

    # ------------------------------------------------------------ suggesting

    def classify(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> tuple[Classification, ...]:
        """One suggestion for each text. `vectors`: float32 (texts, dimension), by the encoder of training.

        Raises `UsageError` if there is not one vector of the right length for each text.
        """
        if vectors.shape != (len(texts), self._remembered_vectors.shape[1]):
            raise UsageError(
                f"{len(texts)} texts need vectors of shape ({len(texts)}, {self._remembered_vectors.shape[1]}), "
                f"not {vectors.shape}."
            )
        if not texts:
            return ()
        seen = look(texts, vectors, self._vocabulary, self.settings.spoken)
        shares = softmax(self._heads.quadrant_scores(seen), self.settings.temperature)
        raw = self._heads.label_scores(seen)
        labels = np.column_stack([sigmoid(raw[:, k]) for k, sigmoid in enumerate(self._sigmoids)])
        # Row by row: the last figures of one product over many rows depend on how many there are.
        similar = np.stack([self._remembered_vectors @ vector for vector in vectors])
        suggestions = []
        for row, text in enumerate(texts):
            why = doubt(text, self._vocabulary.places)
            if why:
                suggestions.append(self._doubtful(int(shares[row].argmax()), why))
                continue
            suggestion = self._suggest(shares[row], labels[row])
            suggestions.append(
                replace(
                    suggestion,
                    nearest=self._nearest(similar[row]),
                    words=self._telling(seen.words, row, int(shares[row].argmax())),
                )
            )
        return tuple(suggestions)

    def _suggest(self, shares: NDArray[np.float64], labels: NDArray[np.float64]) -> Classification:
        settings = self.settings
        order = np.argsort(-shares, kind="stable")
        best = order[0]
        presence = np.where(np.arange(len(shares)) == best, -1.0, labels[-len(shares) :])
        confidence = float(shares[best])
        unsure = confidence < settings.unsure_below
        rivals = [settings.quadrants[k] for k in order[:3] if shares[k] >= confidence / 2]
        between = tuple(rivals if len(rivals) > 1 else [settings.quadrants[k] for k in order[:2]]) if unsure else ()
        suggested = [
            Scored(code, round(float(score), 4))
            for code, score, least in zip(settings.labels, labels, settings.suggest_from, strict=True)
            if score >= least
        ]
        standards = sorted(
            zip(settings.standards, labels[len(settings.spoken) : -len(shares)], strict=True),
            key=lambda pair: (-pair[1], pair[0]),
        )
        return Classification(
            quadrant=settings.quadrants[best],
            secondary=settings.quadrants[presence.argmax()] if presence.max() >= settings.secondary_from else None,
            confidence=confidence,
            unsure=unsure,
            between=between,
            scores=tuple(Scored(code, float(s)) for code, s in zip(settings.quadrants, shares, strict=True)),
            issues=tuple(s for s in suggested if s.code in settings.issues),
            areas=tuple(s for s in suggested if s.code in settings.areas),
            standards=tuple(Scored(code, round(float(score), 4)) for code, score in standards[:STANDARDS]),
            nearest=(),
            words=(),
            model=self.version,
            why_unsure=f"The words fit {' and '.join(between)} about as well." if unsure else "",
        )

    def _doubtful(self, best: int, why: str) -> Classification:
        quadrants = self.settings.quadrants
        even = 1 / len(quadrants)
        return Classification(
            quadrant=quadrants[best],
            secondary=None,
            confidence=even,
            unsure=True,
            between=quadrants,
            scores=tuple(Scored(code, even) for code in quadrants),
            issues=(),
            areas=(),
            standards=(),
            nearest=(),
            words=(),
            model=self.version,
            why_unsure=why,
        )

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
        weights = words.values[here] * self._heads.word_weights(quadrant)[columns]
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
            "remembered": self._stored_vectors,
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


def _settings(data: Mapping[str, Any]) -> Settings:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Settings(**values)

"""From raw scores to a suggestion: calibrated, thresholded, and unsure where it should be."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.records import Classification, Scored
from learning.calibration import Sigmoid, softmax

STANDARDS: Final = 3
Floats = NDArray[np.float64]


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
        """What is scored beside the quadrants, in order; the last say that a quadrant is the primary or the secondary."""
        return self.issues + self.areas + self.standards + self.quadrants


def calibrated(settings: Settings, raw: Floats) -> tuple[Floats, Floats]:
    """Raw scores (texts, Q + L) as probabilities: of the quadrants (texts, Q), summing to 1, and of each label (texts, L)."""
    count = len(settings.quadrants)
    sigmoids = [Sigmoid(slope, offset) for slope, offset in zip(settings.slopes, settings.offsets, strict=True)]
    labels = [sigmoid(raw[:, count + k]) for k, sigmoid in enumerate(sigmoids)]
    return softmax(raw[:, :count], settings.temperature), np.column_stack(labels)


def suggest(settings: Settings, shares: Floats, labels: Floats, version: str) -> Classification:
    """The suggestion for one text from its probabilities (Q) and (L), without evidence."""
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
        model=version,
        why_unsure=f"The words fit {' and '.join(between)} about as well." if unsure else "",
    )


def doubtful(settings: Settings, best: int, why: str, version: str) -> Classification:
    """The suggestion for a text that should not be classified, which `why` explains: no quadrant likelier than another."""
    even = 1 / len(settings.quadrants)
    return Classification(
        quadrant=settings.quadrants[best],
        secondary=None,
        confidence=even,
        unsure=True,
        between=settings.quadrants,
        scores=tuple(Scored(code, even) for code in settings.quadrants),
        issues=(),
        areas=(),
        standards=(),
        nearest=(),
        words=(),
        model=version,
        why_unsure=why,
    )

"""Whether a newly trained model may take the place of the current one."""

from collections.abc import Sequence
from dataclasses import dataclass

from learning.comparison import share, tally

MUCH_WORSE = 0.03


@dataclass(frozen=True, slots=True)
class Standing:
    """How one model did on the held-out items: share of right quadrants, and F1 of each quadrant by its code."""

    accuracy: float
    by_quadrant: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Both standings on the same items, whether the candidate goes live, and why not in sentences a person reads."""

    promote: bool
    items: int
    current: Standing
    candidate: Standing
    reasons: tuple[str, ...]

    @property
    def worse_in(self) -> tuple[tuple[str, float, float], ...]:
        """The quadrants in which the candidate is much worse, each with the F1 of the current model and the candidate's."""
        return _much_worse(self.current, self.candidate)


def judge(
    gold: Sequence[str],
    current: Sequence[str],
    candidate: Sequence[str],
    quadrants: Sequence[str],
) -> Verdict:
    """Compare two models' quadrants for the same held-out items.

    The candidate is promoted if it is not worse overall and its F1 is lower by more than `MUCH_WORSE` in no quadrant.
    Without held-out items nothing is known, and nothing is promoted.
    """
    now, then = _standing(gold, current, quadrants), _standing(gold, candidate, quadrants)
    reasons = []
    if not gold:
        reasons.append("There are no held-out items to compare the two models on.")
    if then.accuracy < now.accuracy:
        reasons.append(
            f"The new model is right for {then.accuracy:.1%} of the items, the current one for {now.accuracy:.1%}."
        )
    for code, before, after in _much_worse(now, then):
        reasons.append(f"In {code} the new model's F1 is {after:.2f}, well below the current model's {before:.2f}.")
    return Verdict(not reasons, len(gold), now, then, tuple(reasons))


def _much_worse(now: Standing, then: Standing) -> tuple[tuple[str, float, float], ...]:
    return tuple(
        (code, before, after)
        for (code, before), (_, after) in zip(now.by_quadrant, then.by_quadrant, strict=True)
        if before - after > MUCH_WORSE + 1e-12
    )


def _standing(gold: Sequence[str], predicted: Sequence[str], quadrants: Sequence[str]) -> Standing:
    rows, answers = [(g,) for g in gold], [(p,) for p in predicted]
    return Standing(
        share([g == p for g, p in zip(gold, predicted, strict=True)]),
        tuple((code, tally(rows, answers, code).f1) for code in quadrants),
    )

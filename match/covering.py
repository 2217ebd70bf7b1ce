"""Is a recommendation answered already? New asks held against what the actions of a plan answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from domain.records import Repeat
from domain.states import Cover
from match.groups import JOIN_FROM

CLOSE_FROM: Final = 0.2  # below, the two are as a rule about other things, and naming them would only cost time


@dataclass(frozen=True, slots=True)
class Covering:
    """How an ask stands to the actions: the nearest of them, and the pair of texts that shows it; None for a new ask."""

    verdict: Cover
    action: str | None = None
    pair: Repeat | None = None


def covering(
    asks: Sequence[str],
    answers: Mapping[str, str],
    pairs: Sequence[Repeat],
    *,
    ruled_out: Collection[tuple[str, str]] = (),
) -> dict[str, Covering]:
    """For each ask, the action that seems to cover it, or that comes close.

    answers: the identifiers of the texts that speak for an action (its own words, and the recommendations that it
    answers) with the action's name; pairs: scored ones, between asks and such texts; ruled_out: asks and actions of
    which a person has said that the one does not cover the other. Equal scores go by the action's name.
    """
    wanted = set(asks)
    best: dict[str, tuple[float, str, Repeat]] = {}
    for pair in pairs:
        for ask, text in ((pair.a, pair.b), (pair.b, pair.a)):
            action = answers.get(text)
            if ask not in wanted or ask in answers or action is None or (ask, action) in ruled_out:
                continue
            known = best.get(ask)
            if pair.score >= CLOSE_FROM and (known is None or (-pair.score, action) < (-known[0], known[1])):
                best[ask] = (pair.score, action, pair)
    return {ask: _covering(*best[ask]) if ask in best else Covering(Cover.NEW) for ask in asks}


def _covering(score: float, action: str, pair: Repeat) -> Covering:
    return Covering(Cover.COVERED if score >= JOIN_FROM else Cover.CLOSE, action, pair)

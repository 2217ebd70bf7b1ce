"""Near-repeats across the whole plan, and among texts that came from elsewhere."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from domain.framework import Framework
from domain.language import agencies_in
from domain.records import Ask, RepeatGroup
from match.groups import group
from match.pairs import score_pairs
from plan import reading
from services.house import House
from services.labelling import Labelled, asks_of, vectors_of

NOT_THE_SAME = "not the same"
PAIRS_FROM = 0.2  # linkage weighs pairs below the joining score too, so that a chain of likes does not join unlikes


def groups_with(house: House, identifiers: Sequence[str], labelled: Labelled | None) -> tuple[RepeatGroup, ...]:
    """Groups over every recommendation of the plan and the new ones. What people said is "not the same" stays apart."""
    held = reading.asks(house.plan)
    asks = asks_of(held.ids, held.texts, held.agencies)
    vectors = vectors_of(house, held.texts)
    if labelled is not None:
        asks += asks_of(identifiers, labelled.texts, labelled.agencies)
        vectors = np.concatenate([vectors, labelled.vectors])
    verdicts = reading.repeat_verdicts(house.plan)
    apart = [pair for pair, verdict in verdicts.items() if verdict == NOT_THE_SAME]
    return groups_of(asks, vectors, apart=apart)


def groups_of(
    asks: Sequence[Ask], vectors: NDArray[np.float32], *, apart: Sequence[tuple[str, str]] = ()
) -> tuple[RepeatGroup, ...]:
    """Groups of two or more among these asks; vectors (n, dimension) go with them in order."""
    pairs = score_pairs(asks, vectors, threshold=PAIRS_FROM)
    return group([ask.id for ask in asks], pairs, apart=apart)


def groups_of_texts(house: House, texts: Sequence[tuple[str, str]], framework: Framework) -> tuple[RepeatGroup, ...]:
    """Groups among (identifier, text) pairs that are no part of the plan."""
    asks = [Ask(identifier, text, agencies_in(text, framework)) for identifier, text in texts]
    return groups_of(asks, house.encoder.encode([text for _, text in texts]))

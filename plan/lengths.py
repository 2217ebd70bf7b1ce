"""How long what people write on an action may be: more is a slip, such as a whole document pasted into a field."""

from collections.abc import Mapping
from typing import Final

from domain.errors import UsageError

LONGEST: Final[Mapping[str, int]] = {
    "text": 10_000,  # the longest recommendations that reviews have printed, which actions take over, have a few thousand
    "lead_agency": 300,
    "home": 300,
    "worry_statement": 10_000,
    "success_goal": 10_000,
    "next_steps": 10_000,
    "progress": 20_000,  # plans that are brought in keep the story of years in one cell, which takes 32,767
    "target_date": 100,
}
"""Characters, by field of an action."""
SPOKEN: Final[Mapping[str, str]] = {
    "text": "The action", "lead_agency": "The lead agency", "home": "The strategy or subgroup",
    "worry_statement": "The worry statement", "success_goal": "The success goal", "next_steps": "The next steps",
    "progress": "The progress", "target_date": "The target date",
}  # fmt: skip


def check_lengths(fields: Mapping[str, object]) -> None:
    """Raise `UsageError` for a field that is longer than it may be."""
    for name, words in fields.items():
        most = LONGEST.get(name)
        if most is not None and isinstance(words, str) and len(words) > most:
            raise UsageError(
                f"{SPOKEN[name]} may have at most {most:,} characters, and this has {len(words):,}. Shorten it."
            )

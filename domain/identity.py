"""Identifiers that stay: a recommendation's derives from its review's first edition and its place, never its text."""

import hashlib
import re
from collections import Counter

from domain.records import ExtractedRecommendation

_RUN = re.compile(r"run-[0-9a-f]{12}|propose-\d{4}-\d\d-\d\dt[\d:.]+\+00:00", re.IGNORECASE)


def recommendation_ids(sha256: str, recommendations: tuple[ExtractedRecommendation, ...]) -> tuple[str, ...]:
    """One identifier for each recommendation, in order, from the sha256 of the file, its page and its place there.

    Example: "r-9f2c4e1a0b7d" (12 hexadecimal digits).
    """
    seen: Counter[int] = Counter()
    identifiers = []
    for recommendation in recommendations:
        seen[recommendation.page] += 1
        place = f"{sha256}:{recommendation.page}:{seen[recommendation.page]}"
        identifiers.append("r-" + hashlib.sha256(place.encode()).hexdigest()[:12])
    return tuple(identifiers)


def full_text(text: str, lead_in: str | None) -> str:
    """The words of a recommendation as they are compared, classified, embedded and printed: its lead-in, then its text."""
    return f"{lead_in} {text}" if lead_in else text


def content_key(text: str) -> str:
    """Key of a text among the stored embeddings: sha256 of its words with white space folded."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def is_software(who: str) -> bool:
    """Whether a name in the trail is that of a run of the software. People's names may begin like one, but none is one."""
    return _RUN.fullmatch(who) is not None

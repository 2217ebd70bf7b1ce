"""The same recommendation in the summary, in the body and in an appendix: one recommendation, all its places kept."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from domain.records import ExtractedRecommendation

SAME = 0.9  # share of words in common (F1) from which two passages of one report are one recommendation printed twice


def merge(drafts: Sequence[tuple[ExtractedRecommendation, bool]]) -> tuple[ExtractedRecommendation, ...]:
    """Join repetitions within one report. Each draft comes with whether it stands in a summary.

    The statement outside the summary is the main one, else the first; the others' pages go into `also_on`. Two items of one
    section are never joined: a list does not repeat itself, and what looks alike there is meant for two bodies.
    """
    kept: list[tuple[ExtractedRecommendation, bool]] = []
    for draft, summary in drafts:
        at = next((i for i, (k, _) in enumerate(kept) if _same(k, draft)), None)
        if at is None:
            kept.append((draft, summary))
            continue
        main, was_summary = kept[at]
        if was_summary and not summary:
            main, draft = draft, main
            was_summary = False
        also = tuple(sorted({*main.also_on, *draft.also_on, draft.page} - {main.page}))
        addressee = main.addressee or draft.addressee
        agencies = main.agencies or draft.agencies
        date = main.target_date or draft.target_date
        kept[at] = (replace(main, also_on=also, addressee=addressee, agencies=agencies, target_date=date), was_summary)
    return tuple(sorted((k for k, _ in kept), key=lambda r: (r.page, r.boxes[0].top if r.boxes else 0)))


def _same(a: ExtractedRecommendation, b: ExtractedRecommendation) -> bool:
    if a.section == b.section and abs(a.page - b.page) <= 3 and a.number != b.number:
        return False
    if a.number and b.number and a.number != b.number:
        return False
    return _overlap(a.text, b.text) >= SAME


def _overlap(a: str, b: str) -> float:
    first, second = (Counter(re.findall(r"[a-z0-9]+", text.casefold())) for text in (a, b))
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 0.0

"""What people decided, told for a meeting: of which recommendation or action, in the words that a board uses.

The audit trail has a line for everything that ever happened to the plan. Of it a meeting wants what was decided about
recommendations and actions, each decision once; labels, near-repeats and imports come in great numbers and have one line.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from domain.records import Event, RecommendationRow
from plan.actions import CONFIRMED
from publish import wording
from publish.contents import PlanContents

_ACTION = "action "
_FILE = re.compile(r"imported from (.*) \(import \d+\)")
_OF_AN_IMPORT = re.compile(r"\(import (\d+)\)$")
_UNDONE = re.compile(r"import (\d+) undone")

_OUTCOMES: Final = {
    "recommendation adopted": "Adopted as action",
    "recommendation joined": "Joined to action",
    "recommendation accepted in part": "Accepted in part, in action",
    "recommendation declined": "Declined",
    "recommendation sent to Section 11": "Sent to Section 11",
    "recommendation reconsidered": "Put before the board again",
}


def decided(contents: PlanContents, events: Iterable[Event]) -> tuple[Event, ...]:
    """The decisions among the events of the trail, oldest first, then a line for each kind that comes in numbers.

    `what` says what was decided and `subject` of what: "A 4", "Action 2.3".
    """
    ordered = sorted(events, key=lambda event: event.at)
    places = {row.id: _place(row) for row in contents.recommendations}
    single = (_told(event, places) for event in ordered)
    summed = (_labels(ordered), _near_repeats(ordered), _not_covered(ordered), *_imports(ordered))
    return (*(one for one in single if one), *(one for one in summed if one))


def _place(row: RecommendationRow) -> str:
    """A recommendation as board papers name it: "A 4"; without a number by its page."""
    return f"{row.review_letter} {row.number}" if row.number else f"{row.review_letter}, page {row.page}"


def _told(event: Event, places: dict[str, str]) -> Event | None:
    if event.subject.startswith(_ACTION):
        words = "; ".join(_of_action(event))
        return replace(event, what=words, subject=wording.sentence_case(event.subject)) if words else None
    if event.what not in _OUTCOMES:
        return None
    before, after = _values(event.before), _values(event.after)
    refs = [ref for ref in after.get("actions", ()) if ref not in before.get("actions", ())]
    words = " ".join([_OUTCOMES[event.what], *refs])
    return replace(event, what=words, subject=places.get(event.subject, "A recommendation no longer in the plan"))


def _values(side: str | None) -> dict[str, Any]:
    values = json.loads(side) if side else {}
    return values if isinstance(values, dict) else {}


def _of_action(event: Event) -> Iterable[str]:
    """What was decided of an action; nothing where it only became one, went on, or was described otherwise."""
    before, after = _values(event.before), _values(event.after)
    if event.what == "action opened":
        if "instead_of" not in after and not _OF_AN_IMPORT.search(event.why):
            yield "Added, for no recommendation"
    elif event.what.startswith("action "):
        yield from _step(before, after)
        if before.get("target_date") and "target_date" in after:
            was, now = (wording.printed_date(side["target_date"]) or "none" for side in (before, after))
            yield f"Target date moved from {was} to {now}"


def _step(before: dict[str, Any], after: dict[str, Any]) -> Iterable[str]:
    match after.get("status"):
        case "closed":
            yield f"Closed, its aim {'' if after.get('achieved') else 'not '}achieved"
        case "superseded":
            yield f"Superseded by action {after.get('superseded_by')}"
        case "assured":
            yield "Assured"
        case str() if before.get("status") == "closed":
            yield "Taken up again"


# ------------------------------------------------------------------------------------------------ one line for many


def _summed(events: list[Event], what: str, of_what: str) -> Event | None:
    if not events:
        return None
    who = ", ".join(dict.fromkeys(event.who for event in events))
    return Event(events[-1].at, who, what, of_what, None, None, "")


def _labels(events: list[Event]) -> Event | None:
    """Labels that were checked; what became an action had its quadrant confirmed with that."""
    checked: dict[str, Event] = {}
    for event in events:
        if event.what == "label decided" and event.why != CONFIRMED:
            checked[event.subject] = event
        elif event.what == "label taken back":
            checked.pop(event.subject, None)
    return _summed(list(checked.values()), "Labels checked", wording.count(len(checked), "recommendation"))


def _near_repeats(events: list[Event]) -> Event | None:
    verdicts: dict[frozenset[str], Event] = {}
    for event in events:
        if event.what == "near-repeat decided":
            verdicts[frozenset((event.subject, str(_values(event.after).get("with"))))] = event
    same = sum(_values(event.after).get("verdict") == "same" for event in verdicts.values())
    said = f"{wording.count(len(verdicts), 'pair')}, {same} of them the same"
    return _summed(list(verdicts.values()), "Near-repeats decided", said)


def _not_covered(events: list[Event]) -> Event | None:
    found = [event for event in events if event.what == "not covered"]
    said = wording.count(len({event.subject for event in found}), "recommendation")
    return _summed(found, "Found not to be answered by an action", said)


def _imports(events: list[Event]) -> Iterable[Event | None]:
    """A line for each file that came in, and for each that was taken back."""
    files: dict[str, str] = {}
    brought: dict[str, list[Event]] = defaultdict(list)
    undone: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if found := _OF_AN_IMPORT.search(event.why):
            brought[found[1]].append(event)
            if file := _FILE.match(event.why):
                files[found[1]] = file[1]
        elif found := _UNDONE.fullmatch(event.why):
            undone[found[1]].append(event)
    for number, group in brought.items():
        new = sum(event.what == "action opened" for event in group)
        said = f"Brought in: {wording.count(new, 'action')} added, {len(group) - new} changed"
        yield _summed(group, said, files.get(number, f"Import {number}"))
    for number, group in undone.items():
        yield _summed(group, "Import undone", files.get(number, f"Import {number}"))

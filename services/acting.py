"""One action with everything that the plan has of it; actions that answer no recommendation; evidence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Unpack

from domain.errors import NotAllowed, UsageError
from domain.records import ActionRow, Event, RecommendationRow, ReviewRow
from domain.smart import Lack, lacks
from domain.states import Audience
from plan import acting, action_history, progress, reading, trail
from plan.action_history import Evidence, Note
from plan.import_rows import field_name
from plan.ledger import transaction
from services.differences import differing_among
from services.house import House


@dataclass(frozen=True, slots=True)
class Slip:
    """A target date that moved: from and to which (None: there was none), who moved it, when and why."""

    before: str | None
    now: str | None
    why: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Whole:
    """An action with everything of it that an audience may see.

    history: oldest first; differing: how recommendations differ from how they were read before, by identifier. The public
    is shown neither notes and evidence, which are the agencies' own, nor lacks, history and differences.
    """

    action: ActionRow
    reviews: tuple[ReviewRow, ...]
    recommendations: tuple[RecommendationRow, ...]
    slips: tuple[Slip, ...]
    notes: tuple[Note, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    lacks: tuple[Lack, ...] = ()
    history: tuple[Event, ...] = ()
    differing: Mapping[str, str] = field(default_factory=dict)


def whole(house: House, ref: str, audience: Audience = Audience.PARTNERSHIP) -> Whole:
    """An action with everything of it. Raises `NotFound` where there is none that the audience sees."""
    plan = house.existing_plan()
    row = reading.action(plan, ref, audience=audience)
    reviews = reading.reviews(plan, audience=audience, letters=row.review_refs)
    answered = tuple(reading.recommendation(plan, named, audience=audience) for named in row.recommendations)
    slips = _slips(action_history.action_steps(plan, row.ref, audience=audience))
    if audience is Audience.PUBLIC:
        return Whole(row, reviews, answered, slips)
    return Whole(
        row,
        reviews,
        answered,
        slips,
        notes=action_history.progress_notes(plan, row.ref),
        evidence=action_history.evidence(plan, row.ref),
        lacks=lacks(row, house.framework),
        history=tuple(reversed(trail.events(plan, subject=f"action {row.ref}"))),
        differing=differing_among(house, row.recommendations),
    )


def _slips(steps: tuple[action_history.Stood, ...]) -> tuple[Slip, ...]:
    return tuple(
        Slip(before.target_date, now.target_date, now.why, now.who, now.at)
        for before, now in pairwise(steps)
        if before.target_date is not None and before.target_date != now.target_date
    )


def add(
    house: House,
    *,
    quadrant: str,
    source: str | None,
    reviews: str | None,
    opened: date | None,
    why: str,
    **fields: Unpack[progress.Fields],
) -> ActionRow:
    """Put an action into the plan that answers no recommendation. reviews: letters of reviews as in "K, O and All"."""
    letters = _letters(reviews or "")
    if "all" in letters:
        fields["applies_to_all"] = True
    return acting.add_action(
        house.plan,
        quadrant=_one_of(quadrant, house.framework.quadrant_codes, "quadrant"),
        source=_one_of(source, [entry.code for entry in house.framework.review_types], "source") if source else "",
        review_letters=[letter for letter in letters if letter != "all"],
        opened=opened,
        who=house.who,
        framework=house.framework,
        why=why,
        **_cleared(fields),
    )


def edit(house: House, ref: str, *, why: str, **fields: Unpack[progress.Fields]) -> ActionRow:
    """Change what an action says and carries; what is not given stays."""
    if not fields:
        raise UsageError(
            "Say what is to change, for example --lead or --rag: nothing was given.", page="Nothing was changed."
        )
    return progress.update_action(
        house.existing_plan(), ref, who=house.who, framework=house.framework, why=why, **_cleared(fields)
    )


def add_evidence(house: House, ref: str, *, link: str, shows: str) -> Evidence:
    """Add evidence to an action: a link or the name of a file, and what it shows."""
    return acting.add_evidence(house.existing_plan(), ref, link=link, shows=shows, who=house.who)


def strike_evidence(house: House, ref: str, number: int, *, why: str) -> Evidence:
    """Strike out evidence by its number with the action, with the reason."""
    return acting.strike_evidence(house.existing_plan(), ref, number, who=house.who, why=why)


def _cleared(fields: progress.Fields) -> progress.Fields:
    """What was given, with no practice standard where a person wrote an empty one."""
    given = progress.Fields(**fields)
    if "standards" in given:
        given["standards"] = tuple(code.strip() for code in given["standards"] if code.strip())
    return given


def _letters(words: str) -> list[str]:
    found = [word for word in re.split(r"[\s,;/&+()]+", words) if word and word.casefold() != "and"]
    return ["all" if word.casefold() == "all" else word.upper() for word in found]


def _one_of(word: str, codes: list[str] | tuple[str, ...], what: str) -> str:
    known = {code.casefold(): code for code in codes}
    if word.strip().casefold() not in known:
        raise UsageError(f"“{word}” is not a {what}. Choose from: {', '.join(codes)}.")
    return known[word.strip().casefold()]


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else has changed since a person saw it: what stands now, and what the person wants."""

    field: str
    stands: str
    wanted: str

    @property
    def name(self) -> str:
        """The field as people call it."""
        return field_name(self.field)


class Conflict(NotAllowed):
    """Two people changed the same field of an action; nothing was written."""

    def __init__(self, ref: str, clashes: tuple[Clash, ...]) -> None:
        names = ", ".join(clash.name for clash in clashes)
        super().__init__(
            f"Somebody else changed {names} of action {ref} while you were editing, so your changes are not saved yet. Compare "
            "the two below."
        )
        self.clashes = clashes


def edit_as_seen(house: House, ref: str, seen: dict[str, str], wanted: dict[str, str], *, why: str) -> ActionRow:
    """Change the fields in which `wanted` differs from what a person had `seen`; what others changed meanwhile stays.

    Fields are those of `Fields` as words; standards are codes apart by spaces. Raises `Conflict` where somebody else
    has changed one of the same fields to something else, `UsageError` where nothing is to change.
    """
    plan = house.existing_plan()
    with transaction(plan):
        stands = as_words(reading.action(plan, ref))
        changed = {name: words for name, words in wanted.items() if words != seen.get(name, "")}
        clashes = tuple(
            Clash(name, stands[name], words)
            for name, words in changed.items()
            if stands[name] not in (seen.get(name, ""), words)
        )
        if clashes:
            raise Conflict(ref, clashes)
        fresh = {name: words for name, words in changed.items() if words != stands[name]}
        if not fresh:
            raise UsageError("Nothing differs from what the plan has already.")
        return edit(house, ref, why=why, **_fields(fresh))


def as_words(row: ActionRow) -> dict[str, str]:
    """What people edit of an action, as the words in a form."""
    return {
        "text": row.text,
        "lead_agency": row.lead_agency,
        "target_date": row.target_date or "",
        "home": row.home,
        "worry_statement": row.worry_statement,
        "success_goal": row.success_goal,
        "next_steps": row.next_steps,
        "rag": str(row.rag),
        "standards": " ".join(row.standards),
        "applies_to_all": "yes" if row.applies_to_all else "",
        "released": "yes" if row.released else "",
    }


def _fields(words: dict[str, str]) -> progress.Fields:
    fields = progress.Fields()
    for name in ("text", "lead_agency", "target_date", "home", "worry_statement", "success_goal", "next_steps", "rag"):
        if name in words:
            fields[name] = words[name]
    if "standards" in words:
        fields["standards"] = tuple(words["standards"].split())
    if "applies_to_all" in words:
        fields["applies_to_all"] = bool(words["applies_to_all"])
    if "released" in words:
        fields["released"] = bool(words["released"])
    return fields

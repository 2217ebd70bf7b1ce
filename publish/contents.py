"""What one publication holds. The services gather it from the plan; every writer of this room starts from it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from domain.errors import CannotWork
from domain.framework import Framework
from domain.overdue import days_overdue
from domain.records import ActionRow, CountRow, RecommendationRow, ReviewRow
from domain.states import LIVE, Audience, Outcome, Visibility

_NO_CODE = "none"
"""Under this code the counts put what stands under no review."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a model said of a recommendation, beside what a person decided later.

    quadrant: code of its best guess; between: codes it wavers between, empty where it is sure; model: its version;
    cover: what action the plan seems to have for it already, in words.
    """

    recommendation: str
    quadrant: str
    between: tuple[str, ...] = ()
    model: str = ""
    cover: str = ""


@dataclass(frozen=True, slots=True)
class PlanContents:
    """Everything that one publication may show, as of one day and for one audience.

    partnership: its name as it is to be printed; working_copy: drafts and proposals are in it; proposals: what no
    person has ruled on yet; recommendations: every one the audience may see, proposals among them or not; counts: all
    dimensions; history: dated snapshots by quadrant, oldest first; basis: on which the counts rest ("known" or
    "effective"); suggestions: what the model said, where the plan still knows it; state: number of the last
    change that the plan had seen, by which edits in a workbook are told apart from later changes; None where that is not kept;
    template: a council's Word file, whose form documents take; earlier: `as_of` is past, and the plan of then was put
    together from what was recorded.

    A proposal is never an action: contents that mix them are refused with `CannotWork`. Contents for the public keep
    nothing of a review that is not published: proposals, recommendations, letters and the actions that rest on hidden
    reviews alone are left out as the record is made, so that no writer can let them slip.
    """

    framework: Framework
    partnership: str
    audience: Audience
    as_of: date
    working_copy: bool
    actions: tuple[ActionRow, ...]
    proposals: tuple[RecommendationRow, ...]
    recommendations: tuple[RecommendationRow, ...]
    reviews: tuple[ReviewRow, ...]
    counts: tuple[CountRow, ...]
    history: tuple[tuple[str, tuple[CountRow, ...]], ...]
    basis: str = "known"
    state: int | None = None
    suggestions: tuple[Suggestion, ...] = ()
    template: Path | None = None
    earlier: bool = False

    def __post_init__(self) -> None:
        """Hold proposals and actions apart, and the public away from what is not published."""
        problem = _mixed(self.actions, self.proposals)
        if problem:
            raise CannotWork(f"{problem} Nothing was published: run cap doctor to find what is wrong in the plan.")
        if self.audience is Audience.PUBLIC:
            if self.working_copy:
                raise CannotWork("A working copy holds drafts and cannot be made for the public: choose one.")
            self._keep_to_the_published()

    def _keep_to_the_published(self) -> None:
        reviews = tuple(r for r in self.reviews if r.visibility is Visibility.PUBLISHED)
        letters = {review.letter for review in reviews}
        hidden = {review.letter for review in self.reviews} - letters
        shown = tuple(
            replace(r, group_id=None)
            for r in self.recommendations
            if r.visibility is Visibility.PUBLISHED and r.outcome is not Outcome.PROPOSED
        )
        identifiers = {recommendation.id for recommendation in shown}
        actions = tuple(
            replace(
                action,
                review_refs=tuple(ref for ref in action.review_refs if ref in letters or ref in action.printed_refs),
                recommendations=tuple(r for r in action.recommendations if r in identifiers),
            )
            for action in self.actions
            if not action.review_refs or not hidden.issuperset(action.review_refs)
        )
        kept = {
            "reviews": reviews,
            "recommendations": shown,
            "actions": actions,
            "proposals": (),
            "suggestions": (),
            "counts": _of_the_published(self.counts, reviews),
            "history": tuple((day, _of_the_published(rows, reviews)) for day, rows in self.history),
        }
        for name, value in kept.items():
            object.__setattr__(self, name, value)

    @property
    def for_public(self) -> bool:
        """Whether anyone may read it."""
        return self.audience is Audience.PUBLIC

    @property
    def outstanding(self) -> tuple[ActionRow, ...]:
        """Actions that are neither closed nor superseded, in the order of their references."""
        return tuple(action for action in in_order(self.actions) if action.status in LIVE)

    def actions_of(self, quadrant: str) -> tuple[ActionRow, ...]:
        """The actions of a quadrant (its code), whatever their status, in the order of their references."""
        return in_order(action for action in self.actions if action.quadrant == quadrant)

    def counts_by(self, dimension: str, unit: str | None = None) -> tuple[CountRow, ...]:
        """The counts of one dimension ("quadrant"), of one unit ("actions", "recommendations") or of both."""
        return tuple(row for row in self.counts if row.by == dimension and unit in (None, row.unit))

    def suggested(self) -> dict[str, Suggestion]:
        """What the model said of each proposal, by its id; where that is not given, the label no person decided."""
        given = {suggestion.recommendation: suggestion for suggestion in self.suggestions if suggestion.quadrant}
        labels = {p.id: Suggestion(p.id, "" if p.decided else p.quadrant or "") for p in self.proposals}
        return {identifier: given.get(identifier, label) for identifier, label in labels.items()}

    def unit_to_show(self) -> str:
        """The board's figure, which is of actions, once there are any; until then recommendations."""
        return "actions" if any(row.total for row in self.counts_by("quadrant", "actions")) else "recommendations"

    def overdue(self, action: ActionRow) -> int:
        """By how many days an action that is still owed has passed its target date; 0 where it has not, or has none."""
        return days_overdue(action.status, action.target_date, self.as_of)


def in_order(actions: Iterable[ActionRow]) -> tuple[ActionRow, ...]:
    """Actions by reference as people count: 4.9 before 4.10."""
    return tuple(sorted(actions, key=lambda action: _reference_key(action.ref)))


def _reference_key(ref: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"[.\s]+", ref))


def _mixed(actions: tuple[ActionRow, ...], proposals: tuple[RecommendationRow, ...]) -> str | None:
    answered = {identifier for action in actions for identifier in action.recommendations}
    for proposal in proposals:
        if proposal.outcome is not Outcome.PROPOSED:
            return f"Recommendation {proposal.id} was given as a proposal, but it is {proposal.outcome.value}."
        if proposal.action_refs or proposal.id in answered:
            return f"Recommendation {proposal.id} was given as a proposal, but an action answers it already."
    return None


def _of_the_published(rows: tuple[CountRow, ...], reviews: tuple[ReviewRow, ...]) -> tuple[CountRow, ...]:
    codes = {_NO_CODE, *(code for review in reviews for code in (review.letter, str(review.id)))}
    return tuple(replace(row, proposed=0) for row in rows if row.by != "review" or row.code in codes)

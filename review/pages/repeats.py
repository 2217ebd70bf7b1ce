"""Near-repeats side by side: the same, not the same, or one of them apart."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import UsageError
from domain.records import RecommendationRow, Repeat
from domain.states import Role
from plan.repeat_answers import RepeatAnswer
from review.access import Sent, Visit, seeing, sending
from review.memory import recall
from review.paging import Paging, listed
from review.rendering import go_to, render, tell
from services import repeats
from services.repeats import SeenGroup, seen_groups

router = APIRouter()
SIZE = 12
SHOWS = ("waiting", "answered")


@dataclass(frozen=True, slots=True)
class Shown:
    """A member of a group with its words; `ranges`: those that the first member lacks, to be marked."""

    row: RecommendationRow
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group as it is compared."""

    id: str
    members: tuple[Shown, ...]
    pairs: tuple[Repeat, ...]
    names: dict[str, str]
    waits: bool
    answers: tuple[RepeatAnswer, ...]


@dataclass(frozen=True, slots=True)
class RepeatsPage:
    """Groups of near-repeats; those that wait for an answer first."""

    template: ClassVar[str] = "repeats.html"
    title: ClassVar[str] = "Near-repeats"
    groups: tuple[ShownGroup, ...]
    paging: Paging
    waiting: int
    show: str
    review: str
    group: str
    letters: tuple[str, ...]


@router.get("/repeats")
def groups(
    visit: Visit = seeing(Role.REVIEWER), show: str = "", review: str = "", group: str = "", page: int = 1
) -> Response:
    """The groups."""
    every = recall(visit, "groups", lambda: seen_groups(visit.house))
    letters = tuple(sorted({row.review_letter for one in every for row in one.members}, key=lambda w: (len(w), w)))
    wanted = [
        one
        for one in every
        if (not group or one.id == group)
        and (not review or any(row.review_letter == review for row in one.members))
        and (show not in SHOWS or one.waits is (show == "waiting"))
    ]
    wanted.sort(key=lambda one: (not one.waits, -len(one.members)))
    shown = listed(wanted, "/repeats", {"show": show, "review": review}, page, SIZE)
    found = tuple(_shown(one) for one in shown.rows)
    waiting = sum(one.waits for one in every)
    return render(visit, RepeatsPage(found, shown.paging, waiting, show, review, group, letters))


def _shown(group: SeenGroup) -> ShownGroup:
    first, names = group.members[0], {row.id: _name(row) for row in group.members}
    lacking = {}
    for pair in group.pairs:
        if first.id in (pair.a, pair.b):
            other = pair.b if pair.a == first.id else pair.a
            lacking[other] = pair.only_b if pair.a == first.id else pair.only_a
    members = tuple(Shown(row, _ranges(row.text, lacking.get(row.id, ()))) for row in group.members)
    return ShownGroup(group.id, members, group.pairs, names, group.waits, group.answers)


def _name(row: RecommendationRow) -> str:
    return f"{row.review_letter}, {row.number}" if row.number else f"{row.review_letter}, page {row.page}"


def _ranges(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where words stand in a text, whole words only."""
    folded, found = text.casefold(), []
    for word in words:
        start = folded.find(word.casefold())
        while start >= 0:
            end = start + len(word)
            before, after = folded[start - 1 : start], folded[end : end + 1]
            if not before.isalnum() and not after.isalnum():
                found.append((start, end))
            start = folded.find(word.casefold(), end)
    return tuple(sorted(found))


@router.post("/repeats")
def decide(sent: Sent = sending(Role.REVIEWER)) -> Response:
    """Say what a person thinks of a group or a pair."""
    visit, form = sent.visit, sent.form
    chosen, what, why = form.chosen("member"), form.words("do"), form.words("why")
    if what == "same":
        if len(chosen) < 2:
            raise UsageError("Tick the two or more that ask the same.")
        repeats.all_same(visit.house, chosen, why=why)
        tell(visit, "It is remembered that these ask the same.")
    elif what == "apart":
        if len(chosen) == 1:
            repeats.apart(visit.house, chosen[0], None, why=why)
        elif len(chosen) == 2:
            repeats.apart(visit.house, chosen[0], chosen[1], why=why)
        else:
            raise UsageError("Tick the one that does not belong to its group, or the two that do not ask the same.")
        tell(visit, "It is remembered for good that these do not ask the same.")
    else:
        raise UsageError("Tick the recommendations, then press one of the two buttons.")
    return go_to(form.back("/repeats"))

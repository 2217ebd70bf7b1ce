"""`cap covered`, `cap not-covered`, `cap same`, `cap apart`: has it been asked and answered before?"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cap.asking import place
from cap.deciding import Named, Why
from cap.output import write_json_line, write_line
from domain.records import RecommendationRow, Repeat
from services.settings import load_settings

if TYPE_CHECKING:
    from services.repeats import SeenGroup


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(covered)
    app.command("not-covered")(not_covered)
    app.command()(same)
    app.command()(apart)


def covered(
    review: Annotated[
        str | None, typer.Argument(metavar="REVIEW", show_default=False, help="Only this review's, by its letter: K.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a recommendation, on one line.")] = False,
) -> None:
    """Find actions that may already answer recommendations.

    It shows which undecided recommendations an existing action may already answer. Accept with cap join, refuse with cap
    not-covered. It is a suggestion: a person decides.
    """
    from publish.wording import covers, sentence_case
    from services.covering import covered as held_against
    from services.house import open_house

    with open_house(load_settings()) as house:
        found = held_against(house, review=review)
        if not found and not as_json:
            write_line("No recommendation is waiting for a decision.")
        for one in found:
            if as_json:
                write_json_line(
                    {
                        "recommendation": one.recommendation.id,
                        "verdict": one.verdict,
                        "action": one.action and one.action.ref,
                        "through": one.through and one.through.id,
                        "evidence": one.pair and asdict(one.pair),
                        "words": covers(one.verdict, one.action),
                    }
                )
                continue
            write_line(f"{one.recommendation.id}  {place(one.recommendation)}")
            write_line(f"  {_words(one.recommendation)}")
            write_line(f"  {sentence_case(covers(one.verdict, one.action))}")
            if one.action is not None and one.pair is not None:
                said = _words(one.through) if one.through else one.action.text
                of = f"review {one.through.review_letter}, page {one.through.page}" if one.through else "the action"
                write_line(f"    {said} ({of})")
                _show_evidence(one.pair)
                write_line(
                    f"    Accept: cap join {one.recommendation.id} {one.action.ref}   "
                    f"Refuse: cap not-covered {one.recommendation.id} {one.action.ref}"
                )
            write_line("")


def not_covered(
    named: Named,
    ref: Annotated[str, typer.Argument(metavar="ACTION", help="The action that does not cover it, for example 2.3.")],
    why: Why = "",
) -> None:
    """Say that an action does not answer a recommendation.

    It is remembered, and not suggested again.
    """
    from services.covering import rule_out
    from services.house import open_house

    with open_house(load_settings()) as house:
        identifier, found = rule_out(house, named, ref, why=why)
        write_line(f"{identifier} is not covered by action {found}; it will not be suggested again.")


def same(
    named: Named,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other recommendation, named in the same way.")],
    why: Why = "",
) -> None:
    """Say that two recommendations ask the same.

    They are then in one group of near-repeats.
    """
    from services.house import open_house
    from services.repeats import same as say_same

    with open_house(load_settings()) as house:
        _show_members(say_same(house, named, other, why=why))


def apart(
    named: Named,
    other: Annotated[
        str | None,
        typer.Argument(metavar="OTHER", show_default=False, help="The other. [default: all others of its group]"),
    ] = None,
    why: Why = "",
) -> None:
    """Say that two recommendations do not ask the same.

    With one recommendation only, it is split from its group. It is remembered for good.
    """
    from services.house import open_house
    from services.repeats import apart as say_apart

    with open_house(load_settings()) as house:
        left = say_apart(house, named, other, why=why)
        whom = "the others of its group" if other is None else other.strip()
        write_line(f"{named.strip()} and {whom} are recorded as not asking the same.")
        if len(left) > 1:
            write_line("Still in the group:")
            _show_members(left)
        else:
            write_line("Nothing is left in the group.")


def show_groups(review: str | None) -> None:
    """Print the plan's groups of near-repeats, each with its members and what they share."""
    from services.house import open_house
    from services.repeats import seen_groups

    with open_house(load_settings()) as house:
        groups = seen_groups(house, review=review)
        if not groups:
            write_line("There is no group of near-repeats.")
        for group in groups:
            write_line(f"Group {group.id}, {len(group.members)} recommendations; {_standing(group)}")
            _show_members(group.members)
            for pair in group.pairs:
                _show_evidence(pair, named=True)
            write_line("")


def _standing(group: "SeenGroup") -> str:
    """Whether a group waits for an answer, and who answered last."""
    waits = "waits for an answer" if group.waits else "answered"
    return f"{waits}, last by {group.answers[0].who} on {group.answers[0].at[:10]}" if group.answers else waits


def _show_members(members: Sequence[RecommendationRow]) -> None:
    for row in members:
        refs = f"; action {', '.join(row.action_refs)}" if row.action_refs else ""
        write_line(f"  {row.id}  {place(row)}; {row.outcome}{refs}")
        write_line(f"    {_words(row)}")


def _words(row: RecommendationRow) -> str:
    return f"{row.lead_in} {row.text}" if row.lead_in else row.text


def _show_evidence(pair: Repeat, *, named: bool = False) -> None:
    between = f"{pair.a} and {pair.b}: " if named else ""
    parts = [f"alike {pair.score:.2f}"]
    for what, words in (("both", pair.shared), ("only the first", pair.only_a), ("only the second", pair.only_b)):
        if words:
            parts.append(f"{what}: {', '.join(words)}")
    write_line(f"    {between}{'; '.join(parts)}")

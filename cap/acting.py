"""`cap action`: one action with everything that it carries, a new one that answers no recommendation, evidence."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cap.asking import day, place
from cap.deciding import given_fields, tell_action
from cap.ending import Ref
from cap.listing import WholeSentences
from cap.output import write_json_line, write_line
from domain.errors import UsageError
from domain.framework import Framework
from domain.overdue import never_overdue
from domain.records import ActionRow, Event
from domain.smart import in_words, lacks
from domain.states import Audience, Status
from plan.progress import Fields
from services.settings import load_settings

if TYPE_CHECKING:
    from plan.action_history import Evidence
    from services.acting import Whole

Lead = Annotated[str | None, typer.Option(metavar="AGENCY", help="The lead agency, or several of them.")]
Target = Annotated[
    str | None, typer.Option(metavar="DATE", help='The target date, such as 31/03/2027, or words such as "Ongoing".')
]
Home = Annotated[str | None, typer.Option(metavar="NAME", help="The strategy or subgroup that carries this action.")]
Worry = Annotated[str | None, typer.Option(metavar="WORDS", help="The worry statement: what goes wrong, and for whom.")]
Goal = Annotated[
    str | None, typer.Option(metavar="WORDS", help="The success goal: what will be seen once the action is done.")
]
NextSteps = Annotated[
    str | None, typer.Option("--next-steps", metavar="WORDS", help="The next steps that lead to the goal.")
]
Rag = Annotated[str | None, typer.Option(metavar="WORD", help="How it goes: red, amber or green.")]
Standards = Annotated[
    list[str] | None,
    typer.Option(
        "--standard",
        metavar="CODE",
        help="A practice standard, for example 1.2; may be given several times, and replaces those there are.",
    ),
]

actions = typer.Typer(cls=WholeSentences, no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    actions.callback()(about)
    actions.command()(show)
    actions.command()(add)
    actions.command()(edit)
    actions.command()(evidence)
    app.add_typer(actions, name="action")


def about() -> None:
    """Show, add or edit an action, and its evidence.

    Its progress and status have a command of their own, cap progress; so have its end, cap close and cap supersede.
    """


def show(
    ref: Ref,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, on one line.")] = False,
    audience: Annotated[
        Audience,
        typer.Option(
            help="partnership shows everything; public only what is published, without notes, evidence and history."
        ),
    ] = Audience.PARTNERSHIP,
) -> None:
    """Show an action with everything about it.

    The recommendations that it answers with their pages, every move of its target date with the reason, notes of progress,
    evidence, what it lacks, and who changed what.
    """
    from services.acting import whole
    from services.house import open_house

    with open_house(load_settings()) as house:
        found = whole(house, ref, audience)
        if as_json:
            write_json_line(_json(found))
            return
        for line in _lines(found, house.framework, audience):
            write_line(line)


def add(
    quadrant: Annotated[str, typer.Option(metavar="CODE", help="Q1 to Q4: it gives the action its reference.")],
    text: Annotated[str, typer.Option(metavar="WORDS", help="The action: what is to be done.")],
    source: Annotated[
        str | None,
        typer.Option(
            metavar="TYPE",
            help="What it came from: audit, scrutiny, section11, inspection or another. [default: the board's own decision]",
        ),
    ] = None,
    lead: Lead = None,
    target: Target = None,
    home: Home = None,
    reviews: Annotated[
        str | None,
        typer.Option(metavar="LETTERS", help='Reviews that it also answers, for example "K, O" or "All".'),
    ] = None,
    worry: Worry = None,
    goal: Goal = None,
    next_steps: NextSteps = None,
    rag: Rag = None,
    standard: Standards = None,
    public: Annotated[
        bool, typer.Option("--public", help="The public may see it. [default: the partnership's own]")
    ] = False,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day from which it stands, YYYY-MM-DD. [default: today]")
    ] = None,
    why: Annotated[str, typer.Option(metavar="WORDS", help="The reason, for the record.")] = "",
) -> None:
    """Add an action that answers no recommendation.

    It may come from an audit, an inspection, scrutiny, or the board's own decision. It gets the next reference of its
    quadrant. What it still lacks is said. A recommendation becomes an action by cap adopt.
    """
    from services import acting
    from services.house import open_house

    fields = _given(text, lead, target, home, worry, goal, next_steps, rag, standard)
    if public:
        fields["released"] = True
    with open_house(load_settings()) as house:
        row = acting.add(
            house, quadrant=quadrant, source=source, reviews=reviews, opened=day(on), why=why, **fields
        )  # fmt: skip
        _tell(row)
        if lacking := lacks(row, house.framework):
            write_line(f"It still lacks: {in_words(lacking)}.")


def edit(
    ref: Ref,
    text: Annotated[str | None, typer.Option(metavar="WORDS", help="The action in other words.")] = None,
    lead: Lead = None,
    target: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help='A new target date, such as 31/03/2027, or words such as "Ongoing"; give the reason with --why.',
        ),
    ] = None,
    home: Home = None,
    worry: Worry = None,
    goal: Goal = None,
    next_steps: NextSteps = None,
    rag: Rag = None,
    standard: Standards = None,
    public: Annotated[
        bool | None,
        typer.Option(
            "--public/--not-public",
            show_default=False,
            help="Whether the public may see it, once its reviews are published.",
        ),
    ] = None,
    why: Annotated[str, typer.Option(metavar="WORDS", help="The reason, for the record.")] = "",
) -> None:
    """Change an action's wording and details.

    Anything you leave out stays as it is. Empty quotes clear a field: --rag "", --standard "", --home "". Every change is
    kept, with the earlier wording.
    """
    from services import acting
    from services.house import open_house

    fields = _given(text, lead, target, home, worry, goal, next_steps, rag, standard)
    if public is not None:
        fields["released"] = public
    with open_house(load_settings()) as house:
        _tell(acting.edit(house, ref, why=why, **fields))


def evidence(
    ref: Ref,
    link: Annotated[
        str | None,
        typer.Argument(
            metavar="LINK",
            show_default=False,
            help="The evidence: a link, or the name of the file in which it is kept.",
        ),
    ] = None,
    shows: Annotated[
        str | None, typer.Option(metavar="WORDS", show_default=False, help="What it shows, in a few words.")
    ] = None,
    strike: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER", min=1, show_default=False, help="Strike out evidence by its number; say why with --why."
        ),
    ] = None,
    why: Annotated[str, typer.Option(metavar="WORDS", help="Why it is struck out; the plan keeps the reason.")] = "",
) -> None:
    """Add evidence to an action, or strike some out.

    Evidence is a link to what shows that it was done. Only the link is kept, and the file stays where it is. What is struck
    out is still shown, marked as such.
    """
    from services import acting
    from services.house import open_house

    if (link is None) == (strike is None):
        raise UsageError(
            f'Name the evidence and say what it shows: cap action evidence {ref} LINK --shows "...". Or strike out what '
            f'was wrong: cap action evidence {ref} --strike 1 --why "..."'
        )
    if link is not None and why:
        raise UsageError("A reason goes with --strike. What evidence shows goes with --shows.")
    if strike is not None and shows is not None:
        raise UsageError("What is struck out keeps its words: leave out --shows, and say why with --why.")
    with open_house(load_settings()) as house:
        if strike is not None:
            found = acting.strike_evidence(house, ref, strike, why=why)
        else:
            found = acting.add_evidence(house, ref, link=link or "", shows=shows or "")
        write_line(f"Evidence of action {ref.strip()}: {_evidence(found)}")


def _given(
    text: str | None,
    lead: str | None,
    target: str | None,
    home: str | None,
    worry: str | None,
    goal: str | None,
    next_steps: str | None,
    rag: str | None,
    standards: list[str] | None,
) -> Fields:
    fields = given_fields(text, lead, target, home)
    if worry is not None:
        fields["worry_statement"] = worry
    if goal is not None:
        fields["success_goal"] = goal
    if next_steps is not None:
        fields["next_steps"] = next_steps
    if rag is not None:
        fields["rag"] = rag
    if standards:
        fields["standards"] = tuple(standards)
    return fields


def _tell(row: ActionRow) -> None:
    tell_action(row)
    carried = [f"RAG {row.rag}"] if row.rag else []
    carried += [f"practice standards {', '.join(row.standards)}"] if row.standards else []
    if carried:
        write_line(f"It carries: {'; '.join(carried)}.")
    if not row.released:
        write_line(f"The public does not see it. To show it: cap action edit {row.ref} --public")


# ------------------------------------------------------------------------------------------------ one action, shown


def _json(found: "Whole") -> dict[str, object]:
    history: list[dict[str, Any]] = [asdict(event) for event in found.history]
    for event in history:
        event |= {side: json.loads(event[side]) if event[side] else None for side in ("before", "after")}
    return {
        "action": asdict(found.action),
        "reviews": [
            {"ref": r.letter, "reference": r.reference, "title": r.title, "review_type": r.review_type}
            for r in found.reviews
        ],
        "recommendations": [asdict(r) for r in found.recommendations],
        "slips": [asdict(slip) for slip in found.slips],
        "notes": [asdict(note) for note in found.notes],
        "evidence": [asdict(one) for one in found.evidence],
        "lacks": [{"what": str(k.part), "found": k.found, "advice": k.part.advice} for k in found.lacks],
        "history": history,
        "differences": dict(found.differing),
    }


def _target_lines(found: "Whole", audience: Audience) -> Iterator[str]:
    row = found.action
    yield f"  Target date: {row.target_date or 'none yet'}"
    if warning := never_overdue(row.status, row.target_date):
        yield f"    {warning}"
    for slip in found.slips:
        by = f", by {slip.who}" if audience is Audience.PARTNERSHIP else ""
        yield f"    moved from {slip.before} to {slip.now or 'none'} on {slip.at[:10]}{by}: {slip.why or 'no reason given'}"


def _lines(found: "Whole", framework: Framework, audience: Audience) -> Iterator[str]:
    row = found.action
    yield f"Action {row.ref}: {row.text}"
    yield f"  Quadrant: {row.quadrant} {framework.title(row.quadrant)}"
    yield f"  Status: {_status(row)}"
    yield f"  RAG: {row.rag or 'not said'}"
    yield f"  Lead agency: {row.lead_agency or 'none yet'}"
    yield from _target_lines(found, audience)
    yield f"  Strategy or subgroup: {row.home or 'none'}"
    if row.source:
        yield f"  Came from: {framework.title(row.source)}"
    if audience is Audience.PARTNERSHIP:
        yield f"  Shown to: {'the public too, once its reviews are published' if row.released else 'the partnership'}"
    known = {review.letter: review for review in found.reviews}
    named = [
        f"{ref} ({known[ref].reference or known[ref].title or known[ref].file})" if ref in known else ref
        for ref in row.review_refs
    ]
    yield f"  Reviews: {', '.join([*named, *(['all'] if row.applies_to_all else [])]) or 'none'}"
    yield from _answers(found)
    yield f"  Worry statement: {row.worry_statement or 'none'}"
    yield f"  Success goal: {row.success_goal or 'none'}"
    yield f"  Next steps: {row.next_steps or 'none'}"
    for code in row.standards:
        yield f"  Practice standard {code}: {framework.title(code)}"
    yield f"  Progress: {row.progress or 'none reported yet'}"
    for note in found.notes:
        yield f"    {note.dated}, {note.agency or note.who}: {note.note}"
    for one in found.evidence:
        yield f"  Evidence {_evidence(one)}"
    if found.lacks:
        yield f"  Lacks: {in_words(found.lacks)}"
    for event in found.history:
        yield f"  {event.at[:10]}, {event.who}: {event.what}{_changed(event)}{f' ({event.why})' if event.why else ''}"


def _answers(found: "Whole") -> Iterator[str]:
    for recommendation in found.recommendations:
        yield f"  Answers {recommendation.id}: {place(recommendation)}"
        yield f"    {' '.join(filter(None, (recommendation.lead_in, recommendation.text)))}"
        if how := found.differing.get(recommendation.id):
            yield f"    Read differently from before: {how}. Looked at it? cap differences --looked-at {recommendation.id}"


def _status(row: ActionRow) -> str:
    match row.status:
        case Status.CLOSED:
            return f"closed{_on(row, row.closed)}: its aim was {'achieved' if row.achieved else 'not achieved'}"
        case Status.SUPERSEDED:
            return f"superseded on {row.closed}" + (f" by {row.superseded_by}" if row.superseded_by else "")
        case Status.ASSURED:
            again = f", to be looked at again on {row.recheck}" if row.recheck else ""
            return f"assured{_on(row, row.assured)}{again}"
        case Status.COMPLETE:
            return f"complete{_on(row, row.completed)}, awaiting assurance"
        case _:
            return f"{row.status}, in the plan since {row.opened}"


def _on(row: ActionRow, day: str | None) -> str:
    from publish.wording import at_the_latest

    return f" {'by' if at_the_latest(row, day) else 'on'} {day}" if day else ""


def _evidence(one: "Evidence") -> str:
    struck = f" [struck out by {one.struck_by} on {one.struck[:10]}: {one.struck_why}]" if one.struck else ""
    return f"{one.number}: {one.link}, which shows: {one.what} ({one.who}, {one.at[:10]}){struck}"


def _changed(event: Event) -> str:
    """What an event changed, in words; nothing for one that began something."""
    if event.before is None or event.after is None:
        return ""
    before, after = json.loads(event.before), json.loads(event.after)
    parts = [
        f"{name.replace('_', ' ')} “{_word(before.get(name))}” -> “{_word(after.get(name))}”"
        for name in after
        if before.get(name) != after.get(name)
    ]
    return f": {'; '.join(parts)}" if parts else ""


def _word(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return {True: "yes", False: "no", None: ""}.get(value, str(value)) if isinstance(value, bool | None) else str(value)

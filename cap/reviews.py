"""`cap run`, `cap add`, `cap extract`: reviews come in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cap.output import progress_bar, say, show_table, write_json_line, write_line
from domain.processed import AlreadyIngested, Ingested, NewEdition, Processed, RunReport
from domain.records import CountRow, Extraction, Rejected
from services.settings import Settings, load_settings

SOME_REJECTED = 1
NAMED = 20


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(run)
    app.command()(add)
    app.command()(extract)


def run(
    corpus: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="The folder for review PDFs, which the README calls the corpus. [default: corpus, or CAP_CORPUS]",
        ),
    ] = None,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help="Read again the reviews that are already in the plan; what people decided is kept."
        ),
    ] = False,
    cluster: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="For IT: share the reading between several computers (Dask), at tcp://10.0.0.5:8786 for example.",
        ),
    ] = "",
) -> None:
    """Read the new review PDFs into the plan.

    Put PDFs into the folder for review PDFs (corpus), then run this. It also writes the workbook and the counts. Run it as
    often as you like: what is already in the plan stays as it is. While the folder is empty and there is no plan yet, the
    fictional sample reviews are shown in outputs/demo instead.
    """
    from services.house import is_there
    from services.intake import files_in, is_samples
    from services.samples import OWN_SAMPLES

    settings = load_settings(corpus=corpus.absolute() if corpus else None)
    files = files_in(settings.corpus)
    begun = is_there(settings.plan_file)
    if not files and corpus is None and not begun and is_samples(OWN_SAMPLES):
        say(
            f"The folder {settings.corpus} holds no reviews yet. The fictional samples are shown instead, in {settings.outputs / 'demo'}."
        )
        settings = settings.demo(OWN_SAMPLES)
        files = files_in(OWN_SAMPLES)
    elif not files:
        say(f"The folder {settings.corpus} holds no reviews. Put PDFs into it and run again.")
        if not begun:
            return
    _ingest(settings, files, again=again, edition=None, cluster=cluster)


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="One or more review PDFs.")],
    edition: Annotated[
        bool | None,
        typer.Option(
            "--edition/--separate",
            help="If the plan has a review with the same reference and publisher: a new edition of it, or a separate review.",
        ),
    ] = None,
) -> None:
    """Read these PDFs into the plan.

    They are copied into the folder for review PDFs (corpus); the rest is as with cap run.
    """
    from services.keeping import bring_in

    settings = load_settings()
    _ingest(settings, bring_in(settings, files), again=False, edition=edition)


def _ingest(
    settings: Settings, files: tuple[Path, ...], *, again: bool, edition: bool | None, cluster: str = ""
) -> None:
    from flows.settings import prepare

    prepare(settings.outputs)
    from services.house import House, is_there

    first = not is_there(settings.plan_file)
    house = House(settings)
    if not cluster and len(files) > sum(1 for _ in settings.originals.glob("*.pdf")):
        house.warm()  # while Prefect is loaded here
    from flows.ingest import ingest

    with progress_bar() as advance:
        report, counts = ingest(
            settings, files, again=again, edition=edition, advance=advance, waiting=say, cluster=cluster, house=house
        )
    _show(settings, report, counts)
    if first:
        say("To look at it in a browser: cap serve")
    if any(isinstance(p, Rejected | NewEdition) for p in report.processed):
        raise typer.Exit(SOME_REJECTED)


def _show(settings: Settings, report: RunReport, counts: tuple[CountRow, ...]) -> None:
    """What the run did: a line a review, then the counts, then where things lie."""
    new = [p for p in report.processed if isinstance(p, Ingested)]
    known = [p for p in report.processed if isinstance(p, AlreadyIngested)]
    if new:
        headings = (
            "Review",
            "Reference",
            "Type",
            "Published",
            "Pages",
            "Found",
            "New",
            "Near-repeats",
            "Covered",
            "Possible",
            "File",
        )
        show_table(headings, [_line(p) for p in new], title="Reviews taken in", numbers=frozenset({4, 5, 6, 7, 8, 9}))
        write_line("")
    for note in (*report.notes, *(note for processed in report.processed for note in _notes(processed))):
        say(note)
    if known:
        names = [p.file if p.file == p.review.file else f"{p.file} (the same as {p.review.file})" for p in known]
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        write_line(f"In the plan already, nothing to do: {len(known)} ({', '.join(names[:NAMED])}{more})")
        write_line("")
    if counts and new:
        counted = [c for c in counts if c.unit == "recommendations"]
        figures = [(c.total, c.proposed, c.open, c.overdue, c.closed) for c in counted]
        rows = [(c.title, *row) for c, row in zip(counted, figures, strict=True)]
        show_table(
            ("Quadrant", "Recommendations", "Proposed", "Open", "Overdue", "Closed"),
            [*rows, ("Total", *(sum(column) for column in zip(*figures, strict=True)))],
            title="Recommendations by quadrant (drafts included; undecided ones count as open)",
            numbers=frozenset({1, 2, 3, 4, 5}),
        )
        write_line("")
    write_line(
        f"{len(report.processed)} files in {report.seconds:.1f} s: {len(new)} taken in, {len(known)} known already, "
        f"{len(report.processed) - len(new) - len(known)} not taken. The plan: {settings.plan_file}"
    )
    for output in report.outputs:
        write_line(f"  {output}")


def _line(p: Ingested) -> tuple[object, ...]:
    r = p.review
    return (
        r.letter,
        r.reference or "not stated",
        r.review_type,
        r.published or "not stated",
        r.pages,
        p.found,
        p.new,
        p.repeats,
        p.covered,
        p.possible,
        p.file,
    )


def _notes(processed: Processed) -> list[str]:
    match processed:
        case Rejected():
            return [f"Not taken ({processed.reason}): {processed.message}"]
        case NewEdition():
            return [
                f"Waiting for you: {processed.message}",
                f'If it is a new edition: cap add --edition "{processed.path}"',
                f'If it is a separate review: cap add --separate "{processed.path}"',
            ]
        case Ingested():
            return [f"{processed.file}: {warning}" for warning in processed.warnings]
        case AlreadyIngested():
            return []


def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="One or more review PDFs.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a file, on one line.")] = False,
) -> None:
    """Show what would be read from these PDFs.

    It shows the particulars and the recommendations with their pages, and stores nothing.
    """
    from extract.codec import rejected_to_json, to_json
    from services.house import open_house
    from services.previewing import preview

    rejected = False
    with open_house(load_settings()) as house:
        for result in preview(house, files):
            if isinstance(result, Rejected):
                rejected = True
                say(f"Not taken ({result.reason}): {result.message}")
            if as_json:
                write_json_line(rejected_to_json(result) if isinstance(result, Rejected) else to_json(result))
            elif not isinstance(result, Rejected):
                for line in (*_particulars(result), *_listed(result)):
                    write_line(line)
                for warning in result.warnings:
                    say(f"{result.file}: {warning}")
    if rejected:
        raise typer.Exit(SOME_REJECTED)


def _listed(result: Extraction) -> Iterator[str]:
    """The recommendations in the order of the review, and what reads like one, the likeliest first."""
    for r in result.recommendations:
        also = f", also {', '.join(map(str, r.also_on))}" if r.also_on else ""
        yield f"  [page {r.page}{also}] {r.number or '-'}  {r.lead_in + ' ' if r.lead_in else ''}{r.text}"
    if result.possible:
        yield f"  {len(result.possible)} possible, the likeliest first:"
    for q in sorted(result.possible, key=lambda q: -q.score):
        yield f"  [page {q.page}] {q.score:.2f} ({q.why}): {q.text}"


def _particulars(result: Extraction) -> tuple[str, str]:
    p = result.particulars
    said = {"reference": p.case_ref, "type": p.review_type, "publisher": p.publisher, "published": p.published}
    facts = "; ".join(f"{name} {value or 'not stated'}" for name, value in said.items())
    return f"{result.file}: {p.title or 'no title found'}", f"  {facts}; {result.pages} pages"

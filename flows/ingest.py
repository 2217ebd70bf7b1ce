"""The main job as a Prefect flow: survey the corpus, read new reviews side by side, enter them one by one, publish.

Flows and tasks pass identifiers only: a run's name and a PDF's sha256. What they work on is looked up in this process.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from prefect import flow, get_run_logger, task
from prefect.client.schemas.objects import State, TaskRun
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task

from domain.errors import PlanError
from domain.processed import AlreadyIngested, Ingested, Processed, RunReport
from domain.records import CountRow
from flows.cluster import cluster_runner, read_elsewhere
from flows.server import some_server
from flows.settings import orchestrated
from flows.unattended import unattended
from plan import writing
from plan.counts import counts
from plan.refusals import record_refusals
from services.clock import clock_behind, clock_words
from services.demo import begin
from services.house import House
from services.ingestion import enter, new_run, read_and_encode, read_and_keep, settle, survey
from services.intake import Arrival, files_in
from services.keeping import forget_stale_readings
from services.publishing import is_current, refresh, working_copy
from services.settings import Settings
from services.spreading import call_in, hand_out
from services.trouble import model_trouble
from services.turns import Waiting, turn
from services.unattended import JOBS
from services.watching import at_rest

WORDS: Final = {
    "Ingested": "taken in", "AlreadyIngested": "known already", "Rejected": "not taken",
    "NewEdition": "waiting for you to say whether it is a new edition",
}  # fmt: skip
Advance = Callable[[str, int, int], None]


@dataclass
class Work:
    """What one run works on, in this process: the house, the files, and what has become of each so far.

    settled: nobody is writing to the files any more; who: the person who began it, "" where it began by itself.
    """

    house: House
    files: Sequence[Path]
    again: bool = False
    edition: bool | None = None
    advance: Advance = lambda what, done, total: None
    spread: bool = False
    settled: bool = False
    who: str = ""
    arrivals: dict[str, Arrival] = field(default_factory=dict)
    outcomes: list[Processed] = field(default_factory=list)
    became: dict[str, Processed] = field(default_factory=dict)
    outputs: tuple[Path, ...] = ()
    begun: str = ""


_works: dict[str, Work] = {}


@contextmanager
def _working(run: str, work: Work) -> Iterator[None]:
    _works[run] = work
    try:
        yield
    finally:
        del _works[run]


def ingest(
    settings: Settings,
    files: Sequence[Path],
    *,
    again: bool = False,
    edition: bool | None = None,
    advance: Advance = lambda what, done, total: None,
    waiting: Waiting = lambda words: None,
    cluster: str = "",
    house: House | None = None,
    settled: bool = False,
) -> tuple[RunReport, tuple[CountRow, ...]]:
    """Run the flow in this process for these files; gives what became of each, and the counts by quadrant.

    waiting: is told where another run is at work, for which this one waits; cluster: the address of a Dask scheduler whose
    workers read and encode, where one is given. What is entered is entered here. house: one that was begun already, and is
    closed at the end; settled: nobody is writing to the files any more, as to those that came through a browser.
    """
    started = time.perf_counter()
    run = new_run()
    with ExitStack() as stack:
        house = stack.enter_context(house or House(settings))
        stack.enter_context(turn(settings, JOBS["reviews"], waiting=waiting))
        stack.enter_context(
            _working(run, Work(house, files, again, edition, advance, bool(cluster), settled, house.who))
        )
        runner: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=settings.workers)
        if cluster:
            runner = cluster_runner(cluster)
            stack.enter_context(some_server(settings))
        stack.enter_context(orchestrated(settings.outputs))
        ingest_reviews.with_options(task_runner=runner)(run)
        work = _works[run]
        behind = clock_behind(house)
        report = RunReport(
            tuple(work.outcomes),
            time.perf_counter() - started,
            tuple(map(str, work.outputs)),
            tuple(note for note in (work.begun, clock_words(behind) if behind else "", model_trouble(house)) if note),
        )
        return report, counts(house.plan, house.framework)


def _try_again(task: Task[..., object], run: TaskRun, state: State[object]) -> bool:
    """Another program may hold the plan for a moment: that is worth a second try. Nothing else is."""
    return isinstance(state.result(raise_on_failure=False), PlanError)


@task(name="read review", task_run_name="read {sha256}")
def read_review(run: str, sha256: str) -> None:
    """Read one PDF in the sandbox and keep what came of it, with its vectors where the plan cannot have them already."""
    work = _works[run]
    (read_and_keep if work.again else read_and_encode)(work.house, work.arrivals[sha256])


@task(
    name="enter review", task_run_name="enter {sha256}", retries=2, retry_delay_seconds=2, retry_condition_fn=_try_again
)
def enter_review(run: str, sha256: str) -> None:
    """Label a review that was read and enter it in the plan, in one transaction."""
    work = _works[run]
    outcome = enter(work.house, work.arrivals[sha256], run, again=work.again, edition=work.edition)
    work.became[sha256] = outcome
    work.outcomes.append(outcome)


@task(name="seek near-repeats", retries=2, retry_delay_seconds=2, retry_condition_fn=_try_again)
def seek_repeats(run: str) -> None:
    """Seek near-repeats over the whole plan, for what was entered since they were last sought."""
    work = _works[run]
    work.outcomes = list(settle(work.house, work.outcomes))


@task(name="publish")
def publish(run: str) -> None:
    """Write the partnership's working copy."""
    work = _works[run]
    work.outputs = refresh(work.house)


@flow(name="ingest reviews", flow_run_name="ingest {run}", validate_parameters=False)
def ingest_reviews(run: str = "") -> None:
    """Take new reviews of the corpus into the plan. Without a run of this process's own, the settings say which corpus."""
    # To a cluster Prefect sends this function with whatever of the module it names: so it names functions only.
    if run:
        _ingest(run)
    else:
        _ingest_by_settings()


def _ingest_by_settings() -> None:
    with unattended("reviews") as (settings, report):
        run, files = new_run(), at_rest(files_in(settings.corpus))
        with House(settings) as house, _working(run, Work(house, files)):
            _ingest(run)
            report.words = ", ".join(f"{n} {WORDS[name]}" for name, n in _tally(_works[run]).items()) or "no files"


def _ingest(run: str) -> None:
    work, log = _works[run], get_run_logger()
    work.begun = begin(work.house)
    forget_stale_readings(work.house)
    found = survey(work.house, work.files, again=work.again, settled=work.settled)
    work.arrivals.update({arrival.sha256: arrival for arrival in found.to_read})
    work.outcomes.extend(found.settled)
    log.info("%d files: %d to read, %d known or refused", len(work.files), len(found.to_read), len(found.settled))
    if found.to_read:
        writing.record_run_start(work.house.plan, run, "ingest", who=work.who)
        _read_and_enter(run, found.to_read)
    seek_repeats(run)
    if found.to_read:
        writing.record_run_finish(work.house.plan, run, "done", _tally(work))
    _settle_doubles(work, found.doubles)
    record_refusals(work.house.plan, work.outcomes)
    work.outputs = working_copy(work.house.settings)
    if not is_current(work.house):
        publish(run)
    log.info("done: %s", _tally(work))


def _read_and_enter(run: str, arrivals: Sequence[Arrival]) -> None:
    """Read side by side, enter one by one: the plan has one writer."""
    work = _works[run]
    place = str(hand_out(work.house, run, arrivals)) if work.spread else ""
    readings = {
        arrival.sha256: read_elsewhere.submit(place, run, arrival.sha256)
        if work.spread
        else read_review.submit(run, arrival.sha256)
        for arrival in arrivals
    }
    for done, (sha256, reading) in enumerate(readings.items()):
        work.advance(work.arrivals[sha256].name, done, len(arrivals))
        reading.wait()
        if work.spread and not reading.state.is_completed():
            # Workers that die, or cannot reach the files, lose nothing: what they could not read is read here.
            get_run_logger().warning("a worker could not read %s; it is read here", sha256)
            read_review(run, sha256)
        else:
            reading.result()
        enter_review(run, sha256)
    if work.spread:
        call_in(work.house, run)
    work.advance("done", len(arrivals), len(arrivals))


def _tally(work: Work) -> dict[str, int | float | str]:
    """How many files ended in which way."""
    return dict(Counter(type(outcome).__name__ for outcome in work.outcomes))


def _settle_doubles(work: Work, doubles: Sequence[Arrival]) -> None:
    """Other names of content that was read in this run: what became of that is said of them too, under their own name."""
    for double in doubles:
        first = work.became[double.sha256]
        if isinstance(first, Ingested | AlreadyIngested):
            work.outcomes.append(AlreadyIngested(double.name, first.review))
        else:
            message = f"{double.name} has the same content as {first.file}. {first.message}"
            work.outcomes.append(replace(first, file=double.name, message=message))

"""What a run of the schedule has around it: the settings as they are, its turn, its log, and a word kept of how it ended."""

from collections.abc import Iterator
from contextlib import contextmanager

from prefect import get_run_logger

from flows.settings import log_file
from services.settings import Settings, load_settings
from services.turns import turn
from services.unattended import JOBS, Report, noted


@contextmanager
def unattended(job: str) -> Iterator[tuple[Settings, Report]]:
    """Within it a job of the schedule runs in this process; gives the settings and what it may report."""
    settings = load_settings()
    with log_file(settings.outputs), noted(settings, job) as report:
        with turn(settings, JOBS[job], waiting=get_run_logger().info):
            yield settings, report

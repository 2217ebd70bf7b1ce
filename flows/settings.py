"""How Prefect runs here: on this machine alone unless a server is configured, and never with its telemetry.

`prepare` must run before anything imports prefect; `orchestrated` is the context in which flows are called.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from domain.errors import CannotWork

_ALWAYS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    # The temporary server costs up to ten seconds for the first flow of a process, and cannot schedule.
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
}
_UNLESS_SET = {
    "PREFECT_LOGGING_LEVEL": "INFO",
    # Prefect's own report of a failure is a traceback; the terminal gets our one sentence, the log file the rest.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_TASKS_DEFAULT_NO_CACHE": "true",
}
_ALONE = {
    # A key without an address is how Prefect's settings say "emit no events": there is no one to receive them.
    "api.key": "none",
    "logging.to_api.enabled": False,
    "client.csrf_support_enabled": False,
    "client.server_version_check_enabled": False,
}
_LOG_BYTES, _LOGS_KEPT = 2_000_000, 3


def prepare(outputs: Path) -> None:
    """Set Prefect's environment variables, before its first import, so that all it writes lies in `outputs`/prefect.

    A PREFECT_HOME, PREFECT_API_URL or logging level that is set already stays. The variables are inherited by
    processes started from here. Raises CannotWork where prefect was imported before it was ever prepared, and where
    the folder cannot be made.
    """
    if "prefect" in sys.modules and os.environ.get("PREFECT_SERVER_EPHEMERAL_ENABLED") != "false":
        raise CannotWork("Prefect was loaded before its settings. Start the command `cap`, which does it in order.")
    with _writing(_home(outputs)):
        _home(outputs).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=_home(outputs)):
            pass
    os.environ.update(_ALWAYS)
    for name, value in {**_UNLESS_SET, "PREFECT_HOME": str(_home(outputs))}.items():
        os.environ.setdefault(name, value)


@contextmanager
def orchestrated(outputs: Path) -> Iterator[None]:
    """The context in which flows run: states, retries and a log in `outputs`/prefect/flows.log.

    With PREFECT_API_URL set (or `api.url` in Prefect's own settings) they run against that server and show in its UI;
    without, against a record kept by this process, `outputs`/prefect/flow-runs.jsonl, and no connection is made.
    Raises CannotWork where a server is configured and does not answer.
    """
    prepare(outputs)
    from prefect.settings import get_current_settings, temporary_settings

    settings = get_current_settings()
    # Prefect waits up to a second for its heartbeat at the end of every flow; nothing here listens for heartbeats.
    heartbeat = settings.flows.heartbeat_frequency if "PREFECT_FLOWS_HEARTBEAT_FREQUENCY" in os.environ else None
    with ExitStack() as stack:
        updates: dict[str, object] = {
            "home": _home(outputs),
            "flows.heartbeat_frequency": heartbeat,
            # Results are not kept, yet Prefect pickles the exception of every failed flow: it goes when we go.
            "results.local_storage_path": Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="prefect-"))),
        }
        stack.enter_context(log_file(outputs))
        if settings.api.url:
            stack.enter_context(temporary_settings(updates=updates))
            _check_server(settings.api.url)
        else:
            from flows.local_api import local_client

            record = _home(outputs) / "flow-runs.jsonl"
            with _writing(record):
                _turn_over(record)
                record.open("a").close()
            stack.enter_context(temporary_settings(updates={**updates, **_ALONE}))
            stack.enter_context(local_client(record))
        yield


def _home(outputs: Path) -> Path:
    """Where Prefect keeps what it keeps."""
    return outputs.resolve() / "prefect"


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    """Within it, what the disk refuses is said with the place and what to do."""
    try:
        yield
    except OSError as error:
        raise CannotWork(
            f"{place} cannot be written to ({error.strerror or error}). "
            "Give yourself the right to write there, or set CAP_OUTPUTS to another folder."
        ) from error


def _check_server(url: str) -> None:
    """Ask the configured server whether it is there."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        if client.api_healthcheck() is not None:
            raise CannotWork(
                f"The Prefect server at {url} does not answer. Start it, or unset PREFECT_API_URL to work without one."
            )


@contextmanager
def log_file(outputs: Path) -> Iterator[None]:
    """Within it what flows and tasks log goes to `outputs`/prefect/flows.log too, which is turned over before it grows large."""
    home = _home(outputs)
    with _writing(home / "flows.log"):
        home.mkdir(parents=True, exist_ok=True)
        handler = turned_over(home / "flows.log")
    logger = logging.getLogger("prefect")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()


def turned_over(file: Path) -> logging.Handler:
    """A log in a file that is turned over before it grows large."""
    handler = _Log(file, maxBytes=_LOG_BYTES, backupCount=_LOGS_KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    return handler


def _turn_over(file: Path) -> None:
    """Let a file that others may be writing to begin anew where it has grown large; as many older ones are kept as of logs."""
    with suppress(OSError):  # it is not there yet, or another process turns it over
        if file.stat().st_size < _LOG_BYTES:
            return
        for number in range(_LOGS_KEPT, 0, -1):
            older = file.with_name(f"{file.name}.{number - 1}") if number > 1 else file
            if older.exists():
                older.replace(file.with_name(f"{file.name}.{number}"))


class _Log(RotatingFileHandler):
    """A log that fails in silence: where the disk is full, the work says so itself, and a log's complaints would drown it."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Let the line go."""

    def close(self) -> None:
        """Close the file, whatever it still wanted to write."""
        with suppress(OSError):
            super().close()

"""The schedule: Prefect's server and runner kept going, the corpus watched, each job started when it is time."""

import threading
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import httpx
from watchfiles import watch

from domain.errors import CannotWork, CapError
from flows.children import Child, schedule_log
from flows.server import LOG, Say, configured_server, free_port, own_server, wait_for
from flows.serving import NAMES, check_clock
from flows.settings import prepare
from plan.drives import is_remote
from plan.teaching import untaught
from services.house import House
from services.settings import Settings
from services.unattended import note_fault, note_well, only_schedule, standing
from services.watching import Look, Watch, look

LOOK_SECONDS, LOOK_SECONDS_REMOTE = 2.0, 30.0
TEACHING_SECONDS: Final = 60.0
SERVER_LOST_SECONDS: Final = 120.0


def keep_schedule(settings: Settings, stop: threading.Event, *, say: Say = lambda words: None) -> None:
    """Keep the schedule until `stop` is set: on the Prefect server that is configured, else on one of its own.

    say: is told, once each, what a person at the terminal should know. Raises `CannotWork` where another process keeps it, a
    configured server does not answer, or our own does not start, `UsageError` for times that are none.
    """
    prepare(settings.outputs)
    check_clock(settings)
    with ExitStack() as stack:
        configured = configured_server()
        address = configured or f"http://127.0.0.1:{free_port(settings.prefect_port, say)}/api"
        from prefect.settings import temporary_settings

        stack.enter_context(temporary_settings({"api.url": address}))
        stack.enter_context(only_schedule(settings, address.removesuffix("/api")))
        log = schedule_log(settings.outputs.resolve() / "prefect" / LOG)
        server = None if configured else own_server(address, log)
        children = [
            child
            for child in (server, Child("runner", "flows.serving", [], {"PREFECT_API_URL": address}, log))
            if child
        ]
        for child in children:
            stack.callback(child.end)  # the runner goes before the server
        wait_for(address, server, stop)
        if stop.is_set():
            return
        say(
            f"The schedule is running: {settings.corpus} is watched, and counts are refreshed by the clock (CAP_REFRESH: {settings.refresh})."
        )
        say(f"Its runs are shown at {address.removesuffix('/api')}. Stop it with Ctrl+C.")
        Keeper(settings, children, address, say).keep(stop)


class Keeper:
    """Looks, every few seconds, what is to be done, and has it done."""

    def __init__(self, settings: Settings, children: list[Child], address: str, say: Say) -> None:
        self._settings = settings
        self._children = children
        self._address = address
        self._say = say
        self._watch = Watch()
        self._going: dict[str, UUID] = {}
        self._looked: Look = {}
        self._wake = threading.Event()
        self._every = LOOK_SECONDS_REMOTE if is_remote(settings.corpus) else LOOK_SECONDS
        self._taught = self._answered = time.monotonic()

    def keep(self, stop: threading.Event) -> None:
        """Go on until `stop` is set."""
        hears: threading.Thread | None = None
        while not stop.is_set():
            for child in self._children:
                child.mind()
            if hears is None or not hears.is_alive():
                hears = threading.Thread(target=self._hear, args=(stop,), daemon=True)
                hears.start()
            try:
                self._turn()
            except (httpx.HTTPError, OSError) as error:  # the server is starting again; what is due stays due
                self._lost(type(error).__name__)
            self._pause(stop)

    def _pause(self, stop: threading.Event) -> None:
        """Wait for the next look, or for something to change in the corpus."""
        end = time.monotonic() + self._every
        while not stop.is_set() and time.monotonic() < end and not self._wake.wait(0.3):
            pass
        self._wake.clear()

    def _turn(self) -> None:
        """One look at everything."""
        self._see_what_ended()
        if fresh := self._fresh():
            self._start("reviews")
            self._looked = fresh
        for job in NAMES:
            kept = standing(self._settings, job)
            if kept is not None and kept.due_again is not None and datetime.now(UTC) >= kept.due_again:
                self._start(job)
        if time.monotonic() - self._taught >= TEACHING_SECONDS:
            self._taught = time.monotonic()
            if self._enough_decided():
                self._start("model")
        self._answered = time.monotonic()
        note_well(self._settings, "server")

    def _fresh(self) -> Look:
        """Files that have come to rest and nobody has taken; none while a run is on its way that takes them all."""
        try:
            fresh = self._watch.settled(look(self._settings.corpus), time.monotonic())
        except CannotWork as error:
            if note_fault(self._settings, "corpus", str(error)):
                self._say(str(error))
            return {}
        if note_well(self._settings, "corpus"):
            self._say(f"The folder {self._settings.corpus} can be read again.")
        return {} if "reviews" in self._going else fresh

    def _start(self, job: str) -> None:
        """Have Prefect run a job, unless it is on its way already."""
        from prefect.client.orchestration import get_client
        from prefect.exceptions import ObjectNotFound

        if job in self._going:
            return
        with get_client(sync_client=True) as client:
            try:
                deployment = client.read_deployment_by_name(NAMES[job])
            except ObjectNotFound:  # the runner has not come so far
                return
            self._going[job] = client.create_flow_run_from_deployment(deployment.id).id

    def _see_what_ended(self) -> None:
        """Forget runs that have ended. Files that were looked at in one count as taken: what failed is tried again by its job."""
        from prefect.client.orchestration import get_client
        from prefect.exceptions import ObjectNotFound

        if not self._going:
            return
        with get_client(sync_client=True) as client:
            for job, run in list(self._going.items()):
                try:
                    state = client.read_flow_run(run).state
                except ObjectNotFound:  # the server has lost its memory: what is due is started again
                    del self._going[job]
                    continue
                if state is None or not state.is_final():
                    continue
                del self._going[job]
                kept = standing(self._settings, job)
                if kept is not None and kept.failed and kept.failures == 1:
                    self._say(kept.words)  # once: the home page and cap doctor go on telling it
                if job == "reviews":
                    self._watch.take(self._looked)

    def _enough_decided(self) -> bool:
        """Whether enough labels were decided since a model last learnt. A plan that cannot be read now is asked again later."""
        with suppress(CapError), House(self._settings) as house:
            return house.has_plan and untaught(house.plan) >= self._settings.train_after
        return False

    def _lost(self, why: str) -> None:
        """Prefect's server does not answer; said once it has been so for a while, since starting again takes a moment."""
        if time.monotonic() - self._answered < SERVER_LOST_SECONDS:
            return
        words = f"Prefect's server at {self._address} does not answer ({why}), so nothing is started. Details: prefect/schedule.log."
        if note_fault(self._settings, "server", words):
            self._say(words)

    def _hear(self, stop: threading.Event) -> None:
        """Wake at once when something changes in the corpus; where the system does not tell, as on network drives, looking does."""
        # The folder may not be there, or no longer: it is tried again with the next look.
        with suppress(OSError, RuntimeError):
            for _ in watch(self._settings.corpus, stop_event=stop, raise_interrupt=False):
                self._wake.set()

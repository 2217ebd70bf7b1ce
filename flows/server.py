"""A Prefect server: the one that is configured, or one of our own for as long as it is needed."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

import httpx

from domain.errors import CannotWork
from flows.children import Child, schedule_log
from flows.settings import prepare
from services.settings import Settings

START_SECONDS: Final = 180.0  # the first start makes the server's database, on a slow and busy computer
ANSWER_SECONDS: Final = 10.0
LOG: Final = "schedule.log"

Say = Callable[[str], None]


def configured_server() -> str:
    """The address of the Prefect server that a person has configured; '' where none is."""
    from prefect.settings import get_current_settings

    return str(get_current_settings().api.url or "")


def free_port(wanted: int, say: Say = lambda words: None) -> int:
    """A port of this computer to listen at: the one that is wanted, or any that is free. Raises `CannotWork`."""
    for port in (wanted, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                if port == 0:
                    say(f"Port {wanted} is taken, so that Prefect's pages are at another address.")
                return int(probe.getsockname()[1])
    raise CannotWork(
        "No port of this computer is free, so that Prefect's server cannot start. Stop another program and try again."
    )


def own_server(address: str, log: logging.Logger) -> Child:
    """Our own server at an address such as http://127.0.0.1:4200/api, still to be started; only this computer reaches it."""
    port = address.removesuffix("/api").rpartition(":")[2]
    arguments = ["server", "start", "--host", "127.0.0.1", "--port", port, "--log-level", "WARNING"]
    return Child("server", "prefect", arguments, {}, log)


def wait_for(address: str, own: Child | None, stop: threading.Event) -> None:
    """Wait until a server answers, or `stop` is set; starts `own`, and minds it meanwhile. Raises `CannotWork`."""
    end = time.monotonic() + (ANSWER_SECONDS if own is None else START_SECONDS)
    while not stop.is_set():
        if own is not None:
            own.mind()
        with suppress(httpx.HTTPError):
            if httpx.get(f"{address}/health", timeout=5).is_success:
                return
        if time.monotonic() > end:
            what = (
                "Start it, or unset PREFECT_API_URL to let the software keep one of its own."
                if own is None
                else f"More stands in prefect/{LOG} in the outputs folder."
            )
            raise CannotWork(f"The Prefect server at {address} does not answer. {what}")
        stop.wait(0.3)


@contextmanager
def some_server(settings: Settings) -> Iterator[str]:
    """Within it there is a server, at the address that is given: the configured one, or one that ends with the block."""
    prepare(settings.outputs)
    from prefect.logging.handlers import APILogHandler
    from prefect.settings import temporary_settings

    address = configured_server()
    if address:
        yield address
        return
    address = f"http://127.0.0.1:{free_port(settings.prefect_port)}/api"
    own = own_server(address, schedule_log(settings.outputs.resolve() / "prefect" / LOG))
    try:
        wait_for(address, own, threading.Event())
        with temporary_settings({"api.url": address}):
            yield address
            APILogHandler().flush()  # what it has still to say goes to a server that is there
    finally:
        own.end()

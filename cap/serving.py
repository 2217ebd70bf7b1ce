"""`cap serve`: the web application."""

import logging
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from cap.output import say
from domain.errors import CannotWork, UsageError
from services.settings import Settings, load_settings

if TYPE_CHECKING:
    from fastapi import FastAPI

PORT = 8000


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(serve)


def serve(
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="The network address to offer it on. Any address but this computer's own needs accounts first.",
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="NUMBER", min=1, max=65535, help="The port to offer it on.")] = PORT,
    demo: Annotated[bool, typer.Option("--demo", help="Show the fictional samples instead of your own plan.")] = False,
) -> None:
    """Open the web application, until you stop it with Ctrl+C.

    It is at http://127.0.0.1:8000. Without accounts it is open to this computer only. To let others in, make accounts first
    (cap users), then give an address of this computer with --host, and put it behind an HTTPS proxy (ask IT).
    """
    settings = _settings(demo)
    app = _application(settings, host)
    _check_free(host, port)
    shown = f"[{host}]" if ":" in host else host
    say(f"Throughline is at http://{shown}:{port}. Stop it with Ctrl+C.")
    import uvicorn

    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    uvicorn.run(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False,
        proxy_headers=False, timeout_graceful_shutdown=10,
    )  # fmt: skip


def _settings(demo: bool) -> Settings:
    """Those of the plan to show: the samples' where they are asked for, or where there is nothing else yet."""
    from services.house import is_there
    from services.samples import OWN_SAMPLES

    settings = load_settings()
    samples = settings if settings.corpus == OWN_SAMPLES else settings.demo(OWN_SAMPLES)
    if demo:
        if not is_there(samples.plan_file):
            raise UsageError("The samples have not been taken in yet. With an empty PDF folder, cap run does that.")
        return samples
    if not is_there(settings.plan_file) and is_there(samples.plan_file) and settings.corpus != samples.corpus:
        say("There is no plan of your own yet, so the fictional samples are shown. The first cap run makes one.")
        return samples
    return settings


def _application(settings: Settings, host: str) -> "FastAPI":
    from review.app import create_app
    from review.guard import LOCAL_NAMES, is_loopback
    from services.accounts import has_accounts
    from services.house import open_house

    with open_house(settings) as house:
        accounts = has_accounts(house)
    if not is_loopback(host) and not accounts:
        raise UsageError(
            f"Listening at {host} would let everybody in who reaches this computer. Make an account first: "
            "cap users add NAME --role administrator"
        )
    if settings.proxy_header and not accounts:
        say("CAP_PROXY_HEADER says who signs in only once there are accounts: cap users add NAME --role administrator")
    named = {name.strip().casefold() for name in settings.hosts.split(",") if name.strip()}
    # With accounts a stranger's name for this computer opens nothing: the cookie belongs to the name it was given under.
    return create_app(settings, hosts=frozenset({"*"} if accounts else {*LOCAL_NAMES, *named}))


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotWork(
                f"Nothing can listen at {host}, port {port} ({error.strerror or error}). Is Throughline running already? "
                f"Otherwise choose another port: cap serve --port {port + 1 if port < 65535 else PORT}"
            ) from error

"""`cap schedule`: the work that goes on by itself."""

import signal
import threading
from types import FrameType

import typer

from cap.output import say
from services.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(schedule)


def schedule() -> None:
    """Keep reading, counting and training automatically.

    It goes on until you stop it with Ctrl+C. A PDF put into the PDF folder is read once it has finished copying. Counts,
    exports and a backup are made on Mondays at 6 am (change this with CAP_REFRESH). After 50 new label decisions
    (CAP_TRAIN_AFTER) the model is retrained. How each job went is shown on Home and by cap doctor.
    """
    from services.house import make_folder

    settings = load_settings()
    make_folder(settings.outputs)
    from flows.schedule import keep_schedule

    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    say("Starting. The first start takes half a minute.")
    keep_schedule(settings, stop, say=say)
    say("The schedule has ended. What was reported as done is kept.")

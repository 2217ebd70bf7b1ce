"""The command `cap`: assembled from its groups, with one place that turns errors into sentences and exit codes."""

import os
import sys
from typing import Annotated

import typer

from cap import (
    acting,
    asking,
    briefing,
    checking,
    deciding,
    differing,
    ending,
    erasing,
    health,
    importing,
    model,
    people,
    proposing,
    publishing,
    repeating,
    reviews,
    safekeeping,
    scheduling,
    serving,
    stated,
    texts,
)
from cap.listing import ByUse
from cap.output import say
from domain.errors import CannotWork, CapError, SandboxError, UsageError

WRONG_USAGE, CANNOT_WORK, INTERRUPTED = 2, 3, 130

app = typer.Typer(
    name="cap",
    cls=ByUse,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={
        "help_option_names": ["-h", "--help"],
        # A reason is --why in every command; who is used to --reason need not know where.
        "token_normalize_func": lambda word: "why" if word == "reason" else word,
    },
)
for group in (
    reviews,
    proposing,
    texts,
    asking,
    stated,
    publishing,
    briefing,
    checking,
    differing,
    deciding,
    acting,
    ending,
    erasing,
    importing,
    repeating,
    model,
    serving,
    people,
    scheduling,
    safekeeping,
    health,
):
    group.register(app)


@app.callback()
def cap(
    context: typer.Context,
    demo: Annotated[
        bool,
        typer.Option("--demo", help="Work on the fictional samples in outputs/demo, and never on your own plan."),
    ] = False,
) -> None:
    """Throughline: from a published safeguarding review to a monitored action.

    The plan is kept in outputs/cap.db; start with: cap run
    """
    if demo:
        _samples_for(context)


def _samples_for(context: typer.Context) -> None:
    """Let the samples be the corpus until the command has ended: from them alone follows that everything is the demo's."""
    from services.intake import is_samples
    from services.samples import OWN_SAMPLES

    if not is_samples(OWN_SAMPLES):
        raise UsageError(f"The fictional samples are not there: {OWN_SAMPLES}. Install the software again.")
    before = os.environ.get("CAP_CORPUS")
    os.environ["CAP_CORPUS"] = str(OWN_SAMPLES)

    def put_back() -> None:
        if before is None:
            os.environ.pop("CAP_CORPUS", None)
        else:
            os.environ["CAP_CORPUS"] = before

    context.call_on_close(put_back)


def main() -> None:
    """Run a command. Exit codes: 0 all done, 1 some inputs rejected, 2 wrong usage, 3 cannot work at all."""
    try:
        app(prog_name="cap")
    except (CannotWork, SandboxError) as error:
        say(str(error))
        sys.exit(CANNOT_WORK)
    except CapError as error:
        say(str(error))
        sys.exit(WRONG_USAGE)
    except SystemExit as end:
        if end.code == INTERRUPTED:
            say("Stopped. What was reported as done is kept; run the command again for the rest.")
        raise


if __name__ == "__main__":
    main()

"""The Prefect deployments of the schedule and the runner that carries them out, one run at a time: `python -m flows.serving`."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from domain.errors import UsageError
from flows.settings import prepare
from services.settings import Settings, load_settings

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

NAMES: Final = {
    "reviews": "ingest reviews/corpus",
    "counts": "refresh counts/regularly",
    "model": "train classifier/when enough was decided",
}
"""What Prefect calls the deployment of each job: the flow, and the deployment's own name behind it."""


def check_clock(settings: Settings) -> None:
    """Raise `UsageError` where the times of the schedule are none that Prefect could go by."""
    from prefect.client.schemas.schedules import CronSchedule
    from pydantic import ValidationError

    try:
        CronSchedule(cron=settings.refresh, timezone=settings.timezone)
    except ValidationError as error:
        name = "CAP_TIMEZONE" if error.errors()[0]["loc"] == ("timezone",) else "CAP_REFRESH"
        if name == "CAP_TIMEZONE":
            raise UsageError(f"CAP_TIMEZONE cannot be {settings.timezone!r}: write it like Europe/London.") from error
        raise UsageError(
            f'CAP_REFRESH cannot be {settings.refresh!r}: write it like "0 6 * * 1" (minute 0, hour 6, any day, any month, Monday).'
        ) from error


def deployments(settings: Settings) -> "list[RunnerDeployment]":
    """The flows as Prefect deploys them: one goes by the clock, the others when the schedule sees that it is time."""
    from prefect import Flow
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.ingest import ingest_reviews
    from flows.refresh import refresh_counts
    from flows.train import train_classifier

    flows: dict[str, Flow[..., None]] = {
        "reviews": ingest_reviews, "counts": refresh_counts, "model": train_classifier,
    }  # fmt: skip
    made = []
    for job, flow in flows.items():
        deployed = flow.to_deployment(
            name=NAMES[job].partition("/")[2],
            schedule=Cron(settings.refresh, timezone=settings.timezone) if job == "counts" else None,
            entrypoint_type=EntrypointType.MODULE_PATH,
            # The file's own docstring says what the flow does; Prefect shows it.
            description=flow.description,
        )
        assert not asyncio.iscoroutine(deployed)
        made.append(deployed)
    return made


def main() -> None:
    """Carry out the runs of the schedule until told to end."""
    settings = load_settings()
    prepare(settings.outputs)
    from prefect.exceptions import TerminationSignal
    from prefect.runner import Runner

    made = deployments(settings)

    async def run() -> None:
        # The plan has one writer; and a schedule that stops for a moment is not paused for good.
        runner = Runner(name="throughline", limit=1, pause_on_shutdown=False)
        for deployment in made:
            await runner.aadd_deployment(deployment)
        await runner.start()

    with suppress(KeyboardInterrupt, TerminationSignal):
        asyncio.run(run())


if __name__ == "__main__":
    main()

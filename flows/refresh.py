"""The scheduled refresh as a Prefect flow: releases of embargoes, today's counts, the working copy."""

from prefect import flow, get_run_logger, task

from flows.settings import orchestrated
from plan.deciding import release_embargoes
from services.house import House
from services.ingestion import new_run
from services.publishing import refresh
from services.settings import Settings, load_settings

_settings: dict[str, Settings] = {}


@task(name="release embargoes")
def release(run: str) -> int:
    """Publish the reviews whose day of release has come; gives how many."""
    with House(_settings[run]) as house:
        return len(release_embargoes(house.existing_plan(), who=run))


@task(name="count and publish")
def count_and_publish(run: str) -> None:
    """Keep today's counts and write the working copy."""
    with House(_settings[run]) as house:
        refresh(house)


@flow(name="refresh counts", flow_run_name="refresh {run}", validate_parameters=False)
def refresh_counts(run: str = "") -> None:
    """Bring counts and exports up to the day. Without a run of this process's own, with the settings as they are."""
    run = run or new_run()
    _settings.setdefault(run, load_settings())
    get_run_logger().info("embargoes released: %d", release(run))
    count_and_publish(run)


def refresh_here(settings: Settings) -> None:
    """Run the flow in this process."""
    run = new_run()
    _settings[run] = settings
    try:
        with orchestrated(settings.outputs):
            refresh_counts(run)
    finally:
        del _settings[run]

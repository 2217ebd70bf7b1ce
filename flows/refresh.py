"""The scheduled refresh as a Prefect flow: releases of embargoes, today's counts, the working copy, exports, a backup."""

from prefect import flow, get_run_logger, task

from flows.unattended import unattended
from plan.deciding import release_embargoes
from services.backups import back_up
from services.house import House
from services.ingestion import new_run
from services.publishing import refresh, write_regular
from services.settings import Settings

BACKUP = "with the counts"
_settings: dict[str, Settings] = {}


@task(name="release embargoes")
def release(run: str) -> int:
    """Publish the reviews whose day of release has come; gives how many."""
    with House(_settings[run]) as house:
        return len(release_embargoes(house.existing_plan(), who=run))


@task(name="count and publish")
def count_and_publish(run: str) -> None:
    """Keep today's counts; write the working copy, the list of what is overdue and the exports."""
    with House(_settings[run]) as house:
        refresh(house)
        write_regular(house)


@task(name="back up")
def keep_safe(run: str) -> None:
    """Make a backup of plan and models."""
    with House(_settings[run]) as house:
        back_up(house, why=BACKUP, originals=False)


@flow(name="refresh counts", flow_run_name="refresh counts", validate_parameters=False)
def refresh_counts() -> None:
    """Bring counts and exports up to the day, with the settings as they are."""
    with unattended("counts") as (settings, report):
        run = new_run()
        _settings[run] = settings
        try:
            released = release(run)
            get_run_logger().info("embargoes released: %d", released)
            count_and_publish(run)
            keep_safe(run)
        finally:
            del _settings[run]
        report.words = f"counts and exports are of today; embargoes released: {released}"

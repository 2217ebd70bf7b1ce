"""What goes wrong while nobody looks, in sentences: for the home page and cap doctor."""

from services.clock import clock_behind, clock_words, local_time
from services.house import House
from services.settings import Settings
from services.unattended import JOBS, schedule, standings


def troubles(house: House) -> tuple[str, ...]:
    """Everything that somebody should see to; empty where all is well."""
    behind = clock_behind(house) if house.has_plan else ""
    said = (clock_words(behind) if behind else "", model_trouble(house))
    return (*schedule_troubles(house.settings), *(words for words in said if words))


def model_trouble(house: House) -> str:
    """What to do about a model that an update of the software has left behind; "" where there is none."""
    if not house.has_outdated_model:
        return ""
    return (
        "The model that learnt here was made by an earlier version of the software and is not used any more. The model that came "
        "with this version is used until yours has learnt again. What reviewers decided is kept. To let it learn: cap train"
    )


def schedule_troubles(settings: Settings) -> tuple[str, ...]:
    """What is wrong with the schedule and its jobs."""
    kept, runs = schedule(settings)
    out = []
    if kept is not None and not runs and not kept.ended:
        out.append("The schedule is not running, though nobody stopped it. Start it again: cap schedule")
    for one in standings(settings):
        if one.failed:
            again = f" It is tried again at {local_time(one.due_again.isoformat())}." if runs and one.due_again else ""
            out.append(
                f"{JOBS[one.job].capitalize()} has not succeeded since {local_time(one.since)}. {one.words}{again}"
            )
    return tuple(out)

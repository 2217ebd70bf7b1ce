"""What goes wrong while nobody looks, in sentences: for the home page and cap doctor."""

from typing import Final

from publish.wording import sentence_case
from services.clock import clock_behind, clock_words, local_time
from services.house import House
from services.settings import Settings
from services.unattended import JOBS, schedule, standings

WAIT: Final = (
    "New PDFs, counts and backups wait. Ask whoever looks after Throughline to start the schedule again (details: "
    "outputs/prefect/schedule.log)."
)


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


def troubles_on_home(house: House) -> tuple[str, ...]:
    """The same for people at a browser, who neither start the schedule nor read its logs."""
    behind = clock_behind(house) if house.has_plan else ""
    return (*(page for _, page in _told(house.settings)), *((clock_words(behind),) if behind else ()))


def schedule_troubles(settings: Settings) -> tuple[str, ...]:
    """What is wrong with the schedule and its jobs."""
    return tuple(words for words, _ in _told(settings))


def _told(settings: Settings) -> list[tuple[str, str]]:
    """What is wrong with the schedule and its jobs, each in words for the terminal and for a page."""
    kept, runs = schedule(settings)
    out = []
    if kept is not None and not runs and not kept.ended:
        words = "The schedule is not running, though nobody stopped it."
        out.append((f"{words} Start it again: cap schedule", f"The automatic jobs are not running. {WAIT}"))
    for one in standings(settings):
        if not one.failed:
            continue
        since = local_time(one.since)
        again = f" It is tried again at {local_time(one.due_again.isoformat())}." if runs and one.due_again else ""
        words = f"{sentence_case(JOBS[one.job])} has not succeeded since {since}. {one.words}{again}"
        page = f"The automatic jobs have not been running since {since}. {WAIT}" if one.job == "server" else words
        out.append((words, page))
    return out

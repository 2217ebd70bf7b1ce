"""A theme on one page, from the plan."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from domain.errors import UsageError
from domain.states import Audience
from plan.deciding import release_embargoes
from publish.briefing import write_briefing_docx, write_briefing_pdf
from publish.contents import PlanContents
from publish.themes import Theme, theme_of
from services.house import House
from services.publishing import gather

BRIEFINGS: Final[dict[str, Callable[[PlanContents, Theme, Path], Path]]] = {
    "docx": write_briefing_docx,
    "pdf": write_briefing_pdf,
}


def write_the_briefing(house: House, words: str, kind: str, audience: Audience, file: Path | None = None) -> Path:
    """Write one page on a theme, given by its code or title, for one audience; gives the file.

    Raises `UsageError` for a theme or a format that is not known.
    """
    if kind not in BRIEFINGS:
        raise UsageError(f"There is no format {kind}. Choose one of: {', '.join(BRIEFINGS)}.")
    theme = theme_of(house.framework, words)
    release_embargoes(house.existing_plan(), who=house.who)
    name = re.sub(r"[^\w-]+", "-", theme.code.casefold())
    target = file or house.settings.outputs / f"briefing-{name}-{audience}.{kind}"
    return BRIEFINGS[kind](gather(house, audience), theme, target)

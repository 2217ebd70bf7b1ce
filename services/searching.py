"""Search: have we asked for this before, and what became of it?"""

from domain.errors import UsageError
from domain.records import Audience, SearchHit
from plan.search import search
from services.house import House


def search_plan(
    house: House,
    words: str,
    *,
    limit: int = 10,
    quadrant: str | None = None,
    issue: str | None = None,
    agency: str | None = None,
    status: str | None = None,
    audience: Audience = Audience.PARTNERSHIP,
) -> tuple[SearchHit, ...]:
    """Recommendations by words and by meaning, best first, each with its actions.

    Raises `UsageError` for empty words or a filter that the framework does not know.
    """
    if not words.strip():
        raise UsageError('Say what to look for, for example: cap search "fathers in assessments"')
    framework = house.framework
    for code, known, what in (
        (quadrant, framework.quadrant_codes, "quadrant"),
        (issue, framework.issue_codes, "issue"),
        (agency, framework.agency_codes, "agency"),
    ):
        if code is not None and code not in known:
            raise UsageError(f"{code} is no {what} of the framework. Choose from: {', '.join(known)}.")
    plan = house.existing_plan()
    vector = house.encoder.encode([words])[0]
    return search(
        plan,
        words,
        vector,
        house.encoder.name,
        audience=audience,
        limit=limit,
        quadrant=quadrant,
        issue=issue,
        agency=agency,
        status=status,
    )

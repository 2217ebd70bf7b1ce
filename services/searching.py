"""Search: have we asked for this before, and what became of it?"""

from collections.abc import Sequence

from domain.errors import UsageError
from domain.records import SearchHit
from domain.states import Audience, Outcome, Status
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

    Raises `UsageError` for empty words or a filter that is not known.
    """
    if not words.strip():
        raise UsageError('Say what to look for, for example: cap search "fathers in assessments"')
    framework = house.framework
    quadrant = _known(quadrant, framework.quadrant_codes, "quadrant of the framework")
    issue = _known(issue, framework.issue_codes, "issue of the framework")
    agency = _known(agency, framework.agency_codes, "agency of the framework")
    status = _known(status, (*Outcome, *Status), "outcome or status")
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


def _known(word: str | None, known: Sequence[str], what: str) -> str | None:
    """A word as it is spelt among the known ones. Raises `UsageError` for one that is not among them."""
    if word is None:
        return None
    spelt = {k.casefold(): str(k) for k in known}
    if word.casefold() not in spelt:
        raise UsageError(f"{word} is no {what}. Choose from: {', '.join(spelt.values())}.")
    return spelt[word.casefold()]

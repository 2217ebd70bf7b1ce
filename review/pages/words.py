"""Help in plain words, and the accessibility statement: pages that are the same for everybody."""

from dataclasses import dataclass
from typing import ClassVar, Final

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import NotFound
from domain.states import Role
from review.access import Visit, seeing
from review.rendering import render

router = APIRouter()
TOPICS: Final = {
    "start": "First steps",
    "reviews": "Adding reviews",
    "labels": "Checking labels",
    "deciding": "Deciding, and the action plan",
    "repeats": "Near-repeats and search",
    "themes": "Themes and counts",
    "people": "People and who sees what",
    "programs": "For programs",
    "words": "What the words mean",
}


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One topic, with the list of all."""

    template: ClassVar[str] = "help.html"
    topic: str
    topics: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """The topic."""
        return f"Help: {TOPICS[self.topic]}"

    @property
    def body(self) -> str:
        """The template with its words."""
        return f"help/{self.topic}.html"


@dataclass(frozen=True, slots=True)
class AccessibilityPage:
    """The statement."""

    template: ClassVar[str] = "accessibility.html"
    title: ClassVar[str] = "Accessibility"


@router.get("/help")
def first(visit: Visit = seeing(Role.VIEWER)) -> Response:
    """First steps."""
    return topic("start", visit)


@router.get("/help/{name}")
def topic(name: str, visit: Visit = seeing(Role.VIEWER)) -> Response:
    """One topic."""
    if name not in TOPICS:
        raise NotFound("There is no help page with this name. Choose Help in the menu for the list.")
    return render(visit, HelpPage(name, tuple(TOPICS.items())))


@router.get("/accessibility")
def accessibility(visit: Visit = seeing(Role.VIEWER)) -> Response:
    """The statement."""
    return render(visit, AccessibilityPage())

"""What went wrong, in words, and where to go from there."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FailurePage:
    """An error. sent: it came of a form that was sent, rather than of an address."""

    template: ClassVar[str] = "failure.html"
    status: int
    words: str
    sent: bool = False

    @property
    def typed(self) -> bool:
        """Whether what the person typed is what there is to correct."""
        return self.sent and self.status in (400, 409)

    @property
    def title(self) -> str:
        """What kind of thing it was."""
        return {
            401: "Sign in first",
            403: "Not allowed",
            404: "Not found",
            409: "Not possible as things are",
            503: "Not possible at the moment",
        }.get(self.status, "That did not work")

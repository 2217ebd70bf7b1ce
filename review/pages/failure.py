"""What went wrong, in words, and where to go from there."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FailurePage:
    """An error."""

    template: ClassVar[str] = "failure.html"
    status: int
    words: str

    @property
    def title(self) -> str:
        """What kind of thing it was."""
        return {
            401: "Sign in first",
            403: "Not allowed",
            404: "Not found",
            409: "Not as things stand",
            503: "Not possible just now",
        }.get(self.status, "That did not work")

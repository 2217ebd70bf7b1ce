"""Forms as people sent them: words out of fields, with one sentence where a field cannot be taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from starlette.datastructures import FormData, UploadFile

from domain.errors import UsageError


def day_of(words: str) -> date | None:
    """A day as a form or an address gives it, or None where none was given. Raises `UsageError` for anything else."""
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise UsageError(f"“{words}” is not a date. Write it as year, month, day: 2026-11-26.") from error


def address_here(words: str, otherwise: str = "/") -> str:
    """An address of ours to go on to, or `otherwise`: else a link could lead people to a stranger's page."""
    parts = urlsplit(words)
    ours = words.startswith("/") and not words.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return words if ours and words.isprintable() and "\\" not in words else otherwise


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form. Line ends are those of the plan, whatever the browser sends."""

    data: FormData

    def words(self, name: str) -> str:
        """What was typed, without space around it; empty where nothing was."""
        value = self.data.get(name, "")
        return value.replace("\r\n", "\n").replace("\x00", "").strip() if isinstance(value, str) else ""

    def needed(self, name: str, asked: str) -> str:
        """What was typed. Raises `UsageError`, saying what is `asked`, where nothing was."""
        words = self.words(name)
        if not words:
            raise UsageError(asked)
        return words

    def maybe(self, name: str) -> str | None:
        """What was typed, or None where nothing was."""
        return self.words(name) or None

    def back(self, otherwise: str) -> str:
        """The page of ours on which the form was sent, with its filter; `otherwise` where the form does not say."""
        return address_here(self.words("back"), otherwise)

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.words(name))

    def chosen(self, name: str) -> tuple[str, ...]:
        """All the boxes of one name that are ticked, by their values."""
        return tuple(value for value in self.data.getlist(name) if isinstance(value, str) and value)

    def day(self, name: str) -> date | None:
        """A day, or None where none was given. Raises `UsageError` for anything else."""
        return day_of(self.words(name))

    def files(self, name: str) -> Iterator[UploadFile]:
        """The files that were chosen; a field left empty brings none."""
        for value in self.data.getlist(name):
            if isinstance(value, UploadFile) and (value.filename or value.size):
                yield value

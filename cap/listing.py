"""How `cap --help` lists commands: by who needs them, each with a whole sentence."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Final, Protocol

from typer.core import TyperGroup

GROUPS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("Reviews come in", ("run", "add", "extract", "propose", "differences", "erase")),
    ("Labels and near-repeats", ("next", "label", "repeats", "same", "apart", "classify")),
    (
        "What becomes of recommendations",
        ("covered", "not-covered", "adopt", "join", "accept-part", "decline", "section11", "reconsider"),
    ),
    ("Actions", ("action", "progress", "smart", "close", "supersede", "round", "import")),
    ("Questions, counts and documents", ("search", "counts", "stated", "export", "briefing", "meeting", "visibility")),
    ("The model that suggests labels", ("train", "models", "evaluate")),
    ("For whoever runs Throughline", ("serve", "users", "schedule", "backup", "restore", "doctor")),
)


class Lines(Protocol):
    """What a list is written to."""

    def section(self, name: str) -> AbstractContextManager[None]:
        """What is written within it stands under a heading, set in."""
        ...

    def write(self, string: str) -> None:
        """Words as they are."""
        ...

    def write_dl(self, rows: Sequence[tuple[str, str]]) -> None:
        """Names, each with its sentence."""
        ...


class Described(Protocol):
    """What a list tells of: `help` is what it says of itself."""

    help: str | None


class WholeSentences(TyperGroup):
    """A group of commands whose list cuts no sentence off: what does not fit on a line goes on in the next."""

    def format_commands(self, ctx: object, formatter: Lines) -> None:
        """Write the list."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary(command)) for name, command in self.commands.items()])


class ByUse(WholeSentences):
    """The commands of the program, under headings that say when one needs them."""

    def format_commands(self, ctx: object, formatter: Lines) -> None:
        """Write the lists, those under no heading last."""
        listed = {name for _, names in GROUPS for name in names}
        others = ("Others", tuple(name for name in self.commands if name not in listed))
        widest = max(map(len, self.commands), default=0)
        with formatter.section("Commands"):
            for heading, names in (*GROUPS, others):
                rows = [(name.ljust(widest), summary(self.commands[name])) for name in names if name in self.commands]
                if rows:
                    formatter.write(f"\n{heading}\n")
                    formatter.write_dl(rows)


def summary(command: Described) -> str:
    """The first sentence of what a command says of itself, without its full stop."""
    return " ".join((command.help or "").partition("\n\n")[0].split()).removesuffix(".")

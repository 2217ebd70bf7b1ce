"""What a run did with each file that it was given: plain frozen records. In = done + rejected."""

from dataclasses import dataclass, field

from domain.records import Rejected, ReviewRow


@dataclass(frozen=True, slots=True)
class Ingested:
    """A review that entered the plan in this run.

    found, new, repeats, possible, covered: numbers of its recommendations: in all, said for the first time, said before,
    perhaps further ones, and those that an action of the plan seems to answer already.
    """

    file: str
    review: ReviewRow
    found: int
    new: int
    repeats: int
    possible: int
    warnings: tuple[str, ...] = ()
    covered: int = 0


@dataclass(frozen=True, slots=True)
class AlreadyIngested:
    """A review whose content the plan holds already, under this name or another."""

    file: str
    review: ReviewRow


@dataclass(frozen=True, slots=True)
class NewEdition:
    """A file with a known reference and publisher but other content: a person says whether it replaces the old.

    path: where it lies, for whoever answers at a terminal.
    """

    file: str
    review: ReviewRow
    message: str
    path: str = ""


Processed = Ingested | AlreadyIngested | NewEdition | Rejected


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one run did with each file it was given; in = done + rejected. notes: what else a person should know."""

    processed: tuple[Processed, ...]
    seconds: float
    outputs: tuple[str, ...] = field(default=())
    notes: tuple[str, ...] = ()

"""The work that is too heavy for the process that serves pages: reading reviews, training a model. See `review.apart`.

Each is a record that can be sent to another process, and called there with a function that is told how far it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.processed import Processed
from services.settings import Settings
from services.training import Trained

Advance = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Training:
    """Training a model, as `cap train` does it."""

    settings: Settings

    def __call__(self, advance: Advance) -> Trained:
        """Do it; gives what it came to."""
        # Prefect must be prepared before it is imported.
        from flows.settings import prepare

        prepare(self.settings.outputs)
        from flows.train import train_here

        advance("Learning from examples and decisions; this takes a few minutes", 0, 0)
        return train_here(self.settings, waiting=lambda words: advance(words, 0, 0))


@dataclass(frozen=True, slots=True)
class Reading:
    """Taking files into the plan from where they lie, as `cap add` does it. edition: whether they are new editions, if known."""

    settings: Settings
    files: tuple[Path, ...]
    edition: bool | None = None

    def __call__(self, advance: Advance) -> tuple[Processed, ...]:
        """Do it; gives what became of each file, in their order."""
        from flows.settings import prepare

        prepare(self.settings.outputs)
        from flows.ingest import ingest

        total = len(self.files)

        def reached(what: str, done: int, of: int) -> None:
            advance("Writing the working copy" if what == "done" else f"Reading {what}", done, of)

        advance("Opening the files", 0, total)
        report, _ = ingest(
            self.settings, self.files, edition=self.edition, advance=reached, settled=True,
            waiting=lambda words: advance(words, 0, total),
        )  # fmt: skip
        return tuple(_in_order(report.processed, self.files))


def _in_order(processed: Sequence[Processed], files: Sequence[Path]) -> list[Processed]:
    places = {path.name: place for place, path in enumerate(files)}
    return sorted(processed, key=lambda one: places.get(one.file, len(places)))

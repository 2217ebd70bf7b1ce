"""The demo begins as a real partnership does: with a plan that it has kept by hand, before the first review is read."""

from services.house import House
from services.importing import look, past_imports, take
from services.intake import is_samples
from services.samples import kept_plan


def begin(house: House) -> str:
    """Where the corpus is the samples' and their plan is new, import the one that came with them; gives what was done.

    One that was imported once, and perhaps undone since, is not brought in again. Raises `InputRejected` where it cannot be read.
    """
    folder = house.settings.corpus
    kept = kept_plan(folder) if is_samples(folder) else None
    if kept is None or (house.has_plan and past_imports(house)):
        return ""
    file, dated = kept
    done = take(house, look(house, file, published=True, dated=dated))
    return (
        f"The plan that the fictional partnership kept before was imported first: {file.name}, {len(done.new)} actions."
    )

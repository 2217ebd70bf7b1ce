"""The fictional samples: where they lie, what their stories say of their visibility, and the plan that came before them."""

import hashlib
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from domain.states import Visibility
from services.intake import SAMPLES_LIST, is_samples
from services.settings import PROJECT

OWN_SAMPLES = PROJECT / "corpus" / "samples"


@cache
def sample_hashes() -> frozenset[str]:
    """The sha256 of every sample that came with the software; empty where it was installed without them."""
    if not is_samples(OWN_SAMPLES):
        return frozenset()
    return frozenset(hashlib.sha256(file.read_bytes()).hexdigest() for file in OWN_SAMPLES.glob("*.pdf"))


def stories(folder: Path) -> dict[str, tuple[Visibility, str | None]]:
    """For each sample by its file name: its visibility and, where it is under embargo, the day of its release."""
    data = tomllib.loads((folder / SAMPLES_LIST).read_text(encoding="utf-8"))
    return {
        entry["file"]: (
            Visibility(entry["visibility"]),
            str(entry["release_date"]) if "release_date" in entry else None,
        )
        for entry in data["review"]
    }


def kept_plan(folder: Path) -> tuple[Path, date] | None:
    """The action plan that the partnership of the samples kept by hand before, and of when it is; None where they came without one."""
    data = tomllib.loads((folder / SAMPLES_LIST).read_text(encoding="utf-8"))
    return (folder / data["plan"]["file"], date.fromisoformat(data["plan"]["dated"])) if "plan" in data else None

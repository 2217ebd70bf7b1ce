"""Reading and encoding on other processes and computers: what they are told, and what they leave for the one that writes.

They share a folder (CAP_SHARED) and the corpus; none of them opens the plan. What passes between them is names and sums;
texts and vectors lie in the shared folder until they are entered.
"""

import json
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from domain.errors import CannotWork
from domain.files import save
from services.house import House, make_folder
from services.ingestion import read_and_encode
from services.intake import Arrival
from services.settings import load_settings

TOLD: Final = ("seconds", "ocr_seconds", "memory_mb", "framework")
"""Settings that must be the same wherever a file is read."""
_one_at_a_time = threading.Lock()


def hand_out(house: House, run: str, arrivals: Sequence[Arrival]) -> Path:
    """Write down, where all can read it, which files a run reads and under which limits; gives the folder."""
    folder = make_folder(house.settings.readings, "CAP_SHARED")
    told = {name: house.settings.model_dump(mode="json")[name] for name in TOLD}
    files = {arrival.sha256: [str(arrival.path.absolute()), arrival.name] for arrival in arrivals}
    save(_list(folder, run), json.dumps({"settings": told, "encoder": house.encoder.name, "files": files}).encode())
    return folder


def call_in(house: House, run: str) -> None:
    """The run is over: what it wrote down goes."""
    _list(house.settings.readings, run).unlink(missing_ok=True)


def read_for_others(place: str, run: str, sha256: str) -> None:
    """Read a PDF that `hand_out` named, in this process's own sandbox, and leave the reading and its vectors in the folder.

    Raises `CannotWork` where the folder cannot be read from here, or this computer has another embedding model.
    """
    try:
        told = json.loads(_list(Path(place), run).read_bytes())
        path, name = told["files"][sha256]
    except (OSError, ValueError, KeyError) as error:
        raise CannotWork(
            f"{place} cannot be read from here. Set CAP_SHARED to a folder that all computers reach."
        ) from error
    with _one_at_a_time:  # a worker's threads must not each start a house
        house = _house(place, json.dumps(told["settings"]))
        ours = house.encoder.name
    if ours != told["encoder"]:
        raise CannotWork(
            f"The embedding model here is {ours}, not {told['encoder']}. Install the same version everywhere."
        )
    read_and_encode(house, Arrival(Path(path), name, sha256))


@cache
def _house(place: str, told: str) -> House:
    """The house of this process for the files of one folder: its sandbox and models are started once."""
    return House(load_settings().model_copy(update={**_typed(json.loads(told)), "shared": Path(place), "workers": 1}))


def _typed(told: dict[str, object]) -> dict[str, object]:
    framework = told["framework"]
    return {**told, "framework": Path(framework) if isinstance(framework, str) else None}


def _list(folder: Path, run: str) -> Path:
    return folder / f"{run}.work"

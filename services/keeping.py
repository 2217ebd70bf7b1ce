"""Files that we keep: readings until they are entered, originals for good, and copies in the corpus of what was named."""

import contextlib
import hashlib
import io
import json
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.errors import CannotWork, UsageError
from domain.files import save
from domain.records import Extraction, Rejected
from domain.states import Reason
from extract import codec
from plan.reading import review_by_sha
from plan.vectors import save_embeddings
from services.house import House, make_folder
from services.intake import Arrival, is_samples, look_at
from services.samples import sample_hashes
from services.settings import Settings

STALE_SECONDS = 24 * 3600.0


def keep_reading(house: House, sha256: str, result: Extraction | Rejected) -> None:
    """Keep what came of a PDF in `outputs/readings` until it is entered."""
    value = codec.rejected_to_json(result) if isinstance(result, Rejected) else codec.to_json(result)
    # One half of a character pair, which a broken font can yield, is no text that could be stored or encoded.
    content = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    save(make_folder(house.settings.readings) / f"{sha256}.json", content)


def kept_reading(house: House, sha256: str) -> Extraction | Rejected:
    """What `keep_reading` kept. Raises `CannotWork` where it is gone."""
    file = house.settings.readings / f"{sha256}.json"
    try:
        return codec.from_json(json.loads(file.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotWork(f"The reading {file} is missing or damaged. Run again: the PDF will be read again.") from error


def keep_vectors(house: House, sha256: str, keys: NDArray[np.str_], rows: NDArray[np.float32]) -> None:
    """Keep, beside a reading, the vectors of its recommendations: content keys, and a row for each (n, dimension)."""
    buffer = io.BytesIO()
    np.savez(buffer, encoder=house.encoder.name, keys=keys, rows=rows)
    save(make_folder(house.settings.readings) / f"{sha256}.npz", buffer.getvalue())


def take_vectors(house: House, sha256: str) -> None:
    """Put vectors that were kept into the plan, so that they are not made again; nothing where there are none."""
    file = house.settings.readings / f"{sha256}.npz"
    if not file.exists():
        return
    try:
        with np.load(file, allow_pickle=False) as kept:
            encoder, keys, rows = str(kept["encoder"]), kept["keys"].tolist(), kept["rows"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise CannotWork(f"The reading {file} is damaged. Run again: the PDF will be read again.") from error
    save_embeddings(house.plan, keys, rows, encoder)


def forget_reading(house: House, sha256: str) -> None:
    """Drop a kept reading, and its vectors, once it is entered or rejected."""
    for file in reading_files(house.settings, sha256):
        file.unlink(missing_ok=True)


def reading_files(settings: Settings, sha256: str) -> tuple[Path, ...]:
    """Where the reading of a PDF and its vectors lie, if they do."""
    return tuple(settings.readings / f"{sha256}.{end}" for end in ("json", "npz"))


def forget_stale_readings(house: House) -> None:
    """Drop readings that a killed run left behind: of content that the plan has by now, and old ones.

    One that another run waits for is younger, and of content that is not in the plan yet. For a run that has its turn.
    """
    for file in house.settings.readings.glob("[!.]*"):
        with contextlib.suppress(FileNotFoundError):
            old = time.time() - file.stat().st_mtime > STALE_SECONDS
            if old or review_by_sha(house.plan, file.stem) is not None:
                file.unlink()


def keep_original(house: House, arrival: Arrival, read_sha256: str) -> Rejected | None:
    """Keep the PDF unmodified in `outputs/originals`, by its sha256.

    A file that is not what it was when it was looked at and read (`read_sha256`) is rejected: what is kept must be what
    the plan speaks of. Raises `CannotWork` where there is no room or right to keep it.
    """
    try:
        content = arrival.path.read_bytes()
    except OSError:
        content = b""
    if not arrival.sha256 == read_sha256 == hashlib.sha256(content).hexdigest():
        message = f"{arrival.name} was changed or moved while it was being read. Run again when it lies still."
        return Rejected(arrival.name, Reason.STILL_COPYING, message)
    make_folder(house.settings.originals)
    target = house.settings.original(arrival.sha256)
    if not target.exists():
        save(target, content)
    return None


def bring_in(settings: Settings, files: Sequence[Path], *, settled: bool = False) -> tuple[Path, ...]:
    """Copy files that were named by hand into the corpus, and give where they lie now.

    What cannot be taken anyway stays where it is; settled: as `services.intake.look_at` takes it. Raises `UsageError` where the
    corpus is the samples', `CannotWork` where it cannot be written to.
    """
    if is_samples(settings.corpus):
        raise UsageError(
            f"The PDF folder {settings.corpus} is that of the fictional samples. Set CAP_CORPUS to a folder of your own.",
            page="This plan holds the fictional samples. Ask whoever looks after Throughline for a folder of your own.",
        )
    out = []
    for file in files:
        found = look_at(file, settled=settled)
        takes = isinstance(found, Arrival) and found.sha256 not in sample_hashes()
        out.append(_copied(settings.corpus, file) if takes else file.absolute())
    return tuple(out)


def _copied(corpus: Path, file: Path) -> Path:
    """The file in the corpus: itself where it lies there, else a copy under a free name, or one that is there already."""
    if file.resolve().is_relative_to(corpus.resolve()):
        return file.absolute()
    make_folder(corpus, "CAP_CORPUS")
    content = file.read_bytes()
    target, number = corpus / file.name, 1
    while target.exists():
        if _holds(target, content):
            return target
        number += 1
        target = corpus / f"{file.stem} ({number}){file.suffix}"
    return save(target, content)


def _holds(file: Path, content: bytes) -> bool:
    try:
        return file.is_file() and file.read_bytes() == content
    except OSError:
        return False

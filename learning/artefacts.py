"""A trained model on disk: plain files and a manifest by which it refuses to load rather than load wrongly.

A model is stored as numbers and JSON, never as pickled objects: loading one runs no code, and needs none of the
libraries that trained it. The manifest names the sha256 of every file, and what the model was made under.
"""

import contextlib
import ctypes
import hashlib
import io
import json
import os
import shutil
import sys
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from domain.errors import ArtefactError
from domain.files import part_in, write_flushed
from domain.framework import Framework

MANIFEST = "manifest.json"
Arrays = Mapping[str, NDArray[Any]]
_EXCHANGE = 2  # of renameat2 on Linux, and of renameatx_np on macOS
_FROM_HERE = {"linux": -100, "darwin": -2}  # AT_FDCWD


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a stored model is and what it was made under.

    kind and format: which code reads it; encoder: name of the vectors it expects; libraries: versions that trained it;
    created: ISO time; data: sha256 and counts of what it learnt from; figures: how it did when it was made; files:
    sha256 of each file by its name.
    """

    kind: str
    format: int
    version: str
    framework_version: str
    framework_fingerprint: str
    encoder: str
    libraries: Mapping[str, str]
    created: str
    data: Mapping[str, str | int]
    figures: Mapping[str, float]
    seed: int
    files: Mapping[str, str] = field(default_factory=dict)


def save(folder: Path, manifest: Manifest, files: Mapping[str, bytes]) -> Manifest:
    """Write a model folder with `files` by name, and give the manifest with their checksums.

    Everything is written and flushed beside `folder` and then renamed to it; a model already there is replaced.
    Raises `ArtefactError` if the place cannot be written.
    """
    complete = replace(manifest, files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()})
    text = json.dumps(asdict(complete), indent=1, ensure_ascii=False) + "\n"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = part_in(folder.parent)
        beside.mkdir()
        try:
            for name, content in {**files, MANIFEST: text.encode()}.items():
                write_flushed(beside / name, content)
            _put_in_place(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise ArtefactError(
            f"The model cannot be stored in {folder} ({error.strerror or error}). Make it writable and try again."
        ) from error
    return complete


def _put_in_place(beside: Path, folder: Path) -> None:
    if not folder.exists():
        beside.rename(folder)
        return
    if _exchanged(beside, folder):
        return
    old = part_in(folder.parent)
    folder.rename(old)
    try:
        beside.rename(folder)
    except OSError:
        old.rename(folder)  # the model that worked until now stays
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, so that there is no moment without a model; False where that is not possible."""
    here = _FROM_HERE.get(sys.platform)
    if here is None:
        return False
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        exchange = library.renameat2 if sys.platform == "linux" else library.renameatx_np
        return bool(exchange(here, os.fsencode(one), here, os.fsencode(other), ctypes.c_uint(_EXCHANGE)) == 0)
    return False


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a stored model, without its files. Raises `ArtefactError` if there is none that can be read."""
    file = folder / MANIFEST
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        known = {f.name for f in fields(Manifest)}
        if set(data) != known:
            raise KeyError(", ".join(sorted(set(data) ^ known)))
        return Manifest(**data)
    except FileNotFoundError as error:
        raise ArtefactError(
            f"There is no model in {folder}: {MANIFEST} is missing. Train one with `cap train`."
        ) from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, TypeError, KeyError) as error:
        raise ArtefactError(f"The manifest {file} cannot be understood ({error}). Train the model again.") from error


def load(
    folder: Path, *, kind: str, format: int, framework: Framework, encoder: str, expected: Collection[str]
) -> tuple[Manifest, dict[str, bytes]]:
    """A stored model's manifest and the content of its `expected` files by name.

    Raises `ArtefactError`, saying in one sentence what does not fit, if anything is other than it was when the model
    was stored, or was made for another kind, format, framework, encoder or generation of numpy.
    """
    manifest = read_manifest(folder)
    for problem in _misfits(manifest, kind, format, framework, encoder):
        raise ArtefactError(f"The model in {folder} cannot be used: {problem}. Train it again with `cap train`.")
    if set(manifest.files) != set(expected):
        raise ArtefactError(
            f"The model in {folder} should consist of {', '.join(sorted(expected))}, but its manifest names "
            f"{', '.join(sorted(manifest.files)) or 'nothing'}. Train it again with `cap train`."
        )
    return manifest, {name: _checked(folder / name, digest) for name, digest in manifest.files.items()}


def _misfits(manifest: Manifest, kind: str, format: int, framework: Framework, encoder: str) -> list[str]:
    problems = []
    if manifest.kind != kind:
        problems.append(f"it is a {manifest.kind}, not a {kind}")
    if manifest.format != format:
        problems.append(f"it has the format {manifest.format}, and this software reads format {format}")
    if manifest.framework_fingerprint != framework.fingerprint:
        problems.append(
            f"it was made under version {manifest.framework_version} of the framework, which differs from the present "
            f"version {framework.version}"
        )
    if manifest.encoder != encoder:
        problems.append(f"it expects vectors of {manifest.encoder}, and the present encoder is {encoder}")
    made_with = str(manifest.libraries.get("numpy", "none"))
    if made_with.split(".")[0] != np.__version__.split(".")[0]:
        problems.append(f"it was stored with numpy {made_with}, and numpy {np.__version__} is installed")
    return problems


def _checked(file: Path, digest: str) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ArtefactError(
            f"The model's file {file} cannot be read ({error.strerror or error}). Train it again with `cap train`."
        ) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise ArtefactError(
            f"The model's file {file} was changed after it was stored. Bring back an earlier model, or train it again."
        )
    return content


# ---------------------------------------------------------------- arrays as bytes


def pack(arrays: Arrays) -> bytes:
    """Named arrays as the content of one .npz file; the same arrays give the same bytes."""
    stream = io.BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def unpack(content: bytes, names: Collection[str]) -> dict[str, NDArray[Any]]:
    """The arrays of `pack`. Raises `ArtefactError` if the content is not such a file or lacks one of `names`."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            return {name: stored[name] for name in names}
    except (ValueError, KeyError, OSError, EOFError) as error:
        raise ArtefactError(f"The model's numbers cannot be read ({error}). Train the model again.") from error

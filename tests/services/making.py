"""What the tests of services, flows and commands share: real PDFs that are no samples, a model, and a plan made from them.

The reviews are our sample reviews with a word added to their metadata: the same pages, other bytes, so that they are
real reviews to the software and may enter a real plan.
"""

import atexit
import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from filelock import FileLock
from threadpoolctl import threadpool_limits

import services.house
from classify.encoder import export_encoder
from classify.model import Classifier
from classify.training import train
from domain.framework import Framework, load_framework
from flows.ingest import ingest
from match.scorer import TUNING
from sandbox.pool import Sandbox
from services.house import House
from services.nameless import Nameless, load_nameless
from services.settings import PROJECT, Settings

SAMPLES = PROJECT / "corpus" / "samples"
NAMES = {
    "scr-child-f.pdf": "Child F – overview report (final).pdf",
    "spr-juniper.pdf": "Juniper LCSPR.pdf",
    "sar-mr-t.pdf": "Adulte âgé Mr T.pdf",
    "lcspr-systems-rowan.pdf": "rowan.PDF",
    "dhr-hazel.pdf": "hazel dhr.pdf",
}
CHILD_F, JUNIPER, MR_T, ROWAN, HAZEL = NAMES.values()


@cache
def workshop() -> Path:
    """A folder for what is made once a session, by whichever of its processes needs it first: `tests/conftest.py` names it."""
    if named := os.environ.get("THROUGHLINE_WORKSHOP"):
        return Path(named)
    folder = Path(tempfile.mkdtemp(prefix="cap-workshop-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name in the workshop, which `make` fills; another process that needs it meanwhile waits."""
    folder = workshop() / name
    with FileLock(workshop() / f"{name}.lock"):
        if not folder.exists():
            beside = workshop() / f"{name}.part"
            shutil.rmtree(beside, ignore_errors=True)  # of one that failed
            beside.mkdir()
            make(beside)
            beside.rename(folder)
    return folder


def varied(source: Path, target: Path, mark: str) -> Path:
    """The same pages with other metadata, and so another content."""
    with pikepdf.open(source) as pdf:
        pdf.docinfo["/Keywords"] = mark
        pdf.save(target, deterministic_id=True)
    return target


@cache
def reviews() -> Path:
    """A folder with five real reviews, under names as people give them. Not to be changed."""

    def make(folder: Path) -> None:
        for sample, name in NAMES.items():
            varied(SAMPLES / sample, folder / name, "a real review")

    return made_once("reviews", make)


def copied(target: Path, *names: str) -> Path:
    """A corpus with these reviews, or with all."""
    target.mkdir(parents=True, exist_ok=True)
    for name in names or NAMES.values():
        shutil.copy(reviews() / name, target / name)
    return target


def some_samples(folder: Path, *names: str) -> Path:
    """A folder of a few of the samples with their stories and the plan that came before them."""
    folder.mkdir()
    for name in ("samples.toml", "wexmere-action-plan.xlsx", *names):
        shutil.copy(SAMPLES / name, folder / name)
    return folder


@cache
def trained() -> Path:
    """A folder with the encoder's export, which costs seconds to make."""
    return made_once("trained", lambda folder: export_encoder(folder / "encoder", TUNING))


@cache
def encoder() -> Nameless:
    """The real encoder, loaded once."""
    return load_nameless(trained() / "encoder")


def models() -> Path:
    """The shipped models."""
    return PROJECT / "models"


@cache
def small_models() -> Path:
    """A few hundred of our examples, and a model that learnt from them: quick to train again, and better than nothing."""
    return made_once("small models", _train_small)


def _train_small(folder: Path) -> None:
    from classify.examples import read_examples

    (folder / "examples").mkdir()
    lines = [
        line
        for file in sorted((PROJECT / "models" / "examples").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    (folder / "examples" / "few.jsonl").write_text("\n".join(lines[::40]) + "\n", encoding="utf-8")
    framework = load_framework()
    examples = read_examples(folder / "examples", framework)
    vectors = encoder().encode([e.text for e in examples])
    with threadpool_limits(1):  # several threads wait for each other longer than they work on so little
        model = train(examples, vectors, framework, encoder().name)
    model.save(folder / "classifier", created="2026-01-01T00:00:00+00:00")


def settings(outputs: Path, corpus: Path | None = None, **more: Any) -> Settings:
    """Settings that read nothing of this machine's, and share what is costly to make."""
    given = {"models": models(), "trained": trained(), "user": "A. Tester", **more}
    return Settings(corpus=corpus or outputs.parent / "corpus", outputs=outputs, **given)


@cache
def ingested() -> Path:
    """The outputs of one real run over the five reviews. Not to be changed: see `copy_of_plan`."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            keep_warm(patch)
            ingest(settings(folder / "outputs", reviews()), sorted(reviews().iterdir()))

    return made_once("ingested", make) / "outputs"


def copy_of_plan(outputs: Path) -> Path:
    """A copy of the plan of the five reviews, to be changed."""
    shutil.copytree(ingested(), outputs)
    return outputs


def hard_links(source: Path, target: Path) -> None:
    """A copy of a folder that costs no room; only for what is never written to."""
    shutil.copytree(source, target, copy_function=os.link)


# ------------------------------------------------------------------------------------------------ what is costly, once


@cache
def _shared_sandbox() -> Sandbox:
    house = services.house
    sandbox = Sandbox(
        packages=house.SANDBOXED, workers=2, seconds=20, memory=1024 * 1024 * 1024, preload=house.PRELOADED
    )
    sandbox.start()
    return sandbox


class _Borrowed:
    """Stands for a house's own sandbox; the processes behind it outlive the house."""

    def start(self) -> None:
        _shared_sandbox().start()

    def close(self) -> None:
        pass

    @property
    def call(self) -> Callable[..., Any]:
        return _shared_sandbox().call


def _sandbox(*, seconds: float, memory: int, **more: Any) -> Any:
    if seconds != 20 or memory != 1024 * 1024 * 1024:
        return Sandbox(seconds=seconds, memory=memory, **more)
    return _Borrowed()


@cache
def _shipped(encoder_name: str) -> Classifier:
    return Classifier.load(models() / "classifier", load_framework(), encoder_name)


class _Loaded:
    """Stands for how a house loads its model: the shipped one once, any other as ever."""

    @staticmethod
    def load(folder: Path, framework: Framework, encoder_name: str) -> Classifier:
        shipped = folder == models() / "classifier" and framework.fingerprint == load_framework().fingerprint
        return _shipped(encoder_name) if shipped else Classifier.load(folder, framework, encoder_name)


def keep_warm(patch: pytest.MonkeyPatch) -> None:
    """Let every house use one sandbox, one encoder and one shipped model: the real ones, started and loaded once."""
    patch.setattr(services.house, "Sandbox", _sandbox)
    patch.setattr(services.house, "Classifier", _Loaded)
    real = encoder()
    patch.setattr(services.house, "load_nameless", lambda cache: real)


# ------------------------------------------------------------------------------------------------ looking at a plan


def dump(file: Path) -> list[str]:
    """Everything in a database, as SQL."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        return list(connection.iterdump())


def ask(file: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """The answer to a query, from outside."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        return connection.execute(sql, values).fetchall()


def change(file: Path, sql: str, *values: object) -> None:
    """Change a plan from outside, as no command does."""
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(sql, values)


def said(file: Path) -> list[tuple[str, str, str]]:
    """What a plan says: the identifier, text and outcome of every recommendation, without when and by which run."""
    return ask(file, "SELECT id, text, outcome FROM recommendations ORDER BY id")


@contextlib.contextmanager
def house_that_learns(outputs: Path, folder: Path) -> Iterator[House]:
    """A house with few examples, a small model that learnt from them, and a place of its own for what it trains."""
    hard_links(trained(), folder / "trained")
    with house(outputs, models=small_models(), trained=folder / "trained") as made, threadpool_limits(1):
        yield made


def house(outputs: Path, **more: Any) -> House:
    """A house over a plan; to be used as a context manager."""
    return House(settings(outputs, **more))

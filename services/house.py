"""Assembly: settings -> framework, sandbox, encoder, model and plan, each made when it is first needed."""

import getpass
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType

import sqlite_utils

from classify.encoder import Encoder
from classify.model import Classifier, is_of_an_earlier_format
from domain.errors import CannotWork
from domain.framework import Framework, load_framework
from plan.schema import open_plan
from sandbox.pool import Sandbox
from services.nameless import load_nameless
from services.settings import Settings

SANDBOXED, PRELOADED = ("extract",), ("extract.reader",)
"""The room whose functions may run in the sandbox, and what its processes load at once."""


class House:
    """What a process needs to do the work, put together once. Close it when done: the sandbox has processes of its own."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        # Several threads ask for the sandbox first, and a second one would be left running.
        self._making = threading.Lock()

    def __enter__(self) -> "House":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the sandbox's processes and close the plan, where they were opened."""
        made = self.__dict__
        if "_sandbox" in made:
            made.pop("_sandbox").close()
        if "plan" in made:
            made.pop("plan").conn.close()

    @cached_property
    def framework(self) -> Framework:
        """The framework that labels stand on."""
        return load_framework(self.settings.framework)

    @property
    def sandbox(self) -> Sandbox:
        """Processes for strangers' files, started."""
        with self._making:
            return self._sandbox

    def warm(self) -> None:
        """Start the sandbox's processes at once: they load what they need while other things are done here."""
        assert self.sandbox

    @cached_property
    def _sandbox(self) -> Sandbox:
        settings = self.settings
        sandbox = Sandbox(
            packages=SANDBOXED,
            workers=settings.workers,
            seconds=settings.seconds,
            memory=settings.memory_mb * 1024 * 1024,
            preload=PRELOADED,
        )
        sandbox.start()
        return sandbox

    @cached_property
    def encoder(self) -> Encoder:
        """The embedding model, by whose vectors recommendations are labelled, compared and searched; exported at its first use."""
        return load_nameless(self.settings.trained_models / "encoder")

    @property
    def model_folder(self) -> Path:
        """The live model: the one promoted here, else the shipped one."""
        promoted = self.settings.trained_models / "classifier"
        usable = is_there(promoted / "manifest.json") and not self.has_outdated_model
        return promoted if usable else self.settings.models / "classifier"

    @property
    def has_outdated_model(self) -> bool:
        """Whether the model promoted here is of an earlier version of the software, so that the shipped one stands in for it.

        Only then: one that is damaged, or made under another framework, is refused.
        """
        return is_of_an_earlier_format(self.settings.trained_models / "classifier")

    @cached_property
    def classifier(self) -> Classifier:
        """The live model. Raises `ArtefactError` rather than load one that does not fit."""
        return Classifier.load(self.model_folder, self.framework, self.encoder.name)

    def use_model(self, model: Classifier) -> None:
        """Go on with this model as the live one."""
        self.__dict__["classifier"] = model

    def forget_model(self) -> None:
        """Load the live model anew when it is next needed: another may have been promoted."""
        self.__dict__.pop("classifier", None)

    @cached_property
    def plan(self) -> sqlite_utils.Database:
        """The plan, made at its first use. Raises `PlanError`, `CannotWork`."""
        make_folder(self.settings.outputs)
        return open_plan(self.settings.plan_file)

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan already. Raises `CannotWork` where its folder may not be looked into."""
        return is_there(self.settings.plan_file)

    def existing_plan(self) -> sqlite_utils.Database:
        """The plan, which must be there: for commands that only ask. Raises `CannotWork` where it is not."""
        if not self.has_plan:
            raise CannotWork(
                f"There is no plan at {self.settings.plan_file} yet. Put review PDFs into {self.settings.corpus} and run: cap run"
            )
        return self.plan

    @property
    def who(self) -> str:
        """Who is at work, for the audit trail."""
        if self.settings.user.strip():
            return self.settings.user.strip()
        try:
            return getpass.getuser()
        except (KeyError, OSError):
            return "unnamed user"


class Desk(House):
    """A place in a house for one person at a time: an opening of the plan of its own; framework, models and sandbox are shared.

    The opening of the plan is the caller's to close.
    """

    def __init__(self, host: House, plan: sqlite_utils.Database, who: str) -> None:
        super().__init__(host.settings.model_copy(update={"user": who}))
        self._host = host
        self.__dict__["plan"] = plan

    def sit(self, who: str) -> None:
        """From here on it is this person who works at it."""
        self.settings = self.settings.model_copy(update={"user": who})

    def close(self) -> None:
        """Nothing here is the desk's own."""

    @property
    def framework(self) -> Framework:
        """The house's."""
        return self._host.framework

    @property
    def sandbox(self) -> Sandbox:
        """The house's."""
        return self._host.sandbox

    @property
    def encoder(self) -> Encoder:
        """The house's."""
        return self._host.encoder

    @property
    def classifier(self) -> Classifier:
        """The house's."""
        return self._host.classifier

    def use_model(self, model: Classifier) -> None:
        """Let the whole house go on with this model."""
        self._host.use_model(model)

    def forget_model(self) -> None:
        """Let the whole house load it anew."""
        self._host.forget_model()


def is_there(file: Path) -> bool:
    """Whether a file exists. Raises `CannotWork` where we may not even ask."""
    try:
        return file.exists()
    except OSError as error:
        raise CannotWork(
            f"{file} cannot be looked at ({error.strerror or error}). Ask for the right to read the folder {file.parent}."
        ) from error


def make_folder(folder: Path, setting: str = "CAP_OUTPUTS") -> Path:
    """Make a folder and its parents. Raises `CannotWork` with the folder and what to do; `setting` names its setting."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # A file without a name: several threads and processes may try at once.
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CannotWork(
            f"The folder {folder} cannot be written to ({error.strerror or error}). "
            f"Give yourself the right to write there, or set {setting} to another folder."
        ) from error
    return folder


@contextmanager
def open_house(settings: Settings) -> Iterator[House]:
    """A house that is closed when the work is done."""
    with House(settings) as house:
        yield house

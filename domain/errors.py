"""Everything that can go wrong, as exceptions that carry facts and tell a reviewer what to do."""


class CapError(Exception):
    """Something went wrong that a person can act on; the message says what and how, in plain words.

    page: the same for somebody at a browser, where the message names a command or a setting; '' where it suits both.
    """

    def __init__(self, words: str = "", *, page: str = "") -> None:
        super().__init__(words)
        self.page = page


class UsageError(CapError):
    """The command, a setting or a field was given something that it cannot take."""


class CannotWork(CapError):
    """The whole job is impossible as things stand: no folder, no rights, no model, no database."""


class InputRejected(CapError):
    """One file or one row cannot be taken; the rest can."""


class FrameworkError(CannotWork):
    """The framework file is not one that labels can rest on."""


class SandboxError(CapError):
    """A function in the sandbox did not end as it should."""


class SandboxTimeout(SandboxError):
    """The sandboxed work took longer than its limit and was killed."""


class SandboxMemory(SandboxError):
    """The sandboxed work needed more memory than its limit and was killed."""


class SandboxCrash(SandboxError):
    """The sandboxed process died, or its work ended in an error of its own."""


class ArtefactError(CannotWork):
    """A stored model refuses to load rather than load wrongly."""


class EncoderError(CannotWork):
    """The embedding model is absent or is not the one whose checksum the project pins."""


class PlanError(CannotWork):
    """The database cannot be opened or written as it is."""


class NewerDatabase(PlanError):
    """The database was written by a newer version of this software."""


class NotFound(CapError):
    """What was asked for is not in the plan."""


class NotAllowed(CapError):
    """The change is not one that this recommendation or action can make from where it stands."""

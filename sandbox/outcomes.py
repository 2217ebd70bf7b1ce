"""How work in the sandbox can fail, with the facts.

The messages hold nothing that a document says, so that they may be logged and shown; `detail` and `stderr` may quote
from a document and are for the person who looks into the failure.
"""

from dataclasses import dataclass

from domain.errors import SandboxCrash, SandboxMemory, SandboxTimeout


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a failure.

    function: what ran; kind: the exception's type or the signal's name ("ValueError", "SIGSEGV", ""); detail: the
    exception's message; stderr: the last lines that the process wrote there; seconds: how long the call had run.
    """

    function: str
    kind: str = ""
    detail: str = ""
    stderr: str = ""
    seconds: float = 0.0


class TookTooLong(SandboxTimeout):
    """The call ran past its limit of time and its process was killed."""

    def __init__(self, limit: float, facts: Facts) -> None:
        super().__init__(f"The file took longer than {limit:g} seconds to read. Set it aside, or allow it more time.")
        self.facts = facts


class TookTooMuch(SandboxMemory):
    """The call needed more memory than its limit."""

    def __init__(self, limit: int, facts: Facts) -> None:
        super().__init__(
            f"The file needed more than {limit // (1024 * 1024)} MiB of memory. Set it aside, or print it to a new PDF."
        )
        self.facts = facts


class Crashed(SandboxCrash):
    """The process died, or the function in it ended in an exception."""

    def __init__(self, facts: Facts) -> None:
        why = f" ({facts.kind})" if facts.kind else ""
        super().__init__(f"Reading the file ended in an error{why}. Try to print it to a new PDF, or set it aside.")
        self.facts = facts

"""Messages as people at a browser read them: without what is to be typed at a terminal, and never without a next step."""

import re
from typing import Final

from domain.errors import CannotWork, CapError, SandboxError

_COMMAND: Final = re.compile(r"`cap |\bcap [a-z]+|\bCAP_[A-Z]|\bPREFECT_[A-Z]|--[a-z]")
WHOM_TO_ASK: Final = "Ask whoever looks after Throughline."


def on_a_page(error: CapError) -> str:
    """What an error says on a page: its own words for pages, else its message without commands and settings."""
    return error.page or without_commands(str(error), fault=isinstance(error, CannotWork | SandboxError))


def without_commands(words: str, *, fault: bool = False) -> str:
    """A message without the sentences that say what to type at a terminal.

    fault: it tells of a fault of the machine, so that whoever cannot type the command is told whom to ask instead.
    """
    sentences = re.split(r"(?<=[.!?])\s+", words)
    kept = " ".join(one for one in sentences if not _COMMAND.search(one))
    if not kept:
        parts = [re.split(r";\s+(?=[^;]*(?:`cap |\bcap [a-z]))", one)[0] for one in sentences]
        kept = " ".join(part if part[-1:] in ".!?" else f"{part}." for part in parts if part)
    asks = fault and kept != words and "whoever looks after" not in kept
    return f"{kept} {WHOM_TO_ASK}" if asks else kept

"""The Thematic Learning Framework: quadrants, issues, practice areas, standards, agencies and review types as data.

Source: `framework.toml` beside this module, or a file of the same shape that a partnership brings.
"""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from domain.errors import FrameworkError

OWN_FILE = Path(__file__).with_name("framework.toml")


@dataclass(frozen=True, slots=True)
class Entry:
    """One coded word of the framework: a quadrant, an issue, a practice area, an agency or a review type."""

    code: str
    title: str
    about: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standard:
    """A practice standard: its code ("1.2"), the quadrant it belongs to and a short title."""

    code: str
    quadrant: str
    title: str


@dataclass(frozen=True, slots=True)
class Framework:
    """A validated framework.

    `fingerprint` is a sha256 of what labels consist of (codes and titles of quadrants, issues, areas and standards): labels
    made under another framework are told apart, and a new synonym of an agency changes nothing.
    """

    version: str
    name: str
    fingerprint: str
    quadrants: tuple[Entry, ...]
    issues: tuple[Entry, ...]
    areas: tuple[Entry, ...]
    standards: tuple[Standard, ...]
    agencies: tuple[Entry, ...]
    review_types: tuple[Entry, ...]

    @property
    def quadrant_codes(self) -> tuple[str, ...]:
        """Codes of the quadrants, in the framework's order."""
        return tuple(entry.code for entry in self.quadrants)

    @property
    def issue_codes(self) -> tuple[str, ...]:
        """Codes of the recurring safeguarding issues, in the framework's order."""
        return tuple(entry.code for entry in self.issues)

    @property
    def area_codes(self) -> tuple[str, ...]:
        """Codes of the recurring areas of practice, in the framework's order."""
        return tuple(entry.code for entry in self.areas)

    @property
    def standard_codes(self) -> tuple[str, ...]:
        """Codes of the practice standards, in the framework's order."""
        return tuple(standard.code for standard in self.standards)

    @property
    def agency_codes(self) -> tuple[str, ...]:
        """Codes of the agencies, in the framework's order."""
        return tuple(entry.code for entry in self.agencies)

    def title(self, code: str) -> str:
        """Title of any code; the code itself where the framework does not know it (labels of an older framework)."""
        entries: tuple[Entry | Standard, ...] = (
            *self.quadrants, *self.issues, *self.areas, *self.standards, *self.agencies, *self.review_types,
        )  # fmt: skip
        return next((entry.title for entry in entries if entry.code == code), code)

    def quadrant_number(self, code: str) -> int:
        """Place of a quadrant, from 1: the first half of an action's reference (2.3 stands in the second quadrant)."""
        return self.quadrant_codes.index(code) + 1


@cache
def load_framework(file: Path | None = None) -> Framework:
    """Read and validate a framework file (our own where none is given).

    Raises `FrameworkError`, naming the file and what is wrong, if it cannot be read or labels could not rest on it.
    """
    source = file or OWN_FILE
    try:
        raw = source.read_bytes()
        data = tomllib.loads(raw.decode("utf-8"))
    except OSError as error:
        raise FrameworkError(f"The framework file {source} cannot be read: {error.strerror or error}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FrameworkError(f"The framework file {source} is not valid TOML: {error}.") from error
    try:
        framework = Framework(
            version=str(data["version"]),
            name=str(data["name"]),
            fingerprint=_fingerprint(data),
            quadrants=_entries(data, "quadrants"),
            issues=_entries(data, "issues"),
            areas=_entries(data, "areas"),
            standards=tuple(Standard(s["code"], s["quadrant"], s["title"]) for s in data["standards"]),
            agencies=_entries(data, "agencies"),
            review_types=_entries(data, "review_types"),
        )
    except (KeyError, TypeError) as error:
        raise FrameworkError(f"The framework file {source} lacks {error}. Compare it with {OWN_FILE.name}.") from error
    problems = _problems(framework)
    if problems:
        raise FrameworkError(f"The framework file {source} cannot be used: {'; '.join(problems)}.")
    return framework


def _fingerprint(data: Mapping[str, Any]) -> str:
    labels = [(key, e["code"], e["title"]) for key in ("quadrants", "issues", "areas", "standards") for e in data[key]]
    return hashlib.sha256(repr(labels).encode()).hexdigest()


def _entries(data: Mapping[str, Any], key: str) -> tuple[Entry, ...]:
    return tuple(Entry(e["code"], e["title"], e.get("about", ""), tuple(e.get("synonyms", ()))) for e in data[key])


def _problems(framework: Framework) -> list[str]:
    problems = []
    for name in ("quadrants", "issues", "areas", "standards", "agencies", "review_types"):
        entries = getattr(framework, name)
        if not entries:
            problems.append(f"it has no {name}")
        doubled = [code for code, n in Counter(entry.code for entry in entries).items() if n > 1]
        problems.extend(f"{name} have the code {code} twice" for code in doubled)
        problems.extend(f"{name} have an entry without a code or title" for e in entries if not e.code or not e.title)
    known = set(framework.quadrant_codes)
    problems.extend(
        f"practice standard {s.code} stands in quadrant {s.quadrant}, which is not one of {', '.join(sorted(known))}"
        for s in framework.standards
        if s.quadrant not in known
    )
    everywhere = Counter(
        entry.code
        for entries in (framework.quadrants, framework.issues, framework.areas, framework.standards, framework.agencies)
        for entry in entries
    )
    problems.extend(f"the code {code} stands for two things" for code, n in everywhere.items() if n > 1)
    synonyms = Counter(s.casefold() for entry in framework.agencies for s in entry.synonyms)
    problems.extend(f'two agencies share the synonym "{s}"' for s, n in synonyms.items() if n > 1)
    return problems

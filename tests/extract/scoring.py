"""How well found recommendations fit the expected ones: the measure of the reports' scores, with the other fields beside it.

An item matches where the F1 of the words is at least 0.8, the likeliest pairs first; it is exact where all words are the same
in the same order, case, punctuation and white space aside.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ALIKE = 0.8
Item = dict[str, Any]


def words(text: str) -> list[str]:
    """Words in small letters without punctuation."""
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """F1 of two multisets of words."""
    return 2 * sum((Counter(a) & Counter(b)).values()) / (len(a) + len(b)) if a or b else 1.0


def matched(expected: Sequence[Item], found: Sequence[Item]) -> list[tuple[int, int]]:
    """Which expected item is which found one, as pairs of places."""
    first, second = [words(e["text"]) for e in expected], [words(f["text"]) for f in found]
    pairs = sorted(((likeness(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second)), reverse=True)
    out: list[tuple[int, int]] = []
    for score, i, j in pairs:
        if score >= ALIKE and all(i != a and j != b for a, b in out):
            out.append((i, j))
    return out


@dataclass
class Score:
    """Counts over one or several reports; `fields`: by name, on how many of the matched items a field is as expected."""

    reports: int = 0
    perfect: int = 0
    expected: int = 0
    found: int = 0
    matched: int = 0
    exact: int = 0
    fields: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Share of the found items that are expected; 1 where none was found and none expected."""
        return self.matched / self.found if self.found else float(not self.expected)

    @property
    def recall(self) -> float:
        """Share of the expected items that were found; 1 where none is expected."""
        return self.matched / self.expected if self.expected else 1.0

    @property
    def exactness(self) -> float:
        """Share of the expected items that were found word for word."""
        return self.exact / self.expected if self.expected else 1.0

    def share(self, name: str) -> float:
        """Share of the matched items on which a field is as expected."""
        return self.fields[name] / self.matched if self.matched else 1.0

    def __add__(self, other: "Score") -> "Score":
        numbers = (
            getattr(self, name) + getattr(other, name)
            for name in ("reports", "perfect", "expected", "found", "matched", "exact")
        )
        return Score(*numbers, fields=self.fields + other.fields)

    def line(self) -> str:
        """The figures in one line."""
        return (
            f"precision {self.precision:.3f} recall {self.recall:.3f} exact {self.exactness:.3f} "
            f"page {self.share('page'):.3f} perfect {self.perfect}/{self.reports} items {self.expected}"
        )


def score(expected: Sequence[Item], found: Sequence[Item]) -> Score:
    """The score of one report."""
    pairs = matched(expected, found)
    fields: Counter[str] = Counter()
    for i, j in pairs:
        e, f = expected[i], found[j]
        fields["page"] += e["page"] == f["page"]
        fields["pages"] += e.get("pages", [e["page"]]) == f["pages"]
        fields["also_on"] += sorted(e.get("also_on", [])) == f["also_on"]
        fields["number"] += (e.get("number") or "").casefold() == (f["number"] or "").casefold()
        fields["kind"] += e.get("kind", "recommendation") == f["kind"]
        fields["lead_in"] += words(e.get("lead_in") or "") == words(f["lead_in"] or "")
        fields["target_date"] += (e.get("target_date") or None) == f["target_date"]
        fields["addressee"] += not e.get("addressee") or words(e["addressee"]) == words(f["addressee"] or "")
        fields["single_agency"] += "single_agency" not in e or e["single_agency"] == f["single_agency"]
    exact = sum(words(expected[i]["text"]) == words(found[j]["text"]) for i, j in pairs)
    perfect = len(pairs) == len(expected) == len(found)
    return Score(1, int(perfect), len(expected), len(found), len(pairs), exact, fields)


def total(scores: Iterable[Score]) -> Score:
    """The scores of several reports as one."""
    return sum(scores, Score())


def answers(folder: Path) -> dict[str, dict[str, Any]]:
    """The expected contents of a folder's reviews, by file.

    `recommendation`: the items; `possible`: what a review that lists its recommendations asks for in running text besides, which
    is no item but waits for a person.
    """
    reviews = tomllib.loads((folder / "answers.toml").read_text("utf-8"))["review"]
    for review in reviews:
        stated = review.get("recommendation", [])
        review["recommendation"] = [item for item in stated if not item.get("possible")]
        review["possible"] = [item for item in stated if item.get("possible")]
    return {review["file"]: review for review in reviews}

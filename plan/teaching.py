"""What people decided about labels, as what a model may learn from: decisions only, and none that is in dispute."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlite_utils

from domain.framework import Framework
from domain.identity import full_text
from domain.records import Example
from domain.states import Audience
from plan.inserts import unpacked_words
from plan.ledger import fetch
from plan.visibility import sight

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A person's decision that teaches the model nothing for now, with the reason in a sentence.

    page: the same for a browser; said: where reviewers differ, who says what.
    """

    recommendation_id: str
    why: str
    page: str = ""
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lessons:
    """Labelled texts to learn from; of those that people decided, how sure they were, 0 to 1 by identifier, and what is kept out."""

    examples: tuple[Example, ...]
    sureness: Mapping[str, float]
    kept_out: tuple[KeptOut, ...]


def lessons(
    db: sqlite_utils.Database,
    framework: Framework,
    *,
    audience: Audience | None = Audience.PARTNERSHIP,
) -> Lessons:
    """The latest decision on each recommendation that reviewers do not dispute, as an example with its sureness.

    Two people dispute when the latest decisions of each differ in a quadrant, an issue or an area; what they say teaches
    again once they agree, or one decision is marked as settling it. A decision under an older framework whose codes
    the present one lacks is kept out too.
    """
    seen = sight(audience)
    found = fetch(
        db,
        f"""SELECT r.id AS of, r.text, r.lead_in, v.review_type, d.* FROM standing_decisions AS d
        JOIN recommendations AS r ON r.id = d.recommendation_id JOIN reviews AS v ON v.id = r.review_id
        WHERE {seen.reviews("v")} ORDER BY r.key, d.id""",
        seen.params,
    )
    examples, sureness, kept_out = [], {}, []
    for identifier, decisions in groupby(found, key=lambda row: str(row["of"])):
        standing = _standing(list(decisions))
        if (kept := _differing(identifier, standing, framework) or _unknown(standing[-1], framework)) is not None:
            kept_out.append(kept)
            continue
        examples.append(_example(standing[-1]))
        sureness[identifier] = float(standing[-1]["sureness"])
    return Lessons(tuple(examples), sureness, tuple(kept_out))


def _standing(decisions: Sequence[Row]) -> list[Row]:
    """The latest decision of each person, oldest first, of those from the last settling one on."""
    settling = max((n for n, row in enumerate(decisions) if row["settles"]), default=0)
    latest = {row["who"]: row for row in decisions[settling:]}
    return sorted(latest.values(), key=lambda row: int(row["id"]))


def _labels(row: Row) -> tuple[object, ...]:
    return (
        row["quadrant"], row["secondary"], frozenset(unpacked_words(row["issues"])),
        frozenset(unpacked_words(row["areas"])),
    )  # fmt: skip


def _differing(identifier: str, standing: Sequence[Row], framework: Framework) -> KeptOut | None:
    if len({_labels(row) for row in standing}) == 1:
        return None
    said = tuple(f"{row['who']} says {_said(row, framework)}" for row in standing)
    words = f"Reviewers differ: {'; '.join(said)}. The model will not learn from this until they agree, or one of them"
    return KeptOut(
        identifier,
        f"{words} settles it with cap label --settles.",
        f"{words} opens it and ticks “This settles what reviewers said differently”.",
        said,
    )


def _said(row: Row, framework: Framework) -> str:
    quadrants = [row["quadrant"], *([row["secondary"]] if row["secondary"] else [])]
    tags = [*unpacked_words(row["issues"]), *unpacked_words(row["areas"])]
    named = [" with ".join(f"“{framework.title(code)}”" for code in quadrants), *map(framework.title, tags)]
    return ", ".join(named)


def _unknown(row: Row, framework: Framework) -> KeptOut | None:
    known = {
        *framework.quadrant_codes, *framework.issue_codes, *framework.area_codes, *framework.standard_codes,
    }  # fmt: skip
    given = [row["quadrant"], *([row["secondary"]] if row["secondary"] else [])]
    given += [code for what in ("issues", "areas", "standards") for code in unpacked_words(row[what])]
    lacking = [code for code in given if code not in known]
    if not lacking:
        return None
    said = f"It was decided under version {row['framework']} of the framework, and {', '.join(lacking)} is no longer in it."
    return KeptOut(
        row["recommendation_id"], f"{said} Decide it again with cap label.", f"{said} Open it and decide it again."
    )


def _example(row: Row) -> Example:
    return Example(
        id=row["recommendation_id"], text=full_text(row["text"], row["lead_in"]), quadrant=row["quadrant"],
        secondary=row["secondary"], issues=unpacked_words(row["issues"]), areas=unpacked_words(row["areas"]),
        standards=unpacked_words(row["standards"]), review_type=row["review_type"], origin="decision",
        note=row["note"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A recommendation whose labels nobody has decided, with its latest suggestion.

    text: lead-in first; key: its content key; model: the version that suggested, empty where none did; scores: of the
    quadrants by code; unsure: the model wavers, or none has looked.
    """

    recommendation_id: str
    text: str
    key: str
    model: str
    scores: Mapping[str, float]
    unsure: bool = True


def unchecked(db: sqlite_utils.Database) -> tuple[Unchecked, ...]:
    """Every recommendation without a decision about its labels, in the order of the plan, with its latest suggestion."""
    seen = sight(Audience.PARTNERSHIP)
    found = fetch(
        db,
        f"""SELECT r.id, r.text, r.lead_in, r.content_key, s.model, s.scores, s.unsure FROM recommendations AS r
        JOIN reviews AS v ON v.id = r.review_id
        LEFT JOIN suggestions AS s ON s.id = (SELECT max(id) FROM suggestions WHERE recommendation_id = r.id)
        WHERE NOT EXISTS (SELECT 1 FROM standing_decisions AS d WHERE d.recommendation_id = r.id) AND {seen.reviews("v")}
        ORDER BY r.key""",
        seen.params,
    )
    return tuple(
        Unchecked(
            row["id"],
            full_text(row["text"], row["lead_in"]),
            row["content_key"],
            row["model"] or "",
            dict(json.loads(row["scores"])["quadrants"]) if row["scores"] else {},
            row["unsure"] is None or bool(row["unsure"]),
        )
        for row in found
    )


def untaught(db: sqlite_utils.Database) -> int:
    """How many decisions on labels that stand were made since a model last learnt from them, whether or not it went live."""
    (row,) = fetch(
        db,
        """SELECT count(*) AS n FROM standing_decisions WHERE id > coalesce(
            (SELECT max(json_extract(detail, '$.decision')) FROM runs WHERE kind = 'train' AND outcome = 'done'), 0)""",
    )
    return int(row["n"])


def last_decision(db: sqlite_utils.Database) -> int:
    """The number of the latest decision on a label, 0 where there is none."""
    (row,) = fetch(db, "SELECT coalesce(max(id), 0) AS id FROM decisions")
    return int(row["id"])


def model_on_record(db: sqlite_utils.Database) -> str:
    """The version of the model that was last put on record as the live one, empty where none was."""
    found = fetch(
        db,
        """SELECT subject FROM events WHERE what IN ('model promoted', 'model brought back') ORDER BY id DESC LIMIT 1""",
    )
    return str(found[0]["subject"]) if found else ""

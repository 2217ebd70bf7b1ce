"""Invented reviews, and the pieces that they are made of."""

import hashlib
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from domain.framework import Framework, load_framework
from domain.records import (
    Classification,
    ExtractedRecommendation,
    Extraction,
    Nearest,
    Particulars,
    PossibleRecommendation,
    Repeat,
    RepeatGroup,
    ReviewRow,
    Scored,
)
from domain.states import Visibility
from plan.schema import open_plan
from plan.writing import add_review

ENCODER = "test-encoder"
SHARE = "The partnership should share records with GP practices within two days."
TRAIN = "All agencies should train practitioners to work with fathers."
AUDIT = "The board should audit strategy discussions every year."
FRAMEWORK = load_framework()


@cache
def _new() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cap.db"
        open_plan(file).close()
        return file.read_bytes()


def new_plan(file: Path) -> sqlite_utils.Database:
    """Open a plan with nothing in it: a copy of one that was made, since hundreds of tests begin with one."""
    file.write_bytes(_new())
    return open_plan(file)


class Maker:
    """Makes extractions, classifications and vectors, and enters them."""

    framework: Framework = FRAMEWORK
    encoder = ENCODER

    def extraction(self, name: str, *texts: str, case_ref: str | None = None, **particulars: str) -> Extraction:
        """A review called `name` whose recommendations say `texts`, two to a page."""
        return Extraction(
            sha256=hashlib.sha256(name.encode()).hexdigest(),
            file=f"{name}.pdf",
            pages=9,
            particulars=Particulars(title=f"Review {name}", case_ref=case_ref, review_type="SPR", **particulars),
            recommendations=tuple(
                ExtractedRecommendation(
                    text=text, page=3 + i // 2, section="Recommendations", number=str(i + 1), pages=(3 + i // 2,),
                    agencies=(FRAMEWORK.agency_codes[i % len(FRAMEWORK.agency_codes)],),
                )
                for i, text in enumerate(texts)
            ),
            possible=(PossibleRecommendation(f"{name} might ask for this", 8, "Findings", "a modal verb"),),
        )  # fmt: skip

    def classification(
        self, quadrant: str = "Q2", *, issues: tuple[str, ...] = ("neglect",), nearest: tuple[Nearest, ...] = ()
    ) -> Classification:
        return Classification(
            quadrant=quadrant, secondary=None, confidence=0.8, unsure=False, between=(),
            scores=tuple(Scored(code, 0.85 if code == quadrant else 0.05) for code in FRAMEWORK.quadrant_codes),
            issues=tuple(Scored(code, 0.9) for code in issues), areas=(Scored("information-sharing", 0.7),),
            standards=(Scored("1.1", 0.3),), nearest=nearest, words=(Scored("share", 0.2),), model="model-1",
        )  # fmt: skip

    def vectors(self, n: int, seed: int = 0) -> NDArray[np.float32]:
        return np.random.default_rng(seed).normal(size=(n, 8)).astype(np.float32)

    def add(
        self,
        db: sqlite_utils.Database,
        name: str,
        *texts: str,
        visibility: Visibility = Visibility.DRAFT,
        embargo_until: str | None = None,
        quadrant: str = "Q2",
        case_ref: str | None = None,
        **particulars: str,
    ) -> ReviewRow:
        extraction = self.extraction(name, *texts, case_ref=case_ref, **particulars)
        return add_review(
            db, extraction, [self.classification(quadrant) for _ in texts], self.vectors(len(texts), len(name)),
            encoder=ENCODER, framework=FRAMEWORK, run="run-1", visibility=visibility, embargo_until=embargo_until,
        )  # fmt: skip


def contents(db: sqlite_utils.Database) -> list[str]:
    """All that a plan holds, as statements."""
    return list(db.conn.iterdump())


def pair(a: str, b: str) -> RepeatGroup:
    """A group of two recommendations that ask the same."""
    low, high = sorted((a, b))
    return RepeatGroup((a, b), (Repeat(low, high, 0.9, 0.8, ("share",), ("low",), ("high",)),))

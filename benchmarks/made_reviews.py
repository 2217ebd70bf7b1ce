"""Fictional reviews in any number, to measure how the main job grows: text PDFs of about fifty pages, no two alike.

usage: python benchmarks/made_reviews.py FOLDER [REVIEWS]   (100 reviews where no number is given)

Every page is set anew from sentences of our own examples and from sentences put together of parts, so that nothing is
cheaper to read than it would be in as many real reports: dense pages, running heads, numbered headings, a table of
contents, chronologies in ruled tables, six layouts, six fonts. A review has 5 to 20 numbered recommendations of its own.
The same number always gives the same review. Nobody and no place in them is real.
"""

import json
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE: Final = Path(__file__).with_name("made_review.typ")
EXAMPLES: Final = ROOT / "models" / "examples"
CHAPTERS: Final = (
    "Introduction", "How the review was carried out", "The family and its history", "What was known, and when",
    "What practitioners told the review", "Analysis of practice", "What the family wished to say", "Findings",
    "What has changed since", "Conclusion",
)  # fmt: skip
RECOMMENDATIONS: Final = "Recommendations"
PAGES_OF_WORDS: Final = 44  # of narrative; front, contents, chronology and recommendations come on top
FEWEST, MOST = 5, 20
PASSED = re.compile(r"\b(?:was|were|had|did|came|went|told|saw)\b")
ASKS = re.compile(r"\b(?:should|must|ensure|recommend\w*|need|needs|will|consider|review|ought|shall|to be)\b", re.I)
ASKING_EVERY = 60  # sentences: running text has some that ask for something and are no recommendation


@dataclass(frozen=True, slots=True)
class Layout:
    """How a review looks: its font and size, how many words fill a page of it, and how its recommendations are set."""

    font: str
    size: float
    words: int
    label: str  # how a recommendation is named, with {n} for its number
    style: str  # "run-in", "above" or "table"
    numbered: bool  # whether the paragraphs of the narrative have numbers


LAYOUTS: Final = (
    Layout("Liberation Serif", 12, 440, "Recommendation {n}:", "run-in", False),
    Layout("Liberation Sans", 11, 420, "{n}.", "run-in", True),
    Layout("DejaVu Sans", 9.5, 400, "R{n}", "table", False),
    Layout("DejaVu Serif", 10, 400, "Recommendation {n}", "above", False),
    Layout("Liberation Sans Narrow", 12, 460, "Recommendation {n}:", "run-in", True),
    Layout("Libertinus Serif", 12, 440, "Recommendation {n}", "table", True),
)
KINDS: Final = (
    ("Serious Case Review", "Safeguarding Children Board"),
    ("Local Child Safeguarding Practice Review", "Safeguarding Children Partnership"),
    ("Safeguarding Adults Review", "Safeguarding Adults Board"),
    ("Domestic Homicide Review", "Community Safety Partnership"),
)
NAMES: Final = (
    "Alder Amber Aspen Bramble Briar Bryony Campion Cedar Celandine Clover Coral Cowslip Curlew Dunnock Elder Fern Finch "
    "Flint Foxglove Gorse Hazel Heather Heron Holly Iris Ivy Jasper Juniper Kestrel Larch Lark Laurel Linnet Lupin Mallow "
    "Maple Marten Merlin Mistle Myrtle Nettle Osprey Otter Pipit Plover Poplar Quince Robin Rowan Rush Sable Sage Sedge "
    "Sorrel Swift Tansy Teal Thistle Wren Yarrow"
).split()
TOWNS: Final = tuple(
    first + last
    for first in ("Quill", "Varn", "Osk", "Tarro", "Ebber", "Luntel", "Pellin", "Yarl", "Crandle", "Hespel", "Wex", "Thorn")
    for last in ("mere", "shaw", "hallow", "lode", "garth", "wold")
)  # fmt: skip
REVIEWERS: Final = tuple(
    f"{first} {last}"
    for first in ("Ines", "Oswin", "Petra", "Hale", "Mirela")
    for last in ("Quarrell", "Tovey-Lunt", "Abberline", "Osgarth")
)
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WHO: Final = (
    "the health visitor", "a duty social worker", "the family's GP", "a police officer", "the school's safeguarding lead",
    "the midwife", "a support worker", "the housing officer", "a consultant paediatrician", "the probation officer",
    "a youth worker", "the district nurse", "the team manager", "an independent reviewing officer",
)  # fmt: skip
DID: Final = (
    "visited the home and found nobody in", "rang twice and left a message", "wrote that there were no concerns",
    "spoke with the mother alone for the first time", "passed on what a neighbour had said", "closed the case",
    "saw bruising and accepted the account that was given", "offered another appointment, which was missed",
    "asked for a strategy discussion and was told to wait", "recorded that the household had changed",
    "sent a form that did not reach the other team", "was on leave, and nobody stood in",
    "noted a loss of weight and arranged to see the family again", "heard from the grandmother that food was short",
)  # fmt: skip
AFTER: Final = (
    "and no one else was told", "which was good practice", "although the earlier record said otherwise",
    "and the meeting that followed did not hear of it", "while the younger child was at nursery",
    "before the plan had been agreed", "and this was not looked at again for {n} weeks",
    "so that the picture stayed in {n} separate files", "after a delay of {n} days", "as the procedure of the time asked",
)  # fmt: skip


@cache
def material() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Of our own examples: whole recommendations, sentences that tell what happened, and sentences that ask for something."""
    texts = [
        json.loads(line)["text"] for file in sorted(EXAMPLES.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()
    ]  # fmt: skip
    sentences = [s for text in texts for s in re.split(r"(?<=[.?!]) +", text) if 8 <= len(s.split()) <= 45]
    told = tuple(s for s in sentences if PASSED.search(s) and not ASKS.search(s))
    asking = tuple(s for s in sentences if re.search(r"\bshould\b", s))
    whole = [text for text in dict.fromkeys(texts) if 8 <= len(text.split()) <= 140]
    random.Random(0).shuffle(whole)
    return tuple(whole), told, asking


def _sentence(dice: random.Random) -> str:
    _, told, asking = material()
    if dice.randrange(ASKING_EVERY) == 0:
        return dice.choice(asking)
    if dice.random() < 0.4:
        return dice.choice(told)
    when = (
        f"On {dice.randint(1, 28)} {dice.choice(MONTHS)}"
        if dice.random() < 0.6
        else f"{dice.randint(2, 30)} days later"
    )
    after = dice.choice(AFTER).format(n=dice.randint(2, 40))
    return f"{when} {dice.choice(WHO)} {dice.choice(DID)}, {after}."


def _paragraphs(dice: random.Random, words: int) -> Iterator[str]:
    while words > 0:
        text = " ".join(_sentence(dice) for _ in range(dice.randint(3, 7)))
        words -= len(text.split())
        yield text


def _recommendations(dice: random.Random, number: int, board: str) -> list[str]:
    """Texts that no other review has: each of our own comes once, and once all were used, with another ending."""
    whole = material()[0]
    count = dice.randint(FEWEST, MOST)
    out = []
    for place in range(count):
        # A step that shares no factor with the number of texts goes through all of them before any comes again.
        turn, at = divmod(number * MOST + place, len(whole))
        text = whole[at]
        if turn or dice.random() < 0.3:
            text += f" The {board} should hear of progress by {dice.choice(MONTHS)} {2015 + turn + dice.randint(1, 8)}."
        out.append(text)
    return out


def content(number: int) -> dict[str, Any]:
    """What stands in the review of this number, from 0, as its template takes it."""
    dice = random.Random(number)
    layout = LAYOUTS[number % len(LAYOUTS)]
    kind, body = KINDS[number // len(LAYOUTS) % len(KINDS)]
    town, name = TOWNS[number // len(NAMES) % len(TOWNS)], NAMES[number % len(NAMES)]
    again = number // (len(NAMES) * len(TOWNS))
    board = f"{town} {body}"
    words = layout.words * PAGES_OF_WORDS // len(CHAPTERS)
    return {
        "font": layout.font, "size": layout.size, "numbered": layout.numbered, "style": layout.style,
        "kind": kind, "board": board, "reviewer": dice.choice(REVIEWERS),
        "reference": name + (f" {again + 1}" if again else ""),
        "published": f"{dice.randint(1, 28)} {dice.choice(MONTHS)} {dice.randint(2008, 2025)}",
        "chapters": [
            {"title": title, "paragraphs": list(_paragraphs(dice, int(words * dice.uniform(0.85, 1.15))))}
            for title in CHAPTERS
        ],
        "chronology": [
            [f"{dice.randint(1, 28)} {dice.choice(MONTHS)} {year}", dice.choice(WHO).removeprefix("the "), _sentence(dice)]
            for year in sorted(dice.choices(range(2004, 2024), k=18))
        ],
        "announced": f"The review makes the following recommendations to the {board}.",
        "recommendations": [
            [layout.label.format(n=n), text] for n, text in enumerate(_recommendations(dice, number, board), 1)
        ],
    }  # fmt: skip


def make_review(number: int, folder: Path) -> Path:
    """Set the review of this number as a PDF in the folder, unless it is there; gives the file."""
    made = content(number)
    file = folder / f"{number:05}-{made['reference'].lower().replace(' ', '-')}.pdf"
    if not file.exists():
        pdf = typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"review": json.dumps(made)})
        beside = file.with_suffix(".part")
        beside.write_bytes(pdf)
        beside.replace(file)
    return file


def make_reviews(count: int, folder: Path) -> Sequence[Path]:
    """The first so many reviews, made where they are not in the folder yet."""
    folder.mkdir(parents=True, exist_ok=True)
    return [make_review(number, folder) for number in range(count)]


def main() -> int:
    """Make and say how long it took."""
    if not 2 <= len(sys.argv) <= 3:
        print(__doc__)
        return 2
    count = int(sys.argv[2]) if len(sys.argv) == 3 else 100
    began = time.perf_counter()
    files = make_reviews(count, Path(sys.argv[1]))
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"{len(files)} reviews, {size:.0f} MB, made in {time.perf_counter() - began:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

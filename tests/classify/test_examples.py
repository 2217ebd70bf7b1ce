import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from classify.encoder import Encoder, OnnxEncoder
from classify.examples import read_examples
from classify.model import Classifier
from domain.errors import CannotWork, InputRejected
from domain.framework import load_framework
from domain.records import Example

FRAMEWORK = load_framework()
ROW: dict[str, Any] = {
    "id": "x-1", "text": "Share records.", "quadrant": "Q2", "secondary": "Q3", "issues": ["neglect"],
    "areas": ["information-sharing"], "standards": ["2.2"], "review_type": "SPR", "note": "",
}  # fmt: skip


def write(folder: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / "some.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_examples_are_read_and_blank_lines_skipped(tmp_path: Path) -> None:
    (one, two) = read_examples(
        write(tmp_path, ROW, "", {**ROW, "id": "x-2", "text": "Other.", "secondary": None}), FRAMEWORK
    )
    assert (one.id, one.secondary, one.areas, one.origin) == ("x-1", "Q3", ("information-sharing",), "example")
    assert two.secondary is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"quadrant": "Q5"}, 'quadrant "Q5"'),
        ({"secondary": "Q9"}, 'secondary quadrant "Q9"'),
        ({"secondary": "Q2"}, "primary one again"),
        ({"issues": ["obesity"]}, '"obesity"'),
        ({"areas": ["neglect"]}, '"neglect"'),
        ({"standards": ["9.9"]}, '"9.9"'),
        ({"standards": ["2.2", "2.2"]}, "names a code twice"),
        ({"issues": "neglect"}, "not a list"),
        ({"review_type": "novel"}, 'review type "novel"'),
        ({"text": "  "}, '"text" is empty'),
        ({"text": None}, '"text" is empty'),
        ({"colour": "red"}, '"colour" is unknown'),
    ],
)
def test_a_bad_line_is_named_with_file_and_line(tmp_path: Path, change: dict[str, object], says: str) -> None:
    with pytest.raises(InputRejected, match=r"some\.jsonl, line 2") as caught:
        read_examples(write(tmp_path, {**ROW, "id": "x-0", "text": "Fine."}, {**ROW, **change}), FRAMEWORK)
    assert says in str(caught.value)


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputRejected, match='"areas" is missing'):
        read_examples(write(tmp_path, {k: v for k, v in ROW.items() if k != "areas"}), FRAMEWORK)


@pytest.mark.parametrize("change", [{"text": "Another."}, {"id": "x-2", "text": " share  RECORDS. "}])
def test_the_same_identifier_or_text_twice_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    with pytest.raises(InputRejected, match=r"line 2: .* stands already at some\.jsonl, line 1"):
        read_examples(write(tmp_path, ROW, {**ROW, **change}), FRAMEWORK)


@pytest.mark.parametrize("line", ["{", "[1]", "nonsense"])
def test_what_is_not_an_example_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(InputRejected, match=r"some\.jsonl, line 1"):
        read_examples(write(tmp_path, line), FRAMEWORK)


def test_no_examples_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotWork, match="no labelled examples"):
        read_examples(write(tmp_path, ""), FRAMEWORK)


# ---------------------------------------------------------------- the project's own


ROOT = Path(__file__).parents[2]
EVALUATION = ROOT / "../shared/evaluation"
NEAR_COPY = 0.95


@pytest.fixture(scope="module")
def own() -> tuple[Example, ...]:
    return read_examples(ROOT / "models/examples", FRAMEWORK)


def test_the_shipped_model_learnt_from_them(own: tuple[Example, ...], encoder: Encoder) -> None:
    remembered = Classifier.load(ROOT / "models/classifier", FRAMEWORK, encoder.name).remembered_vectors()
    assert set(remembered) == {e.text for e in own}
    some = [e.text for e in own[::500]]
    assert np.stack([remembered[text] for text in some]) == pytest.approx(encoder.encode(some), abs=1e-3)


def test_there_are_enough_and_every_code_has_its_share(own: tuple[Example, ...]) -> None:
    assert len(own) >= 1800
    codes = Counter(code for e in own for code in (e.quadrant, *e.issues, *e.areas, *e.standards))
    for code in FRAMEWORK.quadrant_codes:
        assert codes[code] >= 0.18 * len(own)
    for code in (*FRAMEWORK.issue_codes, *FRAMEWORK.area_codes, *FRAMEWORK.standard_codes):
        assert codes[code] >= 40, code
    kinds = Counter(e.review_type for e in own)
    assert all(
        kinds[kind] >= 100 for kind in ("SCR", "SPR", "SAR", "DHR", "audit", "scrutiny", "section11", "inspection")
    )


def test_they_vary_in_length(own: tuple[Example, ...]) -> None:
    words = sorted(len(e.text.split()) for e in own)
    assert words[len(words) // 10] < 20
    assert words[-len(words) // 10] >= 65
    assert words[-1] <= 250


def test_a_quarter_bear_two_quadrants_or_are_told_by_more_than_their_subject(own: tuple[Example, ...]) -> None:
    hard = {"bor", "hard", "contrast", "asr", "mab", "apr", "oap"}
    assert sum(e.secondary is not None or e.id.rpartition("-")[0] in hard for e in own) >= len(own) / 4


# Nearer than 0.94 lie no two of some fourteen thousand texts that do not share half of their words, and nearer than 0.9 none that
# do not share a fifth: only what shares so many can be a near copy, and need be encoded.
SHARED_BY_COPIES = 0.35


def near_copies(plain: OnnxEncoder, texts: Sequence[str], others: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of a text and another that lie so near by the plain model: the tuned one has learnt that repeats in other words do so too."""
    pairs = [(a, b) for a, b in sharing_words(texts, others) if a != b]
    needed = sorted({text for pair in pairs for text in pair})
    vectors = dict(zip(needed, plain.encode(needed), strict=True)) if needed else {}
    return [(a, b) for a, b in pairs if float(vectors[a] @ vectors[b]) >= NEAR_COPY]


def sharing_words(texts: Sequence[str], others: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of which at least `SHARED_BY_COPIES` of all their words stand in both."""
    places: dict[str, int] = {}
    one, other = (_words_of(each, places) for each in (texts, others))
    one.resize(one.shape[0], len(places))
    sizes = np.asarray(one.sum(1)), np.asarray(other.sum(1)).T
    for start in range(0, len(texts), 500):
        # Among themselves, what stands further up has been held against these already.
        after = start if others is texts else 0
        common = (one[start : start + 500] @ other[after:].T).toarray()
        of_both = sizes[0][start : start + 500] + sizes[1][:, after:] - common
        for row, column in np.argwhere(common >= SHARED_BY_COPIES * of_both):
            yield texts[start + row], others[after + column]


def _words_of(texts: Sequence[str], places: dict[str, int]) -> csr_matrix:
    """Which words stand in which text; `places` is told the words that it did not know."""
    sets = [sorted({places.setdefault(w, len(places)) for w in re.findall(r"[a-z]+", text.lower())}) for text in texts]
    starts = np.cumsum([0, *map(len, sets)])
    columns = np.array([place for each in sets for place in each], dtype=np.int32)
    return csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(texts), len(places)))


def test_what_lies_near_is_found_among_what_shares_words(plain: OnnxEncoder) -> None:
    first = "The Board should seek assurance that every child is seen alone before a plan is ended."
    copy = "The Board should seek assurance that each child is seen alone before any plan is ended."
    others = ["The police should review how reports are shared.", copy]
    assert near_copies(plain, [first], others) == [(first, copy)]
    # Nor is a pair missed whose texts stand far apart in one and the same list.
    among = [first, *map("".join, islice(product("bcdfghjklm", repeat=4), 1100)), copy]
    assert near_copies(plain, among, among) == [(first, copy)]


def test_no_two_say_the_same(own: tuple[Example, ...], plain: OnnxEncoder) -> None:
    texts = [e.text for e in own]
    assert near_copies(plain, texts, texts) == []


def test_none_is_a_near_copy_of_what_measures(own: tuple[Example, ...], plain: OnnxEncoder) -> None:
    file = Path(__file__).parent / "read_apart/reviews.jsonl"
    measuring = [json.loads(line)["text"] for line in file.read_text("utf-8").split("\n") if line]
    assert near_copies(plain, measuring, [e.text for e in own]) == []


def test_none_is_a_near_copy_of_a_real_one(own: tuple[Example, ...], plain: OnnxEncoder) -> None:
    if not EVALUATION.exists():
        pytest.skip("the real recommendations (../shared/evaluation) are not here")
    real = sorted(_real_texts())
    assert len(real) > 700
    texts = {e.text for e in own}
    assert texts.isdisjoint(real)
    assert near_copies(plain, real, [e.text for e in own]) == []


def _real_texts() -> set[str]:
    read = [
        json.loads(line)
        for file in EVALUATION.glob("*.jsonl")
        for line in file.read_text("utf-8").split("\n")
        if line.strip()
    ]
    read += [json.loads(file.read_text("utf-8")) for file in EVALUATION.rglob("*.json")]
    return {text for value in read for text in _texts_in(value) if len(text.split()) >= 5}


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(part)

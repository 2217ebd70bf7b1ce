import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
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


def near_copies(texts: Sequence[str], others: Sequence[str], plain: OnnxEncoder) -> list[tuple[str, str]]:
    """Unlike texts, one of each list, that are near copies of each other by the plain model's vectors.

    The tuned model has learnt that repeats in other words lie as near as copies. Encoding all would take a minute, so only
    pairs that share a third of their words are looked at: of the 26 pairs of examples with a cosine above 0.92 all but one
    do, and half of them share five in ten and more; copies share more still.
    """
    shared = [(a, b) for a, b in sharing(texts, others) if a != b]
    some = list(dict.fromkeys(text for pair in shared for text in pair))
    vectors = dict(zip(some, plain.encode(some), strict=True))
    return [(a, b) for a, b in shared if vectors[a] @ vectors[b] >= NEAR_COPY]


def sharing(texts: Sequence[str], others: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of texts that have at least a third of their words in common."""
    place: dict[str, int] = {}
    first, second = (words_of(some, place) for some in (texts, others))
    second = csr_matrix((second.data, second.indices, second.indptr), shape=(len(others), len(place)))
    first = csr_matrix((first.data, first.indices, first.indptr), shape=(len(texts), len(place)))
    many, counts = first.sum(axis=1).A1, second.sum(axis=1).A1
    for start in range(0, len(texts), 1000):
        until = start + 1000 if texts is others else len(others)  # of one list, each pair once
        both = (first[start : start + 1000] @ second[:until].T).toarray()
        either = many[start : start + 1000, np.newaxis] + counts[:until] - both
        for row, column in np.argwhere(3 * both >= either):
            yield texts[start + row], others[column]


def words_of(texts: Sequence[str], place: dict[str, int]) -> csr_matrix:
    """Which words each text has, (texts, words); `place` gets those that it has not yet."""
    rows = [sorted({place.setdefault(w, len(place)) for w in re.findall(r"[a-z]{3,}", t.lower())}) for t in texts]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.concatenate([np.array(row, dtype=np.int64) for row in rows])
    return csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(texts), len(place)))


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


def test_no_two_say_the_same(own: tuple[Example, ...], plain: OnnxEncoder) -> None:
    texts = [e.text for e in own]
    assert len(set(texts)) == len(texts)
    assert near_copies(texts, texts, plain) == []


def test_none_is_a_near_copy_of_what_measures(own: tuple[Example, ...], plain: OnnxEncoder) -> None:
    file = Path(__file__).parent / "read_apart/reviews.jsonl"
    measuring = [json.loads(line)["text"] for line in file.read_text("utf-8").split("\n") if line]
    assert not {e.text for e in own} & set(measuring)
    assert near_copies(measuring, [e.text for e in own], plain) == []


def test_none_is_a_near_copy_of_a_real_one(own: tuple[Example, ...], plain: OnnxEncoder) -> None:
    if not EVALUATION.exists():
        pytest.skip("the real recommendations (../shared/evaluation) are not here")
    real = sorted(_real_texts())
    assert len(real) > 700
    assert not {e.text for e in own} & set(real)
    assert near_copies(real, [e.text for e in own], plain) == []


def test_a_near_copy_would_be_found(own: tuple[Example, ...], plain: OnnxEncoder) -> None:
    text = next(e.text for e in own if 20 < len(e.text.split()) < 40)
    copy = text.replace(" the ", " its ").rstrip(".") + ", without delay."
    assert near_copies([copy], [e.text for e in own], plain) == [(copy, text)]


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

"""Files that mean harm: reading each ends in one of three ways, and the next file is read as if nothing had been."""

import json
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import SandboxError
from extract.reader import read_json
from sandbox.pool import Sandbox
from tests.extract.hostile import CLASSES
from tests.extract.hostile_making import FONT, RESOURCES, TEXT, parts, pdf, stream, with_parts
from tests.extract.hostile_mutations import CHANGES

READER = "extract.reader:read_json"
MOST = 3  # files of a class; the benchmark reads all
FEW = {
    "flate bombs": 1,
    "bombs in filters": 1,
    "too many": 1,
    "deep trees": 2,
    "form loops": 3,
    "deep nesting": 3,
    "pictures": 3,
    "tables in streams": 2,
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(packages=("extract",), seconds=8, preload=("extract.reader",)) as made:
        yield made


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A sound file, and what a process that has read nothing before makes of it."""
    file = tmp_path_factory.mktemp("sound") / "sound.pdf"
    file.write_bytes(with_parts({}))
    with Sandbox(packages=("extract",), seconds=20, preload=("extract.reader",)) as fresh:
        return file, ended(fresh, file)[1]


def ended(sandbox: Sandbox, file: Path) -> tuple[str, dict[str, Any]]:
    """How reading a file ended, and what was answered."""
    try:
        answer: Any = sandbox.call(READER, str(file), file.name, None, False)
    except SandboxError as error:
        assert str(error).endswith(".")
        return "refused", {}
    if "rejected" in answer:
        assert answer["rejected"]["reason"]
        assert answer["rejected"]["message"].startswith(file.name)
        return "refused", answer
    if "recognise" in answer:
        return "extracted", answer
    assert answer["recommendations"] or answer["warnings"], "holds nothing and says nothing"
    assert answer["warnings"] or not answer["partial"]
    return ("partial" if answer["partial"] else "extracted"), answer


@pytest.mark.parametrize("kind", CLASSES)
def test_each_class_ends_as_it_should(
    kind: str, sandbox: Sandbox, sound: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    file = tmp_path / "hostile.pdf"
    for made in islice(CLASSES[kind](Random(1)), FEW.get(kind, MOST)):
        file.write_bytes(made.content)
        how, answer = ended(sandbox, file)
        assert how in made.ends, f"{made.name}: {answer}"
        assert file.read_bytes() == made.content
    assert list(tmp_path.iterdir()) == [file]
    assert ended(sandbox, sound[0])[1] == sound[1]


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(sorted(CHANGES)), seed=st.integers(0, 10_000))
def test_a_changed_file_is_read_or_refused(kind: str, seed: int, sandbox: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "changed.pdf"
    file.write_bytes(CHANGES[kind](with_parts({}), Random(seed)))
    how, answer = ended(sandbox, file)
    json.dumps(answer)
    assert how in ("extracted", "partial", "refused")


objects = st.recursive(
    st.one_of(
        st.sampled_from(["null", "true", "/A", "/Type", "()", "<>", "1 0 R", "2 0 R", "3 0 R", "99 0 R"]),
        st.integers().map(str),
        st.floats(width=32).map(str),
        st.binary(max_size=6).map(lambda raw: f"<{raw.hex()}>"),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda found: "[" + " ".join(found) + "]"),
        st.lists(inner, max_size=3).map(lambda found: "<<" + "".join(f"/K{i} {v}" for i, v in enumerate(found)) + ">>"),
    ),
    max_leaves=8,
)


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.sampled_from(["Contents", "Resources", "MediaBox", "Annots", "Rotate", "Parent", "Type"]), value=objects)
def test_a_page_with_any_object_for_an_entry(key: str, value: str, sandbox: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "odd.pdf"
    file.write_bytes(with_parts({}, page=f"/{key} {value}".encode()))
    assert ended(sandbox, file)[0] in ("extracted", "partial", "refused")


def _of_two_pages(second: bytes) -> bytes:
    """A page with recommendations, and one whose instructions are these."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R/Resources<</XObject<</A 8 0 R>>>>>>"
    found = {**parts(), 2: b"<</Type/Pages/Count 2/Kids[3 0 R 6 0 R]>>", 6: page, 7: stream(b"/A Do")}
    return pdf({**found, 8: stream(second, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 8 0 R/B 9 0 R>>>>"),
                9: stream(second, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 9 0 R/B 8 0 R>>>>")})  # fmt: skip


def test_a_page_that_kills_its_reader_costs_that_page_alone(sandbox: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "two.pdf"
    file.write_bytes(_of_two_pages(b"/B Do /B Do"))
    how, answer = ended(sandbox, file)
    assert how == "partial"
    assert len(answer["recommendations"]) == 2
    assert any("could not be read" in warning and "2" in warning for warning in answer["warnings"])


def test_what_is_typed_into_a_form_is_read(sandbox: Sandbox, tmp_path: Path) -> None:
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[0 0 595 842]/AP<</N 6 0 R>>>>"
    shown = stream(TEXT, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources" + RESOURCES)
    file = tmp_path / "form.pdf"
    file.write_bytes(with_parts({6: shown}, page=b"/Annots[%s]" % field, content=b""))
    how, answer = ended(sandbox, file)
    assert how == "extracted"
    assert len(answer["recommendations"]) == 2


def test_a_page_of_a_single_line_is_no_damage(sandbox: Sandbox, tmp_path: Path) -> None:
    """Where all text is furniture nothing is left, and that is said."""
    file = tmp_path / "line.pdf"
    file.write_bytes(with_parts({4: FONT}, content=b"BT /F1 11 Tf 50 800 Td (7) Tj ET"))
    how, answer = ended(sandbox, file)
    assert how == "extracted"
    assert "No recommendations were found" in answer["warnings"][0]


def test_a_file_whose_first_line_is_lost_is_read(sandbox: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "headless.pdf"
    file.write_bytes(pdf(parts(), header=b"%\xe2\xe3\xcf\xd3\n"))
    assert len(ended(sandbox, file)[1]["recommendations"]) == 2


def test_a_file_too_long_is_read_as_far_as_it_goes(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = BytesIO()
    with pikepdf.open(BytesIO(with_parts({}))) as found:
        for _ in range(3):
            found.pages.append(found.pages[0])
        found.save(made)
    file = tmp_path / "long.pdf"
    file.write_bytes(made.getvalue())
    monkeypatch.setattr("extract.survey.MOST_PAGES", 2)
    answer = read_json(str(file), file.name)
    assert answer["partial"] is True
    assert "only the first 2 were read" in " ".join(answer["warnings"])

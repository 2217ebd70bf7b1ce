"""Whatever lies in the corpus: in = done + rejected, every file is accounted for by name, and a second run adds nothing."""

import hashlib
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import flows.ingest
import services.ingestion
from domain.processed import AlreadyIngested, Ingested, NewEdition, Processed, RunReport
from domain.records import ExtractedRecommendation, Extraction, Particulars, Rejected
from domain.states import Reason
from services.house import House
from tests.services import making

KINDS = ("good", "no recommendations", "locked", "no pdf", "empty", "web page")


@dataclass(frozen=True)
class Given:
    """A file of the mixture: its kind, and which content of that kind it has. Two of one content are doubles."""

    kind: str
    mark: int

    @property
    def content(self) -> bytes:
        match self.kind:
            case "empty":
                return b""
            case "no pdf":
                return f"Dear all {self.mark}".encode()
            case "web page":
                return f"<html>{self.mark}</html>".encode()
        return f"%PDF-1.7\n{self.kind}\n{self.mark}\n%%EOF".encode()


mixtures = st.lists(st.builds(Given, st.sampled_from(KINDS), st.integers(0, 2)), max_size=9)


def pretended(house: House, path: Path, name: str) -> Extraction | Rejected:
    """Stands for reading in the sandbox: what a file is stands in it in so many words."""
    content = path.read_bytes()
    _, kind, mark, _ = content.decode().split("\n")
    if kind == "locked":
        return Rejected(name, Reason.ENCRYPTED, f"{name} is protected by a password. Save a copy without.")
    asks = (f"The Board should look at matter {mark} with care.", "All agencies should train their staff.")
    recommendations = tuple(ExtractedRecommendation(text, 1, "Recommendations", pages=(1,)) for text in asks)
    return Extraction(
        hashlib.sha256(content).hexdigest(),
        name,
        1,
        Particulars(case_ref=f"Case {kind} {mark}", publisher="A Board"),
        recommendations if kind == "good" else (),
    )


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services.ingestion, "read_pdf", pretended)
    monkeypatch.setattr(flows.ingest, "refresh", lambda house: ())


def run(corpus: Path, **how: bool) -> RunReport:
    s = making.settings(corpus.parent / "outputs", corpus)
    return flows.ingest.ingest(s, sorted(corpus.iterdir()), **how)[0]


def named(report: RunReport, *kinds: type[Processed]) -> list[str]:
    return sorted(p.file for p in report.processed if isinstance(p, kinds))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mixture=mixtures)
def test_in_is_done_and_rejected(quick: None, mixture: list[Given]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, one in enumerate(mixture):
            (corpus / f"{number}.pdf").write_bytes(one.content)
        first = run(corpus)
        taken = {one.content for one in mixture if one.kind in ("good", "no recommendations")}
        assert len(first.processed) == len(mixture)
        assert sorted(p.file for p in first.processed) == [f"{n}.pdf" for n in range(len(mixture))]
        assert len(named(first, Ingested)) == len(taken)
        bad = [f"{n}.pdf" for n, one in enumerate(mixture) if one.content not in taken]
        assert named(first, Rejected) == bad
        for refused in (p for p in first.processed if isinstance(p, Rejected)):
            assert refused.file in refused.message
        file = corpus.parent / "outputs" / "cap.db"
        before = making.said(file)
        second = run(corpus)
        assert named(second, Ingested, NewEdition) == []
        assert Counter(map(type, second.processed)) == {
            kind: n for kind, n in ((AlreadyIngested, len(mixture) - len(bad)), (Rejected, len(bad))) if n
        }
        assert named(second, Rejected) == bad
        assert making.said(file) == before
        assert not list((corpus.parent / "outputs").glob("readings/*"))


def test_a_double_of_a_review_is_the_same_as_that_very_review(quick: None, tmp_path: Path) -> None:
    """Two files may bear one name, in two folders: what became of a double goes by content, not by name."""
    corpus = tmp_path / "corpus"
    files = []
    for folder, mark in (("a", 1), ("b", 2), ("c", 2)):
        (corpus / folder).mkdir(parents=True)
        file = corpus / folder / ("copy.pdf" if folder == "c" else "report.pdf")
        file.write_bytes(Given("good", mark).content)
        files.append(file)
    report = flows.ingest.ingest(making.settings(tmp_path / "outputs", corpus), files)[0]
    (double,) = [p for p in report.processed if isinstance(p, AlreadyIngested)]
    assert (double.file, double.review.reference) == ("copy.pdf", "Case good 2")


def test_a_double_of_what_was_refused_is_named_itself(quick: None, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("first.pdf", "second.pdf"):
        (corpus / name).write_bytes(Given("locked", 1).content)
    messages = [p.message for p in run(corpus).processed if isinstance(p, Rejected)]
    assert [m.split()[0] for m in messages] == ["first.pdf", "second.pdf"]
    assert "same content as first.pdf" in messages[1]


def test_a_real_mixture(tmp_path: Path) -> None:
    corpus = making.copied(tmp_path / "corpus", making.JUNIPER, making.ROWAN)
    (corpus / "double.pdf").write_bytes((corpus / making.JUNIPER).read_bytes())
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.7\nbroken\n%%EOF")
    (corpus / "page.pdf").write_text("<html>")
    report = run(corpus)
    assert named(report, Ingested) == [making.JUNIPER, making.ROWAN]
    assert named(report, AlreadyIngested) == ["double.pdf"]
    assert named(report, Rejected) == ["broken.pdf", "page.pdf"]
    assert all(Path(file).stat().st_size for file in report.outputs)
    assert len(report.outputs) == 3

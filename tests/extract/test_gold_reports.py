"""The real reports and their answers, where they are at hand: floors for precision, exact texts and pages."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from extract.reader import read_json

SHARED = Path(__file__).parents[3] / "shared" / "evaluation"
WITHOUT = ("statement-transcript", "thurrock-inspection-2024")

pytestmark = pytest.mark.skipif(
    not (SHARED / "extraction_gold.json").is_file(), reason=f"the evaluation reports are not at hand in {SHARED}"
)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("extracted")
    for file in sorted((SHARED / "reports").glob("*.pdf")):
        (folder / f"{file.stem}.json").write_text(json.dumps(read_json(str(file), file.name)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_extraction", SHARED / "score_extraction.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_floors_on_the_gold_reports(
    extracted: Path, scorer: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["score", str(SHARED / "extraction_gold.json"), str(extracted), "--verbose"])
    assert scorer.main() == 0
    printed = capsys.readouterr().out
    figures = dict(re.findall(r"\b(precision|recall|f1|exact|page|perfect) ([\d.]+)", printed.splitlines()[-1]))
    assert float(figures["f1"]) >= 0.995, printed
    assert float(figures["exact"]) >= 0.995, printed
    assert float(figures["page"]) >= 0.995, printed
    assert int(figures["perfect"]) >= 16, printed


@pytest.mark.parametrize("name", WITHOUT)
def test_nothing_from_a_report_without_recommendations(extracted: Path, name: str) -> None:
    result = json.loads((extracted / f"{name}.json").read_text(encoding="utf-8"))
    assert (result["recommendations"], result["partial"]) == ([], False)
    (warning,) = result["warnings"]
    assert warning.startswith("No recommendations were found in this report.")


def test_no_real_report_gives_a_false_alarm(extracted: Path) -> None:
    for file in extracted.glob("*.json"):
        result = json.loads(file.read_text(encoding="utf-8"))
        if file.stem not in WITHOUT:
            assert (result["partial"], result["warnings"]) == (False, []), file.name

"""What the doctor finds, in a sound house and in a sick one."""

import shutil
from pathlib import Path

from services.health import Finding, examine
from tests.services import making


def found(outputs: Path, **more: object) -> dict[str, Finding]:
    with making.house(outputs, **more) as house:
        return {finding.what: finding for finding in examine(house)}


def test_a_sound_house_is_well_in_everything(plan: Path) -> None:
    (plan.parent / "corpus").mkdir()
    findings = found(plan)
    assert [f for f in findings.values() if not f.well] == []
    assert "reviews 5, of them drafts 5" in findings["Plan"].words


def test_a_fresh_house_is_well_before_its_first_run(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    findings = found(tmp_path / "outputs")
    assert [f for f in findings.values() if not f.well] == []
    assert "cap run" in findings["Plan"].words
    assert not (tmp_path / "outputs" / "cap.db").exists(), "looking makes no plan"


def test_each_fault_is_named_and_keeps_nothing_else_from_being_looked_at(tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    outputs.mkdir()
    (outputs / "cap.db").write_text("no database at all, but long enough to look like one " * 30)
    own = tmp_path / "framework.toml"
    own.write_text("name = 1")
    models = tmp_path / "models"
    models.mkdir()
    findings = found(outputs, framework=own, models=models)
    assert {what for what, f in findings.items() if not f.well} == {"Framework", "PDF folder", "Plan", "Label model"}
    assert "framework.toml" in findings["Framework"].words
    assert "is not a database" in findings["Plan"].words
    assert findings["Reading PDFs"].well


def test_a_damaged_page_of_the_database_is_found(tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    shutil.copytree(making.ingested(), outputs)
    file = outputs / "cap.db"
    content = bytearray(file.read_bytes())
    for page in range(8, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 200] = b"\xa5" * 200
    file.write_bytes(content)
    (tmp_path / "corpus").mkdir()
    plan = found(outputs)["Plan"]
    assert not plan.well
    assert "damaged" in plan.words

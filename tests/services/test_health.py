"""What the doctor finds, in a sound house and in a sick one."""

import shutil
from pathlib import Path

import pytest

from services import health
from services.accounts import add_person
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


def test_a_library_that_is_missing_or_too_old_is_named_with_the_way_to_get_it(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (plan.parent / "corpus").mkdir()
    needed = ["pikepdf>=9999", "no-such-library>=1,<2", 'only-for-tests; extra == "dev"', "numpy>=2"]
    monkeypatch.setattr(health, "requires", lambda name: needed)
    libraries = found(plan)["Libraries"]
    assert not libraries.well
    assert ">=9999 is needed" in libraries.words and "no-such-library is missing" in libraries.words
    assert "only-for-tests" not in libraries.words and "numpy" not in libraries.words
    assert "pip install" in libraries.words


def test_where_settings_come_from_is_told(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "There is no cap.toml here" in found(plan)["Settings"].words
    (tmp_path / "cap.toml").write_text("workers = 1")
    words = found(plan, workers=1)["Settings"].words
    assert str(tmp_path / "cap.toml") in words and "workers" in words


def test_who_may_sign_in_is_told(plan: Path) -> None:
    assert "this computer alone" in found(plan)["Accounts"].words
    with making.house(plan) as house:
        add_person(house, "Ada Tester", "administrator", "a long enough password 7")
    assert "accounts: 1" in found(plan)["Accounts"].words

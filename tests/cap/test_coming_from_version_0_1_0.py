"""A plan, a model and settings that version 0.1.0 wrote come along: nothing that people decided is lost or says anything else.

`tests/services/version_0_1_0` holds what that version left: its plan, a model promoted by it, its settings, and its own
export of that plan, which is what the plan has to say still.
"""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from services.house import House
from services.settings import load_settings
from tests.cap.conftest import Cap
from tests.services import making

OLD = Path(__file__).parents[1] / "services" / "version_0_1_0"
REPORTS = Path(__file__).parents[1] / "extract" / "reviews"


@pytest.fixture
def left(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of somebody who used version 0.1.0, with its PDFs, plan, model and settings."""
    for name in ("scr-child-h.pdf", "dhr-bramble.pdf"):
        shutil.copy(REPORTS / name, desk / "corpus" / name)
    outputs = desk / "outputs"
    outputs.mkdir()
    (outputs / "cap.db").write_bytes(gzip.decompress((OLD / "cap.db.gz").read_bytes()))
    making.hard_links(making.trained(), outputs / "models")
    shutil.copytree(OLD / "models" / "classifier", outputs / "models" / "classifier")
    shutil.copy(OLD / "settings.toml", desk / "cap.toml")
    monkeypatch.delenv("CAP_TRAINED")
    return desk


def said_then() -> dict[str, Any]:
    """What version 0.1.0 exported of this plan."""
    data: dict[str, Any] = json.loads((OLD / "plan.json").read_text(encoding="utf-8"))
    return data


def old_part(now: object, then: object) -> object:
    """What is said now, without what version 0.1.0 had no words for."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {key: old_part(now[key], value) for key, value in then.items()}
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [old_part(a, b) for a, b in zip(now, then, strict=True)]
    return now


def test_actions_and_recommendations_say_what_they_said(cap: Cap, left: Path) -> None:
    ended = cap("export", "--format", "json", "--audience", "partnership", "--out", "plan.json")
    assert ended.code == 0, ended.err
    now, then = json.loads((left / "plan.json").read_text(encoding="utf-8")), said_then()
    assert len(then["actions"]) == 2 and len(then["reviews"]) == 2
    for part in ("actions", "reviews"):
        assert old_part(now[part], then[part]) == then[part]


def test_the_main_job_goes_on_and_says_what_became_of_the_model(cap: Cap, left: Path) -> None:
    decided = making.ask(left / "outputs" / "cap.db", "SELECT * FROM decisions ORDER BY id")
    ended = cap("run")
    assert ended.code == 0, ended.err
    assert "0 taken in, 2 known already, 0 not taken" in ended.out
    assert "made by an earlier version of the software" in ended.err and "cap train" in ended.err
    after = making.ask(left / "outputs" / "cap.db", "SELECT * FROM decisions ORDER BY id")
    assert [row[: len(decided[0])] for row in after] == decided
    (copy,) = (left / "outputs").glob("cap.before-*.db")
    assert making.ask(copy, "SELECT count(*) FROM plan_migrations") == [(8,)]


def test_a_new_review_is_labelled_by_the_model_that_came_with_this_version(cap: Cap, left: Path) -> None:
    making.copied(left / "corpus", making.CHILD_F)
    ended = cap("run")
    assert ended.code == 0, ended.err
    assert "1 taken in, 2 known already" in ended.out
    shipped = json.loads((making.models() / "classifier" / "manifest.json").read_text(encoding="utf-8"))["version"]
    new = "SELECT DISTINCT s.model FROM suggestions AS s JOIN recommendations AS r ON r.id = s.recommendation_id "
    new += "JOIN reviews AS v ON v.id = r.review_id WHERE v.letter = 'F'"
    assert making.ask(left / "outputs" / "cap.db", new) == [(shipped,)]


def test_the_doctor_says_what_to_do_and_nothing_else_is_wrong(cap: Cap, left: Path) -> None:
    ended = cap("doctor")
    unwell = [line for line in ended.out.splitlines() if line.startswith("NOT WELL")]
    assert ended.code == 3
    assert len(unwell) == 1 and "Label model" in unwell[0]
    assert "cap train" in " ".join(ended.out.split())


def test_the_old_model_is_not_brought_back_by_a_mistake(cap: Cap, left: Path) -> None:
    versions = left / "outputs" / "models" / "versions"
    name = json.loads((OLD / "models" / "classifier" / "manifest.json").read_text(encoding="utf-8"))["version"]
    shutil.copytree(OLD / "models" / "classifier", versions / name)
    ended = cap("models", "--use", name, "--why", "It was ours")
    assert ended.code != 0
    assert "format 1" in ended.err


def test_its_settings_hold(left: Path) -> None:
    settings = load_settings()
    assert settings.partnership == "Wexmere Safeguarding Children Partnership"
    assert (settings.workers, settings.seconds) == (1, 30.0)


def test_a_model_of_a_later_version_or_a_damaged_one_is_refused_and_nothing_stands_in_for_it(left: Path) -> None:
    manifest = left / "outputs" / "models" / "classifier" / "manifest.json"
    given = json.loads(manifest.read_text(encoding="utf-8"))
    for content in (json.dumps({**given, "format": 99}), "half a mani"):
        manifest.unlink()
        manifest.write_text(content, encoding="utf-8")
        with House(load_settings()) as house:
            assert not house.has_outdated_model
            assert house.model_folder == manifest.parent

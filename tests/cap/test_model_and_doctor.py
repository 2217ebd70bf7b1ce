"""`cap train`, `cap evaluate`, `cap doctor`, and one real training from a label to a better-informed model."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from threadpoolctl import threadpool_limits

from learning.promotion import Standing, Verdict
from plan.teaching import KeptOut
from services.training import Trained
from tests.cap.conftest import Cap
from tests.services import making


@pytest.fixture
def small(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Few examples, and a place of its own for what is trained."""
    making.hard_links(making.trained(), desk / "trained")
    monkeypatch.setenv("CAP_MODELS", str(making.small_models()))
    monkeypatch.setenv("CAP_TRAINED", str(desk / "trained"))
    # One thread: several of them wait for each other longer than they work, where other work keeps the cores busy.
    with threadpool_limits(1):
        yield desk / "trained"


@pytest.mark.slow
def test_a_label_teaches_the_next_model(cap: Cap, plan: Path, small: Path) -> None:
    """A real training, comparison included, on some of the examples."""
    identifier = cap("label", "F 1", "--quadrant", "Q3").out.split(":")[0]
    ended = cap("train", "--force", "for the test")
    assert ended.code == 0, ended.err
    assert " examples and 1 decisions" in ended.out
    assert "On texts not learnt from" in ended.out
    assert "The new model is in use." in ended.out
    version = ended.out.split(":")[0]
    text = making.ask(plan, "SELECT text FROM recommendations WHERE id = ?", identifier)[0][0]
    said = json.loads(cap("classify", stdin=json.dumps({"id": "x", "text": text})).out)
    assert said["model"] == version
    assert said["nearest"][0]["id"] == identifier, "the decision itself is the nearest example"
    assert said["quadrant"] == "Q3"
    assert "The current model stays in use." in cap("train").out, "nothing new was decided since"


def test_models_are_listed_and_one_is_brought_back(cap: Cap, plan: Path, small: Path) -> None:
    listed = cap("models")
    assert listed.code == 0, listed.err
    (line,) = [line for line in listed.out.splitlines() if line.startswith("classifier-")]
    assert "in use, came with the software" in line
    name = line.split()[0]
    refused = cap("models", "--use", name, "--why", "to see")
    assert (refused.code, refused.out) == (2, "")
    assert "in use already" in refused.err
    assert "cap models" in cap("models", "--use", "classifier-x", "--why", "to see").err


def test_what_to_check_next_is_shown_with_what_is_disputed(
    cap: Cap, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = cap("next", "--limit", "3")
    assert first.code == 0, first.err
    rows = [line for line in first.out.splitlines() if line.startswith("r-")]
    assert len(rows) == 3
    assert first.out.splitlines()[-1].startswith("0 checked, ")
    identifier = rows[0].split()[0]
    assert cap("label", identifier, "--quadrant", "Q1", "--sure", "hardly").code == 0
    monkeypatch.setenv("CAP_USER", "B. Other")
    assert cap("label", identifier, "--quadrant", "Q2").code == 0
    then = cap("next", "--limit", "3").out
    assert f"{identifier}: Reviewers differ: " in then
    assert then.splitlines()[-1].startswith("1 checked, ")
    assert cap("label", identifier, "--quadrant", "Q2", "--settles").code == 0
    assert "Reviewers differ" not in cap("next").out
    wrong = cap("label", identifier, "--quadrant", "Q2", "--sure", "very")
    assert (wrong.code, wrong.out) == (2, "")


def told(monkeypatch: pytest.MonkeyPatch, result: Trained) -> list[str | None]:
    forces: list[str | None] = []

    def learn(house: object, *, force: str | None = None) -> Trained:
        forces.append(force)
        return result

    monkeypatch.setattr("flows.train.train_model", learn)
    return forces


def test_both_standings_are_shown_and_why_a_worse_model_stays_out(
    cap: Cap, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, new = Standing(0.9, (("Q1", 0.9), ("Q2", 0.8))), Standing(0.8, (("Q1", 0.9), ("Q2", 0.4)))
    verdict = Verdict(False, 100, now, new, ("In Q2 the new model's F1 is 0.40, well below 0.80.",))
    forces = told(
        monkeypatch,
        Trained("classifier-1", 90, 10, (KeptOut("r-1", "Reviewers differ."),), verdict, False, desk / "kept"),
    )
    ended = cap("train")
    assert ended.code == 0
    assert "classifier-1: learnt from 90 examples and 10 decisions" in ended.out
    assert any(line.split() == ["Right", "quadrant", "0.900", "0.800"] for line in ended.out.splitlines())
    assert any(line.split() == ["F1", "of", "Q2", "0.800", "0.400"] for line in ended.out.splitlines())
    assert "In Q2 the new model's F1 is 0.40" in ended.err
    assert "r-1 was left out. Reviewers differ." in ended.err
    assert "The current model stays in use." in ended.out
    assert str(desk / "kept") in ended.out
    assert cap("train", "--force", "because").code == 0
    assert forces == [None, "because"]


def test_the_first_model_has_none_to_be_compared_with(cap: Cap, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, Trained("classifier-1", 90, 0, (), None, True, desk))
    ended = cap("train")
    assert ended.code == 0
    assert "On texts not learnt from" not in ended.out
    assert "The new model is in use." in ended.out


def test_a_model_of_another_framework_says_the_way_out(cap: Cap, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = (making.PROJECT / "domain" / "framework.toml").read_text(encoding="utf-8")
    (desk / "own.toml").write_text(own.replace("Professional curiosity", "Curiosity"), encoding="utf-8")
    monkeypatch.setenv("CAP_FRAMEWORK", "own.toml")
    ended = cap("classify", stdin=b'{"id": 1, "text": "Train staff"}')
    assert (ended.code, ended.out) == (3, "")
    assert "framework" in ended.err
    assert "cap train" in ended.err


def test_measuring_writes_the_card(cap: Cap, small: Path, desk: Path) -> None:
    examples = (making.small_models() / "examples" / "few.jsonl").read_text(encoding="utf-8").splitlines()[:8]
    (desk / "gold.jsonl").write_text("\n".join(examples), encoding="utf-8")
    ended = cap("evaluate", "gold.jsonl")
    assert ended.code == 0, ended.err
    assert ended.out.startswith("8 texts, classifier-")
    assert "Quadrant accuracy" in ended.out
    card = desk / "outputs" / "model-card.md"
    assert f"The model card: {card}" in ended.out
    assert "What it must not be used for" in card.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["absent.jsonl", "folder", "words.txt"])
def test_gold_that_cannot_be_read_is_wrong_usage(cap: Cap, desk: Path, name: str) -> None:
    (desk / "folder").mkdir()
    (desk / "words.txt").write_text("Train staff")
    ended = cap("evaluate", name)
    assert (ended.code, ended.out) == (2, "")
    assert name in ended.err
    assert len(ended.err.splitlines()) == 1


def test_the_doctor_says_what_is_well_and_what_is_not(cap: Cap, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = cap("doctor")
    assert (ended.code, ended.err) == (0, "")
    assert "NOT WELL" not in ended.out
    for what in (
        "Program",
        "Libraries",
        "Framework",
        "PDF folder",
        "Disk",
        "Plan",
        "Search model",
        "Label model",
        "Reading PDFs",
        "Text recognition",
    ):
        assert f"well  {what}" in ended.out
    monkeypatch.setenv("CAP_CORPUS", "nowhere")
    ended = cap("doctor")
    assert ended.code == 3
    (unwell,) = [line for line in ended.out.splitlines() if line.startswith("NOT WELL")]
    assert unwell.split()[2:4] == ["PDF", "folder"]

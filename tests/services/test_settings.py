"""Settings: code before variables before cap.toml before defaults; what cannot be used is said by its name."""

from pathlib import Path

import pytest

from domain.errors import UsageError
from domain.states import Visibility
from services.samples import stories
from services.settings import load_settings
from tests.services import making


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def toml(words: str) -> None:
    Path("cap.toml").write_text(words, encoding="utf-8")


def test_the_defaults_lie_in_the_current_folder(here: Path) -> None:
    s = load_settings()
    assert (s.corpus, s.outputs, s.plan_file) == (here / "corpus", here / "outputs", here / "outputs" / "cap.db")
    assert s.trained_models == here / "outputs" / "models"
    assert s.models == making.PROJECT / "models"


def test_what_is_given_beats_the_variable_which_beats_the_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toml('corpus = "of the file"\nuser = "file"\nworkers = 3\n')
    monkeypatch.setenv("CAP_CORPUS", "of the variable")
    monkeypatch.setenv("CAP_USER", "variable")
    s = load_settings(corpus=here / "given", user=None)
    assert (s.corpus, s.user, s.workers) == (here / "given", "variable", 3)


def test_the_working_variables_of_the_interface(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_CORPUS", "in")
    monkeypatch.setenv("CAP_OUTPUTS", "out")
    monkeypatch.setenv("CAP_DATABASE", "plan.db")
    s = load_settings()
    assert (s.corpus, s.plan_file, s.originals) == (here / "in", here / "out" / "plan.db", here / "out" / "originals")


def test_an_absolute_database_lies_where_it_says_and_a_home_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_DATABASE", "/data/plan.db")
    assert load_settings().plan_file == Path("/data/plan.db")
    toml('outputs = "~/out"\n')
    monkeypatch.setenv("CAP_DATABASE", "~/plan.db")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert load_settings().plan_file == Path("/home/somebody/plan.db")
    assert load_settings().outputs == Path("/home/somebody/out")


def test_an_empty_variable_is_as_good_as_none(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_CORPUS", "")
    assert load_settings().corpus == here / "corpus"


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("CAP_WORKERS", "many", "CAP_WORKERS cannot be 'many': it should be a valid integer"),
        ("CAP_WORKERS", "0", "CAP_WORKERS cannot be '0': it should be greater than or equal to 1"),
        ("CAP_SECONDS", "-1", "CAP_SECONDS cannot be '-1': it should be greater than 0"),
        ("CAP_SECONDS", "inf", "CAP_SECONDS cannot be 'inf'"),
        ("CAP_MEMORY_MB", "16", "CAP_MEMORY_MB cannot be '16'"),
    ],
)
def test_a_value_that_cannot_be_used_is_said_with_its_setting(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, words: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(UsageError) as said:
        load_settings()
    assert words in str(said.value)
    assert "\n" not in str(said.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('corpsu = "reviews"', "“corpsu”, which is not a setting"),
        ("corpus =", "cap.toml cannot be read"),
        ('corpus = ["a"]', "CAP_CORPUS cannot be ['a']: it should be a path"),
        ("[user]\nname = 'x'", "CAP_USER cannot be"),
    ],
)
def test_a_slip_in_the_file_is_said(content: str, words: str) -> None:
    toml(content)
    with pytest.raises(UsageError) as said:
        load_settings()
    assert words in str(said.value)


def test_where_the_corpus_is_the_samples_everything_is_the_demos(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_CORPUS", str(making.SAMPLES))
    monkeypatch.setenv("CAP_DATABASE", str(here / "real.db"))
    s = load_settings()
    assert s.plan_file == here / "outputs" / "demo" / "cap.db"
    assert s.trained_models == here / "outputs" / "models"
    assert "fictional" in s.partnership


def test_the_stories_say_who_may_see_each_sample() -> None:
    told = stories(making.SAMPLES)
    assert sorted(told) == sorted(file.name for file in making.SAMPLES.glob("*.pdf"))
    assert told["spr-juniper.pdf"] == (Visibility.DRAFT, None)
    assert told["dhr-hazel.pdf"] == (Visibility.EMBARGOED, "2030-01-01")

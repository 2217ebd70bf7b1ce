from pathlib import Path

import pytest

from domain.errors import FrameworkError
from domain.framework import OWN_FILE, load_framework


def test_our_own_framework_has_what_the_guide_names() -> None:
    framework = load_framework()
    assert framework.quadrant_codes == ("Q1", "Q2", "Q3", "Q4")
    assert framework.issue_codes == (
        "neglect",
        "mental-health",
        "men-and-fathers",
        "domestic-abuse",
        "consent-and-engagement",
    )
    assert len(framework.area_codes) == 9
    # The framework's published text lists 5, 5, 4 and 7 practice standards.
    per_quadrant = [sum(s.quadrant == q for s in framework.standards) for q in framework.quadrant_codes]
    assert per_quadrant == [5, 5, 4, 7]
    assert all(s.code.startswith(f"{framework.quadrant_number(s.quadrant)}.") for s in framework.standards)


def test_a_title_is_found_for_every_kind_of_code_and_an_unknown_code_stays() -> None:
    framework = load_framework()
    assert framework.title("Q2") == "Information sharing and fora for discussion"
    assert framework.title("police") == "Police"
    assert framework.title("Q9") == "Q9"


def own(tmp_path: Path, old: str = "", new: str = "") -> Path:
    text = OWN_FILE.read_text("utf-8")
    assert old in text
    file = tmp_path / "framework.toml"
    file.write_text(text.replace(old, new, 1) if old else text, "utf-8")
    return file


def test_another_partnership_brings_its_own_titles(tmp_path: Path) -> None:
    theirs = load_framework(own(tmp_path, 'title = "Professional curiosity"', 'title = "Curious practice"'))
    assert theirs.title("Q1") == "Curious practice"
    assert theirs.fingerprint != load_framework().fingerprint


def test_a_synonym_more_leaves_labels_as_they_are(tmp_path: Path) -> None:
    theirs = load_framework(own(tmp_path, '"constabulary"', '"constabulary", "the local force"'))
    assert theirs.fingerprint == load_framework().fingerprint


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('code = "Q2"', 'code = "Q1"', "Q1 twice"),
        ('quadrant = "Q1"', 'quadrant = "Q7"', "Q7"),
        ('version = "2026.1"', "", "version"),
        ('code = "police"', 'code = "neglect"', "stands for two things"),
        ('"constabulary"', '"constabulary", "cafcass"', "cafcass"),
        ("[[quadrants]]", "[[quadrants", "not valid TOML"),
    ],
)
def test_a_framework_that_labels_cannot_rest_on_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = own(tmp_path, old, new)
    with pytest.raises(FrameworkError, match=says) as refused:
        load_framework(file)
    assert str(file) in str(refused.value)


def test_a_framework_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError, match="cannot be read"):
        load_framework(tmp_path / "none.toml")

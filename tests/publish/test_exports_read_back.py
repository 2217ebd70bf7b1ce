import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema.protocols import Validator

from domain.states import Audience, Rag
from publish.exports import SCHEMA, plan_json, write_csv, write_json

Make = Callable[..., Any]


@pytest.fixture
def schema() -> Validator:
    loaded = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(loaded)
    return jsonschema.Draft202012Validator(loaded, format_checker=jsonschema.FormatChecker())


def test_the_json_keeps_to_its_schema_and_shape(rich: Make, tmp_path: Path, schema: Validator) -> None:
    written = json.loads(write_json(rich(), tmp_path / "p.json").read_text(encoding="utf-8"))
    schema.validate(written)
    action = written["actions"][1]
    assert list(action) == [
        "ref", "quadrant", "review_refs", "applies_to_all", "action", "lead_agency", "target_date", "status",
        "progress",
        "worry_statement", "success_goal", "next_steps", "home", "source", "rag", "standards", "recheck",
        "recommendations",
    ]  # fmt: skip
    assert (action["ref"], action["review_refs"], action["target_date"]) == ("1.2", ["K", "L"], "2026-02-01")
    assert action["lead_agency"] == "Health/Police"
    assert action["recommendations"][0]["page"] == 28
    assert [a["ref"] for a in written["actions"]] == ["1.1", "1.2", "2.1", "4.1", "4.9", "4.10"]
    assert written["actions"][2]["target_date"] == "Ongoing"
    assert [p["id"] for p in written["proposals"]] == ["r-000000000009", "r-000000000010"]
    assert written["counts"]["by"]["quadrant"][0]["open"] == 9
    assert written["counts"]["by"]["quadrant"][0]["proposed"] == 1
    assert [day["as_of"] for day in written["counts"]["history"]] == ["2025-04-30", "2026-01-31", "2026-03-31"]


def test_the_public_json_has_no_proposals_and_no_hidden_letter(rich: Make, tmp_path: Path, schema: Validator) -> None:
    text = write_json(rich(audience=Audience.PUBLIC, working_copy=False), tmp_path / "p.json").read_text(
        encoding="utf-8"
    )
    written = json.loads(text)
    schema.validate(written)
    assert "proposals" not in written
    for secret in (
        "escalation is used",
        "Adult L",
        "adult-l",
        "hidden matter",
        '"L"',
        "child-k.pdf",
        "proposed",
        "a" * 64,
    ):
        assert secret not in text


def test_the_schema_refuses_proposals_for_the_public_and_stray_fields(rich: Make, schema: Validator) -> None:
    whole = plan_json(rich())
    whole["about"]["audience"] = "public"
    assert not schema.is_valid(whole)
    whole = plan_json(rich())
    whole["actions"][0]["extra"] = 1
    assert not schema.is_valid(whole)


def test_the_json_says_what_an_action_carries(make: Make, action: Make, schema: Validator) -> None:
    carried = {"source": "audit", "rag": Rag.AMBER, "standards": ("1.2", "4.1"), "recheck": "2027-01-31"}
    whole = plan_json(make(actions=(action(**carried),)))
    schema.validate(whole)
    (said,) = whole["actions"]
    assert {name: said[name] for name in carried} == {**carried, "standards": ["1.2", "4.1"]}
    said["rag"] = "purple"
    assert not schema.is_valid(whole)


def test_an_empty_plan_is_valid(make: Make, schema: Validator) -> None:
    schema.validate(plan_json(make()))
    schema.validate(plan_json(make(audience=Audience.PUBLIC)))


def test_the_csv_has_the_published_columns(rich: Make, tmp_path: Path) -> None:
    with write_csv(rich(), tmp_path / "p.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["Ref", "Review refs", "Action", "Lead agency", "Target date", "Progress", "Status"]
    assert rows[2][:2] == ["1.2", "K, L"]
    assert rows[2][4] == "2026-02-01"
    assert len(rows) == 7


def test_a_formula_in_the_plan_is_none_in_the_csv(make: Make, action: Make, tmp_path: Path) -> None:
    file = write_csv(make(actions=(action(text='=HYPERLINK("http://x","y")'),)), tmp_path / "p.csv")
    with file.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1][2] == '\'=HYPERLINK("http://x","y")'


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec=None), max_size=80))
def test_any_text_survives_json_but_for_half_characters(
    make: Make, action: Make, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    contents = make(actions=(action(text=text),))
    file = tmp_path_factory.mktemp("json") / "p.json"
    written = json.loads(write_json(contents, file).read_text(encoding="utf-8"))
    assert written["actions"][0]["action"] == text.encode("utf-8", "replace").decode()

"""What Datasette is told of the plan is true of a fresh plan, and complete."""

from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from domain.errors import CannotWork
from plan.schema import open_plan
from publish.datasette import DESCRIBED, HIDDEN, SHUT, metadata_yaml, write_metadata


@pytest.fixture
def fresh(tmp_path: Path) -> dict[str, set[str]]:
    database = open_plan(tmp_path / "cap.db")
    try:
        whole = {t.name: {c.name for c in t.columns} for t in (*database.tables, *database.views)}
    finally:
        database.close()
    return whole


def test_every_table_and_column_named_is_in_a_fresh_plan(fresh: dict[str, set[str]]) -> None:
    assert set(DESCRIBED) - set(fresh) == set()
    assert set(HIDDEN) - set(fresh) == set()
    for name, described in DESCRIBED.items():
        named = {*described.columns, *described.facets, *described.lists, described.label, described.sort_desc} - {""}
        assert named - fresh[name] == set(), name


def test_every_table_and_view_is_described_or_hidden_and_never_both(fresh: dict[str, set[str]]) -> None:
    assert set(fresh) - set(HIDDEN) == set(DESCRIBED)
    assert set(SHUT) <= set(HIDDEN)


def test_it_is_yaml_whatever_the_partnership_is_called() -> None:
    for name in (
        "",
        "Westmere: #1 & *all*",
        'Said "so"',
        "yes",
        "\u00c9l\u00e9n \U0001f642",
        "a\nb\x07\x85\u2028c",
        "- x: {y",
    ):
        whole = yaml.safe_load(metadata_yaml("cap", name))
        assert whole["title"].endswith("Composite Action Plan")
        assert whole["license"]
        assert whole["source"]
        tables = whole["databases"]["cap"]["tables"]
        assert set(tables) == {*DESCRIBED, *HIDDEN}
        assert tables["actions"]["facets"] == ["quadrant", "status", "lead_agency", "rag"]
        assert tables["current_labels"]["facets"][-1] == {"array": "areas"}
        assert tables["users"] == {"hidden": True, "allow": False}
        assert all(table.get("hidden") or table["description"].endswith(".") for table in tables.values())


def test_it_is_written_only_where_it_is_absent_or_differs(tmp_path: Path) -> None:
    file = write_metadata(tmp_path / "metadata.yml", "cap", "Westmere")
    written = file.stat().st_mtime_ns, file.stat().st_ino
    write_metadata(file, "cap", "Westmere")
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == written
    write_metadata(file, "cap", "Eastmere")
    assert "Eastmere" in file.read_text(encoding="utf-8")


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "metadata.yml").mkdir()
    with pytest.raises(CannotWork, match="is a folder"):
        write_metadata(tmp_path / "metadata.yml", "cap", "")

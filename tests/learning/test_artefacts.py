import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from domain.errors import ArtefactError
from domain.framework import load_framework
from learning.artefacts import Manifest, load, pack, read_manifest, save, unpack

FRAMEWORK = load_framework()
FILES = {"model.json": b"{}", "model.npz": pack({"weights": np.arange(3.0)})}


def manifest(**changes: object) -> Manifest:
    made = Manifest(
        kind="classifier",
        format=1,
        version="v",
        framework_version=FRAMEWORK.version,
        framework_fingerprint=FRAMEWORK.fingerprint,
        encoder="enc",
        libraries={"numpy": np.__version__},
        created="2026-01-02T03:04:05Z",
        data={"sha256": "00", "examples": 3},
        figures={"accuracy": 0.5},
        seed=1,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def read(folder: Path) -> tuple[Manifest, dict[str, bytes]]:
    return load(folder, kind="classifier", format=1, framework=FRAMEWORK, encoder="enc", expected=FILES)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    stored = save(tmp_path / "m", manifest(), FILES)
    loaded, files = read(tmp_path / "m")
    assert loaded == stored
    assert files == FILES
    assert [p.name for p in tmp_path.iterdir()] == ["m"]


def test_a_model_is_replaced_whole_and_leaves_nothing_beside(tmp_path: Path) -> None:
    save(tmp_path / "m", manifest(), {**FILES, "old": b"x"})
    save(tmp_path / "m", manifest(version="w"), FILES)
    assert read(tmp_path / "m")[0].version == "w"
    assert not (tmp_path / "m/old").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["m"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "pair scorer"}, "it is a pair scorer"),
        ({"format": 0}, "format 0"),
        ({"framework_fingerprint": "other", "framework_version": "1999.1"}, "version 1999.1 of the framework"),
        ({"encoder": "another"}, "vectors of another"),
        ({"libraries": {"numpy": "1.26.0"}}, "numpy 1.26.0"),
        ({"libraries": {}}, "numpy none"),
    ],
)
def test_a_model_made_under_other_conditions_is_refused(tmp_path: Path, change: dict[str, object], says: str) -> None:
    save(tmp_path / "m", manifest(**change), FILES)
    with pytest.raises(ArtefactError, match=says):
        read(tmp_path / "m")


def test_a_changed_a_truncated_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    for damage, says in (
        (lambda f: f.write_bytes(f.read_bytes()[:-1]), "was changed"),
        (lambda f: f.write_bytes(b"other"), "was changed"),
        (lambda f: f.unlink(), "cannot be read"),
    ):
        save(tmp_path / "m", manifest(), FILES)
        damage(tmp_path / "m/model.npz")
        with pytest.raises(ArtefactError, match=says):
            read(tmp_path / "m")


def test_a_file_of_another_layout_is_refused(tmp_path: Path) -> None:
    save(tmp_path / "m", manifest(), {"model.bin": b""})
    with pytest.raises(ArtefactError, match=r"model\.bin"):
        read(tmp_path / "m")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"kind": "classifier"}'])
def test_a_damaged_manifest_is_refused(tmp_path: Path, content: str) -> None:
    save(tmp_path / "m", manifest(), FILES)
    (tmp_path / "m/manifest.json").write_text(content)
    with pytest.raises(ArtefactError, match="cannot be understood"):
        read_manifest(tmp_path / "m")


def test_no_model_at_all_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="Train one with `cap train`"):
        read(tmp_path / "none")


def test_a_manifest_with_a_field_too_many_is_refused(tmp_path: Path) -> None:
    save(tmp_path / "m", manifest(), FILES)
    file = tmp_path / "m/manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "extra": 1}))
    with pytest.raises(ArtefactError, match="extra"):
        read_manifest(tmp_path / "m")


def test_an_unwritable_place_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArtefactError, match="cannot be stored"):
        save(tmp_path / "file/m", manifest(), FILES)


def test_arrays_come_back_and_the_same_arrays_give_the_same_bytes() -> None:
    arrays = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.array([1], dtype=np.int64)}
    back = unpack(pack(arrays), ["a", "b"])
    assert all(np.array_equal(back[k], arrays[k]) and back[k].dtype == arrays[k].dtype for k in arrays)
    assert pack(arrays) == pack(arrays)


def test_what_is_not_arrays_is_refused_and_objects_are_never_unpickled() -> None:
    with pytest.raises(ArtefactError, match="cannot be read"):
        unpack(b"nonsense", ["a"])
    with pytest.raises(ArtefactError, match="cannot be read"):
        unpack(pack({"a": np.arange(2)}), ["b"])
    with pytest.raises(ValueError, match="allow_pickle"):
        pack({"a": np.array([object()], dtype=object)})

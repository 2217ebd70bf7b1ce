"""The embedding model as it is tuned for near-repeats."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file

from classify.encoder import DIMENSION, NAME, OnnxEncoder, load_encoder, model_folder
from classify.tuning import load_tuning, name_of, save_tuning
from domain.errors import ArtefactError
from match.scorer import TUNING

QUERY = "encoder.layer.5.attention.self.query.weight"
TEXTS = (
    "Ensure that chronologies are kept up to date.",
    "The Board should audit whether strategy discussions include health.",
    "GP practices should share what they know of a child's carers with the health visitor, and record that they did.",
)


def change(scale: float) -> dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]:
    random = np.random.default_rng(3)
    up, down = random.normal(size=(DIMENSION, 2)), random.normal(size=(2, DIMENSION))
    return {QUERY: ((scale * up).astype(np.float32), down.astype(np.float32))}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    save_tuning(tmp_path / "tuning.npz", change(0.05))
    return tmp_path / "tuning.npz"


def test_a_tuning_is_kept_and_changes_the_weights_that_it_names(file: Path) -> None:
    weights = load_file(model_folder() / "model.safetensors")
    tuning = load_tuning(file)
    changed = tuning(weights)
    assert tuning.name == name_of(file)
    assert changed.keys() == weights.keys()
    ((up, down),) = change(0.05).values()
    assert changed[QUERY] - weights[QUERY] == pytest.approx(up @ down, abs=2e-3)
    assert all(changed[name] is weights[name] for name in weights if name != QUERY)


def test_a_tuning_of_nothing_gives_the_vectors_of_the_plain_model(
    tmp_path: Path, cache: Path, plain: OnnxEncoder
) -> None:
    save_tuning(tmp_path / "tuning.npz", change(0.0))
    tuned = load_encoder(cache, tmp_path / "tuning.npz")
    assert tuned.name != plain.name == NAME
    assert np.array_equal(tuned.encode(TEXTS), plain.encode(TEXTS))


def test_the_shipped_tuning_gives_the_vectors_that_pytorch_gives_for_the_same_weights(cache: Path) -> None:
    import torch
    from transformers import AutoModel, AutoTokenizer

    model, tokenizer = AutoModel.from_pretrained(model_folder()), AutoTokenizer.from_pretrained(model_folder())
    weights = load_tuning(TUNING)({name: value.numpy() for name, value in model.state_dict().items()})
    model.load_state_dict({name: torch.from_numpy(np.array(value)) for name, value in weights.items()})
    ours = load_encoder(cache, TUNING).encode(TEXTS)
    for text, vector in zip(TEXTS, ours, strict=True):
        with torch.no_grad():
            mean = model(**tokenizer(text, return_tensors="pt")).last_hidden_state[0].mean(dim=0).numpy()
        assert mean @ vector / np.linalg.norm(mean) >= 0.99999


@pytest.mark.parametrize("content", [b"", b"PK nonsense", None])
def test_a_damaged_or_absent_tuning_is_refused(tmp_path: Path, cache: Path, content: bytes | None) -> None:
    file = tmp_path / "tuning.npz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ArtefactError, match="Bring back the file"):
        load_encoder(cache, file)


def test_a_truncated_tuning_is_refused(file: Path, cache: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(ArtefactError, match="Bring back the file"):
        load_encoder(cache, file)


@pytest.mark.parametrize("name", ["encoder.layer.9.no.such.weight", "embeddings.word_embeddings.weight"])
def test_a_tuning_of_another_network_is_refused(tmp_path: Path, cache: Path, name: str) -> None:
    save_tuning(tmp_path / "tuning.npz", {name: change(0.1)[QUERY]})
    with pytest.raises(ArtefactError, match="another embedding model"):
        load_encoder(cache, tmp_path / "tuning.npz")

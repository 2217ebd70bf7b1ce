import json
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from classify import encoder as module
from classify.encoder import DIMENSION, OnnxEncoder, export_encoder, load_encoder
from domain.errors import EncoderError

ROOT = Path(__file__).parents[2]
TEXTS = (
    "The Board should seek assurance that supervision is recorded.",
    "Share discharge summaries with the GP.",
    "",
    "Naïve façade: the child’s £5 — “was not brought” 中文",
    "Ensure that fathers are assessed. " * 60,
)


def test_vectors_have_length_one_in_the_order_of_the_texts(plain: OnnxEncoder) -> None:
    vectors = plain.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSION)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert np.array_equal(plain.encode(TEXTS[::-1])[::-1], vectors)


def test_a_vector_does_not_depend_on_its_company_to_the_last_bit(plain: OnnxEncoder) -> None:
    together = plain.encode([*TEXTS, *TEXTS, "Another text of the same length or not."])
    for number, text in enumerate(TEXTS):
        assert np.array_equal(plain.encode([text])[0], together[number])


def test_nothing_gives_no_rows(plain: OnnxEncoder) -> None:
    assert plain.encode([]).shape == (0, DIMENSION)


def test_meaning_is_near_and_other_matters_are_far(plain: OnnxEncoder) -> None:
    a, b, c = plain.encode(["Fathers must be assessed.", "Include dads in the assessment.", "Repair the car park."])
    assert a @ b > 0.6 > 0.2 > a @ c


def test_the_end_of_a_long_text_counts(plain: OnnxEncoder) -> None:
    start = "Ensure that fathers are included in every assessment. " * 40
    one, other = plain.encode([start + "Audit plans. " * 60, start + "Recruit foster carers. " * 60])
    assert one @ other < 0.97
    first = OnnxEncoder(*files(encoder_cache(plain)), whole=False)
    assert first.name != plain.name
    cut, same = first.encode([start + "Audit plans. " * 60, start + "Recruit foster carers. " * 60])
    assert cut @ same == pytest.approx(1, abs=1e-6)


def encoder_cache(plain: OnnxEncoder) -> Path:
    return Path(plain._session._model_path).parents[1]


def files(cache: Path) -> tuple[Path, Path]:
    return export_encoder(cache) / "model.onnx", module.model_folder() / "tokenizer.json"


def test_the_name_says_which_vectors_may_be_compared(plain: OnnxEncoder) -> None:
    assert module.WEIGHTS_SHA256[:16] in plain.name


def test_starting_needs_no_torch(cache: Path, plain: OnnxEncoder) -> None:
    code = (
        "import sys; from pathlib import Path; from classify.encoder import load_encoder; "
        f"v = load_encoder(Path({str(cache)!r})).encode(['one']); "
        "assert v.shape == (1, 384); print([m for m in ('torch', 'sklearn', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_export_is_the_same_each_time_and_is_made_once(tmp_path: Path) -> None:
    one, other = export_encoder(tmp_path / "a"), export_encoder(tmp_path / "b")
    assert (one / "manifest.json").read_text() == (other / "manifest.json").read_text()
    changed = (one / "model.onnx").stat().st_mtime_ns
    assert export_encoder(tmp_path / "a") == one
    assert (one / "model.onnx").stat().st_mtime_ns == changed


def test_exports_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        homes = list(pool.map(export_encoder, [tmp_path] * 2))
    assert homes[0] == homes[1]
    assert [p.name for p in tmp_path.iterdir()] == [homes[0].name]
    assert load_encoder(tmp_path).encode(["one"]).shape == (1, DIMENSION)


@pytest.fixture
def damaged(tmp_path: Path, cache: Path, plain: OnnxEncoder) -> Path:
    """A cache of its own whose export is a copy of the good one."""
    home = export_encoder(cache)
    copy = tmp_path / home.name
    copy.mkdir()
    for name in ("model.onnx", "manifest.json"):
        (copy / name).write_bytes((home / name).read_bytes())
    return copy


def test_a_changed_export_is_refused_even_after_it_was_once_verified(damaged: Path) -> None:
    load_encoder(damaged.parent)
    content = bytearray((damaged / "model.onnx").read_bytes())
    content[len(content) // 2] ^= 1
    (damaged / "model.onnx").write_bytes(content)
    with pytest.raises(EncoderError, match="is not the one that this software pins"):
        load_encoder(damaged.parent)


@pytest.mark.parametrize("manifest", ["", "{}", '{"format": 99, "weights_sha256": "x", "model_sha256": "y"}'])
def test_a_damaged_manifest_of_the_export_is_refused(damaged: Path, manifest: str) -> None:
    (damaged / "manifest.json").write_text(manifest)
    with pytest.raises(EncoderError, match="Delete that folder"):
        load_encoder(damaged.parent)


def test_a_damaged_record_of_checks_only_means_checking_again(damaged: Path) -> None:
    (damaged / "verified.json").write_text("nonsense")
    load_encoder(damaged.parent)
    assert len(json.loads((damaged / "verified.json").read_text())) == 3


def test_a_missing_package_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PACKAGE", "no_such_package_of_weights")
    with pytest.raises(EncoderError, match="not installed"):
        load_encoder(tmp_path)


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(EncoderError, match="is not the one that this software pins"):
        load_encoder(tmp_path)


@pytest.mark.slow
def test_the_vectors_are_those_of_sentence_transformers(plain: OnnxEncoder) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers", reason="needs sentence-transformers and torch")
    texts = [t for t in TEXTS if len(t) < 1000]
    for file in sorted((ROOT / "models/examples").glob("*.jsonl")):
        texts += [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()[:8]]
    reference = sentence_transformers.SentenceTransformer(str(module.model_folder()), device="cpu")
    theirs = reference.encode(texts, normalize_embeddings=True)
    ours = OnnxEncoder(*files(encoder_cache(plain)), whole=False).encode(texts)
    assert (ours * theirs).sum(axis=1).min() >= 0.99999

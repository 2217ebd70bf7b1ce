"""How fast texts become vectors, beside sentence-transformers on the same texts in the same run.

usage: python benchmarks/encoding.py [TEXTS.jsonl ...]   (our own labelled examples where none are given)

Printed: start to first vector, texts a second of both, their ratio, the least cosine between their vectors, and what
classifying adds to encoding. Needs sentence-transformers and torch, which the programme itself does not.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from classify.encoder import THREADS, OnnxEncoder, export_encoder, load_encoder, model_folder  # noqa: E402
from classify.model import Classifier  # noqa: E402
from domain.framework import load_framework  # noqa: E402

ROUNDS = 3
COUNT = 1000
FIRST = (
    "from pathlib import Path; import sys; from classify.encoder import load_encoder; "
    "load_encoder(Path(sys.argv[1])).encode(['Share records.'])"
)


def seconds(work: Callable[[], object]) -> float:
    """The least of some rounds: what the work takes when nothing else disturbs it."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def read(files: list[Path]) -> list[str]:
    """The first texts of JSON lines, repeated until there are enough."""
    texts = [json.loads(line)["text"] for f in files for line in f.read_text("utf-8").splitlines() if line.strip()]
    return (texts * (COUNT // len(texts) + 1))[:COUNT]


def main() -> int:
    """Measure and print."""
    import torch
    from sentence_transformers import SentenceTransformer

    files = [Path(a) for a in sys.argv[1:]] or sorted((ROOT / "models/examples").glob("*.jsonl"))
    texts = read(files)
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        start = time.perf_counter()
        export_encoder(cache)
        print(f"export, once: {time.perf_counter() - start:.2f} s")
        encoder = load_encoder(cache)
        command = [sys.executable, "-c", FIRST, str(cache)]
        cold = [seconds(lambda: subprocess.run(command, cwd=ROOT, check=True)) for _ in range(2)]
        print(f"process start to first vector, warm cache: {statistics.mean(cold):.2f} s")
        first_window = OnnxEncoder(export_encoder(cache) / "model.onnx", model_folder() / "tokenizer.json", whole=False)
        torch.set_num_threads(THREADS)
        reference = SentenceTransformer(str(model_folder()), device="cpu")
        ours, theirs = first_window.encode(texts), reference.encode(texts, normalize_embeddings=True, batch_size=32)
        quick = seconds(lambda: first_window.encode(texts))
        slow = seconds(lambda: reference.encode(texts, batch_size=32))
        print(
            f"{len(texts)} texts, {THREADS} threads: {len(texts) / quick:.0f} a second; sentence-transformers "
            f"{len(texts) / slow:.0f}; ratio {slow / quick:.2f}"
        )
        print(f"least cosine between the two: {(ours * theirs).sum(axis=1).min():.7f}")
        vectors = encoder.encode(texts)
        model = Classifier.load(ROOT / "models/classifier", load_framework(), encoder.name)
        whole = seconds(lambda: encoder.encode(texts))
        added = seconds(lambda: model.classify(texts, vectors))
        print(f"classifying, encoding included, takes {(whole + added) / whole:.2f} times what encoding takes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

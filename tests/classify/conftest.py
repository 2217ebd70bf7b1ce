from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from classify.encoder import Encoder, OnnxEncoder, load_encoder
from classify.examples import read_examples
from classify.model import Classifier
from classify.training import train
from domain.framework import load_framework
from domain.records import Example
from tests.services import making

EXAMPLES = Path(__file__).parents[2] / "models/examples"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("encoder")


@pytest.fixture(scope="session")
def plain(cache: Path) -> OnnxEncoder:
    """The embedding model as its authors made it."""
    return load_encoder(cache)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The embedding model as labels are suggested by it."""
    return making.encoder()


@pytest.fixture(scope="session")
def some_examples() -> tuple[Example, ...]:
    """A few hundred of the project's examples, from all its files: enough to learn something, quick to learn from."""
    return read_examples(EXAMPLES, load_framework())[::25]


@pytest.fixture(scope="session")
def some_vectors(some_examples: tuple[Example, ...], encoder: Encoder) -> NDArray[np.float32]:
    """Their vectors, which take seconds to make. Not to be changed: several tests use them."""
    vectors = encoder.encode([e.text for e in some_examples])
    vectors.flags.writeable = False
    return vectors


@pytest.fixture(scope="session")
def model(some_examples: tuple[Example, ...], some_vectors: NDArray[np.float32], encoder: Encoder) -> Classifier:
    return train(some_examples, some_vectors, load_framework(), encoder.name)

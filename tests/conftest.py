"""Settings of the whole suite: Prefect is prepared before anything imports it, and nothing of a user's own is read."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

for name in [n for n in os.environ if n.startswith(("CAP_", "PREFECT_"))]:
    del os.environ[name]
# Before anything imports numpy: where other processes keep the cores busy, the threads of one small product wait for each other in a
# busy loop, a hundred times as long as they work, and here three processes and what they start share two cores.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(name, "1")
# A hundred programs are started by the tests: what they import is compiled by the first of them, not by each.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402

# Tests never assert times: a busy machine would fail what is right.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

from flows.settings import prepare  # noqa: E402 - the environment must be clean first

# What is costly to make is made once for all processes of the tests; those that xdist starts inherit its place.
if "THROUGHLINE_WORKSHOP" not in os.environ:
    os.environ["THROUGHLINE_WORKSHOP"] = tempfile.mkdtemp(prefix="cap-workshop-")
    atexit.register(shutil.rmtree, os.environ["THROUGHLINE_WORKSHOP"], ignore_errors=True)
_FOLDER = Path(tempfile.mkdtemp(prefix="throughline-tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
prepare(_FOLDER)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with what takes long come first: a few processes share the files, and neither should wait for the other's last."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)

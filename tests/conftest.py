"""Settings of the whole suite: Prefect is prepared before anything imports it, and nothing of a user's own is read."""

import os
import tempfile
from pathlib import Path

for name in [n for n in os.environ if n.startswith(("CAP_", "PREFECT_"))]:
    del os.environ[name]

from hypothesis import settings  # noqa: E402

# Tests never assert times: a busy machine would fail what is right.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

from flows.settings import prepare  # noqa: E402 - the environment must be clean first

prepare(Path(tempfile.mkdtemp(prefix="throughline-tests-")))

"""The main job spread over a real Dask cluster: the same plan as one process gives, whatever becomes of the workers."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from domain.errors import CannotWork, UsageError
from domain.processed import Ingested
from flows.cluster import cluster_runner
from flows.ingest import ingest
from tests.services import making


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalCluster]:
    """Two worker processes, with the settings that they need in their environment."""
    monkeypatch.setenv("CAP_MODELS", str(making.models()))
    monkeypatch.setenv("CAP_TRAINED", str(making.trained()))
    monkeypatch.setenv("PYTHONPATH", str(making.PROJECT))
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made


def everything_said(file: Path) -> list[object]:
    """What a plan holds, without moments, runs and the order in which vectors came."""
    return [
        making.said(file),
        making.ask(file, "SELECT file, letter, reference, pages, warnings FROM reviews ORDER BY file"),
        making.ask(file, "SELECT recommendation_id, quadrant, issues, areas, confidence FROM suggestions ORDER BY 1"),
        making.ask(file, "SELECT id, group_id FROM recommendations ORDER BY id"),
        making.ask(file, "SELECT a, b, score FROM repeats ORDER BY a, b"),
        making.ask(file, "SELECT content_key, encoder, vector FROM embeddings ORDER BY 1, 2"),
    ]


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_ends_with_the_same_plan(
    tmp_path: Path, cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    s = making.settings(tmp_path / "outputs", making.copied(tmp_path / "corpus"))
    began, killed = threading.Event(), threading.Event()

    def kill_one() -> None:
        began.wait(120)
        # While a worker reads: its first task has begun, and its sandbox is at work.
        with Client(cluster.scheduler_address) as client:
            until = time.monotonic() + 60
            while time.monotonic() < until:
                busy = [worker for worker, tasks in client.processing().items() if tasks]
                if busy:
                    (process,) = client.run(os.getpid, workers=busy[:1]).values()
                    os.kill(process, signal.SIGKILL)
                    killed.set()
                    return
                time.sleep(0.05)

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    began.set()
    report, _ = ingest(s, sorted(s.corpus.iterdir()), cluster=cluster.scheduler_address)
    killer.join(60)
    assert killed.is_set(), "no worker was caught at work"
    assert [type(p) for p in report.processed] == [Ingested] * 5
    assert everything_said(s.plan_file) == everything_said(making.ingested() / "cap.db")
    assert not list(s.readings.iterdir())


def test_a_cluster_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not the address of a cluster"):
        cluster_runner("somewhere")
    with pytest.raises(CannotWork, match="No Dask scheduler answers"):
        cluster_runner("tcp://127.0.0.1:9")
    with pytest.raises(CannotWork, match="PREFECT_API_URL"):
        cluster_runner("tcp://192.0.2.1:8786")
    assert list(tmp_path.iterdir()) == []

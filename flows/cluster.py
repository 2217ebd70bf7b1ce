"""A Dask cluster that is there already, as Prefect's task runner. It needs the extra `cluster`: pip install '.[cluster]'."""

from typing import Any, Final
from urllib.parse import urlsplit

from prefect import task
from prefect.task_runners import TaskRunner

from domain.errors import CannotWork, UsageError
from flows.server import configured_server

CONNECT_SECONDS: Final = 10
_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def cluster_runner(address: str) -> TaskRunner[Any]:
    """The runner that hands tasks to the workers of the Dask scheduler at an address such as tcp://10.0.0.5:8786.

    Raises `UsageError` where the extra is not installed or the address is none, `CannotWork` where no scheduler with workers
    answers, or the workers are elsewhere and there is no Prefect server that they could reach.
    """
    try:
        from distributed import Client
        from prefect_dask.task_runners import DaskTaskRunner
    except ModuleNotFoundError as error:
        raise UsageError("Work on a cluster needs more to be installed: pip install '.[cluster]'") from error
    host = urlsplit(address).hostname
    if not host:
        raise UsageError(f"“{address}” is not the address of a cluster. Give it as tcp://10.0.0.5:8786")
    if host not in _HERE and not configured_server():
        raise CannotWork(
            "Workers on other computers report to a Prefect server, which they must reach. Start one, and set PREFECT_API_URL here "
            "and where the workers run."
        )
    try:
        with Client(address, timeout=CONNECT_SECONDS) as client:  # type: ignore[no-untyped-call]
            workers = len(client.scheduler_info(n_workers=-1)["workers"])
    except (OSError, ValueError) as error:
        raise CannotWork(f"No Dask scheduler answers at {address}. Start it, or leave out --cluster.") from error
    if workers == 0:
        raise CannotWork(f"The cluster at {address} has no workers. Start some: dask worker {address}")
    return DaskTaskRunner(address=address)


@task(name="read review elsewhere", task_run_name="read {sha256}")
def read_elsewhere(place: str, run: str, sha256: str) -> None:
    """Read and encode, on a worker, one PDF of those that the folder `place` names for a run."""
    # Dask sends this function as it is, with whatever of its module it names: so it names nothing.
    from services.spreading import read_for_others

    read_for_others(place, run, sha256)

"""The few answers that Prefect's engine needs from a server when there is none.

Prefect's engine makes states, retries tasks and logs by itself; what it asks a server for is to remember a flow run and
to accept its states. Here a transport of httpx, the public seam of Prefect's client, remembers them in this process:
no server, no socket, no database. It speaks the REST interface of Prefect 3.8 as far as our flows use it and refuses
the rest; a test holds it to the pinned version.
"""

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.context import SyncClientContext

_ADDRESS = "http://local.invalid/api"  # never looked up: the transport answers before any connection is made


@contextmanager
def local_client(record: Path) -> Iterator[None]:
    """Within it, flows of this process talk to a LocalApi that writes to `record`."""
    client = SyncPrefectClient(_ADDRESS, httpx_settings={"transport": LocalApi(record)})
    # model_construct, since the constructor insists on an address to connect to.
    with SyncClientContext.model_construct(client=client):
        yield


class LocalApi(httpx.BaseTransport):
    """Accepts flow runs and their states, and appends each state to a file of JSON lines.

    A line holds at, flow, run, id, type and state: names and codes, never a message, which may quote an error's text.
    Safe to use from several threads, and from several processes with one file.
    """

    def __init__(self, record: Path) -> None:
        self._record = record
        self._lock = threading.Lock()
        self._flows: dict[str, str] = {}
        self._runs: dict[str, dict[str, Any]] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request of Prefect's client; 501 for what only a server can do."""
        content = request.read()
        body: dict[str, Any] = json.loads(content) if content else {}
        place = request.url.path.removeprefix("/api").strip("/").split("/")
        with self._lock:
            match request.method, place:
                case "POST", ["flows"]:
                    return _answer(self._flow(body))
                case "POST", ["flow_runs"]:
                    return self._create(body)
                case "GET", ["flow_runs", run] if run in self._runs:
                    return _answer(self._runs[run])
                case "PATCH", ["flow_runs", run] if run in self._runs:
                    self._runs[run].update(body)
                    return httpx.Response(204)
                case "POST", ["flow_runs", run, "set_state"] if run in self._runs:
                    return _answer({"state": self._set(run, body["state"]), "status": "ACCEPT", "details": _ACCEPTED})
                case "GET", ["admin", "storage"]:
                    return _answer({"default_result_storage_block_id": None})
        return httpx.Response(501, text=f"{request.method} {request.url.path} needs a Prefect server")

    def _flow(self, body: dict[str, Any]) -> dict[str, Any]:
        """Register a flow by its name."""
        identifier = str(uuid.uuid4())
        self._flows[identifier] = body["name"]
        return {"id": identifier, "name": body["name"], "created": _now(), "updated": _now()}

    def _create(self, body: dict[str, Any]) -> httpx.Response:
        """Begin a flow run. Retries of whole flows are a server's work, so a flow that asks for them is refused."""
        if (body.get("empirical_policy") or {}).get("retries"):
            return httpx.Response(501, text="retries of a whole flow need a Prefect server; give them to its tasks")
        identifier = body.get("id") or str(uuid.uuid4())
        flow = self._flows.get(body["flow_id"], "flow")
        fields = {name: value for name, value in body.items() if name != "state"}
        self._runs[identifier] = {
            **fields,
            "id": identifier,
            "name": body.get("name") or f"{flow}-{identifier[:8]}",
            "created": _now(),
            "updated": _now(),
        }
        self._set(identifier, body["state"])
        return _answer(self._runs[identifier])

    def _set(self, run: str, state: dict[str, Any]) -> dict[str, Any]:
        """Accept a state and write it down."""
        accepted = {**state, "id": str(uuid.uuid4()), "timestamp": _now()}
        known = self._runs[run]
        known["state"] = accepted
        line = {
            "at": accepted["timestamp"],
            "flow": self._flows.get(known["flow_id"], ""),
            "run": known["name"],
            "id": run,
            "type": state["type"],
            "state": state["name"],
        }
        with self._record.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        return accepted


_ACCEPTED = {"type": "accept_details"}


def _answer(body: object) -> httpx.Response:
    """A JSON answer."""
    return httpx.Response(200, json=body)


def _now() -> str:
    """The present moment as Prefect's interface writes it."""
    return datetime.now(UTC).isoformat()

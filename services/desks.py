"""Who works at the plan at the same moment: one house with its models, and an opening of the plan for each request."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager

import sqlite_utils

from plan.schema import open_plan
from services.house import Desk, House, make_folder
from services.settings import Settings


class Desks:
    """Lends desks to requests. Openings of the plan are kept for the next, since each costs some milliseconds."""

    def __init__(self, settings: Settings) -> None:
        self.house = House(settings)
        self._free: queue.LifoQueue[sqlite_utils.Database] = queue.LifoQueue()

    @property
    def settings(self) -> Settings:
        """Those that the application was started with."""
        return self.house.settings

    @contextmanager
    def seat(self, who: str) -> Iterator[Desk]:
        """A desk for a person, for as long as a request takes."""
        plan = self._opened()
        try:
            yield Desk(self.house, plan, who)
        finally:
            if plan.conn.in_transaction:
                plan.conn.execute("ROLLBACK")
            self._free.put(plan)

    def _opened(self) -> sqlite_utils.Database:
        try:
            return self._free.get_nowait()
        except queue.Empty:
            make_folder(self.settings.outputs)
            return open_plan(self.settings.plan_file, any_thread=True)

    def close(self) -> None:
        """Close every opening of the plan, and the house."""
        while True:
            try:
                self._free.get_nowait().conn.close()
            except queue.Empty:
                break
        self.house.close()

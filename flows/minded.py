"""A program that ends with the one that started it: `python -m flows.minded PARENT MODULE ARGUMENTS...`.

The schedule starts Prefect's server and its runner so. Were the schedule killed, they would go on by themselves, and the next
schedule's would do everything twice.
"""

import os
import runpy
import sys
import threading
import time

import psutil

LOOK_SECONDS = 1.0


def main(parent: int, module: str, arguments: list[str]) -> None:
    """Run a module as a program, for as long as the process `parent` lives."""
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _end_with(parent: int) -> None:
    while psutil.pid_exists(parent):
        time.sleep(LOOK_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])

"""Run as a program: takes a log in, over and over, killed after its first step, its second, …, each time in a new store.

`killing.py FOLDER LOG`: leaves FOLDER/N-killed, as the kill left it, and FOLDER/N, gone on with to the end. Children
are forked from a process that took the log in once, so that what they need is imported and set up already.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from tests.pure.flow.stores import taken
from xiaoneng.flow.columns.manner import Manner
from xiaoneng.flow.columns.store import Store

CHUNK = 60


def killed_after(steps: int, folder: Path, log: Path) -> bool:
    """Take a log in, killed after so many steps; return whether there were as many."""
    child = os.fork()
    if not child:
        left = [steps]

        def step(_: str) -> None:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

        taken(Store(folder), log, how=Manner(chunk=CHUNK, step=step), confirm=True)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def main(folder: Path, log: Path) -> None:
    taken(Store(folder / "warm"), log, how=Manner(chunk=CHUNK), confirm=True)
    for steps in range(1, 100):
        store = folder / str(steps)
        if not killed_after(steps, store, log):
            return
        shutil.copytree(store, folder / f"{steps}-killed")
        if killed_after(100, store, log):
            raise SystemExit(f"going on after step {steps} was killed too")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

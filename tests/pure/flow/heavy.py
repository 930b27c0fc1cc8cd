"""Run as a program: takes a log in and prints the most memory (MB) that it ever held: `heavy.py FOLDER LOG CHUNK`."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from tests.pure.flow.stores import taken
from xiaoneng.flow.columns.manner import Manner
from xiaoneng.flow.columns.store import Store

if __name__ == "__main__":
    folder, log, chunk = sys.argv[1:]
    done = taken(Store(Path(folder)), Path(log), how=Manner(chunk=int(chunk), memory="64MB"), confirm=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{done.batch.new} {most}\n")

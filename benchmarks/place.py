"""Where a benchmark runs: a process of its own, a folder of its own, and a database that keeps what it was told.

SQLite is set as in service (write-ahead log, full sync); PostgreSQL is a throw-away cluster with fsync and
synchronous commit on. Knows nothing of what is measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from benchmarks.measure import Row

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def sqlite() -> Iterator[str]:
    """Yield the address of a new SQLite file; `XIAONENG_BENCH_DIR` says on which disk."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("XIAONENG_BENCH_DIR")) as folder:
        yield f"sqlite:////{folder}/benchmark.sqlite3"


def measured(module: str, *, quick: bool, address: str = "") -> list[Row]:
    """Run `benchmarks.<module>.run` in a process of its own, on a database where it needs one; return its rows."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "rows.json")
        settings = {
            "DJANGO_SETTINGS_MODULE": "xiaoneng.config.settings",
            "XIAONENG_STATE": folder,
            "XIAONENG_DATABASE": address or "sqlite:///:memory:",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }
        command = [
            sys.executable,
            "-m",
            "benchmarks.place",
            module,
            str(told),
            *(["--quick"] if quick else []),
        ]
        subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **settings})
        return [Row(**row) for row in json.loads(told.read_text())]


def main() -> None:
    """Measure here: what `measured` starts."""
    module, told, *rest = sys.argv[1:]
    import django  # noqa: PLC0415 - the settings must be in the environment first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    rows = import_module(f"benchmarks.{module}").run(quick=bool(rest))
    Path(told).write_text(json.dumps([asdict(row) for row in rows]))


if __name__ == "__main__":
    main()

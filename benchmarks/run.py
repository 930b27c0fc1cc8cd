"""Run every benchmark, print one table, and write it into `docs/performance.md` with the date and the machine.

`python benchmarks/run.py [--quick] [NAME ...]`: `--quick` measures small sizes and writes nothing; with names only
these are measured and their part of the page written again. Each part runs in a process of its own, on each
database that it needs, one after the other.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import place  # noqa: E402 - the path comes first
from benchmarks.measure import Row, table  # noqa: E402
from tests.run import postgresql, program  # noqa: E402

PAGE = ROOT / "docs" / "performance.md"
LIBRARIES = (
    "django",
    "psycopg",
    "numpy",
    "cryptography",
    "holidays",
    "workalendar",
    "chinesecalendar",
    "pandas",
    "pymerkle",
    "rapidfuzz",
    "datasketch",
    "scikit-learn",
    "pm4py",
    "polars",
    "rustxes",
    "r4pm",
    "duckdb",
    "pyarrow",
)


@dataclass(frozen=True)
class Part:
    """One module of benchmarks: what it is called on the page, and on which databases it runs."""

    name: str
    title: str
    databases: tuple[str, ...] = ("sqlite", "postgresql")


BOOK = (
    Part("record", "One act through the one door"),
    Part("inbox", "The inbox"),
    Part("projection", "Projection, notices, counts"),
    Part("sweep", "The sweep"),
    Part("deadlines", "Deadlines", databases=("none",)),
    Part("ledger", "Sealing, proving, verifying", databases=("sqlite",)),
    Part("likeness", "Near-duplicates in batch", databases=("none",)),
    Part("likeness_index", "Texts found again"),
    Part("flow", "Logs of events", databases=("none",)),
    Part("out", "Columns written out", databases=("none",)),
    Part("intake", "Rows taken in", databases=("none",)),
)


def rows_of(part: Part, *, quick: bool) -> list[Row]:
    """Measure one part on each of its databases."""
    rows: list[Row] = []
    for database in part.databases:
        print(f"== {part.name} on {database}", flush=True)
        match database:
            case "sqlite":
                with place.sqlite() as address:
                    rows += place.measured(part.name, quick=quick, address=address)
            case "postgresql" if program("initdb"):
                with postgresql(durable=True) as address:
                    rows += place.measured(part.name, quick=quick, address=address)
            case "postgresql":
                print("no PostgreSQL here: not measured")
            case _:
                rows += place.measured(part.name, quick=quick)
    return rows


def machine() -> str:
    """Say in one line when, on what and with what was measured; no names of hosts."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    told = f"{date.today().isoformat()}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"
    if server := program("initdb"):
        found = subprocess.run([server, "--version"], capture_output=True, text=True, check=False).stdout
        told += f", PostgreSQL {found.split()[2]}" if len(found.split()) > 2 else ""
    load = os.getloadavg()[2]
    libraries = ", ".join(filter(None, map(installed, LIBRARIES)))
    return f"{told}, {libraries}. Load of the machine over the last quarter of an hour: {load:.1f}."


def installed(name: str) -> str:
    """Return a library with its version, or nothing where only other parts need it and it is not here."""
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return ""


def within(text: str, name: str, content: str) -> str:
    """Return a page with what stands between the markers of `name` replaced."""
    begin, end = f"<!-- {name}: measured -->", f"<!-- {name}: end -->"
    found = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not found.search(text):
        raise LookupError(f"docs/performance.md has no markers for {name}")
    return found.sub(lambda _: f"{begin}\n\n{content}\n\n{end}", text)


def main() -> None:
    """Measure, print, and write the page."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--quick", action="store_true", help="small sizes; the page is not written")
    given.add_argument("names", nargs="*", metavar="NAME", help=", ".join(part.name for part in BOOK))
    asked = given.parse_args()
    if unknown := set(asked.names) - {part.name for part in BOOK}:
        given.error(f"no such part: {', '.join(sorted(unknown))}")
    chosen = [part for part in BOOK if not asked.names or part.name in asked.names]
    for part in chosen:
        shown = table(rows_of(part, quick=asked.quick))
        print(f"\n{part.title}\n\n{shown}\n", flush=True)
        if not asked.quick:
            PAGE.write_text(within(PAGE.read_text(), part.name, f"{machine()}\n\n{shown}"))


if __name__ == "__main__":
    main()

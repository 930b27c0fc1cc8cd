"""`xiaoneng procedures`: print every procedure as a table and a chart, or write the pages of the handbook."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from xiaoneng.procedures.book import BOOK
from xiaoneng.procedures.printing import page


def procedures(arguments: list[str]) -> int:
    """Print or write the pages of the procedures; return the exit code."""
    parser = argparse.ArgumentParser(prog="xiaoneng procedures", description=__doc__)
    parser.add_argument("key", nargs="?", help="one procedure only")
    parser.add_argument("--write", metavar="FOLDER", type=Path, help="write a page each into this folder")
    options = parser.parse_args(arguments)
    chosen = [one for one in BOOK if options.key in {None, one.key}]
    if not chosen:
        parser.error("no such procedure; there are: " + ", ".join(one.key for one in BOOK))
    for one in chosen:
        if options.write:
            options.write.mkdir(parents=True, exist_ok=True)
            (options.write / f"{one.key}-{one.edition}.md").write_text(page(one), encoding="utf-8")
        else:
            sys.stdout.write(page(one))
    return 0

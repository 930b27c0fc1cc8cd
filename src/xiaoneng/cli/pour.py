"""`xiaoneng pour`: our own matters into the columns of events, and the feed settled, so that it can be asked."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from xiaoneng.cli.terminal import LANGUAGES, language, output, print_json
from xiaoneng.flow.columns.engine import duckdb_engine
from xiaoneng.flow.columns.intake import feed_lock
from xiaoneng.flow.columns.settling import settle
from xiaoneng.flow.columns.store import Store
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.pouring import OWN
from xiaoneng.supervision.pouring import pour as poured_acts


def pour(arguments: list[str]) -> int:
    """Take the acts that were not yet poured, and settle the feed if there were any; return 0."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    store = Store(Path(settings.COLUMNS))
    acts = poured_acts(store, now=datetime.now(UTC))
    # Pouring holds the lock itself, and a process cannot hold it twice.
    if acts or store.settled(OWN) is None:
        with feed_lock(store, OWN):
            settle(store, OWN, engine=duckdb_engine(memory=options.memory, temp=store.root / "spill"))
    if options.json:
        print_json({"acts": acts})
    else:
        words = Phrase(f"倒入 {acts:,} 个行为", f"{acts:,} acts poured")
        output().print(words.spoken(spoken), markup=False)
    return 0


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="xiaoneng pour",
        description=Phrase(
            "把公开程序的办件倒入事件列；不含任何人的姓名和内容。",
            "Pour the matters of public procedures into the columns; without anybody's name or words.",
        ).spoken(spoken),
    )
    parser.add_argument(
        "--memory", default="1GB", help=Phrase("整理时的内存上限", "memory while settling").spoken(spoken)
    )
    parser.add_argument("--json", action="store_true", help=Phrase("机器可读", "for machines").spoken(spoken))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)

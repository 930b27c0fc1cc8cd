"""`xiaoneng seal`: take every act that waits into the log and sign a checkpoint for each batch."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from xiaoneng.cli.terminal import LANGUAGES, language, output
from xiaoneng.desk.sealing import seal_waiting
from xiaoneng.law.phrase import Phrase


def seal(arguments: list[str]) -> int:
    """Seal until nothing waits; return 0."""
    spoken = language(arguments)
    about = Phrase("把待存证的行为入账并签名", "Take every act that waits into the log")
    parser = argparse.ArgumentParser(prog="xiaoneng seal", description=about.spoken(spoken))
    parser.add_argument(
        "--batch", type=int, default=1000, help=Phrase("每批条数", "acts a batch").spoken(spoken)
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    options = parser.parse_args(arguments)
    sealed = 0
    while count := seal_waiting(now=datetime.now(UTC), batch=options.batch):
        sealed += count
    output().print(Phrase(f"入账 {sealed:,} 条", f"{sealed:,} acts sealed").spoken(spoken))
    return 0

"""`xiaoneng pour`: our own matters into the columns of events, and the feed settled, so that it can be asked."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from xiaoneng.cli.terminal import LANGUAGES, language, output, print_json
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.feeding.intake import columns
from xiaoneng.supervision.feeding.settling import settle_behind
from xiaoneng.supervision.pouring import pour as poured_acts


def pour(arguments: list[str]) -> int:
    """Take the acts that were not yet poured, and settle what is behind; return 0."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    acts = poured_acts(columns(), now=datetime.now(UTC))
    settle_behind(memory=options.memory)
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

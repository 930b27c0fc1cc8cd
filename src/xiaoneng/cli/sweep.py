"""`xiaoneng sweep`: do once what is due now: reminders, cards, lapses; say what was done."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC, datetime

from xiaoneng.cli.terminal import LANGUAGES, language, output, print_json
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision import sweep as supervision
from xiaoneng.supervision.sweep import Swept


def sweep(arguments: list[str]) -> int:
    """Sweep once, with the daily walk where it is due, or look at the matters named; return 0, or 1 if any was put off."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    now = datetime.now(UTC)
    if options.number:
        done = supervision.inspect(options.number, now=now)
    else:
        done = supervision.sweep(now=now, batch=options.batch) + supervision.walk(now=now)
    if options.json:
        print_json(asdict(done))
    else:
        output().print(said(done).spoken(spoken), markup=False)
    return 1 if done.put_off else 0


def said(done: Swept) -> Phrase:
    """Return what a sweep did, in a line."""
    return Phrase(
        f"督察 {done.looked:,} 件：提醒 {done.reminders:,}，红黄牌 {done.cards:,}，"
        f"依法视为 {done.lapses:,}，暂缓 {done.put_off:,}",
        f"{done.looked:,} looked at: {done.reminders:,} reminders, {done.cards:,} cards, "
        f"{done.lapses:,} lapses, {done.put_off:,} put off",
    )


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="xiaoneng sweep",
        description=Phrase("办理一次到期的督察事项。", "Do once what supervision has due.").spoken(spoken),
    )
    parser.add_argument(
        "number",
        nargs="*",
        help=Phrase("只查这些办件", "look at these matters only").spoken(spoken),
    )
    parser.add_argument(
        "--batch", type=int, default=500, help=Phrase("每批件数", "alarms a batch").spoken(spoken)
    )
    parser.add_argument("--json", action="store_true", help=Phrase("机器可读", "for machines").spoken(spoken))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)

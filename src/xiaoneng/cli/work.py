"""`xiaoneng work`: the office's night shift: sweep, seal, send, again and again, until it is told to stop."""

from __future__ import annotations

import argparse
import logging
import signal
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Event
from types import FrameType

from django.db import DatabaseError, close_old_connections

from xiaoneng.accountability.actions import open_leader_cases
from xiaoneng.cli.sweep import said
from xiaoneng.cli.terminal import LANGUAGES, language, notes
from xiaoneng.desk.outbox import send_due
from xiaoneng.desk.sealing import seal_waiting
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.feeding.intake import columns
from xiaoneng.supervision.feeding.settling import settle_behind
from xiaoneng.supervision.pouring import pour
from xiaoneng.supervision.sweep import sweep, walk
from xiaoneng.worktime.days import local_day

log = logging.getLogger(__name__)
SECONDS = 5.0
POURING = timedelta(minutes=10)


def work(arguments: list[str]) -> int:
    """Work until SIGTERM or SIGINT, or one round with `--once`; what is begun is finished. Return 0."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    stop, shift = Event(), Shift()
    if not options.once:
        _stop_on_signals(stop)
    while True:
        line = _round(shift, batch=options.batch)
        if line is not None:
            notes().print(line.spoken(spoken), markup=False)
        if options.once or stop.wait(options.every):
            return 0


@dataclass(slots=True)
class Shift:
    """What a worker keeps in mind: the last day on which it looked for weak agencies, and when it last poured."""

    leaders_on: date | None = None
    poured_at: datetime | None = None

    def leaders(self, *, now: datetime) -> int:
        """Open, once a day, the matters of leaders whose agency was weak; return how many were opened."""
        today = local_day(now)
        if self.leaders_on == today:
            return 0
        opened = open_leader_cases(now=now)
        self.leaders_on = today
        return len(opened.numbers)

    def pours(self, *, now: datetime) -> None:
        """Let our own matters flow into the columns, at most once in `POURING`; the feed is settled like any other."""
        if self.poured_at is not None and now - self.poured_at < POURING:
            return
        pour(columns(), now=now)
        self.poured_at = now


def _round(shift: Shift, *, batch: int) -> Phrase | None:
    """Do one round; return what was done, or None where nothing was. A database that is away ends no shift."""
    now = datetime.now(UTC)
    close_old_connections()
    try:
        swept = sweep(now=now, batch=batch) + walk(now=now)
        leaders = shift.leaders(now=now)
        sealed = seal_waiting(now=now)
        sent = send_due(now=now)
        shift.pours(now=now)
        settle_behind(wait=False, most=1)
    except DatabaseError:
        log.exception("this round was cut short; the next one takes it up")
        return None
    if not (swept.looked or leaders or sealed or sent.mailed or sent.posted or sent.failed):
        return None
    words = _with_leaders(said(swept), leaders)
    return Phrase(
        f"{words.zh}；入账 {sealed:,}；发出 {sent.mailed:,}，上页 {sent.posted:,}，失败 {sent.failed:,}",
        f"{words.en}; {sealed:,} sealed; {sent.mailed:,} mailed, {sent.posted:,} on pages, {sent.failed:,} failed",
    )


def _with_leaders(words: Phrase, leaders: int) -> Phrase:
    if not leaders:
        return words
    return Phrase(
        f"{words.zh}；负责人问责立案 {leaders:,}", f"{words.en}; {leaders:,} leaders' matters opened"
    )


def _stop_on_signals(stop: Event) -> None:
    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, told)


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    def in_words(zh: str, en: str) -> str:
        return Phrase(zh, en).spoken(spoken)

    parser = argparse.ArgumentParser(
        prog="xiaoneng work",
        description=in_words("循环督察、入账、发送。", "Sweep, seal and send, again and again."),
    )
    parser.add_argument("--once", action="store_true", help=in_words("只做一轮", "one round only"))
    parser.add_argument(
        "--every",
        type=float,
        default=SECONDS,
        metavar="SECONDS",
        help=in_words("每轮间隔秒数", "seconds between rounds"),
    )
    parser.add_argument("--batch", type=int, default=500, help=in_words("每批件数", "alarms a batch"))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)

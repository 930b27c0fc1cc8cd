"""`xiaoneng feeds watch FOLDER`: takes in what is put there, and moves it to `done/` or `faulty/`; deletes nothing.

A file is taken once its size and time have rested between two looks. Whatever stops the watch, the file is still in its
folder, and is gone on with, or known for one that was taken, at the next look.
"""

from __future__ import annotations

import argparse
import signal
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from threading import Event
from types import FrameType

from xiaoneng.cli.feed_taking import say_done, say_refused, take_file
from xiaoneng.cli.terminal import notes
from xiaoneng.flow.case import LogRefused
from xiaoneng.flow.columns.intake import Sent
from xiaoneng.flow.columns.store import BatchState
from xiaoneng.law.phrase import Phrase

EVERY = 5.0
"""Seconds between two looks."""
REST = 1.0
"""Seconds for which a file must have rested where the folder is looked at once."""
PARTIAL = (".part", ".tmp", ".filepart", ".crdownload")
"""Endings of files that are still being copied."""
REFUSED = 2

Sizes = dict[Path, tuple[int, int]]


def watch(options: argparse.Namespace, spoken: str) -> int:
    """Watch a folder until told to stop, or look once; return 0, 2 where there is no such folder."""
    folder: Path = options.folder
    if not folder.is_dir():
        notes().print(
            Phrase(f"没有这个文件夹：{folder}", f"No such folder: {folder}").spoken(spoken), markup=False
        )
        return REFUSED
    stop = Event()
    if not options.once:
        _stop_on_signals(stop)
    before = sizes(folder)
    while not stop.wait(REST if options.once else options.every):
        now = sizes(folder)
        for path in sorted(path for path, size in now.items() if before.get(path) == size):
            if stop.is_set():
                return 0
            _take(path, options.mapping, spoken)
        if options.once:
            return 0
        before = now
    return 0


def sizes(folder: Path) -> Sizes:
    """Return the size and time of every file that may be taken; hidden and half-copied ones are passed over."""
    found: Sizes = {}
    for path in folder.iterdir():
        if path.is_file() and not path.name.startswith(".") and path.suffix.lower() not in PARTIAL:
            told = path.stat()
            found[path] = (told.st_size, told.st_mtime_ns)
    return found


def _take(path: Path, mapping: Path | None, spoken: str) -> None:
    try:
        sent = Sent(now=datetime.now(UTC), by=getuser())
        done = take_file(path, given=mapping, sent=sent, spoken=spoken)
    except LogRefused as refused:
        say_refused(refused.faults, path.name, spoken)
        put_away(path, "faulty")
        return
    say_done(done, spoken)
    put_away(path, "done" if done.batch.state is BatchState.TAKEN else "faulty")


def put_away(path: Path, where: str) -> Path:
    """Move a file into a folder beside it, under a further name where its own is in use; return where it is."""
    into = path.parent / where
    into.mkdir(exist_ok=True)
    to, count = into / path.name, 1
    while to.exists():
        count += 1
        to = into / f"{path.stem}-{count}{path.suffix}"
    return path.rename(to)


def _stop_on_signals(stop: Event) -> None:
    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, ask)

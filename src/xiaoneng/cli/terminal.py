"""What commands share: the reader's language, consoles, progress, JSON. Knows no command."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from xiaoneng.law.phrase import CHINESE, ENGLISH

LANGUAGES = {"zh": CHINESE, "en": ENGLISH}
WIDTH = 110


def language(arguments: Sequence[str]) -> str:
    """Return the language that `--lang` asks for, or the environment's where it is English, else Chinese."""
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    for before, word in zip(("", *arguments), arguments, strict=False):
        if word.startswith("--lang="):
            said = word.removeprefix("--lang=")
        elif before == "--lang":
            said = word
    return ENGLISH if said.lower().startswith(ENGLISH) else CHINESE


def output() -> Console:
    """Return the console of results; wide enough for tables where it is no terminal."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)


def notes() -> Console:
    """Return the console of what is said beside results: standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def file_progress() -> Progress:
    """Return a progress bar over a file, with its rate and the time left; nothing where nobody looks."""
    console = notes()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def print_json(said: object) -> None:
    """Print a result for machines: UTF-8, instants in ISO 8601."""
    sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=2, default=_plain) + "\n")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)

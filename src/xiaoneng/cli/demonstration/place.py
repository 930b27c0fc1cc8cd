"""Where the demonstration lives (演示数据): its own folder, whether it is there already, what was printed of it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from xiaoneng.law.phrase import Phrase

NOTE = "demo.json"
FILES = ("xiaoneng.sqlite3", "xiaoneng.sqlite3-wal", "xiaoneng.sqlite3-shm", NOTE)
FOLDERS = ("columns", "open", "files")


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A log-in that was given: to whom, for what."""

    user: str
    name: str
    role: Phrase
    what: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A matter to follow as a citizen."""

    number: str
    code: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made, kept beside the database so that a second start can say it again."""

    day: date
    office: str
    password: str
    logins: tuple[Login, ...]
    tracks: tuple[Track, ...]


def folder() -> Path:
    """Return the demonstration's own folder: XIAONENG_STATE, else `var/demo` of the checkout."""
    said = os.environ.get("XIAONENG_STATE")
    return Path(said) if said else Path(__file__).resolve().parents[4] / "var" / "demo"


def enter(state: Path) -> None:
    """Make this process and its children use the folder and send no mail."""
    state.mkdir(parents=True, exist_ok=True)
    os.environ["XIAONENG_STATE"] = str(state)
    os.environ.pop("XIAONENG_DATABASE", None)
    os.environ.setdefault("XIAONENG_EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")


def made(state: Path) -> Made | None:
    """Return what is there; None where nothing is, or what is there was broken off."""
    try:
        form = json.loads((state / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    logins = (
        Login(user=one["user"], name=one["name"], role=Phrase(**one["role"]), what=Phrase(**one["what"]))
        for one in form["logins"]
    )
    return Made(
        day=date.fromisoformat(form["day"]),
        office=form["office"],
        password=form["password"],
        logins=tuple(logins),
        tracks=tuple(Track(**one) for one in form["tracks"]),
    )


def keep(state: Path, *, what: Made) -> None:
    """Write down what was made: the last step, so that a broken-off one is begun anew."""
    form = {**asdict(what), "day": what.day.isoformat()}
    (state / NOTE).write_text(json.dumps(form, ensure_ascii=False, indent=1), encoding="utf-8")


def clear(state: Path, *, names: Sequence[str] = FILES) -> None:
    """Take away what an earlier demonstration left."""
    for name in names:
        (state / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(state / name, ignore_errors=True)

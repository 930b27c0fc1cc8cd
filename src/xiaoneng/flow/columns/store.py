"""Where columns rest (列存): folders of Parquet by feed and month, and a manifest for every import. Knows no row.

    taken/feed=KEY/month=YYYY-MM/NNNNNN-PPPP.parquet    rows as received, import NNNNNN, part PPPP; never changed
    taken/feed=KEY/month=YYYY-MM/packed-NNNNNN.parquet  small parts put together, all their rows (see `packing`)
    packed/KEY.json                                     which packs are asked, and what they stand for
    waiting/KEY/NNNNNN/                                 parts, faults and progress of an import not yet taken
    batches/KEY/NNNNNN.json                             what became of every import
    behind/KEY                                          there while more was taken than is settled
    locks/KEY                                           held by whoever takes in an import
    settled/feed=KEY/EEEEEE/{events,cases}/month=…/*.parquet    an edition derived from what was taken
    settled/feed=KEY/current                            the number of the edition that is asked

A part belongs to the columns only if the manifest of its import says that it was taken, and a pack only if `packed` says
so, instead of its parts: both are put in place by one rename, so that an import is there whole or not at all, and once,
whatever stops the machine.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from xiaoneng.law.phrase import Phrase

PACK = "packed-"
REMEMBERED = 1 << 14
"""Manifests that a process remembers; each was read once, and is read again when the file is another."""
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
"""What the key of a feed may look like; it names folders."""


class BatchState(StrEnum):
    """What has become of an import (批次状态)."""

    ARRIVING = "arriving"
    WAITING = "waiting"
    TAKEN = "taken"
    DROPPED = "dropped"

    @property
    def phrase(self) -> Phrase:
        """Return the state in words."""
        return NAMES[self]


NAMES = {
    BatchState.ARRIVING: Phrase("读入中（可续读）", "Being read (can be resumed)"),
    BatchState.WAITING: Phrase("有误，待确认", "Faults found, waits to be confirmed"),
    BatchState.TAKEN: Phrase("已入列", "Taken in"),
    BatchState.DROPPED: Phrase("已放弃", "Dropped"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """An import of a feed: what it was called, its idempotency key, its counts, and what became of it.

    `rows` were read and `faults` of them are bad; of the good ones `new` were never seen, `corrected` change an event
    known before, `same` say nothing new and were not kept; `late` of the new lie before an event that was known.
    `mapping` is the text it was read by; `settled_by` confirmed or dropped it, and
    `why` is the reason for which it was dropped.
    """

    feed: str
    number: int
    key: str
    name: str
    sha256: str
    state: BatchState
    arrived_at: datetime
    settled_at: datetime | None = None
    rows: int = 0
    faults: int = 0
    new: int = 0
    corrected: int = 0
    same: int = 0
    late: int = 0
    sentinels: int = 0
    mapping: str = ""
    by: str = ""
    settled_by: str = ""
    why: str = ""

    def become(self, state: BatchState, **changed: object) -> Batch:
        """Return this import in another state."""
        return replace(self, state=state, **changed)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packs:
    """Packs of a feed that are asked, and the files whose rows they hold, which may still lie there; both by path."""

    asked: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()


class BadKey(ValueError):
    """A feed's key cannot name a folder."""


@dataclass(frozen=True, slots=True)
class Store:
    """The columns under one folder."""

    root: Path

    def taken(self, feed: str) -> Path:
        """Return the folder of taken rows of a feed."""
        return self.root / "taken" / f"feed={_sound(feed)}"

    def waiting(self, feed: str, number: int) -> Path:
        """Return the folder of an import that is not yet taken."""
        return self.root / "waiting" / _sound(feed) / f"{number:06}"

    def feeds(self) -> list[str]:
        """Return the keys of all feeds that ever sent anything."""
        folder = self.root / "batches"
        return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []

    def batches(self, feed: str) -> list[Batch]:
        """Return every import of a feed in the order of arrival."""
        folder = self.root / "batches" / _sound(feed)
        if not folder.is_dir():
            return []
        with os.scandir(folder) as found:
            seen = sorted(
                (one.path, one.stat().st_mtime_ns, one.inode()) for one in found if one.name.endswith(".json")
            )
        return [_remembered(*one) for one in seen]

    def batch(self, feed: str, number: int) -> Batch:
        """Return an import; raises FileNotFoundError."""
        return _read(self._manifest(feed, number))

    def write(self, batch: Batch) -> None:
        """Put a manifest in place, whole or not at all."""
        put_in_place(self._manifest(batch.feed, batch.number), _text(batch))

    def forget(self, batch: Batch) -> None:
        """Remove the manifest of an import that told nothing."""
        self._manifest(batch.feed, batch.number).unlink()

    def lock(self, feed: str) -> Path:
        """Return the file that whoever takes in an import holds."""
        return self.root / "locks" / _sound(feed)

    def fall_behind(self, feed: str) -> None:
        """Keep that more is being taken from a feed than is settled; said before the manifest is."""
        path = self.root / "behind" / _sound(feed)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    def catch_up(self, feed: str) -> None:
        """Forget that a feed is behind: it was settled while nobody took anything in."""
        (self.root / "behind" / _sound(feed)).unlink(missing_ok=True)

    def behind(self) -> list[str]:
        """Return the feeds of which more was taken than is settled."""
        folder = self.root / "behind"
        return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []

    def taken_files(self, feed: str) -> list[Path]:
        """Return the files that hold the rows of every import that was taken, each row once."""
        numbers = {one.number for one in self.batches(feed) if one.state is BatchState.TAKEN}
        packs = self.packs(feed)
        return [path for path in self.files(feed) if _holds(path, numbers, packs)]

    def files(self, feed: str) -> list[Path]:
        """Return every file of taken rows, whether or not it is asked."""
        return sorted(self.taken(feed).glob("month=*/*.parquet"))

    def packs(self, feed: str) -> Packs:
        """Return which packs of a feed are asked."""
        path = self._packed(feed)
        if not path.is_file():
            return Packs()
        said = json.loads(path.read_text(encoding="utf-8"))
        return Packs(asked=frozenset(said["asked"]), replaced=frozenset(said["replaced"]))

    def ask_packs(self, feed: str, packs: Packs) -> None:
        """Let packs be asked instead of what they stand for, whole or not at all."""
        said = {"asked": sorted(packs.asked), "replaced": sorted(packs.replaced)}
        put_in_place(self._packed(feed), json.dumps(said))

    def settled(self, feed: str) -> Path | None:
        """Return the folder of the edition that is asked; None before there is one."""
        pointer = self.root / "settled" / f"feed={_sound(feed)}" / "current"
        return pointer.parent / pointer.read_text().strip() if pointer.is_file() else None

    def edition(self, feed: str, number: int) -> Path:
        """Return the folder of an edition that is being made."""
        return self.root / "settled" / f"feed={_sound(feed)}" / f"{number:06}"

    def point_to(self, feed: str, number: int) -> None:
        """Let questions be asked of an edition from now on."""
        folder = self.edition(feed, number)
        put_in_place(folder.parent / "current", folder.name)

    def _manifest(self, feed: str, number: int) -> Path:
        return self.root / "batches" / _sound(feed) / f"{number:06}.json"

    def _packed(self, feed: str) -> Path:
        return self.root / "packed" / f"{_sound(feed)}.json"


def place_of(path: Path) -> str:
    """Return where a file of taken rows rests within its feed: month and name."""
    return f"{path.parent.name}/{path.name}"


def _holds(path: Path, numbers: set[int], packs: Packs) -> bool:
    """Tell whether a file is asked: a pack that is, or a part of an import that was taken and is in no pack."""
    place = place_of(path)
    if path.name.startswith(PACK):
        return place in packs.asked
    return place not in packs.replaced and int(path.name.partition("-")[0]) in numbers


def _sound(feed: str) -> str:
    if not KEY.fullmatch(feed):
        raise BadKey(feed)
    return feed


def _text(batch: Batch) -> str:
    return json.dumps(asdict(batch), default=datetime.isoformat, ensure_ascii=False, indent=1)


@lru_cache(maxsize=REMEMBERED)
def _remembered(path: str, _changed: int, _inode: int) -> Batch:
    """Return what a manifest says; one that is put in place anew is another file."""
    return _read(Path(path))


def _read(path: Path) -> Batch:
    said = json.loads(path.read_text(encoding="utf-8"))
    said["state"] = BatchState(said["state"])
    for name in ("arrived_at", "settled_at"):
        said[name] = datetime.fromisoformat(said[name]) if said[name] else None
    return Batch(**said)


def put_in_place(path: Path, text: str) -> None:
    """Write a file whole or not at all, whatever stops the machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)


def on_disk(path: Path) -> None:
    """Have the disk hold a file before anything relies on it."""
    with path.open("rb") as written:
        os.fsync(written.fileno())

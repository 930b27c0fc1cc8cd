"""What is published as open data (开放数据): data sets, their files, and the manifest that names them. Values only."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from xiaoneng.flow.out.writing import placed
from xiaoneng.law.phrase import Phrase

MANIFEST = "manifest.json"


class Media(StrEnum):
    """The kinds of file that are published."""

    CSV = "text/csv"
    PARQUET = "application/vnd.apache.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """A file: its name within its data set, the table it holds (or `dictionary`), its size and SHA-256."""

    name: str
    table: str
    media: Media
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """The data of a feed as published; `as_of` is how far they are known, `modified` when these files were made.

    `since` and `until` are the first and the last event. `folder` is where its files rest, by what they hold.
    """

    feed: str
    title: Phrase
    licence: str
    as_of: datetime
    modified: datetime
    since: datetime | None
    until: datetime | None
    folder: str
    posts: bool
    files: tuple[Distribution, ...]

    def file(self, name: str) -> Distribution | None:
        """Return a file by its name."""
        return next((one for one in self.files if one.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Everything that stands published under a folder."""

    root: Path
    datasets: tuple[Dataset, ...] = ()

    def dataset(self, feed: str) -> Dataset | None:
        """Return the data set of a feed."""
        return next((one for one in self.datasets if one.feed == feed), None)

    def place(self, dataset: Dataset, name: str) -> Path:
        """Return where a file of a data set rests."""
        return self.root / "files" / dataset.feed / dataset.folder / name


def published(root: Path) -> Publication:
    """Return what stands published; nothing before anything was."""
    try:
        said = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Publication(root=root)
    return Publication(root=root, datasets=tuple(_dataset(one) for one in said["datasets"]))


def put(publication: Publication) -> None:
    """Let a publication stand from now on."""
    said = {"datasets": [asdict(one) for one in publication.datasets]}
    with placed(publication.root / MANIFEST) as beside:
        text = json.dumps(said, ensure_ascii=False, indent=1, default=datetime.isoformat)
        beside.write_text(text, encoding="utf-8")


def _dataset(said: dict[str, object]) -> Dataset:
    files = said["files"] if isinstance(said["files"], list) else []
    title = said["title"] if isinstance(said["title"], dict) else {}
    times = {name: _instant(said[name]) for name in ("as_of", "modified", "since", "until")}
    made = tuple(Distribution(**{**one, "media": Media(one["media"])}) for one in files)
    return Dataset(**{**said, **times, "title": Phrase(title["zh"], title["en"]), "files": made})  # type: ignore[arg-type]


def _instant(said: object) -> datetime | None:
    return datetime.fromisoformat(said) if isinstance(said, str) else None

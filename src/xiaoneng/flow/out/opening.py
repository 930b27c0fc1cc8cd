"""Open data made (开放): which feeds may be published, and their files brought up to date. Asks no database.

Published are our own public matters (feed `own`) and the feeds whose mapping says `open = true`. Nobody is named: who
acted, who is responsible and further columns are left out of every file, the posts of other systems too, since what
they call a post may be a person. The files of a data set rest in a folder named by what they hold, and a manifest put
in place by one rename says which folder stands: a reader meets the old files or the new ones.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from xiaoneng.flow.case import LogRefused
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.store import BatchState, Store
from xiaoneng.flow.mapping import LogMapping, parse_mapping
from xiaoneng.flow.out.dictionary import (
    CASES_TABLE,
    EVENTS_TABLE,
    Table,
    dictionary_rows,
)
from xiaoneng.flow.out.figures import MONTHS_TABLE, STEPS_TABLE, months_question, steps_question
from xiaoneng.flow.out.publication import Dataset, Distribution, Media, Publication, published, put
from xiaoneng.flow.out.source import PERSONAL, Source, source_of
from xiaoneng.flow.out.tables import question_of, write_csv, write_parquet, write_rows
from xiaoneng.flow.source import sha256_of
from xiaoneng.law.phrase import Phrase

OWN = "own"
OWN_TITLE = Phrase("本市公开办件", "Public matters of the city")
FORMAT = 1
"""Changes with what the files hold, so that all are made again."""

Told = Callable[[str, str], None]
"""Called with the feed and the name of the file that is written next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A feed that may be published, as it stands: `edition` of its columns, `as_of` how far they are known."""

    feed: str
    title: Phrase
    licence: str
    edition: str
    as_of: datetime | None
    posts: bool

    @property
    def fingerprint(self) -> str:
        """Return digits that change with anything that changes the files."""
        said = json.dumps([FORMAT, asdict(self)], default=str, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def offers(store: Store, *, licence: str) -> list[Offer]:
    """Return the feeds that may be published; `licence` is that of our own matters."""
    return [found for feed in store.feeds() if (found := _offer(store, feed, licence))]


def _offer(store: Store, feed: str, licence: str) -> Offer | None:
    folder, taken = store.settled(feed), [one for one in store.batches(feed) if one.state is BatchState.TAKEN]
    if folder is None or not taken:
        return None
    known = max((one.settled_at for one in taken if one.settled_at), default=None)
    if feed == OWN:
        return Offer(
            feed=feed, title=OWN_TITLE, licence=licence, edition=folder.name, as_of=known, posts=True
        )
    mapping = _mapping(taken[-1].mapping)
    if mapping is None or not mapping.open:
        return None
    return Offer(
        feed=feed,
        title=mapping.agency,
        licence=mapping.licence,
        edition=folder.name,
        as_of=known,
        posts=False,
    )


def _mapping(text: str) -> LogMapping | None:
    try:
        return parse_mapping(text)
    except LogRefused:
        return None


def publish(
    store: Store, root: Path, *, licence: str, now: datetime, told: Told | None = None
) -> Publication:
    """Bring what is published up to date, and return it; what has not changed stays as it is.

    What may not be published any more is gone when this returns.
    """
    before = published(root)
    offered = offers(store, licence=licence)
    datasets = tuple(_dataset(store, before, offer, now, told) for offer in offered)
    publication = Publication(root=root, datasets=datasets)
    if publication != before:
        put(publication)
    _clear(before, publication)
    return publication


def _dataset(store: Store, before: Publication, offer: Offer, now: datetime, told: Told | None) -> Dataset:
    standing = before.dataset(offer.feed)
    if standing and standing.folder == offer.fingerprint and _whole(before, standing):
        return standing
    with source_of(store, Selection(feed=offer.feed)) as source:
        since, until = _reach(source)
        as_of = offer.as_of or until or now
        folder = before.root / "files" / offer.feed / offer.fingerprint
        files = tuple(_written(source, offer, as_of, folder, told))
    return Dataset(
        feed=offer.feed,
        title=offer.title,
        licence=offer.licence,
        as_of=as_of,
        modified=now,
        since=since,
        until=until,
        folder=offer.fingerprint,
        posts=offer.posts,
        files=files,
    )


def _whole(publication: Publication, dataset: Dataset) -> bool:
    return all(publication.place(dataset, one.name).is_file() for one in dataset.files)


def _reach(source: Source) -> tuple[datetime | None, datetime | None]:
    found = next(source.records('SELECT epoch_us(min("at")), epoch_us(max("at")) FROM events'))
    since, until = (datetime.fromtimestamp(int(one) / 1e6, UTC) if one else None for one in found)
    return since, until


def open_tables(*, posts: bool) -> tuple[Table, ...]:
    """Return the tables that are published, without the columns that may not be."""
    barred = PERSONAL if posts else PERSONAL | {"post"}
    return (EVENTS_TABLE.without(*barred), CASES_TABLE.without(*barred), MONTHS_TABLE, STEPS_TABLE)


def _written(
    source: Source, offer: Offer, as_of: datetime, folder: Path, told: Told | None
) -> Iterator[Distribution]:
    tables = open_tables(posts=offer.posts)
    asked = {"months": months_question(as_of=as_of), "steps": steps_question(as_of=as_of)}
    for table in tables:
        question = asked.get(table.key) or question_of(table)
        for media, write in ((Media.CSV, write_csv), (Media.PARQUET, write_parquet)):
            name = f"{table.key}.{media.name.lower()}"
            if told:
                told(offer.feed, name)
            rows = write(source, table, folder / name, question=question)
            yield _distribution(folder / name, table.key, media, rows)
    rows = write_rows(folder / "dictionary.csv", dictionary_rows(*tables))
    yield _distribution(folder / "dictionary.csv", "dictionary", Media.CSV, rows)


def _distribution(path: Path, table: str, media: Media, rows: int) -> Distribution:
    size = path.stat().st_size
    return Distribution(
        name=path.name, table=table, media=media, rows=rows, bytes=size, sha256=sha256_of(path)
    )


def _clear(before: Publication, now: Publication) -> None:
    """Remove the folders that stand no more; of a feed still published the one before stays for who reads it."""
    kept = {(one.feed, one.folder) for one in now.datasets}
    kept |= {(one.feed, one.folder) for one in before.datasets if now.dataset(one.feed)}
    for folder in (now.root / "files").glob("*/*"):
        if (folder.parent.name, folder.name) not in kept:
            shutil.rmtree(folder)

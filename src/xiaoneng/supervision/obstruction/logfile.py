"""A log that is asked once (即问即答): taken in and settled in a folder of its own, which is gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from xiaoneng.flow.columns.engine import duckdb_engine
from xiaoneng.flow.columns.intake import Sent, take_in
from xiaoneng.flow.columns.settling import settle
from xiaoneng.flow.columns.sources import file_source
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.supervision.feeding.intake import refuse_bad_key
from xiaoneng.supervision.obstruction.access import Source, source


@contextmanager
def asked_once(path: Path, *, mapping: LogMapping, now: datetime) -> Iterator[tuple[Source, int]]:
    """Give a log as a feed to be asked, and how many of its rows could not be read; raises LogRefused."""
    refuse_bad_key(mapping)
    with TemporaryDirectory() as folder:
        store = Store(Path(folder))
        taken = take_in(
            store, file_source(path, mapping=mapping), mapping=mapping, sent=Sent(now=now, confirm=True)
        )
        settle(store, mapping.key, engine=duckdb_engine())
        yield source(mapping.key, now=now, store=store), taken.batch.faults

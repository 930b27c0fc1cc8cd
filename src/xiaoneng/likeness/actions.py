"""Writes of the index: a text put in, put again, taken out. No text that is put may hold what is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from xiaoneng.likeness.grams import normal, tokens
from xiaoneng.likeness.models import BandKey, IndexedText
from xiaoneng.likeness.near import keys

BATCH = 500


def put(*, kind: str, key: str, text: str) -> None:
    """Index a text under the caller's kind and key, instead of what stood there.

    The text must be free of names, telephone numbers and whatever else is sealed: the index keeps what it is given.
    Of two who put the same new key at once the database refuses the second (IntegrityError): a matter is locked first.
    """
    put_all(kind=kind, texts={key: text})


def put_all(*, kind: str, texts: Mapping[str, str]) -> None:
    """Index many texts under their keys; as many calls of `put` would, in few statements."""
    names = list(texts)
    for start in range(0, len(names), BATCH):
        _put({name: texts[name] for name in names[start : start + BATCH]}, kind=kind)


@transaction.atomic
def _put(texts: Mapping[str, str], *, kind: str) -> None:
    remove_all(kind=kind, keys=texts)
    rows = IndexedText.objects.bulk_create(
        IndexedText(kind=kind, key=key, text=normal(text), tokens=" ".join(tokens(text)))
        for key, text in texts.items()
    )
    BandKey.objects.bulk_create(
        BandKey(band=band, text_id=row.pk)
        for row, text in zip(rows, texts.values(), strict=True)
        for band in keys(text, kind=kind)
    )


def remove(*, kind: str, key: str) -> None:
    """Take a text out, with its tokens and band keys; nothing happens if there is none.

    The row is gone at once and nothing finds it. What a database keeps of a deleted row until it tidies up goes
    with `compact`.
    """
    remove_all(kind=kind, keys=(key,))


@transaction.atomic
def remove_all(*, kind: str, keys: Iterable[str]) -> None:
    """Take many texts out."""
    names = list(keys)
    for start in range(0, len(names), BATCH):
        IndexedText.objects.filter(kind=kind, key__in=names[start : start + BATCH]).delete()


def compact() -> None:
    """Write the full-text index again without what was removed: SQLite keeps removed tokens until then.

    To be called after an erasure that must leave no trace on the disk, not after every removal: it takes seconds
    for 10^5 texts. On PostgreSQL this is what its vacuum does, by itself or when its keeper says so.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO likeness_search (likeness_search) VALUES ('optimize')")

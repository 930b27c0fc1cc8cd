"""Reads of the index: texts that hold words, texts that say nearly the same. Both databases answer alike.

Answers are keys. Who may see which of them the caller decides: pass `within`, or drop what is not theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from xiaoneng.likeness.grams import normal
from xiaoneng.likeness.models import IndexedText
from xiaoneng.likeness.near import ALIKE, MANY, keys, most_alike
from xiaoneng.likeness.typed import Run, for_postgresql, for_sqlite, runs

COMPARED = 200
"""Texts compared in full for one question, those with most bands in common first."""

AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True, slots=True)
class Found:
    """A text that holds what was looked for; `rank` counts from 1, the text indexed last first."""

    key: str
    rank: int


@dataclass(frozen=True, slots=True)
class Near:
    """A text that says nearly the same, and how nearly, 0 to 1."""

    key: str
    likeness: float


def search(
    *, kind: str, words: str, limit: int, within: Iterable[str] | QuerySet[AnyModel, str] | None = None
) -> list[Found]:
    """Return up to `limit` texts of a kind that hold every word, the last indexed first.

    Words are what stands between spaces; a word is found as it stands, wherever it stands. Whatever is typed,
    nothing is raised: what can be found nowhere is not found. `within` narrows to some keys: any iterable of keys,
    or a queryset of one column, which the database then joins.
    """
    asked = runs(words)
    if not asked or limit < 1:
        return []
    rows = (
        IndexedText.objects.filter(kind=kind, id__in=_holding(asked))
        .order_by("-id")
        .values_list("key", flat=True)
    )
    if isinstance(within, QuerySet):
        found = list(rows.filter(key__in=within)[:limit])
    elif within is None:
        found = list(rows[:limit])
    else:
        wanted = frozenset(within)
        found = list(islice((key for key in rows.iterator() if key in wanted), limit))
    return [Found(key, rank) for rank, key in enumerate(found, start=1)]


def near(*, kind: str, text: str, limit: int, at_least: float = ALIKE) -> list[Near]:
    """Return up to `limit` texts of a kind that say nearly the same as a text, most like first.

    A band key with more than 200 members says nothing and is passed over, unless all keys of the text have as
    many: then many people sent the same, and those who sent it last are compared.
    """
    bare, asked = normal(text), keys(text, kind=kind)
    if not asked or limit < 1:
        return []
    rows = IndexedText.objects.filter(kind=kind, id__in=_sharing(asked)).values_list("id", "key", "text")
    known = {id_: (key, other) for id_, key, other in rows}
    ranked = most_alike(bare, {id_: other for id_, (_, other) in known.items()}, limit=limit)
    return [Near(known[id_][0], likeness) for id_, likeness in ranked if likeness >= at_least]


def _holding(asked: tuple[Run, ...]) -> RawSQL:
    if connection.vendor == "sqlite":
        return RawSQL(
            "SELECT rowid FROM likeness_search WHERE likeness_search MATCH %s", (for_sqlite(asked),)
        )
    return RawSQL("SELECT id FROM likeness_indexedtext WHERE search @@ %s::tsquery", (for_postgresql(asked),))


def _sharing(asked: tuple[int, ...]) -> list[int]:
    """Return the ids of the texts worth comparing: those with most bands in common, then the last indexed."""
    members = _members(asked)
    telling = {band: ids for band, ids in members.items() if len(ids) <= MANY}
    shared: dict[int, int] = {}
    for ids in (telling or members).values():
        for id_ in ids:
            shared[id_] = shared.get(id_, 0) + 1
    return sorted(shared, key=lambda id_: (-shared[id_], -id_))[:COMPARED]


def _members(asked: tuple[int, ...]) -> dict[int, list[int]]:
    """Return the newest members of every band, one more than a telling band may have."""
    each = (
        "SELECT band, text_id FROM (SELECT band, text_id FROM likeness_bandkey WHERE band = %s"  # noqa: S608 - a number
        f" ORDER BY text_id DESC LIMIT {MANY + 1}) AS newest"
    )
    members: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([each] * len(asked)), asked)
        for band, id_ in cursor.fetchall():
            members.setdefault(band, []).append(id_)
    return members

"""The index of texts, as in service: putting in, near-duplicates while somebody types, words; time, recall, bytes.

Peers ask the same database or the same texts: rapidfuzz against every text, PostgreSQL's own trigrams (`pg_trgm`),
SQLite's own trigram index, and LIKE, which reads everything.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from time import perf_counter

from django.db import connection
from rapidfuzz import fuzz, process

from benchmarks import messages
from benchmarks.measure import Row, seconds
from benchmarks.messages import Planted
from xiaoneng.likeness import access, actions
from xiaoneng.likeness.grams import normal

SIZES = {False: 100_000, True: 5_000}
ASKED = {False: 2_000, True: 200}
FEW = 30
"""Questions to the peers that need tens of milliseconds or more for each."""
KIND = "benchmark"
WORDS = ("拆迁", "施工 噪音", "物业管理", "农民工工资", "公交车 站")
GOALS = {"sqlite": 1e-3, "postgresql": 2e-3}


def run(*, quick: bool) -> list[Row]:
    """Measure on texts made of real messages; nothing where they are not here."""
    if reason := messages.absent():
        print(f"not measured: {reason}")
        return []
    given = messages.planted(SIZES[quick])
    start = perf_counter()
    actions.put_all(kind=KIND, texts={str(place): text for place, text in enumerate(given.texts)})
    put = (perf_counter() - start) / len(given.texts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    name = f"{connection.vendor}, {len(given.texts):,} texts"
    rows = [Row(f"put a text in, {name}", put, None, None, "", None, note="in batches of 500")]
    rows += _near(given, name, asked=ASKED[quick])
    rows += _search(name)
    return rows + _bytes(len(given.texts), name) + _removal(name)


def _near(given: Planted, name: str, *, asked: int) -> list[Row]:
    some = random.Random(1).sample(given.repeats, asked)
    took, found = _answers(some, lambda place: _kin_by_index(given, place))
    middle, last = took[len(took) // 2], took[len(took) * 99 // 100]
    bare = [normal(text) for text in given.texts]
    scan, _ = _answers(
        some[:FEW], lambda place: process.extract(bare[place], bare, scorer=fuzz.ratio, limit=5)
    )
    own, own_name = _own_trigrams(given, some[:FEW])
    goal = GOALS[connection.vendor]
    rows = [
        Row(
            f"near-duplicates of a text, median, {name}",
            middle,
            None,
            None,
            f"<= {goal * 1e3:.0f} ms",
            middle <= goal,
        ),
        Row(f"near-duplicates of a text, 99 of 100, {name}", last, None, None, "<= 10 ms", last <= 1e-2),
        Row(
            f"recall of planted repeats, {name}",
            found,
            None,
            None,
            ">= 0.99",
            found >= 0.99,
            unit="",
            note=f"{found:.4f}",
        ),
        _beside(f"near-duplicates of a text, {name}: rapidfuzz with every text", middle, scan[FEW // 2], 80),
    ]
    if own:
        rows.append(_beside(f"near-duplicates of a text, {name}: {own_name}", middle, own, 3))
    return rows


def _answers(places: list[int], ask: Callable[[int], object]) -> tuple[list[float], float]:
    """Return the times of the answers, least first, and the share of answers that were not empty."""
    took, good = [], 0
    for place in places:
        start = perf_counter()
        good += bool(ask(place))
        took.append(perf_counter() - start)
    return sorted(took), good / len(places)


def _kin_by_index(given: Planted, place: int) -> list[str]:
    found = access.near(kind=KIND, text=given.texts[place], limit=6)
    keys = [one.key for one in found if one.key != str(place)]
    return [key for key in keys if given.family[int(key)] == given.family[place]]


def _beside(name: str, ours: float, peer: float, goal: int) -> Row:
    return Row(name, ours, peer, peer / ours, f">= {goal}x", peer / ours >= goal)


def _own_trigrams(given: Planted, places: list[int]) -> tuple[float, str]:
    """Return the median of the database's own trigram index, built here for the occasion."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("CREATE VIRTUAL TABLE peer USING fts5(text, tokenize='trigram', detail=none)")
            cursor.execute("INSERT INTO peer (rowid, text) SELECT id, text FROM likeness_indexedtext")
            asked, called = "SELECT rowid FROM peer WHERE peer MATCH %s ORDER BY rank LIMIT 5", "FTS5 trigram"
        else:
            cursor.execute("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'")
            if cursor.fetchone() == (0,):
                return 0.0, ""
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("CREATE INDEX peer ON likeness_indexedtext USING gin (text gin_trgm_ops)")
            cursor.execute("SET pg_trgm.similarity_threshold = 0.35")
            asked = "SELECT id FROM likeness_indexedtext WHERE text %% %s ORDER BY similarity(text, %s) DESC LIMIT 5"
            called = "pg_trgm GIN"

        def ask(place: int) -> object:
            bare = normal(given.texts[place])
            if connection.vendor == "sqlite":
                # Twenty-four of its trigrams, spread: with all of them a question takes a tenth of a second.
                every = [bare[at : at + 3] for at in range(max(1, len(bare) - 2))]
                cursor.execute(asked, [" OR ".join(f'"{one}"' for one in every[:: max(1, len(every) // 24)])])
            else:
                cursor.execute(asked, [bare, bare])
            return cursor.fetchall()

        took, _ = _answers(places, ask)
        cursor.execute("DROP TABLE peer" if connection.vendor == "sqlite" else "DROP INDEX peer")
    return took[len(took) // 2], called


def _search(name: str) -> list[Row]:
    return [_one_search(name, words) for words in WORDS]


def _one_search(name: str, words: str) -> Row:
    def by_index() -> object:
        return access.search(kind=KIND, words=words, limit=20)

    def by_like() -> object:
        parts = words.split()
        where = " AND ".join(["text LIKE %s"] * len(parts))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT key FROM likeness_indexedtext WHERE kind = '{KIND}' AND {where}",
                [f"%{part}%" for part in parts],
            )
            return cursor.fetchall()

    ours, peer = seconds(by_index, times=5), seconds(by_like)
    note = f"{len(access.search(kind=KIND, words=words, limit=10**6)):,} texts hold it"
    return Row(
        f"search of {words}, newest twenty, {name}: LIKE", ours, peer, peer / ours, "", None, note=note
    )


def _bytes(count: int, name: str) -> list[Row]:
    bands, words = _sizes()
    goal = 900
    return [
        Row(
            f"bytes a text, band keys, {name}",
            bands / count,
            None,
            None,
            f"<= {goal}",
            bands / count <= goal,
            unit="",
        ),
        Row(
            f"bytes a text, text, tokens and full-text index, {name}",
            words / count,
            None,
            None,
            "",
            None,
            unit="",
        ),
    ]


def _sizes() -> tuple[float, float]:
    """Return the bytes of the band keys with their indexes, and of all the rest."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sum(pgsize) FROM dbstat WHERE name LIKE '%likeness%' GROUP BY name")
            sizes = dict(cursor.fetchall())
            bands = sum(size for table, size in sizes.items() if "bandkey" in table)
            return bands, sum(sizes.values()) - bands
        cursor.execute("VACUUM ANALYZE likeness_bandkey")
        cursor.execute(
            "SELECT pg_total_relation_size('likeness_bandkey'), pg_total_relation_size('likeness_indexedtext')"
        )
        bands, words = cursor.fetchone()
        return float(bands), float(words)


def _removal(name: str) -> list[Row]:
    some = iter(range(1_000))
    took = seconds(lambda: actions.remove(kind=KIND, key=str(next(some))), times=20)
    rows = [Row(f"take a text out, {name}", took, None, None, "", None)]
    if connection.vendor == "sqlite":
        rows.append(Row(f"compact, {name}", seconds(actions.compact, best_of=1), None, None, "", None))
    return rows

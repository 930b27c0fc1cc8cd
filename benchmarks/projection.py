"""The projection made again from the acts, a holiday notice over many open matters, and counts over all of them.

A notice must cost the same however many matters are open, and write none of them; the peer rewrites a stored date
in every row. Counts come from one grouped query; the peer judges every row in Python.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import count

from django.db import connection, transaction
from django.db.models import F

from benchmarks.inbox import POST
from benchmarks.measure import Row, seconds
from benchmarks.record import STEPS, Office
from benchmarks.sweep import FIRST, fill
from xiaoneng.desk import inbox
from xiaoneng.desk.rebuilding import differences, rebuild
from xiaoneng.matters.light import light, marks
from xiaoneng.matters.models import Matter
from xiaoneng.matters.queries import open_matters, reading_of
from xiaoneng.organisation.access import calendar_book
from xiaoneng.organisation.actions import load_notice
from xiaoneng.supervision.counting import lights, lights_by
from xiaoneng.worktime.days import local_day

NOTICE_LIMIT = 0.020
WALL_LIMIT = 0.040
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def notice(year: int) -> str:
    """Return an invented notice for a year that has none yet: three days off at its beginning."""
    days = [{"name": "元旦", "date": f"{year}-01-0{day}", "isOffDay": True} for day in (1, 2, 3)]
    return json.dumps({"year": year, "papers": ["https://www.gov.cn/"], "days": days}, ensure_ascii=False)


def projecting(matters: int) -> list[Row]:
    """Make the rows of closed matters of eleven acts again: look for differences, and mend one field."""
    office = Office()
    numbers = office.opened(matters)
    office.recorded(numbers)
    rows = list(Matter.objects.filter(number__in=numbers))

    def looked() -> None:
        for row in rows:
            assert not list(differences(row))

    def mended() -> None:
        Matter.objects.filter(number__in=numbers).update(stage="received")
        for row in rows:
            assert rebuild(row)

    looked()
    look = seconds(looked) / matters
    mend = seconds(mended) / matters
    each = look / (len(STEPS) + 1)
    where = connection.vendor
    return [
        Row(f"project a matter again and compare, {where}", look, None, None, "", None),
        Row(f"the same, an act, {where}", each, None, None, "", None),
        Row(f"project a matter again and mend its row, {where}", mend, None, None, "", None),
    ]


def written() -> int:
    """Return a mark that moves when a matter is written: on SQLite by what it keeps, on PostgreSQL by who wrote it last."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sum(statutory + promised * 3), count(*) FROM matters_matter")
        else:  # the transaction that last wrote each row
            cursor.execute("SELECT sum(xmin::text::bigint), count(*) FROM matters_matter")
        total, rows = cursor.fetchone()
    return int(total) * 31 + int(rows)


def learning(size: int, year: int) -> list[Row]:
    """Load a notice with `size` matters open, and read the inbox of one post with its new dates."""
    before, loaded = written(), count(year)

    def load() -> None:
        one = next(loaded)
        load_notice(notice(one), calendar="CN", source="", now=NOW + timedelta(minutes=one))

    def read() -> None:
        rows = Matter.objects.filter(is_open=True, owner_post=POST)
        assert len(inbox.page(rows, today=local_day(NOW), size=50).rows) == 50

    def rewrite() -> None:
        with transaction.atomic():
            Matter.objects.filter(is_open=True).update(statutory=F("statutory") + 1)
            transaction.set_rollback(True)

    read()
    ours = seconds(load)
    again = seconds(read, best_of=1)
    assert written() == before
    peer = seconds(rewrite, best_of=1)
    where = f"{connection.vendor}, {size:,} open"
    return [
        Row(
            f"a holiday notice, {where}, 0 rows of matters written; peer: UPDATE of their dates",
            ours,
            peer,
            peer / ours,
            "<= 20 ms, 0 rows",
            ours <= NOTICE_LIMIT,
            note="the same at any N: one calendar is built and checked against the one before",
        ),
        Row(
            f"one post's fifty most urgent right after it, {where}",
            again,
            None,
            None,
            "",
            None,
            note=f"of {size // 50:,} of its own",
        ),
    ]


def judged() -> int:
    """Count lights as the peer does: every row through Python."""
    at = marks(FIRST, calendar=calendar_book().latest)
    found: dict[object, int] = {}
    for row in open_matters().iterator():
        key = (row.division, light(reading_of(row), at))
        found[key] = found.get(key, 0) + 1
    return sum(found.values())


def counting(size: int, *, times: int) -> list[Row]:
    """Count every open matter by its light, in all and by division."""
    today = FIRST
    whole = seconds(lambda: lights(today=today), best_of=times)
    divided = seconds(lambda: lights_by("agency", today=today), best_of=times)
    peer = seconds(judged, best_of=1)
    where = f"{connection.vendor}, {size:,} open; peer: every row judged in Python"
    note = "a full grouped count, made when asked; a histogram kept by each act would make it O(ordinals)"
    return [
        Row(f"counts by light, {where}", whole, peer, peer / whole, "", None, note=note),
        Row(
            f"the wall, {where}", divided, peer, peer / divided, "<= 40 ms", divided <= WALL_LIMIT, note=note
        ),
    ]


def run(*, quick: bool) -> list[Row]:
    """Return every figure of the database that the settings name, measured now."""
    rows = projecting(10 if quick else 100)
    sizes = (5_000, 20_000) if quick else (100_000, 1_000_000)
    reached = Matter.objects.order_by("-pk")[0].pk
    for place, size in enumerate(sizes):
        fill(reached + 1, size)
        reached = size
        rows += [*learning(size, 2027 + 5 * place), *counting(size, times=3)]
    return rows

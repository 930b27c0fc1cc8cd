"""The desk page over a hundred thousand open matters, beside the page that asks once more for every row.

Ours is the whole request through Django's test client: session, rights, tabs, rows in order of time left, filters,
rendering. The peer only loads its rows, judges each with a look-up of its last act, sorts and keeps fifty; it
renders nothing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from statistics import median
from time import perf_counter
from unittest.mock import patch

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import Row, seconds
from benchmarks.sweep import FIRST, SERIES, fill
from tests.office import found_office
from xiaoneng.matters.light import light, marks
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.queries import reading_of
from xiaoneng.organisation.access import calendar_book
from xiaoneng.organisation.models import Person
from xiaoneng.worktime.days import ZONE

LIMIT = 0.300
AGENCY = "A0"
POST = f"{AGENCY}-handle"
"""The post that `sweep.fill` gives every fiftieth matter to."""
ACTS = """INSERT INTO matters_actrecord (matter_id, sequence, verb, at, recorded_at, person, post, standing, actor,
    body, salt, promised_on, previous_hash, act_hash, signature, previous_verb, previous_person)
    {series} SELECT i, 1, 'accepted', {now}, {now}, CASE WHEN i % 50 = 0 THEN {person} ELSE 1000000 + i % 500 END,
    'A' || (i % 50) || '-handle', 'A', '{{}}', '{{}}', {blob}, '', {blob}, {hash}, {blob}, '', 0 FROM n"""


def acts(first: int, last: int, *, person: int) -> None:
    """Give each matter one act, of the officer whose post it lies with."""
    sqlite = connection.vendor == "sqlite"
    text = ACTS.format(
        series=SERIES.format(first=first, last=last),
        now="'2026-03-01 00:00:00'" if sqlite else "'2026-03-01 00:00:00+00'::timestamptz",
        blob="x'00'" if sqlite else "'\\x00'::bytea",
        hash="randomblob(32)" if sqlite else "sha256(i::text::bytea)",
        person=person,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def logged_in(person: int) -> Client:
    """Return a browser's stand-in with the officer logged in."""
    user = User.objects.create_user("officer")
    Person.objects.filter(pk=person).update(user=user)
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, address: str = "/desk/") -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return bytes(answer.content)


def row_by_row(today: date) -> list[Matter]:
    """Return the fifty most urgent of the post as the peer finds them: all its rows, one look-up each, sorted."""
    at = marks(today, calendar=calendar_book().latest)
    shown = []
    for row in Matter.objects.filter(is_open=True, owner_post=POST):
        last = ActRecord.objects.filter(matter=row).order_by("-sequence").first()
        shown.append((row.promised, light(reading_of(row), at), last, row))
    return [one[-1] for one in sorted(shown, key=lambda one: (one[0], one[-1].pk))[:50]]


def measure(client: Client, size: int, *, times: int, today: date) -> tuple[Row, int]:
    """Return the figure at `size` open matters, and how many queries the page took."""
    page(client)
    with CaptureQueriesContext(connection) as asked:
        shown = page(client)
        queries = len(asked)  # before the next request empties the log
    assert shown.count(b"XK2026-") >= 50
    ours, theirs = [], []
    for _ in range(times):
        started = perf_counter()
        page(client)
        ours.append(perf_counter() - started)
        theirs.append(seconds(lambda: row_by_row(today), best_of=1))
    took, peer = median(ours), median(theirs)
    mine = Matter.objects.filter(is_open=True, owner_post=POST).count()
    return Row(
        f"the desk page, {connection.vendor}, {size:,} open, {mine:,} of them mine; peer: a look-up a row",
        took,
        peer,
        peer / took,
        "<= 300 ms",
        took <= LIMIT,
        note=f"{queries} queries",
    ), queries


def run(*, quick: bool) -> list[Row]:
    """Return every figure of the database that the settings name, measured now."""
    office = found_office(AGENCY)
    person = office.people["handle-A"]
    client = logged_in(person)
    sizes, times = ((5_000, 20_000), 3) if quick else ((5_000, 100_000), 7)
    now = datetime.combine(FIRST, time(9), tzinfo=ZONE).astimezone(UTC)
    rows, queries, reached = [], [], 0
    with patch("django.utils.timezone.now", return_value=now):
        for size in sizes:
            fill(reached + 1, size)
            acts(reached + 1, size, person=person)
            reached = size
            row, asked = measure(client, size, times=times, today=FIRST)
            rows.append(row)
            queries.append(asked)
        whole = seconds(lambda: page(client, "/desk/?tab=agency"), best_of=times)
    name = f"the desk page of a whole agency, {connection.vendor}, {reached:,} open"
    rows.append(Row(name, whole, None, None, "<= 300 ms", whole <= LIMIT))
    same = len(set(queries)) == 1
    name = f"queries of the desk page, {connection.vendor}, at {sizes[0]:,} and {sizes[1]:,} open"
    return [*rows, Row(name, queries[1], queries[0], queries[1] / queries[0], "the same", same, unit="")]

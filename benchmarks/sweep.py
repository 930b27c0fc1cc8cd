"""The sweep beside a scan: what a tick costs per matter due, when nothing is due, and how both grow with N.

The peer is what an office product usually does: the object mapper walks every open matter, judges it, and saves
those whose light changed. Both file the same reminders in the same database in the same run.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db import connection, transaction

from benchmarks.measure import Row, seconds
from xiaoneng.matters.light import Light, light, marks
from xiaoneng.matters.models import Alarm, Matter, Notice
from xiaoneng.matters.queries import reading_of
from xiaoneng.organisation.access import calendar_book
from xiaoneng.organisation.models import Agency, Division, Incumbency, Person, Post
from xiaoneng.supervision.models import Card
from xiaoneng.supervision.sweep import sweep
from xiaoneng.worktime.days import ZONE

FIRST = date(2026, 3, 2)
SPREAD = 1000
"""Ends lie on so many working days: on each a thousandth of the matters comes due."""
GOALS = {"sqlite": 4.0, "postgresql": 8.0}
TIMES = 500
SERIES = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})"
MATTERS = """INSERT INTO matters_matter (id, number, procedure, edition, item, item_edition, subject, agency,
    division, calendar, stage, owner_post, is_open, opened_at, acts_seen, last_hash, last_verb, last_at,
    last_person, code_digest, clock, axis, statutory, promised, paused)
    {series} SELECT i, 'XK2026-' || i, 'approval', 1, '', 0, 'benchmark', 'A' || (i % 50), '330200', '330200',
    'in_hand', 'A' || (i % 50) || '-handle', {true}, {now}, 1, {blob}, 'accepted', {now}, 0, {blob}, 'handling', 'w',
    {base} + (i % {spread}) * 919 % {spread} + 10, {base} + (i % {spread}) * 919 % {spread}, {false} FROM n"""
ALARMS = """INSERT INTO matters_alarm (matter_id, clock, run, rung, calendar, axis, at)
    {series} SELECT i, 'handling', 1, '{rung}', '330200', 'w', {base} + (i % {spread}) * 919 % {spread} + {later} FROM n"""


def fill(first: int, last: int) -> None:
    """Put open matters with three alarms each into the database, by the database itself."""
    sqlite = connection.vendor == "sqlite"
    words = {
        "series": SERIES.format(first=first, last=last),
        "true": "1" if sqlite else "true",
        "false": "0" if sqlite else "false",
        "now": "'2026-03-01 00:00:00'" if sqlite else "'2026-03-01 00:00:00+00'::timestamptz",
        "blob": "x'00'" if sqlite else "'\\x00'::bytea",
        "base": calendar_book().latest.ordinal(FIRST) + 2,
        "spread": SPREAD,
    }
    statements = [MATTERS.format(**words)]
    for rung, later in (("near", 0), ("promise", 2 * SPREAD), ("statute", 3 * SPREAD)):
        statements.append(ALARMS.format(rung=rung, later=later, **words))
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def staff() -> None:
    """Put somebody in every post that the reminders go to: whose name a card bears is part of what it costs."""
    Division.objects.get_or_create(code="330200", defaults={"zh": "宁波市", "en": "Ningbo"})
    since = datetime(2020, 1, 1, tzinfo=UTC)
    for place in range(50):
        agency = f"A{place}"
        Agency.objects.create(code=agency, zh=agency, en=agency, short=agency, division_id="330200")
        post = Post.objects.create(
            code=f"{agency}-handle", agency_id=agency, zh="经办", en="Clerk", duty="handle"
        )
        person = Person.objects.create(name=f"承办{place}（虚构）", invented=True)
        Incumbency.objects.create(post=post, person=person, standing="A", active_from=since)


def morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=ZONE).astimezone(UTC)


def scan(day: date) -> int:
    """Do the day's reminders as the peer does: walk what is open, judge, save, file, tell; return how many."""
    at = marks(day, calendar=calendar_book().latest)
    calendar, found = calendar_book().latest, 0
    now = morning(day)
    for matter in Matter.objects.filter(is_open=True).iterator():
        if light(reading_of(matter), at) is not Light.DUE_SOON or matter.promised != at.working.soon:
            continue
        found += 1
        with transaction.atomic():
            matter.save()
            number = f"PEER-{matter.pk}"
            _filed(matter, number, calendar.day(matter.promised), now)
    return found


def _filed(matter: Matter, number: str, last: date, now: datetime) -> None:
    Card.objects.create(
        number=number,
        matter=matter,
        key="peer",
        level="reminder",
        cause="near",
        rule="clock",
        rule_set="peer",
        rule_set_edition=1,
        instrument="",
        since=now,
        raised_at=now,
        told=True,
        agency=matter.agency,
        division=matter.division,
        post=matter.owner_post,
        promised_on=last,
        zh="办理将至",
        en="due soon",
    )
    Notice.objects.create(
        key=number, matter=matter, recipient=matter.owner_post, kind="reminder", zh="", en="", created_at=now
    )


def working_days() -> list[date]:
    calendar = calendar_book().latest
    return [calendar.shift(FIRST, place) for place in range(1, 40)]


def _timed(day: date, *, batch: int) -> tuple[float, int]:
    made: list[int] = []
    spent = seconds(lambda: made.append(sweep(now=morning(day), batch=batch).reminders), best_of=1)
    return spent, made[0]


def measure(size: int, days: list[date]) -> list[Row]:
    """Return the figures at `size` open matters; takes days off the front of `days`."""
    sweep(now=morning(days.pop(0)))  # warm, and whatever came due while the database was filled
    idle = seconds(lambda: sweep(now=morning(days[0] - timedelta(days=1))), times=20)
    best = min(_timed(days.pop(0), batch=500) for _ in range(3))
    large = min(_timed(days.pop(0), batch=5000) for _ in range(3))
    per_due, at_once = best[0] / best[1], large[0] / large[1]
    day = days.pop(0)
    made: list[int] = []
    spent = seconds(lambda: made.append(scan(day)), best_of=1)
    peer = spent / made[0]
    where = f"{connection.vendor}, {size:,} open"
    goal = GOALS[connection.vendor]
    note = f"{best[1]} due; a reminder is filed as a card with its evidence and a notice, not only taken from a queue"
    return [
        Row(
            f"a reminder due, {where}",
            per_due,
            peer,
            peer / per_due,
            f"<= {goal:g} us",
            per_due * 1e6 <= goal,
            note=note,
        ),
        Row(
            f"a reminder due beside the scan, {where}",
            per_due,
            peer,
            peer / per_due,
            f">= {TIMES}x",
            peer / per_due >= TIMES,
        ),
        Row(
            f"the same in batches of 5,000, {where}",
            at_once,
            peer,
            peer / at_once,
            f">= {TIMES}x",
            peer / at_once >= TIMES,
        ),
        Row(f"idle tick, {where}", idle, None, None, "<= 500 us", idle <= 500e-6),
    ]


def run(*, quick: bool) -> list[Row]:
    """Return every figure of the database that the settings name, measured now."""
    sizes = (2_000, 20_000) if quick else (100_000, 1_000_000)
    days, rows, reached = working_days(), [], 0
    staff()
    flat: list[float] = []
    for size in sizes:
        fill(reached + 1, size)
        reached = size
        found = measure(size, days)
        flat.append(found[0].ours)
        rows += found
    growth = flat[-1] / flat[0]
    name = f"growth of a reminder's cost, {connection.vendor}, {sizes[0]:,} to {sizes[-1]:,}"
    assert Alarm.objects.filter(rung="near").exists()
    return [*rows, Row(name, growth, None, growth, "<= 1.3", growth <= 1.3, unit="")]

"""Making the demonstration: tables, words, the city, its year, log-ins. Says at each step what it does."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from xiaoneng.cli.city.loading import load_city
from xiaoneng.cli.city.reading import load
from xiaoneng.cli.city.story.replay import Played, replay
from xiaoneng.cli.city.story.rounds import appoint_inspectors
from xiaoneng.cli.city.story.year import Frame
from xiaoneng.cli.demonstration import cast
from xiaoneng.cli.demonstration.place import Made, Track
from xiaoneng.cli.messages import WEB, compile_catalogues
from xiaoneng.cli.progress import counting
from xiaoneng.desk.keys import furnish
from xiaoneng.flow.out.opening import publish
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.access import calendar_book
from xiaoneng.supervision.feeding.intake import columns
from xiaoneng.supervision.feeding.settling import settle_behind
from xiaoneng.supervision.pouring import pour
from xiaoneng.worktime.days import local_day

Say = Callable[[Phrase], None]
YEAR = timedelta(days=365)
ACTS_A_MATTER = 7.4
"""About how many acts an application comes to, all others shared out among them: for the bar alone."""


def compile_stale() -> None:
    """Compile the catalogues of the pages where one is older than its words, or was never made."""
    for po in WEB.glob("locale/*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            compile_catalogues()
            return


def make(*, matters: int, now: datetime, spoken: str, say: Say) -> Made:
    """Make everything in an empty database and return what to print."""
    call_command("migrate", verbosity=0, interactive=False)
    compile_stale()
    city = load()
    people, items = load_city(city)
    say(
        Phrase(
            f"参考城市已载入：{people:,} 名虚构人员，{items:,} 个事项",
            f"The reference city is there: {people:,} invented people, {items:,} items",
        )
    )
    calendar = calendar_book().latest
    frame = Frame(since=now - YEAR, until=now, calendar=calendar, matters=matters)
    password = f"demo-{secrets.token_hex(4)}"
    inspectors = prepare(frame, password=password)
    with counting(Phrase("条", "acts").spoken(spoken), always=True) as progress:
        words = Phrase("推演一年", "a year of its matters").spoken(spoken)
        task = progress.add_task(words, total=round(matters * ACTS_A_MATTER))

        def seen(_at: datetime, acts: int) -> None:
            progress.update(task, completed=acts)

        played = replay(city, frame, seen=seen)
        progress.update(task, total=played.acts, completed=played.acts)
    _say_played(played, say)
    _pour(say, now=now)
    return _made(played, inspectors=inspectors, password=password, now=now)


def prepare(frame: Frame, *, password: str) -> dict[int, str]:
    """Give every centre its keys and appoint inspectors before the year begins; return the inspectors' names by key."""
    furnish(passphrase=password, now=frame.since)
    until = local_day(frame.until + YEAR)
    return appoint_inspectors(since=local_day(frame.since), until=until)


def _pour(say: Say, *, now: datetime) -> None:
    """Let the year flow into the columns, so that the map and the open data have something to show."""
    store = columns()
    acts = pour(store, now=now)
    settle_behind()
    folder, licence = Path(settings.OPEN_DATA), settings.OPEN_LICENCE
    publish(store, folder, licence=licence, now=now, told=lambda _feed, _name: None)
    say(
        Phrase(
            f"{acts:,} 条公开程序的行为已入列：梗阻图在“督察”，开放数据在 /data/",
            f"{acts:,} acts of public procedures flowed into columns: the map under Supervision, open data at /data/",
        )
    )


def _say_played(played: Played, say: Say) -> None:
    say(
        Phrase(
            f"{len(played.held):,} 件办件、{played.acts:,} 条行为，经同一个入口逐条记录；入账 {played.sealed:,} 条；"
            f"提醒 {played.swept.reminders:,}，红黄牌 {played.swept.cards:,}",
            f"{len(played.held):,} matters, {played.acts:,} acts, each recorded through the one door; "
            f"{played.sealed:,} sealed; {played.swept.reminders:,} reminders, {played.swept.cards:,} cards",
        )
    )
    if played.faults:
        first = played.faults[0]
        say(
            Phrase(
                f"有 {len(played.faults)} 条行为被拒绝（推演有误）：{first.number} {first.act}：{first.reasons}",
                f"{len(played.faults)} acts were refused (the story is wrong): "
                f"{first.number} {first.act}: {first.reasons}",
            )
        )


def _made(played: Played, *, inspectors: dict[int, str], password: str, now: datetime) -> Made:
    office = cast.office_of_choice(played.held, poor=played.year.poor)
    logins = cast.give_logins(office, password=password, now=now)
    logins += cast.give_inspector(played.held, inspectors, password=password)
    tracks = [Track(number=one.number, code=one.code, stage=one.stage) for one in cast.tracked(played.held)]
    connection.close()
    return Made(
        day=local_day(now), office=office, password=password, logins=tuple(logins), tracks=tuple(tracks)
    )

"""Replaying a year through the one door (推演一年): plan, play, seal; counts what happened. Asks no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType

from django.db import connection, transaction

from xiaoneng.accountability.actions import open_leader_cases
from xiaoneng.accountability.quarter import Quarter
from xiaoneng.cli.city.shape import City
from xiaoneng.cli.city.story.acting import Acting, Fault, Held
from xiaoneng.cli.city.story.approval import approval
from xiaoneng.cli.city.story.cards import handle_cards
from xiaoneng.cli.city.story.deeds import Night, Script
from xiaoneng.cli.city.story.diary import Diary, clock
from xiaoneng.cli.city.story.docket import docket
from xiaoneng.cli.city.story.inquiry import inquiry
from xiaoneng.cli.city.story.leave import leave
from xiaoneng.cli.city.story.playing import play
from xiaoneng.cli.city.story.posting import posting
from xiaoneng.cli.city.story.year import Frame, Year, plan
from xiaoneng.desk.outbox import send_due
from xiaoneng.desk.sealing import seal_waiting
from xiaoneng.supervision.sweep import Swept, sweep, walk
from xiaoneng.worktime.days import local, local_day

BATCH = 200
WEEK_ENDS = 5
"""The weekday whose first minutes walk through what was recorded in the week, and seal it: Saturday."""
JUST_AFTER_MIDNIGHT = 5
NOON = 12
LEADERS_DAYS = range(3, 5)
"""Working days after a quarter on which the effectiveness office opens what is due of leaders."""
AFTERNOON = 15 * 60 + 40
"""The minute of a working day at which posts answer their cards and supervision judges the answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of it."""

    year: Year
    acts: int
    postponed: int
    sealed: int
    swept: Swept
    faults: tuple[Fault, ...]
    held: tuple[Held, ...]


class _Batches:
    """Transactions of so many acts each: a commit costs more than an act."""

    def __init__(self) -> None:
        self._atomic = transaction.atomic()
        self._acts = 0

    def __enter__(self) -> _Batches:
        self._atomic.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._atomic.__exit__(kind, raised, trace)

    def act(self) -> None:
        """Count one act and begin a new transaction where the batch is full."""
        self._acts += 1
        if self._acts % BATCH == 0:
            self._atomic.__exit__(None, None, None)
            self._atomic = transaction.atomic()
            self._atomic.__enter__()


def replay(
    city: City,
    frame: Frame,
    *,
    seen: Callable[[datetime, int], None] = lambda _at, _acts: None,
    strict: bool = False,
) -> Played:
    """Plan what happens in `frame` and do it; `seen` hears of every step: its instant and how many acts there are."""
    year = plan(city, frame)
    swept, sealed, answered = Swept(), 0, 0

    def night(at: datetime) -> None:
        nonlocal swept, sealed, answered
        if local(at).hour >= NOON:
            answered += handle_cards(now=at, after_act=batches.act) + _leaders(at, diary=diary)
            return
        swept += sweep(now=at)
        if local_day(at).weekday() == WEEK_ENDS:
            swept += walk(now=at)
            sealed += seal_waiting(now=at, batch=5000)
            _send(at)

    with _relaxed(), _Batches() as batches:
        diary = Diary(calendar=frame.calendar)
        stage = Acting(diary=diary, at_night=night, after_act=batches.act, strict=strict)
        for at in play(scripts(year, diary=diary), stage=stage, until=frame.until):
            seen(at, stage.acts)
        swept += sweep(now=frame.until) + walk(now=frame.until)
        while count := seal_waiting(now=frame.until, batch=5000):
            sealed += count
        _send(frame.until)
    return Played(
        year=year,
        acts=stage.acts + answered,
        postponed=stage.postponed,
        sealed=sealed,
        swept=swept,
        faults=tuple(stage.faults),
        held=tuple(stage.held.values()),
    )


def _leaders(at: datetime, *, diary: Diary) -> int:
    """Open what is still due of leaders whose offices a quarter shows to be weak, in its first days; return how many."""
    quarter = Quarter.closed_before(local_day(at))
    if diary.between(quarter.until, local_day(at)) not in LEADERS_DAYS:
        return 0
    return len(open_leader_cases(now=at).numbers)


def scripts(year: Year, *, diary: Diary) -> Iterator[Script]:
    """Yield every script of a year, each in the place by which the stage knows its matter."""
    yield nights(year, diary=diary)
    yield from (leave(one, diary=diary) for one in year.leaves)
    yield from (posting(one, diary=diary) for one in year.postings)
    yield from (inquiry(one, diary=diary) for one in year.contacts)
    yield from (approval(one, diary=diary) for one in year.cases)
    yield from docket(year.since, year.until, seed=year.seed, diary=diary)


def nights(year: Year, *, diary: Diary) -> Script:
    """Let cards be handled every working afternoon, and supervision look at what is due just after its midnight.

    No term ends on another day.
    """
    day = local_day(year.since)
    while True:
        day = diary.shift(day, 1)
        yield Night(at=clock(day, AFTERNOON))
        yield Night(at=clock(day + timedelta(days=1), JUST_AFTER_MIDNIGHT))


def _send(now: datetime) -> None:
    """Send what waits in the outbox: invented applicants have no address, so it stands on their pages."""
    while send_due(now=now, batch=5000).posted:
        pass


@contextmanager
def _relaxed() -> Iterator[None]:
    """Spare SQLite its wait for the disk at every commit while a story is told; other records never."""
    may = connection.vendor == "sqlite" and not connection.in_atomic_block
    if may:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        if may:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous=FULL")

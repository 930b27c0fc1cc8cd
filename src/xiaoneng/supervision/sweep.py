"""The sweep (督察巡查): takes what is due from the alarm queue, writes down lapses, files reminders and cards.

It costs what is due, not what is open, and may run in any number of workers: alarms are held while they are
worked on, and every card, its case and its notice are one for ever by key. One transaction a batch. A matter that cannot be
judged is put off for an hour and stops no other. After an outage everything is made good in order: the reminder
(kept for the record, told to nobody once the promise has passed), then yellow, then red.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction

from xiaoneng.desk import alarms, recording
from xiaoneng.desk.days import Today, todays
from xiaoneng.desk.many import dossiers
from xiaoneng.desk.projecting import Rung
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.queries import keys_of, recorded_between
from xiaoneng.supervision import actions, cases, queries, reminders
from xiaoneng.supervision.card import Raised, Reminder, card, reminder
from xiaoneng.supervision.finding import called_for
from xiaoneng.supervision.levels import Level
from xiaoneng.worktime.days import local_day, midnight

log = logging.getLogger(__name__)
One = TypeVar("One")
Made = TypeVar("Made")
ONE_HOUR = timedelta(hours=1)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What a sweep did: matters looked at, lapses written, reminders and cards filed, matters put off."""

    looked: int = 0
    lapses: int = 0
    reminders: int = 0
    cards: int = 0
    put_off: int = 0

    def __add__(self, more: Swept) -> Swept:
        """Return both sweeps together."""
        return Swept(
            looked=self.looked + more.looked,
            lapses=self.lapses + more.lapses,
            reminders=self.reminders + more.reminders,
            cards=self.cards + more.cards,
            put_off=self.put_off + more.put_off,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tick:
    """One round: the instant, how the day reads on every calendar, how many alarms a batch takes."""

    now: datetime
    days: tuple[Today, ...]
    batch: int
    arms: tuple[alarms.Arm, ...] = ()
    without: tuple[int, ...] = ()


def sweep(*, now: datetime, batch: int = 500) -> Swept:
    """Do everything that is due at `now` and return what was done; nothing is due a second time."""
    done = Swept()
    while arms := alarms.due(local_day(now)):
        # Always from the first step again: a lapse can start a clock whose reminder is due at once.
        without = tuple(queries.put_off_until_later(now))
        tick = _Tick(now=now, days=todays(local_day(now)), batch=batch, arms=arms, without=without)
        part = next((found for step in _STEPS if (found := step(tick)) is not None), None)
        if part is None:  # what is due is put off, or in the hands of another worker
            return done
        done += part
    return done


def look(number: str, *, now: datetime) -> Swept:
    """Look at one matter as the sweep does, whether or not an alarm is due; return what was done."""
    return inspect((number,), now=now)


def inspect(numbers: Iterable[str], *, now: datetime, batch: int = 500) -> Swept:
    """Look at matters for what no alarm announces: rules broken by what was recorded; return what was done."""
    tick = _Tick(now=now, days=todays(local_day(now)), batch=batch)
    done = Swept()
    wanted = list(dict.fromkeys(numbers))
    for start in range(0, len(wanted), batch):
        with transaction.atomic():
            done += _judged(keys_of(wanted[start : start + batch]), tick)
    return done


def walk(*, now: datetime) -> Swept:
    """Inspect every matter on which an act was recorded since the last walk, up to the end of yesterday."""
    yesterday = local_day(now) - ONE_DAY
    last = queries.walked_up_to()
    if last is not None and last >= yesterday:
        return Swept()
    first = last + ONE_DAY if last else yesterday
    numbers = recorded_between(midnight(first), midnight(yesterday + ONE_DAY))
    done = inspect(numbers, now=now)
    with transaction.atomic():
        cases.open_cases(queries.without_case(), now=now)
    actions.walked(yesterday, looked=done.looked, cards=done.cards, now=now)
    return done


def _reminders(tick: _Tick) -> Swept | None:
    near = (arm for arm in tick.arms if arm.rung is Rung.NEAR)
    return next((done for arm in near if (done := _reminded(arm, tick)) is not None), None)


@transaction.atomic
def _reminded(arm: alarms.Arm, tick: _Tick) -> Swept | None:
    """File the reminders due in one range of the queue, all that say the same together."""
    kinds = reminders.held(arm, now=tick.now, limit=tick.batch)
    if not kinds:
        return None
    acting = reminders.holders(kinds, now=tick.now)
    today, calendar = local_day(tick.now), arm.day.calendar

    def say(kind: reminders.Kind) -> list[tuple[reminders.Kind, Reminder]]:
        words = reminder(kind.near, today=today, calendar=calendar, holder=acting.get(kind.post))
        return [] if kind.filed or words is None else [(kind, words)]

    said, faults = _each(kinds, say, key=lambda kind: kind.alarms[0])
    filed = reminders.file(said, calendar=calendar, now=tick.now)
    faulty = {kind.alarms: faults[kind.alarms[0]] for kind in kinds if kind.alarms[0] in faults}
    put_off = {matter: why for some, why in faulty.items() for matter in alarms.matters_of(some)}
    actions.put_off(put_off, until=tick.now + ONE_HOUR)
    reminders.drop([alarm for kind in kinds if kind.alarms not in faulty for alarm in kind.alarms])
    looked = sum(len(kind.alarms) for kind in kinds)
    of_reminders = filed.pop(Level.REMINDER, 0)
    if filed:  # some rules raise a yellow card where others remind
        cases.open_cases(queries.without_case(raised_at=tick.now), now=tick.now)
    return Swept(looked=looked, put_off=len(put_off), reminders=of_reminders, cards=filed.total())


@transaction.atomic
def _passed(tick: _Tick) -> Swept | None:
    taken = alarms.passed(tick.arms, limit=tick.batch, without=tick.without)
    if not taken.alarms:
        return None
    done = _judged(taken.matters, tick)
    faulty = set(queries.put_off_until_later(tick.now))
    alarms.drop([pk for pk, matter in taken.alarms if matter not in faulty])
    return done


def _lapses(tick: _Tick) -> Swept | None:
    """Write down what time has decided, each matter through the one door in a transaction of its own."""
    due = alarms.lapsing(tick.arms, limit=tick.batch, without=tick.without)
    if not due:
        return None

    def lapse_one(one: tuple[int, str]) -> list[int]:
        count = recording.lapse(one[1], now=tick.now)
        if not count and alarms.lapse_waits(tick.arms, matter=one[0]):
            raise LookupError("an alarm says that time has decided, the record does not")
        return [count]

    written, faults = _each(due, lapse_one, key=lambda one: one[0])
    with transaction.atomic():
        actions.put_off(faults, until=tick.now + ONE_HOUR)
        judged = _judged([matter for matter, _ in due if matter not in faults], tick)
    return judged + Swept(lapses=sum(written), put_off=len(faults))


_STEPS: tuple[Callable[[_Tick], Swept | None], ...] = (_reminders, _passed, _lapses)


def _judged(matters: Sequence[int], tick: _Tick) -> Swept:
    """File what the records of these matters call for; whatever cannot be judged is put off."""
    read = dossiers(matters)

    originals = cases.originals(read)

    def judge(matter: int) -> list[Raised]:
        dossier = read[matter]
        if not isinstance(dossier, Dossier):
            raise dossier
        if matter in originals:
            return cases.turned_red(dossier, originals[matter])
        return [card(one, dossier, matter=matter) for one in called_for(dossier, now=tick.now)]

    raised, faults = _each(matters, judge, key=lambda matter: matter)
    filed = actions.file_cards(raised, now=tick.now)
    if filed:
        opened = cases.open_cases(queries.without_case(raised_at=tick.now), now=tick.now)
        actions.tell_cards(filed, cases=opened, days=tick.days, now=tick.now)
    actions.put_off(faults, until=tick.now + ONE_HOUR)
    actions.settled([matter for matter in matters if matter not in faults])
    return Swept(looked=len(matters), put_off=len(faults)) + _counted([one for _, one in filed])


def _each(
    things: Iterable[One], make: Callable[[One], list[Made]], *, key: Callable[[One], int]
) -> tuple[list[Made], dict[int, str]]:
    """Return what could be made of each thing, and by matter why the others could not."""
    made: list[Made] = []
    faults: dict[int, str] = {}
    for thing in things:
        try:
            made += make(thing)
        except Exception as fault:
            faults[key(thing)] = f"{type(fault).__name__}: {fault}"
            log.exception("matter %s is put off for an hour", key(thing))
    return made, faults


def _counted(filed: Sequence[Raised]) -> Swept:
    reminders = sum(one.row.level == Level.REMINDER for one in filed)
    return Swept(reminders=reminders, cards=len(filed) - reminders)

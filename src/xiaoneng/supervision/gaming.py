"""Gaming checks (防造假检查): what in the times of matters looks arranged; shown beside the score, never in it; pure.

A check is a question, not a verdict: each has a definition, what it is a share of, a threshold that is a default of
ours, and the matters behind it. The same checks are asked of our own record and of logs of other systems, as far as
these tell the facts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from xiaoneng.flow.case import ReadCase
from xiaoneng.flow.doubts import Doubt, doubts_of
from xiaoneng.flow.judge import Yardstick
from xiaoneng.flow.share import Share
from xiaoneng.law.defaults import count_of
from xiaoneng.supervision.gaming_checks import Check
from xiaoneng.worktime.days import local, local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A matter as it closed; `days` and `term` are of the deadline, 0 where it had none; `by` closed it."""

    number: str
    agency: str
    opened: datetime
    closed: datetime
    at_once: bool = False
    days: int = 0
    term: int = 0
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One act: when it happened and was entered, the one before it, and whether an official did it on a rest day.

    `pauses`: it suspends the clock; `promised` is the last day promised just before.
    """

    number: str
    agency: str
    at: datetime
    recorded: datetime
    previous: datetime | None = None
    opened: datetime | None = None
    official: bool = True
    rest_day: bool = False
    pauses: bool = False
    promised: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A rating with the mark of the place it came from."""

    number: str
    agency: str
    at: datetime
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found: the matters, each once, among `n`; `expected` where chance alone would show some.

    `on` is the newest day counted: its threshold decides whether the whole warns.
    """

    check: Check
    numbers: tuple[str, ...]
    count: int
    n: int
    expected: float | None = None
    on: date = date.min

    @property
    def share(self) -> Share:
        """Return the share with its interval."""
        return Share(self.check.value, min(self.count, self.n), self.n)

    @property
    def warns(self) -> bool:
        """Tell whether the threshold is passed: for most checks by a single case."""
        if self.check is not Check.LAST_DAY:
            return self.count > 0
        part = self.share.share
        over = part is not None and part * 100 > count_of("gaming-last-day", on=self.on)
        return over and self.share.ranked and (self.expected is None or self.count > 2 * self.expected)


@dataclass(slots=True)
class _Tally:
    count: int = 0
    n: int = 0
    expected: float = 0.0
    on: date = date.min
    numbers: dict[str, None] = field(default_factory=dict)

    def add(self, number: str, *, found: bool) -> None:
        self.n += 1
        if found:
            self.count += 1
            self.numbers[number] = None

    def finding(self, check: Check) -> Finding:
        expected = self.expected if check is Check.LAST_DAY else None
        return Finding(
            check=check,
            numbers=tuple(self.numbers),
            count=self.count,
            n=self.n,
            expected=expected,
            on=self.on,
        )


def findings(
    *, closings: Sequence[Closing], steps: Iterable[Step], votes: Sequence[Vote]
) -> tuple[Finding, ...]:
    """Return every check on our own record, in order, those that found nothing included."""
    tallies = {check: _Tally() for check in Check}
    for one in closings:
        _closed(one, tallies)
    for step in steps:
        _stepped(step, tallies)
    _add_all(tallies[Check.BULK], closings, _in_bulk(closings))
    _add_all(tallies[Check.ONE_PLACE], votes, _from_one_place(votes))
    return tuple(tallies[check].finding(check) for check in Check)


def _closed(one: Closing, tallies: dict[Check, _Tally]) -> None:
    day = local_day(one.closed)
    if not one.at_once:
        least = timedelta(minutes=count_of("gaming-instant", on=day))
        found = timedelta(0) <= one.closed - one.opened < least and one.term != 1
        tallies[Check.INSTANT].add(one.number, found=found)
    if one.term > 1 and one.days <= one.term:
        tally = tallies[Check.LAST_DAY]
        tally.add(one.number, found=one.days == one.term)
        tally.expected += 1 / one.term
        tally.on = max(tally.on, day)


def _stepped(one: Step, tallies: dict[Check, _Tally]) -> None:
    earlier = [at for at in (one.previous, one.opened) if at is not None]
    tallies[Check.IMPOSSIBLE].add(
        one.number, found=one.at > one.recorded or any(one.at < at for at in earlier)
    )
    if one.official:
        tallies[Check.NIGHT].add(one.number, found=one.rest_day or _dead_of_night(local(one.at)))
    if one.pauses:
        late = one.promised is not None and local(one.at).date() >= one.promised
        tallies[Check.LAST_DAY_PAUSE].add(one.number, found=late)


def _dead_of_night(there: datetime) -> bool:
    return there.hour < count_of("gaming-night", on=there.date())


def _add_all(tally: _Tally, things: Iterable[Closing | Vote], found: set[int]) -> None:
    for place, one in enumerate(things):
        if not isinstance(one, Closing) or one.by:
            tally.add(one.number, found=place in found)


def _in_bulk(closings: Sequence[Closing]) -> set[int]:
    """Return the places of closings that stand with so many others by the same person within so many minutes."""
    by_person: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for place, one in enumerate(closings):
        if one.by:
            by_person[one.by].append((one.closed, place))
    return {place for rows in by_person.values() for place in _dense(sorted(rows))}


def _dense(rows: Sequence[tuple[datetime, int]]) -> Iterator[int]:
    for first, (began, _) in enumerate(rows):
        day = local_day(began)
        bulk, within = count_of("gaming-bulk", on=day), count_of("gaming-bulk-within", on=day)
        some = rows[first : first + bulk]
        if len(some) == bulk and some[-1][0] - began <= timedelta(minutes=within):
            yield from (place for _, place in some)


def _from_one_place(votes: Sequence[Vote]) -> set[int]:
    def key(one: Vote) -> tuple[str, str, int, int]:
        month = local(one.at)
        return one.agency, one.place, month.year, month.month

    counted = Counter(map(key, votes))
    least = ((one, count_of("gaming-one-place", on=local_day(one.at))) for one in votes)
    return {place for place, (one, some) in enumerate(least) if counted[key(one)] >= some}


CANNOT_BE = (
    Doubt.ENDS_BEFORE_START,
    Doubt.EVENT_BEFORE_START,
    Doubt.EVENT_AFTER_END,
    Doubt.DUE_BEFORE_START,
    Doubt.IN_THE_FUTURE,
)
"""Doubts about a log that mean an impossible time."""
OF_LOGS = (Check.INSTANT, Check.LAST_DAY, Check.IMPOSSIBLE, Check.NIGHT, Check.BULK)
"""Checks whose facts a log tells."""


def of_log(cases: Iterable[ReadCase], *, by: Yardstick) -> tuple[Finding, ...]:
    """Return the checks on a log of another system, on its own local clock; what it does not tell is left out.

    Days of a term are the agency's own calendar days. Whether an item is decided at once is not told: all count.
    """
    tallies = {check: _Tally() for check in OF_LOGS}
    closings: list[Closing] = []
    for case in cases:
        doubts = doubts_of(case, now=by.read_at)
        tallies[Check.IMPOSSIBLE].add(case.key, found=any(one in CANNOT_BE for one in doubts))
        if case.ended is None or not case.started <= case.ended <= by.as_of:
            continue
        closing = _closing_of(case, case.ended, by)
        closings.append(closing)
        _closed(closing, tallies)
        tallies[Check.NIGHT].add(case.key, found=_at_night(case.ended, by))
    _add_all(tallies[Check.BULK], closings, _in_bulk(closings))
    return tuple(tallies[check].finding(check) for check in OF_LOGS)


def _at_night(at: datetime, by: Yardstick) -> bool:
    """Tell whether a case was closed in the dead of the night; a log that keeps days only says midnight of all."""
    there = at.astimezone(by.zone)
    return _dead_of_night(there) and (there.hour, there.minute, there.second) != (0, 0, 0)


def _closing_of(case: ReadCase, ended: datetime, by: Yardstick) -> Closing:
    start = case.started.astimezone(by.zone).date()
    closing = Closing(
        number=case.key, agency=case.department, opened=case.started, closed=ended, by=case.person
    )
    if case.due is None or case.due < case.started or ended > case.due:
        return closing
    days = (ended.astimezone(by.zone).date() - start).days
    return replace(closing, days=days, term=(case.due.astimezone(by.zone).date() - start).days)

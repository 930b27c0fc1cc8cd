"""The figures on matters and their definitions: one function each, so that no two pages can disagree (数出一处).

Each takes its day and where to look, and returns values with how many they rest on. Knows no page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from django.db.models import Count, Q

from xiaoneng.desk.days import Today, todays
from xiaoneng.flow.share import SMALL, Share
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import public_matters
from xiaoneng.matters.light import Light
from xiaoneng.matters.queries import having
from xiaoneng.worktime.days import midnight
from xiaoneng.worktime.runs import Axis

DEFINITIONS: dict[str, Phrase] = {
    "lights": Phrase(
        "在办件逐件按今天的日历判断：超期，已过法定期限；超承诺，已过承诺期限；预警，承诺期限在下一个工作日之内；"
        "中止和等申请人的不亮灯。",
        "Open matters, each judged by today's calendar: overdue, past the lawful term; past the promise; due soon, "
        "the promise ends by the next working day. Suspended ones, and those with the applicant, show no light.",
    ),
    "kept": Phrase(
        "分母：期间内办结的全部办件，不论结果（含不予许可、不予受理和撤回）；分子：其中没有任何环节超过承诺期限的，"
        "没有承诺的按法定期限。区间为 95% 威尔逊区间。",
        "Of all matters closed in the period, whatever the outcome (refusals and withdrawals included): those in "
        "which no step outran its promise, or the lawful term where none is promised. 95 % Wilson interval.",
    ),
    "days": Phrase(
        "期间内办结的办件从受理到决定所用工作日的中位数，扣除中止；承诺为同一批办件承诺工作日的中位数。",
        "Median of the working days from acceptance to decision of matters closed in the period, suspensions left "
        "out; beside it the median of what was promised for the same matters.",
    ),
    "early": Phrase(
        "提前办结：期间内办结的办件中，所用工作日少于承诺的占多少。",
        "Early: of the matters closed in the period, those that took fewer working days than promised.",
    ),
    "small": Phrase(
        f"期间内办结不足 {SMALL} 件的，列出但不排名。",
        f"Those with fewer than {SMALL} matters closed in the period are shown, not ranked.",
    ),
    "provisional": Phrase(
        "在办件中，到期日落在尚未公布放假安排的年份，按周末推算的。",
        "Open matters that fall due in a year whose holidays are not announced; reckoned by plain weeks.",
    ),
}
"""What each figure counts, printed with it wherever it is shown."""

LIT = tuple(light for light in Light if light is not Light.CLOSED)
"""The lights of open matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a figure looks: an agency, an item, one division, or all below a prefix of codes; empty is everywhere."""

    within: str = ""
    division: str = ""
    agency: str = ""
    item: str = ""

    def q(self) -> Q:
        """Return the scope as a predicate."""
        asked = {
            "division__startswith": self.within,
            "division": self.division,
            "agency": self.agency,
            "item": self.item,
        }
        return Q(**{name: value for name, value in asked.items() if value})


EVERYWHERE = Scope()
Lights = Mapping[Light, int]


def lights_by(column: str, where: Scope = EVERYWHERE, *, today: date) -> dict[str, dict[Light, int]]:
    """Return how many open matters show each light today, by `agency`, `item` or `division`; empty ones left out."""
    found: dict[str, dict[Light, int]] = {}
    for day in todays(today):
        counts = {light.value: Count("pk", filter=having(light, day.marks)) for light in LIT}
        rows = public_matters().filter(where.q(), _on(day), is_open=True)
        for row in rows.values(column).annotate(**counts):
            of_key = found.setdefault(row[column], dict.fromkeys(LIT, 0))
            for light in LIT:
                of_key[light] += row[light.value]
    return found


def lights(where: Scope = EVERYWHERE, *, today: date) -> dict[Light, int]:
    """Return how many open matters show each light today."""
    return added(lights_by("division", where, today=today).values())


def added(several: Iterable[Lights]) -> dict[Light, int]:
    """Return counts of lights added up."""
    total: Counter[Light] = Counter()
    for one in several:
        total.update(one)
    return {light: total[light] for light in LIT}


def _on(day: Today) -> Q:
    return Q(calendar__in=day.only) if day.only else ~Q(calendar__in=day.others)


def provisional(where: Scope = EVERYWHERE, *, today: date) -> int:
    """Return how many open matters fall due beyond what the notices have arranged."""
    return sum(
        public_matters().filter(where.q(), _on(day), _beyond(day), is_open=True).count()
        for day in todays(today)
    )


def _beyond(day: Today) -> Q:
    beyond = Q()
    for axis in Axis:
        beyond |= Q(axis=axis, statutory__gt=day.marks.known_to(axis))
    return beyond


def unfinished(light: Light, where: Scope = EVERYWHERE, *, today: date) -> Q:
    """Return the predicate of the matters that `lights` counts under a light."""
    found = Q(pk__in=())
    for day in todays(today):
        found |= having(light, day.marks) & _on(day)
    return found & where.q()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A half-open time of local days."""

    since: date
    until: date

    @classmethod
    def last(cls, days: int, *, today: date) -> Period:
        """Return the last `days` whole days and today."""
        return cls(since=today - timedelta(days=days), until=today + timedelta(days=1))


NONE = Share("", 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How closed matters kept their time: the share without lateness, median days used and promised.

    `timed` is how many of them had a handling term that ran: the medians rest on these.
    """

    in_time: Share
    days: float | None = None
    promised: float | None = None
    timed: int = 0
    early: Share = NONE
    """How many of the timed took fewer working days than promised (提前办结)."""


@dataclass(slots=True)
class _Tally:
    in_time: int = 0
    closed: int = 0
    early: int = 0
    both: int = 0
    days: Counter[int] = field(default_factory=Counter)
    promised: Counter[int] = field(default_factory=Counter)

    def kept(self, name: str) -> Kept:
        return Kept(
            in_time=Share(name, self.in_time, self.closed),
            days=median(self.days),
            promised=median(self.promised),
            timed=self.days.total(),
            early=Share(name, self.early, self.both),
        )


def kept_by(column: str, where: Scope = EVERYWHERE, *, period: Period) -> dict[str, Kept]:
    """Return how matters closed in a period kept their time, by `agency`, `item` or `division`; in one query."""
    return {name: tally.kept(name) for name, tally in _tallies(column, where, period=period).items()}


def kept(where: Scope = EVERYWHERE, *, period: Period) -> Kept:
    """Return how all matters closed in a period kept their time."""
    total = _Tally()
    for one in _tallies("division", where, period=period).values():
        total.in_time += one.in_time
        total.closed += one.closed
        total.early += one.early
        total.both += one.both
        total.days.update(one.days)
        total.promised.update(one.promised)
    return total.kept("")


def _tallies(column: str, where: Scope, *, period: Period) -> dict[str, _Tally]:
    rows = public_matters().filter(
        where.q(),
        closed_at__gte=midnight(period.since),
        closed_at__lt=midnight(period.until),
        closed_late__isnull=False,
    )
    named = rows.values_list(column, "closed_late", "handled_days", "promised_days").annotate(n=Count("pk"))
    found: dict[str, _Tally] = {}
    for name, late, days, promised, n in named.order_by():
        tally = found.setdefault(name, _Tally())
        tally.closed += n
        tally.in_time += 0 if late else n
        if days is not None:
            tally.days[days] += n
        if promised is not None:
            tally.promised[promised] += n
        if days is not None and promised is not None:
            tally.both += n
            tally.early += n if days < promised else 0
    return found


def median(counted: Mapping[int, int]) -> float | None:
    """Return the median of values given with how often each occurs; None of nothing."""
    total = sum(counted.values())
    if not total:
        return None
    values = sorted(counted)
    upto = list(accumulate(counted[value] for value in values))
    low = next(value for value, reached in zip(values, upto, strict=True) if reached >= (total + 1) // 2)
    high = next(value for value, reached in zip(values, upto, strict=True) if reached >= total // 2 + 1)
    return (low + high) / 2


def ranked(several: Mapping[str, Kept]) -> list[str]:
    """Return the keys of those with enough matters, best kept first, then the small ones unranked, by key.

    Equal shares stand by how sure they are: the higher lower end of the interval first.
    """

    def order(key: str) -> tuple[int, float, float, str]:
        share = several[key].in_time
        if not share.ranked:
            return (1 if share.n else 2), 0, 0, key
        return 0, -(share.share or 0), -share.interval[0], key

    return sorted(several, key=order)

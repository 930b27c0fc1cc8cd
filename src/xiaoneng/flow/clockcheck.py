"""What the local clock did to deadlines: reported to the minute, never mended.

"Eight weeks" ends at the same time of day by the local clock; across a change of summer time that is not 56 times
24 hours. This says how a log's deadlines were set, and whether any verdict hangs on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from xiaoneng.flow.case import ReadCase

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
NONE = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCheck:
    """How deadlines of a log stand to the local clock.

    Of `crossing` terms (start to deadline) across a change of the clocks, `by_wall` are whole days by the local
    clock, `by_hours` whole days of 24 hours, the rest neither; `hinges` verdicts of closed cases would be another
    by the other way of counting. `stamp` is the commonest time of day of deadlines, in `stamped` of `due`: where
    many share one, the deadline is a day and its time of day means nothing. Of the cases closed late,
    `late_same_day` were closed on the deadline's own local day, `late_same_minute` within its minute.
    """

    due: int
    crossing: int
    by_wall: int
    by_hours: int
    hinges: int
    stamp: time | None
    stamped: int
    late_same_day: int
    late_same_minute: int


def clock_check(cases: Iterable[ReadCase], *, zone: ZoneInfo) -> ClockCheck:
    """Return how the deadlines of a log stand to the clocks of `zone`."""
    found: Counter[str] = Counter()
    stamps: Counter[time] = Counter()
    for case in cases:
        if case.due is None:
            continue
        due = case.due.astimezone(zone)
        stamps[due.time().replace(second=0, microsecond=0)] += 1
        found.update(_crossing(case, case.due, zone))
        found.update(_nearly(case.ended, due, zone))
    stamp = max(stamps, key=lambda one: (stamps[one], one)) if stamps else None
    return ClockCheck(
        due=stamps.total(),
        crossing=found["crossing"],
        by_wall=found["by_wall"],
        by_hours=found["by_hours"],
        hinges=found["hinges"],
        stamp=stamp,
        stamped=stamps[stamp] if stamp else 0,
        late_same_day=found["late_same_day"],
        late_same_minute=found["late_same_minute"],
    )


def _crossing(case: ReadCase, due: datetime, zone: ZoneInfo) -> list[str]:
    """Return what holds of a term that a change of the clocks falls into."""
    gained = (due.astimezone(zone).utcoffset() or NONE) - (case.started.astimezone(zone).utcoffset() or NONE)
    if not gained:
        return []
    elapsed = due - case.started
    by_wall, by_hours = _whole_days(elapsed + gained), _whole_days(elapsed)
    found = ["crossing"]
    if by_wall or by_hours:
        other = due + gained if by_wall else due - gained
        found.append("by_wall" if by_wall else "by_hours")
        if case.ended is not None and (case.ended > due) != (case.ended > other):
            found.append("hinges")
    return found


def _whole_days(term: timedelta) -> bool:
    rest = term % DAY
    return min(rest, DAY - rest) < MINUTE


def _nearly(ended: datetime | None, due: datetime, zone: ZoneInfo) -> list[str]:
    """Return how near a late case was to being in time."""
    if ended is None or ended <= due:
        return []
    local = ended.astimezone(zone)
    found = ["late_same_day"] if local.date() == due.date() else []
    if ended - due < MINUTE:
        found.append("late_same_minute")
    return found

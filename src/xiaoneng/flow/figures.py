"""The figures on a log and their definitions: one function each, so that no two pages can disagree (数出一处)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from xiaoneng.flow.case import ReadCase
from xiaoneng.flow.clockcheck import ClockCheck, clock_check
from xiaoneng.flow.doubts import Doubtful, doubtful
from xiaoneng.flow.judge import LATE, OPEN, WITHOUT_DEADLINE, CaseLight, Judged, Yardstick, judged
from xiaoneng.flow.roles import GROUPS
from xiaoneng.flow.share import SMALL, Share
from xiaoneng.law.phrase import Phrase

DEFINITIONS: dict[str, Phrase] = {
    "lights": Phrase(
        "在基准时刻之前已收件的办件，按原机关记录的时间逐件判断；基准时刻之后的时间视为尚未发生，期限按日志现有记录。",
        "Cases received by the instant given, each judged by the times its agency recorded; times after that "
        "instant have not happened yet; deadlines as the log has them now.",
    ),
    "late": Phrase(
        "分母：有法定期限且期限在基准时刻之前届满的办件；分子：其中超期办结或仍未办结的。无期限、时间矛盾和仍在中止的不计入。"
        "区间为 95% 威尔逊区间。",
        "Of the cases whose statutory deadline has passed by the instant given: those closed after it or still "
        "open. Cases with no deadline, with contradictory times or suspended are not counted. 95 % Wilson interval.",
    ),
    "groups": Phrase(
        f"同一口径，按记录的渠道、部门、责任人分组；不足 {SMALL} 件的组列出但不排名。",
        f"The same share by recorded channel, department and person; groups under {SMALL} are shown, not ranked.",
    ),
    "open": Phrase(
        "在基准时刻已收件而未办结的办件，不论有无期限。",
        "Cases received and not closed at the instant given, with a deadline or without.",
    ),
    "no_deadline": Phrase(
        "日志中没有期限、或以极远日期代替期限的办件；单独列出，从不计为按期。",
        "Cases for which the log has no deadline, or a far date in its place; listed apart, never counted in time.",
    ),
    "doubtful": Phrase(
        "整个日志中时间不可能如所记的办件；只列出，不更正。一件可属数类。",
        "Cases anywhere in the log whose times cannot be as written; listed, never mended. One may be of several kinds.",
    ),
    "clock": Phrase(
        "整个日志的期限与当地钟表：跨夏令时变更的期限是按当地钟点还是按小时数设定，以及结论是否因此不同；只报告，不更正。",
        "Deadlines of the whole log and the local clock: whether terms across a change of summer time keep the "
        "local time of day or count hours, and whether a verdict hangs on it; reported, never mended.",
    ),
}
"""What each figure of a `Board` counts, printed with it wherever it is shown."""

EXAMINED = frozenset({CaseLight.CLOSED_IN_TIME, CaseLight.CLOSED_LATE, CaseLight.OVERDUE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Every figure on a log at one instant; `groups` by channel, department and person."""

    by: Yardstick
    cases: int
    lights: dict[CaseLight, int]
    open: int
    no_deadline: int
    late: Share
    groups: dict[str, tuple[Share, ...]]
    doubtful: tuple[Doubtful, ...]
    clock: ClockCheck


def board(cases: Sequence[ReadCase], *, by: Yardstick) -> Board:
    """Return every figure on a log; doubt about times in the future is relative to `by.read_at`."""
    lit = list(judged(cases, by=by))
    return Board(
        by=by,
        cases=len(cases),
        lights=lights(lit),
        open=open_count(lit),
        no_deadline=no_deadline(lit),
        late=late_share(lit, by=by),
        groups={group: late_shares(lit, by=by, group=group) for group in GROUPS},
        doubtful=doubtful(cases, now=by.read_at),
        clock=clock_check(cases, zone=by.zone),
    )


def lights(lit: Iterable[Judged]) -> dict[CaseLight, int]:
    """Return how many cases show each light, in the order of lights."""
    found = Counter(one.light for one in lit)
    return {light: found[light] for light in CaseLight}


def open_count(lit: Iterable[Judged]) -> int:
    """Return how many cases are open."""
    return sum(one.light in OPEN for one in lit)


def no_deadline(lit: Iterable[Judged]) -> int:
    """Return how many cases have no deadline, open and closed."""
    return sum(one.light in WITHOUT_DEADLINE for one in lit)


def late_share(lit: Iterable[Judged], *, by: Yardstick, name: str = "") -> Share:
    """Return the share of late cases among those whose deadline has passed."""
    examined = [one for one in lit if fell_due(one, by=by)]
    return Share(name, sum(one.light in LATE for one in examined), len(examined))


def late_shares(lit: Iterable[Judged], *, by: Yardstick, group: str) -> tuple[Share, ...]:
    """Return the late share of every channel, department or person: the largest first, then the small groups.

    The empty name is that of cases for which nothing was recorded; raises KeyError for another group.
    """
    name_of = GROUP_OF[group]
    apart: dict[str, list[Judged]] = {}
    for one in lit:
        if fell_due(one, by=by):
            apart.setdefault(name_of(one.case), []).append(one)
    shares = [late_share(ones, by=by, name=name) for name, ones in apart.items()]
    return tuple(sorted(shares, key=lambda one: (not one.ranked, -(one.share or 0), -one.n, one.name)))


def fell_due(one: Judged, *, by: Yardstick) -> bool:
    """Tell whether a case belongs to the late share: its deadline has passed, so its verdict is known."""
    return one.light in EXAMINED and one.case.due is not None and one.case.due < by.as_of


GROUP_OF: dict[str, Callable[[ReadCase], str]] = {
    "channel": lambda case: case.channel,
    "department": lambda case: case.department,
    "person": lambda case: case.person,
}

"""Published figures (公开统计): questions whose answers are handed out, and from how few cases on they say nothing."""

from __future__ import annotations

from datetime import datetime

from xiaoneng.flow.out.dictionary import AGENCY, DAYS, ITEM, ROWS, Column, Table, Type, derived
from xiaoneng.law.citation import default
from xiaoneng.law.defaults import count_of, told
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.days import local_day

DAY = 86_400.0
FEW = "small-groups"
"""The default that tells below how many cases a group is not told in published figures."""
FEW_BASIS = default("small-groups")

_WITHHELD = Phrase(
    f"；不足 {told(FEW).zh} 件的组为空", f"; empty where the group has fewer than {told(FEW).en}"
)


def _held(zh: str, en: str) -> Phrase:
    return Phrase(zh + _WITHHELD.zh, en + _WITHHELD.en)


MONTH_COLUMNS: tuple[Column, ...] = (
    AGENCY,
    ITEM,
    derived(
        *("month", Phrase("收件月份", "month"), Type.TEXT),
        Phrase("收件的年月（协调世界时）", "year and month in which they were received (UTC)"),
    ),
    derived(*("cases", Phrase("收件数", "cases"), Type.WHOLE), _held("该月收件数", "cases received"), ROWS),
    derived(
        *("closed", Phrase("已办结", "closed"), Type.WHOLE),
        _held("其中已办结的", "of them, how many are closed"),
        ROWS,
    ),
    derived(
        *("late", Phrase("超期", "late"), Type.WHOLE),
        _held(
            "其中办结晚于法定期限、或者截至数据时点未办结且已过期限的（有期限的才计）",
            "of them, closed after the statutory deadline, or open and past it at the moment of the data; "
            "only those that have one",
        ),
        ROWS,
    ),
    derived(
        *("with_due", Phrase("有法定期限", "with a deadline"), Type.WHOLE),
        _held("其中有法定期限的", "of them, how many have a statutory deadline"),
        ROWS,
    ),
    derived(
        *("median_days", Phrase("办理日数中位数", "median days"), Type.REAL),
        _held(
            "已办结的，从收件到办结的自然日中位数",
            "of the closed, median of calendar days from receipt to closing",
        ),
        DAYS,
    ),
)

STEP_COLUMNS: tuple[Column, ...] = (
    derived(
        *("before", Phrase("前一环节", "from"), Type.TEXT), Phrase("一步的起点", "where a step leads from")
    ),
    derived(*("activity", Phrase("环节", "to"), Type.TEXT), Phrase("一步的终点", "where it leads to")),
    derived(
        *("cases", Phrase("办件数", "cases"), Type.WHOLE),
        _held("走过这一步的办件数", "how many cases took this step"),
        ROWS,
    ),
    derived(
        *("times", Phrase("次数", "times"), Type.WHOLE),
        _held("走过这一步的次数", "how often it was taken"),
        Phrase("次", "times"),
    ),
    derived(
        *("median_days", Phrase("间隔中位数", "median days"), Type.REAL),
        _held("两个环节之间自然日的中位数", "median of calendar days between the two"),
        DAYS,
    ),
)

MONTHS_TABLE = Table(
    key="months",
    title=Phrase("各机关各事项每月", "By agency, item and month"),
    about=Phrase("收件、办结、超期数。", "How many were received, closed and late."),
    columns=MONTH_COLUMNS,
)
STEPS_TABLE = Table(
    key="steps",
    title=Phrase("环节之间", "Steps"),
    about=Phrase(
        "哪个环节之后是哪个环节，多少次，隔多久。", "Which activity follows which, how often, how long after."
    ),
    columns=STEP_COLUMNS,
)


def months_question(*, as_of: datetime) -> str:
    """Return the question for what was received, closed and late, by agency, item and month of receipt.

    A case is late that closed after its deadline, or is open with its deadline before `as_of`. Groups are withheld by
    the size of that day.
    """
    least = _least(as_of)
    moment = f"TIMESTAMPTZ '{as_of.isoformat()}'"
    late = f"due IS NOT NULL AND coalesce(ended, {moment}) > due"
    days = f"median(date_diff('second', started, ended) / {DAY}) FILTER (ended IS NOT NULL)"
    return f"""
        SELECT agency, item, strftime(started, '%Y-%m') AS month,
               {_told("count(*)", least)} AS cases,
               {_told("count(ended)", least)} AS closed,
               {_told(f"count(*) FILTER ({late})", least)} AS late,
               {_told("count(due)", least)} AS with_due,
               CASE WHEN count(ended) >= {least} THEN round({days}, 2) END AS median_days
        FROM cases GROUP BY ALL ORDER BY 1, 2, 3
    """  # noqa: S608 - numbers and an instant of our own


def steps_question(*, as_of: datetime) -> str:
    """Return the question for which activity follows which; groups are withheld by the size of the day of `as_of`."""
    few = f'count(DISTINCT "case") >= {_least(as_of)}'
    days = f"round(median(date_diff('second', before_at, \"at\") / {DAY}), 2)"
    return f"""
        SELECT before, activity,
               CASE WHEN {few} THEN count(DISTINCT "case") END AS cases,
               CASE WHEN {few} THEN count(*) END AS times,
               CASE WHEN {few} THEN {days} END AS median_days
        FROM events WHERE before IS NOT NULL GROUP BY before, activity ORDER BY before, activity
    """  # noqa: S608 - as above


def _least(as_of: datetime) -> int:
    return count_of(FEW, on=local_day(as_of))


def _told(count: str, least: int) -> str:
    return f"CASE WHEN count(*) >= {least} THEN {count} END"

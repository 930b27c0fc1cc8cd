"""What is wrong with the hours and the order that a mapping declares (声明检查), all at once. Knows no log and no graph."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Table
from datetime import date, datetime

from xiaoneng.worktime.spans import WEEK, OfficeHours, Span

Wrong = tuple[str, str, str]
"""A setting, and what is wrong with it in Chinese and in English."""
HOURS = ("week", "holidays")
ORDER = ("starts", "pairs", "ends")


def declared_faults(said: Table[str, object]) -> list[Wrong]:
    """Return everything wrong with `[hours]` and `[order]` of a mapping; a section that is none is told elsewhere."""
    hours, order = said.get("hours"), said.get("order")
    return [
        *(_hours(hours) if isinstance(hours, dict) else ()),
        *(_order(order) if isinstance(order, dict) else ()),
    ]


def span(text: str) -> Span:
    """Return a span written `08:30-12:00`; raises ValueError."""
    opens, dash, closes = (part.strip() for part in text.partition("-"))
    if not dash:
        raise ValueError(f"{text!r} is not a span")
    return Span.between(opens, closes)


def days_of(week: list[object]) -> list[list[str]]:
    """Return the spans of each day as written: five days alike and two free, where only spans are listed."""
    if all(isinstance(one, str) for one in week):
        return [[str(one) for one in week]] * 5 + [[], []]
    return [[str(text) for text in one] if isinstance(one, list) else [str(one)] for one in week]


def _hours(said: Table[str, object]) -> Iterator[Wrong]:
    yield from _unknown("hours", said, HOURS)
    week = said.get("week")
    if not isinstance(week, list) or not week:
        yield "hours.week", "缺少办公时段", "the spans of the week are missing"
    else:
        yield from _week(days_of(week))
    holidays = said.get("holidays", [])
    if not isinstance(holidays, list) or not all(_is_day(day) for day in holidays):
        yield "hours.holidays", "只能列出日期", "may hold dates only, as 2026-10-01"


def _week(days: list[list[str]]) -> Iterator[Wrong]:
    unreadable = [text for text in dict.fromkeys(text for day in days for text in day) if not _is_span(text)]
    for text in unreadable:
        yield (
            "hours.week",
            f"“{text}”不是 08:30-12:00 这样的时段",
            f"{text!r} is no span written 08:30-12:00",
        )
    if len(days) != WEEK:
        yield (
            "hours.week",
            "须是时段，或周一至周日七天各自的时段",
            "holds spans, or those of seven days from Monday",
        )
    elif not unreadable and not _are_hours(days):
        yield (
            "hours.week",
            "每周至少一段；一天内各段须先后不重叠",
            "needs a span in the week; those of a day in order and apart",
        )


def _order(said: Table[str, object]) -> Iterator[Wrong]:
    yield from _unknown("order", said, ORDER)
    if not said.get("starts") or not _are_texts(said.get("starts")):
        yield "order.starts", "须列出可以起始的环节", "must list the activities that may begin"
    pairs = said.get("pairs")
    if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
        yield (
            "order.pairs",
            "须列出两个环节一对的前后关系",
            "must list pairs of activities that may follow each other",
        )
    if not _are_texts(said.get("ends", [])):
        yield "order.ends", "只能列出环节", "may list activities only"


def _unknown(section: str, said: Table[str, object], known: tuple[str, ...]) -> Iterator[Wrong]:
    for key in sorted(set(said) - set(known)):
        yield f"{section}.{key}", "没有这个设置", "no such setting"


def _is_span(text: str) -> bool:
    try:
        span(text)
    except ValueError:
        return False
    return True


def _are_hours(days: list[list[str]]) -> bool:
    week = tuple(tuple(map(span, day)) for day in days)
    try:
        OfficeHours(week=week, ordinary=next((spans for spans in week if spans), ()))
    except ValueError:
        return False
    return True


def _is_day(day: object) -> bool:
    return isinstance(day, date) and not isinstance(day, datetime)


def _is_pair(pair: object) -> bool:
    return _are_texts(pair) and len(pair) == 2  # type: ignore[arg-type]  # noqa: PLR2004 - a pair


def _are_texts(listed: object) -> bool:
    return isinstance(listed, list) and all(isinstance(one, str) for one in listed)

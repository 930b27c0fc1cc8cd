"""Published figures (公开统计): questions whose answers are handed out, and from how few cases on they say nothing."""

from __future__ import annotations

from datetime import datetime

from xiaoneng.flow.out.dictionary import FEW

DAY = 86_400.0


def months_question(*, as_of: datetime) -> str:
    """Return the question for what was received, closed and late, by agency, item and month of receipt.

    A case is late that closed after its deadline, or is open with its deadline before `as_of`.
    """
    moment = f"TIMESTAMPTZ '{as_of.isoformat()}'"
    late = f"due IS NOT NULL AND coalesce(ended, {moment}) > due"
    days = f"median(date_diff('second', started, ended) / {DAY}) FILTER (ended IS NOT NULL)"
    return f"""
        SELECT agency, item, strftime(started, '%Y-%m') AS month,
               {_told("count(*)")} AS cases,
               {_told("count(ended)")} AS closed,
               {_told(f"count(*) FILTER ({late})")} AS late,
               {_told("count(due)")} AS with_due,
               CASE WHEN count(ended) >= {FEW} THEN round({days}, 2) END AS median_days
        FROM cases GROUP BY ALL ORDER BY 1, 2, 3
    """  # noqa: S608 - numbers and an instant of our own


def steps_question() -> str:
    """Return the question for which activity follows which."""
    few = f'count(DISTINCT "case") >= {FEW}'
    days = f"round(median(date_diff('second', before_at, \"at\") / {DAY}), 2)"
    return f"""
        SELECT before, activity,
               CASE WHEN {few} THEN count(DISTINCT "case") END AS cases,
               CASE WHEN {few} THEN count(*) END AS times,
               CASE WHEN {few} THEN {days} END AS median_days
        FROM events WHERE before IS NOT NULL GROUP BY before, activity ORDER BY before, activity
    """  # noqa: S608 - as above


def _told(count: str) -> str:
    return f"CASE WHEN count(*) >= {FEW} THEN {count} END"

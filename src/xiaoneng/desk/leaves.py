"""Leaves in a list (请假): who, from when, until when, and how far each has come; two queries whatever their number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from xiaoneng.desk.reading import act_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import visible_to
from xiaoneng.matters.queries import act_rows_of
from xiaoneng.matters.vocabulary.duty import HandedOver, LeaveKind, LeaveRequested
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.procedures.book import procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveLine:
    """A leave as its record tells it; `handed_over` says whether a hand-over note was given."""

    number: str
    agency: str
    person: int
    kind: LeaveKind
    since: datetime
    until: datetime
    stage: Phrase
    open: bool
    handed_over: bool


def leaves(by: Iterable[Capacity], *, most: int = 50) -> list[LeaveLine]:
    """Return the leaves that somebody in these capacities may see, open ones first, then the newest."""
    rows = list(visible_to(by).filter(procedure="absence").order_by("-is_open", "-pk")[:most])
    acts = act_rows_of([row.pk for row in rows])
    found = []
    for row in rows:
        told = [act_of(one) for one in acts[row.pk]]
        opening = told[0]
        assert isinstance(opening, LeaveRequested)  # noqa: S101 - the procedure opens with nothing else
        stages = {stage.key: stage.name for stage in procedure(row.procedure, row.edition).stages()}
        found.append(
            LeaveLine(
                number=row.number,
                agency=row.agency,
                person=opening.person,
                kind=opening.kind,
                since=opening.leave_from,
                until=opening.leave_until,
                stage=stages[row.stage],
                open=row.is_open,
                handed_over=bool(opening.handover.strip())
                or any(isinstance(one, HandedOver) for one in told),
            )
        )
    return found

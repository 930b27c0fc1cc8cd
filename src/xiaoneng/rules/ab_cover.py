"""A/B cover (AB岗制): whoever goes hands over first, and somebody with full authority is there all the while.

B acts as B for A, with both names on the record. Leave is leave from every post one holds. What an empty post
is, and who answers for it, is told in `rules.absences`. Knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.defaults import count_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.roles import roles_of
from xiaoneng.matters.vocabulary.duty import (
    CoverNamed,
    HoldKind,
    LeaveCancelled,
    LeaveGranted,
    LeaveRequested,
    MoveMade,
    MoveProposed,
)
from xiaoneng.matters.vocabulary.handling import SentBack
from xiaoneng.organisation.capacity import Standing
from xiaoneng.organisation.roster import Seat
from xiaoneng.rules.absences import breaches, leave_of, planned_gaps
from xiaoneng.rules.rule import Refusal
from xiaoneng.worktime.days import local_day

__all__ = ["basis", "breaches", "key", "name", "refusals"]

key = "ab_cover"
name = Phrase("AB岗制", "A/B cover")
basis = default("ab-cover")

HOLDER_AWAY = re.compile(
    r"(经办|承办|负责|主办|A\s*岗)(人|人员|同志)?[^，。；]{0,6}(不在|出差|请假|休假|外出|离岗)"
)
"""Words that turn a citizen away because somebody is not there: B has A's full authority, so it is no reason."""


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why a leave, a cover or a change of A and B may not be, and why an absence is no reason."""
    match act:
        case LeaveRequested():
            yield from _asked(dossier, act)
        case LeaveGranted():
            yield from _granted(dossier, act)
        case CoverNamed():
            yield from _cover(dossier, act.cover, at=act.at)
        case LeaveCancelled() if dossier.last(LeaveGranted) and leave_of(dossier).leave_from <= act.at:
            yield _refused(
                "假期已经开始，请办理返岗交接", "The leave has begun: hand back", on=default("hand-back")
            )
        case MoveProposed() | MoveMade():
            yield from _pair(dossier, act)
        case _ if (act.negative or isinstance(act, SentBack)) and HOLDER_AWAY.search(_words(act)):
            yield _refused(
                "不得以经办人不在为由推诿：B 岗有 A 岗全部职权，应当办理",
                "That somebody is away is no reason: B has A's full authority and shall act",
            )
        case _:
            return


def _refused(zh: str, en: str, *, on: Citation = basis) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=on)


def _words(act: Act) -> str:
    texts = (getattr(act, one.name) for one in fields(act))
    return " ".join(text for text in texts if isinstance(text, str))


def _asked(dossier: Dossier, leave: LeaveRequested) -> Iterator[Refusal]:
    if leave.leave_until <= leave.leave_from:
        yield _refused("假期结束须晚于开始", "The leave ends before it begins")
    if leave.kind.unforeseen:
        return
    roles = roles_of(leave.by, dossier)
    if not roles & {Role.SUBJECT, Role.HEAD}:
        yield _refused(
            "代他人请假只限生病或者紧急情况", "For somebody else only sickness or urgent leave is registered"
        )
    if leave.leave_from < leave.at:
        yield _refused(
            "假期不得早于请假时间；已离岗的请按紧急请假办理", "Leave is asked for before it begins"
        )
    yield from _note(dossier, leave)
    if Role.HEAD not in roles:  # the head may open it to override, and must then name a third cover
        yield from _empty(dossier, leave, at=leave.at)


def _note(dossier: Dossier, leave: LeaveRequested) -> Iterator[Refusal]:
    """Yield why the hand-over note is not in time: it is there so many working days before the first one away."""
    ahead, calendar = count_of("hand-over-note", on=local_day(leave.at)), dossier.calendar
    words = (
        f"请假须至少提前 {ahead} 个工作日填写交接单",
        f"The hand-over note is due {ahead} working days before the leave",
    )
    first = calendar.shift(local_day(leave.leave_from), 0)
    late = calendar.shift(local_day(leave.at), ahead) > first
    if late or not leave.handover.strip():
        yield _refused(*words, on=default("hand-over-note"))


def _empty(dossier: Dossier, leave: LeaveRequested, *, at: datetime) -> Iterator[Refusal]:
    """Yield each post that would stand empty in some part of the leave, and why."""
    for seat, spans in planned_gaps(dossier.seats, leave, at=at):
        since = max(leave.leave_from, at)
        others = [one for one in seat.holdings if one.holds(since) and one.person != leave.person]
        if not [one for one in others if one.qualified]:
            yield _refused(
                f"“{seat.title}”没有合格的 AB 岗搭档，须由负责人指定顶岗人",
                f"{seat.title} has no qualified partner: the head must name a cover",
            )
        else:
            names = "、".join(one.name for one in others)
            yield _refused(
                f"“{seat.title}”的搭档{names}同期不在岗（自 {local_day(spans[0][0])} 起），AB 岗不得同时离岗",
                f"{seat.title}: the partner is away in the same time (from {local_day(spans[0][0])})",
            )


def _granted(dossier: Dossier, act: LeaveGranted) -> Iterator[Refusal]:
    leave = leave_of(dossier)
    if act.cover:
        yield from _cover(dossier, act.cover, at=act.at)
    elif any(True for _ in planned_gaps(dossier.seats, leave, at=act.at)):
        yield from _empty(dossier, leave, at=act.at)
        yield _refused(
            "A、B 岗同时不在，准假须同时指定第三人顶岗",
            "A and B would both be away: name a third cover with the leave",
            on=default("both-absent"),
        )


def _cover(dossier: Dossier, cover: int, *, at: datetime) -> Iterator[Refusal]:
    """Yield why this person cannot be the third cover."""
    leave, servant = leave_of(dossier), dossier.people.get(cover)
    if cover == leave.person:
        yield _refused("不能指定请假人本人顶岗", "Nobody covers for themselves")
        return
    if servant is None or dossier.opening.agency not in servant.agencies(at=at):
        yield _refused("顶岗人须是本单位在岗人员", "The cover must hold a post in the same unit")
        return
    since = max(leave.leave_from, at)
    if servant.absent(since, max(leave.leave_until, since), now=at):
        yield _refused(
            f"顶岗人{servant.name}同期不在岗",
            "The cover is away in the same time",
            on=default("both-absent"),
        )


def _pair(dossier: Dossier, act: MoveProposed | MoveMade) -> Iterator[Refusal]:
    """Yield why the successor cannot be A or B of the post."""
    move = dossier.opening
    if not isinstance(move, MoveProposed) or not move.successor:
        return
    seat, servant = dossier.seats.get(move.post), dossier.people.get(move.successor)
    other = Standing.COVER if move.standing is HoldKind.A else Standing.PRIMARY
    held = seat.holding(other, at=act.at) if seat else None
    if held and held.person == move.successor:
        yield _refused("A 岗与 B 岗不得为同一人", "A and B may not be one person")
    if not move.qualified:
        yield _refused("接任人须经培训合格", "The successor must be trained for the post")
    if servant is None:
        yield _refused("没有这位接任人", "There is no such successor")
        return
    most = count_of("cover-load", on=local_day(act.at))
    if move.standing is HoldKind.B and servant.covers(at=act.at) >= most:
        yield _refused(
            f"{servant.name}已顶 {most} 个岗位，不得再任 B 岗",
            f"{servant.name} covers {most} posts already",
            on=default("cover-load"),
        )
    yield from _same_unit(dossier, act, seat, servant.agencies(at=act.at))


def _same_unit(
    dossier: Dossier, act: MoveProposed | MoveMade, seat: Seat | None, agencies: frozenset[str]
) -> Iterator[Refusal]:
    """Yield that an A or B from another unit takes effect only by the head's own act."""
    elsewhere = seat is not None and agencies and seat.agency not in agencies
    if elsewhere and isinstance(act, MoveMade) and Role.HEAD not in roles_of(act.by, dossier):
        yield _refused("跨单位任职须由单位负责人批准", "From another unit: the head of the unit must approve")

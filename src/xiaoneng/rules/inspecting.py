"""Inspection (督察巡视): a team that the lot drew, two at a visit, nobody in conflict, nothing found without evidence.

Whether a draw is honest is decided by drawing again (`rules.drawing`). Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.team import candidates_of, mark, team_of
from xiaoneng.matters.vocabulary.inspection import (
    FindingRecorded,
    InspectionClosed,
    InspectionPlanned,
    Manner,
    MemberReplaced,
    RecordSigned,
    RectificationOrdered,
    ResultGiven,
    SigningRefused,
    TeamDrawn,
    VisitAnnounced,
    VisitRecorded,
)
from xiaoneng.rules import drawing, visiting
from xiaoneng.rules.overdue import overdue
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime.days import local_day

key = "inspecting"
name = Phrase("督察巡视规则", "Rules of inspection")
basis = default("inspection")
TEAM = default("inspection-team")
EVIDENCE = default("inspection-evidence")
CLOCKS = {
    Clock.VISIT: Phrase("实施查访", "carrying out the visit"),
    Clock.RESULT: Phrase("出具督察结果", "giving the result"),
    Clock.RECTIFY: Phrase("整改", "rectification"),
    Clock.RECHECK: Phrase("复查", "the re-check"),
}


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:  # noqa: C901, PLR0912 - a table of acts
    """Yield why an act of an inspection may not be."""
    opening = dossier.opening
    if not isinstance(opening, InspectionPlanned):
        return
    match act:
        case InspectionPlanned():
            yield from _planned(act)
        case TeamDrawn():
            yield from _drawn(dossier, act, opening)
        case MemberReplaced():
            yield from _replaced(dossier, act)
        case VisitAnnounced() if opening.manner is Manner.COVERT:
            yield _refused("暗访不得事先通知", "A covert visit is not announced", basis)
        case VisitAnnounced():
            yield from _in_future(act.visit_on, act.at)
        case VisitRecorded():
            yield from visiting.visit(dossier, act, opening)
        case FindingRecorded():
            yield from visiting.finding(dossier, act, opening)
        case RecordSigned() | SigningRefused():
            yield from visiting.signing(dossier, act)
        case ResultGiven():
            yield from visiting.result(dossier)
        case RectificationOrdered():
            yield from _ordered(dossier, act, opening)
        case InspectionClosed():
            yield from visiting.closing(dossier)
        case _:
            return


def _refused(zh: str, en: str, source: Citation) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=source)


def _in_future(day: date, at: datetime) -> Iterator[Refusal]:
    if day <= local_day(at):
        yield _refused("期限须在今日之后", "The day must lie after today", default("inspection-order"))


def _planned(act: InspectionPlanned) -> Iterator[Refusal]:
    yield from _in_future(act.visit_until, act.at)
    if not act.agencies and not act.area.strip():
        yield _refused("须写明被查单位或者查访区域", "Say which agencies, or which area", basis)
    if act.by.agency in act.agencies:
        yield _refused("督察机关不得督察本机关", "An office does not inspect itself", TEAM)


def _drawn(dossier: Dossier, act: TeamDrawn, plan: InspectionPlanned) -> Iterator[Refusal]:
    least = visiting.team_size(act)
    if act.wanted < least:
        yield _refused(f"督察组不得少于 {least} 人", f"A team has at least {least} members", TEAM)
    elif len(act.members) < act.wanted:
        yield _refused(
            "任期内没有利害关系的人选不足，请增补名册或者减少人数",
            "Too few without a conflict and within their term: appoint more, or draw fewer",
            TEAM,
        )
    known = {one.person for one in act.candidates}
    again = drawing.draw(act.candidates, seed=act.seed, wanted=act.wanted, conflicts=act.conflicted)
    if (again, tuple(map(mark, again))) != (act.members, act.marks) or act.seed != drawing.seed(
        anchor=act.anchor, nonce=plan.nonce
    ):
        yield _refused(
            "成员须由可验证的随机抽取产生：按种子重抽，结果不符",
            "The members are those whom the lot draws: drawn again from the seed, it gives others",
            TEAM,
        )
    for person in act.members:
        if person in known:
            yield from _conflict(dossier, act, plan, person)


def _conflict(
    dossier: Dossier, act: TeamDrawn | MemberReplaced, plan: InspectionPlanned, person: int
) -> Iterator[Refusal]:
    """Yield why somebody may not inspect these agencies: they work there, worked there, or have ties to them."""
    servant = dossier.people.get(person)
    stood = {one.person: one for one in getattr(act, "candidates", ())} | candidates_of(dossier.acts)
    ties = stood[person].ties if person in stood else ()
    held = {one.agency for one in servant.holds} if servant else set()
    if set(plan.agencies) & {*ties, *held} or person in dossier.aside:
        called = servant.name if servant else str(person)
        yield _refused(
            f"{called}与被查单位有利害关系，应当回避", f"{called} has ties to an agency visited", TEAM
        )


def _replaced(dossier: Dossier, act: MemberReplaced) -> Iterator[Refusal]:
    drawn, members = dossier.last(TeamDrawn), team_of(dossier.acts)
    if act.leaving not in members or drawn is None:
        yield _refused("退出的须是督察组成员", "Only a member can leave", TEAM)
        return
    if not successor(dossier, leaving=act.leaving):
        yield _refused("同一次抽取已没有可补入的人选", "The lot has nobody left who could come in", TEAM)
    elif act.successor != successor(dossier, leaving=act.leaving):
        yield _refused(
            "补入的须是同一次抽取的下一位", "Who comes in is the next whom the same lot names", TEAM
        )


def successor(dossier: Dossier, *, leaving: int) -> int:
    """Return who comes in when a member leaves: the next of the same lot, or 0 where there is nobody left."""
    drawn = dossier.last(TeamDrawn)
    if drawn is None:
        return 0
    left = {one.leaving for one in dossier.every(MemberReplaced)}
    out = {*drawn.conflicted, *left, *team_of(dossier.acts), *dossier.state.recused, leaving}
    found = drawing.draw(drawn.candidates, seed=drawn.seed, wanted=1, conflicts=out)
    return found[0] if found else 0


def _ordered(dossier: Dossier, act: RectificationOrdered, plan: InspectionPlanned) -> Iterator[Refusal]:
    yield from _in_future(act.until, act.at)
    seat = dossier.seats.get(act.post)
    if plan.agencies and seat is not None and seat.agency not in plan.agencies:
        yield _refused("整改岗位须属于被查单位", "The post must belong to an agency visited", basis)
    if seat is not None and seat.agency == dossier.opening.agency:
        yield _refused(
            "整改通知须发给被查单位，不得发给督察机关", "The order goes to the agency visited", basis
        )


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield the visit, the result, the rectification and the re-check that outran their term."""
    if isinstance(dossier.opening, InspectionPlanned):
        yield from overdue(dossier, rule=key, clocks=CLOCKS, now=now)

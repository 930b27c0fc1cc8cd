"""Inspections in the story (督察巡视): who has a mandate, what the team drawn by lot saw, what is put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from xiaoneng.cli.city.people import person
from xiaoneng.cli.city.story.deeds import Asked, Deed, Place, Script
from xiaoneng.cli.city.story.diary import Diary
from xiaoneng.cli.city.story.reckoning import WATCH
from xiaoneng.cli.city.story.steps import Steps
from xiaoneng.matters.acts import Role
from xiaoneng.matters.vocabulary.inspection import (
    Category,
    FindingKind,
    FindingRecorded,
    InspectionClosed,
    InspectionPlanned,
    Manner,
    Rechecked,
    RectificationOrdered,
    RectificationReported,
    ResultGiven,
    TeamDrawn,
    VisitRecorded,
)
from xiaoneng.organisation.actions import enrol
from xiaoneng.supervision.actions import grant_mandate
from xiaoneng.supervision.mandate import NewMandate
from xiaoneng.worktime.days import local_day

EACH = 2
"""Inspectors of each category."""
ANSWERS = (
    "window-open=yes",
    "ab-cover=no｜A 岗外出，B 岗不在",
    "posted=yes",
    "limits-posted=yes",
    "told-once=yes",
    "first-inquiry=yes",
    "attitude=yes",
)


class State(StrEnum):
    """How far an inspection has come by the last day."""

    CLOSED = "closed"
    ORDERED = "ordered"
    DRAWN = "drawn"


OFFICES = {State.CLOSED: "330200-jt", State.ORDERED: "330203-sc", State.DRAWN: "330200-ws"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One inspection, planned; the one drawn is to be visited by the last day."""

    seed: str
    at: datetime
    state: State
    last: date


def appoint_inspectors(*, since: date, until: date) -> dict[int, str]:
    """Appoint two inspectors of each category; return their names by their keys, in that order."""
    found: dict[int, str] = {}
    for category in Category:
        for place in range(EACH):
            who = person(f"inspector/{category}/{place}")
            key = enrol(name=f"{who.name}（虚构）", romanised=f"{who.romanised} (invented)", invented=True)
            mandate = NewMandate(
                agency=WATCH,
                category=category,
                active_from=since,
                active_until=until,
                document=f"甬效能聘〔{since.year}〕{len(found) + 1}号",
            )
            grant_mandate(mandate, person=key)
            found[key] = f"{who.name}（虚构）"
    return found


def visits(plan: Round, *, diary: Diary) -> Script:
    """Return the script of one covert inspection."""
    steps = Steps(plan.seed, plan.at, diary=diary)
    office, post = OFFICES[plan.state], f"{WATCH}-supervise"
    facts = {
        "agencies": (office,),
        "manner": Manner.COVERT,
        "checklist": "window",
        "visit_until": plan.last if plan.state is State.DRAWN else diary.shift(local_day(plan.at), 10),
        "reason": "群众反映窗口岗位有时无人。",
        "nonce": f"{steps.rng.getrandbits(128):032x}",
    }
    opens = Place(procedure="inspection", office=WATCH, subject="暗访办事窗口", posts={Role.SUPERVISOR: post})
    steps.told((yield Deed(at=plan.at, act=InspectionPlanned, post=post, facts=facts, opens=opens)))
    yield from steps.do(TeamDrawn, Role.SUPERVISOR, {"wanted": 3})
    if plan.state is State.DRAWN:
        return
    yield from _visited(steps)
    yield from _ordered(steps, office)
    if plan.state is State.ORDERED:
        return
    reported = {"measures": "重新排定 AB 岗表，外出须先交班。", "proof": "AB 岗表与交班登记。"}
    yield from steps.do(RectificationReported, Role.HANDLER, reported, days=6)
    looked = {"mended": True, "how": "再次暗访，A 岗外出时 B 岗在岗。"}
    yield from steps.do(Rechecked, Role.INSPECTOR, looked, days=4)
    yield from steps.do(InspectionClosed, Role.SUPERVISOR, {"outcome": "已整改到位，予以销号。"}, days=1)


def _visited(steps: Steps) -> Script:
    at = steps.diary.on(steps.diary.shift(local_day(steps.at), 2), after=steps.at, rng=steps.rng)
    began = at - timedelta(minutes=50)
    facts = {
        "place": "政务服务大厅二楼",
        "began_at": began,
        "ended_at": at - timedelta(minutes=10),
        "covert": True,
        "present": Asked.TEAM,
        "answers": ANSWERS,
    }
    steps.told((yield Deed(at=at, act=VisitRecorded, role=Role.INSPECTOR, facts=facts)))
    finding = {
        "kind": FindingKind.NO_COVER,
        "what": "A 岗外出半小时，没有人顶岗，来办事的三个人在等。",
        "found_at": began + timedelta(minutes=15),
        "place": "政务服务大厅二楼",
        "evidence": "照片两张，叫号屏记录一份。",
    }
    yield from steps.do(FindingRecorded, Role.INSPECTOR, finding)
    yield from steps.do(ResultGiven, Role.INSPECTOR, {"result": "AB 岗制度落实不到位，须整改。"}, days=2)


def _ordered(steps: Steps, office: str) -> Script:
    at = steps.later(1)
    facts = {
        "post": f"{office}-window",
        "what": "A 岗外出时 B 岗没有顶岗",
        "until": steps.diary.shift(local_day(at), 15),
    }
    steps.told((yield Deed(at=at, act=RectificationOrdered, role=Role.SUPERVISOR, facts=facts)))

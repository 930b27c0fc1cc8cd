"""Whom to log in as (角色): about nine people of one office and of supervision, and what each should try."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from xiaoneng.cli.city.story.acting import Held
from xiaoneng.cli.demonstration.place import Login
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.access import seats_of
from xiaoneng.organisation.actions import give_login
from xiaoneng.organisation.capacity import Standing

SUPERVISION = "330200-xn"
OWNERS = {
    "received": "window",
    "granted": "window",
    "refused": "window",
    "cleared_at_intake": "window",
    "in_hand": "handle",
    "suspended": "handle",
    "in_review": "review",
    "for_decision": "head",
    "cleared": "head",
    "filed": "oversee",
    "filed_at_intake": "oversee",
}
"""With whom a matter lies in each stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One log-in: user name, the post and standing it is for, and what to try."""

    user: str
    key: str
    standing: Standing
    role: Phrase
    what: Phrase


PARTS = (
    Part(
        user="window-a",
        key="window",
        standing=Standing.PRIMARY,
        role=Phrase("窗口 A 岗", "Window, A"),
        what=Phrase("受理新件，一次性告知，送达", "accept, tell everything missing once, deliver"),
    ),
    Part(
        user="window-b",
        key="window",
        standing=Standing.COVER,
        role=Phrase("窗口 B 岗", "Window, B"),
        what=Phrase("A 岗请假后顶岗，两人姓名并列", "cover once A is on leave: both names on the paper"),
    ),
    Part(
        user="handler",
        key="handle",
        standing=Standing.PRIMARY,
        role=Phrase("承办", "Handler"),
        what=Phrase("核查、中止、提出意见，报备否定", "examine, suspend, propose, file a refusal"),
    ),
    Part(
        user="reviewer",
        key="review",
        standing=Standing.PRIMARY,
        role=Phrase("审核", "Reviewer"),
        what=Phrase("审核或退回；请明天的假", "review or send back; ask for leave"),
    ),
    Part(
        user="leader",
        key="oversee",
        standing=Standing.PRIMARY,
        role=Phrase("分管领导", "Leader in charge"),
        what=Phrase("确认或退回否定报备", "confirm or return a filed refusal"),
    ),
    Part(
        user="head",
        key="head",
        standing=Standing.PRIMARY,
        role=Phrase("单位负责人", "Head of the agency"),
        what=Phrase("决定、批准延期、准假", "decide, extend, grant leave"),
    ),
    Part(
        user="personnel",
        key="personnel",
        standing=Standing.PRIMARY,
        role=Phrase("组织人事", "Personnel"),
        what=Phrase("岗位调整与交接", "move somebody to another post"),
    ),
    Part(
        user="supervisor",
        key="supervise",
        standing=Standing.PRIMARY,
        role=Phrase("效能督察（市效能办）", "Supervisor, city"),
        what=Phrase("亮灯墙、提醒与红黄牌、放假通知", "the wall of lights, cards, holiday notices"),
    ),
)


def office_of_choice(held: Sequence[Held], *, poor: Sequence[str]) -> str:
    """Return the city department with most waiting at different desks; never one that does badly."""
    stages: dict[str, list[str]] = defaultdict(list)
    for one in held:
        if one.procedure == "approval" and one.stage in OWNERS and one.office not in poor:
            stages[one.office].append(OWNERS[one.stage])
    if not stages:
        return "330200-ws"
    return max(
        sorted(stages),
        key=lambda office: (office[:6] == "330200", len(set(stages[office])), len(stages[office])),
    )


def give_logins(office: str, *, password: str, now: datetime) -> list[Login]:
    """Give every part a log-in with the one password; posts that the office has not are left out."""
    seats = {**seats_of(office, at=now), **seats_of(SUPERVISION, at=now)}
    found = []
    for part in PARTS:
        code = f"{SUPERVISION if part.key == 'supervise' else office}-{part.key}"
        seat = seats.get(code)
        held = seat.holding(part.standing, at=now) if seat else None
        if held is not None:
            give_login(person=held.person, username=part.user, password=password)
            found.append(Login(user=part.user, name=held.name, role=part.role, what=part.what))
    return found


def tracked(held: Sequence[Held]) -> list[Held]:
    """Return two open matters to follow as a citizen: one that stands still, one under way; fewer if there are none."""
    found = []
    for wanted in (("suspended",), ("in_hand", "in_review", "for_decision")):
        one = next(
            (one for one in reversed(held) if one.procedure == "approval" and one.stage in wanted), None
        )
        if one is not None:
            found.append(one)
    return found

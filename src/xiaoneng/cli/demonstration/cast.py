"""Whom to log in as (角色): about nine people of one office and of supervision, and what each should try."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xiaoneng.cli.city.story.acting import Held
from xiaoneng.cli.demonstration.place import Login
from xiaoneng.desk import recording
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.team import team_of
from xiaoneng.organisation.access import seats_of
from xiaoneng.organisation.actions import give_login
from xiaoneng.organisation.capacity import Standing

SUPERVISION = "330200-xn"
CENTRE = "330200-ts"
VISITING = ("drawn", "visited", "rechecking")
"""Stages in which an inspection lies with its team."""
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


FOLLOWED = (
    ("approval", ("suspended",)),
    ("approval", ("in_hand", "in_review", "for_decision")),
    ("complaint", ("answered",)),
)
"""What a citizen follows: an application that stands still, one under way, an answered complaint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One log-in: user name, the post and standing it is for, and what to try."""

    user: str
    key: str
    standing: Standing
    role: Phrase
    what: Phrase
    office: str = ""  # empty: the office of choice


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
        office=SUPERVISION,
        standing=Standing.PRIMARY,
        role=Phrase("效能督察（市效能办）", "Supervisor, city"),
        what=Phrase("亮灯墙、提醒与红黄牌、放假通知", "the wall of lights, cards, holiday notices"),
    ),
    Part(
        user="complaints",
        key="complaints",
        office=CENTRE,
        standing=Standing.PRIMARY,
        role=Phrase("投诉受理（市投诉中心）", "Complaint officer, city"),
        what=Phrase(
            "受理、逐项认定、答复、回访，申请启封", "accept, find, answer, call back, ask for an identity"
        ),
    ),
    Part(
        user="centre-head",
        key="head",
        office=CENTRE,
        standing=Standing.PRIMARY,
        role=Phrase("投诉中心负责人", "Head of the city centre"),
        what=Phrase("第二把钥匙：启封或者不予启封身份", "the second key: open an identity, or not"),
    ),
    Part(
        user="legality",
        key="legality",
        office=SUPERVISION,
        standing=Standing.PRIMARY,
        role=Phrase("合法性审查", "Legality reviewer"),
        what=Phrase("公开前审查法律、隐私、保密", "review what is to be published"),
    ),
    Part(
        user="publisher",
        key="publish",
        office=SUPERVISION,
        standing=Standing.PRIMARY,
        role=Phrase("公开发布", "Publisher"),
        what=Phrase("发布、更正曝光", "publish an exposure, correct it"),
    ),
)
INSPECTOR = Part(
    user="inspector",
    key="",
    standing=Standing.PRIMARY,
    role=Phrase("督察员", "Inspector"),
    what=Phrase("在手机上打开 /inspect/，填写查访记录", "open /inspect/ on a phone, record a visit"),
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
    seats = {
        code: seat for one in (office, SUPERVISION, CENTRE) for code, seat in seats_of(one, at=now).items()
    }
    found = []
    for part in PARTS:
        code = f"{part.office or office}-{part.key}"
        seat = seats.get(code)
        held = seat.holding(part.standing, at=now) if seat else None
        if held is not None:
            give_login(person=held.person, username=part.user, password=password)
            found.append(Login(user=part.user, name=held.name, role=part.role, what=part.what))
    return found


def give_inspector(held: Sequence[Held], inspectors: Mapping[int, str], *, password: str) -> list[Login]:
    """Give a log-in to an inspector whom the lot drew for a visit that is still to be made, or else to the first."""
    drawn = [one for one in held if one.procedure == "inspection" and one.stage in VISITING]
    team = team_of(recording.read(drawn[-1].number).acts) if drawn else ()
    who = next((one for one in inspectors if one in team), next(iter(inspectors), 0))
    if not who:
        return []
    give_login(person=who, username=INSPECTOR.user, password=password)
    return [Login(user=INSPECTOR.user, name=inspectors[who], role=INSPECTOR.role, what=INSPECTOR.what)]


def tracked(held: Sequence[Held]) -> list[Held]:
    """Return what to follow as a citizen: two open applications and an answered complaint; fewer if there are none."""
    found = []
    for procedure, wanted in FOLLOWED:
        one = next(
            (one for one in reversed(held) if one.procedure == procedure and one.stage in wanted), None
        )
        if one is not None:
            found.append(one)
    return found

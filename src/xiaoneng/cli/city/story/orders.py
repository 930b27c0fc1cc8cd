"""Orders of the public-opinion hotline in the story (舆论监督热线): signed for, answered, called back, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xiaoneng.cli.city.story.deeds import Deed, Number, Place, Script
from xiaoneng.cli.city.story.diary import Diary
from xiaoneng.cli.city.story.reckoning import WATCH, Ending, Reckoning, judged, registered
from xiaoneng.cli.city.story.steps import Steps
from xiaoneng.matters.acts import Role
from xiaoneng.matters.vocabulary.hotline import (
    CallerCalledBack,
    Contentment,
    HotlineChannel,
    OrderAnswered,
    OrderClosed,
    OrderDispatched,
    SignedFor,
    Urgency,
)
from xiaoneng.matters.vocabulary.measures import Source

PAST = 9
"""Working days after which an order that nobody answered has its red card."""

TOLD = (
    (
        HotlineChannel.RADIO_TV,
        "330200-zj",
        "听众反映：小区电梯停了一周，物业说要等审批，没有人说要等到哪天。",
    ),
    (HotlineChannel.PHONE, "330200-jt", "来电反映：公交站牌被撞歪一个月，打过两次电话都没有下文。"),
    (HotlineChannel.PRESS, "330200-ws", "报社转来：社区卫生站周末门诊临时取消，网上仍然可以挂号。"),
    (HotlineChannel.PHONE, "330200-sc", "来电反映：菜场公平秤失准，市场办说不归他们管。"),
)
LATE, IN_HAND, SIGNED = 1, 2, 3
"""Which of them drew a red card and led to accountability, and which are still under way on the last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order, planned: which of them."""

    seed: str
    at: datetime
    place: int


def order(plan: Order, *, diary: Diary) -> Script:
    """Return the script of one order."""
    steps = Steps(plan.seed, plan.at, diary=diary)
    channel, office, text = TOLD[plan.place]
    facts = {"channel": channel, "unit": office, "urgency": Urgency.ORDINARY, "text": text}
    post = f"{WATCH}-supervise"
    posts = {Role.SUPERVISOR: post}
    opens = Place(procedure="hotline", office=office, subject=text[:30], posts=posts)
    steps.told((yield Deed(at=plan.at, act=OrderDispatched, post=post, facts=facts, opens=opens)))
    yield from steps.do(SignedFor, Role.HANDLER, {})
    if plan.place in {IN_HAND, SIGNED}:
        return
    late = Reckoning(
        office=office,
        source=Source.RED_CARD,
        reference=Number(card=True),
        ending=Ending.SPOKEN_TO,
        key="handle",
        registrar=post,
    )
    if plan.place == LATE:
        yield from registered(steps, late, days=PAST)
    answer = {
        "answer": "情况属实，已当日派人处理，处理结果已电话告知。",
        "measures": "现场处理并建立巡查表，每周检查一次。",
        "caller_told": True,
    }
    yield from steps.do(OrderAnswered, Role.HANDLER, answer, days=2)
    heard = {"reached": True, "contentment": Contentment.YES}
    yield from steps.do(CallerCalledBack, Role.SUPERVISOR, heard)
    yield from steps.do(OrderClosed, Role.SUPERVISOR, {"outcome": "已处理，来电人满意。"})
    if plan.place == LATE:
        yield from judged(steps, late)

"""Acts about the four bans (四条禁令): a breach found on the spot, with its evidence; a lighter step approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act, Kind, Opening, asked
from xiaoneng.matters.vocabulary.measures import Measure

BAN = "ban"
"""The trait of a discipline matter that a breach of the four bans opened."""


class Ban(StrEnum):
    """The four bans."""

    LUNCH_ALCOHOL = "lunch_alcohol"
    CHAT_GAMES = "chat_games"
    MAHJONG = "mahjong"
    PUBLIC_TRAVEL = "public_travel"

    @property
    def phrase(self) -> Phrase:
        """Return what is forbidden."""
        return BANS[self]


BANS = {
    Ban.LUNCH_ALCOHOL: Phrase("工作日中午饮酒", "Alcohol at a working-day lunch"),
    Ban.CHAT_GAMES: Phrase("工作时间上网聊天、玩游戏", "Chat or games in working hours"),
    Ban.MAHJONG: Phrase("在机关或者下乡期间打麻将、打牌", "Mahjong in the office or on field trips"),
    Ban.PUBLIC_TRAVEL: Phrase("公款旅游、高档娱乐消费", "Publicly paid travel or lavish entertainment"),
}


class Signing(StrEnum):
    """How the record made on the spot ended: signed by the person, or their refusal noted."""

    SIGNED = "signed"
    REFUSED = "refused"


SIGNINGS = {
    Signing.SIGNED: Phrase("本人已签字", "Signed by the person"),
    Signing.REFUSED: Phrase("拒绝签字，已注明", "Refused; the refusal is noted"),
}


class ApprovedDuty(StrEnum):
    """Duties for which a ban may be lifted beforehand."""

    FOREIGN_AFFAIRS = "foreign_affairs"
    INVESTMENT = "investment"


APPROVED_DUTIES = {
    ApprovedDuty.FOREIGN_AFFAIRS: Phrase("外事接待", "Foreign affairs"),
    ApprovedDuty.INVESTMENT: Phrase("招商引资接待", "Investment duty"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BanBreachFound(Opening):
    """A breach of one of the four bans was found on the spot (发现违反禁令)."""

    name: ClassVar[Phrase] = Phrase("发现违反禁令", "Breach of a ban found")
    kind: Ban = asked("违反的禁令", "Ban broken", kind=Kind.CHOICE, choices="ban")
    person: int = asked("当事人", "Person concerned", kind=Kind.CHOICE, choices="staff")
    happened_at: datetime = asked("发生时间", "When it happened", kind=Kind.INSTANT)
    place: str = asked("发生地点", "Where it happened")
    witnesses: tuple[str, ...] = asked(
        "见证人（两名以上，一行一名）",
        "Witnesses (two or more, one a line)",
        kind=Kind.LINES,
        personal=True,
        default=(),
    )
    photo: str = asked("现场照片的 SHA-256（没有的留空）", "SHA-256 of the photograph, if any", default="")
    signing: Signing | None = asked(
        "现场笔录", "Record made on the spot", kind=Kind.CHOICE, choices="signing", default=None
    )
    facts: str = asked("现场情况", "What was seen", kind=Kind.LONG)
    duty: ApprovedDuty | None = asked(
        "是否为例外公务", "An excepted duty", kind=Kind.CHOICE, choices="approved_duty", default=None
    )
    prior_approval: str = asked(
        "事先批准文号（例外须有）", "Number of the prior approval (for an exception)", default=""
    )
    reference: str = asked(
        "来源编号（督察、投诉等，可留空）", "Reference (inspection, complaint), if any", default=""
    )

    def bars(self) -> frozenset[str]:
        """Return the mark of the relatives of the person concerned, who decide nothing in the matter."""
        return frozenset({*Opening.bars(self), conflict.kin(self.person)})

    def own_traits(self) -> tuple[str, ...]:
        """Return the trait that opens what is peculiar to the four bans."""
        return (BAN,)


@dataclass(frozen=True, slots=True, kw_only=True)
class LighterApproved(Act):
    """The higher approver allowed a lighter step than the count calls for (批准从轻)."""

    name: ClassVar[Phrase] = Phrase("批准从轻一级处理", "Lighter step approved")
    measure: Measure = asked("批准的措施", "Measure approved", kind=Kind.CHOICE, choices="measure")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


ACTS: tuple[type[Act], ...] = (BanBreachFound, LighterApproved)

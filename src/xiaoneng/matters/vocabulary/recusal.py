"""Acts of recusal that somebody asks for (申请回避): whom a matter concerns asks, somebody else decides in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act, Kind, asked


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalAsked(Act):
    """Whom the matter concerns asked that somebody stand aside; the work goes on until it is decided (申请回避)."""

    name: ClassVar[Phrase] = Phrase("申请回避", "Recusal asked for")
    person: int = asked("申请谁回避", "Who should stand aside", kind=Kind.CHOICE, choices="involved")
    ground: str = asked("事由", "Ground", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalDecided(Act):
    """Somebody else than the person asked about decided whether they stand aside (回避决定)."""

    name: ClassVar[Phrase] = Phrase("回避决定", "Recusal decided")
    person: int = asked("被申请回避的人员", "About whom it was asked", kind=Kind.CHOICE, choices="involved")
    granted: bool = asked("准予回避", "They stand aside", kind=Kind.YES_NO)
    reason: str = asked("理由", "Reason", kind=Kind.LONG)

    def bars(self) -> frozenset[str]:
        """Return the mark of who stands aside from now on."""
        return frozenset({conflict.person(self.person)}) if self.granted else frozenset()


ACTS: tuple[type[Act], ...] = (RecusalAsked, RecusalDecided)

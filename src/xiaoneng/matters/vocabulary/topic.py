"""Acts of a topic study (专题研究): three complaints stand for one thing, and the cause is looked into, not the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Kind, Opening, asked


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicOpened(Opening):
    """Complaints about one thing were put together for a study of its cause (专题立题)."""

    name: ClassVar[Phrase] = Phrase("专题立题", "Topic opened")
    topic: str = asked("专题", "Topic")
    complaints: tuple[str, ...] = asked("所涉投诉（编号）", "Complaints, by number", kind=Kind.LINES)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicJoined(Act):
    """One more complaint about the same thing joined the study (并入专题)."""

    name: ClassVar[Phrase] = Phrase("并入专题", "Complaint joined")
    complaint: str = asked("投诉编号", "Number of the complaint")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicStudied(Act):
    """The cause that the complaints have in common was found (查明成因)."""

    name: ClassVar[Phrase] = Phrase("查明成因", "Topic studied")
    causes: str = asked("共同成因", "Common cause", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresTaken(Act):
    """What is to keep it from happening again was decided, by whom and until when (治本措施)."""

    name: ClassVar[Phrase] = Phrase("确定治本措施", "Measures taken")
    measures: str = asked("措施、责任单位和期限", "Measures, who answers, until when", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicClosed(Act):
    """The measures were carried out and what came of them was checked (专题结题)."""

    name: ClassVar[Phrase] = Phrase("专题结题", "Topic closed")
    outcome: str = asked("核查结果", "What came of it", kind=Kind.LONG)


ACTS: tuple[type[Act], ...] = (TopicOpened, TopicJoined, TopicStudied, MeasuresTaken, TopicClosed)

"""Where else one may turn (别处也可以): other roads, named with their terms; nobody is turned away with them."""

from __future__ import annotations

from dataclasses import dataclass

from xiaoneng.law.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """Another road: for what it is, and where it leads."""

    what: Phrase
    where: Phrase


ROADS = (
    Road(
        what=Phrase("咨询、求助、城市管理问题", "Questions, help, things broken in the city"),
        where=Phrase("12345 热线，五个工作日答复", "Hotline 12345: an answer in five working days"),
    ),
    Road(
        what=Phrase("不服某个具体决定（许可、处罚等）", "You disagree with a decision (a licence, a fine)"),
        where=Phrase(
            "行政复议，知道决定之日起六十日内提出；也可以直接起诉",
            "Administrative reconsideration within sixty days of learning of it; or go to court",
        ),
    ),
    Road(
        what=Phrase("贪污受贿等违纪违法", "Bribery and other corruption"),
        where=Phrase("纪检监察 12388", "Discipline inspection, 12388"),
    ),
)

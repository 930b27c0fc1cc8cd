"""What efficiency warnings entail in a year (效能告诫的后果), as dated rule sets by place; and the next step up.

Every rule set was in force somewhere and is quoted from an excerpt; which one binds here is the city's choice. All
effects are proposals to the appraisal (考核), never written by themselves. Knows no matter and no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xiaoneng.law.citation import Certainty, Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.vocabulary.measures import next_step
from xiaoneng.worktime.limits import add_months

__all__ = [
    "BOOK",
    "GRADE_NAMES",
    "Count",
    "Effect",
    "EffectSet",
    "Grade",
    "best_grade",
    "in_force",
    "next_step",
    "warnings",
]


class Grade(StrEnum):
    """Appraisal grades (考核等次), best first (公务员法第三十八条)."""

    EXCELLENT = "excellent"
    COMPETENT = "competent"
    BASIC = "basic"
    INCOMPETENT = "incompetent"


GRADE_NAMES = {
    Grade.EXCELLENT: Phrase("优秀", "Excellent"),
    Grade.COMPETENT: Phrase("称职", "Competent"),
    Grade.BASIC: Phrase("基本称职", "Basically competent"),
    Grade.INCOMPETENT: Phrase("不称职", "Incompetent"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What the `count`-th warning of a year entails: the best grade still open, the cut of the bonus in percent."""

    count: int
    words: Phrase
    best: Grade = Grade.EXCELLENT
    bonus_cut: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectSet:
    """One edition of a place's effects over a half-open period.

    `divisions` are prefixes of the codes of places that adopted it; empty for a model that is only on offer.
    """

    key: str
    name: Phrase
    basis: Citation
    effects: tuple[Effect, ...]
    divisions: tuple[str, ...] = ()
    active_from: date = date(2004, 3, 1)
    active_until: date | None = None

    def effect_of(self, count: int) -> Effect | None:
        """Return what `count` warnings in a year entail; more than the set foresees entail its last line."""
        reached = [one for one in self.effects if one.count <= count]
        return max(reached, key=lambda one: one.count, default=None)

    def reach(self, division: str, *, on: date) -> int:
        """Return how closely the set fits a place on a day: the length of its prefix, -1 not at all."""
        if on < self.active_from or (self.active_until is not None and self.active_until <= on):
            return -1
        return max((len(one) for one in self.divisions if division.startswith(one)), default=-1)


NOT_EXCELLENT = Phrase("当年不得评为优秀", "Not excellent that year")
NOT_COMPETENT = Phrase("当年不得评为称职以上等次", "Neither excellent nor competent that year")
INCOMPETENT = Phrase("当年评为不称职", "Incompetent that year")
STEPS = (
    Effect(count=1, words=NOT_EXCELLENT, best=Grade.COMPETENT),
    Effect(count=2, words=NOT_COMPETENT, best=Grade.BASIC),
    Effect(count=3, words=INCOMPETENT, best=Grade.INCOMPETENT),
)
LOCAL = Citation("各地机关效能告诫规定", "", Certainty.EXCERPT)

NINGBO = EffectSet(
    key="ningbo",
    name=Phrase("本平台默认（宁波）", "Default of this platform (Ningbo)"),
    basis=default("dereliction"),
    divisions=("3302",),
    effects=STEPS,
)
SICHUAN = EffectSet(
    key="sichuan",
    name=Phrase("四川模式", "Sichuan model"),
    basis=Citation("四川省行政效能告诫办法", "", Certainty.EXCERPT),
    divisions=("51",),
    effects=STEPS,
)
XIAMEN = EffectSet(
    key="xiamen",
    name=Phrase("厦门单位模式（效能告诫）", "A Xiamen unit's model (efficiency warnings)"),
    basis=LOCAL,
    effects=(
        Effect(
            count=1,
            words=Phrase(
                "当年不得评为优秀，扣发奖金百分之五十", "Not excellent that year; bonus cut by half"
            ),
            best=Grade.COMPETENT,
            bonus_cut=50,
        ),
        Effect(count=2, words=INCOMPETENT, best=Grade.INCOMPETENT, bonus_cut=50),
    ),
)
XIAMEN_TALKS = EffectSet(
    key="xiamen-talks",
    name=Phrase("厦门单位模式（诫勉教育）", "A Xiamen unit's model (admonition talks)"),
    basis=LOCAL,
    effects=(
        Effect(count=1, words=Phrase("扣发奖金百分之十五", "Bonus cut by 15 per cent"), bonus_cut=15),
        Effect(
            count=2,
            words=Phrase("公开检讨，扣发奖金百分之三十", "Public self-criticism; bonus cut by 30 per cent"),
            bonus_cut=30,
        ),
        Effect(count=3, words=Phrase("计一次效能告诫", "Counts as one efficiency warning"), bonus_cut=30),
    ),
)
CITY = EffectSet(
    key="city",
    name=Phrase("某市问责模式", "A city's model of accountability"),
    basis=LOCAL,
    effects=(
        Effect(
            count=1,
            words=Phrase("书面检查，取消评先资格", "Written self-criticism; no awards"),
            best=Grade.COMPETENT,
        ),
        Effect(
            count=2,
            words=Phrase(
                "取消年度奖金和后备干部资格，临时人员辞退",
                "No yearly bonus, no reserve-cadre status; temporary staff dismissed",
            ),
            best=Grade.COMPETENT,
            bonus_cut=100,
        ),
        Effect(
            count=3,
            words=Phrase(
                "停职或者组织处理；单位负责人同受告诫，单位取消评先资格",
                "Suspension or organisational action; the head is warned too, the unit gets no awards",
            ),
            best=Grade.COMPETENT,
            bonus_cut=100,
        ),
    ),
)
QUZHOU = EffectSet(
    key="quzhou",
    name=Phrase("衢州“八条禁令”模式（2013）", "Quzhou's eight bans (2013)"),
    basis=Citation("衢州市机关工作人员“八条禁令”", "", Certainty.EXCERPT),
    divisions=("3308",),
    active_from=date(2013, 1, 1),
    effects=(
        Effect(count=1, words=INCOMPETENT, best=Grade.INCOMPETENT),
        Effect(
            count=2,
            words=Phrase("给予处分，领导干部免职", "Discipline; leaders are removed"),
            best=Grade.INCOMPETENT,
        ),
    ),
)
BOOK = (NINGBO, SICHUAN, XIAMEN, XIAMEN_TALKS, CITY, QUZHOU)


def in_force(division: str, *, on: date) -> EffectSet:
    """Return the effects that bind in a place on a day: the closest fit, the default of ours where none fits."""
    fits = [one for one in BOOK if one.reach(division, on=on) >= 0]
    return max(fits, key=lambda one: one.reach(division, on=on), default=NINGBO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Warnings in the calendar year and in the twelve months up to and including a day; both are shown."""

    year: int
    rolling: int

    @property
    def counted(self) -> int:
        """Return the count that effects go by: the greater of the two."""
        return max(self.year, self.rolling)


def warnings(days: Iterable[date], *, on: date) -> Count:
    """Return how many warnings, given the days on which each was decided, count on a day."""
    past = [day for day in days if day <= on]
    since = add_months(on + timedelta(days=1), -12)
    return Count(year=sum(day.year == on.year for day in past), rolling=sum(day >= since for day in past))


def best_grade(days: Iterable[date], *, division: str, on: date, in_effect: bool = False) -> Grade:
    """Return the best grade that may be proposed on a day; never excellent while a measure is in effect."""
    effect = in_force(division, on=on).effect_of(warnings(days, on=on).counted)
    best = effect.best if effect else Grade.EXCELLENT
    return Grade.COMPETENT if in_effect and best is Grade.EXCELLENT else best

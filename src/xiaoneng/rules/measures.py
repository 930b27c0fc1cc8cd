"""Which measure a decision may take (处理措施): what the severity allows, how long it lasts, no heavier than was put.

Asked by `rules.dereliction`; statutory sanctions are never decided here. Knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from xiaoneng.law.citation import Certainty, Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.discipline import LEADER, AppealDecided, FactsPut, MeasureDecided
from xiaoneng.matters.vocabulary.measures import LADDER, LEADER_LADDER, Measure, Severity, heavier
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.limits import add_months

SANCTIONS, SERVANTS = "公职人员政务处分法", "公务员法"
WARNING_MONTHS = (3, 6)
PERMITTED = {
    Severity.LIGHT: (Measure.ORAL_WARNING,),
    Severity.HEAVIER: (Measure.WRITTEN_WARNING, Measure.CIRCULATED),
    Severity.SERIOUS: (Measure.OFF_POST_TRAINING, Measure.TRANSFER, Measure.DISMISSAL),
}
"""Which part of the ladder each severity allows (浙江办法第六条)."""
LEADERS = {
    Severity.LIGHT: (Measure.TALK, Measure.ORDER, Measure.ORAL_WARNING),
    Severity.HEAVIER: (Measure.WRITTEN_WARNING, Measure.CIRCULATED),
    Severity.SERIOUS: (Measure.TRANSFER, Measure.RESIGNATION),
}
"""The same for whoever answers as a leader."""
SANCTIONED = re.compile(
    r"(给予|处以|予以)[^，。；、]{0,4}(警告|记过|记大过|降级|撤职|开除)[^，。；、]{0,2}(处分|$|[，。；])"
)
"""Words that decide a statutory sanction: only the competent body may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a decision, and where the law says so."""

    reason: Phrase
    basis: Citation


def _fault(zh: str, en: str, basis: Citation) -> Fault:
    return Fault(reason=Phrase(zh, en), basis=basis)


def _zhejiang(article: str) -> Citation:
    return Citation("浙江省影响机关工作效能行为责任追究办法", article, Certainty.EXCERPT)


def allowed(act: MeasureDecided, *, leader: bool = False) -> frozenset[Measure]:
    """Return the measures open to a decision: those of its severity, a step down or up on recorded grounds."""
    ladder, permitted = (LEADER_LADDER, LEADERS) if leader else (LADDER, PERMITTED)
    order = [ladder.index(one) for one in permitted[act.severity]]
    lowest = max(0, min(order) - bool(act.mitigating))
    highest = min(len(ladder) - 1, max(order) + bool(act.aggravating))
    return frozenset(ladder[lowest : highest + 1])


def faults(dossier: Dossier, act: MeasureDecided) -> Iterator[Fault]:
    """Yield why a measure may not be decided as it stands."""
    yield from _as_was_put(dossier, act)
    if act.measure not in allowed(act, leader=LEADER in dossier.traits):
        yield _fault("处理措施与情节不相当", "The measure does not match the severity", _zhejiang("第六条"))
    yield from _until(act.measure, act.effective_until, at=act.at)
    if act.measure is Measure.DISMISSAL:
        yield from _dismissal(act)
    if SANCTIONED.search(act.reasons) or SANCTIONED.search(act.liability):
        yield _fault(
            "依法应当给予处分的，移送有权机关决定，本平台不作处分决定",
            "A statutory sanction is transferred to the competent body, never decided here",
            Citation(SANCTIONS, "第十六条"),
        )


def _as_was_put(dossier: Dossier, act: MeasureDecided) -> Iterator[Fault]:
    facts = dossier.last(FactsPut)
    if facts is None:
        yield _fault(
            "决定前须将事实告知本人并听取申辩",
            "Facts are put and defence is heard before a decision",
            Citation(SANCTIONS, "第四十三条"),
        )
    elif facts.proposed is not None and heavier(act.measure, facts.proposed):
        yield _fault(
            "不得重于告知时拟给予的处理：不因申辩而加重",
            "No heavier than was put to the person: defence does not aggravate",
            Citation(SANCTIONS, "第四十三条"),
        )


def _until(measure: Measure, until: date | None, *, at: datetime) -> Iterator[Fault]:
    """Yield why the end of a measure's effect is wrong: a written warning lasts three to six months."""
    day = local_day(at)
    if measure is Measure.WRITTEN_WARNING:
        shortest, longest = (add_months(day, months) for months in WARNING_MONTHS)
        if until is None or not shortest <= until <= longest:
            yield _fault(
                f"书面告诫的告诫期为三至六个月，截止日应在 {shortest} 至 {longest} 之间",
                f"A written warning lasts three to six months: until {shortest} to {longest}",
                _zhejiang("第十一条"),
            )
    elif until is not None and until <= day:
        yield _fault("效力截止日须晚于决定日", "The effect ends after the decision", _zhejiang("第五条"))


def _dismissal(act: MeasureDecided) -> Iterator[Fault]:
    if act.ground is None:
        yield _fault(
            "辞退须有公务员法第八十八条所列情形，否则至多调离岗位",
            "Dismissal needs a ground of article 88; else it stops at transfer",
            Citation(SERVANTS, "第八十八条"),
        )
    if not act.unbarred:
        yield _fault(
            "须核查并确认不属于不得辞退的情形，否则至多调离岗位",
            "Check first that article 89 does not protect the person; else it stops at transfer",
            Citation(SERVANTS, "第八十九条"),
        )


def appeal_faults(dossier: Dossier, act: AppealDecided) -> Iterator[Fault]:
    """Yield why an appeal may not be decided so: heavier, longer, or by whoever decided first.

    Whoever decided is refused here and not excluded by the grammar: they may go on reading their own decision.
    """
    decided = dossier.last(MeasureDecided)
    if decided is None:
        return
    if heavier(act.measure, decided.measure):
        yield _fault("不得因申诉而加重处理", "No heavier outcome on appeal", Citation(SERVANTS, "第九十六条"))
    if act.by.person == decided.by.person:
        yield _fault(
            "申诉须由原决定人以外的人员决定",
            "Somebody else than the first decider decides the appeal",
            _zhejiang("第五条"),
        )
    if not act.revoked:
        yield from _appealed_until(decided, act)


def _appealed_until(decided: MeasureDecided, act: AppealDecided) -> Iterator[Fault]:
    if act.measure is Measure.WRITTEN_WARNING and act.effective_until is None:
        yield _fault(
            "维持书面告诫的，须写明效力截止日",
            "A written warning that stands says until when",
            _zhejiang("第十一条"),
        )
    longer = act.effective_until is not None and (
        decided.effective_until is None or act.effective_until > decided.effective_until
    )
    if longer:
        yield _fault(
            "效力截止日不得晚于原决定的截止日：不因申诉加重",
            "Not longer in effect than was decided first: an appeal does not aggravate",
            Citation(SERVANTS, "第九十六条"),
        )

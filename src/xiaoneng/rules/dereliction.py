"""Dereliction accountability (失职追究制): facts first, defence heard, a measure the ladder allows, never heavier after.

Efficiency measures only: a statutory sanction (处分) is transferred to the body competent for it and never decided
here. What a measure entails in a year is told in `accountability.ladder`. Knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from xiaoneng.law.citation import Certainty, Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import lapse_moment
from xiaoneng.matters.vocabulary.discipline import (
    LADDER,
    AppealDecided,
    DerelictionRegistered,
    Exempted,
    FactsPut,
    InvestigatorsNamed,
    Measure,
    MeasureDecided,
    MeasureServed,
    Responsibility,
    Severity,
    TransferredOut,
    heavier,
)
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.limits import add_months

ZHEJIANG = "浙江省影响机关工作效能行为责任追究办法"
SANCTIONS = "公职人员政务处分法"
SERVANTS = "公务员法"


def _zhejiang(article: str) -> Citation:
    return Citation(ZHEJIANG, article, Certainty.EXCERPT)


key = "dereliction"
name = Phrase("失职追究制", "Dereliction accountability")
basis = _zhejiang("第五条")

INVESTIGATORS = 2
WARNING_MONTHS = (3, 6)
DECIDE_MONTHS = 6

PERMITTED = {
    Severity.LIGHT: (Measure.ORAL_WARNING,),
    Severity.HEAVIER: (Measure.WRITTEN_WARNING, Measure.CIRCULATED),
    Severity.SERIOUS: (Measure.OFF_POST_TRAINING, Measure.TRANSFER, Measure.DISMISSAL),
}
"""Which part of the ladder each severity allows (浙江办法第六条)."""
SANCTIONED = re.compile(
    r"(给予|处以|予以)[^，。；、]{0,4}(警告|记过|记大过|降级|撤职|开除)[^，。；、]{0,2}(处分|$|[，。；])"
)
"""Words that decide a statutory sanction: only the competent body may."""


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why a step of accountability may not be taken as it stands."""
    match act:
        case DerelictionRegistered():
            yield from _registered(dossier, act)
        case InvestigatorsNamed():
            yield from _investigators(dossier, act)
        case FactsPut():
            yield from _still_two(dossier)
        case MeasureDecided():
            yield from _measure(dossier, act)
        case AppealDecided():
            yield from _appeal(dossier, act)
        case _:
            return


def _refused(zh: str, en: str, *, on: Citation = basis) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=on)


def _registered(dossier: Dossier, act: DerelictionRegistered) -> Iterator[Refusal]:
    if act.person not in dossier.people:
        yield _refused("被追究人须是在册工作人员", "The person concerned must be on the roster")
    if dossier.twins:
        numbers = "、".join(dossier.twins)
        yield _refused(
            f"同一行为已立案（{numbers}），不得重复追究",
            f"The same act is judged already ({numbers}): nobody answers twice for it",
            on=Citation(SANCTIONS, "第十六条"),
        )


def _investigators(dossier: Dossier, act: InvestigatorsNamed) -> Iterator[Refusal]:
    named, subject = frozenset(act.investigators), _subject(dossier)
    if len(named) < INVESTIGATORS:
        yield _refused(
            "调查须由两名以上不同人员进行",
            "Two different investigators at least",
            on=Citation(SANCTIONS, "第四十二条"),
        )
    recusal = Citation(SANCTIONS, "第四十七条")
    if subject in named:
        yield _refused("被追究人不得参与调查", "The person concerned may not investigate", on=recusal)
    if named & dossier.state.recused:
        yield _refused("已回避人员不得参与调查", "Recused persons may not investigate", on=recusal)
    unknown = named - set(dossier.people)
    if unknown:
        yield _refused("调查人员须是在册工作人员", "Investigators must be on the roster")
    own = _posts(dossier, subject, at=act.at)
    if any(_posts(dossier, one, at=act.at) & own for one in named - {subject}):
        yield _refused(
            "调查人员不得来自被追究人所在岗位", "No investigator from the subject's own post", on=recusal
        )


def _posts(dossier: Dossier, person: int, *, at: datetime) -> frozenset[str]:
    servant = dossier.people.get(person)
    return servant.posts(at=at) if servant else frozenset()


def _subject(dossier: Dossier) -> int:
    opening = dossier.opening
    return opening.person if isinstance(opening, DerelictionRegistered) else 0


def _still_two(dossier: Dossier) -> Iterator[Refusal]:
    named = dossier.last(InvestigatorsNamed)
    left = frozenset(named.investigators if named else ()) - dossier.state.recused
    if len(left) < INVESTIGATORS:
        yield _refused(
            "调查人员回避后不足两人，须重新指定",
            "After a recusal fewer than two are left: name investigators again",
            on=Citation(SANCTIONS, "第四十二条"),
        )


def _measure(dossier: Dossier, act: MeasureDecided) -> Iterator[Refusal]:
    facts = dossier.last(FactsPut)
    if facts is None:
        yield _refused(
            "决定前须将事实告知本人并听取申辩",
            "Facts are put and defence is heard before a decision",
            on=Citation(SANCTIONS, "第四十三条"),
        )
    elif facts.proposed is not None and heavier(act.measure, facts.proposed):
        yield _refused(
            "不得重于告知时拟给予的处理：不因申辩而加重",
            "No heavier than was put to the person: defence does not aggravate",
            on=Citation(SANCTIONS, "第四十三条"),
        )
    if act.measure not in allowed(act):
        yield _refused(
            "处理措施与情节不相当", "The measure does not match the severity", on=_zhejiang("第六条")
        )
    yield from _until(act)
    if act.measure is Measure.DISMISSAL:
        yield from _dismissal(act)
    if SANCTIONED.search(act.reasons) or SANCTIONED.search(act.liability):
        yield _refused(
            "依法应当给予处分的，移送有权机关决定，本平台不作处分决定",
            "A statutory sanction is transferred to the competent body, never decided here",
            on=Citation(SANCTIONS, "第十六条"),
        )


def allowed(act: MeasureDecided) -> frozenset[Measure]:
    """Return the measures open to a decision: those of its severity, a step down or up on recorded grounds."""
    order = [LADDER.index(one) for one in PERMITTED[act.severity]]
    lowest = max(0, min(order) - bool(act.mitigating))
    highest = min(len(LADDER) - 1, max(order) + bool(act.aggravating))
    return frozenset(LADDER[lowest : highest + 1])


def _until(act: MeasureDecided) -> Iterator[Refusal]:
    """Yield why the end of the measure's effect is wrong: a written warning lasts three to six months."""
    day, until = local_day(act.at), act.effective_until
    if act.measure is Measure.WRITTEN_WARNING:
        shortest, longest = (add_months(day, months) for months in WARNING_MONTHS)
        if until is None or not shortest <= until <= longest:
            yield _refused(
                f"书面告诫的告诫期为三至六个月，截止日应在 {shortest} 至 {longest} 之间",
                f"A written warning lasts three to six months: until {shortest} to {longest}",
                on=_zhejiang("第十一条"),
            )
    elif until is not None and until <= day:
        yield _refused("效力截止日须晚于决定日", "The effect ends after the decision")


def _dismissal(act: MeasureDecided) -> Iterator[Refusal]:
    if act.ground is None:
        yield _refused(
            "辞退须有公务员法第八十八条所列情形，否则至多调离岗位",
            "Dismissal needs a ground of article 88; else it stops at transfer",
            on=Citation(SERVANTS, "第八十八条"),
        )
    if not act.unbarred:
        yield _refused(
            "须核查并确认不属于不得辞退的情形，否则至多调离岗位",
            "Check first that article 89 does not protect the person; else it stops at transfer",
            on=Citation(SERVANTS, "第八十九条"),
        )


def _appeal(dossier: Dossier, act: AppealDecided) -> Iterator[Refusal]:
    decided = dossier.last(MeasureDecided)
    if decided is None:
        return
    if heavier(act.measure, decided.measure):
        yield _refused(
            "不得因申诉而加重处理", "No heavier outcome on appeal", on=Citation(SERVANTS, "第九十六条")
        )
    if act.by.person == decided.by.person:
        yield _refused(
            "申诉须由原决定人以外的人员决定", "Somebody else than the first decider decides the appeal"
        )


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield that no decision was made within six months of filing."""
    if not isinstance(dossier.opening, DerelictionRegistered):
        return
    ended = dossier.last(MeasureDecided, Exempted, TransferredOut)
    last = add_months(local_day(dossier.opening.at), DECIDE_MONTHS)
    if local_day(ended.at if ended else now) > last:
        yield Breach(
            rule=key,
            key="undecided",
            since=lapse_moment(last),
            what=Phrase("立案后六个月内未作出决定", "No decision within six months of filing"),
            basis=Citation("行政机关公务员处分条例", "第四十四条"),
            evidence=(1,),
            post=dossier.owner_post(),
        )


def responsibilities(*, serious: bool, by_the_agency: bool) -> tuple[Responsibility, ...]:
    """Return who answers for a dereliction (浙江办法第七条): the actor, with serious consequences also the head.

    For what the agency itself did, its head answers by the division of work.
    """
    if by_the_agency:
        return (Responsibility.AGENCY, Responsibility.LEADER)
    return (Responsibility.DIRECT, Responsibility.LEADER) if serious else (Responsibility.DIRECT,)


def in_effect(dossier: Dossier, *, on: date) -> Measure | None:
    """Return the measure that binds at the end of a day: from its service; an appeal suspends nothing.

    None before it is served, once its effect has ended, or once it is revoked.
    """
    read = dossier.on_day(on)
    decided, appeal = read.last(MeasureDecided), read.last(AppealDecided)
    if decided is None or read.last(MeasureServed) is None:
        return None
    ended = decided.effective_until is not None and decided.effective_until < on
    if ended or (appeal is not None and appeal.revoked):
        return None
    return appeal.measure if appeal else decided.measure

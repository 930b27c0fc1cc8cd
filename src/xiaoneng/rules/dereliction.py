"""Dereliction accountability (失职追究制): facts first, defence heard, a measure the ladder allows, never heavier after.

Which measure a decision may take is told in `rules.measures`, what is recorded of statutory sanctions in
`rules.sanctions`, what a measure entails in a year in `accountability.ladder`. Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from xiaoneng.law.citation import Certainty, Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import lapse_moment
from xiaoneng.matters.vocabulary.bans import BanBreachFound
from xiaoneng.matters.vocabulary.discipline import (
    AppealDecided,
    Archived,
    Circulated,
    DerelictionRegistered,
    Exempted,
    FactsPut,
    InvestigatorsNamed,
    MeasureDecided,
    MeasureServed,
)
from xiaoneng.matters.vocabulary.measures import NAMES, Measure, Responsibility, Source, heavier
from xiaoneng.matters.vocabulary.sanctions import SanctionRecorded, TransferredOut
from xiaoneng.rules import measures, sanctions
from xiaoneng.rules.measures import Fault
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.limits import add_months

ZHEJIANG = "浙江省影响机关工作效能行为责任追究办法"
SANCTIONS = "公职人员政务处分法"


def _zhejiang(article: str) -> Citation:
    return Citation(ZHEJIANG, article, Certainty.EXCERPT)


key = "dereliction"
name = Phrase("失职追究制", "Dereliction accountability")
basis = _zhejiang("第五条")

INVESTIGATORS = 2
DECIDE_MONTHS = 6
NUMBERED = frozenset({Source.RED_CARD, Source.COMPLAINT, Source.INSPECTION, Source.CONSEQUENCE})
"""Sources that stand on record under a number, which the registration names."""


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why a step of accountability may not be taken as it stands."""
    match act:
        case DerelictionRegistered():
            yield from _registered(dossier, act)
        case BanBreachFound():
            yield from _nobody_twice(dossier, act.person)
        case InvestigatorsNamed():
            yield from _investigators(dossier, act)
        case FactsPut():
            yield from _still_two(dossier)
        case Circulated() | Archived():
            yield from _closing(dossier, act)
        case _:
            yield from (
                Refusal(rule=key, reason=one.reason, basis=one.basis) for one in _faults(dossier, act)
            )


def _faults(dossier: Dossier, act: Act) -> Iterator[Fault]:
    """Yield what is wrong with a decision: of a measure, of an appeal, of a sanction recorded."""
    match act:
        case MeasureDecided():
            yield from measures.faults(dossier, act)
            yield from sanctions.on_measure(dossier)
        case AppealDecided():
            yield from measures.appeal_faults(dossier, act)
        case SanctionRecorded():
            yield from sanctions.faults(dossier, act)
        case _:
            return


def _refused(zh: str, en: str, *, on: Citation = basis) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=on)


def _registered(dossier: Dossier, act: DerelictionRegistered) -> Iterator[Refusal]:
    reference = act.reference.strip()
    if act.source in NUMBERED and reference and reference not in dossier.known:
        source = NAMES[act.source]
        yield _refused(
            f"查无编号为 {reference} 的{source.zh}，不能据以立案",
            f"No such thing stands on record ({source.en}): {reference}",
            on=default("dereliction-reference"),
        )
    yield from _nobody_twice(dossier, act.person)


def _nobody_twice(dossier: Dossier, person: int) -> Iterator[Refusal]:
    if person not in dossier.people:
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
    return int(getattr(dossier.opening, "person", 0))


def _still_two(dossier: Dossier) -> Iterator[Refusal]:
    named = dossier.last(InvestigatorsNamed)
    left = frozenset(named.investigators if named else ()) - dossier.state.recused
    if len(left) < INVESTIGATORS:
        yield _refused(
            "调查人员回避后不足两人，须重新指定",
            "After a recusal fewer than two are left: name investigators again",
            on=Citation(SANCTIONS, "第四十二条"),
        )


def _closing(dossier: Dossier, act: Circulated | Archived) -> Iterator[Refusal]:
    """Yield why the outcome may not be made known, or the file not be closed, as it stands."""
    appeal = dossier.last(AppealDecided)
    if appeal is not None and appeal.revoked:
        if isinstance(act, Circulated):
            yield _refused("处理决定已撤销，不得通报", "The decision was revoked: it is not circulated")
        return
    if isinstance(act, Circulated):
        return
    run = dossier.state.runs.get(Clock.EFFECT)
    due = dossier.due(run) if run else None
    if due is not None and local_day(act.at) <= due:
        yield _refused(
            f"效力期至 {due}，期满自动解除归档，不得提前",
            f"It is in effect until {due} and then ends by itself, not before",
            on=_zhejiang("第十一条"),
        )
    if owes_circulation(dossier):
        yield _refused(
            "书面告诫以上的处理和违反禁令的处理须先通报",
            "A written warning and above, and any breach of a ban, is circulated first",
            on=_zhejiang("第十条"),
        )


def owes_circulation(dossier: Dossier) -> bool:
    """Tell whether the outcome still has to be made known: of a written warning and above, and of any ban broken."""
    measure = standing_measure(dossier)
    if measure is None or dossier.last(Circulated) is not None:
        return False
    return not heavier(Measure.WRITTEN_WARNING, measure) or isinstance(dossier.opening, BanBreachFound)


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield that no decision was made within six months of filing, or that an ended measure was never circulated."""
    if not isinstance(dossier.opening, DerelictionRegistered | BanBreachFound):
        return
    ended = dossier.last(MeasureDecided, Exempted, TransferredOut, SanctionRecorded)
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
    if dossier.closed and owes_circulation(dossier):
        yield Breach(
            rule=key,
            key="uncirculated",
            since=dossier.acts[-1].at,
            what=Phrase("效力期满时仍未通报", "The effect ended and the outcome was never circulated"),
            basis=_zhejiang("第十条"),
            evidence=(len(dossier.acts),),
            post=dossier.post_of(Role.PERSONNEL),
        )


def responsibilities(*, serious: bool, by_the_agency: bool) -> tuple[Responsibility, ...]:
    """Return who answers for a dereliction (浙江办法第七条): the actor, with serious consequences also the head.

    For what the agency itself did, its head answers by the division of work.
    """
    if by_the_agency:
        return (Responsibility.AGENCY, Responsibility.LEADER)
    return (Responsibility.DIRECT, Responsibility.LEADER) if serious else (Responsibility.DIRECT,)


def standing_measure(dossier: Dossier) -> Measure | None:
    """Return the measure as it stands after an appeal; None where none was decided or it was revoked."""
    decided, appeal = dossier.last(MeasureDecided), dossier.last(AppealDecided)
    if decided is None or (appeal is not None and appeal.revoked):
        return None
    return appeal.measure if appeal else decided.measure


LASTING = (MeasureDecided, AppealDecided, SanctionRecorded)
"""Acts that say until when something is in effect."""


def effective_until(dossier: Dossier) -> date | None:
    """Return the last day on which the measure, or the sanction recorded, is in effect; None if it has no period."""
    last = next((one for one in reversed(dossier.acts) if isinstance(one, LASTING)), None)
    return last.effective_until if last else None


def in_effect(dossier: Dossier, *, on: date) -> Measure | None:
    """Return the measure that binds at the end of a day: from its service; an appeal suspends nothing.

    None before it is served, once its effect has ended, or once it is revoked; one without a period binds until it
    is carried out and the file closed.
    """
    read = dossier.on_day(on)
    until = effective_until(read)
    ended = read.closed if until is None else until < on
    if read.last(MeasureServed) is None or ended:
        return None
    return standing_measure(read)

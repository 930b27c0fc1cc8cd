"""Traced to its end (一律追踪到底): no complaint closes without a finding of every allegation, measures and an answer.

What is asked of a complaint as it comes in is `complaint_form`'s, who is left to handle it `complaint_left`'s;
both speak here. Late acceptance and late results are clocks. Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaoneng.law.citation import Certainty, Citation, default
from xiaoneng.law.defaults import count_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import lapse_moment
from xiaoneng.matters.roles import roles_of
from xiaoneng.matters.vocabulary.complaint import AllegationFound, AnsweredOnSpot, ComplaintConcluded
from xiaoneng.matters.vocabulary.complaint_after import (
    CalledBack,
    CallMissed,
    RecusalAsked,
    RecusalDecided,
    ReviewConcluded,
)
from xiaoneng.matters.vocabulary.complaint_ways import OrderReported, SuperiorOrdered
from xiaoneng.matters.vocabulary.complaint_words import ANONYMOUS, Consequence, Contented
from xiaoneng.matters.vocabulary.handling import Extended, ExtensionAsked, Nudged
from xiaoneng.rules import complaint_form, complaint_left
from xiaoneng.rules.allegations import SUPERIOR_TOLD, allegations, proven, unfound
from xiaoneng.rules.record import missed, numbered
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.days import local_day

key = "tracing"
name = Phrase("一律追踪到底", "Traced to its end")
basis = default("complaint-trace")
FOLLOW_UP = Citation("浙江省机关效能监察投诉中心工作办法", "第十六条", Certainty.EXCERPT)
IN_ADVANCE = Citation("浙江省机关效能监察投诉中心工作办法", "第十五条", Certainty.EXCERPT)
FOLLOWS = {Consequence.DISCIPLINE, Consequence.CARD, Consequence.RECTIFICATION}
Concluding = ComplaintConcluded | ReviewConcluded | AnsweredOnSpot


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why a complaint may not go that way, or may not be ended, with everything that is missing."""
    if dossier.procedure.key != "complaint":
        return
    for words, source in (*complaint_form.objections(dossier, act), *complaint_left.objections(dossier, act)):
        yield Refusal(rule=key, reason=words, basis=source)
    match act:
        case AllegationFound() if act.allegation.strip() not in allegations(dossier):
            yield _refused("没有列明这一投诉事项", "No such allegation is listed")
        case ComplaintConcluded() | ReviewConcluded():
            yield from _complete(dossier)
            yield from _consequence(dossier, act, proven=bool(proven(dossier)))
        case AnsweredOnSpot():
            yield from _consequence(dossier, act, proven=act.finding.proven)
        case CalledBack():
            yield from _call(dossier, act)
        case ExtensionAsked() | Extended():
            yield from _more_time(dossier, act)
        case _:
            return


def _refused(zh: str, en: str, source: Citation = basis) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=source)


def _complete(dossier: Dossier) -> Iterator[Refusal]:
    """Yield every allegation without a finding, in one sentence."""
    if not allegations(dossier):
        yield _refused("先逐项列明投诉事项，再逐项认定", "First list the allegations, then find each")
    lacking = unfound(dossier)
    if lacking:
        yield _refused(
            f"下列投诉事项尚未认定：{'；'.join(lacking)}",
            f"No finding has been made on: {'; '.join(lacking)}",
        )


def _consequence(dossier: Dossier, act: Concluding, *, proven: bool) -> Iterator[Refusal]:
    """Yield what lacks of the consequence: what is proven leads to something, or a head says why not."""
    exempted = act.consequence is Consequence.EXEMPTED
    if proven and act.consequence is Consequence.NONE:
        yield _refused(
            "属实或者部分属实的，须有处理后果，或者写明免予处理的理由",
            "What is substantiated has a consequence, or a reason why it is exempted",
        )
    if act.consequence in FOLLOWS and not act.reference.strip():
        yield _refused("须写明后果的编号或文号", "The consequence is named by its number")
    if exempted and not act.exemption.strip():
        yield _refused("免予处理须写明理由", "An exemption gives its reason")
    if exempted and not roles_of(act.by, dossier) & {Role.HEAD, Role.SUPERIOR}:
        yield _refused(
            "免予处理须由投诉中心负责人或者上级投诉中心提出",
            "Only the head of the centre, or the centre above, may exempt",
        )
    if not proven and act.consequence in {Consequence.DISCIPLINE, Consequence.EXEMPTED}:
        yield _refused(
            "没有属实的投诉事项，不得追究，也无所谓免予处理",
            "Nothing was proven: there is nobody to hold to account and nothing to exempt",
        )


def _call(dossier: Dossier, act: CalledBack) -> Iterator[Refusal]:
    """Yield why a call-back does not close: nobody was heard, or who was heard is not content."""
    if ANONYMOUS in dossier.traits and act.by.official:
        yield _refused(
            "匿名投诉不回访，由投诉人凭查询码回应",
            "Nobody calls the anonymous: they answer by their code",
            FOLLOW_UP,
        )
    if not act.reached:
        days = {local_day(one.at) for one in _since_answer(dossier, CallMissed)}
        least = count_of("complaint-call-attempts", on=local_day(act.at))
        if len(days) < least:
            yield _refused(
                f"须先在不同日期回访未接通 {least} 次，已有 {len(days)} 次",
                f"First {least} calls on different days must have been missed; there are {len(days)}",
                default("complaint-call-attempts"),
            )
    elif act.contented is None:
        yield _refused("须写明投诉人是否满意", "Say whether the complainant is content", FOLLOW_UP)
    elif act.contented is Contented.NO and not dossier.last(ReviewConcluded):
        yield _refused(
            "投诉人不满意的，请登记“不满意，申请复核”，不得办结",
            "Who is not content is not closed: record “Dissatisfaction voiced”",
            default("complaint-review"),
        )


def _since_answer(dossier: Dossier, kind: type[CallMissed]) -> list[CallMissed]:
    """Return the calls missed since the clock of the present call-back began."""
    run = dossier.run_of(Clock.CALL_BACK)
    first = run.opened_by if run else 0
    return [act for place, act in numbered(dossier, kind) if place > first]


def _more_time(dossier: Dossier, act: ExtensionAsked | Extended) -> Iterator[Refusal]:
    """Yield why more time may not be asked for, or given: asked in advance, with the reason and how far it is."""
    run = dossier.state.runs.get(Clock.HANDLING)
    if isinstance(act, ExtensionAsked):
        if not act.progress.strip():
            yield _refused("申请延期须说明办理进度", "Who asks for more time says how far it is", IN_ADVANCE)
        late = run and worktime.overdue(run.statutory, today=local_day(act.at), calendar=dossier.calendar)
        if run is None or late:
            yield _refused(
                "延期须在期限届满前申请", "More time is asked for before the term ends", IN_ADVANCE
            )
        return
    asked = [place for place, _ in numbered(dossier, ExtensionAsked) if run and place > run.opened_by]
    if not asked:
        yield _refused("没有申请，不得延期", "Nobody asked for more time", IN_ADVANCE)


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield orders and recusal requests left lying behind newer ones, and nudges that moved nobody."""
    if dossier.procedure.key != "complaint":
        return
    yield from _orders(dossier, now=now)
    yield from _recusals(dossier, now=now)
    yield from _nudges(dossier)


def _shown_by_clock(dossier: Dossier, clock: Clock, place: int, *, now: datetime) -> bool:
    """Tell whether the run that an act started shows by itself that it was not kept."""
    runs = (run for run in dossier.every_run() if run.clock is clock and run.opened_by == place)
    return any(missed(run.statutory, dossier, now=now) is not None for run in runs)


def _orders(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    reported = [act.at for act in dossier.every(OrderReported)]
    for place, act in numbered(dossier, SuperiorOrdered):
        answered = next((local_day(at) for at in reported if at >= act.at), local_day(now))
        if answered > act.until and not _shown_by_clock(dossier, Clock.ANSWER, place, now=now):
            yield Breach(
                rule=key,
                key=f"order/{place}",
                since=lapse_moment(act.until),
                what=Phrase(
                    f"上级督办逾期未回报：{act.until} 到期", f"An order from above was due on {act.until}"
                ),
                basis=IN_ADVANCE,
                evidence=(place,),
                post=dossier.post_of(Role.HANDLER),
            )


def _recusals(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    term = next((one for one in dossier.opening.terms if one.clock is Clock.RECUSAL), None)
    decided = dossier.every(RecusalDecided)
    for place, act in numbered(dossier, RecusalAsked) if term else ():
        ending = (
            dossier.calendar.shift(local_day(act.at), term.statutory.count) if term else local_day(act.at)
        )
        answers = (one.at for one in decided if one.at >= act.at and act.person in {0, one.person})
        answered = next((local_day(at) for at in answers), local_day(now))
        if answered > ending and not _shown_by_clock(dossier, Clock.RECUSAL, place, now=now):
            yield Breach(
                rule=key,
                key=f"recusal/{place}",
                since=lapse_moment(ending),
                what=Phrase(f"回避申请逾期未决定：{ending} 到期", f"A recusal was to be decided by {ending}"),
                basis=default("complaint-recusal"),
                evidence=(place,),
                post=dossier.post_of(Role.HEAD),
            )


def _nudges(dossier: Dossier) -> Iterator[Breach]:
    """Yield each third nudge in a row between which no official did anything."""
    waiting: list[int] = []
    for place, act in enumerate(dossier.acts, start=1):
        if isinstance(act, Nudged):
            waiting.append(place)
        elif act.by.official:
            waiting = []
        if isinstance(act, Nudged) and len(waiting) == SUPERIOR_TOLD:
            yield Breach(
                rule=key,
                key=f"nudged/{place}",
                since=act.at,
                what=Phrase(
                    f"投诉人催办 {SUPERIOR_TOLD} 次，无人办理", "Nudged three times, and nobody did anything"
                ),
                basis=default("complaint-nudge"),
                evidence=tuple(waiting),
                post=dossier.on_day(local_day(act.at)).owner_post(),
            )

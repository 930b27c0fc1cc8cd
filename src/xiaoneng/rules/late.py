"""What the record shows of time not kept (超期与虚假办结), for the time limit system; pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.defaults import count_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import lapse_moment
from xiaoneng.matters.vocabulary.decision import Granted, RefusalFiled, Refused, Reopened
from xiaoneng.matters.vocabulary.handling import ExtensionAsked, Resumed, Suspended
from xiaoneng.matters.vocabulary.intake import MaterialsNoticed, Withdrawn
from xiaoneng.rules.record import before, missed, numbered, owner_on, rung
from xiaoneng.rules.rule import Breach
from xiaoneng.rules.steps import overruns
from xiaoneng.worktime.days import local_day

RULE = "time_limit"
CLOCKS = {
    Clock.HANDLING: Phrase("办理", "handling"),
    Clock.DELIVERY: Phrase("送达", "delivery"),
    Clock.HEARING_HOLD: Phrase("组织听证", "holding the hearing"),
    Clock.ANSWER: Phrase("答复", "the answer"),
}
"""The clocks that this system judges, by the step they measure."""
INSTANT_TRAIT = "instant"


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield terms and steps overrun, pauses outlasted, instant matters let lie, doubtful completions, late entries."""
    yield from _terms(dossier, now=now)
    yield from _pauses(dossier, now=now)
    yield from _steps(dossier, now=now)
    yield from _instant(dossier, now=now)
    yield from _reopened(dossier)
    yield from _entered_late(dossier)


def _terms(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    for running in dossier.every_run():
        if running.clock not in CLOCKS or running.clock not in dossier.procedure.answerable:
            continue
        last = missed(running.statutory, dossier, now=now)
        if last is None:
            continue
        step = CLOCKS[running.clock]
        asked = [place for place, act in numbered(dossier, ExtensionAsked) if place > running.opened_by]
        zh, en = (
            ("；曾申请延期，届满前未获批准", "; more time was asked for and not given") if asked else ("", "")
        )
        yield Breach(
            rule=RULE,
            key=rung(running, "statute"),
            since=lapse_moment(last),
            what=Phrase(
                f"{step.zh}超过法定期限：{last} 届满{zh}", f"The term of {step.en} ended on {last}{en}"
            ),
            basis=running.term.basis,
            evidence=(running.opened_by, *asked),
            post=owner_on(dossier, last),
        )


def _pauses(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield each suspension that outlasted what the applicant was told."""
    for sequence, told in numbered(dossier, Suspended):
        resumed = next((act for act in dossier.acts[sequence:] if isinstance(act, Resumed)), None)
        ended = resumed.at if resumed else dossier.state.closed_at or now
        if local_day(ended) <= told.expected_until:
            continue
        last = told.expected_until
        yield Breach(
            rule=RULE,
            key=f"pause/{sequence}",
            since=lapse_moment(last),
            what=Phrase(
                f"中止超过告知的时间：告知 {last} 前恢复",
                f"The suspension outlasts what was announced: it was to end by {last}",
            ),
            basis=Citation("行政许可法", "第四十五条"),
            evidence=(sequence,),
            post=owner_on(dossier, last),
        )


def _steps(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    for one in overruns(dossier, now=now):
        yield Breach(
            rule=RULE,
            key=f"step/{one.step.sequence}",
            since=lapse_moment(one.day),
            what=Phrase(
                f"环节超时：本环节 {one.budget} 个工作日，{one.day} 届满",
                f"The step had {one.budget} working days, until {one.day}",
            ),
            basis=default("step-budget"),
            evidence=(one.step.sequence,),
            post=one.step.post,
        )


def _instant(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield an on-the-spot matter that was not decided, or answered, on the day on which it was complete."""
    if INSTANT_TRAIT not in dossier.traits:
        return
    for running in dossier.every_run():
        if running.clock is not Clock.INTAKE:
            continue
        day = running.statutory.start
        answer = _answer(dossier, after=running.opened_by)
        if (local_day(answer.at) if answer else local_day(now)) <= day:
            continue
        yield Breach(
            rule=RULE,
            key=rung(running, "instant"),
            since=lapse_moment(day),
            what=Phrase(f"即办件应于 {day} 当日办结", f"An on-the-spot matter was to be decided on {day}"),
            basis=Citation("行政许可法", "第三十四条第二款"),
            evidence=(running.opened_by,),
            post=owner_on(dossier, day),
        )


def _answer(dossier: Dossier, *, after: int) -> Act | None:
    kinds = (Granted, Refused, RefusalFiled, MaterialsNoticed, Withdrawn)
    return next((act for act in dossier.acts[after:] if isinstance(act, kinds)), None)


def _reopened(dossier: Dossier) -> Iterator[Breach]:
    """Yield a completed matter taken up again so soon that its completion is in doubt."""
    for sequence, reopened in numbered(dossier, Reopened):
        closed_at = before(dossier, sequence).state.closed_at
        if closed_at is None:
            continue
        soon = count_of("early-reopening", on=local_day(closed_at))
        until: date = dossier.calendar.shift(local_day(closed_at), soon)
        if local_day(reopened.at) <= until:
            words = Phrase(
                f"办结后 {soon} 个工作日内重新办理，须核查是否虚假办结",
                f"Reopened within {soon} working days of completion: to be audited",
            )
            decided = next(
                (act for act in reversed(dossier.acts[:sequence]) if isinstance(act, Granted | Refused)), None
            )
            post = decided.by.post if decided else reopened.by.post
            yield Breach(
                rule=RULE,
                key=f"reopened/{sequence}",
                since=reopened.at,
                what=words,
                basis=default("early-reopening"),
                evidence=(sequence,),
                post=post,
            )


def _entered_late(dossier: Dossier) -> Iterator[Breach]:
    """Yield an official's act that was entered later after it happened than our default allows."""
    for sequence, (act, entered) in enumerate(zip(dossier.acts, dossier.recorded, strict=False), start=1):
        if not act.by.official:
            continue
        until = dossier.calendar.shift(local_day(act.at), count_of("two-times-entry", on=local_day(act.at)))
        if local_day(entered) > until:
            yield Breach(
                rule=RULE,
                key=f"entry/{sequence}",
                since=entered,
                what=Phrase(
                    f"补录：{local_day(act.at)} 的“{act.name.zh}”到 {local_day(entered)} 才录入",
                    f"“{act.name.en}” of {local_day(act.at)} was entered on {local_day(entered)} only",
                ),
                basis=default("two-times-entry"),
                evidence=(sequence,),
                post=act.by.post,
            )

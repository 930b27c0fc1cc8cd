"""Time limits (限时办结制): suspension and extension guarded, decisions ripe, completion real, terms kept.

Judges the clocks of handling, delivery, hearing and answers; silence at intake is 一次性告知制's, the review of a
filed refusal 否定报备制's, the promise 服务承诺制's. Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import extension_by
from xiaoneng.matters.roles import roles_of
from xiaoneng.matters.vocabulary.decision import Delivered, Granted
from xiaoneng.matters.vocabulary.handling import (
    Examined,
    Extended,
    Ground,
    HearingRequested,
    Suspended,
)
from xiaoneng.matters.vocabulary.intake import Withdrawn
from xiaoneng.rules import hearing
from xiaoneng.rules.late import breaches
from xiaoneng.rules.rule import Refusal
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.limits import Unit
from xiaoneng.worktime.runs import Run

__all__ = ["basis", "breaches", "key", "name", "refusals"]

key = "time_limit"
name = Phrase("限时办结制", "Time limits")
basis = Citation("行政许可法", "第四十二条")
EXCLUDED = Citation("行政许可法", "第四十五条")
TWO_OFFICERS = Citation("行政许可法", "第三十四条第三款")
SERVED = Citation("行政许可法", "第四十四条")
EXAMINED_TRAIT = "examined"
OFFICERS = 2
SIGNED = "signature"


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why an act may not touch a clock, decide or complete as it stands."""
    match act:
        case Suspended():
            yield from _suspension(dossier, act)
        case Extended():
            yield from _extension(dossier, act)
        case Examined():
            yield from _examination(act)
        case Granted():
            yield from _grant(dossier)
        case Delivered() if act.how != SIGNED and not act.proof.strip():
            yield _refused(
                "非当面签收的须有送达凭证，方可办结", "Without proof of service it is not completed", SERVED
            )
        case Withdrawn() if act.by.official and not act.reason.strip():
            yield _refused(
                "由窗口代录撤回的，须写明申请人撤回的原因；不得以退件代替决定",
                "Entered for the applicant, a withdrawal gives the applicant's reason; it replaces no decision",
                default("withdrawal"),
            )
        case _:
            pass
    for words, source in hearing.objections(dossier, act):
        yield Refusal(rule=key, reason=words, basis=source)


def _refused(zh: str, en: str, source: Citation = basis) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=source)


def _suspension(dossier: Dossier, act: Suspended) -> Iterator[Refusal]:
    today = local_day(act.at)
    run = dossier.state.runs.get(Clock.HANDLING)
    if not act.notice_served:
        yield _refused("未书面告知申请人所需时间，不得中止计时", "No written notice, no suspension", EXCLUDED)
    if act.expected_until <= today:
        yield _refused("预计恢复日期须在今日之后", "The expected end must lie after today", EXCLUDED)
    if run and worktime.pause_open(run.statutory):
        yield _refused("已在中止期间，不得重复中止", "It stands suspended already", EXCLUDED)
    if run and worktime.overdue(run.statutory, today=today, calendar=dossier.calendar):
        yield _refused(
            "期限已经届满，届满后的中止无效", "The term has ended: a suspension revives nothing", EXCLUDED
        )
    asked = dossier.last(HearingRequested) or hearing.must_be_told(dossier)
    if act.ground is Ground.HEARING and not asked:
        yield _refused("没有听证申请，不得以听证为由中止", "Nobody asked for a hearing", EXCLUDED)


def _extension(dossier: Dossier, act: Extended) -> Iterator[Refusal]:
    run = dossier.state.runs.get(Clock.HANDLING)
    if run is None or run.term.extension is None:
        yield _refused("本事项的期限不得延长", "This limit cannot be extended")
        return
    by, source = run.term.extension_by, run.term.extension_basis or basis
    if by is not None and by not in roles_of(act.by, dossier):
        yield _refused(
            "批准延长的须是法律规定的负责人", "Only the head whom the article names may extend", source
        )
    if not _measured(act, run.statutory):
        yield _refused(
            "须写明延长多少，或者延长至哪一天，二者择一",
            "Either by how much or until which day: one of the two",
            source,
        )
        return
    today, more = local_day(act.at), extension_by(act)
    for flaw in worktime.extension_flaws(
        run.statutory, more, today=today, calendar=dossier.calendar, cap=run.term.extension
    ):
        yield Refusal(rule=key, reason=flaw, basis=source)


def _measured(act: Extended, run: Run) -> bool:
    """Tell whether an extension says one length, in units that the limit can be lengthened by."""
    hours = act.unit is Unit.OFFICE_HOURS and run.limit.unit is not Unit.OFFICE_HOURS
    by_length = act.count > 0 and not hours
    return by_length != (act.until is not None) and act.count >= 0


def _examination(act: Examined) -> Iterator[Refusal]:
    if len(distinct(act)) < OFFICERS:
        yield _refused(
            "实质内容须由两名以上工作人员核查，并写明姓名",
            "Substance is verified by at least two officers, each named",
            TWO_OFFICERS,
        )


def _grant(dossier: Dossier) -> Iterator[Refusal]:
    if EXAMINED_TRAIT not in dossier.traits:
        return
    if not any(len(distinct(one)) >= OFFICERS for one in dossier.every(Examined)):
        yield _refused(
            "须先由两名以上工作人员核查实质内容", "First two officers verify the substance", TWO_OFFICERS
        )


def distinct(act: Examined) -> frozenset[str]:
    """Return the officers named, each once."""
    return frozenset(one.strip() for one in act.officers if one.strip())


def days_early(dossier: Dossier) -> int | None:
    """Return how many units before its promise, or its term without one, a matter was decided (提前办结).

    Negative where it was late; None while handling runs or where it never began.
    """
    run = dossier.run_of(Clock.HANDLING)
    if run is None or run.statutory.stopped is None:
        return None
    judged = run.promised or run.statutory
    return worktime.remaining(judged, today=run.statutory.stopped, calendar=dossier.calendar)

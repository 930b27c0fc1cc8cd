"""The four bans (四条禁令): evidence complete on the spot, exceptions approved beforehand, a step up with every breach.

How often is counted in the months before the breach, over what was decided (`Dossier.earlier`). Up more than
a step needs a reason, down the approval of the higher approver; dismissal only on the law's grounds, else transfer.
Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.defaults import count_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.bans import Ban, BanBreachFound, LighterApproved
from xiaoneng.matters.vocabulary.discipline import Exempted, MeasureDecided
from xiaoneng.matters.vocabulary.measures import NAMES, Exemption, Measure
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime import hours
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.limits import add_months

key = "four_bans"
name = Phrase("四条禁令", "The four bans")
basis = default("four-bans")

STEPS = (
    (Measure.ORAL_WARNING, Measure.WRITTEN_WARNING),
    (Measure.CIRCULATED,),
    (Measure.OFF_POST_TRAINING,),
    (Measure.TRANSFER,),
    (Measure.DISMISSAL,),
)
"""What the first, second, … breach in the months that count entails; more entail the last."""
CALENDAR = Citation("全国年节及纪念日放假办法", "")


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why a breach may not be registered, or not be dealt with, as it stands."""
    opening = dossier.opening
    if not isinstance(opening, BanBreachFound):
        return
    match act:
        case BanBreachFound():
            yield from _evidence(act)
            yield from _forbidden_then(act, calendar=dossier.calendar)
        case MeasureDecided():
            yield from _excepted(opening)
            yield from _step(dossier, act)
        case Exempted() if act.exemption is Exemption.APPROVED_DUTY and not excepted(opening):
            yield _refused(
                "没有事先批准在案的外事、招商公务，不能以此免责",
                "No foreign or investment duty stands approved beforehand: this exempts nobody",
            )
        case _:
            return


def _refused(zh: str, en: str, *, on: Citation = basis) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=on)


def _evidence(act: BanBreachFound) -> Iterator[Refusal]:
    """Yield one refusal that names everything the evidence lacks."""
    lacking = []
    least = count_of("four-bans-witnesses", on=local_day(act.happened_at))
    if len({one.strip() for one in act.witnesses if one.strip()}) < least:
        lacking.append(Phrase(f"{least} 名以上见证人", f"{least} witnesses"))
    if act.signing is None:
        lacking.append(
            Phrase("本人签字或者注明拒签的现场笔录", "a record signed on the spot, or the refusal noted")
        )
    if act.duty is not None and not act.prior_approval.strip():
        lacking.append(Phrase("例外公务的事先批准文号", "the number of the prior approval"))
    if lacking:
        zh, en = "、".join(one.zh for one in lacking), ", ".join(one.en for one in lacking)
        yield _refused(f"证据不全，缺：{zh}", f"The evidence lacks {en}")
    if act.happened_at > act.at:
        yield _refused("发生时间不得晚于登记时间", "It happened before it is registered")


def _forbidden_then(act: BanBreachFound, *, calendar: WorkCalendar) -> Iterator[Refusal]:
    """Yield that what was seen is not forbidden at that time."""
    day = local_day(act.happened_at)
    if act.kind is Ban.LUNCH_ALCOHOL and not calendar.is_working(day):
        yield _refused(
            f"{day} 按工作日历不是工作日，不适用工作日中午禁酒",
            f"{day} is no working day by the calendar: the lunch ban does not hold",
            on=CALENDAR,
        )
    if act.kind is Ban.CHAT_GAMES and not _in_office_hours(act.happened_at, calendar=calendar):
        yield _refused(
            "不在办公时间内，不适用工作时间禁令",
            "Outside office hours: the ban of working hours does not hold",
            on=default("office-hours"),
        )


def _in_office_hours(at: datetime, *, calendar: WorkCalendar) -> bool:
    """Tell whether the office is open in the minute of an instant."""
    return hours.minutes(at + timedelta(minutes=1), calendar=calendar) > hours.minutes(at, calendar=calendar)


def excepted(opening: BanBreachFound) -> bool:
    """Tell whether the breach was an excepted duty, approved beforehand."""
    return opening.duty is not None and bool(opening.prior_approval.strip())


def _excepted(opening: BanBreachFound) -> Iterator[Refusal]:
    if excepted(opening):
        number = opening.prior_approval.strip()
        yield _refused(
            f"例外公务事先批准在案（{number}），应当免予追究",
            f"An excepted duty approved beforehand ({number}): it is exempted",
        )


def count(dossier: Dossier) -> int:
    """Return how many breaches were decided in the months before this one that count."""
    day = _day(dossier)
    since = add_months(day, -_months(dossier))
    return sum(since < one.day <= day for one in dossier.earlier)


def _day(dossier: Dossier) -> date:
    opening = dossier.opening
    return local_day(opening.happened_at if isinstance(opening, BanBreachFound) else opening.at)


def _months(dossier: Dossier) -> int:
    return count_of("four-bans-months", on=_day(dossier))


def expected(dossier: Dossier) -> tuple[Measure, ...]:
    """Return the measures that the count calls for."""
    return STEPS[min(count(dossier), len(STEPS) - 1)]


def _step(dossier: Dossier, act: MeasureDecided) -> Iterator[Refusal]:
    due = expected(dossier)
    place = next(place for place, step in enumerate(STEPS) if act.measure in step) if _known(act) else -1
    wanted = STEPS.index(due)
    months, turn = _months(dossier), count(dossier) + 1
    named = "、".join(NAMES[one].zh for one in due), " or ".join(NAMES[one].en for one in due)
    if place > wanted and not act.skipped.strip():
        yield _refused(
            f"{months} 个月内第 {turn} 次，应为{named[0]}；越级须写明理由",
            f"Breach no. {turn} in {months} months calls for {named[1]}: going higher needs a reason",
        )
    if place < wanted and not _stopped_at_transfer(act, wanted) and not _lighter(dossier, act):
        yield _refused(
            f"{months} 个月内第 {turn} 次，应为{named[0]}；从轻须经上级批准",
            f"Breach no. {turn} in {months} months calls for {named[1]}: going lower needs approval",
        )


def _known(act: MeasureDecided) -> bool:
    return any(act.measure in step for step in STEPS)


def _stopped_at_transfer(act: MeasureDecided, wanted: int) -> bool:
    """Tell whether a transfer stands in for a dismissal that has no ground in law."""
    return wanted == len(STEPS) - 1 and act.measure is Measure.TRANSFER


def _lighter(dossier: Dossier, act: MeasureDecided) -> bool:
    approved = dossier.last(LighterApproved)
    return approved is not None and approved.measure is act.measure


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield nothing: a breach of a ban is itself a matter, and its terms are those of dereliction."""
    yield from ()

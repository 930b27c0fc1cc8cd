"""The hearing (听证) on the way to a decision: who is told, in time, before whom, and what binds afterwards.

行政许可法第四十六条至第四十八条, asked by the time limit system. Knows people by name only.
"""

from __future__ import annotations

from collections.abc import Iterator

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.decision import Granted, Refused
from xiaoneng.matters.vocabulary.handling import (
    Examined,
    HearingHeld,
    HearingNotified,
    HearingRequested,
    HearingTold,
    Proposed,
)
from xiaoneng.worktime.days import local_day

TOLD = Citation("行政许可法", "第四十七条第一款")
HELD = Citation("行政许可法", "第四十八条")
INTERESTED = Citation("行政许可法", "第三十六条")
NOTICE_DAYS = 7
"""Working days between the notice and the day of the hearing (第四十八条第一款第一项, 第八十二条)."""
HEARING_TRAIT = "hearing"

Objection = tuple[Phrase, Citation]


def objections(dossier: Dossier, act: Act) -> Iterator[Objection]:
    """Yield what articles 36 and 46 to 48 hold against an act."""
    match act:
        case HearingRequested():
            yield from _requested(dossier, act)
        case HearingNotified():
            yield from _notified(dossier, act)
        case HearingHeld():
            yield from _held(dossier, act)
        case Granted() | Refused():
            yield from _decided(dossier, act)
        case _:
            return


def must_be_told(dossier: Dossier) -> bool:
    """Tell whether others have a major interest in the matter, so that they are told of a hearing."""
    item = dossier.item
    return HEARING_TRAIT in dossier.traits or (item is not None and item.major_interest)


def _requested(dossier: Dossier, act: HearingRequested) -> Iterator[Objection]:
    run = dossier.state.runs.get(Clock.HEARING_REQUEST)
    last = dossier.due(run) if run else None
    if last is not None and local_day(act.at) > last:
        yield (
            Phrase(f"申请听证的期限已于 {last} 届满", f"The term to ask for a hearing ended on {last}"),
            TOLD,
        )


def _notified(dossier: Dossier, act: HearingNotified) -> Iterator[Objection]:
    earliest = dossier.calendar.shift(local_day(act.at), NOTICE_DAYS)
    if act.held_on < earliest:
        yield (
            Phrase(
                f"须在举行听证七个工作日前通知，最早为 {earliest}",
                f"Seven working days' notice are due: {earliest} at the earliest",
            ),
            HELD,
        )
    yield from _presides(dossier, act.presider, act)


def _held(dossier: Dossier, act: HearingHeld) -> Iterator[Objection]:
    notified = dossier.last(HearingNotified)
    if notified is not None and local_day(act.at) != notified.held_on:
        yield (
            Phrase(
                f"听证须在通知的日期 {notified.held_on} 举行，改期须重新通知",
                f"It was notified for {notified.held_on}: another day needs another notice",
            ),
            HELD,
        )
    if not act.signed:
        yield (
            Phrase("听证笔录须由参加人签字或者盖章", "The record must be signed by those who took part"),
            HELD,
        )
    yield from _presides(dossier, act.presider, act)


def _presides(dossier: Dossier, presider: str, act: Act) -> Iterator[Objection]:
    if presider.strip() in examiners(dossier) | {act.by.name}:
        yield (
            Phrase(
                f"{presider}是本件的审查人员，不得主持听证",
                f"{presider} examines this matter and may not preside",
            ),
            HELD,
        )


def examiners(dossier: Dossier) -> frozenset[str]:
    """Return the names of those who examined or proposed in this matter."""
    found = {one.by.name for one in dossier.acts if isinstance(one, Examined | Proposed)}
    for one in dossier.every(Examined):
        found |= {officer.strip() for officer in one.officers}
    return frozenset(found)


def _decided(dossier: Dossier, act: Granted | Refused) -> Iterator[Objection]:
    if must_be_told(dossier) and not dossier.last(HearingTold) and Clock.HANDLING in dossier.state.runs:
        yield (
            Phrase(
                "直接关系他人重大利益，须先告知申请人、利害关系人有权申请听证",
                "Others have a major interest: both sides are first told of their right to a hearing",
            ),
            INTERESTED,
        )
    run = dossier.state.runs.get(Clock.HEARING_REQUEST)
    last = dossier.due(run) if run else None
    if last is not None and local_day(act.at) <= last:
        words = Phrase(f"申请听证的期限至 {last}，尚未届满", f"A hearing may still be asked for until {last}")
        yield words, TOLD
    requested, held = dossier.last(HearingRequested), dossier.last(HearingHeld)
    if requested is not None and held is None:
        yield Phrase("已申请听证，尚未举行", "A hearing was asked for and not yet held"), TOLD
    if held is not None and not act.reasons.strip():
        yield (
            Phrase(
                "举行听证的，决定须根据听证笔录说明理由",
                "After a hearing the decision gives reasons from its record",
            ),
            HELD,
        )

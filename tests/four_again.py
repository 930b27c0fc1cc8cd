"""The second and fourth always read once more, from whole dossiers and day by day: what a time machine compares with.

Written apart from `xiaoneng.openness`, slowly and plainly, so that a mistake in one is not in the other.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.wanderers import Town
from xiaoneng.desk import recording
from xiaoneng.matters import conflict
from xiaoneng.matters.access import CONFIDENTIAL, visible_to
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import Bar, Matter
from xiaoneng.matters.referred import referred
from xiaoneng.matters.vocabulary.cards import (
    CardClosed,
    CardContested,
    CardExempted,
    CardUpheld,
    CardWithdrawn,
    RecommendationMade,
)
from xiaoneng.matters.vocabulary.complaint import AnsweredOnSpot, ComplaintConcluded
from xiaoneng.matters.vocabulary.complaint_after import ReviewConcluded
from xiaoneng.matters.vocabulary.complaint_words import Consequence
from xiaoneng.matters.vocabulary.exposure import ExposureBarred
from xiaoneng.organisation import access as organisation
from xiaoneng.organisation import queries as roster
from xiaoneng.rules.allegations import proven
from xiaoneng.supervision.models import Card
from xiaoneng.worktime.days import local_day


def dossiers(procedure: str) -> list[Dossier]:
    rows = Matter.objects.filter(procedure=procedure).order_by("pk")
    return [recording.read(number) for number in rows.values_list("number", flat=True)]


def over(since: datetime, days: int, now: datetime) -> bool:
    """Tell whether a term of working days is over, walking day by day."""
    calendar = organisation.calendar_book("330200").latest
    day: date = local_day(since)
    for _ in range(days):
        day += timedelta(days=1)
        while not calendar.is_working(day):
            day += timedelta(days=1)
    return local_day(now) > day


def left_undisposed(now: datetime) -> set[str]:
    """Return what the second always must list, read from whole dossiers."""
    discipline = dossiers("discipline")
    pointed = {str(getattr(one.opening, "reference", "")).strip() for one in discipline}
    numbers = {one.number for one in discipline}
    cases = {str(getattr(one.opening, "card", "")): one for one in dossiers("card")}
    found = set()
    for card in Card.objects.filter(level="red"):
        case = cases.get(card.number)
        last = case.last(CardContested, CardUpheld) if case else None
        ended = case.last(CardWithdrawn, RecommendationMade, CardExempted, CardClosed) if case else None
        if ended or card.number in pointed or isinstance(last, CardContested):
            continue
        if over(last.at if last else card.raised_at, 5, now):
            found.add(card.number)
    for one in dossiers("complaint"):
        concluded = one.every(ComplaintConcluded) + one.every(ReviewConcluded) + one.every(AnsweredOnSpot)
        spot = one.last(AnsweredOnSpot)
        if not concluded or not (_ever_proven(one) or (spot and spot.finding.proven)):
            continue
        done = one.number in pointed or any(_follows(act, numbers) for act in concluded)
        if not done and over(max(act.at for act in concluded), 5, now):
            found.add(one.number)
    return found


def _ever_proven(dossier: Dossier) -> bool:
    return bool(proven(dossier)) or any(
        getattr(act, "finding", None) is not None and act.finding.proven  # type: ignore[attr-defined]
        for act in dossier.acts
    )


def _follows(act: Any, numbers: set[str]) -> bool:
    match act.consequence:
        case Consequence.DISCIPLINE:
            return act.reference.strip() in numbers
        case Consequence.CARD | Consequence.RECTIFICATION:
            return True
        case Consequence.EXEMPTED:
            return bool(act.exemption.strip())
        case _:
            return False


def left_unpublished(now: datetime) -> set[str]:
    """Return what the fourth always must list, read from whole dossiers."""
    answered: dict[str, str] = {}
    late_from: dict[str, datetime] = {}
    for one in dossiers("exposure"):
        number = str(getattr(one.opening, "reference", "")).strip()
        barred = one.last(ExposureBarred)
        if (
            one.stage.key == "exposed"
            or (barred and barred.until is None)
            or (barred and barred.until is not None and local_day(now) <= barred.until)
        ):
            answered[number] = one.number
        elif one.stage.key == "exposure_withdrawn":
            late_from[number] = one.acts[-1].at
    found = set()
    for one in dossiers("discipline"):
        proof = referred(one.number, one.acts)
        grave = proof.grave or str(getattr(one.opening, "source", "")) == "consequence"
        decided = proof.measure and proof.proven_at is not None and proof.stands and not proof.contested
        if grave and decided and proof.proven_at and one.number not in answered:
            since = max(proof.proven_at, late_from.get(one.number, proof.proven_at))
            if over(since, 20, now):
                found.add(one.number)
    return found


def nobody_sees_what_bars_them(town: Town) -> None:
    """Assert that no list of anybody holds a confidential matter whose marks they bear."""
    barred: dict[str, set[str]] = {}
    for number, mark in Bar.objects.filter(matter__procedure__in=CONFIDENTIAL).values_list(
        "matter__number", "mark"
    ):
        barred.setdefault(number, set()).add(mark)
    people = list(town.offices.people.values())
    servants = roster.servants(people)
    kin = roster.relatives(people)
    for person, servant in servants.items():
        by = roster.capacities_of(person, at=town.now)
        seen = set(visible_to(by).values_list("number", flat=True)) if by else set()
        for number in seen & barred.keys():
            opened = Matter.objects.get(number=number).opened_at
            own = conflict.standing_of(servant, relatives=kin.get(person, ()), since=opened)
            assert not conflict.in_conflict(frozenset(barred[number]), own), (person, number)

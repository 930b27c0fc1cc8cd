"""Deeds of accountability: a dereliction or a breach of the bans registered, a leader's matter opened by itself."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from xiaoneng.accountability import leaders, queries
from xiaoneng.accountability.leaders import WeakAgency
from xiaoneng.desk import duty
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.desk.recording import ActRefused
from xiaoneng.matters.vocabulary.discipline import DerelictionRegistered
from xiaoneng.matters.vocabulary.measures import Source
from xiaoneng.organisation import actions as organisation
from xiaoneng.organisation import queries as roster
from xiaoneng.organisation.capacity import SYSTEM, Duty, Standing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Leaders' matters that were opened, by number, and the agencies for which none could be, with the reason."""

    numbers: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()


class NoLeader(LookupError):
    """Nobody holds the post of the agency's head."""


def open_leader_cases(*, now: datetime) -> Opened:
    """Open the matter of every leader whose agency was weak in the last closed quarter and who has none yet.

    Once for ever by agency and quarter, whoever else is doing the same. One that cannot be opened stops no other.
    """
    numbers, failed = [], []
    for one in leaders.due(now):
        try:
            number = _opened(one, now=now)
        except (ActRefused, CannotOpen, NoLeader) as reason:
            log.warning("no leader's matter for %s: %s", one.reference, reason)
            failed.append((one.agency, str(reason)))
            continue
        if number:
            numbers.append(number)
    return Opened(numbers=tuple(numbers), failed=tuple(failed))


@transaction.atomic
def _opened(weak: WeakAgency, *, now: datetime) -> str:
    """Return the number of the matter opened; empty where somebody else was quicker."""
    organisation.hold_agency(weak.agency)
    if queries.registered([weak.reference]):
        return ""
    act = DerelictionRegistered(
        at=now,
        by=SYSTEM,
        source=Source.WEAK_AGENCY,
        reference=weak.reference,
        person=_head(weak.agency, now=now),
        facts=weak.facts.zh,
    )
    return duty.register_dereliction(act, now=now).number


def _head(agency: str, *, now: datetime) -> int:
    post = roster.post_for(agency, Duty.HEAD)
    seat = roster.seats([post]).get(post)
    held = seat.holding(Standing.PRIMARY, at=now) if seat else None
    if held is None:
        raise NoLeader(f"{agency}: nobody holds the post of its head")
    return held.person

"""Cards as cases (红黄牌办理): each yellow or red card opens one matter; one not answered calls for a red card.

Opening is part of the transaction that files the card. A card whose case could not be opened (nobody could answer
or judge it) keeps none and is tried again by the daily walk; it stops no other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from xiaoneng.desk.carding import open_card
from xiaoneng.desk.many import dossiers
from xiaoneng.law.citation import default
from xiaoneng.matters.access import CONFIDENTIAL
from xiaoneng.matters.acts import Clock, Term
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.queries import marks_of
from xiaoneng.matters.vocabulary.cards import CardIssued, CardLevel, CardUnanswered
from xiaoneng.organisation.capacity import SYSTEM
from xiaoneng.supervision import actions, queries
from xiaoneng.supervision.card import Filed, Raised, card
from xiaoneng.supervision.finding import unanswered
from xiaoneng.supervision.levels import Cause, Level
from xiaoneng.supervision.rulesets import edition
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.limits import Limit, Unit

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The matter that the case of a card is about, or why it could not be read."""

    matter: int
    read: Dossier | Exception


def open_cases(filed: Iterable[Filed], *, now: datetime) -> dict[str, str]:
    """Open a case for each of these cards and return its number by the card's; one that cannot be opened is left.

    Runs within the caller's transaction.
    """
    opened: dict[str, str] = {}
    for one in filed:
        try:
            with transaction.atomic():
                opened[one.number] = _opened(one, now=now)
        except Exception:
            log.exception("the case of card %s could not be opened; the daily walk tries again", one.number)
    return opened


def _opened(filed: Filed, *, now: datetime) -> str:
    receipt = open_card(
        _issued(filed, now=now),
        agency=filed.agency,
        subject=_subject(filed),
        terms=_terms(filed, on=local_day(now)),
        confidential=filed.procedure in CONFIDENTIAL,
        now=now,
    )
    actions.give_case(filed.pk, case=receipt.number)
    return receipt.number


def _issued(filed: Filed, *, now: datetime) -> CardIssued:
    return CardIssued(
        at=now,
        by=SYSTEM,
        level=CardLevel(filed.level),
        card=filed.number,
        about=filed.matter_number,
        cause=filed.cause,
        rule=filed.rule,
        post=filed.post,
        named=filed.person_name,
        words=filed.zh,
        words_en=filed.en,
        evidence=tuple(filter(None, filed.sequences.split(","))),
        basis=f"{filed.instrument}{filed.article}",
        barred=marks_of(filed.matter),
    )


def _subject(filed: Filed) -> str:
    """Return what lists call the case: level and cause, nothing of the matter itself."""
    return f"{Level(filed.level).phrase.zh}：{Cause(filed.cause).phrase.zh}"


def _terms(filed: Filed, *, on: date) -> tuple[Term, ...]:
    """Return the term to answer by the rules under which the card was raised, on the day on which its case opens."""
    rules = edition(filed.rule_set, filed.rule_set_edition)
    line = rules.rule_for(Cause.UNANSWERED) if rules else None
    if line is None or not line.topic:
        return ()
    days = Limit(line.days(on=on), Unit.WORKING_DAYS)
    return (Term(clock=Clock.ANSWER, statutory=days, basis=default(line.topic)),)


def originals(read: Mapping[int, Dossier | Exception]) -> dict[int, Original]:
    """Return, for the unanswered cases of cards among these, the matters that they are about."""
    silent = [matter for matter, one in read.items() if isinstance(one, Dossier) and one.last(CardUnanswered)]
    about = queries.matters_of_cases(silent) if silent else {}
    found = dossiers(sorted(set(about.values()))) if about else {}
    return {case: Original(matter=matter, read=found[matter]) for case, matter in about.items()}


def turned_red(case: Dossier, original: Original) -> list[Raised]:
    """Return the red card that an unanswered yellow one calls for on its matter, if any; raises what reading raised."""
    if isinstance(original.read, Exception):
        raise original.read
    ruled = unanswered(case, original=original.read)
    found = card(ruled, original.read, matter=original.matter) if ruled else None
    return [found] if found else []

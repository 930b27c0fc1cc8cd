"""Terms that a default of ours fixes (本平台默认期限): their length is the row's, never a number written here.

What a procedure declares is the newest number, for its printed page. A matter keeps the number of the day on which it
was opened: `on` asks the row again then, and the opening holds it for good.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xiaoneng.law.citation import DEFAULTS, default
from xiaoneng.law.defaults import count_of
from xiaoneng.matters.acts import Clock, Term
from xiaoneng.worktime.limits import Limit, Unit

NEWEST = date.max


def ours(clock: Clock, topic: str, *, unit: Unit = Unit.WORKING_DAYS) -> Term:
    """Return the term that a default of ours fixes for a clock; raises KeyError for an unknown topic."""
    return Term(clock=clock, statutory=Limit(count_of(topic, on=NEWEST), unit), basis=default(topic))


def on(term: Term, day: date) -> Term:
    """Return a declared term as it is for a matter opened on `day`: one of ours with the number of the day."""
    if term.basis.instrument != DEFAULTS:
        return term
    return replace(term, statutory=replace(term.statutory, count=count_of(term.basis.article, on=day)))

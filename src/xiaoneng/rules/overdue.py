"""A clock that ran out, as a finding: for rules that judge clocks of their own. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import lapse_moment
from xiaoneng.rules.record import missed, owner_on, rung
from xiaoneng.rules.rule import Breach


def overdue(
    dossier: Dossier, *, rule: str, clocks: Mapping[Clock, Phrase], now: datetime
) -> Iterator[Breach]:
    """Yield a breach of `rule` for each run of these clocks whose last day passed, by what each clock measures."""
    for running in dossier.every_run():
        last = missed(running.statutory, dossier, now=now) if running.clock in clocks else None
        if last is None:
            continue
        step = clocks[running.clock]
        yield Breach(
            rule=rule,
            key=rung(running, "statute"),
            since=lapse_moment(last),
            what=Phrase(f"{step.zh}超过期限：{last} 届满", f"The term of {step.en} ended on {last}"),
            basis=running.term.basis,
            evidence=(running.opened_by,),
            post=owner_on(dossier, last),
        )

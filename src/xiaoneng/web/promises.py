"""The days on which a complainant may expect something (承诺日历), from the terms the matter was opened with. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Term
from xiaoneng.matters.dossier import Dossier
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.runs import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedDay:
    """A day, at the latest, and what will have happened by it; `open_ended` where its year's days are not announced."""

    on: date
    words: Phrase
    open_ended: bool = False

    def plain(self) -> list[str]:
        """Return the day as a session keeps it."""
        return [self.on.isoformat(), self.words.zh, self.words.en, "1" if self.open_ended else ""]

    @classmethod
    def of(cls, kept: list[str]) -> PromisedDay:
        """Return a day that a session kept."""
        on, zh, en, open_ended = kept
        return cls(on=date.fromisoformat(on), words=Phrase(zh, en), open_ended=bool(open_ended))


SAID = {
    Clock.INTAKE: Phrase(
        "告知是否受理；期满没有告知，即为受理", "Told whether it is accepted; silence accepts it"
    ),
    Clock.HANDLING: Phrase(
        "逐项查清并答复；要延长的，会在此之前说明理由",
        "Every point looked into and answered; if it takes longer you are told why before",
    ),
}
ORDER = (Clock.INTAKE, Clock.HANDLING)
"""Each begins at the latest where the one before it ends."""


def promised_days(dossier: Dossier) -> tuple[PromisedDay, ...]:
    """Return the days by which something must have happened in a complaint just made, the latest possible of each."""
    return tuple(_days(dossier))


def _days(dossier: Dossier) -> Iterator[PromisedDay]:
    terms = {term.clock: term for term in dossier.opening.terms}
    running = dossier.run_of(Clock.INTAKE)
    start = running.statutory.start if running else None
    for clock in ORDER:
        term = terms.get(clock)
        if term is None or start is None:
            continue
        day = worktime.due(_run(term, start), calendar=dossier.calendar)
        if day is not None:
            yield PromisedDay(on=day, words=SAID[clock], open_ended=day > dossier.calendar.horizon)
        start = day


def _run(term: Term, start: date) -> Run:
    return Run(limit=term.promised or term.statutory, start=start)

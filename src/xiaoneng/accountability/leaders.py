"""Leaders answer (单位效能低下由负责人答复): which agencies were weak in a closed quarter, by what, and who has answered.

Four things make an agency weak: found unqualified in the appraisal (told by the appraisal when there is one), breaches
of the bans, red cards, and matters closed late. Each has its definition, its default and the facts that show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from xiaoneng.accountability import queries
from xiaoneng.accountability.quarter import Quarter
from xiaoneng.law.citation import Citation, default
from xiaoneng.law.defaults import count_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.access import calendar_book
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.workdays import WorkCalendar


class Cause(StrEnum):
    """What makes an agency weak."""

    BANS = "bans"
    RED_CARDS = "red_cards"
    OVERDUE = "overdue"


CAUSES = {
    Cause.BANS: Phrase("违反禁令", "Breaches of the bans"),
    Cause.RED_CARDS: Phrase("红牌", "Red cards"),
    Cause.OVERDUE: Phrase("超期", "Closed late"),
}
DEFINITIONS = {
    Cause.BANS: Phrase(
        "本季度内决定处理、未被撤销的违反四条禁令，{0} 次以上",
        "{0} or more breaches of the four bans decided in the quarter and not revoked",
    ),
    Cause.RED_CARDS: Phrase(
        "本季度内出的、未撤销的红牌，{0} 张以上",
        "{0} or more red cards raised in the quarter and not withdrawn",
    ),
    Cause.OVERDUE: Phrase(
        "本季度办结的公开办件中超过承诺期限办结的超过 {0}%，办结不少于 {1} 件",
        "More than {0} % of at least {1} public matters closed in the quarter were closed past the promise",
    ),
}
"""What each means; the marks are its thresholds."""
THRESHOLDS = {
    Cause.BANS: ("weak-bans",),
    Cause.RED_CARDS: ("weak-red-cards",),
    Cause.OVERDUE: ("weak-overdue", "weak-overdue-least"),
}
TOPICS = {
    Cause.BANS: default("weak-bans"),
    Cause.RED_CARDS: default("weak-red-cards"),
    Cause.OVERDUE: default("weak-overdue"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """One thing that makes an agency weak: what the record shows, of how many, by the thresholds of which day."""

    cause: Cause
    on: date
    count: int
    of: int = 0

    @property
    def facts(self) -> Phrase:
        """Return what the record shows, in words."""
        match self.cause:
            case Cause.BANS:
                return Phrase(f"违反禁令 {self.count} 次", f"{self.count} breaches of the bans")
            case Cause.RED_CARDS:
                return Phrase(f"红牌 {self.count} 张", f"{self.count} red cards")
            case Cause.OVERDUE:
                share = f"{self.count / self.of:.1%}"
                return Phrase(
                    f"办结 {self.of} 件，超期 {self.count} 件（{share}）",
                    f"{self.count} of {self.of} closed late ({share})",
                )

    @property
    def definition(self) -> Phrase:
        """Return when this makes an agency weak."""
        words, limits = DEFINITIONS[self.cause], _limits(self.cause, on=self.on)
        return Phrase(words.zh.format(*limits), words.en.format(*limits))

    @property
    def basis(self) -> Citation:
        """Return the default of ours that sets the threshold."""
        return TOPICS[self.cause]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakAgency:
    """An agency that was weak in a quarter, why, until when its leader's matter is opened, and its number."""

    agency: str
    quarter: Quarter
    weaknesses: tuple[Weakness, ...]
    open_by: date
    number: str = ""

    @property
    def reference(self) -> str:
        """Return what the leader's matter refers to: it exists once for ever by this."""
        return f"{self.agency} {self.quarter}"

    @property
    def facts(self) -> Phrase:
        """Return everything that the record shows, in words."""
        zh = "；".join(one.facts.zh for one in self.weaknesses)
        en = "; ".join(one.facts.en for one in self.weaknesses)
        return Phrase(f"{self.quarter.year} 年第 {self.quarter.number} 季度：{zh}", f"{self.quarter}: {en}")


def _limits(cause: Cause, *, on: date) -> list[int]:
    return [count_of(topic, on=on) for topic in THRESHOLDS[cause]]


def weaknesses(
    agency: str,
    *,
    on: date,
    bans: Mapping[str, int],
    red: Mapping[str, int],
    late: Mapping[str, tuple[int, int]],
) -> Iterator[Weakness]:
    """Yield what makes an agency weak, given the counts of all, by the thresholds of the day `on`."""
    for cause, counted in ((Cause.BANS, bans), (Cause.RED_CARDS, red)):
        (least,) = _limits(cause, on=on)
        if counted.get(agency, 0) >= least:
            yield Weakness(cause=cause, on=on, count=counted[agency])
    count, of = late.get(agency, (0, 0))
    most, least = _limits(Cause.OVERDUE, on=on)
    if of >= least and count * 100 > most * of:
        yield Weakness(cause=Cause.OVERDUE, on=on, count=count, of=of)


def weak(quarter: Quarter) -> tuple[WeakAgency, ...]:
    """Return the agencies that were weak in a quarter, by code, with the number of the leader's matter if there is one.

    Thresholds are those of the quarter's last day.
    """
    bans, red, late = queries.ban_breaches(quarter), queries.red_cards(quarter), queries.late(quarter)
    on, open_by = quarter.until - timedelta(days=1), _open_by(quarter, calendar_book().latest)
    found = []
    for agency in sorted({*bans, *red, *late}):
        why = tuple(weaknesses(agency, on=on, bans=bans, red=red, late=late))
        if why:
            found.append(WeakAgency(agency=agency, quarter=quarter, weaknesses=why, open_by=open_by))
    numbers = queries.registered([one.reference for one in found])
    return tuple(replace(one, number=numbers.get(one.reference, "")) for one in found)


def _open_by(quarter: Quarter, calendar: WorkCalendar) -> date:
    """Return the last day on which the leader's matter is opened in time: so many working days after the quarter."""
    last = quarter.until - timedelta(days=1)
    return calendar.shift(last, count_of("leader-answers", on=last))


def due(now: datetime) -> tuple[WeakAgency, ...]:
    """Return the agencies weak in the last closed quarter whose leader has no matter yet."""
    return tuple(one for one in weak(Quarter.closed_before(local_day(now))) if not one.number)

"""Card rules (红黄牌规则) as dated rule sets by jurisdiction: what raises which card, and who is told.

Three local models that were in force and the default that this product recommends. Knows no matter, no
database and no calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from xiaoneng.law.citation import Certainty, Citation, default
from xiaoneng.law.defaults import count_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Role
from xiaoneng.supervision.levels import Cause, Level

OFFICERS = (Role.HANDLER, Role.REVIEWER, Role.LEADER, Role.HEAD)
"""Handler, reviewer and approver (承办人、审核人、批准人): a grave card is shown to all, and answered by one."""
ANSWER = "yellow-unanswered"
"""The default that tells in how many working days a card is answered where the rules name no number."""
SHOWN_AS = {
    ("time_limit", "pause"): Cause.PAUSE,
    ("time_limit", "step"): Cause.STEP,
    ("refusal_filing", "unfiled"): Cause.GRAVE,
}
"""Breaches, by system and the first word of their key, that are more than minor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRule:
    """One line of a rule set: the cause, the card, who is told beside the post answerable, and the source.

    `topic` is the default of ours that tells the working days after the yellow card for `UNANSWERED`; "" for no term.
    """

    cause: Cause
    level: Level
    basis: Citation
    tells: tuple[Role, ...] = ()
    topic: str = ""

    def days(self, *, on: date) -> int:
        """Return the working days of the rule on a day; 0 where it has none."""
        return count_of(self.topic, on=on) if self.topic else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One edition of a jurisdiction's card rules, in force over a half-open period.

    `divisions` are prefixes of division codes that adopted it; empty for a model that is only on offer.
    """

    key: str
    edition: int
    name: Phrase
    divisions: tuple[str, ...]
    active_from: date
    active_until: date | None = None
    rules: tuple[CardRule, ...]

    def rule_for(self, cause: Cause) -> CardRule | None:
        """Return the rule of a cause; None if this jurisdiction raises nothing for it."""
        return next((one for one in self.rules if one.cause is cause), None)

    def reaches(self, division: str, *, on: date) -> int:
        """Return how closely the set fits a division on a day: -1 not at all, else the length of its prefix."""
        if on < self.active_from or (self.active_until is not None and self.active_until <= on):
            return -1
        return max((len(one) for one in self.divisions if division.startswith(one)), default=-1)


def _ours(cause: Cause, level: Level, topic: str, *, tells: tuple[Role, ...] = ()) -> CardRule:
    term = topic if cause is Cause.UNANSWERED else ""
    return CardRule(cause=cause, level=level, basis=default(topic), tells=tells, topic=term)


RECOMMENDED = RuleSet(
    key="recommended",
    edition=1,
    name=Phrase("本平台推荐规则", "Recommended rules"),
    divisions=("",),
    active_from=date(2004, 1, 1),
    rules=(
        _ours(Cause.NEAR, Level.REMINDER, "reminder"),
        _ours(Cause.STEP, Level.YELLOW, "yellow-card"),
        _ours(Cause.PAUSE, Level.YELLOW, "yellow-card"),
        _ours(Cause.PROMISE, Level.YELLOW, "yellow-card"),
        _ours(Cause.MINOR, Level.YELLOW, "yellow-card"),
        _ours(Cause.STATUTE, Level.RED, "red-card", tells=OFFICERS),
        _ours(Cause.GRAVE, Level.RED, "red-card", tells=OFFICERS),
        _ours(Cause.UNANSWERED, Level.RED, ANSWER, tells=OFFICERS),
    ),
)


def _dongguan(cause: Cause, level: Level, *, tells: tuple[Role, ...] = (), topic: str = "") -> CardRule:
    basis = Citation("东莞市行政审批电子监察管理办法", "", Certainty.EXCERPT)
    return CardRule(cause=cause, level=level, basis=basis, tells=tells, topic=topic)


DONGGUAN = RuleSet(
    key="dongguan",
    edition=1,
    name=Phrase("东莞模式（2006）", "Dongguan model (2006)"),
    divisions=("4419",),
    active_from=date(2006, 1, 1),
    rules=(
        _dongguan(Cause.NEAR, Level.REMINDER, tells=(Role.HEAD,)),
        _dongguan(Cause.PROMISE, Level.YELLOW, tells=OFFICERS),
        _dongguan(Cause.STATUTE, Level.YELLOW, tells=OFFICERS),
        # The source sets a supervision deadline (督办期限) on each card and names no number: ours stands in.
        _dongguan(Cause.UNANSWERED, Level.RED, tells=OFFICERS, topic=ANSWER),
    ),
)


def _chengdu(cause: Cause, level: Level, *, tells: tuple[Role, ...] = ()) -> CardRule:
    basis = Citation("成都市行政审批电子监察规则", "", Certainty.EXCERPT)
    return CardRule(cause=cause, level=level, basis=basis, tells=tells)


CHENGDU = RuleSet(
    key="chengdu",
    edition=1,
    name=Phrase("成都模式（2010）", "Chengdu model (2010)"),
    divisions=("5101",),
    active_from=date(2010, 1, 1),
    rules=(
        _chengdu(Cause.NEAR, Level.YELLOW),
        _chengdu(Cause.PROMISE, Level.RED, tells=OFFICERS),
        _chengdu(Cause.STATUTE, Level.RED, tells=OFFICERS),
        _chengdu(Cause.MINOR, Level.RED, tells=OFFICERS),
        _chengdu(Cause.GRAVE, Level.RED, tells=OFFICERS),
    ),
)


def _generic(cause: Cause, level: Level, *, tells: tuple[Role, ...] = ()) -> CardRule:
    basis = Citation("各地行政审批电子监察办法", "", Certainty.EXCERPT)
    return CardRule(cause=cause, level=level, basis=basis, tells=tells)


GENERIC = RuleSet(
    key="generic",
    edition=1,
    name=Phrase("通用模式", "Generic model"),
    divisions=(),
    active_from=date(2004, 1, 1),
    rules=(
        _generic(Cause.NEAR, Level.REMINDER),
        _generic(Cause.STEP, Level.YELLOW),
        _generic(Cause.MINOR, Level.YELLOW),
        _generic(Cause.PROMISE, Level.RED, tells=OFFICERS),
        _generic(Cause.STATUTE, Level.RED, tells=OFFICERS),
        _generic(Cause.GRAVE, Level.RED, tells=OFFICERS),
    ),
)

BOOK: tuple[RuleSet, ...] = (RECOMMENDED, DONGGUAN, CHENGDU, GENERIC)


@lru_cache(maxsize=4096)
def in_force(on: date, division: str) -> RuleSet:
    """Return the rule set that governs a division on a day: its own, or the recommended one.

    Raises LookupError for a day before any set was in force.
    """
    found = max(BOOK, key=lambda one: (one.reaches(division, on=on), one.edition))
    if found.reaches(division, on=on) < 0:
        raise LookupError(f"no card rules for {division} on {on}")
    return found


def edition(key: str, number: int) -> RuleSet | None:
    """Return one edition of a rule set; None where it is not in the book any more."""
    return next((one for one in BOOK if (one.key, one.edition) == (key, number)), None)


def cause_of(rule: str, *, key: str) -> Cause:
    """Return what a breach of one of the eight systems counts as, by the first word of its key."""
    return SHOWN_AS.get((rule, key.partition("/")[0]), Cause.MINOR)

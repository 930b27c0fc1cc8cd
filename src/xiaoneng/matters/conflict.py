"""Conflicts of interest (利益冲突与回避): who may neither see, handle nor close a matter, as marks that are compared.

A matter bears the marks of those whom it bars; everybody has marks of their own. Where one mark is in both, that
person is kept out: from the list, from the page, from every act, and from being sent the matter at all. Marks only
ever become more. Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from xiaoneng.organisation.roster import Servant

PERSON, KIN, AGENCY = "person:", "kin:", "agency:"


def person(number: int) -> str:
    """Return the mark that bars one person."""
    return f"{PERSON}{number}"


def kin(number: int) -> str:
    """Return the mark that bars the relatives of a person, not the person."""
    return f"{KIN}{number}"


def agency(code: str) -> str:
    """Return the mark that bars everybody who holds a post in an agency: the office complained of."""
    return f"{AGENCY}{code}"


def about(people: Iterable[int], agencies: Iterable[str]) -> frozenset[str]:
    """Return the marks of a complaint: the persons complained of, their relatives, and their offices."""
    marks = {agency(one) for one in agencies if one}
    for number in people:
        marks |= {person(number), kin(number)}
    return frozenset(marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What decides whether somebody is in conflict: who they are, where they hold posts, whose relative they are."""

    person: int
    agencies: frozenset[str] = frozenset()
    kin: frozenset[int] = frozenset()

    def marks(self) -> frozenset[str]:
        """Return the marks that this person bears."""
        own = {person(self.person), *map(agency, self.agencies), *map(kin, self.kin)}
        return frozenset(own)


def standing_of(servant: Servant, *, relatives: Iterable[int], since: datetime) -> Standing:
    """Return how somebody stands: every office in which they hold a post, or held one at `since` or after it."""
    held = {one.agency for one in servant.holds if one.holding.until is None or one.holding.until > since}
    return Standing(person=servant.person, agencies=frozenset(held), kin=frozenset(relatives))


def in_conflict(barred: frozenset[str], standing: Standing) -> bool:
    """Tell whether a matter that bears the marks `barred` is closed to somebody."""
    return bool(barred & standing.marks())


def persons_in(marks: Iterable[str]) -> frozenset[int]:
    """Return the persons whom marks bar by themselves."""
    return frozenset(int(one.removeprefix(PERSON)) for one in marks if one.startswith(PERSON))


def agencies_in(marks: Iterable[str]) -> frozenset[str]:
    """Return the agencies whom marks bar."""
    return frozenset(one.removeprefix(AGENCY) for one in marks if one.startswith(AGENCY))


def kept_out(
    marks: frozenset[str],
    servants: Mapping[int, Servant],
    *,
    kin: Mapping[int, frozenset[int]],
    since: datetime,
) -> frozenset[int]:
    """Return who of these servants shares one of the marks of a matter that came at `since`."""
    standings = (
        standing_of(servant, relatives=kin.get(number, ()), since=since)
        for number, servant in servants.items()
    )
    return frozenset(one.person for one in standings if in_conflict(marks, one))

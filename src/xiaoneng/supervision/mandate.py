"""A mandate to be granted (督察员聘任), as a value, and mandates as lines of a table. Knows no database."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.vocabulary.inspection import Category

COLUMNS = (
    "name",
    "romanised",
    "login",
    "category",
    "active_from",
    "active_until",
    "document",
    "ties",
    "invented",
)
"""The columns of a table of mandates: `ties` are codes of agencies with spaces between, `invented` is yes or blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMandate:
    """A mandate of an office, for a half-open period of days."""

    agency: str
    category: Category
    active_from: date
    active_until: date
    document: str
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table of mandates: who, and what they are appointed to."""

    name: str
    mandate: NewMandate
    romanised: str = ""
    login: str = ""
    invented: bool = False


class TableFaulty(ValueError):
    """A table cannot be taken in; `faults` says everything that is wrong, line by line."""

    def __init__(self, faults: Iterable[Phrase]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(one.en for one in self.faults))


def parsed(text: str, *, agency: str) -> tuple[Line, ...]:
    """Return the lines of a table of mandates; raises TableFaulty naming every fault."""
    found: list[Line] = []
    faults: list[Phrase] = []
    for place, row in enumerate(csv.DictReader(StringIO(text.removeprefix("\ufeff"))), start=2):
        try:
            found.append(_line(row, agency=agency))
        except (ValueError, KeyError) as error:
            faults.append(Phrase(f"第 {place} 行：{error}", f"line {place}: {error}"))
    if faults:
        raise TableFaulty(faults)
    return tuple(found)


def _line(row: Mapping[str, str], *, agency: str) -> Line:
    if not row["name"].strip() or not row["document"].strip():
        raise ValueError("name, document")
    mandate = NewMandate(
        agency=agency,
        category=Category(row["category"].strip()),
        active_from=date.fromisoformat(row["active_from"].strip()),
        active_until=date.fromisoformat(row["active_until"].strip()),
        document=row["document"].strip(),
        ties=tuple((row.get("ties") or "").split()),
    )
    if mandate.active_until <= mandate.active_from:
        raise ValueError("active_until <= active_from")
    return Line(
        name=row["name"].strip(),
        mandate=mandate,
        romanised=(row.get("romanised") or "").strip(),
        login=(row.get("login") or "").strip(),
        invented=(row.get("invented") or "").strip() == "yes",
    )

"""A casebook file as values: an office, an item, a calendar, dated acts and what must hold. No database.

How a file is written: tests/casebook/README.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.casebook.office import Office, office_from
from xiaoneng.catalogue.item import ItemFacts, Material
from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Responsible, Role, Term
from xiaoneng.matters.procedure import Procedure
from xiaoneng.procedures import book
from xiaoneng.worktime.calendar import CalendarBook, Edition, WorkCalendar
from xiaoneng.worktime.limits import Limit, Unit
from xiaoneng.worktime.notice import Notice, NoticeDay, baseline

SHANGHAI = ZoneInfo("Asia/Shanghai")
UNITS = {
    "个工作日": Unit.WORKING_DAYS,
    "个办公小时": Unit.OFFICE_HOURS,
    "工作日": Unit.WORKING_DAYS,
    "日": Unit.CALENDAR_DAYS,
    "个月": Unit.MONTHS,
}
LICENCE = Citation("行政许可法", "第四十二条第一款")
USUAL_MATERIALS = ({"name": "申请表"}, {"name": "规划图"}, {"name": "证明", "conditional": True})
KNOWN = {
    "title", "procedure", "basis", "item", "post", "holding", "away", "roles", "terms", "notice", "open_tasks", "twins",
    "traits", "act", "on", "kin", "earlier", "without",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """One `[[act]]` or `[[on]]`: when it is looked at, and its words as written."""

    now: datetime
    words: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One casebook file."""

    title: Phrase
    procedure: Procedure
    item: ItemFacts | None
    office: Office
    book: CalendarBook
    terms: tuple[Term, ...]
    posts: tuple[Responsible, ...]
    open_tasks: tuple[str, ...]
    twins: tuple[str, ...]
    traits: tuple[str, ...]
    earlier: tuple[str, ...]
    acts: tuple[Row, ...]
    days: tuple[Row, ...]


def instant(words: str | datetime | date, *, end_of_day: bool = False) -> datetime:
    """Return an instant from local words, `2026-03-02 09:00`; a bare day is its first or last minute."""
    at = words if isinstance(words, date | datetime) else datetime.fromisoformat(words)
    if not isinstance(at, datetime):
        at = datetime.combine(at, time())
    if end_of_day and (not isinstance(words, str) or len(words) == len("2026-03-02")):
        at = datetime.combine(at.date(), time(23, 59))
    return at.replace(tzinfo=SHANGHAI).astimezone(UTC)


def read(path: Path) -> Case:
    """Return the case in `path`; raises ValueError naming every word of it that means nothing."""
    return case_from(tomllib.loads(path.read_text(encoding="utf-8")))


def case_from(told: Mapping[str, Any]) -> Case:
    """Return the case told by a parsed file."""
    if unknown := set(told) - KNOWN:
        raise ValueError(f"unknown words: {sorted(unknown)}")
    procedure = book.latest(told["procedure"])
    item = _item(told["item"]) if "item" in told else None
    office = office_from(told, instant=instant)
    return Case(
        title=Phrase(*told["title"]),
        procedure=procedure,
        item=item,
        office=office,
        book=_calendar(told.get("notice", ())),
        terms=_terms(procedure, item, told.get("terms", {})),
        posts=tuple(Responsible(role=Role(role), post=post) for role, post in office.roles.items()),
        open_tasks=tuple(told.get("open_tasks", ())),
        twins=tuple(told.get("twins", ())),
        traits=tuple(told.get("traits", ())),
        earlier=tuple(told.get("earlier", ())),
        acts=tuple(Row(now=instant(one.get("recorded", one["on"])), words=one) for one in told["act"]),
        days=tuple(Row(now=instant(one["day"], end_of_day=True), words=one) for one in told.get("on", ())),
    )


def limit(words: str) -> Limit:
    """Return a limit from words: `20 个工作日`, `60 日`, `2 个月`."""
    found = re.fullmatch(r"(\d+)\s*(个工作日|工作日|个办公小时|日|个月)", words)
    if found is None:
        raise ValueError(f"not a limit: {words!r}")
    return Limit(int(found[1]), UNITS[found[2]])


def _item(told: Mapping[str, Any]) -> ItemFacts:
    extension = told.get("extension", "10 个工作日")
    return ItemFacts(
        code=told.get("code", "T-001"),
        edition=told.get("edition", 1),
        name=Phrase(told.get("name", "测试事项"), "Test item"),
        agency="330200-TEST",
        in_force=date(2020, 1, 1),
        statutory=limit(told.get("statutory", "20 个工作日")),
        basis=LICENCE,
        promised=limit(told["promised"]) if "promised" in told else None,
        extension=limit(extension) if extension else None,
        extension_basis=LICENCE if extension else None,
        traits=frozenset(told.get("traits", ())),
        materials=tuple(_material(one) for one in told.get("material", USUAL_MATERIALS)),
        major_interest=told.get("major_interest", False),
    )


def _material(told: Mapping[str, Any]) -> Material:
    return Material(
        key=told.get("key", told["name"]),
        name=Phrase(told["name"], told.get("en", told["name"])),
        required=told.get("required", True),
        conditional=told.get("conditional", False),
    )


def _terms(procedure: Procedure, item: ItemFacts | None, told: Mapping[str, str]) -> tuple[Term, ...]:
    terms = [
        replace(term, statutory=limit(told[term.clock])) if term.clock in told else term
        for term in procedure.terms
    ]
    if item is not None:
        terms.append(
            Term(
                clock=Clock.HANDLING,
                statutory=item.statutory,
                promised=item.promised,
                basis=item.basis,
                extension=item.extension,
                extension_by=Role.HEAD if item.extension else None,
                extension_basis=item.extension_basis,
            )
        )
    return tuple(terms)


def _calendar(told: tuple[Mapping[str, Any], ...]) -> CalendarBook:
    notices = list(baseline())
    found = CalendarBook.begin(
        WorkCalendar.build(key="CN", notices=notices),
        known_from=datetime(2004, 1, 1, tzinfo=UTC),
        because=Phrase("国务院办公厅历年放假通知", "The State Council's yearly notices"),
    )
    for one in told:
        days = [NoticeDay(date.fromisoformat(d["day"]), d["name"], working=not d["off"]) for d in one["days"]]
        notices.append(Notice(one["year"], (), tuple(days)))
        calendar = WorkCalendar.build(key="CN", notices=notices)
        found = found.add(Edition(calendar, instant(one["known_from"]), notices[-1].title))
    return found

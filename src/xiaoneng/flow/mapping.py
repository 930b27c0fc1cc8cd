"""A mapping (对照表): which column of an agency's log says what. A TOML file; knows no log.

Columns of the case are named as in a table; in XES an attribute of a trace is `case:` and its key, so that one
mapping reads the same log as CSV and as XES.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from xiaoneng.flow.case import LogRefused
from xiaoneng.flow.forms import FORMS, SAME
from xiaoneng.flow.instants import TimeReader
from xiaoneng.flow.mapping_check import faults_of, wrong
from xiaoneng.flow.roles import GROUPS, ROLES, TIMES
from xiaoneng.law.phrase import Phrase

__all__ = ["GROUPS", "ROLES", "SOON_DAYS", "TIMES", "LogMapping", "parse_mapping"]

SOON_DAYS = 3
"""Default of ours: a feed brings no calendar of working days, and three days hold a weekend and one working day."""
JOINED = "|"
"""Stands between the values of several columns that tell an effect together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogMapping:
    """How one agency's log is read; `columns` by role of `ROLES`, `text` the file as written.

    `event_level` names the roles that change from event to event: the latest event's value is the case's.
    `due_is_a_day`: a deadline's time of day means nothing, it holds through its local day. `soon_days`: how many
    local days before its deadline a case is due soon. `zones` are the zones of roles whose times without an offset
    are written by another clock than the agency's.

    `effects` says what an event does to the clock, by its activity or by the values of `effect_by`, joined by `|`;
    `keep` are further columns to be kept. `sheet` is that of a workbook, `case_type` the type of object that is a case
    in OCEL, `form` a form of files whose columns a standard fixes.
    """

    key: str
    agency: Phrase
    times: TimeReader
    columns: Table[str, str]
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    none: frozenset[str] = frozenset()
    event_level: frozenset[str] = frozenset()
    due_is_a_day: bool = False
    soon_days: int = SOON_DAYS
    zones: Table[str, ZoneInfo] = field(default_factory=dict)
    effects: Table[str, str] = field(default_factory=dict)
    effect_by: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    sheet: str = ""
    case_type: str = ""
    form: str = ""
    text: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """Return every column named here, once each."""
        return tuple(dict.fromkeys((*self.columns.values(), *self.effect_by, *self.keep)))

    def missing(self, found: frozenset[str]) -> list[str]:
        """Return the columns named here that a log does not have."""
        return [column for column in self.asked if column not in found]

    def times_of(self, role: str) -> TimeReader:
        """Return how the times of a role are written."""
        zone = self.zones.get(role)
        return self.times if zone is None else replace(self.times, zone=zone)


def parse_mapping(text: str) -> LogMapping:
    """Return the mapping that a TOML text writes; raises LogRefused with everything wrong in it."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise LogRefused(wrong("", f"不是有效的 TOML：{broken}", f"not valid TOML: {broken}")) from None
    faults = faults_of(said, forms=FORMS)
    if faults:
        raise LogRefused(*faults)
    agency, columns, effects = said["agency"], said.get("columns", {}), said.get("effects", {})
    by, keep = columns.pop("effect", ()), said.get("keep", ())
    if said.get("form"):
        form = FORMS[said["form"]]
        columns, effects, by, keep = form.columns, SAME, form.effect, form.keep
    return LogMapping(
        key=said["key"],
        agency=Phrase(agency["zh"], agency["en"]),
        times=TimeReader(
            zone=ZoneInfo(said["zone"]),
            form=said.get("time_format", ""),
            none_from=said.get("none_from"),
            none_until=said.get("none_until"),
        ),
        columns=dict(columns),
        encoding=said.get("encoding", "utf-8-sig"),
        delimiter=said.get("delimiter", ","),
        none=frozenset(said.get("none", ())),
        event_level=frozenset(said.get("event_level", ())),
        due_is_a_day=said.get("due_is_a_day", False),
        soon_days=said.get("soon_days", SOON_DAYS),
        zones={role: ZoneInfo(zone) for role, zone in said.get("zones", {}).items()},
        effects=dict(effects),
        effect_by=(by,) if isinstance(by, str) else tuple(by),
        keep=tuple(keep),
        sheet=said.get("sheet", ""),
        case_type=said.get("case_type", ""),
        form=said.get("form", ""),
        text=text,
    )

"""A mapping (对照表): which column of an agency's log says what. A TOML file; knows no log.

Columns of the case are named as in a table; in XES an attribute of a trace is `case:` and its key, so that one
mapping reads the same log as CSV and as XES.
"""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.instants import TimeReader
from xiaoneng.law.phrase import Phrase

ROLES: dict[str, Phrase] = {
    "case": Phrase("办件编号（必填）", "the case's number (required)"),
    "started": Phrase("收件时间；不填则取第一个事件", "when it was received; without it, its first event"),
    "ended": Phrase("办结时间", "when it was closed"),
    "due": Phrase("法定期限届满时间", "the statutory deadline"),
    "planned": Phrase("计划或承诺完成时间", "the agency's own target"),
    "paused": Phrase("中止起始时间（仍在中止）", "since when it is suspended (and still is)"),
    "channel": Phrase("收件渠道", "the channel it came by"),
    "department": Phrase("承办部门", "the department"),
    "person": Phrase("责任人", "the person responsible"),
    "activity": Phrase("环节名称", "the activity of an event"),
    "at": Phrase("事件时间", "the time of an event"),
    "resource": Phrase("经办人", "who did an event"),
}
"""Everything a column can say; `[columns]` of a mapping file gives columns to these."""

TIMES = ("started", "ended", "due", "planned", "paused")
GROUPS = ("channel", "department", "person")
KEYS = {
    *("key", "agency", "zone", "encoding", "delimiter", "time_format", "columns", "event_level"),
    *("none", "none_from", "none_until", "due_is_a_day", "soon_days"),
}
SOON_DAYS = 3
"""Default of ours: a feed brings no calendar of working days, and three days hold a weekend and one working day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogMapping:
    """How one agency's log is read; `columns` by role of `ROLES`, `text` the file as written.

    `event_level` names the roles that change from event to event: the latest event's value is the case's.
    `due_is_a_day`: a deadline's time of day means nothing, it holds through its local day. `soon_days`: how many
    local days before its deadline a case is due soon.
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
    text: str = ""

    def missing(self, found: frozenset[str]) -> list[str]:
        """Return the columns named here that a log does not have."""
        return [column for column in self.columns.values() if column not in found]


def parse_mapping(text: str) -> LogMapping:
    """Return the mapping that a TOML text writes; raises LogRefused with everything wrong in it."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise LogRefused(_wrong("", f"不是有效的 TOML：{broken}", f"not valid TOML: {broken}")) from None
    faults = [*_unknown(said), *_of_columns(said), *_of_values(said)]
    if faults:
        raise LogRefused(*faults)
    agency = said["agency"]
    return LogMapping(
        key=said["key"],
        agency=Phrase(agency["zh"], agency["en"]),
        times=TimeReader(
            zone=ZoneInfo(said["zone"]),
            form=said.get("time_format", ""),
            none_from=said.get("none_from"),
            none_until=said.get("none_until"),
        ),
        columns=dict(said["columns"]),
        encoding=said.get("encoding", "utf-8-sig"),
        delimiter=said.get("delimiter", ","),
        none=frozenset(said.get("none", ())),
        event_level=frozenset(said.get("event_level", ())),
        due_is_a_day=said.get("due_is_a_day", False),
        soon_days=said.get("soon_days", SOON_DAYS),
        text=text,
    )


def _wrong(column: str, zh: str, en: str) -> Fault:
    return Fault(0, column, Phrase(f"对照表：{zh}", f"mapping: {en}"))


def _unknown(said: Table[str, object]) -> list[Fault]:
    return [_wrong(key, "没有这个设置", "no such setting") for key in sorted(set(said) - KEYS)]


def _of_columns(said: Table[str, object]) -> list[Fault]:
    columns = said.get("columns")
    if not isinstance(columns, dict):
        return [_wrong("columns", "缺少 [columns] 一节", "the section [columns] is missing")]
    faults = [
        _wrong(role, "没有这个含义", f"no such role; one of {', '.join(ROLES)}")
        for role in sorted(set(columns) - set(ROLES))
    ]
    faults += [
        _wrong(role, "列名须是文字", "the name of a column must be text")
        for role, column in columns.items()
        if not isinstance(column, str) or not column
    ]
    if "case" not in columns:
        faults.append(_wrong("case", "缺少办件编号列", "the column of the case's number is missing"))
    if not {"started", "at"} & set(columns):
        faults.append(_wrong("started", "收件时间、事件时间至少一列", "needs a column started or at"))
    return faults


def _of_values(said: Table[str, object]) -> list[Fault]:
    faults = []
    if not isinstance(said.get("key"), str) or not said["key"]:
        faults.append(_wrong("key", "缺少来源代号", "the key of the feed is missing"))
    agency = said.get("agency")
    if not isinstance(agency, dict) or not {"zh", "en"} <= set(agency):
        faults.append(_wrong("agency", "须有 zh、en 两种名称", "needs a name in zh and in en"))
    if not _is_zone(said.get("zone")):
        faults.append(_wrong("zone", "须是 IANA 时区名", "must be an IANA time zone, as Asia/Shanghai"))
    levels = said.get("event_level", [])
    if not isinstance(levels, list) or set(levels) - set(GROUPS):
        faults.append(_wrong("event_level", "只能是渠道、部门、责任人", f"may hold {', '.join(GROUPS)}"))
    return faults + _of_settings(said)


def _of_settings(said: Table[str, object]) -> list[Fault]:
    faults = [
        _wrong(key, "类型不对", f"must be {kind.__name__}")
        for key, kind in KINDS.items()
        if key in said and not isinstance(said[key], kind)
    ]
    if not _is_encoding(said.get("encoding", "utf-8")):
        faults.append(_wrong("encoding", "没有这种编码", "no such encoding"))
    if len(str(said.get("delimiter", ","))) != 1:
        faults.append(_wrong("delimiter", "须是一个字符", "must be one character"))
    return faults


KINDS: dict[str, type] = {
    "encoding": str,
    "delimiter": str,
    "time_format": str,
    "none": list,
    "none_from": date,
    "none_until": date,
    "due_is_a_day": bool,
    "soon_days": int,
}


def _is_zone(name: object) -> bool:
    if not isinstance(name, str):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _is_encoding(name: object) -> bool:
    try:
        codecs.lookup(str(name))
    except LookupError:
        return False
    return True

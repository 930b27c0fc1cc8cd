"""Everything wrong with a mapping (对照表检查), all at once and in words. Knows no log and no value of a mapping."""

from __future__ import annotations

import codecs
from collections.abc import Collection
from collections.abc import Mapping as Table
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from xiaoneng.flow.case import Fault
from xiaoneng.flow.declared_check import declared_faults
from xiaoneng.flow.roles import EFFECTS, EVENT_TIMES, GROUPS, ROLES, SETTINGS, TIMES
from xiaoneng.law.phrase import Phrase

NAMED = ("key", "agency", "zone")
KINDS_IN_WORDS = {str: "文字", list: "列表", dict: "一节", bool: "true 或 false", int: "整数"}


def faults_of(said: Table[str, object], *, forms: Collection[str]) -> list[Fault]:
    """Return one fault for everything wrong in a mapping as read from its file; `forms` are those that are known."""
    return [
        *_unknown(said),
        *_named(said),
        *_settings(said),
        *_open(said),
        *_columns(said, forms),
        *_events(said),
        *(wrong(*one) for one in declared_faults(said)),
    ]


def wrong(setting: str, zh: str, en: str) -> Fault:
    """Return a fault of a setting of a mapping."""
    return Fault(0, setting, Phrase(f"对照表：{zh}", f"mapping: {en}"))


def is_zone(name: object) -> bool:
    """Tell whether a name is one of the IANA's time zones."""
    if not isinstance(name, str):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _unknown(said: Table[str, object]) -> list[Fault]:
    known = {*NAMED, *SETTINGS}
    return [wrong(key, "没有这个设置", "no such setting") for key in sorted(set(said) - known)]


def _named(said: Table[str, object]) -> list[Fault]:
    faults = []
    if not isinstance(said.get("key"), str) or not said["key"]:
        faults.append(wrong("key", "缺少来源代号", "the key of the feed is missing"))
    agency = said.get("agency")
    if not isinstance(agency, dict) or not {"zh", "en"} <= set(agency):
        faults.append(wrong("agency", "须有 zh、en 两种名称", "needs a name in zh and in en"))
    if not is_zone(said.get("zone")):
        faults.append(wrong("zone", "须是 IANA 时区名", "must be an IANA time zone, as Asia/Shanghai"))
    return faults


def _settings(said: Table[str, object]) -> list[Fault]:
    faults = [
        wrong(key, f"类型不对，应为{KINDS_IN_WORDS.get(kind, '日期')}", f"must be {kind.__name__}")
        for key, kind in SETTINGS.items()
        if key in said and key != "columns" and not _is(said[key], kind)
    ]
    if not _is_encoding(said.get("encoding", "utf-8")):
        faults.append(wrong("encoding", "没有这种编码", "no such encoding"))
    if len(str(said.get("delimiter", ","))) != 1:
        faults.append(wrong("delimiter", "须是一个字符", "must be one character"))
    if {str(level) for level in _list(said, "event_level")} - set(GROUPS):
        faults.append(wrong("event_level", "只能是渠道、部门、责任人", f"may hold {', '.join(GROUPS)}"))
    faults += [
        wrong(key, "只能列出文字", "may hold texts only")
        for key in ("none", "keep")
        if not all(isinstance(one, str) for one in _list(said, key))
    ]
    return faults + _zones(said)


def _open(said: Table[str, object]) -> list[Fault]:
    if not said.get("open") or str(said.get("licence", "")).startswith("https://"):
        return []
    return [
        wrong(
            "licence",
            "公开的须写明许可协议的网址（https）",
            "what is open needs the https address of its licence",
        )
    ]


def _zones(said: Table[str, object]) -> list[Fault]:
    zones = _dict(said, "zones")
    timed = (*TIMES, *EVENT_TIMES)
    faults = [
        wrong(f"zones.{role}", "不是表示时间的含义", f"no role of a time; one of {', '.join(timed)}")
        for role in sorted(set(zones) - set(timed))
    ]
    return faults + [
        wrong(f"zones.{role}", "须是 IANA 时区名", "must be an IANA time zone, as Asia/Shanghai")
        for role, zone in zones.items()
        if not is_zone(zone)
    ]


def _columns(said: Table[str, object], forms: Collection[str]) -> list[Fault]:
    form = said.get("form", "")
    if form in forms:
        fixed = [key for key in ("columns", "effects", "keep") if key in said]
        why = ("此格式的列由标准规定，不必写", "the standard fixes the columns of this form: leave it out")
        return [wrong(key, *why) for key in fixed]
    if form and isinstance(form, str):
        return [wrong("form", "没有这种格式", f"no such form; one of {', '.join(forms)}")]
    columns = said.get("columns")
    if not isinstance(columns, dict):
        return [wrong("columns", "缺少 [columns] 一节", "the section [columns] is missing")]
    return _roles(columns)


def _roles(columns: Table[str, object]) -> list[Fault]:
    faults = [
        wrong(role, "没有这个含义", f"no such role; one of {', '.join(ROLES)}")
        for role in sorted(set(columns) - set(ROLES))
    ]
    faults += [
        wrong(role, "列名须是文字", "the name of a column must be text")
        for role, column in columns.items()
        if not (_is_name(column) or (role == "effect" and _are_names(column)))
    ]
    if "case" not in columns:
        faults.append(wrong("case", "缺少办件编号列", "the column of the case's number is missing"))
    if not {"started", "at"} & set(columns):
        faults.append(wrong("started", "收件时间、事件时间至少一列", "needs a column started or at"))
    return faults


def _events(said: Table[str, object]) -> list[Fault]:
    columns, effects = _dict(said, "columns"), _dict(said, "effects")
    faults = [
        wrong(f"effects.{of}", f"没有这种计时效果：{effect}", f"no such effect; one of {', '.join(EFFECTS)}")
        for of, effect in effects.items()
        if effect not in EFFECTS
    ]
    if effects and not {"activity", "effect"} & set(columns):
        faults.append(
            wrong("effects", "须有环节列或计时效果列", "needs a column activity or effect to be keyed by")
        )
    if "effect" in columns and not effects:
        faults.append(
            wrong(
                "effect",
                "须有 [effects] 一节说明其值",
                "needs a section [effects] that says what its values do",
            )
        )
    return faults


def _is(value: object, kind: type) -> bool:
    """Tell whether a setting is of its kind; an instant is no date here, and true is no number."""
    odd = isinstance(value, datetime) or (isinstance(value, bool) and kind is int)
    return isinstance(value, kind) and not odd


def _is_name(column: object) -> bool:
    return isinstance(column, str) and bool(column)


def _are_names(columns: object) -> bool:
    return isinstance(columns, list) and bool(columns) and all(_is_name(one) for one in columns)


def _list(said: Table[str, object], key: str) -> list[object]:
    found = said.get(key)
    return found if isinstance(found, list) else []


def _dict(said: Table[str, object], key: str) -> Table[str, object]:
    found = said.get(key)
    return found if isinstance(found, dict) else {}


def _is_encoding(name: object) -> bool:
    try:
        codecs.lookup(str(name))
    except LookupError:
        return False
    return True

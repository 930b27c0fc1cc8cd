"""What a column of a log can say (对照含义), and the settings of a mapping beside its columns. Knows no file."""

from __future__ import annotations

from datetime import date

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
    "event": Phrase("事件自己的编号", "the event's own number"),
    "recorded": Phrase("事件登记时间", "when an event was written down"),
    "post": Phrase("经办岗位", "the post that did an event"),
    "agency": Phrase("经办机关", "the agency that did an event"),
    "item": Phrase("事项", "the service item"),
    "event_due": Phrase("该环节期限届满时间", "the deadline of this event alone"),
    "event_planned": Phrase("该环节计划完成时间", "the target of this event alone"),
    "effect": Phrase(
        "决定计时效果的列，可为多列", "what tells the effect on the clock; may be several columns"
    ),
}
"""Everything a column can say; `[columns]` of a mapping file gives columns to these."""

TIMES = ("started", "ended", "due", "planned", "paused")
GROUPS = ("channel", "department", "person")
EVENT_TIMES = ("at", "recorded", "event_due", "event_planned")
DEADLINES = frozenset({"due", "planned", "event_due", "event_planned"})
"""Roles for which a date without a time means the end of that day."""

EFFECTS = (
    *("nothing", "start", "stop", "suspend", "resume"),
    *("extend", "ask", "supply", "hand_over", "done"),
)
"""What an event can do to its case's clock; the place of a name is the number of `flow.graph.events.Effect`."""

SETTINGS: dict[str, type] = {
    "encoding": str,
    "delimiter": str,
    "time_format": str,
    "none": list,
    "none_from": date,
    "none_until": date,
    "due_is_a_day": bool,
    "soon_days": int,
    "event_level": list,
    "keep": list,
    "sheet": str,
    "case_type": str,
    "form": str,
    "open": bool,
    "licence": str,
    "zones": dict,
    "effects": dict,
    "columns": dict,
    "hours": dict,
    "order": dict,
}
"""The settings of a mapping beside its key, agency and zone, and what each must be."""

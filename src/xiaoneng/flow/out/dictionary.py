"""The data dictionary (数据字典): what every column that is handed out is, in both languages. Pure values.

The same table makes the columns of the files, the page of open data and the files that explain them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from xiaoneng.law.phrase import Phrase


class Type(StrEnum):
    """What a value is."""

    TEXT = "text"
    INSTANT = "instant"
    WHOLE = "whole"
    REAL = "real"
    FLAG = "flag"

    @property
    def phrase(self) -> Phrase:
        """Return the type in words."""
        return TYPES[self]


TYPES = {
    Type.TEXT: Phrase("文字", "text"),
    Type.INSTANT: Phrase("时刻（ISO 8601，协调世界时）", "instant (ISO 8601, UTC)"),
    Type.WHOLE: Phrase("整数", "whole number"),
    Type.REAL: Phrase("小数", "number"),
    Type.FLAG: Phrase("是否（true、false）", "true or false"),
}

RECORDED = Phrase("办理系统的记录", "the system in which the matter was handled")
DERIVED = Phrase("由记录推算", "worked out from the record")
NO_UNIT = Phrase("", "")
DAYS = Phrase("日", "days")
ROWS = Phrase("件", "cases")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table that is handed out."""

    name: str
    title: Phrase
    type: Type
    definition: Phrase
    source: Phrase = RECORDED
    unit: Phrase = NO_UNIT


def _text(name: str, zh: str, en: str, definition: Phrase, *, source: Phrase = RECORDED) -> Column:
    return Column(name=name, title=Phrase(zh, en), type=Type.TEXT, definition=definition, source=source)


def _instant(name: str, zh: str, en: str, definition: Phrase) -> Column:
    return Column(name=name, title=Phrase(zh, en), type=Type.INSTANT, definition=definition)


def derived(name: str, title: Phrase, kind: Type, definition: Phrase, unit: Phrase = NO_UNIT) -> Column:
    """Return a column that is worked out from the record."""
    return Column(name=name, title=title, type=kind, definition=definition, source=DERIVED, unit=unit)


CASE = _text(
    *("case", "办件编号", "case number"),
    Phrase("办件在其系统中的编号", "the case's number in its own system"),
)
AGENCY = _text(
    *("agency", "机关", "agency"), Phrase("承办机关的名称或代码", "name or code of the agency that acts")
)
ITEM = _text(*("item", "事项", "item"), Phrase("所办事项的名称或代码", "name or code of the service item"))
CHANNEL = _text(*("channel", "收件渠道", "channel"), Phrase("从哪里收到", "the way it came in"))
DEPARTMENT = _text(
    *("department", "承办部门", "department"), Phrase("机关内的承办部门", "department of the agency")
)

EVENT_COLUMNS: tuple[Column, ...] = (
    CASE,
    derived(
        "place",
        Phrase("顺序", "place"),
        Type.WHOLE,
        Phrase("在同一办件中按时间排列的次序，从 0 起", "order in time within its case, from 0"),
    ),
    _text("activity", "环节", "activity", Phrase("发生了什么", "what happened")),
    _instant("at", "发生时间", "at", Phrase("环节发生的时刻", "when it happened")),
    _instant(
        *("recorded_at", "登记时间", "recorded at"),
        Phrase(
            "写入其系统的时刻；晚于发生时间即为补录", "when it was written down; later than `at` is belated"
        ),
    ),
    _text("actor", "经办人", "actor", Phrase("谁办的；不公开", "who did it; never in open data")),
    _text("post", "岗位", "post", Phrase("经办的岗位", "the post that acted")),
    AGENCY,
    ITEM,
    CHANNEL,
    DEPARTMENT,
    derived(
        "effect",
        Phrase("对期限的作用", "effect on the clock"),
        Type.TEXT,
        Phrase(
            "start 起算，stop 停止，suspend 中止，resume 恢复，extend 延长，ask 转其他机关，supply 其他机关答复，"
            "hand_over 移交，done 办结；空为没有作用",
            "start, stop, suspend, resume, extend, ask (another office), supply (its answer), hand_over, done; "
            "empty: none",
        ),
    ),
    _instant(
        "event_due", "环节期限", "event due", Phrase("本环节的期限届满时刻", "when this step itself is due")
    ),
    _instant(
        "event_planned",
        "环节计划时间",
        "event planned",
        Phrase("本环节计划完成的时刻", "when it was planned"),
    ),
    derived(
        *("before", Phrase("前一环节", "before"), Type.TEXT),
        Phrase(
            "同一办件中的前一环节；首个环节为空", "the activity before it in its case; empty for the first"
        ),
    ),
    derived(
        *("before_at", Phrase("前一环节时间", "before at"), Type.INSTANT),
        Phrase("前一环节发生的时刻", "when the activity before it happened"),
    ),
    derived(
        *("suspended", Phrase("中止中", "suspended"), Type.FLAG),
        Phrase("从前一环节到本环节，办件处于中止状态", "from the one before to this, the case was suspended"),
    ),
    derived(
        *("waiting", Phrase("等待其他机关", "waiting"), Type.FLAG),
        Phrase(
            "从前一环节到本环节，办件在等其他机关",
            "from the one before to this, it waited for another office",
        ),
    ),
    derived(
        *("revision", Phrase("更正次数", "revision"), Type.WHOLE),
        Phrase("此行之前对同一事件的更正次数", "how many corrections of this event came before"),
        Phrase("次", "times"),
    ),
    _text(
        "key",
        "事件编号",
        "key",
        Phrase("事件的编号，重复接收时据此认出", "the event's number; known by it again"),
    ),
    _text(
        "more",
        "其他列",
        "more",
        Phrase("对照表保留的其他列（JSON）；不公开", "further columns kept (JSON); never open"),
    ),
)

CASE_COLUMNS: tuple[Column, ...] = (
    CASE,
    _instant(
        "started",
        "收件时间",
        "started",
        Phrase("收件时刻；没有记录的取首个环节", "received; else its first event"),
    ),
    _instant("ended", "办结时间", "ended", Phrase("办结时刻；空为未办结", "closed; empty while open")),
    _instant(
        "due",
        "法定期限",
        "due",
        Phrase("法定期限届满的时刻，已计入中止和延长", "the statutory deadline as it stands"),
    ),
    _instant("planned", "承诺时间", "planned", Phrase("机关计划或承诺完成的时刻", "the agency's own target")),
    _instant(
        "paused",
        "中止起始",
        "paused",
        Phrase("仍在中止的，自何时起", "since when it is suspended, and still is"),
    ),
    CHANNEL,
    DEPARTMENT,
    _text(
        "person", "责任人", "person", Phrase("责任人；不公开", "the person responsible; never in open data")
    ),
    AGENCY,
    ITEM,
    derived(
        *("events", Phrase("环节数", "events"), Type.WHOLE),
        Phrase("办件的环节总数", "how many events the case has"),
        Phrase("个", "events"),
    ),
    derived(
        *("first", Phrase("首个环节时间", "first"), Type.INSTANT),
        Phrase("首个环节的时刻", "when its first event was"),
    ),
    derived(
        *("last", Phrase("最近环节时间", "last"), Type.INSTANT),
        Phrase("最近环节的时刻", "when its latest event was"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that is handed out."""

    key: str
    title: Phrase
    about: Phrase
    columns: tuple[Column, ...]

    def without(self, *left_out: str) -> Table:
        """Return the table without some columns."""
        kept = tuple(one for one in self.columns if one.name not in left_out)
        return Table(key=self.key, title=self.title, about=self.about, columns=kept)


EVENTS_TABLE = Table(
    key="events",
    title=Phrase("环节", "Events"),
    about=Phrase("每个环节一行，按办件和时间排列。", "One row an event, by case and time."),
    columns=EVENT_COLUMNS,
)
CASES_TABLE = Table(
    key="cases",
    title=Phrase("办件", "Cases"),
    about=Phrase("每个办件一行。", "One row a case."),
    columns=CASE_COLUMNS,
)


def dictionary_rows(*tables: Table) -> Iterator[tuple[str, ...]]:
    """Yield the dictionary as a table: first its heads, then one row a column."""
    yield (
        "table",
        "column",
        "zh",
        "en",
        "type",
        "unit_zh",
        "unit_en",
        "source_zh",
        "source_en",
        "definition_zh",
        "definition_en",
    )
    for table in tables:
        for one in table.columns:
            said = (one.unit, one.source, one.definition)
            words = (word for phrase in said for word in (phrase.zh, phrase.en))
            yield (table.key, one.name, one.title.zh, one.title.en, one.type.value, *words)

"""The tables of GB/T 39046-2020 that tell of a case (办件各表), their columns and codes. Declarations; knows no file.

The standard is held as an excerpt: what each table holds and its codes are the standard's (tables 5 to 11), the titles of
columns follow it where they were read; where an agency titles a column otherwise, the other titles taken are beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from xiaoneng.law.citation import Certainty, Citation

STANDARD = "GB/T 39046-2020"


class Table(StrEnum):
    """The tables, named as their file or sheet is."""

    APPLICATION = "申请"
    ACCEPTANCE = "受理"
    HANDLING = "办理"
    SPECIAL = "特别程序"
    COMPLETION = "办结"
    RATING = "评价"
    INTERACTION = "互动"
    SUPERVISION = "电子监察"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column: its title and others taken for it; whether it must be there, and filled in every row.

    `codes` are the values it may have, by code; the word of a code is taken as well. `time`: it holds a time.
    """

    title: str
    also: tuple[str, ...] = ()
    there: bool = True
    filled: bool = True
    time: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A table: where the standard has it, its columns, whether a delivery needs it, whether it has one row a case."""

    basis: Citation
    fields: tuple[Field, ...]
    needed: bool = False
    single: bool = False


def _text(title: str, *also: str) -> Field:
    return Field(title=title, also=also)


def _maybe(title: str, *also: str) -> Field:
    return Field(title=title, also=also, there=False, filled=False)


def _time(title: str, *also: str, filled: bool = True, there: bool = True) -> Field:
    return Field(title=title, also=also, time=True, filled=filled, there=there)


def _code(title: str, codes: Mapping[str, str], *also: str, there: bool = True) -> Field:
    return Field(title=title, also=also, codes=codes, there=there, filled=there)


def _in(number: str) -> Citation:
    return Citation(STANDARD, f"表{number}", Certainty.EXCERPT)


CASE = _text("办件编号", "办件号", "申办流水号")
SERIAL = _maybe("流水号", "序号")
CASE_KINDS = {"1": "即办件", "2": "承诺件"}
CHANNELS = {"1": "窗口", "2": "电脑端", "3": "移动端", "4": "快递"}
ACTIONS = {"通过": "通过", "退回": "退回", "其他": "其他"}
STATES = {"待办": "待办", "已办": "已办"}
EXTENDING, OTHER = "延长审批", "其他特别程序"
SPECIALS = {"1": EXTENDING, "2": OTHER}
RATINGS = {"1": "非常满意", "2": "满意", "3": "基本满意", "4": "不满意", "5": "非常不满意"}
REFUSED = frozenset({"不同意", "不批准", "未批准", "不予批准", "不予延长"})
"""Results of a request to extend that leave the term as it was."""

TABLES: dict[Table, Declared] = {
    Table.APPLICATION: Declared(
        basis=_in("5"),
        needed=True,
        single=True,
        fields=(
            CASE,
            _time("申请时间", "申报时间"),
            _code("申报来源", CHANNELS, "申请来源", there=False),
            _code("办件类型", CASE_KINDS, there=False),
            _maybe("事项名称", "实施编码", "事项编码"),
        ),
    ),
    Table.ACCEPTANCE: Declared(
        basis=_in("6"),
        needed=True,
        single=True,
        fields=(
            CASE,
            _time("受理时间"),
            _text("受理单位", "受理部门", "受理机构"),
            _maybe("受理人员", "受理人"),
            _time("承诺办结时间", "承诺办结时限", filled=False),
            _time("法定办结时间", "法定办结时限", filled=False, there=False),
        ),
    ),
    Table.HANDLING: Declared(
        basis=_in("7"),
        needed=True,
        fields=(
            CASE,
            SERIAL,
            _text("环节名称", "办理环节", "环节"),
            _time("开始时间", "办理开始时间"),
            _time("结束时间", "办理结束时间", filled=False),
            _code("办理动作", ACTIONS, "办理结果", there=False),
            _code("办理状态", STATES, there=False),
            _maybe("办理人员", "办理人"),
            _maybe("办理岗位", "岗位"),
            _maybe("办理单位", "办理部门", "办理机构"),
            _time("环节期限", "环节办结时限", filled=False, there=False),
        ),
    ),
    Table.SPECIAL: Declared(
        basis=_in("7"),
        fields=(
            CASE,
            SERIAL,
            _code("特别程序种类", SPECIALS, "特别程序类型", "种类"),
            _time("开始时间", "特别程序开始时间"),
            _time("结束时间", "特别程序结束时间", filled=False),
            _maybe("结果", "特别程序结果"),
            _maybe("依据", "特别程序依据", "原因"),
            _maybe("批准人", "办理人员"),
        ),
    ),
    Table.COMPLETION: Declared(
        basis=_in("8"),
        needed=True,
        single=True,
        fields=(CASE, _time("办结时间"), _maybe("办结人员", "办结人"), _maybe("办结结果", "办理结果")),
    ),
    Table.RATING: Declared(
        basis=_in("9"),
        fields=(CASE, SERIAL, _time("评价时间"), _code("满意度", RATINGS, "评价等级")),
    ),
    Table.INTERACTION: Declared(
        basis=_in("10"),
        fields=(CASE, SERIAL, _time("提出时间", "互动时间", "投诉时间"), _text("互动类型", "类型")),
    ),
    Table.SUPERVISION: Declared(
        basis=_in("11"),
        fields=(
            CASE,
            _maybe("监察编号"),
            _time("发出时间"),
            _text("预警类型"),
            _maybe("被督办机构", "责任部门"),
            _maybe("监察规则编号"),
        ),
    ),
}
"""What a delivery may hold, in the order in which it is read."""
IGNORED = frozenset({"说明", "目录", "readme"})
"""Files or sheets that are no tables and may lie beside them."""

"""Forms of files whose columns a standard fixes (固定格式), so that a mapping need only name the agency. Knows no file."""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass

from xiaoneng.flow.roles import EFFECTS

GBT39046 = "gbt39046"


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedForm:
    """The columns that a reader of this form gives, by role, and those that it gives beside."""

    columns: Table[str, str]
    effect: str
    keep: tuple[str, ...] = ()


FORMS: dict[str, FixedForm] = {
    GBT39046: FixedForm(
        columns={
            "case": "办件编号",
            "started": "申请时间",
            "ended": "办结时间",
            "due": "期限届满时间",
            "planned": "承诺办结时间",
            "paused": "中止起始时间",
            "channel": "申报来源",
            "department": "受理单位",
            "person": "责任人",
            "activity": "环节",
            "at": "时间",
            "resource": "经办人",
            "post": "经办岗位",
            "agency": "经办机构",
            "item": "事项",
            "event": "事件编号",
            "event_due": "环节期限",
        },
        effect="计时效果",
        keep=("表", "说明"),
    )
}
"""GB/T 39046-2020 《政务服务平台基础数据规范》: see `flow.gbt39046`, which makes these columns from its tables."""

SAME = {name: name for name in EFFECTS}
"""Effects of a form whose column says them by their own names."""

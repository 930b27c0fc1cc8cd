"""What a row of a table of GB/T 39046-2020 says of its case, and what happened by it (各表所记之事). Knows no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xiaoneng.flow.forms import FORMS, GBT39046
from xiaoneng.flow.gbt39046_tables import EXTENDING, OTHER, REFUSED, Table

Record = Mapping[str, str]
"""The values of a row by the titles of the standard; a code is replaced by its word."""
Events = list[dict[str, str]]
EFFECT = FORMS[GBT39046].effect


def _applied_facts(said: Record) -> dict[str, str]:
    return {
        "申请时间": said["申请时间"],
        "事项": said.get("事项名称", ""),
        "申报来源": said.get("申报来源", ""),
    }


def _accepted_facts(said: Record) -> dict[str, str]:
    promised = said["承诺办结时间"]
    return {
        "承诺办结时间": promised,
        "期限届满时间": said.get("法定办结时间", "") or promised,
        "受理单位": said["受理单位"],
        "责任人": said.get("受理人员", ""),
    }


def _special_facts(said: Record) -> dict[str, str]:
    still = said["特别程序种类"] == OTHER and not said["结束时间"]
    return {"中止起始时间": said["开始时间"]} if still else {}


CASE_FACTS: dict[Table, Callable[[Record], dict[str, str]]] = {
    Table.APPLICATION: _applied_facts,
    Table.ACCEPTANCE: _accepted_facts,
    Table.SPECIAL: _special_facts,
    Table.COMPLETION: lambda said: {"办结时间": said["办结时间"]},
}
"""What a row says of its whole case; the other tables say nothing of it."""


def _event(activity: str, at: str, effect: str = "nothing", **more: str) -> dict[str, str]:
    return {"环节": activity, "时间": at, EFFECT: effect, **more}


def _numbered(said: Record, table: Table, suffix: str = "") -> dict[str, str]:
    serial = said.get("流水号", "") or said.get("监察编号", "")
    return {"事件编号": f"{table}{serial}{suffix}"} if serial else {}


def _handled(said: Record) -> Events:
    if not said["结束时间"]:
        return []
    more = {
        "经办人": said.get("办理人员", ""),
        "经办岗位": said.get("办理岗位", ""),
        "经办机构": said.get("办理单位", ""),
        "环节期限": said.get("环节期限", ""),
        "说明": said.get("办理动作", ""),
    }
    return [_event(said["环节名称"], said["结束时间"], **more, **_numbered(said, Table.HANDLING))]


def _special(said: Record) -> Events:
    more = {"经办人": said.get("批准人", ""), "说明": said.get("依据", "")}
    begun = {**more, **_numbered(said, Table.SPECIAL, "起")}
    if said["特别程序种类"] == EXTENDING:
        if said.get("结果", "") in REFUSED:
            return [_event("延长审批未获批准", said["开始时间"], **begun)]
        return [_event(EXTENDING, said["开始时间"], "extend", **begun)]
    events = [_event("特别程序", said["开始时间"], "suspend", **begun)]
    if said["结束时间"]:
        ended = {**more, **_numbered(said, Table.SPECIAL, "止")}
        events.append(_event("特别程序结束", said["结束时间"], "resume", **ended))
    return events


def _supervised(said: Record) -> Events:
    more = {"经办机构": said.get("被督办机构", ""), "说明": said.get("监察规则编号", "")}
    activity = f"电子监察：{said['预警类型']}"
    return [_event(activity, said["发出时间"], **more, **_numbered(said, Table.SUPERVISION))]


EVENTS: dict[Table, Callable[[Record], Events]] = {
    Table.APPLICATION: lambda said: [_event("申请", said["申请时间"], 事件编号="申请")],
    Table.ACCEPTANCE: lambda said: [
        _event(
            *("受理", said["受理时间"], "start"),
            经办机构=said["受理单位"],
            经办人=said.get("受理人员", ""),
            事件编号="受理",
        )
    ],
    Table.HANDLING: _handled,
    Table.SPECIAL: _special,
    Table.COMPLETION: lambda said: [
        _event("办结", said["办结时间"], "done", 经办人=said.get("办结人员", ""), 事件编号="办结")
    ],
    Table.RATING: lambda said: [
        _event("评价", said["评价时间"], 说明=said["满意度"], **_numbered(said, Table.RATING))
    ],
    Table.INTERACTION: lambda said: [
        _event(f"互动：{said['互动类型']}", said["提出时间"], **_numbered(said, Table.INTERACTION))
    ],
    Table.SUPERVISION: _supervised,
}
"""What happened by a row of each table."""

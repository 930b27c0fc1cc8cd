"""Invented tables in the form of GB/T 39046-2020: a good delivery, one with everything wrong, and their three holders."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl

Tables = Mapping[str, list[list[str]]]

GOOD: Tables = {
    "申请": [
        ["办件编号", "办件类型", "申报来源", "申请时间", "事项名称"],
        ["B1", "2", "1", "2026-03-02 08:50", "食品经营许可"],
        ["B2", "承诺件", "3", "2026-03-02 10:00", "食品经营许可"],
        ["B3", "1", "2", "2026-03-03 09:00", "身份信息查询"],
    ],
    "受理": [
        ["办件编号", "受理单位", "受理人员", "受理时间", "承诺办结时间"],
        ["B1", "市场局", "王某（虚构）", "2026-03-02 09:00", "2026-03-16"],
        ["B2", "市场局", "李某（虚构）", "2026-03-02 11:00", "2026-03-16"],
    ],
    "办理": [
        ["办件编号", "环节名称", "开始时间", "结束时间", "办理动作", "办理状态", "办理人员", "办理岗位"],
        ["B1", "审查", "2026-03-02 09:00", "2026-03-04 16:00", "退回", "已办", "赵某（虚构）", "审查岗"],
        ["B1", "审查", "2026-03-04 16:00", "2026-03-09 15:00", "通过", "已办", "赵某（虚构）", "审查岗"],
        ["B2", "审查", "2026-03-02 11:00", "", "", "待办", "赵某（虚构）", "审查岗"],
    ],
    "特别程序": [
        ["办件编号", "特别程序种类", "开始时间", "结束时间", "结果"],
        ["B1", "2", "2026-03-04 17:00", "2026-03-06 10:00", "检验合格"],
        ["B1", "1", "2026-03-09 09:00", "", "同意"],
        ["B2", "1", "2026-03-09 09:00", "", "不同意"],
        ["B2", "2", "2026-03-10 09:00", "", ""],
    ],
    "办结": [["办件编号", "办结人员", "办结时间"], ["B1", "钱某（虚构）", "2026-03-10 10:00"]],
    "评价": [["办件编号", "评价时间", "满意度"], ["B1", "2026-03-11 08:00", "4"]],
    "互动": [["办件编号", "提出时间", "互动类型"], ["B2", "2026-03-12 08:00", "投诉"]],
    "电子监察": [
        ["办件编号", "监察编号", "发出时间", "预警类型", "被督办机构"],
        ["B2", "J7", "2026-03-13 08:00", "黄牌", "市场局"],
    ],
}

BAD: Tables = {
    **GOOD,
    "申请": [
        *GOOD["申请"],
        ["B3", "1", "2", "2026-03-03 09:00", ""],
        ["B4", "7", "9", "明天", ""],
        ["", "1", "1", "2026-03-03 09:00", ""],
    ],
    "受理": [
        *GOOD["受理"],
        ["B4", "市场局", "", "2026-03-02 11:00", ""],
        ["B9", "", "", "2026-03-02 11:00", ""],
    ],
    "办理": [
        *GOOD["办理"],
        ["B1", "核准", "2026-03-09 16:00", "2026-03-09 15:00", "通过", "已办", "", ""],
        ["B1", "核准", "2026-03-09 16:00", "", "盖章", "已办", "", ""],
        ["B2", "审查", "2026-03-02 11:00", "2026-03-09 15:00", "", "待办", "", ""],
    ],
    "特别程序": [*GOOD["特别程序"], ["B1", "3", "2026-03-09 09:00", "", ""]],
    "评价": [*GOOD["评价"], ["B1", "2026-03-11 08:00", "6"]],
}


def as_folder(into: Path, tables: Tables) -> Path:
    into.mkdir()
    for name, rows in tables.items():
        (into / f"{name}.csv").write_text(_text(rows), encoding="utf-8")
    return into


def as_zip(into: Path, tables: Tables) -> Path:
    with zipfile.ZipFile(into, "w") as packed:
        for place, (name, rows) in enumerate(tables.items(), start=5):
            packed.writestr(f"报送/T{place}_{name}.csv", _text(rows))
    return into


def as_book(into: Path, tables: Tables) -> Path:
    made = openpyxl.Workbook()
    made.active.title = "说明"
    made.active.append(["虚构数据"])
    for name, rows in tables.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(into)
    return into


HOLDERS: dict[str, Callable[[Path, Tables], Path]] = {"folder": as_folder, "zip": as_zip, "book": as_book}


def _text(rows: list[list[str]]) -> str:
    into = io.StringIO()
    csv.writer(into).writerows(rows)
    return into.getvalue()

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.pure.flow.logs import mapping, office
from tests.pure.flow.standard_tables import BAD, GOOD, HOLDERS, Tables, as_folder, as_zip
from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.gbt39046_tables import TABLES
from xiaoneng.flow.graph.events import Effect
from xiaoneng.flow.reading import columns_of, read_log, rows_of
from xiaoneng.flow.recording_rows import Interpreter, Taken
from xiaoneng.flow.shipped import fitting
from xiaoneng.law.register import resolve

STANDARD = mapping("gbt39046")


def read(path: Path) -> tuple[list[Taken], list[Fault]]:
    taken: list[Taken] = []
    faults: list[Fault] = []
    reader = Interpreter(STANDARD)
    for row in rows_of(path, mapping=STANDARD, columns=reader.columns):
        said = [row] if isinstance(row, Fault) else reader.read(row)
        if isinstance(said, list):
            faults += said
        else:
            taken.append(said)
    return taken, faults


def refused(path: Path) -> list[tuple[int, str]]:
    with pytest.raises(LogRefused) as found:
        read(path)
    return [(fault.line, fault.column) for fault in found.value.faults]


@pytest.mark.parametrize("holder", HOLDERS)
def test_each_table_becomes_events_with_what_they_do_to_the_clock(tmp_path: Path, holder: str) -> None:
    taken, faults = read(HOLDERS[holder](tmp_path / "delivery", GOOD))
    assert faults == []
    happened = [(row["case"], row["activity"], Effect(int(str(row["effect"]))).name) for row in taken]
    assert happened == [
        ("B1", "申请", "NOTHING"),
        ("B2", "申请", "NOTHING"),
        ("B3", "申请", "NOTHING"),
        ("B1", "受理", "START"),
        ("B2", "受理", "START"),
        ("B1", "审查", "NOTHING"),
        ("B1", "审查", "NOTHING"),
        ("B1", "特别程序", "SUSPEND"),
        ("B1", "特别程序结束", "RESUME"),
        ("B1", "延长审批", "EXTEND"),
        ("B2", "延长审批未获批准", "NOTHING"),
        ("B2", "特别程序", "SUSPEND"),
        ("B1", "办结", "DONE"),
        ("B1", "评价", "NOTHING"),
        ("B2", "互动：投诉", "NOTHING"),
        ("B2", "电子监察：黄牌", "NOTHING"),
    ]
    step = taken[5]
    assert (step["actor"], step["post"], step["agency"]) == ("赵某（虚构）", "审查岗", "")
    assert step["at"] == datetime(2026, 3, 4, 8, tzinfo=UTC)
    assert step["more"] == '{"表":"办理","说明":"退回"}'
    assert len({row["key"] for row in taken}) == len(taken)


@pytest.mark.parametrize("holder", HOLDERS)
def test_the_cases_of_a_delivery_carry_their_promise_and_a_suspension_that_still_holds(
    tmp_path: Path, holder: str
) -> None:
    first, second, third = read_log(HOLDERS[holder](tmp_path / "delivery", GOOD), mapping=STANDARD).cases
    promised = datetime(2026, 3, 16, 15, 59, 59, 999999, tzinfo=UTC)
    assert (first.due, first.planned, first.paused) == (promised, promised, None)
    assert (first.started, first.ended) == (
        datetime(2026, 3, 2, 0, 50, tzinfo=UTC),
        datetime(2026, 3, 10, 2, tzinfo=UTC),
    )
    assert (first.channel, first.department, first.person) == ("窗口", "市场局", "王某（虚构）")
    assert (second.paused, second.ended) == (datetime(2026, 3, 10, 1, tzinfo=UTC), None)
    assert (third.due, third.department) == (None, "")


def test_a_statutory_time_is_the_deadline_and_the_promise_stays_beside_it(tmp_path: Path) -> None:
    head, one, two = GOOD["受理"]
    tables = {**GOOD, "受理": [[*head, "法定办结时间"], [*one, "2026-04-01"], [*two, ""]]}
    first, second, _ = read_log(as_folder(tmp_path / "delivery", tables), mapping=STANDARD).cases
    assert first.due is not None
    assert first.planned is not None
    assert first.due > first.planned
    assert second.due == second.planned


@pytest.mark.parametrize("holder", HOLDERS)
def test_everything_wrong_with_a_delivery_is_said_at_once_with_table_and_line(
    tmp_path: Path, holder: str
) -> None:
    taken, faults = read(HOLDERS[holder](tmp_path / "delivery", BAD))
    places = {(fault.column, fault.line) for fault in faults if "随之不读" not in fault.what.zh}
    assert places == {
        ("申请.办件编号", 5),
        ("申请.办件类型", 6),
        ("申请.申报来源", 6),
        ("申请.申请时间", 6),
        ("申请.办件编号", 7),
        ("受理.受理单位", 5),
        ("受理.办件编号", 5),
        ("办理.结束时间", 5),
        ("办理.结束时间", 6),
        ("办理.办理动作", 6),
        ("办理.结束时间", 7),
        ("特别程序.特别程序种类", 6),
        ("评价.满意度", 3),
    }
    assert {row["case"] for row in taken} == {"B2"}


def test_rows_of_a_case_that_is_wrong_in_another_table_wait_with_it(tmp_path: Path) -> None:
    _, faults = read(as_folder(tmp_path / "delivery", BAD))
    waiting = [fault for fault in faults if "随之不读" in fault.what.zh]
    assert ("受理.办件编号", 4) in {(fault.column, fault.line) for fault in waiting}
    assert all("line" in fault.what.en for fault in waiting)


def test_missing_tables_and_columns_and_unknown_tables_are_all_named(tmp_path: Path) -> None:
    tables: Tables = {
        "申请": [["办件编号", "申报来源"], ["B1", "1"]],
        "办理": [["办件编号", "环节名称"], ["B1", "审查"]],
        "特別程序": [["办件编号"], ["B1"]],
    }
    assert set(refused(as_folder(tmp_path / "delivery", tables))) == {
        *((0, "受理"), (0, "办结"), (0, "特別程序")),
        *((1, "申请.申请时间"), (1, "办理.开始时间"), (1, "办理.结束时间")),
    }


def test_a_table_that_breaks_off_does_not_hide_what_is_wrong_with_the_others(tmp_path: Path) -> None:
    folder = as_folder(tmp_path / "delivery", BAD)
    with (folder / "受理.csv").open("a", encoding="utf-8") as out:
        out.write('B3,"市场局\n')
    _, faults = read(folder)
    assert {fault.column for fault in faults} >= {"受理", "评价.满意度", "办理.办理动作"}


def test_other_titles_and_names_packed_by_a_chinese_system_are_known(tmp_path: Path) -> None:
    head, *rows = GOOD["受理"]
    tables = {**GOOD, "受理": [["受理部门" if title == "受理单位" else title for title in head], *rows]}
    path, old = as_zip(tmp_path / "new.zip", tables), tmp_path / "old.zip"
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(old, "w") as into:
        for name in packed.namelist():
            into.writestr(OldName(name), packed.read(name))
    with zipfile.ZipFile(old) as packed:
        assert not [name for name in packed.namelist() if "受理" in name]
    assert read(old) == read(path)
    assert read(old)[1] == []
    assert {row["department"] for row in read(old)[0] if row["case"] == "B1"} == {"市场局"}


class OldName(zipfile.ZipInfo):
    """A name as old packers write it: the bytes of GB 18030, and no word of it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - named by Python
        return self.filename.encode("gb18030"), self.flag_bits


def test_the_shipped_form_is_found_and_a_mapping_of_columns_is_not_taken_for_it(tmp_path: Path) -> None:
    for holder, make in HOLDERS.items():
        path = make(tmp_path / holder, GOOD)
        assert fitting(columns_of(path)).key == "gbt39046", holder
    with pytest.raises(LogRefused) as found:
        read_log(tmp_path / "folder", mapping=office())
    assert "case:due" in {fault.column for fault in found.value.faults}


def test_one_table_alone_is_no_delivery(tmp_path: Path) -> None:
    path = as_folder(tmp_path / "delivery", GOOD) / "申请.csv"
    assert refused(path) == [(0, "")]


def test_every_table_says_where_the_standard_has_it() -> None:
    assert all(resolve(one.basis) is not None for one in TABLES.values())

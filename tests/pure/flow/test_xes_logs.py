from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.pure.flow.logs import office, packed
from xiaoneng.flow.case import Fault, LogRefused, ReadCase
from xiaoneng.flow.reading import columns_of, read_log

GLOBALS = """<global scope="trace"><date key="closed" value=""/><string key="person" value=""/></global>
<global scope="event"><string key="concept:name" value=""/></global>
"""
CASE = """<string key="concept:name" value="A&amp;1"/>
<date key="received" value="2026-03-02T09:00:00.000+08:00"/>
<date key="due" value="2026-03-20T17:00:00+08:00"><string key="received" value="nested"/></date>
<string key="channel" value="窗口"/>
<event><string key="concept:name" value="受理"/><date key="time:timestamp" value="2026-03-02T01:05:00Z"/></event>
"""


def xes(tmp_path: Path, *traces: str, before: str = "", root: str = "log") -> Path:
    path = tmp_path / "log.xes"
    body = "".join(f"<trace>\n{trace}</trace>\n" for trace in traces)
    path.write_text(f'<?xml version="1.0"?>\n{before}<{root}>\n{GLOBALS}{body}</{root}>', encoding="utf-8")
    return path


def cases(path: Path) -> tuple[ReadCase, ...]:
    return read_log(path, mapping=office()).cases


def faults(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(LogRefused) as refused:
        cases(path)
    return refused.value.faults


def test_a_trace_is_a_case_and_what_is_nested_deeper_is_not_taken_for_it(tmp_path: Path) -> None:
    (case,) = cases(xes(tmp_path, CASE))
    assert (case.key, case.channel, case.ended, case.events) == ("A&1", "窗口", None, 1)
    assert case.started == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert case.line == 10


def test_attributes_of_a_trace_may_come_after_its_events(tmp_path: Path) -> None:
    turned = "\n".join(reversed(CASE.strip().splitlines())) + "\n"
    (case,) = cases(xes(tmp_path, turned))
    assert (case.key, case.events) == ("A&1", 1)


def test_a_trace_without_events_is_still_a_case(tmp_path: Path) -> None:
    bare = "".join(line + "\n" for line in CASE.splitlines() if "event" not in line)
    first, second = cases(xes(tmp_path, bare, CASE.replace("A&amp;1", "A2")))
    assert (first.events, second.events) == (0, 1)


def test_the_declared_attributes_count_as_columns(tmp_path: Path) -> None:
    assert columns_of(packed(xes(tmp_path, CASE))) >= {"case:closed", "case:due", "time:timestamp"}


def test_a_column_that_is_nowhere_in_the_log_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults(xes(tmp_path, CASE.replace('key="due"', 'key="deadline"')))
    assert fault.column == "case:due"
    assert "case:deadline" in fault.what.en


def test_two_traces_that_contradict_each_other_about_one_case_are_refused(tmp_path: Path) -> None:
    (fault,) = faults(xes(tmp_path, CASE, CASE.replace("窗口", "网上")))
    assert fault.column == "case:channel"


def test_broken_xml_is_refused_at_its_line_with_the_bad_rows_before_it(tmp_path: Path) -> None:
    path = xes(tmp_path, CASE.replace("2026-03-02T01:05:00Z", "noon"))
    path.write_text(path.read_text(encoding="utf-8").replace("</log>", "<trace>"), encoding="utf-8")
    bad, broken = faults(path)
    assert (bad.column, bad.line) == ("time:timestamp", 10)
    assert broken.line > bad.line


def test_entities_are_refused_so_that_a_small_file_cannot_fill_the_memory(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n'
    (fault,) = faults(xes(tmp_path, CASE, before=bomb))
    assert "refused" in fault.what.en

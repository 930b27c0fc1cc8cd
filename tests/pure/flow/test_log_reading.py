from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.pure.flow.logs import HEADER, mapping, office, packed, real, table
from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.mapping import parse_mapping
from xiaoneng.flow.reading import columns_of, read_log
from xiaoneng.flow.shipped import fitting

ONE = "A1,2026-03-02 09:00:00,2026-03-09 10:00:00,2026-03-20 17:00:00,窗口,王某,受理,2026-03-02 09:05:00"
TWO = "A1,2026-03-02 09:00:00,2026-03-09 10:00:00,2026-03-20 17:00:00,窗口,王某,办结,2026-03-09 10:00:00"


def faults(path: Path, **settings: str) -> list[Fault]:
    with pytest.raises(LogRefused) as refused:
        read_log(path, mapping=office(**settings))
    return list(refused.value.faults)


def test_times_without_an_offset_are_local_times_of_the_agency(tmp_path: Path) -> None:
    (case,) = read_log(table(tmp_path, ONE, TWO), mapping=office()).cases
    assert case.started == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert case.due == datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
    assert (case.events, case.first, case.last) == (
        2,
        datetime(2026, 3, 2, 1, 5, tzinfo=UTC),
        datetime(2026, 3, 9, 2, 0, tzinfo=UTC),
    )


def test_a_packed_log_under_any_name_says_the_same(tmp_path: Path) -> None:
    plain = table(tmp_path, ONE, TWO)
    assert read_log(packed(plain), mapping=office()).cases == read_log(plain, mapping=office()).cases


def test_byte_order_mark_quotes_and_line_breaks_in_a_value_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    row = ONE.replace("窗口", '"窗口,""一""\n二楼"')
    path.write_text(
        "\ufeff" + HEADER + "\r\n" + row + "\r\n" + TWO.replace("A1", "A2") + "\r\n", encoding="utf-8"
    )
    first, second = read_log(path, mapping=office()).cases
    assert first.channel == '窗口,"一"\n二楼'
    assert (first.line, second.line) == (2, 4)


def test_another_encoding_is_named_in_the_fault_and_read_when_the_mapping_says_so(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes("\n".join((HEADER, ONE)).encode("gb18030"))
    (fault,) = faults(path)
    assert "gb18030" in fault.what.en
    assert read_log(path, mapping=office(encoding='"gb18030"')).cases[0].person == "王某"


def test_empty_and_sentinel_deadlines_are_no_deadline_and_counted(tmp_path: Path) -> None:
    rows = [ONE.replace("A1", key).replace("2026-03-20 17:00:00", due) for key, due in SENTINELS.items()]
    log = read_log(table(tmp_path, *rows), mapping=office())
    assert [case.due for case in log.cases] == [None, None, None]
    assert log.sentinels == 1


SENTINELS = {"A1": "", "A2": "NULL", "A3": "2059-12-31 00:00:00"}


def test_every_bad_row_is_listed_at_once_with_its_line(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ONE,
        ONE.replace("A1", "A2").replace("2026-03-20 17:00:00", "soon"),
        ONE.replace("A1", ""),
        "A4,too,short",
        ONE.replace("A1", "A5").replace("2026-03-02 09:00:00", "", 1),
        ONE.replace("A1", "A6").removesuffix("2026-03-02 09:05:00"),
    )
    assert [(fault.line, fault.column) for fault in faults(path)] == [
        (3, "case:due"),
        (4, "case:concept:name"),
        (5, ""),
        (6, "case:received"),
        (7, "time:timestamp"),
    ]


def test_rows_that_contradict_each_other_about_one_case_are_refused_with_both_values(tmp_path: Path) -> None:
    (fault,) = faults(table(tmp_path, ONE, TWO.replace("窗口", "网上")))
    assert (fault.line, fault.column) == (3, "case:channel")
    assert "网上" in fault.what.en
    assert "窗口" in fault.what.en
    assert "line 2" in fault.what.en


def test_a_person_who_changes_from_event_to_event_is_the_one_of_the_latest_event(tmp_path: Path) -> None:
    path = table(tmp_path, TWO.replace("王某", "李某"), ONE)
    (case,) = read_log(path, mapping=office(event_level='["person"]')).cases
    assert case.person == "李某"


def test_a_quote_that_is_never_closed_is_a_fault_where_it_begins(tmp_path: Path) -> None:
    path = table(tmp_path, ONE, TWO.replace("窗口", '"窗口'))
    (fault,) = faults(path)
    assert fault.line == 3


def test_unknown_columns_are_all_named_beside_those_that_are_there(tmp_path: Path) -> None:
    found = faults(table(tmp_path, "A1,2026-03-02", header="case:concept:name,case:received"))
    assert {fault.column for fault in found} >= {"case:due", "case:closed", "time:timestamp"}
    assert all("case:received" in fault.what.en for fault in found)


def test_a_log_that_no_mapping_fits_says_which_columns_it_has_and_how_to_write_one() -> None:
    with pytest.raises(LogRefused) as refused:
        fitting(frozenset({"number", "opened"}))
    (fault,) = refused.value.faults
    assert "number, opened" in fault.what.en
    assert 'case = "…"' in fault.what.zh


def test_everything_wrong_with_a_mapping_is_said_at_once() -> None:
    with pytest.raises(LogRefused) as refused:
        parse_mapping('zone = "Mars/Base"\ndelimiter = ";;"\nsurprise = 1\n[columns]\nwhen = "at"\n')
    assert {fault.column for fault in refused.value.faults} == {
        *("key", "agency", "zone", "delimiter", "surprise", "when", "case", "started"),
    }


def test_a_deadline_that_is_a_date_holds_through_its_day(tmp_path: Path) -> None:
    (case,) = read_log(
        table(tmp_path, ONE.replace("2026-03-20 17:00:00", "2026-03-20")), mapping=office()
    ).cases
    assert case.due == datetime(2026, 3, 20, 15, 59, 59, 999999, tzinfo=UTC)


def test_a_mapping_may_say_that_deadlines_are_days(tmp_path: Path) -> None:
    (case,) = read_log(table(tmp_path, ONE), mapping=office(due_is_a_day="true")).cases
    assert case.due == datetime(2026, 3, 20, 15, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "odd"),
    [("2011-11-06 01:30:00", True), ("2012-03-11 02:30:00", True), ("2011-11-06 03:30:00", False)],
)
def test_a_local_time_that_the_clocks_skip_or_repeat_is_marked(
    tmp_path: Path, written: str, odd: bool
) -> None:
    row = ONE.replace("2026-03-02 09:00:00", written)
    path = table(tmp_path, row)
    boston = parse_mapping(office().text.replace("Asia/Shanghai", "America/New_York"))
    assert read_log(path, mapping=boston).cases[0].odd_clock is odd


@pytest.mark.parametrize("content", [b"", b"\x00\x01binary", b"\x1f\x8bbroken"])
def test_a_file_that_is_no_log_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log"
    path.write_bytes(content)
    assert len(faults(path)) == 1


def test_the_receipt_log_says_the_same_in_both_forms() -> None:
    wabo = mapping("wabo-receipt")
    table_form = read_log(real("wabo-receipt/receipt.csv"), mapping=wabo)
    xes_form = read_log(real("wabo-receipt/receipt.xes.gz"), mapping=wabo)
    assert (len(table_form.cases), table_form.rows) == (len(xes_form.cases), xes_form.rows) == (1434, 8577)
    said = {case.key: case.fingerprint for case in table_form.cases}
    assert said == {case.key: case.fingerprint for case in xes_form.cases}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("wabo-receipt/receipt.csv", "wabo-receipt"),
        ("wabo-receipt/receipt.xes.gz", "wabo-receipt"),
        ("boston-311-2011/boston-311-2011.csv.gz", "boston-311"),
        ("bpic15-municipality-1/BPIC15_1.csv.gz", "bpic15"),
    ],
)
def test_a_shipped_mapping_is_found_by_the_columns_of_its_log(name: str, key: str) -> None:
    assert fitting(columns_of(real(name))).key == key


def test_everything_wrong_with_what_a_mapping_says_of_events_is_said_at_once() -> None:
    text = office().text.replace("[columns]", "keep = [1]\nsheet = 2\n[zones]\nperson = 'Mars'\n[columns]")
    text += '\neffect = ["a", ""]\n[effects]\n"受理" = "begin"\n'
    with pytest.raises(LogRefused) as refused:
        parse_mapping(text)
    assert {fault.column for fault in refused.value.faults} == {
        *("keep", "sheet", "zones.person", "effect", "effects.受理"),
    }


@pytest.mark.parametrize(
    ("more", "at"),
    [
        ('effect = "state"', "effect"),
        ('[effects]\n"x" = "done"', ""),
    ],
)
def test_effects_need_a_column_to_be_keyed_by_and_the_column_needs_effects(more: str, at: str) -> None:
    text = f"{office().text}\n{more}\n"
    if not at:
        assert parse_mapping(text).effects == {"x": "done"}
        return
    with pytest.raises(LogRefused) as refused:
        parse_mapping(text)
    assert [fault.column for fault in refused.value.faults] == [at]


def test_a_mapping_that_names_a_standard_form_may_not_name_columns_too() -> None:
    with pytest.raises(LogRefused) as refused:
        parse_mapping('form = "gbt39046"\n' + office().text)
    assert [fault.column for fault in refused.value.faults] == ["columns"]
    with pytest.raises(LogRefused) as refused:
        parse_mapping('form = "other"\n' + office().text)
    assert [fault.column for fault in refused.value.faults] == ["form"]


def test_a_column_by_another_clock_is_read_by_that_clock(tmp_path: Path) -> None:
    by = parse_mapping(f'{office().text}\n[zones]\nat = "UTC"\n')
    (case,) = read_log(table(tmp_path, ONE), mapping=by).cases
    assert case.started == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert case.first == datetime(2026, 3, 2, 9, 5, tzinfo=UTC)

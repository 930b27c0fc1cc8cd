"""Hours and order that a feed declares beside its columns are read as written, or refused with all that is wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.pure.flow.logs import OFFICE
from xiaoneng.flow.case import LogRefused
from xiaoneng.flow.columns.schema import whole_micros
from xiaoneng.flow.declared import declared_hours, declared_order
from xiaoneng.flow.mapping import parse_mapping
from xiaoneng.worktime.columnspans import worked
from xiaoneng.worktime.schedule import Schedule

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = 3600 * 1_000_000


def hours(said: str) -> Schedule:
    text = f"{OFFICE}\n[hours]\n{said}"
    parse_mapping(text)
    found = declared_hours(text, key="county", zone=SHANGHAI)
    assert found is not None
    return found


def open_hours(schedule: Schedule, since: str, until: str) -> float:
    """Return how many hours the office is open between two local instants."""
    ends = [
        np.array([whole_micros(datetime.fromisoformat(one).replace(tzinfo=SHANGHAI).astimezone(UTC))])
        for one in (since, until)
    ]
    return float(worked(*ends, schedule=schedule)[0]) / HOUR


def refused(said: str) -> list[str]:
    with pytest.raises(LogRefused) as found:
        parse_mapping(f"{OFFICE}\n{said}")
    return [one.column for one in found.value.faults]


def test_a_week_of_spans_is_monday_to_friday() -> None:
    found = hours('week = ["08:30-12:00", "13:30-17:00"]')
    assert open_hours(found, "2026-03-06T00:00", "2026-03-09T00:00") == 7
    assert open_hours(found, "2026-03-06T11:00", "2026-03-06T14:00") == 1.5


def test_seven_lists_are_the_days_from_monday_and_holidays_are_closed() -> None:
    found = hours('week = [["09:00-17:00"], [], [], [], [], ["10:00-12:00"], []]\nholidays = [2026-03-09]')
    assert open_hours(found, "2026-03-02T00:00", "2026-03-09T00:00") == 10
    assert open_hours(found, "2026-03-09T00:00", "2026-03-10T00:00") == 0


def test_an_order_is_what_it_says() -> None:
    text = f'{OFFICE}\n[order]\nstarts = ["收件"]\npairs = [["收件", "决定"]]\nends = ["决定"]'
    parse_mapping(text)
    found = declared_order(text)
    assert found is not None
    assert (found.starts, found.pairs, found.ends) == ({"收件"}, {("收件", "决定")}, {"决定"})


def test_a_mapping_that_declares_nothing_declares_nothing() -> None:
    assert declared_hours(OFFICE, key="county", zone=SHANGHAI) is None
    assert declared_order(OFFICE) is None


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("[hours]", ["hours.week"]),
        ("[hours]\nweek = []", ["hours.week"]),
        ('[hours]\nweek = ["08:30"]', ["hours.week"]),
        ('[hours]\nweek = ["morning-noon", "25:00-26:00"]', ["hours.week", "hours.week"]),
        ('[hours]\nweek = ["17:00-08:30"]', ["hours.week"]),
        ('[hours]\nweek = ["08:00-12:00", "11:00-17:00"]', ["hours.week"]),
        ('[hours]\nweek = [["08:00-12:00"]]', ["hours.week"]),
        ("[hours]\nweek = [[], [], [], [], [], [], []]", ["hours.week"]),
        ("[hours]\nweek = [1, 2]", ["hours.week", "hours.week", "hours.week"]),
        (
            '[hours]\nweek = ["08:00-12:00"]\nholidays = ["Monday"]\nlunch = 1',
            ["hours.lunch", "hours.holidays"],
        ),
        ("[order]", ["order.starts", "order.pairs"]),
        ('[order]\nstarts = "a"\npairs = [["a"]]\nends = [1]', ["order.starts", "order.pairs", "order.ends"]),
    ],
)
def test_what_cannot_be_read_is_refused_with_all_its_faults(said: str, places: list[str]) -> None:
    assert refused(said) == places


def test_such_faults_are_told_with_the_others_of_the_mapping() -> None:
    with pytest.raises(LogRefused) as found:
        parse_mapping('key = ""\nagency = { zh = "局", en = "Bureau" }\nzone = "X/Y"\n[hours]\nweek = ["x"]')
    assert [one.column for one in found.value.faults] == ["key", "zone", "columns", "hours.week"]

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from tests.pure.flow.logs import office
from xiaoneng.flow.case import Fault
from xiaoneng.flow.instants import Instant, TimeReader
from xiaoneng.flow.recording_rows import Interpreter
from xiaoneng.flow.rows import Row

ZONES = [
    *("Asia/Shanghai", "Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe"),
    *("America/Sao_Paulo", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia"),
]


def by_both_folds(local: datetime, zone: ZoneInfo) -> Instant:
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return Instant(first.astimezone(UTC), odd=first.utcoffset() != second.utcoffset())


@given(
    local=st.datetimes(
        min_value=datetime.fromisoformat("1980-01-01"), max_value=datetime.fromisoformat("2040-01-01")
    ),
    name=st.sampled_from(ZONES),
)
@example(local=datetime.fromisoformat("2011-12-30 12:00"), name="Pacific/Apia")
@example(local=datetime.fromisoformat("2018-11-04 00:30"), name="America/Sao_Paulo")
@example(local=datetime.fromisoformat("2026-03-29 02:30"), name="Europe/Amsterdam")
@example(local=datetime.fromisoformat("2026-04-05 01:45"), name="Australia/Lord_Howe")
def test_a_day_of_one_offset_is_read_as_every_other_day(local: datetime, name: str) -> None:
    assert TimeReader(zone=ZoneInfo(name)).read(local.isoformat()) == by_both_folds(local, ZoneInfo(name))


@given(
    values=st.lists(
        st.one_of(st.text(max_size=12), st.sampled_from(["", "A1", "2026-03-02", "9999-12-31"])),
        min_size=8,
        max_size=8,
    )
)
@example(
    values=["A1", "0001-01-01", "", "9999-12-31T23:59:59-12:00", "", "", "受理", "0001-01-01T00:00+14:00"]
)
def test_whatever_a_row_holds_it_is_read_or_everything_wrong_is_said(values: list[str]) -> None:
    said = Interpreter(office()).read(Row(7, tuple(values)))
    if isinstance(said, list):
        assert said
        assert all(isinstance(fault, Fault) and fault.line == 7 for fault in said)
    else:
        assert said["case"] == values[0].strip()
        assert said["started"] is not None or said["month"] == "none" or said["at"] is not None

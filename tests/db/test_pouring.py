"""Our own matters flow out into the columns of events, each act once, nobody's name among them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.office import AGENCY, add_item, apply, at, found_office
from xiaoneng.desk import recording
from xiaoneng.flow.columns.engine import duckdb_engine
from xiaoneng.flow.columns.intake import Busy, feed_lock
from xiaoneng.flow.columns.selected import selected
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.settling import settle
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.graph.events import Effect
from xiaoneng.matters.models import Matter
from xiaoneng.matters.vocabulary.handling import Ground, Resumed, Suspended
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.organisation.capacity import Duty
from xiaoneng.supervision import pouring
from xiaoneng.supervision.pouring import OWN, activity_names, effects, pour

pytestmark = pytest.mark.django_db
NOW = at("2026-03-20 09:00")


def handled() -> str:
    """Apply on 2 March; accepted the next day, suspended for an inspection from the 5th to the 10th."""
    office = found_office()
    number = apply(item=add_item(), when=at("2026-03-02 09:00")).number
    for act, duty, when, fields in (
        (Accepted, Duty.WINDOW, "2026-03-03 10:00", {}),
        (
            Suspended,
            Duty.HANDLE,
            "2026-03-05 10:00",
            {
                "ground": Ground.INSPECTION,
                "notice_served": True,
                "expected_until": at("2026-03-12 09:00").date(),
            },
        ),
        (Resumed, Duty.HANDLE, "2026-03-10 10:00", {}),
    ):
        seen = Matter.objects.get(number=number).acts_seen
        by = office.acting(duty, when=at(when))
        recording.record(act(at=at(when), by=by, **fields), number=number, seen=seen, now=at(when))
    return number


def rows(store: Store) -> list[dict[str, object]]:
    tables = [pq.read_table(part).to_pylist() for part in store.taken_files(OWN)]
    return sorted((row for table in tables for row in table), key=lambda row: (row["batch"], row["line"]))


def test_every_act_is_poured_once_however_often_it_is_asked(tmp_path: Path) -> None:
    number, store = handled(), Store(tmp_path)
    assert pour(store, now=NOW, many=3) == 4
    assert pour(store, now=NOW) == 0
    assert [(row["case"], row["activity"]) for row in rows(store)] == [
        (number, "received"),
        (number, "accepted"),
        (number, "suspended"),
        (number, "resumed"),
    ]
    assert [one.rows for one in store.batches(OWN)] == [3, 1]


def test_while_another_pours_nobody_takes_its_number(tmp_path: Path) -> None:
    store = Store(tmp_path)
    held: list[bool] = []

    def acts(*_: object, **__: object) -> list[object]:
        with pytest.raises(Busy), feed_lock(store, OWN, wait=False):
            pass
        held.append(True)
        return []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pouring, "acts_after", acts)
        assert pour(store, now=NOW) == 0
    assert held == [True]


def test_an_act_of_this_very_minute_waits_for_those_that_are_still_being_stored(tmp_path: Path) -> None:
    handled()
    store = Store(tmp_path)
    assert pour(store, now=at("2026-03-10 10:00") + timedelta(seconds=30)) == 3
    assert pour(store, now=at("2026-03-10 10:00") + timedelta(minutes=2)) == 1


def test_a_poured_act_names_the_post_and_never_a_person(tmp_path: Path) -> None:
    handled()
    store = Store(tmp_path)
    pour(store, now=NOW)
    found = rows(store)
    assert [row["actor"] for row in found] == [
        "",
        *(f"{AGENCY}-{duty}" for duty in ("window", "handle", "handle")),
    ]
    assert all(row["actor"] == row["post"] for row in found)
    assert all("（虚构）" not in str(row) and "13800000000" not in str(row) for row in found)
    assert {row["item"] for row in found} == {"T-001"}


def test_the_suspension_of_a_matter_is_seen_in_its_steps(tmp_path: Path) -> None:
    number, store = handled(), Store(tmp_path)
    pour(store, now=NOW)
    settle(store, OWN, engine=duckdb_engine())
    found = selected(store, Selection(feed=OWN))
    assert found.cases == (number,)
    assert found.steps.suspended is not None
    assert found.steps.suspended.tolist() == [False, False, True]
    assert found.facts.started.tolist() == [int(at("2026-03-02 09:00").timestamp() * 1_000_000)]
    assert found.facts.due[0] > found.facts.planned[0] > found.facts.started[0]


def test_what_an_act_does_to_the_clock_is_what_its_procedure_declares() -> None:
    found = effects("approval", 1)
    told = ("received", "suspended", "resumed", "extended")
    assert [found.get(verb) for verb in told] == [
        Effect.START,
        Effect.SUSPEND,
        Effect.RESUME,
        Effect.EXTEND,
    ]
    assert found["delivered"] is Effect.DONE
    assert set(found) <= set(activity_names())

"""What a log shows of the eight systems: counted where it tells, and said to be untold where it does not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.pure.flow.columnrows import at, store_of
from xiaoneng.flow.columns.engine import duckdb_engine
from xiaoneng.flow.columns.selected import selected
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.settling import settle
from xiaoneng.flow.graph.events import Effect
from xiaoneng.matters.vocabulary.decision import FilingConfirmed, Refused
from xiaoneng.rules.eight import EIGHT
from xiaoneng.supervision.obstruction.answers import Subject, micros
from xiaoneng.supervision.obstruction.of_systems import CHECKS, systems
from xiaoneng.worktime.schedule import Schedule

SHANGHAI = ZoneInfo("Asia/Shanghai")
Told = dict[str, tuple[int | None, int | None]]


def asked(root: Path, *rows: dict[str, Any], own: bool = False) -> Told:
    """Return of each system how many cases were found, of how many."""
    store = store_of(root, *rows)
    settle(store, "log", engine=duckdb_engine())
    subject = Subject(
        selected=selected(store, Selection(feed="log"), whole=True),
        schedule=Schedule.always("always", zone=SHANGHAI),
        as_of=micros(datetime(2026, 4, 1, tzinfo=UTC)),
        zone=SHANGHAI,
        soon_days=3,
        own=own,
    )
    return {
        one.rule.key: (row[2], row[3])  # type: ignore[misc]
        for one, row in zip(CHECKS, systems(subject).rows, strict=True)
    }


def event(case: str, what: str, day: int, **more: Any) -> dict[str, Any]:
    return {"case": case, "activity": what, "at": at(f"2026-03-{day:02}T02:00"), **more}


def test_every_system_has_its_line_in_order() -> None:
    assert tuple(one.rule for one in CHECKS) == EIGHT


def test_what_a_log_does_not_tell_is_not_counted_as_kept(tmp_path: Path) -> None:
    told = asked(tmp_path, event("1", "收件", 2), event("1", "办结", 5))
    assert set(told.values()) == {(None, None)}


def test_late_and_broken_promises_are_counted_of_the_cases_that_have_them(tmp_path: Path) -> None:
    due, planned = at("2026-03-20T02:00"), at("2026-03-10T02:00")
    facts = {"due": due, "planned": planned}
    told = asked(
        tmp_path,
        event("kept", "办结", 9, **facts, ended=at("2026-03-09T02:00")),
        event("promise broken", "办结", 12, **facts, ended=at("2026-03-12T02:00")),
        event("late", "办结", 25, **facts, ended=at("2026-03-25T02:00")),
        event("open", "收件", 2, **facts),
        event("no limit", "收件", 2),
    )
    assert told["service_commitment"] == (2, 3)
    assert told["time_limit"] == (2, 4)


def test_who_is_sent_back_and_who_is_asked_twice(tmp_path: Path) -> None:
    asks = {"effect": int(Effect.SUSPEND)}
    told = asked(
        tmp_path,
        event("1", "收件", 2, actor="甲"),
        event("1", "补正", 3, actor="乙", **asks),
        event("1", "审查", 4, actor="甲"),
        event("1", "补正", 5, actor="甲", **asks),
        event("2", "补正", 3, actor="乙", **asks),
        event("2", "听证", 4, actor="", **asks),
    )
    assert told["first_inquiry"] == (1, 2)
    assert told["one_time_notice"] == (1, 2)
    assert told["post_responsibility"] == (1, 2)


def test_only_our_own_acts_say_what_a_refusal_is(tmp_path: Path) -> None:
    rows = (
        event("1", FilingConfirmed.name.zh, 2),
        event("1", Refused.name.zh, 3),
        event("2", Refused.name.zh, 3),
        event("2", FilingConfirmed.name.zh, 4),
        event("3", "granted", 4),
    )
    assert asked(tmp_path / "own", *rows, own=True)["refusal_filing"] == (1, 2)
    assert asked(tmp_path / "theirs", *rows)["refusal_filing"] == (None, None)

"""What users of other systems ask of a clock, held at the level of a matter; each test is named by its request."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.casebook.playing import breaches, facts_on
from tests.casebook.telling import accepted, act, at, resumed, suspended, told
from xiaoneng.desk.projecting import Rung, alarms_of, row_of
from xiaoneng.matters.acts import Clock, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.light import Light, Reading, light, marks
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.limits import Limit
from xiaoneng.worktime.runs import Axis
from xiaoneng.worktime.strip import StripKind, strip

PROMISED = {"statutory": "20 个工作日", "promised": "10 个工作日"}


def remaining(dossier: Dossier, day: str) -> int:
    run = dossier.run_of(Clock.HANDLING)
    assert run is not None
    return worktime.remaining(run.statutory, today=date.fromisoformat(day), calendar=dossier.calendar)


def due(dossier: Dossier, clock: Clock = Clock.HANDLING) -> str:
    run = dossier.run_of(clock)
    assert run is not None
    found = dossier.due(run)
    return found.isoformat() if found else ""


def test_request_1_eight_used_six_suspended_leave_twelve() -> None:
    # Accepted Monday 2026-03-02; eight working days are used by the 12th; out from the 13th to the 20th, six days.
    before = told(*accepted("2026-03-02"), suspended("2026-03-13", until="2026-03-23"))
    assert [remaining(before, day) for day in ("2026-03-12", "2026-03-13", "2026-03-20")] == [12, 12, 12]
    after = told(*accepted("2026-03-02"), suspended("2026-03-13", until="2026-03-23"), resumed("2026-03-23"))
    assert remaining(after, "2026-03-22") == 12
    assert remaining(after, "2026-03-23") == 11
    assert due(after) == "2026-04-08"


@pytest.mark.parametrize(("back", "lost"), [("2026-03-17", 6), ("2026-04-07", 20)])
def test_request_2_the_real_length_counts_not_the_announced_one(back: str, lost: int) -> None:
    # Announced for fourteen working days from 2026-03-09, to the 27th; back after six, or after twenty.
    dossier = told(*accepted("2026-03-02"), suspended("2026-03-09", until="2026-03-27"), resumed(back))
    plain = date(2026, 3, 30)
    assert (
        dossier.calendar.ordinal(date.fromisoformat(due(dossier))) - dossier.calendar.ordinal(plain) == lost
    )
    outlasted = any(one.key.startswith("pause/") for one in breaches(dossier, now=at("2026-04-07")))
    assert outlasted is (lost == 20)


def test_request_3_suspended_time_survives_a_change_of_post_and_of_rule() -> None:
    rows = [*accepted("2026-03-02"), suspended("2026-03-09", until="2026-03-27")]
    moved = act("2026-03-10 10:00", "负责人", "改派", role="handler", post="审核")
    here = told(*rows)
    there = told(*rows, moved)
    assert there.post_of(Role.HANDLER) == "审核"
    for day in ("2026-03-10", "2026-03-25"):
        assert remaining(there, day) == remaining(here, day) == 16
    # A later edition of the item with ten days more governs new matters; read under it, only the rule differs.
    terms = tuple(
        replace(term, statutory=Limit(30)) if term.clock is Clock.HANDLING else term
        for term in here.opening.terms
    )
    longer = replace(here, acts=(replace(here.opening, terms=terms), *here.acts[1:]), folded=None)
    assert remaining(longer, "2026-03-25") - remaining(here, "2026-03-25") == 10


def test_request_4_a_suspended_matter_is_overdue_nowhere() -> None:
    rows = [*accepted("2026-03-02"), suspended("2026-03-09", until="2026-12-30")]
    dossier = told(*rows, item=PROMISED)
    run = dossier.run_of(Clock.HANDLING)
    assert run is not None
    assert run.promised is not None
    for day in ("2026-03-31", "2026-06-30", "2026-12-30"):
        now = at(day)
        today = local_day(now)
        row = row_of(dossier)
        stored = Reading(
            axis=Axis(row.axis), statutory=row.statutory, promised=row.promised, paused=row.paused
        )
        assert (
            light(stored, marks(today, calendar=dossier.calendar)) is Light.SUSPENDED
        )  # list, badge, export
        assert not worktime.overdue(run.statutory, today=today, calendar=dossier.calendar)  # statistic
        assert not worktime.overdue(run.promised, today=today, calendar=dossier.calendar)
        assert breaches(dossier, now=now) == []  # supervision
        assert {one.rung for one in alarms_of(dossier)} == {Rung.PAUSE}
        assert facts_on(dossier, clock="", now=now)["light"] == ("中止", "suspended")


def test_request_5_no_reminder_leaves_on_a_holiday_and_one_does_on_a_make_up_day() -> None:
    days, first = set(), date(2026, 1, 1)
    calendar = told(*accepted("2026-03-02")).calendar
    for offset in range(200):
        day = first + timedelta(days=offset)
        if not calendar.is_working(day):
            continue
        dossier = told(*accepted(day.isoformat()), item=PROMISED)
        run = dossier.run_of(Clock.HANDLING)
        assert run is not None
        promised = dossier.promised(run)
        assert promised is not None
        sent = worktime.reminder_day(promised, ahead=1, calendar=calendar)
        assert calendar.is_working(sent)
        near = facts_on(dossier, clock="", now=at(sent.isoformat()))["light"]
        before = facts_on(dossier, clock="", now=at(calendar.shift(sent, -1).isoformat()))["light"]
        assert (near[1], before[1]) == ("due_soon", "in_time")
        days.add(sent)
    assert date(2026, 5, 9) in days  # a Saturday that is worked for Labour Day


@pytest.mark.parametrize("start", ["2025-12-31", "2026-02-11", "2026-04-24", "2026-09-18"])
def test_request_8_the_strip_re_adds_to_the_date(start: str) -> None:
    rows = accepted(start)
    run = told(*rows).run_of(Clock.HANDLING)
    assert run is not None
    dossier = told(*rows)
    days = strip(run.statutory, calendar=dossier.calendar)
    # Counted by hand: one for each day that the strip calls a working or make-up day, nothing else.
    counted = [one for one in days if one.kind in {StripKind.COUNTED, StripKind.MAKE_UP}]
    assert [one.counted for one in counted] == list(range(1, 21))
    assert counted[-1].day.isoformat() == due(dossier)
    assert [one.day for one in days] == [days[0].day + timedelta(days=n) for n in range(len(days))]


def test_request_8_a_paused_day_says_so_and_does_not_count() -> None:
    dossier = told(
        *accepted("2026-03-02"), suspended("2026-03-09", until="2026-03-27"), resumed("2026-03-17")
    )
    run = dossier.run_of(Clock.HANDLING)
    assert run is not None
    days = strip(run.statutory, calendar=dossier.calendar)
    paused = [one.day for one in days if one.kind is StripKind.PAUSED]
    assert (paused[0], paused[-1]) == (date(2026, 3, 9), date(2026, 3, 16))
    assert max(one.counted or 0 for one in days) == 20


def extended(on: str, *, count: int, unit: str = "working_days", **more: object) -> dict[str, object]:
    return act(f"{on} 10:00", "负责人", "延长期限", count=count, unit=unit, **{"reason": "需要核实", **more})


def test_request_9_extended_in_working_days_in_calendar_days_or_to_a_date() -> None:
    assert due(told(*accepted("2026-03-02"), extended("2026-03-30", count=10))) == "2026-04-14"
    # Ten calendar days after 2026-03-30 is Thursday 2026-04-09.
    days = told(*accepted("2026-03-02"), extended("2026-03-30", count=10, unit="calendar_days"))
    assert due(days) == "2026-04-09"
    dated = told(*accepted("2026-03-02"), extended("2026-03-30", count=0, until="2026-04-10"))
    assert due(dated) == "2026-04-10"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([extended("2026-03-31", count=5, refused=["限时办结制: 届满后的延长无效"])], "late"),
        (
            [
                extended("2026-03-20", count=5),
                extended("2026-03-23", count=5, refused=["限时办结制: 已经延长过一次"]),
            ],
            "second",
        ),
        ([extended("2026-03-20", count=5, reason=" ", refused=["程序: 须填写"])], "no reason"),
        ([extended("2026-03-20", count=0, refused=["限时办结制: 须写明延长多少"])], "nothing"),
        (
            [extended("2026-03-20", count=2, until="2026-04-10", refused=["限时办结制: 二者择一"])],
            "two lengths",
        ),
        ([extended("2026-03-20", count=3, unit="office_hours", refused=["限时办结制: 二者择一"])], "hours"),
        (
            [
                extended(
                    "2026-03-20", count=0, until="2026-04-15", refused=["限时办结制: 不得超过 10 个工作日"]
                )
            ],
            "too late a day",
        ),
        ([extended("2026-03-20", count=11, refused=["限时办结制: 不得超过 10 个工作日"])], "too long"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_request_9_second_late_unreasoned_or_too_long_is_refused(
    rows: list[dict[str, object]], words: str
) -> None:
    dossier = told(*accepted("2026-03-02"), *rows)
    assert due(dossier) == ("2026-04-07" if words == "second" else "2026-03-30")


def test_request_9_the_breach_stays_after_a_late_extension_is_refused() -> None:
    late = extended("2026-04-01", count=5, refused=["限时办结制: 届满后的延长无效"])
    dossier = told(*accepted("2026-03-02"), late)
    assert "handling/1/statute" in {one.key for one in breaches(dossier, now=at("2026-04-01"))}


def test_request_14_a_hearing_and_a_filing_have_deadlines_and_alarms_of_their_own() -> None:
    hearing = told(
        *accepted("2026-03-02"),
        act("2026-03-03 10:00", "承办", "告知听证权利"),
        act("2026-03-04 10:00", "申请人", "申请听证"),
    )
    assert due(hearing, Clock.HEARING_HOLD) == "2026-04-01"
    assert ("hearing_hold", Rung.STATUTE) in {(one.clock, one.rung) for one in alarms_of(hearing)}
    found = {one.key: one for one in breaches(hearing, now=at("2026-04-02"))}
    assert "hearing_hold/1/statute" in found
    filing = told(
        *accepted("2026-03-02"),
        act(
            "2026-03-03 10:00",
            "承办",
            "否定报备",
            kind="rejected",
            code="conditions",
            legal_basis="某条例第十条",
        ),
    )
    assert due(filing, Clock.FILING) == "2026-03-05"
    assert ("filing", Rung.STATUTE) in {(one.clock, one.rung) for one in alarms_of(filing)}


@pytest.mark.parametrize("stage", ["received", "awaiting", "in hand", "suspended", "filed"])
def test_request_15_withdrawing_silences_every_clock_in_the_same_act(stage: str) -> None:
    rows = {
        "received": [act("2026-03-02 09:00", "申请人", "收件", materials=["申请表"])],
        "awaiting": [
            act("2026-03-02 09:00", "申请人", "收件", materials=["申请表"]),
            act("2026-03-02 10:00", "窗口", "一次性告知", missing=["规划图", "证明"]),
        ],
        "in hand": accepted("2026-03-02"),
        "suspended": [*accepted("2026-03-02"), suspended("2026-03-03", until="2026-03-20")],
        "filed": [
            *accepted("2026-03-02"),
            act(
                "2026-03-03 10:00",
                "承办",
                "否定报备",
                kind="rejected",
                code="conditions",
                legal_basis="某条例第十条",
            ),
        ],
    }[stage]
    before = told(*rows)
    assert alarms_of(before)
    after = told(*rows, act("2026-03-04 10:00", "申请人", "撤回申请"))
    assert after.running() == ()
    assert alarms_of(after) == ()
    assert breaches(after, now=at("2026-12-30")) == []


def test_a_notice_moves_what_is_open_and_leaves_what_is_closed() -> None:
    notice = {
        "known_from": "2026-12-21 09:00",
        "year": 2027,
        "days": [{"day": "2027-01-04", "name": "元旦", "off": True}],
    }
    steps = [
        act("2026-12-15 09:00", "承办", "提出拟办意见"),
        act("2026-12-15 10:00", "审核", "审核通过"),
        act("2026-12-15 11:00", "负责人", "准予", document="许可证"),
        act("2026-12-16 09:00", "窗口", "送达"),
    ]
    closed = told(
        *accepted("2026-12-14"), *steps, notice=[notice], on=[{"day": "2026-12-30", "stage": "已办结"}]
    )
    opened = told(*accepted("2026-12-14"), notice=[notice], on=[{"day": "2026-12-30", "stage": "办理中"}])
    assert len(opened.book.editions) == len(closed.book.editions) == 2
    run, over = opened.run_of(Clock.HANDLING), closed.run_of(Clock.HANDLING)
    assert run is not None
    assert over is not None
    assert [str(one.after) for one in worktime.moved(run.statutory, book=opened.book)] == ["2027-01-12"]
    assert worktime.moved(over.statutory, book=closed.book) == ()
    assert str(closed.due(over)) == "2027-01-11"
    assert len(opened.acts) == 2  # no act was added: the line is derived from the editions

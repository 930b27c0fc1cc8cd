"""A matter has one light: list, badge, statistic and export say the same, whatever its row holds."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office import add_item, apply, at, found_office
from xiaoneng.desk import recording
from xiaoneng.desk.days import todays
from xiaoneng.matters.light import Light, light
from xiaoneng.matters.models import Matter
from xiaoneng.matters.queries import having, reading_of
from xiaoneng.matters.vocabulary.decision import Delivered, Granted
from xiaoneng.matters.vocabulary.handling import Ground, Proposed, Resumed, Reviewed, Suspended
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.organisation.access import calendar_book
from xiaoneng.organisation.capacity import CITIZEN, Capacity, Duty, Standing
from xiaoneng.organisation.models import CalendarNotice, Division
from xiaoneng.supervision import access, counting
from xiaoneng.supervision.counting import Period
from xiaoneng.supervision.levels import Level
from xiaoneng.supervision.sweep import sweep
from xiaoneng.worktime.hours import minutes_before

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)
SHUT = '{"year": 2026, "papers": [], "days": [{"name": "停电检修", "date": "2026-03-16", "isOffDay": true}]}'
ROWS = st.fixed_dictionaries(
    {
        "axis": st.sampled_from(["w", "d", "f", "m", ""]),
        "statutory": st.one_of(st.none(), st.integers(-8, 8)),
        "promised": st.one_of(st.none(), st.integers(-8, 8)),
        "paused": st.booleans(),
        "is_open": st.booleans(),
        "agency": st.sampled_from(["A", "B"]),
        "calendar": st.sampled_from(["CN", "330200"]),
    }
)


def middle(axis: str) -> int:
    """Return where an axis stands today, so that random ends lie around it."""
    calendar = calendar_book().latest
    match axis:
        case "w":
            return calendar.ordinal(TODAY)
        case "m":
            return minutes_before(TODAY, calendar=calendar)
        case _:
            return TODAY.toordinal()


def row(place: int, values: dict) -> Matter:
    step = 200 if values["axis"] == "m" else 1
    ends = {
        name: None if values[name] is None else middle(values["axis"]) + step * values[name]
        for name in ("statutory", "promised")
    }
    moment = at("2026-03-02 09:00")
    return Matter(
        number=f"XK2026-{place:07d}-0",
        procedure="approval",
        edition=1,
        subject="测试",
        division="330200",
        stage="in_hand",
        opened_at=moment,
        closed_at=None if values["is_open"] else moment,
        acts_seen=1,
        last_hash=b"",
        last_verb="received",
        last_at=moment,
        **{**values, **ends},
    )


@settings(max_examples=25, deadline=None)
@given(values=st.lists(ROWS, min_size=1, max_size=30))
def test_list_badge_statistic_and_export_agree(values):
    with transaction.atomic():
        Matter.objects.all().delete()
        Matter.objects.bulk_create(row(place, one) for place, one in enumerate(values, start=1))
        day = todays(TODAY)[0]
        badges = {one.number: light(reading_of(one), day.marks) for one in Matter.objects.all()}
        export = dict(access.with_light(Matter.objects.all(), today=TODAY).values_list("number", "light"))
        assert {number: Light(word) for number, word in export.items()} == badges
        counts = counting.lights(today=TODAY)
        for one in Light:
            listed = set(Matter.objects.filter(having(one, day.marks)).values_list("number", flat=True))
            assert listed == {number for number, shown in badges.items() if shown is one}
            if one in counting.LIT:
                assert counts[one] == len(listed)
        wall = counting.lights_by("agency", today=TODAY)
        for one in counting.LIT:
            assert sum(agency[one] for agency in wall.values()) == counts[one]
        transaction.set_rollback(True)


def test_a_suspended_matter_is_overdue_nowhere():
    with transaction.atomic():
        late = {"axis": "w", "statutory": -5, "promised": -6, "paused": True, "is_open": True}
        Matter.objects.bulk_create([row(1, {**late, "agency": "A", "calendar": "CN"})])
    assert counting.lights(today=TODAY)[Light.OVERDUE] == 0
    assert counting.lights_by("agency", today=TODAY)["A"][Light.SUSPENDED] == 1
    assert access.with_light(Matter.objects.all(), today=TODAY).get().light == "suspended"


def test_a_place_with_a_closure_of_its_own_reads_the_day_by_its_own_calendar():
    Division.objects.get_or_create(code="330200", defaults={"zh": "宁波市", "en": "Ningbo"})
    CalendarNotice.objects.create(
        calendar="330200", year=2026, source="本市公告", body=SHUT, known_from=at("2026-03-01 09:00")
    )
    tuesday = date(2026, 3, 17)
    assert [sorted(one.only) for one in todays(tuesday)] == [[], ["330200"]]
    # Ends on Saturday 14 March: it moves to Monday, or past the Monday on which the city is shut.
    end = {"axis": "d", "statutory": -2, "promised": -2, "paused": False, "is_open": True, "agency": "A"}
    Matter.objects.bulk_create([row(1, {**end, "calendar": "CN"}), row(2, {**end, "calendar": "330200"})])
    lit = access.with_light(Matter.objects.all(), today=tuesday)
    assert dict(lit.values_list("calendar", "light")) == {"CN": "overdue", "330200": "due_soon"}


def closed(office, *, days: tuple[str, ...], pause: tuple[str, str] | None = None) -> str:
    """Carry an application through; `days` are those of acceptance, proposal, review, grant and delivery."""
    number = apply(item="T-001", when=at("2026-03-02 09:00")).number
    steps = [
        (Accepted, Duty.WINDOW, {}),
        (Proposed, Duty.HANDLE, {"opinion": "拟同意"}),
        (Reviewed, Duty.REVIEW, {}),
        (Granted, Duty.HEAD, {"document": "许可证"}),
        (Delivered, Duty.WINDOW, {}),
    ]
    deeds = [(f"{day} 10:00", *step) for day, step in zip(days, steps, strict=True)]
    if pause:
        told = {
            "ground": Ground.EXPERT_REVIEW,
            "expected_until": date.fromisoformat(pause[1]),
            "notice_served": True,
        }
        deeds[1:1] = [
            (f"{pause[0]} 10:00", Suspended, Duty.HANDLE, told),
            (f"{pause[1]} 09:00", Resumed, Duty.HANDLE, {}),
        ]
    for when, act, duty, fields in deeds:
        seen = Matter.objects.get(number=number).acts_seen
        by = office.acting(duty, when=at(when))
        recording.record(act(at=at(when), by=by, **fields), number=number, seen=seen, now=at(when))
    return number


def test_the_board_counts_what_closed_and_how_it_kept_its_time():
    office = found_office()
    add_item()
    closed(office, days=("2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-09"))
    closed(office, days=("2026-03-03", "2026-03-04", "2026-03-24", "2026-03-25", "2026-03-26"))
    paused = closed(
        office,
        days=("2026-03-03", "2026-03-20", "2026-03-20", "2026-03-20", "2026-03-20"),
        pause=("2026-03-04", "2026-03-19"),
    )
    late = dict(Matter.objects.values_list("number", "closed_late"))
    assert sorted(late.values()) == [False, False, True]
    assert Matter.objects.get(number=paused).handled_days == 2
    assert set(Matter.objects.values_list("promised_days", flat=True)) == {10}
    march = Period(since=date(2026, 3, 1), until=date(2026, 4, 1))
    ((agency, figures),) = counting.kept_by("agency", period=march).items()
    assert (agency, figures.in_time.n) == (office.agency, 3)
    assert (figures.in_time.count, figures.early.count, figures.early.n) == (2, 2, 3)
    assert (figures.days, figures.promised) == (3, 10)
    assert not figures.in_time.ranked


def test_a_card_is_seen_by_its_post_its_leaders_and_the_supervisors_above_and_by_nobody_else():
    office = found_office()
    number = apply(item=add_item(), when=at("2026-03-02 09:00")).number
    sweep(now=at("2026-03-10 00:10"))
    now = at("2026-03-10 09:00")
    seen = {
        duty: access.card_list([office.acting(duty, when=now)]).count()
        for duty in (Duty.WINDOW, Duty.HANDLE, Duty.HEAD)
    }
    assert seen[Duty.WINDOW] == seen[Duty.HEAD] >= 1
    assert seen[Duty.HANDLE] == 0
    assert access.card_list([CITIZEN]).count() == 0
    above = Capacity(person=9, post="P", division="330200", duty=Duty.SUPERVISE, standing=Standing.PRIMARY)
    elsewhere = Capacity(
        person=9, post="P", division="330300", duty=Duty.SUPERVISE, standing=Standing.PRIMARY
    )
    assert access.cards_of(number, by=[above]).count() == seen[Duty.HEAD]
    assert access.cards_of(number, by=[elsewhere]).count() == 0
    red = access.CardFilter(levels=(Level.RED,), agency=office.agency)
    card = access.card_list([above], narrowed=red).get()
    assert access.access_card(card.number, by=[above]) == card
    with pytest.raises(access.NotFound):
        access.access_card(card.number, by=[elsewhere])

"""The figures that pages print: what they count, that they agree with each other, and what a notice would move."""

from __future__ import annotations

from datetime import date

import pytest

from tests.office import AGENCY, add_item, apply, at, found_office
from xiaoneng.desk import recording
from xiaoneng.matters.light import Light
from xiaoneng.matters.models import Matter
from xiaoneng.matters.vocabulary.intake import Withdrawn
from xiaoneng.organisation.capacity import CITIZEN
from xiaoneng.supervision import access, counting
from xiaoneng.supervision.counting import Period, Scope
from xiaoneng.supervision.moving import preview
from xiaoneng.worktime.calendar import PastChanged
from xiaoneng.worktime.notice import Notice, NoticeDay

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 13)


def withdrawn(received: str, closed: str, *, item: str = "T-001") -> str:
    number = apply(item=item, when=at(received)).number
    recording.lapse(number, now=at(closed))
    seen = Matter.objects.get(number=number).acts_seen
    recording.record(Withdrawn(at=at(closed), by=CITIZEN), number=number, seen=seen, now=at(closed))
    return number


def test_a_matter_closed_at_the_last_minute_of_a_period_belongs_to_it_and_the_next_minute_does_not():
    found_office()
    add_item()
    withdrawn("2026-03-02 09:00", "2026-03-03 23:59")
    withdrawn("2026-03-02 09:00", "2026-03-04 00:00")
    assert counting.kept(period=Period(since=date(2026, 3, 3), until=date(2026, 3, 4))).in_time.n == 1
    assert counting.kept(period=Period(since=date(2026, 3, 3), until=date(2026, 3, 5))).in_time.n == 2
    assert counting.kept(period=Period(since=date(2026, 3, 5), until=date(2026, 3, 9))).in_time.n == 0


def test_the_whole_is_the_sum_of_its_agencies_and_of_its_items():
    found_office()
    for code in ("T-001", "T-002"):
        add_item(code)
        withdrawn("2026-03-02 09:00", "2026-03-03 09:00", item=code)
    period = Period.last(30, today=TODAY)
    whole = counting.kept(period=period)
    for column in ("agency", "item"):
        parts = counting.kept_by(column, period=period).values()
        assert sum(one.in_time.n for one in parts) == whole.in_time.n == 2
    of_one = counting.kept(Scope(item="T-002"), period=period)
    assert (of_one.in_time.count, of_one.in_time.n) == (1, 1)


def test_lights_of_the_wall_of_a_place_and_of_the_city_agree():
    found_office()
    add_item()
    apply(item="T-001", when=at("2026-01-05 09:00"))
    apply(item="T-001", when=at("2026-03-12 09:00"))
    city = counting.lights(today=TODAY)
    assert city == counting.lights_by("agency", today=TODAY)[AGENCY]
    listed = dict.fromkeys(counting.LIT, 0)
    for word in access.with_light(Matter.objects.all(), today=TODAY).values_list("light", flat=True):
        listed[Light(word)] += 1
    assert listed == city
    assert sum(city.values()) == 2
    assert Light.CLOSED not in city


def test_the_small_are_not_ranked_whatever_their_share():
    few = counting.Kept(in_time=counting.Share("few", 2, 2))
    many = counting.Kept(in_time=counting.Share("many", 8, 10))
    none = counting.Kept(in_time=counting.Share("none", 0, 0))
    assert counting.ranked({"a": few, "b": many, "0": none}) == ["b", "a", "0"]


def test_of_equal_shares_the_surer_stands_first():
    ten = counting.Kept(in_time=counting.Share("", 10, 10))
    hundred = counting.Kept(in_time=counting.Share("", 100, 100))
    assert counting.ranked({"a": ten, "b": hundred}) == ["b", "a"]


@pytest.mark.parametrize(
    ("counted", "middle"),
    [({}, None), ({3: 1}, 3), ({1: 1, 4: 1}, 2.5), ({1: 1, 2: 5, 9: 1}, 2), ({0: 2, 7: 2}, 3.5)],
)
def test_the_median_of_counted_values(counted, middle):
    assert counting.median(counted) == middle


def day(text: str, *, working: bool = False) -> NoticeDay:
    return NoticeDay(date.fromisoformat(text), "元旦", working=working)


def test_a_notice_moves_what_falls_due_after_it_and_nothing_else():
    found_office()
    add_item()
    apply(item="T-001", when=at("2026-12-07 09:00"))
    late = apply(item="T-001", when=at("2026-12-28 09:00"))
    notice = Notice(2027, (), (day("2027-01-01"),))
    before = Matter.objects.get(number=late.number).statutory
    seen = preview(notice, now=at("2026-12-28 12:00"))
    (move,) = seen.moves
    assert (move.before, move.after, move.matters) == (date(2027, 1, 4), date(2027, 1, 5), 1)
    assert (seen.moving, seen.staying) == (1, 1)
    assert (seen.provisional_before, seen.provisional_after) == (1, 0)
    assert seen.days == (date(2027, 1, 1),)
    assert Matter.objects.get(number=late.number).statutory == before


def test_a_notice_that_would_alter_days_gone_by_is_refused():
    found_office()
    with pytest.raises(PastChanged):
        preview(Notice(2026, (), (day("2026-01-01"),)), now=at("2026-03-02 09:00"))

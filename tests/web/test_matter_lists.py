from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.office import Office, add_item, apply, at
from tests.web.offices import found_offices, logged_in, send_away, set_clock
from xiaoneng.desk import inbox, recording
from xiaoneng.desk.recording import Receipt
from xiaoneng.desk.scopes import Tab, rows_in
from xiaoneng.matters.light import Light
from xiaoneng.matters.vocabulary.decision import Delivered, Granted
from xiaoneng.matters.vocabulary.handling import Ground, Suspended
from xiaoneng.matters.vocabulary.intake import Accepted, MaterialsNoticed
from xiaoneng.organisation.capacity import Duty
from xiaoneng.web import clock

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    cache.clear()
    set_clock("2026-03-20 09:30")
    yield
    clock.set_for_tests(None)


@pytest.fixture
def office() -> Office:
    return found_offices()


def in_hand(office: Office, item: str, when: str) -> Receipt:
    receipt = apply(item=item, when=at(when))
    later = at(when) + timedelta(hours=1)
    by = office.acting(Duty.WINDOW, when=later)
    recording.record(Accepted(at=later, by=by), number=receipt.number, seen=1, now=later)
    return receipt


def numbers(page: str) -> list[str]:
    return re.findall(r'class="mono">(XK[\d-]+)<', page)


def test_the_desk_shows_what_is_mine_by_time_left(office: Office) -> None:
    late = in_hand(office, add_item("T-1", statutory=8, promised=3), "2026-03-02 10:00")
    soon = in_hand(office, add_item("T-2", statutory=20, promised=15), "2026-03-02 10:00")
    broken = in_hand(office, add_item("T-3", statutory=20, promised=10), "2026-03-02 10:00")
    apply(item="T-1", when=at("2026-03-19 10:00"))  # lies with the window
    told = logged_in("handle-A").get("/desk/").content.decode()
    assert numbers(told) == [late.number, broken.number, soon.number]
    assert all(word in told for word in ("超期 6 个工作日", "已超 4 个工作日", "还剩 1 个工作日"))


def test_working_days_and_calendar_days_are_ordered_by_the_day_they_end(office: Office) -> None:
    for code, unit, count in (
        ("W-3", "working_days", 3),
        ("C-5", "calendar_days", 5),
        ("C-12", "calendar_days", 12),
        ("W-10", "working_days", 10),
        ("M-1", "months", 1),
    ):
        item = add_item(code, statutory=count, promised=None, unit=unit)
        for day in ("2026-03-10", "2026-03-12", "2026-03-13"):
            in_hand(office, item, f"{day} 10:00")
    by = (office.acting(Duty.HANDLE, when=at("2026-03-20 09:30")),)
    whole = list(inbox.every(rows_in(Tab.MINE, by), today=TODAY, most=100))
    assert len(whole) == 15
    assert [one.due for one in whole] == sorted(one.due for one in whole if one.due)
    assert len({one.matter.axis for one in whole}) == 2
    for size in (1, 2, 5, 7):
        assert _walked(by, size=size) == [one.matter.number for one in whole]


def _walked(by: tuple[object, ...], *, size: int) -> list[str]:
    found, after = [], None
    while True:
        page = inbox.page(rows_in(Tab.MINE, by), today=TODAY, after=after, size=size)  # type: ignore[arg-type]
        found += [one.matter.number for one in page.rows]
        if not page.following:
            return found
        after = inbox.Cursor.parse(page.following)


def test_what_stands_still_and_what_waits_for_the_applicant_come_last(office: Office) -> None:
    item = add_item()
    held = in_hand(office, item, "2026-03-10 10:00")
    when = at("2026-03-11 10:00")
    pause = Suspended(
        at=when,
        by=office.acting(Duty.HANDLE, when=when),
        ground=Ground.TESTING,
        expected_until=date(2026, 3, 25),
        notice_served=True,
    )
    recording.record(pause, number=held.number, seen=2, now=when)
    asked = apply(item=item, when=at("2026-03-12 10:00"))
    when = at("2026-03-12 11:00")
    notice = MaterialsNoticed(
        at=when, by=office.acting(Duty.WINDOW, when=when), defective=("plan",), reasons="缺章，请盖章后补交"
    )
    recording.record(notice, number=asked.number, seen=1, now=when)
    running = in_hand(office, item, "2026-03-19 10:00")
    told = logged_in("head-A").get("/desk/?tab=agency").content.decode()
    assert numbers(told) == [running.number, held.number, asked.number]
    waiting = logged_in("window-A").get("/desk/?tab=applicant").content.decode()
    assert numbers(waiting) == [asked.number]
    others = logged_in("window-A").get("/desk/?tab=others").content.decode()
    assert set(numbers(others)) == {running.number, held.number}


def test_the_cover_finds_the_inbox_under_its_own_tab(office: Office) -> None:
    receipt = in_hand(office, add_item(), "2026-03-19 10:00")
    send_away(office, Duty.HANDLE, since="2026-03-20 08:00")
    cover = logged_in("handle-B")
    assert numbers(cover.get("/desk/").content.decode()) == []
    told = cover.get("/desk/?tab=cover").content.decode()
    assert numbers(told) == [receipt.number]
    assert "B 岗 承办B（虚构） 代 A 岗 承办A（虚构）" in told
    assert "您现在不在岗" in logged_in("handle-A").get("/desk/").content.decode()


def test_lists_are_sifted_by_light_item_and_words(office: Office) -> None:
    late = in_hand(office, add_item("T-1", statutory=8, promised=3), "2026-03-02 10:00")
    fine = in_hand(office, add_item("T-2", statutory=30, promised=25), "2026-03-18 10:00")
    client = logged_in("handle-A")
    assert numbers(client.get("/desk/?light=overdue").content.decode()) == [late.number]
    assert numbers(client.get("/desk/?light=in_time").content.decode()) == [fine.number]
    assert numbers(client.get("/desk/?item=T-2").content.decode()) == [fine.number]
    assert numbers(client.get("/desk/?q=T-1").content.decode()) == [late.number]
    assert "没有符合的办件" in client.get("/desk/?light=suspended").content.decode()
    assert client.get(f"/desk/?q={late.number}").headers["Location"] == f"/desk/m/{late.number}/"


def test_what_an_address_says_wrongly_is_left_out(office: Office) -> None:
    client = logged_in("handle-A")
    assert client.get("/desk/?tab=x&light=y&after=1-2&item=z").status_code == 200
    assert client.get("/desk/?after=0-99999999999-1").status_code == 200


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(office: Office) -> None:
    items = [
        add_item(f"T-{number}", unit=unit) for number, unit in enumerate(("working_days", "calendar_days"))
    ]
    asked = []
    for upto in (5, 200):
        have = rows_in(Tab.MINE, (office.acting(Duty.WINDOW, when=at("2026-03-20 09:00")),)).count()
        for number in range(have, upto):
            apply(item=items[number % 2], when=at("2026-03-18 09:30") + timedelta(minutes=number))
        client = logged_in("window-A")
        client.get("/desk/")  # what is kept between requests is kept
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = client.get("/desk/").content.decode()
        asked.append(len(seen))
        assert len(numbers(page)) == min(upto, 50)
    assert asked[1] <= asked[0] <= 22  # a full page asks no more for what would come after it


def test_a_long_list_is_walked_page_by_page_without_gap_or_repetition(office: Office) -> None:
    item = add_item()
    for number in range(120):
        apply(item=item, when=at("2026-03-18 09:30") + timedelta(minutes=number))
    client, path, found = logged_in("window-A"), "/desk/", []
    while path:
        page = client.get(path).content.decode()
        found += numbers(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following.group(1).replace("&amp;", "&") if following else ""
    assert len(found) == len(set(found)) == 120


def test_the_list_leaves_the_house_as_a_table_in_the_same_order(office: Office) -> None:
    late = in_hand(office, add_item("T-1", statutory=8, promised=3), "2026-03-02 10:00")
    fine = in_hand(office, add_item("T-2", statutory=30, promised=25), "2026-03-18 10:00")
    answer = logged_in("handle-A").get("/desk/list.csv")
    lines = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0][0] == "办件编号"
    assert [line[0] for line in lines[1:]] == [late.number, fine.number]
    assert lines[1][4:7] == ["超期", "2026-03-05", "-6"]
    english = logged_in("handle-A").get("/desk/list.csv", headers={"accept-language": "en"})
    assert english.content.decode("utf-8-sig").startswith("Number,Item")


def test_closed_matters_leave_the_desk_and_stand_under_closed(office: Office) -> None:
    receipt = apply(item=add_item(traits="instant"), when=at("2026-03-19 10:00"))
    when = at("2026-03-19 10:05")
    act = Granted(at=when, by=office.acting(Duty.WINDOW, when=when), document="测试证")
    recording.record(act, number=receipt.number, seen=1, now=when)
    _deliver(office, receipt)
    client = logged_in("window-A")
    assert numbers(client.get("/desk/").content.decode()) == []
    told = client.get("/desk/?tab=closed").content.decode()
    assert numbers(told) == [receipt.number]
    assert "按时办结" in told


def _deliver(office: Office, receipt: Receipt) -> None:
    when = at("2026-03-19 11:00")
    act = Delivered(at=when, by=office.acting(Duty.WINDOW, when=when))
    recording.record(act, number=receipt.number, seen=2, now=when)


@pytest.mark.parametrize("light", list(Light))
def test_every_light_can_be_asked_for(office: Office, light: Light) -> None:
    add_item()
    assert logged_in("handle-A").get(f"/desk/?light={light.value}").status_code == 200


def test_a_log_in_without_a_post_is_told_so(office: Office, client: Client) -> None:
    user = get_user_model().objects.create_user("nobody")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert "这个账号没有岗位" in client.get("/desk/").content.decode()

"""放假通知一公布，在办件的期限随之变动，不改写任何一件；已办结的保持当时所知。"""

from __future__ import annotations

import json

from tests.office import Office, add_item
from tests.story.people import Citizen, Officer, Town
from xiaoneng.catalogue.models import Item
from xiaoneng.matters.models import Matter

DAYS = ("2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04")
NOTICE = json.dumps(
    {
        "year": 2027,
        "papers": ["https://example.invalid/invented-notice-of-2027"],
        "days": [{"name": "元旦（虚构的安排）", "date": day, "isOffDay": True} for day in DAYS],
    },
    ensure_ascii=False,
)
"""Invented by this test: the true notice for 2027 says what it says."""


def test_a_holiday_notice_moves_the_dates_and_rewrites_no_matter(town: Town, office: Office) -> None:
    add_item("T-002", promised=None)
    Item.objects.filter(code="T-002").update(zh="占道施工许可（虚构）", en="Street works permit (invented)")
    town.it_is("2026-12-14 09:00")
    waiting, gone = Citizen(town), Citizen(town)
    window = Officer(town).logs_in("window-A")
    for citizen in (waiting, gone):
        town.it_is("2026-12-14 09:00")
        citizen.applies_for("占道施工许可", materials=["申请表", "规划图", "证明"])
        citizen.keeps_the_receipt()
        town.it_is("2026-12-14 10:00")
        window.takes_up(citizen.number)
        window.records("受理")
    town.it_is("2026-12-18 10:00")
    gone.looks_again()
    gone.does("撤回申请", {"原因": "不办了。"})
    closed_as = told(gone)
    waiting.looks_again()
    waiting.sees("2027年1月11日 到期", "暂定")
    waiting.looks("holiday-1-provisional")
    rows = list(Matter.objects.order_by("pk").values())
    loads(town)
    assert list(Matter.objects.order_by("pk").values()) == rows
    moved(town, waiting)
    town.it_is("2026-12-18 10:00")
    gone.looks_again()
    assert told(gone) == closed_as


def told(citizen: Citizen) -> str:
    """Return all that the page of a matter says of its clocks and its story."""
    citizen.looks_again()
    return " ".join(citizen.main.locator(".columns > div").first.inner_text().split())


def loads(town: Town) -> None:
    """The supervisor loads the notice, having seen what it will move."""
    town.it_is("2026-12-21 09:00")
    supervisor = Officer(town, "en").logs_in("supervise-A")
    supervisor.follows("Supervision", exact=True)
    supervisor.page.get_by_role("link", name="Working calendar").first.click()
    supervisor.page.get_by_role("link", name="Load a holiday notice").first.click()
    supervisor.fills_in({"Or paste its content here": NOTICE, "Source": "Invented for this test"})
    supervisor.presses("See what would move")
    supervisor.sees("11 Jan 2027", "13 Jan 2027")
    supervisor.looks("holiday-2-what-it-would-move")
    supervisor.presses("Load it")
    supervisor.sees("The notice of 2027 is loaded")
    supervisor.looks("holiday-3-calendar")


def moved(town: Town, waiting: Citizen) -> None:
    town.it_is("2026-12-21 09:05")
    waiting.looks_again()
    waiting.sees("2027年1月13日 到期")
    waiting.does_not_see("暂定")
    line = " ".join(waiting.line("办理法定期限变动").inner_text().split())
    assert "期限由 2027年1月11日 变为 2027年1月13日" in line
    assert "关于2027年部分节假日安排的通知" in line
    waiting.looks("holiday-4-moved")

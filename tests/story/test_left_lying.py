"""提醒、黄牌、红牌：a matter left lying is found by the clock, not by chance."""

from __future__ import annotations

import re

from tests.office import Office, at
from tests.story.people import Citizen, Officer, Town
from xiaoneng.supervision.models import Card
from xiaoneng.supervision.sweep import sweep

FOUND = {"2026-03-16 00:05": "提醒", "2026-03-18 00:05": "黄牌", "2026-04-01 00:05": "红牌"}


def test_the_sweep_raises_cards_and_shows_them_to_the_supervisor_and_to_whom_they_concern(
    town: Town, office: Office
) -> None:
    town.expects("404 (Not Found)")
    citizen = Citizen(town)
    taken_in_and_left(town, citizen)
    supervisor = Officer(town).logs_in("supervise-A")
    for when, level in FOUND.items():
        sweep(now=at(when))
        town.it_is(when.replace("00:05", "08:30"))
        supervisor.follows("督察", exact=True)
        supervisor.follows("提醒与红黄牌")
        supervisor.sees(level, citizen.number)
        if level == "黄牌":
            answers_the_yellow_card(town)
    supervisor.sees("共 3 张", "承办A（虚构）", "期限至2026年3月17日（含当日）")
    supervisor.looks("left-lying-1-cards")
    number = stands_on_the_wall(supervisor)
    is_nobody_elses(town, number)


def answers_the_yellow_card(town: Town) -> None:
    """Answer it in time, or on the fourth working day it would be red."""
    holder = Officer(town).logs_in("handle-A")
    holder.goes_to(f"/supervision/cards/{Card.objects.get(level='yellow').number}/")
    holder.sees("黄牌", "待答复", "还剩 3 个工作日")
    holder.follows("去答复或办理")
    holder.records("红黄牌答复", {"原因说明": "人手不足", "已经采取的改正措施": "三日内办结"})
    holder.goes_to(f"/supervision/cards/{Card.objects.get(level='yellow').number}/")
    holder.sees("已答复，待核实")
    holder.looks("left-lying-1b-answered")


def taken_in_and_left(town: Town, citizen: Citizen) -> None:
    town.it_is("2026-03-02 09:00")
    citizen.applies_for("演出场所许可", materials=["申请表", "规划图", "证明"])
    citizen.keeps_the_receipt()
    town.it_is("2026-03-03 10:00")
    window = Officer(town).logs_in("window-A")
    window.takes_up(citizen.number)
    window.records("受理")


def stands_on_the_wall(supervisor: Officer) -> str:
    """Go from the wall to the red card and return its number."""
    supervisor.follows("督察", exact=True)
    supervisor.sees("测试局", "红牌 1", "黄牌 1")
    supervisor.looks("left-lying-2-wall")
    supervisor.follows("红牌 1")
    number = supervisor.main.locator("article.card a.mono").first.inner_text()
    supervisor.follows(number)
    supervisor.sees("红牌", "2026年3月31日", "承办A（虚构）", "《行政许可法》第四十二条第一款")
    supervisor.looks("left-lying-3-red-card")
    return number


def is_nobody_elses(town: Town, number: str) -> None:
    holder = Officer(town, "en").logs_in("handle-A")
    assert holder.goes_to(f"/supervision/cards/{number}/") == 200
    holder.sees("Red card")
    holder.looks("left-lying-4-as-its-addressee")
    assert holder.goes_to("/supervision/") == 404
    window = Officer(town).logs_in("window-A")
    assert window.goes_to(f"/supervision/cards/{number}/") == 404
    assert window.goes_to("/supervision/cards/") == 404
    passer_by = Citizen(town)
    passer_by.goes_to(f"/supervision/cards/{number}/")
    assert re.search(r"/login/\?next=", passer_by.page.url)

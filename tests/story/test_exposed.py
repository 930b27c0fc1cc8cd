"""情节严重一律公开：a serious case is exposed after review and reply, all may read it, and the four always stay empty."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.duty import WATCH
from tests.exposing import found_publishers, grave_case
from tests.office import Office
from tests.story.people import PASSWORD, Citizen, Officer, Town
from xiaoneng.openness.four_absolutes import forget
from xiaoneng.organisation.actions import give_login
from xiaoneng.organisation.models import Incumbency

TITLE, REPLY = "测试局窗口三次拒收材料", "已增设窗口，并向群众道歉。"
WORDS = {
    "标题（中文）": TITLE,
    "标题（英文）": "The window turned papers away three times",
    "拟公开的内容（中文）": "2026年2月，测试局窗口三次拒收符合要求的材料，已作出离岗培训处理。",
    "拟公开的内容（英文）": "In February 2026 the window turned away sound papers three times.",
    "为什么属于情节严重、影响恶劣": "群众多次往返",
}


@pytest.fixture
def office(town: Town) -> Office:
    """The office and the effectiveness office that exposes it, each official with a log-in."""
    forget()
    found = found_publishers()
    decides = Incumbency.objects.get(post=f"{WATCH}-head", standing="A").person_id
    for name, person in {**found.people, "watch-head": decides}.items():
        give_login(person=person, username=name, password=PASSWORD)
    return found


def test_a_serious_case_reaches_the_public_page_and_its_correction_stands_above_it(
    town: Town, office: Office
) -> None:
    town.expects("400 (Bad Request)")
    case = grave_case(office)
    town.it_is("2026-03-12 09:00")
    number = proposed(town, case)
    reviewed_and_answered(town, number)
    published(town, number)
    citizen = Citizen(town)
    read_by_all(citizen, number)
    corrected(town, number)
    citizen.goes_to(f"/open/exposure/{number}/")
    citizen.sees("应为两次", "原文", "核对记录有误")
    citizen.looks("exposed-3-corrected")
    the_four_always_are_empty(town, citizen)


def proposed(town: Town, case: str) -> str:
    """From the publishing desk: what is due, and the proposal; return the number of the exposure."""
    supervisor = Officer(town).logs_in("supervise-A")
    supervisor.follows("公开发布")
    supervisor.sees(case, "2026年4月8日")
    supervisor.looks("exposed-1-due")
    supervisor.follows("提请曝光")
    supervisor.fills_in({**WORDS, "拟公开的内容（中文）": "投诉人电话13800000000"})
    supervisor.presses("提请曝光")
    assert "疑有电话号码" in supervisor.reasons()
    supervisor.fills_in(WORDS)
    supervisor.presses("提请曝光")
    return supervisor.main.locator(".receipt__big .mono").first.inner_text()


def reviewed_and_answered(town: Town, number: str) -> None:
    town.it_is("2026-03-12 14:00")
    legality = Officer(town).logs_in("legality-A")
    legality.takes_up(number)
    ticks = (
        "事实已由生效的处理或者认定证明",
        "不涉及国家秘密、工作秘密",
        "不涉及个人隐私、商业秘密、未成年人",
        "不能据此认出投诉人、证人",
        "审查通过",
    )
    legality.records("公开前审查", {**dict.fromkeys(ticks, True), "审查意见": "符合公开条件"})
    supervisor = Officer(town).logs_in("supervise-A")
    supervisor.takes_up(number)
    supervisor.records("告知答辩权利", {"告知内容": "一日内可以答辩"})
    town.it_is("2026-03-13 09:00")
    head = Officer(town).logs_in("head-A")
    head.takes_up(number)
    head.records("答辩", {"答辩意见（随曝光一并公开）": REPLY})


def published(town: Town, number: str) -> None:
    town.it_is("2026-03-13 15:00")
    head = Officer(town).logs_in("watch-head")
    head.takes_up(number)
    head.records("曝光决定", {"决定公开": True, "理由（含对答辩意见的采纳情况）": "答辩意见一并公开"})
    town.it_is("2026-03-16 09:00")
    publisher = Officer(town).logs_in("publish-A")
    publisher.takes_up(number)
    publisher.records("公开曝光", {"公开至（含当日）": "2026-09-16"})


def read_by_all(citizen: Citizen, number: str) -> None:
    citizen.goes_to("/")
    citizen.page.get_by_role("navigation").first.get_by_role("link", name="公开", exact=True).click()
    citizen.follows(TITLE)
    citizen.sees(REPLY, "三次拒收", "曝光决定", "答辩意见一并公开", "2026年9月16日")
    citizen.does_not_see("（虚构）", "符合公开条件", "群众多次往返")
    assert number in citizen.page.url
    citizen.looks("exposed-2-public")


def corrected(town: Town, number: str) -> None:
    town.it_is("2026-03-20 09:00")
    head = Officer(town).logs_in("watch-head")
    head.takes_up(number)
    head.records(
        "更正曝光内容",
        {
            "更正标题（中文）": "更正：应为两次",
            "更正标题（英文）": "Correction: twice",
            "更正内容（中文）": "应为两次，不是三次。",
            "更正内容（英文）": "It was twice, not three times.",
            "更正原因": "核对记录有误",
        },
    )


def the_four_always_are_empty(town: Town, citizen: Citizen) -> None:
    """On the front page, with definition and moment, each figure opens; also after the term is long over."""
    town.it_is("2026-07-20 09:00")
    citizen.goes_to("/")
    section = citizen.main.locator("section", has=citizen.page.get_by_role("heading", name="四个一律"))
    figures = section.locator(".figure")
    expect(figures).to_have_count(4)
    for place in range(4):
        figure = figures.nth(place)
        expect(figure.locator(".figure__value")).to_have_text(re.compile(r"^\s*0\s*件违反"))
        expect(figure).to_contain_text("截至 2026年7月20日 09:00")
        expect(figure).to_contain_text("违反：")
    figures.nth(3).get_by_role("link").click()
    citizen.sees("情节严重一律公开", "查验 1 件，应为 0", "没有违反的")
    citizen.looks("exposed-4-four-always")

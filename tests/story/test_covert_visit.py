"""明查暗访：an inspector files a covert visit from the street, off line and on line again, and it is recorded once."""

from __future__ import annotations

from hashlib import sha256

import pytest
from playwright.sync_api import Page, expect

from tests.inspectors import appoint
from tests.office import AGENCY, Office
from tests.pictures import png
from tests.story.people import PASSWORD, Officer, Town
from xiaoneng.desk.exhibits import content_of, exhibits
from xiaoneng.desk.recording import read
from xiaoneng.matters.models import Matter
from xiaoneng.matters.vocabulary.inspection import Category, FindingRecorded, VisitRecorded

DEPUTY, ADVISER = "代表甲", "委员乙"


@pytest.fixture
def team(office: Office) -> dict[str, int]:
    """Two who can be drawn, and a third who works in the agency visited."""
    return {
        DEPUTY: appoint(DEPUTY, Category.DEPUTY, password=PASSWORD),
        ADVISER: appoint(ADVISER, Category.ADVISER, password=PASSWORD),
        "third": appoint("", Category.ENTERPRISE, person=office.people["handle-B"]),
    }


def test_a_covert_visit_goes_from_the_street_to_its_rectification(
    town: Town, office: Office, team: dict[str, int]
) -> None:
    town.expects("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch", "404 (Not Found)")
    town.it_is("2026-03-02 09:00")
    watch = Officer(town).logs_in("supervise-A")
    number = plans_and_draws(watch)
    agency = Officer(town).logs_in("handle-A")
    sees_nothing(agency, number)
    town.it_is("2026-03-04 12:30")
    inspector = Officer(town, width=390).logs_in(DEPUTY)
    inspector.page.set_viewport_size({"width": 390, "height": 844})
    writes_in_the_street(inspector)
    sends_when_there_is_a_connection(inspector, number)
    stands_on_record_once(number)
    sees_nothing(agency, number)
    gives_the_result(town, inspector, number)
    orders(town, watch, number)
    reports(town, agency, number)
    looks_again(town, inspector, watch, number)


def plans_and_draws(watch: Officer) -> str:
    watch.goes_to("/supervision/inspections/plan/")
    watch.fills_in(
        {
            "被查单位": ["测试局"],
            "方式": "暗访",
            "检查清单": "四条禁令",
            "查访截止日": "2026-03-13",
            "立项理由": "群众反映中午饮酒。",
        }
    )
    watch.looks("inspection-1-plan")
    watch.presses("立项")
    watch.fills_in({"人数（2 人以上）": "2"})
    watch.presses("抽取督察组")
    watch.sees("刚刚重抽了一遍，结果与记录一致", "有利害关系，不入签", f"{DEPUTY}（虚构）")
    watch.looks("inspection-2-lot")
    return Matter.objects.get(procedure="inspection").number


def sees_nothing(agency: Officer, number: str) -> None:
    assert number not in agency.inbox()
    assert agency.goes_to(f"/desk/m/{number}/") == 404
    assert agency.goes_to(f"/inspect/{number}/") == 404


def kept(page: Page) -> None:
    page.wait_for_selector("html[data-kept-offline]", state="attached")


def writes_in_the_street(inspector: Officer) -> None:
    page = inspector.page
    inspector.goes_to("/inspect/")
    kept(page)
    inspector.looks("inspection-3-visits")
    inspector.follows("填写查访记录")
    kept(page)
    inspector.fills_in({"地点": "某饭店二楼", "开始时间": "2026-03-04T11:40"})
    page.context.set_offline(True)
    inspector.fills_in({"结束时间": "2026-03-04T12:20"})
    for point in page.locator("fieldset.point").all():
        point.locator("[value=yes]").check()
    page.locator("[name=point-no-alcohol][value=no]").check()
    page.locator("[name=note-no-alcohol]").fill("桌上两瓶白酒")
    page.locator("details.block summary").first.click()
    page.locator("[name=f1-kind]").select_option("lunch_alcohol")
    page.locator("[name=f1-what]").fill("四名工作人员中午饮酒。")
    page.locator("[name=f1-found_at]").fill("2026-03-04T12:05")
    page.locator("[name=f1-place]").fill("某饭店二楼")
    page.locator("[name=f1-evidence]").fill("照片两张，消费单一张。")
    page.locator("#v-pick").set_input_files(
        [{"name": "桌面.png", "mimeType": "image/png", "buffer": png(90)}]
    )
    expect(page.locator("[name=photos]")).to_have_value(f"{sha256(png(90)).hexdigest()} 桌面.png")
    inspector.sees("已存在这部手机上，还没有发送")


def sends_when_there_is_a_connection(inspector: Officer, number: str) -> None:
    page = inspector.page
    page.reload()
    expect(page.locator("[name=note-no-alcohol]")).to_have_value("桌上两瓶白酒")
    expect(page.locator("[name=f1-what]")).to_have_value("四名工作人员中午饮酒。")
    inspector.looks("inspection-4-draft-off-line")
    inspector.presses("提交查访记录")
    inspector.sees("等待发送")
    inspector.looks("inspection-5-waiting")
    page.reload()
    inspector.sees("等待发送")
    assert not read(number).every(VisitRecorded)
    page.context.set_offline(False)
    inspector.sees("已送达，记为第 3 项")
    expect(page.locator("[data-photos]")).to_be_hidden()
    inspector.looks("inspection-6-sent")


def stands_on_record_once(number: str) -> None:
    dossier = read(number)
    (visit,), (finding,) = dossier.every(VisitRecorded), dossier.every(FindingRecorded)
    assert visit.once
    assert finding.kind == "lunch_alcohol"
    assert len(visit.present) == 2
    (picture,) = exhibits(dossier)
    assert picture.held
    assert content_of(number, sha256=picture.sha256) == (png(90), "image/png")


def gives_the_result(town: Town, inspector: Officer, number: str) -> None:
    town.it_is("2026-03-05 09:00")
    inspector.takes_up(number)
    picture = inspector.page.locator(".exhibit img")
    assert picture.evaluate("(one) => one.decode().then(() => one.naturalWidth)") == 24
    assert inspector.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert f"{DEPUTY}（虚构）" in inspector.line("查访记录").inner_text()
    assert f"{ADVISER}（虚构）" in inspector.line("查访记录").inner_text()
    inspector.records("督察结果", {"结果": "四名工作人员违反禁令。"})
    inspector.looks("inspection-7-result")


def orders(town: Town, watch: Officer, number: str) -> None:
    town.it_is("2026-03-05 10:00")
    watch.takes_up(number)
    watch.records(
        "整改通知",
        {"整改岗位": "测试局 承办", "整改内容": "查明饮酒人员，整顿作风。", "整改期限": "2026-03-12"},
    )
    watch.looks("inspection-8-ordered")
    watch.goes_to("/supervision/inspections/")
    watch.sees(number, "整改中", "查访 1 次，问题 1 个")
    watch.looks("inspection-9-list")


def reports(town: Town, agency: Officer, number: str) -> None:
    town.it_is("2026-03-10 09:00")
    assert number in agency.inbox()
    agency.takes_up(number)
    agency.sees("四名工作人员中午饮酒")
    agency.records("整改报告", {"整改措施": "约谈四人，开展教育。", "证明材料": "约谈记录四份。"})
    agency.looks("inspection-10-reported")


def looks_again(town: Town, inspector: Officer, watch: Officer, number: str) -> None:
    town.it_is("2026-03-12 09:00")
    inspector.takes_up(number)
    inspector.records("复查", {"已整改到位": True, "复查情况": "午间再访，没有饮酒。"})
    town.it_is("2026-03-12 10:00")
    watch.takes_up(number)
    watch.records("督察销号", {"结论": "整改到位。"})
    watch.sees("已销号")
    watch.looks("inspection-11-closed")


def test_what_one_inspector_wrote_is_not_shown_to_another_on_the_same_phone(
    town: Town, office: Office, team: dict[str, int]
) -> None:
    town.it_is("2026-03-02 09:00")
    number = plans_and_draws(Officer(town).logs_in("supervise-A"))
    town.it_is("2026-03-04 12:30")
    inspector = Officer(town, width=390).logs_in(DEPUTY)
    inspector.goes_to(f"/inspect/{number}/")
    inspector.fills_in({"地点": "某饭店二楼"})
    inspector.sees("已存在这部手机上，还没有发送")
    page = inspector.page
    page.context.clear_cookies(name="sessionid")  # the log-in has ended without a log-out
    inspector.logs_in(ADVISER)
    inspector.goes_to(f"/inspect/{number}/")
    expect(page.locator("[name=place]")).to_have_value("")
    page.context.clear_cookies(name="sessionid")
    inspector.logs_in(DEPUTY)
    inspector.goes_to(f"/inspect/{number}/")
    expect(page.locator("[name=place]")).to_have_value("某饭店二楼")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="退出").click()
    expect(page).to_have_url(f"{town.url}/")
    inspector.logs_in(DEPUTY)
    inspector.goes_to(f"/inspect/{number}/")
    expect(page.locator("[name=place]")).to_have_value("")


def test_without_a_script_the_same_form_is_sent_as_any_other(
    town: Town, office: Office, team: dict[str, int]
) -> None:
    town.expects("400 (Bad Request)")
    town.it_is("2026-03-02 09:00")
    number = plans_and_draws(Officer(town).logs_in("supervise-A"))
    town.it_is("2026-03-04 12:30")
    inspector = Officer(town, width=390, script=False).logs_in(ADVISER)
    inspector.goes_to(f"/inspect/{number}/")
    inspector.fills_in(
        {"地点": "大厅", "开始时间": "2026-03-04T11:40", "结束时间": "2026-03-04T12:20", "其他情况": "无"}
    )
    inspector.presses("提交查访记录")
    inspector.sees("每一项都要选", "还不能记录")
    expect(inspector.page.locator("[name=place]")).to_have_value("大厅")
    for point in inspector.page.locator("fieldset.point").all():
        point.locator("[value=yes]").check()
    picker = inspector.page.locator("#v-pick")
    picker.set_input_files([{"name": "x.png", "mimeType": "image/png", "buffer": b"no picture"}])
    inspector.presses("提交查访记录")
    inspector.sees("只收 JPEG、PNG、WebP 照片")
    picker.set_input_files([{"name": "x.png", "mimeType": "image/png", "buffer": png(10)}])
    inspector.presses("提交查访记录")
    inspector.sees("已送达，记为第 3 项", "已在案的查访记录")
    assert [one.held for one in exhibits(read(number))] == [True]
    assert AGENCY in read(number).opening.agencies  # type: ignore[attr-defined]

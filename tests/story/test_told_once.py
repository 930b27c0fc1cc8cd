"""每件事有人负责、有法定时限、有公开记录：a citizen's whole way, from the hall to the decision."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.office import Office
from tests.story.people import Citizen, Officer, Town

ITEM = "演出场所许可"


def test_a_citizen_is_told_everything_once_waits_through_a_suspension_and_has_the_decision_in_time(
    town: Town, office: Office
) -> None:
    town.expects("400 (Bad Request)")
    citizen = Citizen(town, script=False)
    window = Officer(town, "en").logs_in("window-A")
    handler = Officer(town).logs_in("handle-A")
    applies(town, citizen)
    is_told_everything_once(town, citizen, window)
    supplies_it_and_may_not_be_asked_again(town, citizen, window)
    is_accepted_and_waits(town, citizen, window, handler)
    has_the_decision(town, citizen, window, handler)
    proves_it(citizen)


def applies(town: Town, citizen: Citizen) -> None:
    town.it_is("2026-03-02 09:00")
    citizen.applies_for(ITEM, materials=["申请表"])
    citizen.sees("还缺：规划图")  # what is missing is said before anything is sent
    citizen.fills_in({"先交已有的，缺的等通知后补": True})
    citizen.sends()
    citizen.sees("已收件，请保存回执", "2026年3月9日")
    citizen.presses("继续")
    citizen.sees("请先打印、复制或者抄下编号和查询码")  # no fast click loses the code
    citizen.keeps_the_receipt()
    who, left, following = citizen.three_answers()
    assert "窗口" in who
    assert "还剩 5 个工作日" in left
    assert "视为受理" in following


def is_told_everything_once(town: Town, citizen: Citizen, window: Officer) -> None:
    town.it_is("2026-03-03 10:00")
    assert window.inbox() == [citizen.number]
    window.looks("told-once-1-inbox")
    window.takes_up(citizen.number)
    why = {"What, why and how to mend it": "Proof and plan are not attached."}
    window.records("One-time notice", {"Everything that is missing": ["Proof"], **why})
    assert "left out: " in window.reasons()  # half a notice is none
    window.looks("told-once-2-half-a-notice-refused")
    window.records("One-time notice", {"Everything that is missing": ["Plan", "Proof"], **why})
    window.sees("Awaiting materials", "The applicant")
    citizen.looks_again()
    citizen.sees("待补正", "补正材料一次性告知书", "2026年3月31日")


def supplies_it_and_may_not_be_asked_again(town: Town, citizen: Citizen, window: Officer) -> None:
    town.it_is("2026-03-05 14:00")
    citizen.looks_again()
    citizen.does("补交材料", {"交来的材料": ["规划图", "证明"]})
    citizen.sees("已收件")
    town.it_is("2026-03-06 09:00")
    window.takes_up(citizen.number)
    again = {"Handed in, but not in due form": ["Form"], "What, why and how to mend it": "Use the new form."}
    window.records("One-time notice", again)
    assert "Could have been listed in the first notice" in window.reasons()
    assert "72" in window.reasons()
    window.looks("told-once-3-second-notice-refused")
    citizen.looks_again()
    citizen.sees("已收件")


def is_accepted_and_waits(town: Town, citizen: Citizen, window: Officer, handler: Officer) -> None:
    town.it_is("2026-03-06 10:00")
    window.takes_up(citizen.number)
    window.records("Accepted")
    citizen.looks_again()
    citizen.sees("受理通知书", "2026年3月19日 到期", "法定期限至 2026年4月2日")
    town.it_is("2026-03-10 10:00")
    assert handler.inbox() == [citizen.number]
    handler.takes_up(citizen.number)
    pause = {"特别程序": "专家评审", "预计恢复日期": "2026-03-31"}
    handler.records("中止计时", pause)
    assert "书面" in handler.reasons()  # no written notice, no suspension
    handler.looks("told-once-4-suspension-without-notice")
    handler.records("中止计时", {**pause, "已书面告知申请人所需时间": True})
    citizen.looks_again()
    citizen.sees("特别程序所需时间告知书", "现在中止，不计时", "保留 8 个工作日")
    town.it_is("2026-03-24 09:00")
    handler.takes_up(citizen.number)
    handler.records("恢复计时", {"特别程序结果": "专家评审通过。"})
    citizen.looks_again()
    citizen.sees("2026年4月2日 到期", "法定期限至 2026年4月17日")


def has_the_decision(town: Town, citizen: Citizen, window: Officer, handler: Officer) -> None:
    town.it_is("2026-03-26 10:00")
    handler.takes_up(citizen.number)
    handler.records("提出拟办意见", {"拟办意见": "拟同意。"})
    reviewer = Officer(town).logs_in("review-A")
    reviewer.takes_up(citizen.number)
    reviewer.records("审核通过")
    town.it_is("2026-03-30 10:00")
    head = Officer(town).logs_in("head-A")
    head.takes_up(citizen.number)
    head.records("准予", {"结果文书名称": "演出场所许可证", "文书编号": "甬演〔2026〕1 号（虚构）"})
    town.it_is("2026-03-31 10:00")
    window.takes_up(citizen.number)
    window.records("Delivered")
    citizen.looks_again()
    who, left, _ = citizen.three_answers()
    assert "已办结" in who
    assert "按时办结" in left or "办结" in left


def proves_it(citizen: Citizen) -> None:
    """Look at the finished matter from another device, with number and code: strip, timeline, papers."""
    phone = Citizen(citizen.town, width=390)
    phone.tracks(citizen.number, code=citizen.code)
    phone.looks("told-once-5-track-phone")
    desk = Citizen(citizen.town)
    desk.tracks(citizen.number, code=citizen.code)
    told = desk.main.locator("ol.timeline > li h3").all_inner_texts()
    assert told[:4] == ["收件", "一次性告知", "补正材料", "受理"]
    desk.main.get_by_text("已经结束的时限").click()
    paused = desk.clock_called("办理：承诺期限").locator(".box.paused")
    expect(paused).to_have_count(14)  # 10 to 23 March, day by day
    desk.looks("told-once-6-track")
    paper = desk.paper_of("准予", called="准予决定书")
    assert paper.startswith(b"%PDF-")
    assert citizen.number.encode() in paper

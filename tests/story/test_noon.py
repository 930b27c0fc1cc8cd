"""AB 岗：人可以走，事不能停。An officer goes on leave at noon, and nothing stops."""

from __future__ import annotations

from tests.office import Office
from tests.story.people import Citizen, Officer, Town

BOTH = "B 岗 窗口B（虚构） 代 A 岗 窗口A（虚构）"


def test_at_12_01_the_cover_has_the_inbox_and_both_names_stand_on_the_notice(
    town: Town, office: Office
) -> None:
    holder, cover = Officer(town).logs_in("window-A"), Officer(town, width=390).logs_in("window-B")
    head = Officer(town, "en").logs_in("head-A")
    citizen = Citizen(town)
    leave = asks_for_leave(town, holder, head)
    applies(town, citizen)
    at_noon(town, citizen, holder, cover)
    the_notice_names_both(town, citizen, cover)
    hand_back_first(town, citizen, holder, cover, leave)


def asks_for_leave(town: Town, holder: Officer, head: Officer) -> str:
    town.it_is("2026-03-04 16:00")
    holder.follows("请假与交接")
    holder.fills_in(
        {
            "自": "2026-03-05T12:00",
            "至": "2026-03-06T17:30",
            "交接单（在办事项与注意事项）": "在办一件，待核对材料；印章在柜中。",
        }
    )
    holder.looks("noon-1-asking-for-leave")
    holder.presses("请假")
    holder.sees("请假已提交", "等待批准")
    leave = holder.main.locator("td a.mono, th a.mono").first.inner_text()
    town.it_is("2026-03-05 08:40")
    assert leave in head.inbox()
    head.takes_up(leave)
    head.records("Leave granted")
    head.sees("Away, covered")
    head.looks("noon-2-leave-granted")
    return leave


def applies(town: Town, citizen: Citizen) -> None:
    town.expects("400 (Bad Request)")
    town.it_is("2026-03-05 09:00")
    citizen.applies_for("演出场所许可", materials=["申请表"])
    citizen.fills_in({"先交已有的，缺的等通知后补": True})
    citizen.sends()
    citizen.keeps_the_receipt()


def at_noon(town: Town, citizen: Citizen, holder: Officer, cover: Officer) -> None:
    town.it_is("2026-03-05 11:59")
    assert citizen.number in holder.inbox()
    assert cover.inbox() == []
    cover.sees("您现在不在岗，也没有轮到您顶岗")
    citizen.looks_again()
    _, left, _ = citizen.three_answers()
    clock = citizen.clock_called("受理：法定期限").inner_text()
    town.it_is("2026-03-05 12:01")
    assert citizen.number in cover.inbox("cover")
    cover.looks("noon-3-inbox-of-the-cover-phone")
    assert holder.inbox() == []
    holder.sees("您现在不在岗")
    citizen.looks_again()
    who, still_left, _ = citizen.three_answers()
    assert BOTH in who
    assert still_left == left  # nobody's leave moves a clock
    assert citizen.clock_called("受理：法定期限").inner_text() == clock


def the_notice_names_both(town: Town, citizen: Citizen, cover: Officer) -> None:
    notice = {"缺少的全部材料": ["规划图", "证明"], "缺什么、为什么、怎么补": "规划图、证明未附。"}
    cover.takes_up(citizen.number)
    cover.records("一次性告知", notice, first_look=True)
    cover.sees("文书预览，尚未记录", "经办：窗口 窗口B（虚构）（B 岗，代 窗口A（虚构））")
    cover.looks("noon-4-paper-first-phone")
    cover.records("一次性告知", notice)
    citizen.looks_again()
    line = citizen.line("一次性告知")
    assert BOTH in " ".join(line.inner_text().split())
    assert citizen.paper_of("一次性告知", called="补正材料一次性告知书").startswith(b"%PDF-")
    town.it_is("2026-03-06 10:00")
    citizen.looks_again()
    citizen.does("补交材料", {"交来的材料": ["规划图", "证明"]})


def hand_back_first(town: Town, citizen: Citizen, holder: Officer, cover: Officer, leave: str) -> None:
    town.it_is("2026-03-09 08:30")
    assert holder.inbox() == []  # the leave is over, and still nobody acts before the files are back
    assert citizen.number in cover.inbox("cover")
    holder.follows("请假与交接")
    holder.follows(leave)
    holder.records("返岗交接", {"顶岗期间办理情况": "告知一件，已补齐；待受理。"})
    holder.sees("已返岗")
    assert holder.inbox() == [citizen.number]
    assert cover.inbox("cover") == []
    holder.takes_up(citizen.number)
    holder.records("受理")
    holder.sees("办理中")
    holder.looks("noon-5-back-at-the-desk")

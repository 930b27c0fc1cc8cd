"""投诉局长: an anonymous complaint about the head of a county office never passes through the county's hands."""

from __future__ import annotations

from tests.centres import GROUP, Centres, admonish, register
from tests.exposing import found_reviewer_and_publisher
from tests.office import at
from tests.story.complaining import Complainant, hidden_from
from tests.story.people import PASSWORD, Officer, Town
from xiaoneng.openness.four_absolutes import ask_all, forget
from xiaoneng.organisation.actions import give_login

STORY = "三次到窗口交材料，三次都说局长没签字，让下周再来；问缺什么，没有人说。"
LINES = ("三次不收材料", "不说缺什么")
EXPOSED = {
    "标题（中文）": "海曙区住房和建设局三次拒收材料",
    "标题（英文）": "The Haishu Housing Bureau turned papers away three times",
    "拟公开的内容（中文）": "该局窗口三次拒收材料，其负责人受到口头效能告诫。",
    "拟公开的内容（英文）": "Its window turned papers away three times; its head was admonished.",
    "为什么属于情节严重、影响恶劣": "群众三次往返",
}
REVIEWED = (
    "事实已由生效的处理或者认定证明",
    "不涉及国家秘密、工作秘密",
    "不涉及个人隐私、商业秘密、未成年人",
    "不能据此认出投诉人、证人",
    "审查通过",
)


def test_a_complaint_about_the_head_of_a_county_office_is_the_citys_from_the_first_minute(
    town: Town, centres: Centres
) -> None:
    town.expects("404 (Not Found)")
    someone = complains(town)
    unseen_by_whom_it_is_about(town, someone.number)
    accepts(town, someone)
    finds(town, someone)
    case = registers(centres, someone.number)
    answers(town, someone, case=case)
    follows_it_to_the_end(town, someone)
    admonish(centres, case)
    unseen_by_whom_it_is_about(town, someone.number)
    exposed = exposes(town, case)
    the_public_learns_of(town, someone, exposed)
    nothing_is_left_undone(town)


def complains(town: Town) -> Complainant:
    """Without a script, on a phone; before anything is sent the page says who will have it and why."""
    town.it_is("2026-03-02 09:00")
    someone = Complainant(town, script=False, width=390)
    someone.tells(STORY, office="住房", person="单位负责人A")
    someone.sees("市机关效能投诉中心", "负责人", "还没有提交")
    someone.looks("about-a-head-1-where-it-goes")
    someone.sends()
    assert someone.dates() == ["2026年3月9日", "2026年4月21日"]
    someone.keeps_the_receipt()
    someone.sees("已登记，待受理", "效能投诉岗")
    someone.does_not_see("市机效能")  # who has it is named by post, no official of the centre by name
    return someone


def unseen_by_whom_it_is_about(town: Town, number: str) -> None:
    for name in ("bureau-head-A", "bureau-head-B", "bureau-handle-A", "county-complaints-A", "county-head-A"):
        hidden_from(Officer(town).logs_in(name), number)


def accepts(town: Town, someone: Complainant) -> None:
    town.it_is("2026-03-03 10:00")
    officer = Officer(town).logs_in("city-complaints-A")
    officer.goes_to("/centre/")
    officer.sees(someone.number, "海曙区住房和建设局")
    assert officer.inbox() == [someone.number]
    officer.takes_up(someone.number)
    officer.sees("谁须回避，为什么", "海曙区住房和建设局", "被投诉人")
    officer.records("投诉受理", {"投诉事项（逐项列明）": "\n".join(LINES)})
    someone.looks_again()
    assert someone.finding_of(LINES[0]) == "正在查"
    someone.does("催办", {})
    someone.sees("承办岗位须答复进展")
    someone.looks("about-a-head-2-as-the-complainant-follows-it")


def finds(town: Town, someone: Complainant) -> None:
    town.it_is("2026-03-16 10:00")
    officer = Officer(town).logs_in("city-complaints-A")
    officer.takes_up(someone.number)
    for line in LINES:
        officer.records(
            "逐项认定",
            {
                "投诉事项": line,
                "认定结论": "属实",
                "查明的事实": "监控和叫号记录显示三次到窗口，均未出具一次性告知单。",
                "证据": "监控截图三张",
            },
        )
    officer.looks("about-a-head-3-found")
    someone.looks_again()
    assert someone.finding_of(LINES[0]) == "正在查"  # nothing leaks before the answer


def registers(centres: Centres, number: str) -> str:
    """The leading group's office registers the dereliction of the head, with the complaint as its source."""
    return register(centres, person="bureau-head-A", reference=number, when="2026-03-17 09:00")


def answers(town: Town, someone: Complainant, *, case: str) -> None:
    town.it_is("2026-03-18 10:00")
    officer = Officer(town).logs_in("city-complaints-A")
    officer.takes_up(someone.number)
    officer.records(
        "提出办结意见",
        {"处理措施": "责令当日收件并书面说明缺件。", "处理后果": "失职追究", "后果的编号或文号": case},
    )
    officer.records("答复投诉人", {"答复内容": "您反映的两项属实，已责令当日收件，并启动失职追究。"})
    officer.sees("已答复，待回访")
    officer.looks("about-a-head-4-answered")


def follows_it_to_the_end(town: Town, someone: Complainant) -> None:
    """By number and code, from any device; the answer, every finding, no name."""
    town.it_is("2026-03-19 20:00")
    elsewhere = Complainant(town, script=False)
    elsewhere.tracks(someone.number, code=someone.code)
    elsewhere.sees("您反映的两项属实", "失职追究")
    elsewhere.does_not_see("市机效能", "监控截图三张")
    assert [elsewhere.finding_of(line) for line in LINES] == ["属实", "属实"]
    elsewhere.looks("about-a-head-5-the-answer")
    elsewhere.does("评价答复", {"是否满意": "满意"})
    elsewhere.sees("已办结")
    elsewhere.looks("about-a-head-6-closed")


def exposes(town: Town, case: str) -> str:
    """The leading group's office proposes, reviews, hears the bureau and publishes; return the number."""
    for name, person in found_reviewer_and_publisher(GROUP).items():
        give_login(person=person, username=name, password=PASSWORD)
    town.it_is("2026-03-25 09:00")
    supervisor = Officer(town).logs_in("group-supervise-A")
    supervisor.goes_to(f"/publish/exposure/?case={case}")
    supervisor.fills_in(EXPOSED)
    supervisor.presses("提请曝光")
    number = supervisor.main.locator(".receipt__big .mono").first.inner_text()
    for name, act, said in (
        ("legality-A", "公开前审查", {**dict.fromkeys(REVIEWED, True), "审查意见": "符合公开条件"}),
        ("group-supervise-A", "告知答辩权利", {"告知内容": "一日内可以答辩"}),
        ("bureau-head-A", "答辩", {"答辩意见（随曝光一并公开）": "已向群众致歉。"}),
        ("group-head-A", "曝光决定", {"决定公开": True, "理由（含对答辩意见的采纳情况）": "一并公开"}),
        ("publish-A", "公开曝光", {"公开至（含当日）": "2026-09-25"}),
    ):
        officer = Officer(town).logs_in(name)
        officer.takes_up(number)
        officer.records(act, said)
    return number


def the_public_learns_of(town: Town, someone: Complainant, exposed: str) -> None:
    """The exposure is for all to read; nothing in public leads from it to the complaint, which opens by code only."""
    anybody = Complainant(town, script=False)
    assert anybody.goes_to(f"/open/exposure/{exposed}/") == 200
    anybody.sees(EXPOSED["标题（中文）"], "已向群众致歉。")
    anybody.does_not_see(someone.number, "（虚构）")
    anybody.looks("about-a-head-7-exposed")
    for path in ("/", "/board/", "/board/330203-zj/", "/open/", "/always/"):
        assert anybody.goes_to(path) == 200
        anybody.does_not_see(someone.number)
    assert anybody.goes_to(f"/m/{someone.number}/") == 404
    anybody.sees("没有公开的办件用这个编号")


def nothing_is_left_undone(town: Town) -> None:
    """Long after every term: the complaint was traced and its breach disposed of, and all four are still empty."""
    forget()
    town.it_is("2026-07-20 09:00")
    asked = ask_all(now=at("2026-07-20 09:00"))
    assert [len(one.broken) for one in asked] == [0, 0, 0, 0]
    assert [one.examined for one in asked[:2]] == [1, 1]
    anybody = Complainant(town, script=False)
    anybody.goes_to("/always/")
    anybody.sees("投诉一律查清", "查验 1 件，应为 0", "违规一律处理")
    anybody.looks("about-a-head-8-four-always")

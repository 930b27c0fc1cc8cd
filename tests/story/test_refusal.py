"""否定报备：no refusal leaves the house before a superior has it on record."""

from __future__ import annotations

from tests.office import Office
from tests.story.people import Citizen, Officer, Town

REFUSAL = {
    "reasons": "场所面积不足，不符合条件。",
    "legal_basis": "某条例第十条",
    "remedies": "六十日内申请行政复议，或者六个月内提起行政诉讼。",
}


def test_a_refusal_cannot_leave_before_it_is_filed(town: Town, office: Office) -> None:
    town.expects("400 (Bad Request)")
    citizen = Citizen(town)
    head, handler = Officer(town).logs_in("head-A"), Officer(town).logs_in("handle-A")
    accepted(town, citizen)
    town.it_is("2026-03-05 09:00")
    tries_all_the_same(head, citizen.number, said="未经报备不得作出否定")
    head.looks("refusal-1-not-filed")
    files(town, handler, citizen.number)
    town.it_is("2026-03-06 09:00")
    tries_all_the_same(head, citizen.number, said="报备尚未确认")
    confirms_refuses_and_delivers(town, head, citizen)


def accepted(town: Town, citizen: Citizen) -> None:
    town.it_is("2026-03-02 09:00")
    citizen.applies_for("演出场所许可", materials=["申请表", "规划图", "证明"])
    citizen.keeps_the_receipt()
    town.it_is("2026-03-02 10:00")
    window = Officer(town).logs_in("window-A")
    window.takes_up(citizen.number)
    window.records("受理")


def tries_all_the_same(head: Officer, number: str, *, said: str) -> None:
    """No form refuses yet; whoever sends one by hand, as a head in a hurry might have it done, is told why not."""
    head.takes_up(number)
    assert "不予许可" not in head.acts_offered()
    form = head.main.locator("details.act form").first
    form.evaluate(
        """(form, told) => {
            form.action = form.action.replace(/do\\/.*$/, "do/refused/");
            for (const [name, value] of Object.entries(told)) {
                const field = Object.assign(document.createElement("input"), { name, value });
                form.prepend(field);
            }
            form.submit();
        }""",
        REFUSAL,
    )
    head.sees(said)
    assert said in head.reasons()
    assert "不能“不予许可”" in head.reasons()  # every reason at once


def files(town: Town, handler: Officer, number: str) -> None:
    town.it_is("2026-03-05 10:00")
    handler.takes_up(number)
    handler.records(
        "否定报备",
        {
            "否定种类": "不予许可",
            "理由类别": "不符合法定条件",
            "事实": "场所面积不足。",
            "理由": "不符合面积条件。",
            "法律依据": "某条例第十条",
            "可替代的办法": "可以变更经营场所后重新申请。",
        },
    )
    handler.sees("不予许可报备中", "分管")
    handler.looks("refusal-2-filed")


def confirms_refuses_and_delivers(town: Town, head: Officer, citizen: Citizen) -> None:
    leader = Officer(town, "en").logs_in("oversee-A")
    town.it_is("2026-03-06 10:00")
    assert leader.inbox() == [citizen.number]
    leader.takes_up(citizen.number)
    leader.looks("refusal-3-before-the-leader")
    leader.records("Filing confirmed")
    town.it_is("2026-03-06 14:00")
    head.takes_up(citizen.number)
    refusal = {"理由": REFUSAL["reasons"], "法律依据": "某条例第十二条"}
    head.records("不予许可", refusal)
    assert "法律依据须与报备一致：某条例第十条" in head.reasons()
    head.records("不予许可", {**refusal, "法律依据": "某条例第十条"})
    town.it_is("2026-03-09 10:00")
    window = Officer(town).logs_in("window-A")
    window.takes_up(citizen.number)
    window.records("送达")
    citizen.looks_again()
    citizen.sees("已办结（不予许可）", "场所面积不足", "行政复议", "不予许可决定书")
    citizen.does_not_see("不符合面积条件")  # the words of the filing are the office's own
    base = citizen.page.url.split("/m/")[0]
    own, filing = (f"{base}/m/{citizen.number}/receipts/{place}.txt" for place in (1, 3))
    assert citizen.page.request.get(own).ok
    assert citizen.page.request.get(filing).status == 404  # nor do they leave by the receipt
    citizen.looks("refusal-4-as-the-applicant-sees-it")

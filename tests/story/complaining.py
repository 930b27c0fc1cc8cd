"""Whoever complains in the stories: no account, no script, a number and a code."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import shoot
from tests.story.people import Citizen, Officer


class Complainant(Citizen):
    """Somebody who complains, follows it by code, and says whether they accept the answer."""

    def tells(self, text: str, *, office: str, person: str = "", manner: str = "匿名") -> None:
        """Find the office by a word of its name, the person in the roster, and look where it goes."""
        self.goes_to("/")
        self.follows("投诉", exact=True)
        self.main.get_by_label("经过").fill(text)
        self.main.get_by_label("机关名称或者职能里的字").fill(office)
        self.presses("查找机关")
        self.main.locator("[name=agencies]").first.check()
        self.presses("查找机关")
        if person:
            self.main.get_by_text("针对某个人的，从岗位表里选").click()
            self.main.locator("label.pick", has_text=person).locator("input").check()
        self.main.locator("label.pick", has_text=manner).locator("input").check()
        self.presses("下一步：看会交给谁办")

    def sends(self) -> None:
        self.presses("提交投诉")

    def looks(self, name: str) -> None:
        """Take a picture; axe needs the script that these readers do without, and sees the pages elsewhere."""
        shoot(self.page, f"story/{name}-{self.language}")

    def dates(self) -> list[str]:
        """Return the days of the calendar on the receipt."""
        return self.main.locator("section[aria-labelledby=r-days] time").all_inner_texts()

    def finding_of(self, allegation: str) -> str:
        row = self.main.locator("section[aria-labelledby=p-allegations] tbody tr", has_text=allegation)
        return row.locator("td").last.inner_text().strip()


def hidden_from(who: Officer, number: str) -> None:
    """Whoever must not know of a complaint: no page, no list, no count has it, and nothing says that it exists."""
    assert who.goes_to(f"/desk/m/{number}/") == 404
    for tab in ("", "cover", "others", "applicant", "agency", "closed"):
        assert number not in who.inbox(tab)
    if who.goes_to("/centre/") == 200:
        expect(who.main).not_to_contain_text(number)
    who.goes_to(f"/desk/?q={number}")
    expect(who.main.locator("h1")).to_contain_text("没有这一页")

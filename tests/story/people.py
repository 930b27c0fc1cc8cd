"""The people of the stories: citizens and officers before a browser, who find their way by labels and buttons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser import Visit, axe, shoot
from tests.office import at
from xiaoneng.web import clock

Answer = str | bool | list[str]
PASSWORD = "a long and quiet password"
OPTIONAL = r"\s*(（可不填）|\(optional\))?\s*$"


@dataclass
class Town:
    """The running house: where it is, who looks, and what time it is in it."""

    url: str
    visit: Visit

    def it_is(self, when: str) -> None:
        moment = at(when)
        clock.set_for_tests(lambda: moment)

    def expects(self, *parts: str) -> None:
        """Expect console errors with these parts: the browser notes every page that is refused."""
        self.visit.expected = (*self.visit.expected, *parts)


class Somebody:
    """Whoever has a page open."""

    def __init__(self, town: Town, language: str = "zh", *, script: bool = True, width: int = 1440) -> None:
        self.town = town
        self.language = language
        self.page: Page = town.visit.open(language, script=script, width=width)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def goes_to(self, path: str) -> int:
        """Open an address and return what the house answered."""
        answer = self.page.goto(self.town.url + path)
        return answer.status if answer else 0

    def follows(self, link: str, *, exact: bool = False) -> None:
        self.page.get_by_role("link", name=link, exact=exact).first.click()

    def presses(self, button: str) -> None:
        self.main.get_by_role("button", name=button, exact=True).first.click()

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).to_contain_text(text)

    def does_not_see(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def looks(self, name: str) -> None:
        """Look at the page as it stands: nothing for axe to object to, and a picture for the eye."""
        axe(self.page)
        shoot(self.page, f"story/{name}-{self.language}")

    def fills_in(self, answers: Mapping[str, Answer], *, within: Locator | None = None) -> None:
        for label, answer in answers.items():
            _answer(within or self.main, label, answer)

    def three_answers(self) -> tuple[str, str, str]:
        """Return who has it, how long is left, what comes next."""
        found = self.main.locator("dl.answers").first.locator("dd").all_inner_texts()
        who, left, following = (" ".join(one.split()) for one in found)
        return who, left, following

    def line(self, what: str) -> Locator:
        """Return the newest line of the timeline that tells of `what`."""
        heads = self.page.locator("h3", has_text=re.compile(rf"^\s*{re.escape(what)}\s*$"))
        return self.main.locator("ol.timeline > li").filter(has=heads).last

    def clock_called(self, name: str) -> Locator:
        return self.main.locator("section.clock").filter(has=self.page.get_by_role("heading", name=name))

    def paper_of(self, what: str, *, called: str) -> bytes:
        """Fetch the paper that an act wrote, by its link in the timeline."""
        address = self.line(what).get_by_role("link", name=called).get_attribute("href")
        answer = self.page.request.get(f"{self.town.url}{address}")
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/pdf"
        return answer.body()


class Citizen(Somebody):
    """An applicant: no account, a number and a code."""

    number: str = ""
    code: str = ""

    def applies_for(self, item: str, *, materials: list[str], name: str = "申请人甲（虚构）") -> None:
        """Find the item in the hall, and send the form in."""
        self.goes_to("/")
        self.page.get_by_role("searchbox").first.fill(item)
        self.presses(self._say("查找", "Find"))
        self.follows(item)
        self.follows(self._say("在线申请", "Apply on line"))
        self.fills_in(
            {
                self._say("已经备好的材料", "Materials you have ready"): materials,
                self._say("申请人", "Applicant"): name,
                self._say("联系方式", "Contact"): "13800000000",
            }
        )
        self.sends()

    def sends(self) -> None:
        self.presses(self._say("提交申请", "Submit the application"))

    def keeps_the_receipt(self) -> None:
        """Write number and code down, say so, and go on to the matter."""
        big = self.main.locator(".receipt__big .mono")
        self.number, self.code = big.nth(0).inner_text(), big.nth(1).inner_text()
        self.main.get_by_role("checkbox").check()
        self.presses(self._say("继续", "Continue"))

    def tracks(self, number: str = "", *, code: str = "") -> None:
        """Ask how it stands, with number and code, from any device."""
        self.goes_to("/track/")
        self.main.get_by_label(self._say("办件编号", "Number of the matter"), exact=True).fill(
            number or self.number
        )
        self.main.locator("[name=code]").fill(code or self.code)
        self.presses(self._say("查进度", "Track a matter"))

    def looks_again(self) -> None:
        """Open the matter again; after twelve hours the house asks for the code once more."""
        self.goes_to(f"/m/{self.number}/")
        asked = self.main.locator("[name=code]")
        if asked.count():
            asked.fill(self.code)
            self.presses(self._say("打开办件", "Open the matter"))

    def does(self, act: str, answers: Mapping[str, Answer] | None = None) -> None:
        """Do what applicants may do: the form is called as its button."""
        form = _opened(self, act)
        self.fills_in(answers or {}, within=form)
        form.get_by_role("button", name=act, exact=True).click()

    def _say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en


class Officer(Somebody):
    """An official: a log-in, a desk, and acts recorded in a post."""

    def logs_in(self, username: str) -> Officer:
        self.goes_to("/login/")
        self.main.locator("[name=username]").fill(username)
        self.main.locator("[name=password]").fill(PASSWORD)
        self.main.locator("button[type=submit]").click()
        expect(self.page).to_have_url(re.compile(r"/desk/$"))
        return self

    def inbox(self, tab: str = "") -> list[str]:
        """Return the numbers that lie on the desk, as shown."""
        self.goes_to(f"/desk/?tab={tab}" if tab else "/desk/")
        return self.main.locator(".matters__sub .mono").all_inner_texts()

    def takes_up(self, number: str) -> None:
        """Open a matter from the desk."""
        self.goes_to(f"/desk/m/{number}/")

    def records(
        self, act: str, answers: Mapping[str, Answer] | None = None, *, first_look: bool = False
    ) -> None:
        """Fill in the form of an act and record it, or see its paper first."""
        form = _opened(self, act)
        self.fills_in(answers or {}, within=form)
        record = f"记录“{act}”" if self.language == "zh" else f"Record “{act}”"
        preview = "先看文书" if self.language == "zh" else "See the paper first"
        form.get_by_role("button", name=preview if first_look else record, exact=True).click()

    def acts_offered(self) -> list[str]:
        """Return the acts that stand open, without those that are greyed."""
        return self.main.locator("details.act:not(.act--closed) .act__name").all_inner_texts()

    def reasons(self) -> str:
        """Return everything said against what was just sent."""
        return " ".join(self.main.locator("[role=alert]").first.inner_text().split())


def _opened(who: Somebody, act: str) -> Locator:
    name = who.page.locator(".act__name", has_text=re.compile(rf"^\s*{re.escape(act)}\s*$"))
    form = who.main.locator("details.act").filter(has=name)
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    return form


def _answer(form: Locator, label: str, answer: Answer) -> None:
    """Answer one question as its label asks it: pick, choose, tick or write."""
    called = re.compile(rf"^\s*{re.escape(label)}{OPTIONAL}")
    group = form.locator("fieldset").filter(has=form.page.locator("legend", has_text=called))
    if group.count():
        for one in answer if isinstance(answer, list) else [str(answer)]:
            pick = group.locator("label.pick", has_text=re.compile(rf"^\s*{re.escape(one)}")).first
            pick.locator("input").check()
        return
    if isinstance(answer, bool):
        form.locator("label.pick", has_text=called).locator("input").set_checked(answer)
        return
    ident = form.locator("label.label", has_text=called).first.get_attribute("for")
    field = form.locator(f"[id='{ident}']")
    if field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(label=str(answer))
    else:
        field.fill(str(answer))

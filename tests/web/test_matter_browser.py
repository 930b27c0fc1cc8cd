from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import Visit, axe, shoot
from tests.office import Office, add_item, apply, at
from tests.web.offices import PASSWORD, found_offices, set_clock
from xiaoneng.desk import recording
from xiaoneng.desk.recording import Receipt
from xiaoneng.matters.vocabulary.handling import Nudged
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.organisation.capacity import CITIZEN, Duty
from xiaoneng.web import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_time")]
Open = Callable[..., Page]


@pytest.fixture
def _time() -> Iterator[None]:
    cache.clear()
    set_clock("2026-03-09 09:30")
    yield
    clock.set_for_tests(None)


@pytest.fixture
def office(transactional_db: None) -> Office:
    office = found_offices()
    for user in get_user_model().objects.filter(username__in=("handle-A", "window-A")):
        user.set_password(PASSWORD)
        user.save()
    return office


@pytest.fixture
def matter(office: Office) -> Receipt:
    receipt = apply(item=add_item(), when=at("2026-03-02 09:00"))
    when = at("2026-03-02 11:00")
    by = office.acting(Duty.WINDOW, when=when)
    recording.record(Accepted(at=when, by=by), number=receipt.number, seen=1, now=when)
    return receipt


def log_in(page: Page, server: LiveServer, name: str) -> None:
    page.goto(f"{server.url}/login/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()


def fits(page: Page) -> None:
    """Assert that nothing scrolls sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_a_citizen_follows_a_matter_without_a_script(
    live_server: LiveServer, visit: Visit, matter: Receipt, language: str, width: int, scheme: str
) -> None:
    page = visit.open(language, width=width, scheme=scheme, script=False)
    page.goto(f"{live_server.url}/track/")
    page.locator("[name=number]").fill(matter.number.lower())
    page.locator("[name=code]").fill(f"{matter.code[:5]} {matter.code[5:]}")
    page.locator("main button[type=submit]").click()
    assert page.url.endswith(f"/m/{matter.number}/")
    page.locator("#do-nudged > summary").click()
    page.locator("#do-nudged textarea").fill("请快一点")
    page.locator("#do-nudged button[type=submit]").click()
    assert page.get_by_text("请快一点").first.is_visible()
    shoot(page, f"matter-{language}-{width}-{scheme}")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_the_public_pages_pass_for_everybody(
    live_server: LiveServer, open_page: Open, matter: Receipt, language: str, width: int, scheme: str
) -> None:
    page = open_page(language, width=width, scheme=scheme)
    for path in ("/track/", "/verify/", f"/verify/?n={matter.number}&s=2&h=00", f"/m/{matter.number}/"):
        page.goto(live_server.url + path)
        axe(page)
        fits(page)
    page.locator("[name=code]").fill(matter.code)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state("load")
    assert page.locator("#do-nudged").is_visible()
    axe(page)
    fits(page)
    assert page.title().startswith("还剩 5 个工作日" if language == "zh" else "5 working days left")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_desk_passes_for_everybody(
    live_server: LiveServer, open_page: Open, matter: Receipt, language: str, width: int
) -> None:
    page = open_page(language, width=width)
    log_in(page, live_server, "handle-A")
    for path in ("/desk/", "/desk/?tab=agency&light=overdue", f"/desk/m/{matter.number}/"):
        page.goto(live_server.url + path)
        axe(page)
        fits(page)
    page.locator("#do-suspended > summary").click()
    axe(page)
    shoot(page, f"desk-matter-{language}-{width}")


def test_an_officer_proposes_by_keyboard_alone(
    live_server: LiveServer, open_page: Open, matter: Receipt
) -> None:
    page = open_page("zh")
    log_in(page, live_server, "handle-A")
    page.wait_for_url("**/desk/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('matters__title')"):
            break
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/m/{matter.number}/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#do-proposed') !== null"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("建议准予")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**?done=proposed")
    assert page.get_by_text("已记录第 3 项：提出拟办意见").is_visible()
    assert recording.read(matter.number).stage.key == "in_review"


def test_what_was_typed_survives_an_overtaken_form(
    live_server: LiveServer, visit: Visit, office: Office, matter: Receipt
) -> None:
    visit.expected = ("409",)
    page = visit.open("zh")
    log_in(page, live_server, "handle-A")
    page.goto(f"{live_server.url}/desk/m/{matter.number}/")
    page.locator("#do-extension-asked > summary").click()
    page.locator("#do-extension-asked textarea[name=reason]").fill("需要外地核查，路程较远")
    nudge(matter)
    page.locator("#do-extension-asked button[type=submit]").first.click()
    assert page.get_by_text("事项已更新").is_visible()
    assert "催办" in page.locator(".back").inner_text()
    assert page.locator("#do-extension-asked textarea[name=reason]").input_value() == "需要外地核查，路程较远"
    axe(page)
    page.locator("#do-extension-asked button[type=submit]").first.click()
    page.wait_for_url("**?done=extension-asked")


def nudge(matter: Receipt) -> None:
    when = at("2026-03-09 09:20")
    recording.record(Nudged(at=when, by=CITIZEN), number=matter.number, seen=2, now=when)


def test_the_receipt_stays_until_it_is_kept(live_server: LiveServer, visit: Visit, office: Office) -> None:
    visit.expected = ("400",)
    add_item()
    page = visit.open("zh")
    log_in(page, live_server, "window-A")
    page.goto(f"{live_server.url}/desk/open/approval/")
    axe(page)
    page.locator(".picks a").first.click()
    axe(page)
    page.locator("[name=materials][value=form]").check()
    page.locator("[name=applicant]").fill("张三（虚构）")
    page.locator("[name=contact]").fill("13900000000")
    page.locator("main .form button[type=submit]").click()
    page.wait_for_url("**/receipt/")
    axe(page)
    shoot(page, "receipt")
    page.get_by_role("button", name="继续").click()
    assert page.get_by_role("alert").is_visible()
    page.get_by_label("我已保存编号和查询码").check()
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/desk/m/**")


def test_on_paper_the_page_keeps_its_clock_and_drops_its_forms(
    live_server: LiveServer, open_page: Open, matter: Receipt
) -> None:
    page = open_page("zh")
    page.goto(f"{live_server.url}/m/{matter.number}/")
    page.emulate_media(media="print")
    assert page.locator(".strip__days").first.is_visible()
    assert not page.locator("[name=code]").is_visible()
    shoot(page, "matter-print")

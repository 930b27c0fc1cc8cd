"""The pages of complaints in a browser: both languages, both widths, dark, on paper, without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import Visit, axe, shoot
from tests.centres import Centres, complain, does, found_centres
from tests.web.offices import logged_in, set_clock
from xiaoneng.matters.vocabulary.complaint import AllegationFound, ComplaintAccepted
from xiaoneng.matters.vocabulary.complaint_words import Finding
from xiaoneng.matters.vocabulary.handling import Nudged
from xiaoneng.organisation.models import Person
from xiaoneng.web import clock

LOOKS = [("zh", 1440, "light"), ("en", 390, "dark"), ("zh", 390, "light"), ("en", 1440, "light")]
LATER = "2026-03-16 10:00"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    cache.clear()
    set_clock(LATER)
    yield
    clock.set_for_tests(None)


@pytest.fixture
def centres(transactional_db: None) -> Centres:
    found = found_centres()
    for name, person in found.people.items():
        Person.objects.filter(pk=person).update(user=get_user_model().objects.create_user(name))
    return found


def some(centres: Centres) -> str:
    """Some complaints in several stages; the number of the one that is furthest."""
    officer = centres.person("county-complaints-A")
    for day in ("2026-02-02", "2026-02-25", "2026-03-12"):
        complain(when=f"{day} 10:00")
    number = complain(when="2026-03-02 10:00").number
    lines = ("窗口三次不收材料，也不说缺什么", "工作人员说“别再来了”")
    does(ComplaintAccepted, number, by=officer, when="2026-03-04 10:00", allegations=lines)
    does(Nudged, number, by=0, when="2026-03-06 10:00", words="")
    does(
        AllegationFound,
        number,
        by=officer,
        when="2026-03-10 10:00",
        allegation=lines[0],
        finding=Finding.SUBSTANTIATED,
        facts="调取监控和叫号记录，三次均未出具一次性告知单。",
        evidence="监控截图三张；叫号记录",
    )
    return number


def stands(page: Page, live_server: LiveServer, name: str) -> None:
    """Give a browser the session of a log-in."""
    session = logged_in(name).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_how_one_complains(
    centres: Centres,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    language: str,
    width: int,
    scheme: str,
) -> None:
    page = open_page(language, width=width, scheme=scheme, script=False)
    name = f"{language}-{width}-{scheme}"
    page.goto(f"{live_server.url}/complain/")
    page.locator("[name=text]").fill("三次到窗口交材料，三次都说系统坏了，让下周再来。")
    page.locator("[name=agency_words]").fill("住房")
    page.locator("button[value=find]").click()
    page.locator("input[name=agencies]").check()
    page.locator("button[value=find]").click()
    page.locator("details summary").first.click()
    page.locator("input[name=about]").nth(2).check()
    shoot(page, f"complain-{name}")
    page.locator("input[value=anonymous]").check()
    page.locator("button[value=check]").click()
    shoot(page, f"complain-check-{name}")
    page.locator("button[value=send]").click()
    shoot(page, f"complain-receipt-{name}")


def keys_kept(page: Page) -> str:
    """Return everything that the browser keeps for this tab."""
    return str(page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})"))


def test_with_a_script_the_browser_keeps_the_story_and_never_the_name(
    centres: Centres, live_server: LiveServer, visit: Visit
) -> None:
    visit.expected = ("400 (Bad Request)",)
    page = visit.open("en", width=390)
    page.goto(f"{live_server.url}/complain/")
    page.locator("[name=text]").fill("三次到窗口交材料")
    page.locator("input[value=real_name]").check()
    page.locator("[name=complainant]").fill("王某某（虚构）")
    page.locator("[name=contact]").fill("13900000000")
    kept = keys_kept(page)
    assert "三次到窗口交材料" in kept
    assert "王某某" not in kept
    assert "13900000000" not in kept
    axe(page)
    page.locator("button[value=check]").click()
    axe(page)  # everything that is wrong, said at once
    page.goto(f"{live_server.url}/complain/")
    assert page.locator("[name=text]").input_value() == "三次到窗口交材料"
    assert page.locator("[name=complainant]").input_value() == ""


def test_the_complainants_pages_have_nothing_axe_objects_to(
    centres: Centres, live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page("zh", width=390)
    page.goto(f"{live_server.url}/complain/")
    page.locator("[name=text]").fill("三次到窗口交材料，三次都说系统坏了。")
    page.locator("[name=about_words]").fill("住建局的窗口")
    page.locator("input[value=anonymous]").check()
    for button in ("check", "send"):
        page.locator(f"button[value={button}]").click()
        axe(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="继续").click()
    axe(page)
    shoot(page, "complaint-own-page-zh-390")


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_how_the_centre_sees(
    centres: Centres,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    language: str,
    width: int,
    scheme: str,
) -> None:
    number = some(centres)
    name = f"{language}-{width}-{scheme}"
    page = open_page(language, width=width, scheme=scheme)
    stands(page, live_server, "city-complaints-A")
    page.goto(f"{live_server.url}/centre/")
    shoot(page, f"centre-city-{name}")
    axe(page)
    stands(page, live_server, "county-complaints-A")
    page.goto(f"{live_server.url}/desk/m/{number}/")
    shoot(page, f"complaint-desk-{name}")
    axe(page)
    page.emulate_media(media="print")
    shoot(page, f"complaint-desk-print-{name}")
    page.emulate_media(media="screen")
    page.goto(f"{live_server.url}/desk/open/complaint/")
    page.locator("[name=text]").fill("三次到窗口交材料")
    page.locator("[name=agency_words]").fill("住房")
    page.locator("button[value=find]").click()
    page.locator("input[name=agencies]").check()
    page.wait_for_selector("#helps strong")
    page.wait_for_load_state("networkidle")  # what was typed last is still being looked at
    shoot(page, f"complaint-take-in-{name}")
    axe(page)

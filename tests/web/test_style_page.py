from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import Visit, axe, shoot

PAGES = ("/style/", "/style/desk/", "/login/")


@pytest.fixture
def _style_page(settings: object) -> None:
    settings.STYLE_PAGE = True  # type: ignore[attr-defined]


@pytest.mark.usefixtures("_style_page")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_component_is_accessible_and_fits_the_screen(
    live_server: LiveServer, open_page: Callable[..., Page], language: str, width: int, scheme: str
) -> None:
    page = open_page(language, width=width, scheme=scheme)
    for path in PAGES:
        page.goto(live_server.url + path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shoot(page, f"{path.strip('/').replace('/', '-')}-{language}-{width}-{scheme}")


@pytest.mark.usefixtures("_style_page")
def test_a_greyed_act_opens_by_keyboard_and_says_all_its_reasons(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/style/")
    page.locator("#do-refuse > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#do-refuse .reasons > li").count() == 2
    assert "《行政许可法》第三十二条第一款第四项" in page.locator("#do-refuse").inner_text()


@pytest.mark.usefixtures("_style_page")
def test_the_palette_of_the_desk_opens_finds_and_goes_by_keyboard(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/style/desk/")
    page.keyboard.press("Control+k")
    page.keyboard.type("督")
    assert page.locator("#palette li:visible").all_inner_texts() == ["督察"]
    page.keyboard.press("Enter")
    assert page.url.endswith("#supervision")


@pytest.mark.usefixtures("_style_page")
def test_each_day_of_a_strip_is_also_a_row_of_its_table(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page(width=390)
    page.goto(f"{live_server.url}/style/")
    strip = page.locator(".clock").first
    strip.locator("summary").click()
    assert strip.locator(".box").count() == strip.locator("tbody tr").count() == 31
    assert "第 15 天：计入；到期日" in strip.locator(".box.due .unseen").inner_text()
    today = strip.locator(".box.today").bounding_box()
    assert today
    assert 0 <= today["x"] <= 390 - today["width"]


@pytest.mark.usefixtures("_style_page")
def test_the_page_works_without_scripts(live_server: LiveServer, visit: Visit) -> None:
    page = visit.open(script=False)
    page.goto(f"{live_server.url}/style/")
    page.locator("#do-refuse > summary").click()
    assert page.locator("#do-refuse .reasons").is_visible()
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "Construction planning permit"


@pytest.mark.usefixtures("_style_page")
def test_on_paper_a_matter_shows_its_history_and_no_doors(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page(width=1000)
    page.goto(f"{live_server.url}/style/")
    page.emulate_media(media="print")
    assert page.locator(".timeline").is_visible()
    assert not page.locator(".doors").is_visible()
    assert not page.locator(".act").first.is_visible()


@pytest.mark.django_db
def test_the_style_page_does_not_exist_outside_development(client: Client) -> None:
    assert client.get("/style/").status_code == 404

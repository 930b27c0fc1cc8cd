"""Where things stick, as supervisors see it: the map, the matters behind an arrow, every question, and who may not look."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe, shoot
from tests.pure.flow.columnrows import at, take
from tests.web.test_supervision_pages import logged_in, supervise
from xiaoneng.flow.columns.engine import duckdb_engine
from xiaoneng.flow.columns.settling import settle
from xiaoneng.flow.columns.store import Store
from xiaoneng.supervision.obstruction.book import QUESTIONS
from xiaoneng.web import clock

NOON = datetime(2026, 3, 13, 4, 0, tzinfo=UTC)
MAPPING = """
key = "shore"
agency = { zh = "岸线局", en = "Shore Office" }
zone = "Asia/Shanghai"
[columns]
case = "case"
activity = "what"
at = "when"
"""
WAY = ("收件", "受理", "审查", "审核", "决定", "送达")
NUMBER = 40


def days(count: float) -> timedelta:
    return timedelta(days=count)


def rows() -> list[dict[str, object]]:
    """Forty matters of two units from January on; of every fourth the applicant was asked for material."""
    found: list[dict[str, object]] = []
    for number in range(NUMBER):
        begun = at("2026-01-05T01:00") + days(number)
        slow = 9 if number % 2 else 2
        case = {
            "case": f"A{number:03}",
            "started": begun,
            "due": begun + days(20),
            "ended": begun + days(8 + slow) if number % 5 else None,
            "channel": "窗口" if number % 3 else "网上",
            "department": "北所" if number % 2 else "南所",
            "agency": "330200-SHORE",
            "item": "许可",
        }
        for place, what in enumerate(WAY[: 6 if number % 5 else 4]):
            when = begun + days(place + (slow if place > 2 else 0))
            found.append({**case, "activity": what, "at": when, "actor": f"岗{(number + place) % 3}"})
        if number % 4 == 0:
            found.append({**case, "activity": "补正", "at": begun + days(1.2), "actor": "岗0", "effect": 3})
            found.append({**case, "activity": "补齐", "at": begun + days(1.8), "actor": "岗1", "effect": 4})
        if number % 6 == 0:
            found.append({**case, "activity": "审查", "at": begun + days(2.5), "actor": "岗1"})
        if number == NUMBER - 3:
            found.append({**case, "activity": "退回", "at": begun + days(2.2), "actor": "岗1"})
        if number < 5:
            at_once = at("2026-03-02T08:55") + timedelta(minutes=number)
            found.append({**case, "activity": "归档", "at": at_once, "actor": "岗2"})
    return found


@pytest.fixture
def shore(db: None, settings: object, tmp_path: Path) -> Iterator[None]:
    settings.COLUMNS = tmp_path  # type: ignore[attr-defined]
    take(Store(tmp_path), "shore", 1, rows(), mapping=MAPPING)
    settle(Store(tmp_path), "shore", engine=duckdb_engine())
    supervise("supervisor")
    clock.set_for_tests(lambda: NOON)
    yield
    clock.set_for_tests(None)


@pytest.fixture
def client_of_supervision(shore: None) -> Client:
    return logged_in("supervisor")


MAP = "/supervision/feeds/shore/map/"


def test_every_question_of_the_table_has_a_page_a_table_and_data(client_of_supervision: Client) -> None:
    for key, question in QUESTIONS.items():
        address = f"/supervision/feeds/shore/questions/{key}/"
        page = client_of_supervision.get(address)
        assert page.status_code == 200
        assert question.definition.zh in page.content.decode()
        told = json.loads(client_of_supervision.get(address + "?format=json").content)
        assert told["n"] > 0
        assert told["rows"], key
        assert set(told["rows"][0]) == {column.key for column in question.columns}
        lines = client_of_supervision.get(address + "?format=csv").content.decode("utf-8-sig").splitlines()
        assert len(lines) == len(told["rows"]) + 1


def test_the_map_in_both_languages_and_widths(
    shore: None, live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    for language, width in (("zh", 1440), ("en", 390)):
        page = entered(live_server, open_page(language, width=width))
        page.goto(live_server.url + MAP)
        page.wait_for_selector("[data-drawn=yes] svg")
        axe(page)
        shoot(page, f"map-{language}-{width}")
        if width == 390:
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, "the page scrolls sideways"


def test_an_arrow_leads_to_its_matters_and_a_filter_narrows_the_map(
    shore: None, live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = entered(live_server, open_page("zh"))
    page.goto(live_server.url + MAP)
    page.wait_for_selector("[data-drawn=yes] svg")
    page.select_option("#n-department", "北所")
    page.click("form.filters button")
    page.wait_for_selector("[data-drawn=yes] svg")
    assert "department=" in page.url
    arrow = page.locator(".mark-path.lines path").first
    arrow.focus()
    shoot(page, "map-focus")
    arrow.press("Enter")
    page.wait_for_selector("#b-head")
    assert page.locator("tbody tr").count() == NUMBER // 2 - 1
    assert page.locator("tbody th").first.inner_text()[:2] == "A0"
    axe(page)
    shoot(page, "map-matters")


def test_without_a_script_the_map_is_a_picture_and_a_table(
    shore: None, live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page("en", script=False)
    entered(live_server, page)
    page.goto(live_server.url + MAP)
    assert page.evaluate("document.querySelector('noscript img').naturalWidth") > 0
    assert page.locator("#map-table").is_visible()
    shoot(page, "map-no-script")


def test_a_question_with_its_chart(
    shore: None, live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = entered(live_server, open_page("en"))
    for key in ("late", "lights-over-time", "bottlenecks"):
        page.goto(f"{live_server.url}/supervision/feeds/shore/questions/{key}/")
        page.wait_for_selector("[data-drawn=yes] svg")
        axe(page)
        shoot(page, f"question-{key}")


def entered(live_server: LiveServer, page: Page) -> Page:
    client = logged_in("supervisor")
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return page

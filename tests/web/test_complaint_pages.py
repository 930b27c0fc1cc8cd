"""How one complains, and how a centre sees what is not traced to its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import shoot
from tests.centres import COUNTY_OFFICE, Centres, found_centres
from tests.web.offices import logged_in, set_clock
from xiaoneng.matters.models import Matter
from xiaoneng.organisation.models import Person
from xiaoneng.web import clock

MONDAY = "2026-03-02 09:30"
TOLD = {
    "text": "三次到窗口交材料，三次都说系统坏了，让下周再来。",
    "agencies": [COUNTY_OFFICE],
    "manner": "anonymous",
    "once": "one",
    "way": "send",
}


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    cache.clear()
    set_clock(MONDAY)
    yield
    clock.set_for_tests(None)


@pytest.fixture
def centres(db: None) -> Centres:
    found = found_centres()
    for name, person in found.people.items():
        Person.objects.filter(pk=person).update(user=get_user_model().objects.create_user(name))
    return found


def test_the_page_opens(centres: Centres) -> None:
    answer = Client().get("/complain/")
    assert answer.status_code == 200


def test_filing(centres: Centres) -> None:
    client = Client()
    assert "还没有提交" in client.post("/complain/", {**TOLD, "way": "check"}).content.decode()
    assert client.post("/complain/", TOLD).status_code == 302
    assert client.post("/complain/", TOLD).status_code == 302
    assert Matter.objects.count() == 1
    centre = logged_in("county-complaints-A").get("/centre/")
    assert Matter.objects.get().number in centre.content.decode()
    logged_in("city-complaints-A").get("/centre/")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.django_db(transaction=True)
def test_looks(
    centres: Centres, live_server: LiveServer, open_page: Callable[..., Page], language: str, width: int
) -> None:
    page = open_page(language, width=width, script=False)
    page.goto(f"{live_server.url}/complain/")
    page.locator("[name=agency_words]").fill("住房")
    page.locator("button[value=find]").click()
    page.locator("input[name=agencies]").check()
    page.locator("button[value=find]").click()
    shoot(page, f"complain-{language}-{width}")

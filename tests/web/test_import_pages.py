"""Imports of feeds as supervisors see them: what came, what is wrong with it, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe, shoot
from tests.pure.flow.logs import office, table
from tests.pure.flow.stores import BAD, FEED, RECEIVED
from tests.web.test_languages import Reader
from tests.web.test_supervision_pages import NOON, PASSWORD, log_in_as, logged_in, supervise, text
from xiaoneng.flow.columns.intake import Sent
from xiaoneng.flow.columns.sources import file_source
from xiaoneng.organisation.models import Person
from xiaoneng.supervision.access import import_of
from xiaoneng.supervision.feeding import actions, intake
from xiaoneng.supervision.models import FeedCase
from xiaoneng.web import clock

IMPORTS = f"/supervision/feeds/{FEED}/imports/"
ONE = f"{IMPORTS}1/"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    clock.set_for_tests(lambda: NOON)
    yield
    clock.set_for_tests(None)


def hand_in(tmp_path: Path, *lines: str, name: str = "3月办件.csv") -> None:
    by = office()
    path = table(tmp_path, *lines, name=name)
    intake.take(file_source(path, mapping=by), mapping=by, sent=Sent(now=NOON, by="夜间上报"))


def faulty(tmp_path: Path, *, bad: int = 1) -> None:
    hand_in(tmp_path, RECEIVED.format(1, ""), *(BAD.format(serial + 2) for serial in range(bad)))


@pytest.fixture
def client(db: None) -> Client:
    supervise("supervisor")
    return logged_in("supervisor")


@pytest.mark.parametrize("path", [IMPORTS, ONE, f"{ONE}?ask=confirm", f"{ONE}?ask=drop", f"{ONE}faults.csv"])
def test_only_supervisors_see_imports_and_each_in_their_language(
    tmp_path: Path, client: Client, path: str
) -> None:
    faulty(tmp_path)
    assert Client().get(path).status_code == 302
    log_in_as("somebody", person=Person.objects.create(name="路人（虚构）", invented=True).pk)
    assert logged_in("somebody").get(path).status_code == 404
    assert logged_in("somebody").post(ONE, {"way": "confirm"}).status_code == 404
    told = text(client, path, "en")
    if not path.endswith(".csv"):
        reader = Reader()
        reader.feed(told)
        assert reader.found == []


def test_an_import_that_waits_is_told_apart_and_its_faults_are_listed(tmp_path: Path, client: Client) -> None:
    faulty(tmp_path)
    told = text(client, IMPORTS)
    assert "1 批有误，待确认" in told
    assert f'href="{ONE}"' in told
    page = text(client, ONE)
    assert "不是时间：“soon”" in page
    assert "time:timestamp" in page
    lines = text(client, f"{ONE}faults.csv").splitlines()
    assert lines[1:] == ["3,case:due,不是时间：“soon”", "3,time:timestamp,不是时间：“noon”"]


def test_a_long_list_of_faults_is_read_page_by_page(tmp_path: Path, client: Client) -> None:
    faulty(tmp_path, bad=30)
    first, second = text(client, ONE), text(client, f"{ONE}?page=2")
    assert (first.count("不是时间"), second.count("不是时间")) == (50, 10)


def test_it_is_asked_before_the_good_rows_are_taken(tmp_path: Path, client: Client) -> None:
    faulty(tmp_path)
    assert '<form class="form"' not in text(client, ONE)
    asked = text(client, f"{ONE}?ask=confirm")
    assert 'name="way" value="confirm"' in asked.replace('type="hidden" ', "").replace("  ", " ")
    assert client.post(ONE, {"way": "confirm"}).status_code == 302
    assert FeedCase.objects.count() == 1
    assert (import_of(FEED, 1).state, import_of(FEED, 1).settled_by) == ("taken", "supervisor")
    assert "?ask=" not in text(client, ONE)


def test_nothing_is_dropped_without_a_reason(tmp_path: Path, client: Client) -> None:
    faulty(tmp_path)
    answer = client.post(ONE, {"way": "drop", "why": " "})
    assert answer.status_code == 422
    assert "请写明为什么放弃" in answer.content.decode()
    assert client.post(ONE, {"way": "drop", "why": "编码有误"}).status_code == 302
    assert (import_of(FEED, 1).state, import_of(FEED, 1).why) == ("dropped", "编码有误")
    assert "编码有误" in text(client, ONE)
    assert client.post(ONE, {"way": "confirm"}).status_code == 302
    assert FeedCase.objects.count() == 0


def test_a_form_from_elsewhere_settles_nothing(tmp_path: Path, client: Client) -> None:
    faulty(tmp_path)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(ONE, {"way": "confirm"}).status_code == 403
    assert import_of(FEED, 1).state == "waiting"


def test_a_feed_of_which_nothing_came_says_so_and_an_unknown_one_is_not_there(client: Client) -> None:
    actions.amend(office())
    assert "还没有接入过" in text(client, IMPORTS)
    assert f'href="{IMPORTS}"' in text(client, "/supervision/feeds/")
    assert client.get("/supervision/feeds/nobody/imports/").status_code == 404
    assert client.get(ONE).status_code == 404


def test_the_feed_leads_to_its_imports(tmp_path: Path, client: Client) -> None:
    hand_in(tmp_path, RECEIVED.format(1, ""))
    assert f'href="{IMPORTS}"' in text(client, f"/supervision/feeds/{FEED}/")
    assert "没有错误" in text(client, ONE)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_imports_are_accessible(
    open_page: Callable[..., Page],
    live_server: LiveServer,
    tmp_path: Path,
    language: str,
    width: int,
    scheme: str,
) -> None:
    supervise("supervisor")
    hand_in(tmp_path, RECEIVED.format(1, ""), RECEIVED.format(2, ""), name="2月办件.csv")
    hand_in(tmp_path, RECEIVED.format(1, ""), *(BAD.format(serial + 2) for serial in range(3)))
    page = open_page(language, width=width, scheme=scheme)
    page.goto(f"{live_server.url}/login/")
    page.fill("[name=username]", "supervisor")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    for path, name in (
        (IMPORTS, "imports"),
        (f"{IMPORTS}2/", "import"),
        (f"{IMPORTS}2/?ask=confirm", "import-confirm"),
        (f"{IMPORTS}2/?ask=drop", "import-drop"),
        ("/supervision/feeds/", "feeds-all"),
    ):
        page.goto(live_server.url + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        shoot(page, f"{name}-{language}-{width}")

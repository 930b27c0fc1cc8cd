"""What is public: the register, one exposure with its reply and corrections, the four always, the publishing desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe, shoot
from tests.exposing import do, expose, found_publishers, grave_case, propose, watcher
from tests.office import Office, at
from tests.web.test_languages import Reader
from xiaoneng.desk.recording import read
from xiaoneng.matters.vocabulary.exposure import ExposureCorrected, ExposureWithdrawn
from xiaoneng.openness.models import Publication
from xiaoneng.organisation.capacity import Duty
from xiaoneng.organisation.models import Person
from xiaoneng.web import clock

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/open/",
    "/open/exposure/",
    "/open/exposure/archive/",
    "/always/",
    "/always/traced/",
    "/always/disposed/",
    "/always/answered/",
    "/always/published/",
)
REPLY = "已增设窗口并公开道歉。"


def it_is(when: str) -> None:
    moment = at(when)
    clock.set_for_tests(lambda: moment)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    it_is("2026-03-17 12:00")
    yield
    clock.set_for_tests(None)


@pytest.fixture
def office(db: None) -> Office:
    return found_publishers()


def text(client: Client, path: str, language: str = "zh") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200, path
    return answer.content.decode()


def login(client: Client, office: Office, name: str) -> Client:
    user = get_user_model().objects.create_user(name)
    Person.objects.filter(pk=office.people[name]).update(user=user)
    client.force_login(user)
    return client


def correct(number: str, when: str = "2026-03-20 09:00") -> None:
    do(
        ExposureCorrected,
        number=number,
        when=when,
        by=watcher(Duty.HEAD, when),
        title_zh="更正：应为两次",
        title_en="Correction: it was twice",
        text_zh="应为两次，不是三次。",
        text_en="It was twice, not three times.",
        reasons="核对记录有误",
    )


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("full", [False, True])
def test_every_page_opens_without_an_account_empty_and_full_in_both_languages(
    client: Client, office: Office, path: str, full: bool
) -> None:
    if full:
        expose(office, grave_case(office))
    text(client, path)
    reader = Reader()
    reader.feed(text(client, path, "en"))
    assert reader.found == []


def test_an_exposure_shows_its_words_the_reply_and_who_decided_by_post(
    client: Client, office: Office
) -> None:
    number = expose(office, grave_case(office))
    told = text(client, f"/open/exposure/{number}/")
    for words in (
        "测试局窗口三次拒收材料",
        "2026年2月",
        REPLY,
        "曝光决定",
        "答辩意见一并公开",
        "2026年9月16日",
    ):
        assert words in told, words
    for inside in ("（虚构）", "符合公开条件", "情节严重，影响恶劣"):
        assert inside not in told, inside
    reader = Reader()
    reader.feed(text(client, f"/open/exposure/{number}/", "en"))
    assert reader.found == []


def test_a_correction_stands_above_what_it_corrects_and_in_the_list(client: Client, office: Office) -> None:
    number = expose(office, grave_case(office))
    correct(number)
    it_is("2026-03-20 12:00")
    told = text(client, f"/open/exposure/{number}/")
    assert told.index("应为两次，不是三次") < told.index("2026年2月")
    assert "核对记录有误" in told
    assert "更正：应为两次" in text(client, "/open/exposure/")


def test_after_its_period_only_that_it_stood_is_shown(client: Client, office: Office) -> None:
    number = expose(office, grave_case(office))
    it_is("2026-09-17 00:30")
    told = text(client, f"/open/exposure/{number}/")
    assert "公开期已满" in told
    for gone in ("三次拒收", REPLY):
        assert gone not in told
    assert "现在没有曝光" in text(client, "/open/exposure/")
    archived = text(client, "/open/exposure/archive/")
    assert number in archived
    assert "三次拒收" not in archived


def test_what_is_withdrawn_says_why_and_no_more(client: Client, office: Office) -> None:
    number = expose(office, grave_case(office))
    when = "2026-03-17 09:00"
    do(ExposureWithdrawn, number=number, when=when, by=watcher(Duty.HEAD, when), reasons="可能认出证人")
    told = text(client, f"/open/exposure/{number}/")
    assert "本条曝光已撤回" in told
    assert "可能认出证人" in told
    assert "三次拒收" not in told


def test_the_feed_is_atom_and_names_what_stands(client: Client, office: Office) -> None:
    number = expose(office, grave_case(office))
    answer = client.get("/open/exposure/feed.xml", headers={"accept-language": "zh"})
    assert answer["content-type"].startswith("application/atom+xml")
    root = ET.fromstring(answer.content)
    (entry,) = root.findall("{http://www.w3.org/2005/Atom}entry")
    title = entry.find("{http://www.w3.org/2005/Atom}title")
    assert title is not None
    assert title.text == "测试局窗口三次拒收材料"
    assert number in ET.tostring(entry, encoding="unicode")


@pytest.mark.parametrize("path", ["/open/exposure/BG2026-0000001-3/", "/open/exposure/x/", "/always/none/"])
def test_what_is_not_public_is_not_found(client: Client, office: Office, path: str) -> None:
    propose(grave_case(office))
    assert client.get(path).status_code == 404


def test_the_public_sees_which_office_and_since_when_and_only_insiders_the_number(
    client: Client, office: Office
) -> None:
    case = grave_case(office)
    it_is("2026-04-09 09:00")
    told = text(client, "/always/published/")
    assert "测试局" in told
    assert "2026年3月10日" in told
    assert case not in told
    assert "件违反" in text(client, "/")
    told = text(login(client, office, "personnel-A"), "/always/published/")
    assert f"/desk/m/{case}/" in told


def test_the_publishing_desk_lists_what_is_due_and_what_is_under_way(client: Client, office: Office) -> None:
    case = grave_case(office)
    login(client, office, "supervise-A")
    told = text(client, "/publish/")
    assert case in told
    assert "2026年4月8日" in told
    number = propose(case)
    legal = login(Client(), office, "legality-A")
    assert number in text(legal, "/publish/")
    stranger = login(Client(), office, "handle-A")
    assert stranger.get("/publish/").status_code == 404


def test_a_proposal_is_sent_from_the_page_and_everything_wrong_is_told_at_once(
    client: Client, office: Office
) -> None:
    case = grave_case(office)
    login(client, office, "supervise-A")
    assert f'value="{case}"' in text(client, f"/publish/exposure/?case={case}")
    sent = {
        "reference": case,
        "title_zh": "窗口三次拒收材料",
        "title_en": "Turned away three times",
        "text_zh": "投诉人电话13800000000",
        "text_en": "x",
        "gravity": "严重",
        "named": "no",
    }
    answer = client.post("/publish/exposure/", sent)
    assert answer.status_code == 400
    assert "疑有电话号码" in answer.content.decode()
    assert "窗口三次拒收材料" in answer.content.decode()
    answer = client.post("/publish/exposure/", {**sent, "text_zh": "三次拒收。"}, follow=True)
    assert "BG2026-" in answer.content.decode()


def test_the_act_of_publishing_on_the_matter_page_fills_the_register(client: Client, office: Office) -> None:
    number = expose(office, grave_case(office), published=False)
    login(client, office, "publish-A")
    sent = {"until": "2026-09-16", "seen": str(len(read(number).acts))}
    client.post(f"/desk/m/{number}/do/exposed/", sent)
    assert Publication.objects.get(number=number).until == date(2026, 9, 16)
    assert len(read(number).acts) == 6


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_pages_as_people_see_them(
    open_page: Callable[..., Page],
    live_server: LiveServer,
    office: Office,
    language: str,
    width: int,
    scheme: str,
) -> None:
    number = expose(office, grave_case(office))
    correct(number, when="2026-03-16 15:00")
    page = open_page(language, width=width, scheme=scheme)
    for name, path in {
        "home": "/",
        "open": "/open/",
        "exposures": "/open/exposure/",
        "exposure": f"/open/exposure/{number}/",
        "archive": "/open/exposure/archive/",
        "always": "/always/",
        "always-question": "/always/published/",
    }.items():
        page.goto(live_server.url + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        shoot(page, f"open/{name}-{language}-{width}")
    page.emulate_media(media="print")
    page.goto(f"{live_server.url}/open/exposure/{number}/")
    assert page.locator("main").inner_text()
    assert not page.locator(".top nav").is_visible()
    shoot(page, f"open/exposure-print-{language}-{width}")

"""The page of a sealed identity: who may ask, who agrees, what is shown once, and that nothing of it stays behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe, shoot
from tests.keeping import CENTRE, MARKERS, NAME, WORDS, cheap_locks, file, found_centre, give_keys
from tests.office import Office, at
from tests.web.offices import PASSWORD, logged_in, set_clock
from xiaoneng.matters.models import ActRecord
from xiaoneng.organisation.models import Person
from xiaoneng.web import clock
from xiaoneng.web.pages.matters import codes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_quiet")]
Open = Callable[..., Page]
REASON = "须当面核实两份材料的真伪"


@pytest.fixture
def _quiet() -> Iterator[None]:
    cache.clear()
    set_clock("2026-03-02 10:00")
    with cheap_locks():
        yield
    clock.set_for_tests(None)


@pytest.fixture
def office(transactional_db: None) -> Office:
    office = found_centre()
    give_keys(office)
    for name, person in office.people.items():
        user = get_user_model().objects.create_user(name, password=PASSWORD if name.endswith("-A") else None)
        Person.objects.filter(pk=person).update(user=user)
    return office


@pytest.fixture
def number(office: Office) -> str:
    return file().number


def address(number: str) -> str:
    return f"/desk/m/{number}/identity/"


def ask(client: Client, number: str, **changed: str) -> str:
    """Ask, and return the page that answers."""
    sent = {"way": "ask", "seen": "1", "reason": REASON, "passphrase": WORDS["complaints-A"], **changed}
    return client.post(address(number), sent).content.decode()


def slip_in(page: str) -> str:
    return page.partition('id="i-code">')[2].partition("<")[0]


def verbs(number: str) -> list[str]:
    rows = ActRecord.objects.filter(matter__number=number).order_by("sequence")
    return list(rows.values_list("verb", flat=True))


def test_two_officers_at_two_screens_open_it_and_it_is_shown_once(number: str) -> None:
    slip = slip_in(ask(logged_in("complaints-A"), number))
    head = logged_in("head-A")
    assert REASON in head.get(address(number)).content.decode()
    sent = {"way": "open", "seen": "2", "reason": "确有必要", "slip": slip, "passphrase": WORDS["head-A"]}
    shown = head.post(address(number), sent)
    assert all(marker in shown.content.decode() for marker in MARKERS)
    assert "no-store" in shown["Cache-Control"]
    again = head.post(address(number), sent)
    assert again.status_code == 400
    assert NAME not in again.content.decode()
    for client in (head, logged_in("complaints-A")):
        for page in (address(number), f"/desk/m/{number}/"):
            assert not any(marker in client.get(page).content.decode() for marker in MARKERS)
    assert verbs(number) == ["complaint-made", "identity-asked", "identity-opened"]


def test_nothing_secret_stays_in_a_session_whatever_went_wrong(number: str) -> None:
    centre = logged_in("complaints-A")
    for changed in ({"reason": ""}, {"passphrase": "not the right one"}, {"seen": "7"}, {}):
        page = ask(centre, number, **changed)
        assert WORDS["complaints-A"] not in page
        assert "not the right one" not in page
    kept = str([one.get_decoded() for one in Session.objects.all()])
    assert WORDS["complaints-A"] not in kept
    assert "xn-slip" not in kept


def test_everything_wrong_is_said_at_once_and_the_reason_typed_stays(number: str) -> None:
    centre = logged_in("complaints-A")
    page = ask(centre, number, reason="", passphrase="")
    assert page.count("请填写") >= 2
    page = ask(centre, number, passphrase="not the right one")
    assert "口令不对" in page
    assert REASON in page
    assert verbs(number) == ["complaint-made"]


def test_wrong_passphrases_are_stopped_after_five(number: str) -> None:
    centre = logged_in("complaints-A")
    for _ in range(5):
        assert "口令不对" in ask(centre, number, passphrase="not the right one")
    assert "一小时以后" in ask(centre, number)
    assert verbs(number) == ["complaint-made"]


def test_the_second_post_refuses_and_the_first_reads_why(number: str) -> None:
    ask(logged_in("complaints-A"), number)
    head = logged_in("head-A")
    sent = {"way": "refuse", "seen": "2", "reason": "不知道姓名也能核实"}
    assert head.post(address(number), sent).status_code == 302
    assert "不知道姓名也能核实" in logged_in("complaints-A").get(f"/desk/m/{number}/").content.decode()


def test_the_acts_of_an_identity_stand_on_no_other_form(number: str) -> None:
    centre = logged_in("complaints-A")
    page = centre.get(f"/desk/m/{number}/").content.decode()
    assert address(number) in page
    assert 'id="do-identity' not in page
    for word in ("identity-asked", "identity-opened", "identity-refused"):
        sent = {"reason": "绕过钥匙", "seen": "1"}
        assert centre.post(f"/desk/m/{number}/do/{word}/", sent).status_code == 404
    assert verbs(number) == ["complaint-made"]


def test_whoever_keeps_no_key_is_shown_who_does_or_nothing_at_all(number: str) -> None:
    leader = logged_in("oversee-A").get(address(number))
    assert CENTRE in leader.content.decode()
    assert "<form" not in leader.content.decode().partition("<main")[2]
    assert logged_in("oversee-A").post(address(number), {"way": "ask", "reason": "x"}).status_code == 404
    assert logged_in("handle-A").get(address(number)).status_code == 404
    assert Client().get(address(number)).status_code == 302


def test_the_complainant_sees_that_it_was_asked_and_why(number: str) -> None:
    ask(logged_in("complaints-A"), number)
    citizen = Client()
    session = citizen.session
    session[codes.OPENED] = {number: at("2026-03-02 10:00").isoformat()}  # as after showing the code
    session.save()
    page = citizen.get(f"/m/{number}/", headers={"accept-language": "zh"}).content.decode()
    assert "申请启封身份" in page
    assert REASON in page
    assert not any(marker in page for marker in MARKERS)
    assert "xn-envelope" not in page


def log_in(page: Page, server: LiveServer, name: str) -> None:
    page.goto(f"{server.url}/login/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_the_page_passes_for_both_officers_from_asking_to_seeing(
    live_server: LiveServer, open_page: Open, number: str, language: str, width: int, scheme: str
) -> None:
    page = open_page(language, width=width, scheme=scheme)
    log_in(page, live_server, "complaints-A")
    page.goto(live_server.url + address(number))
    _passes(page, f"identity-ask-{language}-{width}")
    page.locator("#ask-reason").fill(REASON)
    page.locator("#ask-passphrase").fill(WORDS["complaints-A"])
    assert REASON not in page.evaluate("JSON.stringify({...sessionStorage})")
    page.locator("main form button[type=submit]").click()
    slip = page.locator("#i-code").inner_text()
    _passes(page, f"identity-slip-{language}-{width}")
    other = open_page(language, width=width, scheme=scheme)
    log_in(other, live_server, "head-A")
    other.goto(live_server.url + address(number))
    _passes(other, f"identity-answer-{language}-{width}")
    other.locator("#open-slip").fill(slip)
    other.locator("#open-reason").fill("确有必要")
    other.locator("#open-passphrase").fill(WORDS["head-A"])
    other.locator("section[aria-labelledby=i-open] button[type=submit]").click()
    assert other.get_by_text(NAME).is_visible()
    _passes(other, f"identity-shown-{language}-{width}")


def _passes(page: Page, name: str) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shoot(page, name)

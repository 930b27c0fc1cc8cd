from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import Visit, axe
from xiaoneng.web import clock
from xiaoneng.web.asking import FieldKind
from xiaoneng.web.form_fields import form_fields

PASSWORD = "correct horse battery"


@pytest.fixture
def _officer(db: None) -> None:
    get_user_model().objects.create_user("zhang", password=PASSWORD)


@pytest.fixture
def _half_past_nine() -> Iterator[None]:
    clock.set_for_tests(lambda: datetime(2026, 10, 9, 1, 30, tzinfo=UTC))
    yield
    clock.set_for_tests(None)


@pytest.mark.usefixtures("transactional_db")
def test_an_officer_is_told_what_is_wrong_and_keeps_the_name_typed(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    get_user_model().objects.create_user("zhang", password=PASSWORD)
    page = open_page()
    page.goto(f"{live_server.url}/login/?next=/login/")
    page.get_by_label("用户名").fill("zhang")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("用户名").input_value() == "zhang"
    assert page.get_by_label("密码").input_value() == ""
    axe(page)


@pytest.mark.usefixtures("_officer")
def test_an_officer_logs_in_and_out(client: Client) -> None:
    there = client.post("/login/?next=/style/", {"username": "zhang", "password": PASSWORD})
    assert there.headers["Location"] == "/style/"
    out = client.post("/logout/")
    assert out.headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_logging_out_needs_a_button_and_no_link_can_do_it(client: Client) -> None:
    assert client.get("/logout/").status_code == 405


@pytest.mark.django_db
def test_both_empty_fields_are_named_at_once_with_links_to_them(client: Client) -> None:
    told = client.post("/login/", {}).content.decode()
    assert 'href="#f-username"' in told
    assert 'href="#f-password"' in told


@pytest.mark.usefixtures("_half_past_nine")
@pytest.mark.django_db
def test_every_page_says_the_moment_it_was_made(client: Client) -> None:
    assert "截至" in (told := client.get("/login/").content.decode())
    assert "2026年10月9日 09:30" in told


def test_the_clock_of_a_running_office_cannot_be_moved(settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    with pytest.raises(ImproperlyConfigured):
        clock.set_for_tests(None)


@pytest.mark.django_db
def test_a_page_that_is_not_there_reads_like_one_that_is_not_yours(client: Client) -> None:
    missing = client.get("/nothing-here/")
    assert missing.status_code == 404
    assert "没有这一页，或者您不能看" in missing.content.decode()


@pytest.mark.django_db
def test_an_expired_form_says_that_nothing_is_lost() -> None:
    told = Client(enforce_csrf_checks=True).post("/login/", {"username": "zhang"})
    assert told.status_code == 403
    assert "填过的文字还在" in told.content.decode()


@pytest.mark.django_db
def test_a_defect_is_told_in_both_languages_and_hides_its_cause(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError("in the cellar")

    monkeypatch.setattr("xiaoneng.web.pages.entry.FormView", broken)
    client.raise_request_exception = False
    told = client.get("/login/")
    assert told.status_code == 500
    assert "系统出错了" in told.content.decode()
    assert "Something broke" in told.content.decode()
    assert "cellar" not in told.content.decode()


def test_what_was_typed_before_a_lost_session_is_put_back(visit: Visit) -> None:
    page = visit.open()
    kept = (
        "<form data-keep='apply'><input name='who'><textarea name='why'></textarea>"
        "<input type='checkbox' name='yes' value='1'><input type='password' name='secret'>"
        "<input name='sealed' data-unkept></form>"
    )
    script = "src/xiaoneng/web/static/xiaoneng/keep.js"
    page.route("http://localhost/apply", lambda route: route.fulfill(body=kept, content_type="text/html"))
    page.goto("http://localhost/apply")
    page.add_script_tag(path=script, type="module")
    page.locator("[name=who]").fill("王五")
    page.locator("[name=why]").fill("两行\n文字")
    page.locator("[name=yes]").check()
    page.locator("[name=secret]").fill("never kept")
    page.locator("[name=sealed]").fill("张大山（虚构）")
    assert "张大山" not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    page.goto("http://localhost/apply")
    page.add_script_tag(path=script, type="module")
    assert page.locator("[name=who]").input_value() == "王五"
    assert page.locator("[name=why]").input_value() == "两行\n文字"
    assert page.locator("[name=yes]").is_checked()
    assert page.locator("[name=secret]").input_value() == ""
    assert page.locator("[name=sealed]").input_value() == ""


def test_a_django_form_is_read_as_our_questions_with_what_was_typed() -> None:
    class Ask(forms.Form):
        ground = forms.ChoiceField(choices=[("", "–"), ("a", "甲"), ("b", "乙")], label="种类")
        many = forms.MultipleChoiceField(choices=[("1", "一"), ("2", "二")], required=False)
        sure = forms.BooleanField()

    ground, many, sure = form_fields(Ask({"ground": "b", "many": ["2"]}))
    assert (ground.kind, ground.value, [each.value for each in ground.choices]) == (
        FieldKind.CHOICE,
        "b",
        ["a", "b"],
    )
    assert [each.value for each in many.choices if each.chosen] == ["2"]
    assert (many.kind, many.required) == (FieldKind.CHOICES, False)
    assert (sure.kind, sure.value, len(sure.errors)) == (FieldKind.YES_NO, "", 1)

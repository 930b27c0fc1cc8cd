from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from django.test import Client
from django.utils.translation import override

from xiaoneng.cli.messages import WEB, Gaps, collect, report
from xiaoneng.law.phrase import Phrase
from xiaoneng.web import wording

HAN = re.compile(r"[\u3400-\u9fff\u3001\u3002\uff08\uff09\uff0c\uff1a\uff1b]")
SPOKEN = {"title", "alt", "placeholder", "aria-label", "content", "data-copied"}
VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Reader(HTMLParser):
    """Reads a page as an English reader does and notes Chinese that is not said to be Chinese."""

    languages: list[str] = field(default_factory=lambda: ["en"])
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.languages[-1]
        if tag not in VOID:
            self.languages.append(language)
        for name in SPOKEN & given.keys():
            self._note(given[name] or "", language)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.languages.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        self._note(data, self.languages[-1])

    def _note(self, text: str, language: str) -> None:
        if HAN.search(text) and not language.startswith("zh"):
            self.found.append(text.strip())


def test_every_message_of_the_pages_is_said_in_english() -> None:
    assert report() == Gaps(missing=(), fuzzy=(), placeholders=())


def test_collecting_again_changes_nothing(tmp_path: Path) -> None:
    pages = copytree(WEB, tmp_path / "web", ignore=ignore_patterns("static", "__pycache__"))
    catalogue = Path("locale/en/LC_MESSAGES/django.po")
    collect(root=pages)
    assert (pages / catalogue).read_text() == (WEB / catalogue).read_text()


def test_a_sentence_without_english_and_a_lost_placeholder_are_reported(tmp_path: Path) -> None:
    po = tmp_path / "locale/en/LC_MESSAGES/django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n')
    page = tmp_path / "page.html"
    page.write_text(
        "{% load i18n %}{% translate '缺' %}{% blocktranslate with n=n %}第 {{ n }} 天{% endblocktranslate %}"
    )
    assert set(report(root=tmp_path).missing) == {"缺", "第 %(n)s 天"}
    assert set(collect(root=tmp_path).missing) == {"缺", "第 %(n)s 天"}
    po.write_text(
        po.read_text().replace('msgid "第 %(n)s 天"\nmsgstr ""', 'msgid "第 %(n)s 天"\nmsgstr "day %(m)s"')
    )
    assert report(root=tmp_path).placeholders == ("第 %(n)s 天",)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/style/", "/style/desk/", "/login/", "/nothing-here/"])
def test_an_english_page_leaves_no_chinese_unmarked(client: Client, settings: object, path: str) -> None:
    settings.STYLE_PAGE = True  # type: ignore[attr-defined]
    reader = Reader()
    reader.feed(client.get(path, headers={"accept-language": "en"}).content.decode())
    assert reader.found == []


def test_the_reader_of_this_test_finds_unmarked_chinese() -> None:
    reader = Reader()
    reader.feed('<p title="甲">乙<b lang="zh-Hans">丙</b>丁</p>')
    assert reader.found == ["甲", "乙", "丁"]


@pytest.mark.django_db
def test_the_language_is_remembered_and_leads_back_to_the_page(client: Client) -> None:
    assert 'lang="zh-Hans"' in client.get("/login/").content.decode()
    switched = client.get("/language/en/?next=/login/")
    assert switched.headers["Location"] == "/login/"
    assert '<html lang="en">' in client.get("/login/").content.decode()


@pytest.mark.django_db
def test_the_language_switch_leads_nowhere_outside_this_house(client: Client) -> None:
    assert client.get("/language/en/?next=https://elsewhere.example/").headers["Location"] == "/"
    assert client.get("/language/fr/").status_code == 404


def test_a_phrase_speaks_the_language_of_the_reader_and_a_name_is_marked() -> None:
    phrase = Phrase("受理", "Accepted")
    with override("zh-hans"):
        assert wording.marked(phrase) == "受理"
        assert wording.marked("张三") == "张三"
    with override("en"):
        assert wording.marked(phrase) == "Accepted"
        assert wording.marked("张三") == '<span lang="zh-Hans">张三</span>'
        assert wording.marked("<b>") == "&lt;b&gt;"


def test_days_are_said_where_the_office_is() -> None:
    late_in_utc = datetime(2026, 10, 13, 16, 30, tzinfo=UTC)
    with override("zh-hans"):
        assert wording.full_moment(late_in_utc) == "2026年10月14日 00:30"
        assert wording.weekday(date(2026, 10, 14)) == "周三"
    with override("en"):
        assert wording.full_moment(late_in_utc) == "14 Oct 2026, 00:30"
        assert wording.weekday(date(2026, 10, 14)) == "Wed"


@pytest.mark.parametrize(
    ("days", "working", "zh", "en"),
    [
        (3, True, "还剩 3 个工作日", "3 working days left"),
        (1, True, "还剩 1 个工作日", "1 working day left"),
        (0, True, "今天到期", "due today"),
        (-2, True, "超期 2 个工作日", "2 working days over"),
        (-1, False, "超期 1 天", "1 day over"),
    ],
)
def test_how_long_is_left_is_said_in_both_languages(*, days: int, working: bool, zh: str, en: str) -> None:
    with override("zh-hans"):
        assert wording.time_left(days, working=working) == zh
    with override("en"):
        assert wording.time_left(days, working=working) == en

"""Open data can be taken away by anybody: the page explains every column, the files are what the catalogue says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe, shoot
from tests.pure.flow.test_out_tables import town
from tests.web.test_languages import Reader
from xiaoneng.cli.flow_export import flow_export
from xiaoneng.cli.publish_data import publish_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.COLUMNS, settings.OPEN_DATA = tmp_path, tmp_path / "open"
    return tmp_path


@pytest.fixture
def published(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    town(folder)
    assert publish_data(["--lang", "en"]) == 0
    assert "Public matters of the city" in capsys.readouterr().out
    return folder


def body(client: Client, path: str, language: str = "zh") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_before_anything_is_published_the_page_says_so(client: Client, folder: Path) -> None:
    assert "还没有发布开放数据" in body(client, "/data/")
    assert json.loads(body(client, "/data/catalog.jsonld"))["dcat:dataset"] == []
    assert publish_data([]) == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_tells_size_time_and_meaning(client: Client, published: Path, language: str) -> None:
    said = body(client, "/data/", language)
    assert {"zh": "本市公开办件", "en": "Public matters of the city"}[language] in said
    assert {"zh": "办结时刻", "en": "closed; empty while open"}[language] in said
    assert "<script" not in said.partition("<main")[2].partition("</main>")[0]
    if language == "en":
        reader = Reader()
        reader.feed(said)
        assert reader.found == []


def test_a_file_is_what_the_catalogue_says_it_is(client: Client, published: Path) -> None:
    said = json.loads(body(client, "/data/catalog.jsonld"))
    for one in (each for data in said["dcat:dataset"] for each in data["dcat:distribution"]):
        answer = client.get(one["dcat:downloadURL"]["@id"].removeprefix("http://testserver"))
        content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
        assert len(content) == int(one["dcat:byteSize"]["@value"]) == int(answer["Content-Length"])
        assert hashlib.sha256(content).hexdigest() == one["spdx:checksum"]["spdx:checksumValue"]["@value"]
        mark = answer["ETag"]
        again = client.get(answer.request["PATH_INFO"], headers={"if-none-match": mark})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["own/manifest.json", "own/nothing.csv", "other/cases.csv", "own/..%2Fmanifest.json"]
)
def test_what_was_not_published_is_not_there(client: Client, published: Path, path: str) -> None:
    assert client.get(f"/data/{path}").status_code == 404


@pytest.mark.parametrize(("language", "width", "scheme"), [("zh", 390, "light"), ("en", 1440, "dark")])
def test_the_page_is_fit_to_be_read(
    open_page: Callable[..., Page],
    live_server: LiveServer,
    published: Path,
    language: str,
    width: int,
    scheme: str,
) -> None:
    page = open_page(language, width=width, scheme=scheme)
    page.goto(live_server.url + "/data/")
    page.locator("summary").nth(1).click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shoot(page, f"open/data-{language}-{width}")


def test_a_feed_is_exported_from_the_command_line(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into = published / "made" / "water.xes"
    assert flow_export(["water", "--form", "xes", "--out", str(into), "--until", "2026-03-05", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["cases"], said["events"], said["files"][0]["bytes"]) == (3, 6, into.stat().st_size)
    assert "（虚构）" not in into.read_text(encoding="utf-8")
    assert flow_export(["water", "--out", str(into), "--with-people", "--lang", "en"]) == 0
    assert "personal data" in capsys.readouterr().err
    assert "（虚构）" in into.read_text(encoding="utf-8")


def test_an_unknown_feed_is_refused_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert flow_export(["nothing", "--lang", "en"]) == 2
    assert "no such key" in capsys.readouterr().err

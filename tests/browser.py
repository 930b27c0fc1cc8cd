"""A real browser for tests of pages: one per run, a fresh context per test, no outside world, no silent errors.

A conftest takes the fixtures with `from tests.browser import *`. Screenshots go to `var/shots/`.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shutil import which
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

__all__ = ["Visit", "axe", "browser", "open_page", "plain_static_files", "shoot", "visit"]

# Playwright's loop runs in this thread; Django must not take it for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SHOTS = Path(__file__).resolve().parents[1] / "var" / "shots"
CARRIED = {"http", "https", "ws", "wss"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
UNWANTED = (
    "WebUIOmniboxPopup",  # the address bar is a page of its own in every window, as dear as the page under test
    "WebUIOmniboxAimPopup",
    # What Playwright itself turns off, said again because the last such list is the one that counts:
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
ARGUMENTS = [
    "--disable-features=" + ",".join(UNWANTED),
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",  # there is no outside world
]
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}


@cache
def launched() -> Browser | None:
    """Return the one browser of this run, or nothing where no Chromium is installed."""
    program = which("chromium") or which("chromium-browser") or which("google-chrome")
    if not program:
        return None
    playwright = sync_playwright().start()
    chromium = playwright.chromium.launch(executable_path=program, headless=True, args=ARGUMENTS)
    atexit.register(playwright.stop)
    atexit.register(chromium.close)
    return chromium


@pytest.fixture(scope="session")
def browser() -> Browser:
    found = launched()
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("No Chromium on this machine, and CI=true asks for one.")
    if found is None:
        pytest.skip("No Chromium on this machine: the pages are not seen in a browser.")
    return found


@pytest.fixture(autouse=True)
def plain_static_files(settings: object) -> None:
    """Serve static files under their own names: the live server knows no manifest."""
    storages = dict(settings.STORAGES)  # type: ignore[attr-defined]
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages  # type: ignore[attr-defined]


@dataclass
class Visit:
    """Who looks how: the pages opened by one test, and what went wrong in them."""

    browser: Browser
    wrong: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    """Parts of console errors a test means to provoke, such as the browser's note of a 403."""

    def open(
        self, language: str = "zh", *, width: int = 1440, scheme: str = "light", script: bool = True
    ) -> Page:
        """Return an empty page for a reader of `language` on a screen `width` pixels wide."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            locale=LOCALES[language],
            timezone_id="Asia/Shanghai",
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",  # a colour half-way from one to another is nobody's to judge
            java_script_enabled=script,
        )
        context.set_default_timeout(10_000)
        context.on("request", self._guard)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        self.contexts.append(context)
        return context.new_page()

    def _guard(self, request: Request) -> None:
        """Note who asks outside; the browser finds nobody there. To route requests here would cost it its cache."""
        asked = urlsplit(request.url)
        if asked.scheme in CARRIED and asked.hostname not in LOOPBACK:
            self.wrong.append(f"asked for {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(part in message.text for part in self.expected):
            self.wrong.append(message.text)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open pages; any console error, script error or request to the outside fails the test at its end."""
    opened = Visit(browser)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.wrong == []


@pytest.fixture
def open_page(visit: Visit) -> Callable[..., Page]:
    """Open one page: `open_page("en", width=390, scheme="dark")`."""
    return visit.open


def axe(page: Page) -> None:
    """Assert that axe finds nothing against WCAG 2.2 AA on `page`, once its style sheets are there."""
    page.wait_for_load_state()
    violations = Axe().run(page, options=OPTIONS).response["violations"]
    told = [
        f"{each['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for each in violations
        for node in each["nodes"]
    ]
    assert told == [], f"{page.url}\n" + "\n".join(told)


def shoot(page: Page, name: str) -> None:
    """Save the whole `page` as `var/shots/<name>.png`: for the eye, nothing is judged by it.

    `XIAONENG_SHOTS=0` takes no pictures; the run of every test, at which nobody looks, asks for that.
    """
    if os.environ.get("XIAONENG_SHOTS") == "0":
        return
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

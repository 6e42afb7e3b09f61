"""A real server on a free port and a real Chromium for the tests of this folder."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from material import PATIENCE

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / ".artefacts" / "screenshots"
UNUSED = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    *("HttpsUpgrades", "LensOverlay", "MediaRouter", "OptimizationHints", "PaintHolding", "ThirdPartyStoragePartitioning"),
)
"""Parts of Chromium that no test needs. The first three, the suggestions of an address bar that nobody sees, are a page of their own in each window
and take as long as ours; the others are of Playwright's list, which this one replaces."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(UNUSED)}",
]
expect.set_options(timeout=PATIENCE * 1000)


def chromium() -> str | None:
    """Path of the system's browser, in the order of .ci/browser; None leaves it to Playwright's own."""
    found = [os.environ.get("BROWSER"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))]
    return next(filter(None, found), None)


def start(data: Path, *more: str, **settings: str) -> tuple[subprocess.Popen, str]:
    """Serve a data folder on a free port, with settings of the environment; returns the process and its address."""
    command = [sys.executable, "-m", "bilateral", "serve", "--data", str(data), "--port", "0", *more]
    environment = os.environ | settings
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    assert found, f"the server did not start: {line!r}"
    return process, found[0]


def stop(process: subprocess.Popen) -> None:
    """End a server that `start` started."""
    process.terminate()
    process.wait(PATIENCE)
    assert process.stdout
    process.stdout.close()


@pytest.fixture(scope="session")
def site(published: Path) -> Iterator[str]:
    process, address = start(published)
    yield address
    stop(process)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS, timeout=PATIENCE * 1000)
        browser.on("context", lambda context: context.set_default_timeout(PATIENCE * 1000))
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """A picture of each page that is open when a test fails, in .artefacts/screenshots."""
    report = yield
    if report.failed and call.when == "call" and "browser" in item.funcargs:
        pages = [page for context in item.funcargs["browser"].contexts for page in context.pages]
        for number, page in enumerate(pages):
            with suppress(Error):  # a page that has gone away has no picture
                page.screenshot(path=ARTEFACTS / f"{re.sub(r'[^a-zA-Z0-9_-]+', '-', item.name)}-{number}.png", full_page=True)
    return report


class Watch:
    """What a page did: messages of its console, faults, requests to other origins, POSTs, bytes on the wire."""

    def __init__(self, page: Page, site: str):
        self.faults: list[str] = []
        self.foreign: list[str] = []
        self.posts: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self.note(request, site))

    def note(self, request, site: str) -> None:
        if not request.url.startswith((site, "data:", "blob:")):
            self.foreign.append(request.url)
        if request.method == "POST":
            self.posts.append(request.url)


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator:
    """visit(path, width=…, dark=…) opens a page (without its content policy, which
    forbids Playwright's own scripts; test_sql.py holds pages to it), waits until its charts are drawn, and returns page and Watch; faults fail the test."""
    opened = []

    def visit(path: str, width: int = 1280, height: int = 900, dark: bool = False, charts: bool = True, **more):
        context = browser.new_context(
            bypass_csp=True, viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", **more
        )
        page = context.new_page()
        watch = Watch(page, site)
        opened.append((context, watch))
        page.goto(site + path)
        if charts:
            drawn(page)
        return page, watch

    yield visit
    for context, watch in opened:
        context.close()
        assert watch.foreign == []
        assert watch.faults == []


def drawn(page: Page) -> None:
    """Wait until Dash has taken over and all charts shown hold data."""
    page.wait_for_function(
        "!document.getElementById('first') && [...document.querySelectorAll('.js-plotly-plot')]"
        ".filter(graph => graph.data && graph.data.length).length === document.querySelectorAll('.card:not([hidden]) .plot').length"
    )

"""A real server on a free port and a real Chromium for the tests of this folder."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / ".artefacts" / "screenshots"
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Path of the system's browser, in the order of .ci/browser; None leaves it to Playwright's own."""
    found = [os.environ.get("BROWSER"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))]
    return next(filter(None, found), None)


def start(data: Path, *more: str) -> tuple[subprocess.Popen, str]:
    """Serve a data folder on a free port; returns the process and its address."""
    command = [sys.executable, "-m", "dashboard", "serve", "--data", str(data), "--port", "0", *more]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    assert found, f"the server did not start: {line!r}"
    return process, found[0]


@pytest.fixture(scope="session")
def site(published: Path) -> Iterator[str]:
    process, address = start(published)
    yield address
    process.terminate()
    process.wait(10)
    assert process.stdout
    process.stdout.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
        yield browser
        browser.close()


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

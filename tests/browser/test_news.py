"""A snapshot is published while a page is open (UX 21): no fault, an offer to show it, and each answer of one snapshot."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.accessibility import violations
from tests.browser.conftest import drawn, start, stop

from bilateral.pages.site import Site
from bilateral.publish import snapshots

pytestmark = pytest.mark.browser


def publish_again(data: Path, run_id: str) -> None:
    """The same rows under a new name, as a refresh would publish them."""
    snapshots.publish(snapshots.current(data), data, run_id)


@pytest.fixture(scope="module")
def copied(published, tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("news")
    shutil.copytree(published / "snapshots", data / "snapshots")
    return data


@pytest.fixture(scope="module")
def own_site(copied) -> Iterator[str]:
    process, address = start(copied)
    yield address
    stop(process)


@pytest.mark.parametrize("path", ["/pair/MEX-USA", "/events"])
def test_21_an_open_page_offers_the_new_snapshot_and_shows_it_only_when_asked(browser: Browser, own_site, copied, path):
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.clock.install()
    page.goto(own_site + path)
    page.clock.run_for(2000)
    if path.startswith("/pair"):
        drawn(page)
    before = page.locator("#source").get_attribute("data-version")
    page.clock.run_for(301_000)
    expect(page.locator("#news")).to_be_empty()
    publish_again(copied, "2999" + before[4:])
    page.clock.run_for(301_000)
    expect(page.locator("#news")).to_contain_text("New data is available.")
    assert page.locator("#source").get_attribute("data-version") == before
    assert violations(page) == []
    page.get_by_role("button", name="Show it").click()
    page.wait_for_function("before => document.querySelector('#source').dataset.version > before", arg=before)
    assert faults == []
    context.close()
    current = copied / "snapshots" / snapshots.POINTER
    current.write_text(f"{snapshots.PREFIX}{before}.duckdb\n", encoding="utf-8")


def test_21_an_answer_is_made_again_when_a_snapshot_is_published_meanwhile(published, tmp_path):
    shutil.copytree(published / "snapshots", tmp_path / "snapshots")
    site = Site(tmp_path, 48)
    seen: list[str] = []

    def make() -> str:
        seen.append(site.warehouse.version)
        if len(seen) == 1:
            publishing = threading.Thread(target=publish_again, args=(tmp_path, "29990101T000000.000000Z"))
            publishing.start()
            publishing.join()
        return site.warehouse.version

    made, version = site.of_one_snapshot(make)
    assert made == version == "29990101T000000.000000Z"
    assert len(seen) == 2

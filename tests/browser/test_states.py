"""Modes of the reader's machine, two tabs, slow answers and stale data (UX 8, 15, 16, 20)."""

import json
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import drawn, start

pytestmark = pytest.mark.browser


def test_08_forced_colours_more_contrast_less_motion_and_paper(visit):
    page, _ = visit("/pair/MEX-USA")
    page.emulate_media(forced_colors="active", reduced_motion="reduce", contrast="more")
    assert page.locator("h1").is_visible()
    assert page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length") == 0
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") != ground
    page.emulate_media(media="print", forced_colors="none", reduced_motion="no-preference", contrast="no-preference")
    assert page.locator("h1").is_visible()
    assert page.locator("#source").is_visible()
    assert not page.locator("#p-controls").is_visible()
    assert page.pdf()[:5] == b"%PDF-"


def test_15_two_tabs_with_different_pairs_do_not_touch_each_other(visit):
    one, _ = visit("/pair/MEX-USA")
    two, _ = visit("/pair/COL-USA")
    one.locator("#c-by").select_option("month")
    two.locator("#c-pair").select_option("CAN-USA")
    expect(two.locator("h1")).to_have_text("United States – Canada")
    expect(one.locator("#table-balance caption")).to_be_attached()
    one.wait_for_url("**by=month*")
    one.wait_for_function("JSON.parse(document.querySelector('#title').dataset.choice).by === 'month'")
    assert one.locator("h1").inner_text() == "United States – Mexico"
    assert json.loads(two.locator("#title").get_attribute("data-choice"))["by"] == "week"


def test_16_before_its_data_a_chart_shows_no_axes_and_a_slow_answer_says_busy_and_moves_nothing(visit):
    page, _ = visit("/pair/MEX-USA", charts=False)
    ticks = page.evaluate("[...document.querySelectorAll('.xtick text, .ytick text')].map(tick => tick.textContent)")
    assert not {"−1", "6"} <= set(ticks)
    drawn(page)
    asked = []
    page.route("**/_dash-update-component*", lambda route: asked.append(route))  # held until it is let go below
    page.evaluate(
        "window.moved = 0; new PerformanceObserver(list => { for (const e of list.getEntries())"
        " if (!e.hadRecentInput) window.moved += e.value }).observe({ type: 'layout-shift' })"
    )
    page.locator("#c-by").select_option("month")
    page.wait_for_selector("main[aria-busy=true]", timeout=2000)
    assert page.evaluate("moved") == 0
    for route in asked:
        route.continue_()
    page.wait_for_selector("main:not([aria-busy=true])")


def test_20_data_that_were_not_refreshed_for_long_say_so_on_the_page_and_in_health(browser, published, tmp_path):
    shutil.copytree(published / "snapshots", tmp_path / "data" / "snapshots")
    told = json.loads((published / "status.json").read_text())
    (tmp_path / "data" / "status.json").write_text(
        json.dumps(told | {"last_success": "2020-01-01T00:00:00Z", "last_attempt": "2020-01-01T00:00:00Z"})
    )
    process, address = start(tmp_path / "data")
    page = browser.new_page()
    try:
        page.goto(address + "/pair/MEX-USA")
        assert "no successful update for" in page.locator(".notice").first.inner_text()
        assert page.request.get(address + "/health").json()["status"] == "stale"
    finally:
        page.close()
        process.terminate()
        process.wait(10)
        process.stdout.close()

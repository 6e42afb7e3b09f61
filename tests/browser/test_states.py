"""Modes of the reader's machine, two tabs, slow and failed answers, stale data, a finger on a phone (UX 8, 15, 16, 17, 20, 29)."""

import json
import os
import shutil
import signal

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import drawn, start, stop

from material import children

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


def test_07_16_before_its_data_a_chart_shows_no_axes_and_a_slow_answer_says_busy_and_moves_nothing(visit):
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
    page.wait_for_selector("main[aria-busy=true]")
    assert page.evaluate("moved") == 0
    assert page.locator("#busy[role=status]").text_content() == "Updating …"
    for route in asked:
        route.continue_()
    page.wait_for_selector("main:not([aria-busy=true])")
    expect(page.locator("#busy")).to_have_text("United States – Mexico – Bilateral Relations Monitor")


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
        stop(process)


@pytest.mark.parametrize("failure", [{"status": 500}, {"status": 503, "body": "<p>busy</p>"}, "connectionreset", "timedout"])
def test_07_17_after_a_failed_answer_the_page_names_what_it_still_shows_and_asks_again_in_place(visit, failure):
    page, watch = visit("/pair/MEX-USA")
    shown = page.evaluate(FIRST_LINE)
    page.evaluate("window.stays = true")
    page.route(
        "**/_dash-update-component*",
        lambda route: route.abort(failure) if isinstance(failure, str) else route.fulfill(**failure),
    )
    page.locator("#c-pair").select_option("COL-USA")
    is_told_and_stays(page, shown)
    page.unroute("**/_dash-update-component*")
    page.get_by_role("button", name="Try again").click()
    is_other_now(page, shown)
    assert page.evaluate("stays"), "the page was loaded anew, which a reader without a connection could not do"
    watch.faults.clear()  # the browser itself reports the failed request


def test_17_killed_workers_are_not_noticed_and_a_killed_server_is_until_it_is_back(browser, published):
    process, address = start(published, "--workers", "1")
    page = browser.new_page(bypass_csp=True)
    try:
        page.goto(address + "/pair/COL-USA")
        drawn(page)
        (worker,) = children(process.pid)
        os.kill(worker, signal.SIGSTOP)
        page.locator("#c-pair").select_option("MEX-USA")
        page.wait_for_selector("main[aria-busy=true]")
        os.kill(worker, signal.SIGKILL)  # the question waits at the door, and the next worker answers it
        expect(page.locator("h1")).to_have_text("United States – Mexico")
        assert not page.get_by_role("alert").is_visible()
        shown = page.evaluate(FIRST_LINE)
        for killed in (process.pid, *children(process.pid)):
            os.kill(killed, signal.SIGKILL)
        process.wait()
        page.locator("#c-pair").select_option("COL-USA")
        is_told_and_stays(page, shown)
        process.stdout.close()
        process, _ = start(published, "--port", address.rpartition(":")[2])
        page.get_by_role("button", name="Try again").click()
        is_other_now(page, shown)
    finally:
        page.close()
        stop(process)


FIRST_LINE = "JSON.stringify(document.querySelector('#g-balance .js-plotly-plot').data.map(trace => trace.y))"


def is_told_and_stays(page, shown: str) -> None:
    """The page of United States – Mexico after a question about Colombia that failed."""
    expect(page.get_by_role("alert")).to_contain_text("It still shows: United States – Mexico")
    expect(page.locator("h1")).to_have_text("United States – Mexico")
    assert page.evaluate(FIRST_LINE) == shown


def is_other_now(page, shown: str) -> None:
    expect(page.locator("h1")).to_have_text("United States – Colombia")
    expect(page.locator("#c-pair")).to_have_value("COL-USA")
    expect(page.locator("#trouble")).to_be_hidden()
    page.wait_for_function(f"shown => {FIRST_LINE} !== shown", arg=shown)


PHONE = {"width": 360, "height": 740, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("path", ["/", "/pair/MEX-USA?from=2025-01-01&to=2025-04-15"])
def test_29_a_swipe_that_starts_on_a_chart_scrolls_the_page_and_leaves_the_axes_alone(visit, path):
    page, _ = visit(path, **PHONE)
    for name in page.evaluate(
        "[...document.querySelectorAll('.card:not([hidden]) .js-plotly-plot')].map(graph => graph.parentElement.id)"
    ):
        x, y = middle_of(page, name)
        before, axes = page.evaluate("scrollY"), page.evaluate(AXES, name)
        swipe(page, x, y, -300)
        page.wait_for_function("before => scrollY - before >= 250", arg=before)
        assert page.evaluate(AXES, name) == axes


def test_29_a_tap_on_a_chart_shows_the_readout_of_its_point(visit):
    page, watch = visit("/pair/MEX-USA?from=2025-01-01&to=2025-04-15", **PHONE)
    x, y = middle_of(page, "g-balance")
    page.touchscreen.tap(x, y)
    page.locator("#g-balance .hovertext").wait_for()
    said = page.locator("#g-balance .hovertext").first.text_content()
    assert said.startswith("week of ")
    assert said == page.locator("#r-balance").inner_text() == page.locator("#s-balance").get_attribute("aria-valuetext")
    assert watch.posts == []
    page.locator("#e-balance").tap()
    expect(page.locator("#t-behind")).to_have_text("Events of " + said.split(":")[0])


def middle_of(page, name: str) -> tuple[float, float]:
    """Where a chart is on the screen once it has been scrolled into the middle of it."""
    page.evaluate("name => document.getElementById(name).scrollIntoView({ block: 'center', behavior: 'instant' })", name)
    box = page.locator(f"#{name}").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def swipe(page, x: float, y: float, by: int) -> None:
    """A finger put down, moved and lifted: real touch events, so that the page decides what they do."""
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 16):
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + by * step / 15}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    finger.detach()


AXES = """name => { const drawn = document.querySelector(`#${name} .js-plotly-plot`)._fullLayout;
    return [drawn.xaxis.range, drawn.yaxis.range]; }"""

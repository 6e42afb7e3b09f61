"""Pairs side by side: one scale, one slider, a table that sorts by links."""

import pytest
from playwright.sync_api import expect
from tests.browser.test_explanations import cells, number

pytestmark = pytest.mark.browser


def test_every_small_chart_has_the_same_scale_and_periods_and_one_slider_reads_all(visit):
    page, _ = visit("/compare?pairs=MEX-USA~COL-USA&from=2025-01-01&to=2025-06-30")
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('.grid3 .card:not([hidden]) .js-plotly-plot')].map(
            graph => [graph.layout.yaxis.range, graph.data.at(-1).x])"""
    )
    assert len(drawn) == 2
    assert drawn[0] == drawn[1]
    page.locator("#s-compare").focus()
    page.keyboard.press("Home")
    first = cells(page, "table-compare")[-1]
    assert first[2] == "—"
    assert (
        page.locator("#r-compare").inner_text()
        == f"{first[0]}: United States – Mexico {first[1]}; no value: United States – Colombia"
    )
    page.keyboard.press("End")
    last = cells(page, "table-compare")[0]
    assert (
        page.locator("#r-compare").inner_text()
        == f"{last[0]}: United States – Mexico {last[1]}; United States – Colombia {last[2]}"
    )


def test_the_slider_begins_at_the_day_of_the_address_and_the_charts_hold_it(visit):
    page, _ = visit("/compare?pairs=MEX-USA~COL-USA&at=2025-03-28")
    said = page.locator("#r-compare").inner_text()
    assert said.startswith("week of 24 Mar 2025: United States – Mexico −12.1; ")
    page.locator("#s-compare").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#r-compare").inner_text().startswith("week of 31 Mar 2025: ")


def test_a_head_sorts_and_a_link_adds_a_pair_each_with_one_post(visit):
    page, watch = visit("/compare?pairs=MEX-USA~COL-USA&to=2026-02-03")
    page.get_by_role("link", name="Balance", exact=True).click()
    page.wait_for_url("**sort=balance*")
    expect(page.locator("#table-pairs th[scope=col] a[aria-current]")).to_have_text("Balance")
    rows = cells(page, "table-pairs")
    compared = [row for row in rows if "record ends" not in row[4]]
    assert rows[: len(compared)] == compared  # those whose record ends earlier are in no order, after all others
    values = [number(row[1]) for row in compared if row[1] != "—"]
    assert len(values) > 2
    assert values == sorted(values, reverse=True)
    page.get_by_role("link", name="Show: United States – Cuba").click()
    page.wait_for_url("**pairs=MEX-USA~COL-USA~CUB-USA*")
    expect(page.locator("#t-small-3")).to_have_text("United States – Cuba")
    assert len(watch.posts) == 2


def test_on_a_phone_the_table_of_pairs_is_whole_each_value_has_its_head_and_the_heads_sort(visit):
    page, _ = visit("/compare", width=360)
    assert page.evaluate("(box => box.scrollWidth === box.clientWidth)(document.getElementById('table-pairs'))")
    assert page.locator("#table-pairs tbody td").nth(4).get_attribute("data-head") == "Events, 365 days to 19 Aug 2026"
    page.get_by_role("link", name="Balance", exact=True).click()
    page.wait_for_url("**sort=balance*")

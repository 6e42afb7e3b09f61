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
    assert page.locator("#table-pairs tbody td").nth(4).get_attribute("data-head") == "Events, 365 days to 3 Feb 2026"
    page.get_by_role("link", name="Balance", exact=True).click()
    page.wait_for_url("**sort=balance*")


def test_a_set_three_clicks_and_a_search_box_choose_pairs(visit):
    page, watch = visit("/compare")
    page.get_by_role("link", name="USMCA", exact=True).click()
    expect(page.locator(".chip.on")).to_have_count(3)
    page.locator("#chip-search").fill("colom")
    chips = page.locator(".chips li:visible")
    expect(chips).to_have_text(["United States – Colombia", "Mexico – Colombia"])
    chips.first.locator("a").click()
    expect(page.locator(".chip.on")).to_have_count(4)
    expect(page.locator("#chip-search")).to_have_value("")  # a choice ends the search
    page.locator(".chips a", has_text="Mexico – Canada").click()  # the third click: Mexico, Canada and Colombia
    expect(page.locator(".chip.on")).to_have_count(3)
    assert page.url.endswith("?pairs=MEX-USA~CAN-USA~COL-USA")
    expect(page.locator("#g-overlay .annotation")).to_have_count(3)
    assert len(watch.posts) == 3


def test_the_chips_are_one_stop_for_the_keyboard_between_which_arrows_move(visit):
    page, watch = visit("/compare?pairs=MEX-USA~COL-USA")
    stops = page.locator("[role=toolbar] a[tabindex='0']")
    expect(stops).to_have_text("United States – Mexico")
    stops.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[role=toolbar] a:focus")).to_have_text("United States – Canada")
    page.keyboard.press("End")
    expect(page.locator("[role=toolbar] a:focus")).to_have_text("Mexico – El Salvador")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[role=toolbar] a:focus")).to_have_text("United States – Mexico")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".chip.on")).to_have_count(3)
    expect(stops).to_have_count(1)  # the answer that came took no stop away and brought none
    assert len(watch.posts) == 1
    page.locator("#chip-search").fill("colom")
    expect(stops).to_have_text("United States – Colombia")


def test_all_lines_end_on_one_day_which_the_page_names(visit):
    page, _ = visit("/compare?pairs=MEX-USA~COL-USA")
    assert "3 Feb 2026" in page.locator("#p-head").inner_text()
    ends = page.evaluate("document.querySelector('#g-overlay .js-plotly-plot').data.map(trace => trace.x.at(-1))")
    assert len(set(ends)) == 1
    assert page.locator("#c-to").input_value() == "2026-02-03"


def test_the_biggest_moves_are_of_one_day_and_claim_no_more_than_their_state_holds(visit):
    page, _ = visit("/compare")
    rows = cells(page, "table-moves")
    assert 1 <= len(rows) <= 5
    sizes = [abs(number(row[1])) for row in rows]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= 1  # what did not move stands in a sentence
    for row in rows:
        low, high = (number(end) for end in row[2].split(" to "))
        assert not (low <= 0 <= high) or row[3] in (
            "too little evidence to draw a conclusion",
            "no significant change",
            "no change",
        )

"""The register of measures over time, and what was in force on a chosen day."""

import pytest
from playwright.sync_api import expect
from tests.browser.test_explanations import cells

pytestmark = pytest.mark.browser


def test_a_chosen_day_shows_what_was_in_force_then_in_one_post(visit):
    page, watch = visit("/measures?pair=MEX-USA&from=2025-01-01&to=2025-06-01&at=2025-03-28")
    names = [row[0] for row in cells(page, "table-in-force")]
    assert "Fentanyl and migration tariff on all goods (25%)" in names or any("Fentanyl" in name for name in names)
    assert not any(name.startswith("Tariff on imported cars") for name in names)
    assert "Tariff on imported cars (25%)" in page.locator("#table-next-dates").inner_text()
    page.locator("#c-at").fill("2025-04-05")
    expect(page.locator(".lead")).to_contain_text("on 5 Apr 2025")
    (cars,) = [row for row in cells(page, "table-in-force") if row[0].startswith("Tariff on imported cars")]
    assert cars[2] == "25%"
    events, pages = (page.locator(f"#table-in-force a[href^='{start}']") for start in ("/event/", "https://"))
    assert events.count() > len(cells(page, "table-in-force")) / 2
    assert pages.count() >= 1  # seen again after the event
    assert all(link.get_attribute("title") for link in pages.all())
    assert "at=2025-04-05" in page.url
    assert len(watch.posts) == 1


def test_the_slider_walks_the_changes_and_its_button_takes_their_day(visit):
    page, _ = visit("/measures?pair=MEX-USA&from=2025-01-01&to=2025-06-01")
    page.locator("#s-timeline").focus()
    page.keyboard.press("Home")
    said = page.locator("#s-timeline").get_attribute("aria-valuetext")
    page.get_by_role("button", name="Show measures in force then").click()
    page.wait_for_url("**at=2025-**")
    assert said.count(":") == 1


def test_another_pair_stays_on_the_page(visit):
    page, _ = visit("/measures")
    page.locator("#c-pair").select_option("CAN-USA")
    expect(page.locator("h1")).to_have_text("Policy measures: United States – Canada")
    assert "/measures?pair=CAN-USA" in page.url


@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_is_in_force_is_told_whole_and_no_notice_speaks_of_values(visit, lang):
    page, _ = visit(f"/measures?pair=MEX-USA&lang={lang}")
    assert page.locator("#table-in-force").evaluate("box => box.scrollWidth - box.clientWidth") == 0
    assert page.locator("#table-next-dates").evaluate("box => box.scrollWidth - box.clientWidth") == 0
    assert page.locator(".notice").count() <= 1  # that the newest event is old


@pytest.mark.parametrize("path", ["/pair/MEX-USA", "/measures"])
def test_on_a_phone_a_readout_is_no_column_of_single_words(visit, path):
    page, _ = visit(path, width=390)
    widths = page.locator(".readout").evaluate_all("all => all.filter(e => e.checkVisibility()).map(e => e.clientWidth)")
    assert widths
    assert min(widths) >= 200


def test_what_is_in_force_stands_by_subject_with_rate_and_day(visit):
    page, _ = visit("/measures?pair=MEX-USA&at=2026-08-19")
    rows = cells(page, "table-in-force")
    assert rows[0][0].startswith("Trade (")
    (trucks,) = (row for row in rows if row[0] == "Tariff on heavy trucks")
    assert trucks[2:5] == ["25%", "17 Oct 2025", "1 Nov 2025"]


def test_only_what_changed_in_the_range_is_drawn_and_the_drawing_ends(visit):
    page, _ = visit("/measures?pair=MEX-USA&from=2016-01-01")
    assert page.locator("#b-timeline").bounding_box()["height"] <= 900
    page.goto(page.url.split("?")[0] + "?pair=MEX-USA&from=2026-07-01&to=2026-08-19")
    page.wait_for_selector("#table-timeline", state="attached")
    names = {row[0] for row in cells(page, "table-timeline")}
    assert any(name.startswith("USMCA: US declined to extend") for name in names)
    assert not any(name.startswith("Tariff on heavy trucks") for name in names)  # in force, and did not change


def test_the_next_twelve_months_have_five_dated_entries_with_sources(visit):
    page, _ = visit("/measures?pair=MEX-USA")
    rows = cells(page, "table-next-dates")
    assert len(rows) >= 5
    assert all(row[3] for row in rows)
    assert page.locator("#table-next-dates a[href^=http]").count() == len(rows)

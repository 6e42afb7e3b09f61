"""The list of events and the page of one event: plain documents, a form that is sent whole, no request but the page."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_list_is_filtered_by_its_form_alone_and_says_how_many_match(visit):
    page, watch = visit("/events?pair=MEX-USA", charts=False, java_script_enabled=False)
    page.get_by_label("Words").fill("sheinbaum")
    page.get_by_label("From").fill("2025-03-01")
    page.get_by_label("To", exact=True).fill("2025-04-15")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".lead")).to_have_text("7 matching events, shown as coded.")
    assert page.locator("#table-events tbody tr").count() == 7
    assert "q=sheinbaum" in page.url
    assert watch.posts == []


@pytest.mark.parametrize(
    ("path", "label", "given", "found"),
    [
        ("/events?pair=MEX-USA", "Words", "sheinbaum", "**q=sheinbaum*"),
        ("/briefing/MEX-USA", "Week of", "2025-03-24", "**week=2025-03-24*"),
        ("/follow", "Subject", "trade", "**domain=trade*"),
    ],
)
def test_a_form_of_a_plain_page_is_sent_with_scripts_too(visit, path, label, given, found):
    page, _ = visit(path, charts=False)
    field = page.locator("main").get_by_label(label).first
    field.select_option(given) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(given)
    page.locator("main").get_by_role("button", name="Show").click()
    page.wait_for_url(found)


def test_sheets_and_facets_are_links_that_keep_the_choice(visit):
    page, _ = visit("/events?pair=all&q=tariff&sort=score", charts=False)
    first = page.locator("#table-events tbody tr").first.inner_text()
    page.get_by_role("link", name="Next page").click()
    page.wait_for_url("**page=2*")
    assert page.locator("#table-events tbody tr").first.inner_text() != first
    page.locator(".facets").get_by_role("link", name="Trade").click()
    page.wait_for_url("**domain=trade*")
    assert "q=tariff" in page.url
    assert "page=" not in page.url


def test_an_event_shows_code_actors_source_and_the_measures_it_changed(visit):
    page, _ = visit("/event/usa-mex-20250326-02", charts=False)
    told = page.locator("main").inner_text()
    assert "25% tariff on imported cars" in page.locator("h1").inner_text()
    assert "United States towards Mexico, 26 Mar 2025." in told
    assert "1312" in told
    assert "seeds/chronology/usa-mex.csv, line" in told
    assert "announced" in page.locator("#table-measures").inner_text()
    page.get_by_role("link", name="Balance of United States – Mexico on that day and what makes it up").click()
    expect(page.locator("#react-entry-point #t-ledger")).to_contain_text("What makes up the value of 30 Mar 2025")


@pytest.mark.parametrize("path", ["/event/nope", "/event/usa-mex-20250328-01/x", "/compare/x"])
def test_what_is_not_there_is_a_page_with_status_404_in_the_readers_language(visit, path):
    page, watch = visit(f"{path}?lang=es", charts=False)
    assert page.locator("h1").inner_text() == "Página no encontrada"
    assert page.locator("main a").count() >= 17
    watch.faults.clear()  # the browser itself reports the 404

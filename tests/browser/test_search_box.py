"""The search box in the header: with the keyboard, with a finger, without scripts, on pages with and without charts."""

import pytest
from tests.browser.accessibility import violations
from tests.browser.conftest import drawn

pytestmark = pytest.mark.browser


def test_ctrl_k_goes_to_a_pair_a_subject_a_day_and_an_event(visit):
    page, _ = visit("/pair/MEX-USA")
    for typed, there in (
        ("united states colom", "**/pair/COL-USA"),
        ("28 mar 2025", "**/pair/COL-USA?at=2025-03-28"),
        ("trade", "**/pair/COL-USA?domain=trade"),
        ("car tariff", "**/event/newsnation-20250328-02"),
    ):
        page.keyboard.press("Control+k")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_url(there)
        if "/pair/" in there:
            drawn(page)
    page.keyboard.press("Control+k")  # a page without charts has the box as well
    assert page.evaluate("document.activeElement.id") == "find"


def test_what_is_found_stands_under_the_box_while_typing_and_the_arrows_walk_through_it(visit):
    page, _ = visit("/status", charts=False)
    assert page.get_by_role("searchbox", name="(Ctrl+K)").get_attribute("placeholder") == "Search (Ctrl+K)"
    page.keyboard.press("Control+k")
    page.keyboard.type("sheinbaum noem")
    first = page.locator("#found ol a").first
    first.wait_for()
    assert first.inner_text() == "Noem travels to Mexico City to meet Sheinbaum."
    assert first.locator("mark").all_inner_texts() == ["Noem", "Sheinbaum"]
    assert page.locator("form.find [role=status]").text_content() == page.locator("#found p").inner_text()
    assert page.locator("#found ol li").count() <= 16
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Noem travels to Mexico City to meet Sheinbaum."
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.press("Escape")
    assert page.locator("#found").is_hidden()


def test_the_last_of_two_fast_searches_wins_and_a_click_elsewhere_closes_the_list(visit):
    page, _ = visit("/status", charts=False)
    page.evaluate(
        "() => { const real = fetch; window.fetch = (from) => "
        "from.includes('q=wat') ? new Promise((done) => setTimeout(done, 800)).then(() => real(from)) : real(from) }"
    )
    page.locator("#find").fill("wat")
    page.wait_for_timeout(300)
    page.locator("#find").fill("mexico colombia")
    page.locator("#found", has_text="Mexico – Colombia").wait_for()
    page.wait_for_timeout(1000)
    assert page.locator("#found ol a").first.inner_text() == "Mexico – Colombia"
    page.mouse.click(20, 700)
    assert page.locator("#found").is_hidden()


def test_the_list_fits_a_phone_and_leaves_the_page_where_it_is(visit):
    page, _ = visit("/pair/MEX-USA?lang=es", width=320)
    before = page.locator("h1").bounding_box()
    page.locator("#find").fill("arancel autos")
    page.locator("#found mark").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.locator("h1").bounding_box() == before
    assert "Trump anuncia un arancel" in page.locator("#found ol a").first.inner_text()
    page.locator("#found > a").click()
    page.wait_for_url("**/search?q=arancel+autos&**lang=es")


def test_without_scripts_the_box_is_a_form(visit):
    page, _ = visit("/pair/COL-USA?lang=es", charts=False, java_script_enabled=False)
    page.locator("#find").fill("agua")
    page.locator("#find").press("Enter")
    page.wait_for_url("**/search?q=agua&pair=COL-USA&lang=es")
    assert page.locator("#results ol a").first.get_attribute("href") == "/pair/COL-USA?domain=water&lang=es"


def test_an_answer_that_does_not_come_leaves_the_box_usable(visit):
    page, watch = visit("/status", charts=False)
    page.route("**/search?*", lambda route: route.abort())
    page.locator("#find").fill("water")
    page.wait_for_timeout(500)
    assert page.locator("#found").is_hidden()
    page.unroute("**/search?*")
    page.locator("#find").press("Enter")
    page.wait_for_url("**domain=water")
    watch.faults.clear()  # the browser itself reports the request that was cut

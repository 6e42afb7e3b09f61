"""The first page answers three questions in the first view: what happened last, how it stands, what comes next."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.face import CHART, STOPS, WORDS

from machine_coded import PAIRS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_first_view_has_the_chart_and_few_words(visit, lang):
    page, _ = visit(f"/?lang={lang}", width=1280, height=720)
    top, height = page.evaluate(CHART)
    words = page.evaluate(WORDS, 720)
    stops = page.evaluate(STOPS)
    whole = page.evaluate("document.documentElement.scrollHeight")
    print(f"{lang}: chart at {top:.0f} px, {height:.0f} px high; {len(words)} words, {stops} tab stops, {whole} px")
    assert top <= 260
    assert height >= 300
    assert len(words) <= 120, " ".join(words)
    assert stops <= 60
    assert whole <= 2500


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_first_view_tells_what_happened_last_and_what_comes_next(visit, lang):
    page, _ = visit(f"/?lang={lang}", width=1280, height=720)
    for width, height in ((1280, 720), (1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.locator(".last-next").bounding_box()["y"] + page.locator(".last-next").bounding_box()["height"] < height / 2
    latest, following = page.locator(".last-next a").all()
    assert latest.get_attribute("href").startswith("/event/usa-mex-20260819-01")
    assert "19 " in page.locator(".last-next li").first.inner_text()
    assert following.get_attribute("href").startswith("https://")
    assert following.inner_text() in page.locator("#p-coming").inner_text()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_on_a_phone_the_chart_comes_first_and_one_button_opens_the_navigation(visit, lang):
    page, _ = visit(f"/?lang={lang}", width=390, height=844)
    assert page.evaluate(CHART)[0] <= 520
    assert page.evaluate("document.documentElement.scrollHeight") <= 5000
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    menu, first = page.locator("#menu"), page.locator("header.top nav a").first
    expect(first).to_be_hidden()
    menu.click()
    expect(first).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")
    menu.click()
    expect(first).to_be_hidden()
    expect(page.locator(".keys li").first).to_be_visible()


def test_the_navigation_unfolds_its_other_pages_and_folds_them_again(visit):
    page, _ = visit("/methods?lang=es", charts=False)
    more = page.locator(".others > summary")
    assert more.get_attribute("aria-current") == "true"
    more.focus()
    page.keyboard.press("Enter")
    names = page.locator(".others li").all_inner_texts()
    assert names == ["¿Anticipa o sigue?", "Seguir", "Revisión", "SQL", "Métodos", "Estado"]
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".others > ul")).to_be_hidden()
    expect(more).to_be_focused()
    more.click()
    page.locator("h1").click()
    expect(page.locator(".others > ul")).to_be_hidden()


def test_on_a_phone_the_page_of_a_pair_folds_what_its_sentences_say_and_opens_it(visit):
    page, _ = visit("/pair/MEX-USA?lang=es", width=390, height=844)
    assert page.evaluate("document.documentElement.scrollHeight") <= 5000
    expect(page.locator(".marks")).to_be_hidden()
    page.locator(".marked > summary").click()
    expect(page.locator(".marks li").first).to_be_visible()
    expect(page.locator("#b-words")).to_be_hidden()
    page.locator("#k-words .fold > summary").click()
    expect(page.locator("#g-words .bars").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_on_a_phone_no_sentence_under_a_chart_is_higher_than_its_lines(visit):
    page, _ = visit("/pair/MEX-USA", width=390, height=844)
    page.evaluate("document.querySelectorAll('.fold').forEach(part => part.open = true)")
    heights = page.evaluate(
        "[...document.querySelectorAll('.readout')].filter(e => e.checkVisibility() && e.textContent)"
        ".map(e => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight))"
    )
    assert len(heights) >= 3
    assert max(heights) < 6, heights


def test_the_tagline_is_short_and_the_heading_is_the_finding_with_its_number_after_it(visit):
    page, _ = visit("/")
    assert len(page.locator(".tagline").inner_text().split()) <= 14
    assert page.locator("h1").inner_text() == "United States – Mexico: mixed record on trade and security; no clear tilt overall"
    said = page.locator(".number").inner_text()
    counted = r"from 25 events in 90 days, \d+% reported by one side: Mexico\."
    assert re.fullmatch(r"Balance −2 on 19 Aug 2026 \(95% interval −22 to \+18\), " + counted, said)


def test_an_old_week_is_named_as_what_it_is_and_no_list_is_longer_than_five(visit):
    page, _ = visit("/")
    week = page.locator("#p-week")
    assert week.locator("h2").inner_text() == "Latest week on record"
    assert "17 Aug 2026 to 23 Aug 2026" in week.inner_text()
    assert 1 <= week.locator("li").count() <= 5
    coming = page.locator("#p-coming li")
    assert 1 <= coming.count() <= 5
    assert coming.locator("a[href^='http']").count() == coming.count()
    assert all("planned" in said or "likely" in said for said in coming.all_inner_texts())


def test_each_pair_has_a_cell_that_leads_to_it_and_a_row_in_the_table_below(visit):
    page, _ = visit("/")
    cells = page.locator(".matrix a.cell")
    assert cells.count() == len(PAIRS)
    for said, look in cells.evaluate_all("cells => cells.map(cell => [cell.getAttribute('aria-label') ?? '', cell.className])"):
        if band := re.search(r"95% interval (\S+) to (\S+),", said):
            low, high = (float(end.replace("−", "-")) for end in band.groups())
            assert (low <= 0 <= high) == ("close" in look.split()), said
    grey = page.locator(".matrix a.ended")
    assert all("record ends" in said or "too few" in said for said in grey.all_inner_texts())
    page.locator("#pairs summary", has_text="Table of all pairs").click()
    assert page.locator("#table-pairs tbody tr").count() == len(PAIRS)
    page.locator(".matrix a[href^='/pair/COL-USA']").click()
    page.wait_for_url("**/pair/COL-USA")


def test_one_button_switches_between_the_charts_own_scale_and_the_full_one(visit):
    page, _ = visit("/")
    read = "document.querySelector('#g-hero .js-plotly-plot')._fullLayout.yaxis.range"
    own = page.evaluate(read)
    page.locator("#full-scale").click()
    expect(page.locator("#full-scale")).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(f"{read}[0] === -104")
    page.locator("#full-scale").click()
    page.wait_for_function(f"{read}[0] === {own[0]}")


def test_ranges_are_links_that_keep_the_page(visit):
    page, watch = visit("/")
    page.locator(".ranges a", has_text="Max").click()
    expect(page.locator(".ranges a[aria-current]")).to_have_text("Max")
    assert "from=2016-11-09" in page.url
    assert len(watch.posts) == 1
    assert page.locator(".keys li").count() >= 3


def test_the_name_of_an_event_on_the_chart_leads_to_its_page(visit):
    page, _ = visit("/")
    page.locator("#g-hero .annotation", has_text="US declines to extend").click()
    page.wait_for_url("**/event/usa-mex-20260701-01")


def test_one_typeface_is_shipped_and_used_by_page_and_chart(visit):
    page, _ = visit("/")
    assert page.evaluate(
        "document.fonts.check('16px \"Source Sans 3\"') && [...document.fonts].some(font => font.status === 'loaded')"
    )
    family = "getComputedStyle(document.querySelector('{}')).fontFamily.split(',')[0]"
    assert page.evaluate(family.format("body")) == page.evaluate(family.format("#g-hero .xtick text")) == '"Source Sans 3"'


def test_the_page_of_a_pair_has_at_most_ninety_tab_stops(visit):
    page, _ = visit("/pair/MEX-USA")
    stops, whole = page.evaluate(STOPS), page.evaluate("document.documentElement.scrollHeight")
    print(f"{stops} tab stops, {whole} px")
    assert stops <= 90
    assert whole <= 3800


def test_a_folded_card_takes_the_whole_width_once_it_is_open(visit):
    page, _ = visit("/pair/MEX-USA")
    width = "document.getElementById('ledger').getBoundingClientRect().width"
    folded = page.evaluate(width)
    page.locator("#ledger > details > summary").click()
    assert page.evaluate(width) > 2 * folded
    page.locator("#measures summary").click()
    assert page.locator("#table-measures tbody tr").count() + page.locator("#table-measures-rest tbody tr").count() == 10


def test_a_chart_that_may_claim_nothing_is_folded_to_its_sentence(visit):
    page, _ = visit("/pair/MEX-USA")  # what moved the balance in the last four weeks is less than chance moves it
    expect(page.locator("#d-moved")).to_be_visible()
    expect(page.locator("#b-moved")).to_be_hidden()
    page.locator("#k-moved .fold > summary").click()
    expect(page.locator("#g-moved .bars").first).to_be_visible()
    page.goto(page.url + "?at=2025-03-28")
    page.wait_for_selector("#t-ledger")
    expect(page.locator("#k-balance .fold > summary")).to_be_hidden()


def test_a_part_of_the_range_is_dragged_with_the_mouse_and_one_button_leads_back(visit):
    page, _ = visit("/pair/MEX-USA", height=1500)
    read = "document.querySelector('#g-balance .js-plotly-plot')._fullLayout.xaxis.range"
    whole = page.evaluate(read)
    box = page.locator("#g-balance .nsewdrag").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.9)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.9, steps=5)
    page.mouse.up()
    page.wait_for_function(f"{read}[0] !== '{whole[0]}'")
    reset = page.locator("[data-reset=g-balance]")
    expect(reset).to_be_visible()
    reset.click()
    page.wait_for_function(f"{read}[0].slice(0, 10) === '{whole[0][:10]}'")
    assert page.locator("#g-balance .rangeslider-container").count() == 1


@pytest.mark.parametrize(("path", "most"), [("/pair/MEX-USA", 4), ("/", 2)])
def test_on_paper_few_sheets_have_the_charts_in_their_width(visit, path, most):
    page, _ = visit(path)
    page.emulate_media(media="print")
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert 1 <= sheets <= most
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    widths = page.evaluate(
        "[...document.querySelectorAll('.card:not([hidden]) .js-plotly-plot')].filter(e => e.checkVisibility()).map(e => e._fullLayout.width)"
    )
    assert widths
    assert max(widths) <= 703  # of a sheet of A4 between its margins, px
    said = page.evaluate(
        "[...document.querySelectorAll('style')].map(e => e.textContent).find(text => text.includes('@bottom-left'))"
    )
    assert page.url in said
    assert page.locator("#source").get_attribute("data-version") in said


def test_a_screen_on_a_wall_shows_a_chart_at_once(visit):
    page, _ = visit("/pair/MEX-USA?kiosk=1", width=1280, height=720)
    top, height = page.evaluate(CHART.replace(".card:not([hidden]) .plot", "#b-balance"))
    assert top >= 0
    assert top + height <= 720


def test_pictures_have_the_key_of_the_numbers_on_the_chart(visit):
    page, _ = visit("/pair/MEX-USA")
    notes = page.evaluate("BILATERAL.picture('balance').layout.annotations.map(note => note.text)")
    assert "1 Jul 2026: US declines to extend USMCA" in notes[-1]
    assert "data version" in notes[-1]

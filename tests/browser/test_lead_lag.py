"""The page of leads and lags with outcomes, at three widths, in both languages and themes."""

import shutil

import pytest
from tests.browser.accessibility import violations_in_both_themes
from tests.browser.conftest import drawn, start, stop

from outcomes_loaded import load

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module")
def address(published, tmp_path_factory):
    folder = tmp_path_factory.mktemp("outcomes")
    process, address = start(load(shutil.copytree(published, folder / "data"), folder))
    yield address
    stop(process)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("width", [1280, 820, 360])
def test_axe_finds_nothing_and_nothing_is_cut_off(browser, address, lang, width):
    with browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/lead-lag?pair=MEX-USA&lang={lang}")
        drawn(page)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert violations_in_both_themes(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_choice_of_another_pair_changes_outcome_and_address(browser, address):
    with browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/lead-lag?pair=MEX-USA&series=us-imports-mex")
        drawn(page)
        page.select_option("#c-series", "peso-noon")
        page.wait_for_function("document.querySelector('.lead').textContent.includes('Mexican pesos')")
        page.select_option("#c-pair", "CAN-USA")
        page.wait_for_function("document.querySelector('.lead').textContent.includes('Canadian dollars')")
        assert "pair=CAN-USA" in page.url
        page.select_option("#c-pair", "COL-USA")
        page.wait_for_function("document.querySelector('.lead').textContent.includes('bilateral load outcomes')")
        assert page.locator("#k-outcome").is_hidden()

"""Spanish pages in a real browser (UX 28): months and numbers are written as in Mexico; test_every_page.py looks for English that is left."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_28_months_are_lower_case_and_the_first_html_is_spanish_too(visit):
    page, _ = visit("/pair/MEX-USA?lang=es")
    ticks = page.locator("#g-balance .xtick text").all_text_contents()
    assert ticks
    assert all(re.fullmatch(r"(\d+ )?[a-z]{3} \d{4}", tick) for tick in ticks)
    plain, _ = visit("/pair/MEX-USA?lang=es", charts=False, java_script_enabled=False)
    assert "hechos registrados" in plain.locator(".lead").inner_text()
    assert plain.title() == "Estados Unidos – México – Monitor de Relaciones Bilaterales"


def test_the_language_link_keeps_what_is_shown(visit):
    page, _ = visit("/pair/COL-USA")
    page.locator("#c-by").select_option("month")
    page.wait_for_url("**by=month*")
    page.locator("#language").click()
    page.wait_for_url("**lang=es*")
    assert "by=month" in page.url
    assert page.locator("h1").inner_text() == "Estados Unidos – Colombia"

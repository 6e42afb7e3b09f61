"""Spanish pages in a real browser (UX 28): nothing of the English texts is left, months and numbers are written as in Mexico."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboard.strings import texts
from tests.browser.test_pages import AXE

pytestmark = pytest.mark.browser

SAID = """() => {
  const copy = document.body.cloneNode(true);
  copy.querySelectorAll('[lang=en], script, style, pre').forEach(part => part.remove());
  const spoken = [...copy.querySelectorAll('[aria-label], [aria-valuetext], [alt], [title], [placeholder]')].flatMap(
    part => ['aria-label', 'aria-valuetext', 'alt', 'title', 'placeholder'].map(name => part.getAttribute(name) || ''));
  return [copy.textContent, ...spoken, document.title].join('\\n');
}"""
"""Everything a reader sees or hears, but for what is quoted in its own language and code."""


def english_left(said: str) -> list[str]:
    """Texts of the English file, without names to fill in, that stand in a Spanish page."""
    spanish = texts("es").flat()
    said = re.sub("«.*?»", "", said)
    found = []
    for key, text in texts("en").flat().items():
        if "{" in text or len(text) < 4 or text == spanish[key] or text in spanish[key] or key == "nav.language":
            continue
        if text not in spanish.values() and re.search(rf"(?<![\w/.=`-]){re.escape(text)}(?![\w/=.`-])", said):
            found.append(f"{key}: {text}")
    return found


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)], ids=["desk-light", "phone-dark"])
@pytest.mark.parametrize("address", ["/?lang=es", "/pair/MEX-USA?from=2025-01-01&to=2025-04-15&at=2025-03-28&lang=es"])
def test_28_nothing_english_is_left_and_axe_finds_nothing(visit, address, width, dark):
    page, _ = visit(address, width=width, dark=dark)
    assert page.evaluate("document.documentElement.lang") == "es-MX"
    assert english_left(page.evaluate(SAID)) == []
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:200]) for item in found] == []


def test_28_months_are_lower_case_and_the_first_html_is_spanish_too(visit):
    page, _ = visit("/pair/MEX-USA?lang=es")
    ticks = page.locator("#g-balance .xtick text").all_text_contents()
    assert ticks
    assert all(re.fullmatch(r"(\d+ )?[a-z]{3} \d{4}", tick) for tick in ticks)
    plain, _ = visit("/pair/MEX-USA?lang=es", charts=False, java_script_enabled=False)
    assert "actos registrados" in plain.locator(".lead").inner_text()
    assert plain.title() == "Estados Unidos – México – Monitor de Relaciones Bilaterales"


def test_the_language_link_keeps_what_is_shown(visit):
    page, _ = visit("/pair/COL-USA")
    page.locator("#c-by").select_option("month")
    page.wait_for_url("**by=month*")
    page.locator("#language").click()
    page.wait_for_url("**lang=es*")
    assert "by=month" in page.url
    assert page.locator("h1").inner_text() == "Estados Unidos – Colombia"

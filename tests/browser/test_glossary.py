"""What a term means: behind an (i) where it stands, with keyboard and finger, with and without scripts; all terms and the worked example on /methods."""

import re

import pytest
from tests.browser.accessibility import violations

from bilateral.pages.glossary import TERMS
from bilateral.strings import texts

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_a_term_opens_by_the_keyboard_and_closes_with_escape(visit, scripts):
    page, _ = visit("/pair/MEX-USA?lang=es", charts=scripts, java_script_enabled=scripts)
    button = page.get_by_role("button", name=re.compile("¿Qué significa «Balance»"))
    button.focus()
    page.keyboard.press("Enter")
    term = page.locator("#term-balance")
    assert term.is_visible()
    assert texts("es")("glossary.balance.said") in term.inner_text()
    if scripts:
        assert violations(page) == []
    page.keyboard.press("Escape")
    assert term.is_hidden()


def test_a_term_fits_a_phone_and_leads_to_all_of_them(visit):
    page, _ = visit("/pair/MEX-USA", width=320)
    page.get_by_role("button", name="What does “Balance” mean?").click()
    box = page.locator("#term-balance").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    page.locator("#term-balance a").click()
    page.wait_for_url("**/methods#glossary")
    assert page.locator("#glossary dt").count() == len(TERMS) == 20


ASKED = {
    "en": "did cooperation or friction prevail in this article?",
    "es": "¿prevalecía en este artículo la cooperación o la",
}
"""What the worked example asks."""


@pytest.mark.parametrize("lang", ["en", "es"])
def test_methods_have_every_term_and_the_worked_example(visit, lang):
    page, _ = visit(f"/methods?lang={lang}", charts=False)
    told = page.locator("#glossary").inner_text()
    for term in TERMS:
        assert texts(lang)(f"glossary.{term}.name") in told
        assert texts(lang)(f"glossary.{term}.said") in told
    page.locator("#example summary").click()
    assert ASKED[lang] in page.locator("#example").inner_text()
    assert page.locator("#example table").first.is_visible()

"""What holds of every page, in both themes: in English on a screen and in Spanish, whose words are longer, on a phone; the long tests look at the other two."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.accessibility import violations_in_both_themes
from tests.browser.conftest import Watch, drawn

from bilateral.pages.methods import known
from bilateral.strings import texts

pytestmark = pytest.mark.browser

ADDRESSES = {
    "overview": "/",
    "pair": "/pair/MEX-USA?from=2025-01-01&to=2025-04-15&at=2025-03-28",
    "days": "/pair/MEX-USA?part=days&from=2025-01-01&to=2025-04-15",
    "checks": "/pair/COL-USA?part=checks",
    "thin": "/pair/MEX-PER",
    "notice": "/pair/COL-USA?colour=red&by=year",
    "briefing": "/briefing/MEX-USA?week=2025-03-24",
    "compare": "/compare?sort=change",
    "events": "/events?pair=all&q=tariff",
    "event": "/event/usa-mex-20250326-02",
    "measures": "/measures?at=2025-03-28&from=2025-01-01&to=2025-06-01",
    "lead and lag": "/lead-lag?pair=MEX-USA",
    "forecasts": "/forecasts",
    "sql": "/sql?q=select+1+as+one",
    "methods": "/methods",
    "method": "/method",
    "validation": "/validation",
    "last days": "/briefing/MEX-USA?days=30",
    "follow": "/follow?pair=MEX-USA&domain=trade",
    "search": "/search?q=car+tariff",
    "found nothing": "/search?q=tarrif",
    "status": "/status",
    "review": "/review",
    "embed": "/embed/balance?pair=MEX-USA",
    "nothing": "/nothing-here",
}


LOOKS = [
    ("en", 1280),
    ("es", 360),
    pytest.param("en", 360, marks=pytest.mark.long),
    pytest.param("es", 1280, marks=pytest.mark.long),
]


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all pages, that remembers nothing of the last: a new one compiles the scripts anew, which takes as long as a page."""
    with browser.new_context(bypass_csp=True) as context:
        context.add_init_script("localStorage.clear()")
        yield context.new_page()


@pytest.fixture
def watch(tab, site) -> Iterator[Watch]:
    watch = Watch(tab, site)
    yield watch
    assert watch.foreign == []
    assert watch.faults == []


@pytest.mark.parametrize(("lang", "width"), LOOKS)
@pytest.mark.parametrize("name", ADDRESSES)
def test_01_02_03_05_28_axe_what_axe_does_not_see_and_the_keyboard_find_nothing_in_any_theme(tab, watch, site, name, lang, width):
    page, path = tab, ADDRESSES[name]
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="light")
    page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={lang}")
    drawn(page)
    if name == "nothing":
        watch.faults.clear()  # the browser itself reports the 404
    if lang == "es":
        assert page.evaluate("document.documentElement.lang") == "es-MX"
        assert english_left(page.evaluate(SAID)) == []
    if (lang, width) == LOOKS[0]:
        hold_to_keyboard(page, name)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert violations_in_both_themes(page, has_known_colours=(lang, width) == LOOKS[1]) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(UNREACHABLE) == []
    assert page.evaluate(OUT_OF_ORDER) == []


@pytest.mark.parametrize(
    ("lang", "width"),
    [("en", 1280), ("es", 1280), ("es", 360), pytest.param("en", 360, marks=pytest.mark.long)],
)
@pytest.mark.parametrize("name", ["overview", "pair", "briefing"])
def test_a_page_whose_font_does_not_arrive_is_no_wider_than_the_screen(browser, site, name, lang, width):
    path = ADDRESSES[name]
    with browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.route("**/*.woff2", lambda font: font.abort())
        page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={lang}")
        drawn(page)
        if width == 1280:  # one line: what follows keeps its place
            assert page.evaluate("document.querySelector('header.top').offsetHeight") <= 64
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") == width


def hold_to_keyboard(page: Page, name: str) -> None:
    """The Tab key reaches everything, shows where it is, and leaves the page at its end without a trap."""
    stops = []
    for _ in range(600):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    assert stop is None, "focus never left the page"
    assert [stop for stop in stops if stop["ring"] < 2] == []
    assert [stop for stop in stops if not stop["name"]] == []
    assert [stop for stop in stops if stop["height"] and stop["height"] < 23.5] == []
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement !== document.body")
    page.evaluate("document.activeElement.blur()")
    if name == "overview":
        at_slider = next(index for index, stop in enumerate(stops) if stop["id"] == "s-hero")
        print(f"{len(stops)} tab stops, the slider is number {at_slider + 1}")
        assert at_slider + 1 <= 22  # the header has the search and nine pages


FOCUSED = """() => { const e = document.activeElement; if (e === document.body) return null;
    const box = e.getBoundingClientRect(), look = getComputedStyle(e);
    return {id: e.id, ring: parseFloat(look.outlineWidth), height: look.display === 'inline' ? null : box.height, what: e.outerHTML.slice(0, 150),
            name: (e.getAttribute('aria-label') || e.innerText || (e.labels && e.labels[0] && e.labels[0].innerText) || '').trim()} }"""
"""The element that has the focus: its ring, its height (null for a link in a line of text) and its name; null where the focus has left the page."""
UNREACHABLE = """() => [...document.querySelectorAll(
        '[onclick], [data-param], [data-slider], [data-at], [data-copy], [data-picture], [role=button], [role=tab], [role=slider], summary')]
    .filter(e => e.checkVisibility() && (e.tabIndex < 0 || !e.matches('a[href], button, input, select, textarea, summary, [tabindex]')))
    .map(e => e.outerHTML.slice(0, 200))"""
"""What reacts to a click and cannot be reached by Tab (UX 3)."""
OUT_OF_ORDER = """() => {
    const seen = [...document.querySelectorAll('h1, h2, h3, h4')].filter(e => e.checkVisibility()).map(e => +e.tagName[1]);
    const wrong = seen.flatMap((level, i) => level > (i ? seen[i - 1] : 0) + 1 ? [`h${level} after ${seen[i - 1]}`] : []);
    const is_one = name => [...document.querySelectorAll(name)].filter(e => e.checkVisibility()).length === 1;
    if (!is_one('main')) wrong.push('main');
    if (!is_one('body header.top') && !location.pathname.startsWith('/embed/')) wrong.push('banner');
    for (const table of document.querySelectorAll('table')) {
        if (!table.caption || [...table.querySelectorAll('th')].some(e => !e.scope)) wrong.push(table.outerHTML.slice(0, 200)); }
    for (const box of document.querySelectorAll('.card:not([hidden]) [role=img]')) {
        for (const name of ['aria-labelledby', 'aria-describedby']) {
            const told = document.getElementById(box.getAttribute(name));
            if (!told || !told.textContent.trim()) wrong.push(`${box.id} ${name}`); } }
    return wrong; }"""
"""Headings that jump, landmarks, tables and pictures without name or description (UX 5)."""


ENGLISH_NAMES = ("nav.language", "checks.series")
"""The link to the English pages, and a word of both languages."""
SAID = """() => {
  const copy = document.body.cloneNode(true);
  copy.querySelectorAll('[lang=en], #g-timeline .annotation, script, style, pre, code').forEach(part => part.remove());
  const spoken = [...copy.querySelectorAll('[aria-label], [aria-valuetext], [alt], [title], [placeholder]')].flatMap(
    part => ['aria-label', 'aria-valuetext', 'alt', 'title', 'placeholder'].map(name => part.getAttribute(name) || ''));
  return [copy.textContent, ...spoken, document.title].join('\\n');
}"""
"""Everything a reader sees or hears, but for code and what is quoted in its own language: names of measures also stand on their chart."""


def english_left(said: str) -> list[str]:
    """Texts of the English file, without names to fill in, that stand in a Spanish page; tables are named alike in every language."""
    spanish, tables = texts("es").flat(), {name.split(".")[1] for name in known()}
    said = re.sub("«.*?»", "", said)
    found = []
    for key, text in texts("en").flat().items():
        if "{" in text or len(text) < 4 or text == spanish[key] or text in spanish[key] or key in ENGLISH_NAMES:
            continue
        if text not in said or text in spanish.values() or text in tables:
            continue
        if re.search(rf"(?<![\w/.=`-]){re.escape(text)}(?![\w/=.`-])", said):
            found.append(f"{key}: {text}")
    return found

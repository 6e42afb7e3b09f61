"""What axe finds on a page that is open in the browser: by every rule, and by those of colours in both themes."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ("color-contrast", "link-in-text-block")
"""The rules of these standards that read colours; all others read elements, attributes and places."""


def violations(
    page: Page, rules: list[str] = STANDARDS, within: str = "document", without: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    """Each rule that is broken, by the names of rules or of standards, with the first element that breaks it.

    `within` is a script that gives what axe shall look at. Axe tells of broken rules alone: to describe every element that keeps one takes it
    three quarters of its time.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": rules, "resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in without}}
    found = page.evaluate(f"options => axe.run({within}, options).then(told => told.violations)", options)
    return [(item["id"], item["nodes"][0]["html"][:200]) for item in found]


def violations_in_both_themes(page: Page, has_known_colours: bool = False) -> list[tuple[str, str, str]]:
    """What axe finds on a page in its light theme by every rule, and in each theme by the rules of colours; the page ends as it began.

    Rules that read no colours are not asked again in the dark, as every element stays what it is and where it is; this fails where one does not.
    A page whose every text was looked at, in its other language and width, has known colours: one text of each look is looked at then.
    """
    light = page.evaluate(LAID_OUT)
    without = COLOUR_RULES if has_known_colours else ()
    found = [("light", *one) for one in violations(page, without=without)] + [("light", *one) for one in faults_of_colour(page)]
    show(page, "dark")
    dark = page.evaluate(LAID_OUT)
    found += [("dark", "moved", f"{one} | {other}") for one, other in zip(light, dark, strict=True) if one != other]
    found += [("dark", *one) for one in faults_of_colour(page)]
    show(page, "light")
    return found


def faults_of_colour(page: Page) -> list[tuple[str, str]]:
    """What the rules of colours find in one text of each look: a hundred of thousands, as the rows of a table look alike."""
    page.evaluate(
        f"document.adoptedStyleSheets = [new CSSStyleSheet()]; document.adoptedStyleSheets[0].replaceSync('{PLAIN_GROUNDS}')"
    )
    found = violations(page, list(COLOUR_RULES), ONE_OF_EACH_LOOK)
    page.evaluate("document.adoptedStyleSheets = []")
    return found


def show(page: Page, scheme: str) -> None:
    """Let the reader's machine ask for a theme, and wait until the page has followed."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function("scheme => document.documentElement.dataset.theme === scheme", arg=scheme)


PLAIN_GROUNDS = ".scroll { background-image: none !important; }"
"""Axe gives no verdict over a gradient; tables that scroll have their shadows from gradients over the colour of a card."""
LAID_OUT = """() => [...document.querySelectorAll('body, body *:not(.plot *, script)')].map(e => {
    const box = e.getBoundingClientRect(), text = e.childElementCount ? '' : e.textContent;
    const said = [...e.attributes].map(one => `${one.name}=${one.value}`);
    return [e.tagName, ...said, text, e.checkVisibility(), box.x, box.y, box.width, box.height].join(' ') })"""
"""Each element but for what is drawn in a chart, which is one picture to a reader's machine: attributes, text and place."""
ONE_OF_EACH_LOOK = """({ include: (() => {
    const around = new Map(), looks = new Map();
    for (const e of document.querySelectorAll('body, body *:not(svg, svg *)')) {
        const s = getComputedStyle(e);
        around.set(e, [around.get(e.parentElement), s.color, s.backgroundColor, s.backgroundImage, s.opacity, s.position].join());
        const is_text = e.matches('input, select, textarea') || [...e.childNodes].some(part => part.nodeType === 3 && part.data.trim());
        const look = [e.tagName, around.get(e), s.fontSize, s.fontWeight, s.textShadow, s.textDecorationLine].join();
        if (is_text && e.checkVisibility() && !looks.has(look)) looks.set(look, e); }
    return [...looks.values()]; })() })"""
"""The first text of each tag, size, weight and colours, its own and those of all that it stands in: contrast follows from these."""

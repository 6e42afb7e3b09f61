"""`make face`: what the pages look like to a reader, measured in a real browser on the shipped data and printed beside its limit; ends with 1 where a limit is passed."""

import csv
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.accessibility import violations_in_both_themes
from tests.browser.conftest import FLAGS, ROOT, chromium, drawn, start, stop
from tests.browser.test_every_page import ADDRESSES

from bilateral.publish.refresh import refresh

PAIR = "/pair/MEX-USA"
SIZES = ((1280, 720), (1440, 900), (390, 844))
LIMITS: dict[tuple[str, int], dict[str, tuple[float, float]]] = {
    ("/", 720): {"chart at": (0, 260), "chart high": (300, 900), "page": (0, 2500), "words": (0, 120), "tab stops": (0, 60)},
    ("/", 900): {"chart at": (0, 260), "chart high": (300, 900), "page": (0, 2500), "tab stops": (0, 60)},
    ("/", 844): {"chart at": (0, 520), "page": (0, 5000), "words": (0, 120)},
    (PAIR, 720): {"page": (0, 3800), "tab stops": (0, 90)},
    (PAIR, 900): {"page": (0, 3800), "tab stops": (0, 90)},
    (PAIR, 844): {"page": (0, 5000)},
}
"""By page and height of the window: the least and the most. In a window of 900 px the columns under the chart are in the first view, as they should."""
HEAVIEST = 700_000
"""Bytes of a first visit."""
MOVED = 0.02
"""Layout shift of a first visit."""
SHEETS = {"/": 2, PAIR: 4}
PREVIEW = ("og:title", "og:description", "og:url", "og:image", "description")
GOLDEN = (
    *("30 Nov 2018", "29 Jan 2019", "30 May 2019", "1 Jul 2020", "1 Feb 2025", "4 Mar 2025", "26 Mar 2025", "28 Mar 2025"),
    *("20 Feb 2026", "1 Jul 2026"),
)
"""Days of key events that nobody who knows the relation would leave out: tests/queries/app/test_front.py names them."""

WORDS = """height => {
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, parent = node.parentElement;
        if (parent.closest('script, style, option, .unseen, .skip, caption') || !parent.checkVisibility()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (box.width && box.top < height && box.right > 0) found.push(...node.textContent.split(/\\s+/).filter(word => /\\p{L}/u.test(word)));
    }
    return found; }"""
"""Words of which a part stands in the first view, also those drawn on charts; numbers alone are no words."""
STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true})).length"""
CHART = "(() => { const box = document.querySelector('.card:not([hidden]) .plot').getBoundingClientRect(); return [box.top, box.height]; })()"
SHIFT = (
    "window.moved=0;new PerformanceObserver(list=>{for(const e of list.getEntries())"
    "if(!e.hadRecentInput)window.moved+=e.value}).observe({type:'layout-shift',buffered:true})"
)
Line = tuple[str, bool]
"""What is printed, and whether it holds."""


def opened(browser: Browser, there: str, width: int = 1280, height: int = 720) -> Page:
    """A page in a window of its own, whose charts are drawn."""
    page = browser.new_page(bypass_csp=True, viewport={"width": width, "height": height})
    page.goto(there)
    drawn(page)
    return page


def sizes(browser: Browser, site: str) -> Iterator[Line]:
    for path in ("/", PAIR):
        for width, height in SIZES:
            for lang in ("en", "es"):
                page = opened(browser, f"{site}{path}?lang={lang}", width, height)
                top, high = page.evaluate(CHART)
                found: dict[str, float] = {"chart at": top, "chart high": high}
                found["page"] = page.evaluate("document.documentElement.scrollHeight")
                found["words"] = len(page.evaluate(WORDS, height))
                found["tab stops"] = page.evaluate(STOPS)
                limits = LIMITS[path, height]
                said = ", ".join(f"{name} {value:.0f}{most(limits, name)}" for name, value in found.items())
                holds = all(low <= found[name] <= high for name, (low, high) in limits.items())
                yield f"{path} {width}×{height} {lang}: {said}", holds
                page.close()


def most(limits: dict[str, tuple[float, float]], name: str) -> str:
    low, high = limits.get(name, (0, 0))
    return (f" (>= {low:.0f})" if low else f" (<= {high:.0f})") if high else ""


def typeface(browser: Browser, site: str) -> Iterator[Line]:
    page = opened(browser, site + "/")
    loaded = page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)")
    used = page.evaluate(
        "['body', '#g-hero .xtick text'].map(e => getComputedStyle(document.querySelector(e)).fontFamily.split(',')[0])"
    )
    page.close()
    yield f"document.fonts: {set(loaded)}; page and chart: {used}", len(loaded) > 0 and set(used) == {'"Source Sans 3"'}


def key_events(browser: Browser, site: str) -> Iterator[Line]:
    """Those numbered on the chart of ten years."""
    page = opened(browser, f"{site}{PAIR}?from=2016-01-01&to=2026-08-19")
    listed = page.locator("#p-balance-below .marks li").all_inner_texts()
    for day in GOLDEN:
        found = [" ".join(said.split()) for said in listed if day in said]
        yield f"{day}: {found[0] if found else 'missing'}", bool(found)
    page.close()


def searches(site: str) -> Iterator[Line]:
    rows = csv.DictReader((ROOT / "tests" / "pages" / "searches.csv").open(encoding="utf-8"))
    for row in rows:
        answer = read(f"{site}/search?q={quote(row['query'])}&lang={row['lang']}").split('id="results"')[1]
        there, said = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', answer)[0]
        said = unescape(re.sub("<[^>]*>", "", said))
        where = {"pair": "/pair/", "subject": f"domain={row['name']}", "day": "at=", "measure": "/measures", "event": "/event/"}
        holds = where.get(row["kind"], row["name"]) in there or (row["kind"] == "day" and "from=" in there)
        yield f"{row['query']} → {row['kind']}: {said}", holds


def paper(browser: Browser, site: str) -> Iterator[Line]:
    """Sheets and, where pdftotext is there, whether each names its address and the data version."""
    for path, limit in SHEETS.items():
        page = opened(browser, site + path)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        content = page.pdf(prefer_css_page_size=True)
        version = page.locator("#source").get_attribute("data-version") or ""
        page.close()
        n = len(re.findall(rb"/Type\s*/Page\b", content))
        yield f"{path}: {n} sheets (<= {limit})", n <= limit
        if shutil.which("pdftotext"):
            said = subprocess.run(
                ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
            ).stdout.decode()
            sheets = said.split("\f")[:n]
            for number, sheet in enumerate(sheets, 1):
                named = site + path in sheet and version in sheet
                yield (
                    f"{path} sheet {number}: {len(sheet.split())} words, address and data version {'named' if named else 'missing'}",
                    named,
                )
            years = re.findall(r"\b20\d\d\b", sheets[0])
            yield f"{path} sheet 1: x axis to {max(years, default='nothing')}", "2026" in years


def previews(site: str) -> Iterator[Line]:
    for path in ("/", PAIR):
        page = read(site + path)
        told = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page))
        for name in PREVIEW:
            yield f"{path} {name}: {unescape(told.get(name, 'missing'))}", bool(told.get(name))
        own = re.search(r'<link rel="canonical" href="([^"]*)"', page)
        yield f"{path} canonical: {own[1] if own else 'missing'}", bool(own)
    for path in ("/robots.txt", "/sitemap.xml", "/pair/MEX-USA.png"):
        with urllib.request.urlopen(site + path) as answer:
            yield f"{path}: {answer.status}, {len(answer.read()):,} bytes", answer.status == 200


def accessibility(browser: Browser, site: str) -> Iterator[Line]:
    """Every page, in both themes and languages, at three widths, with everything opened."""
    for width, height in SIZES:
        for lang in ("en", "es"):
            found, n = [], 0
            for name, path in ADDRESSES.items():
                page = opened(browser, f"{site}{path}{'&' if '?' in path else '?'}lang={lang}", width, height)
                page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
                found += [(name, *one) for one in violations_in_both_themes(page)]
                n += 1
                page.close()
            yield f"{width}×{height} {lang}: {len(found)} violations on {n} pages in two themes {found or ''}", not found


def first_visit(browser: Browser, site: str) -> Iterator[Line]:
    """Bytes on the wire, layout shift and POSTs until the charts are drawn and half a second more."""
    for path in ("/", PAIR):
        context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 720})
        page, sizes = context.new_page(), list[float]()
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"]))
        page.add_init_script(SHIFT)
        page.goto(site + path)
        drawn(page)
        page.wait_for_timeout(500)
        moved = page.evaluate("moved")
        said = f"{path}: {sum(sizes) / 1000:.0f} kB (<= {HEAVIEST / 1000:.0f}), layout shift {moved:.4f} (<= {MOVED})"
        yield said, sum(sizes) <= HEAVIEST and moved <= MOVED
        context.close()


def read(there: str) -> str:
    with urllib.request.urlopen(there) as answer:
        return str(answer.read().decode())


def looked_at(browser: Browser, site: str) -> dict[str, Any]:
    return {
        "Chart, page, words, tab stops": sizes(browser, site),
        "Typeface": typeface(browser, site),
        "Key events of ten years": key_events(browser, site),
        "Searches": searches(site),
        "Paper": paper(browser, site),
        "Previews of links": previews(site),
        "First visit": first_visit(browser, site),
        "Accessibility": accessibility(browser, site),
    }


def told(browser: Browser, site: str) -> int:
    """Print everything; how many lines do not hold."""
    failed = 0
    for title, lines in looked_at(browser, site).items():
        print(f"\n{title}")
        for said, holds in lines:
            failed += not holds
            print(f"  {'ok  ' if holds else 'FAIL'} {said}", flush=True)
    print(f"\n{failed} of these do not hold")
    return failed


def main() -> None:
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        outcome = refresh(Path(data))
        if outcome.exit_code:
            sys.exit(outcome.message)
        process, site = start(Path(data))
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            failed = told(browser, site)
        finally:
            browser.close()
            stop(process)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()

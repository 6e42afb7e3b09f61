"""`make pictures`: the pictures of README.md, taken anew from the shipped data in a real browser."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.browser.conftest import FLAGS, ROOT, chromium, drawn, start, stop

from bilateral.publish.refresh import refresh

EVENT = "/pair/MEX-USA?event=usa-mex-20250328-01"
PICTURES = {
    "overview": ("/", {"height": 1240}),
    "pair": (EVENT, {"height": 1200, "at": "#k-around"}),
    "ledger": ("/pair/MEX-USA?from=2025-01-01&to=2025-04-15&at=2025-03-30", {"at": "#ledger"}),
    "measures": ("/measures?at=2025-03-28&from=2025-01-01&to=2025-06-01", {}),
    "sql": ("/sql?q=from+measures+select+dyad,+domain,+count(*)+as+n+group+by+all+order+by+n+desc+limit+8", {}),
    "phone": ("/", {"width": 390, "height": 844}),
    "dark": ("/pair/COL-USA?from=2024-09-01&to=2025-12-31", {"dark": True, "at": "#k-balance"}),
    "spanish": ("/pair/MEX-USA?part=days&from=2025-01-01&to=2025-04-15&lang=es", {"height": 1240}),
}
"""By name: address, and what is not usual about the window or where on the page to look."""

SHOW = """part => {
    part.querySelectorAll(':scope > details:not(.fold)').forEach(folded => folded.open = true);
    part.scrollIntoView({ block: 'start', behavior: 'instant' }); }"""
"""Opens what is folded in a card and puts it on top of the window."""


def take(folder: Path, site: str) -> None:
    """Write each picture as PNG into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for name, (path, look) in PICTURES.items():
            page = browser.new_page(
                bypass_csp=True,
                viewport={"width": look.get("width", 1280), "height": look.get("height", 900)},
                color_scheme="dark" if look.get("dark") else "light",
            )
            page.goto(site + path)
            if not path.startswith("/sql"):
                drawn(page)
            if "at" in look:
                page.locator(look["at"]).evaluate(SHOW)
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as data:
        outcome = refresh(Path(data))
        if outcome.exit_code:
            sys.exit(outcome.message)
        process, site = start(Path(data))
        try:
            take(ROOT / "docs" / "images", site)
        finally:
            stop(process)


if __name__ == "__main__":
    main()

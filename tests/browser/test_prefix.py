"""Behind a real reverse proxy, under a path, in a real browser: every page loads whole, charts are drawn and change, and nothing is asked outside of the path."""

import pytest

from browser.conftest import Watch, drawn, start
from proxy import behind, proxying

pytestmark = pytest.mark.browser
PREFIX = "/relations"


@pytest.mark.parametrize("way", ["a public address, stripped", "a public address, not stripped", "X-Forwarded-Prefix, stripped"])
def test_pages_load_whole_under_a_path(published, browser, way):
    says = way.startswith("X-")
    with proxying(PREFIX, strips="not" not in way, says=says) as proxy:
        process, address = start(published, *(["--proxies", "1"] if says else ["--public-address", proxy.address]))
        try:
            proxy.to = behind(address)
            origin = proxy.address.removesuffix(PREFIX)
            context = browser.new_context(bypass_csp=True)
            page = context.new_page()
            watch = Watch(page, proxy.address)
            page.goto(f"{proxy.address}/pair/MEX-USA")
            drawn(page)
            assert page.locator(".js-plotly-plot .main-svg").count() > 0
            page.select_option("[data-param=domain]", "trade")  # a change of a control is a question to the server
            page.wait_for_function("location.search.includes('domain=trade')")
            page.wait_for_function("!document.querySelector('[aria-busy=true]')")
            assert page.url.startswith(f"{proxy.address}/pair/MEX-USA?")
            page.select_option("[data-param=pair]", "CAN-USA")
            page.wait_for_url(f"{proxy.address}/pair/CAN-USA**")
            drawn(page)
            page.click("nav a[href$='/compare']")
            drawn(page)
            for path in ("/", "/events", "/measures", "/methods", "/status", "/sql", "/briefing/MEX-USA"):
                page.goto(proxy.address + path)
            refused = [(status, path) for status, path in proxy.answered if status >= 400 and path != f"{PREFIX}/sql"]
            context.close()
            assert refused == []
            assert proxy.outside == []
            assert [url for url in watch.foreign if not url.startswith(origin)] == []
            assert any("/relations/_dash-update-component" in url for url in watch.posts)
        finally:
            process.terminate()
            process.wait(60)
            process.stdout.close()

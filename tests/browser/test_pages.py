"""The overview and the page of a pair, as a reader meets them in a real browser."""

import json
import urllib.request

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import drawn

from machine_coded import PAIRS

pytestmark = pytest.mark.browser


def test_30_the_first_html_has_sentence_tiles_tables_and_dates_without_any_script(visit):
    page, _ = visit("/pair/MEX-USA", charts=False, java_script_enabled=False)
    lead = page.locator(".lead").inner_text()
    assert "recorded events in the" in lead
    assert lead.index("recorded events in the") < lead.index("Balance ")
    assert "newest event found: 19 Aug 2026" in page.locator(".dates").inner_text()
    assert page.locator(".tile").count() == 6


def test_30_the_first_page_is_read_without_any_script(visit):
    page, _ = visit("/", charts=False, java_script_enabled=False)
    assert "no clear tilt overall" in page.locator("h1").inner_text()
    assert "19 Aug 2026" in page.locator(".number").inner_text()
    assert page.locator(".matrix a.cell").count() == len(PAIRS)
    assert page.locator("#table-pairs tbody tr").count() == len(PAIRS)
    assert page.locator("header.top nav a").first.is_visible()


def test_34_a_first_visit_weighs_at_most_700_kb_moves_nothing_and_posts_nothing(browser, site):
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    posts: list[str] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.add_init_script(
        "window.moved=0;new PerformanceObserver(list=>{for(const e of list.getEntries())"
        "if(!e.hadRecentInput)window.moved+=e.value}).observe({type:'layout-shift',buffered:true})"
    )
    page.goto(site + "/")
    drawn(page)
    page.wait_for_timeout(500)
    print(f"first visit: {sum(sizes) / 1000:.0f} kB, layout shift {page.evaluate('moved'):.4f}, {len(posts)} POSTs")
    assert sum(sizes) <= 700_000
    assert page.evaluate("moved") <= 0.02
    assert posts == []
    context.close()


def test_11_12_each_change_is_one_post_moves_the_address_and_reload_shows_the_same(visit):
    page, watch = visit("/pair/MEX-USA?from=2025-01-01&to=2025-04-15")
    folded = page.locator("details.more").first
    expect(folded).not_to_have_attribute("open", "")
    expect(folded.locator("summary")).to_have_text(
        "Dates, smoothing, source: 1 Jan 2025 to 15 Apr 2025, 90 days, Curated timeline"
    )
    folded.locator("summary").click()
    for control, value in (("by", "month"), ("domain", "trade"), ("h", "30"), ("dataset", "articles"), ("pair", "COL-USA")):
        before = len(watch.posts)
        with page.expect_response(lambda response: "_dash-update-component" in response.url):
            page.locator(f"#c-{control}").select_option(value)
        page.wait_for_timeout(400)
        assert len(watch.posts) == before + 1, control
        assert value in page.url
    shown = figure(page)
    page.reload()
    drawn(page)
    assert figure(page) == shown
    assert page.locator("#c-by").input_value() == "month"
    assert page.locator("h1").inner_text() == "United States – Colombia"


def figure(page) -> str:
    return page.evaluate("JSON.stringify(document.querySelector('#g-balance .js-plotly-plot').data.map(t => [t.x, t.y]))")


def test_11_back_and_forward_walk_through_the_choices_and_the_controls_follow(visit):
    page, _ = visit("/pair/MEX-USA")
    for value in ("CAN-USA", "COL-USA"):
        page.locator("#c-pair").select_option(value)
        page.wait_for_function(f"JSON.parse(document.querySelector('#title').dataset.choice).pair === '{value}'")
    page.go_back()
    expect(page.locator("h1")).to_have_text("United States – Canada")
    expect(page.locator("#c-pair")).to_have_value("CAN-USA")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("United States – Colombia")


def test_04_the_slider_reads_out_what_table_and_file_say(visit):
    page, _ = visit("/pair/MEX-USA?from=2025-01-01&to=2025-04-15")
    slider = page.locator("#s-balance")
    slider.focus()
    page.keyboard.press("Home")
    first = slider.get_attribute("aria-valuetext")
    assert first.startswith("week of 30 Dec 2024: ")
    page.keyboard.press("ArrowRight")
    assert page.locator("#r-balance").inner_text() == slider.get_attribute("aria-valuetext") != first
    page.keyboard.press("End")
    assert "partial period" in slider.get_attribute("aria-valuetext")
    cells = page.locator("#table-balance tbody tr").first.locator("th, td").all_inner_texts()
    last = slider.get_attribute("aria-valuetext")
    assert last.startswith(cells[0] or "week of 14 Apr 2025")


def test_a_point_opens_the_events_behind_it(visit):
    page, watch = visit("/pair/MEX-USA?from=2025-01-01&to=2025-04-15")
    page.locator("#s-balance").focus()
    for key in ("End", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    page.locator("#e-balance").click()
    expect(page.locator("#t-behind")).to_have_text("Events of week of 24 Mar 2025")
    assert "at=2025-03-30" in page.url
    arrived(page, "t-behind")
    told = page.locator("#table-events").inner_text()
    assert "25% tariff on imported cars" in told
    assert "Noem meets Sheinbaum" in told
    assert len(watch.posts) == 1
    page.locator("#p-balance-below .marks a").first.click()
    expect(page.locator("#t-around")).to_be_visible()
    arrived(page, "t-around")
    page.wait_for_function(  # the chart was hidden when it was made
        "(box => box.querySelector('.main-svg').clientWidth === box.clientWidth)(document.getElementById('b-around'))"
    )


def arrived(page, heading: str) -> None:
    """The heading of the list that was opened has the focus and stands in the window, at its top where the page is long enough."""
    expect(page.locator(f"#{heading}")).to_be_focused()
    expect(page.locator(f"#{heading}")).to_be_in_viewport()
    top, below = page.evaluate(
        "[document.activeElement.getBoundingClientRect().top, document.documentElement.scrollHeight - innerHeight - scrollY]"
    )
    assert 0 <= top <= 32 or below <= 1


def test_a_point_leads_to_its_events_on_every_part_and_keeps_the_range(visit):
    page, _ = visit("/pair/MEX-USA?part=days")
    shown = page.locator("#c-from").input_value(), page.locator("#c-to").input_value()
    page.locator("#s-calendar").press("Enter")
    expect(page.locator("#t-behind")).to_have_text("Events of 19 Aug 2026")
    arrived(page, "t-behind")
    assert (page.locator("#c-from").input_value(), page.locator("#c-to").input_value()) == shown
    page.locator("#e-calendar").click()
    arrived(page, "t-behind")
    page.locator("#c-by").focus()
    page.locator("#c-by").select_option("month")
    page.wait_for_url("**by=month*")
    page.wait_for_function("JSON.parse(document.querySelector('#title').dataset.choice).by === 'month'")
    expect(page.locator("#c-by")).to_be_focused()


def test_13_focus_stays_on_the_control_after_a_change(visit):
    page, _ = visit("/pair/MEX-USA")
    page.locator("#c-by").focus()
    with page.expect_response(lambda response: "_dash-update-component" in response.url):
        page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.id") == "c-by"


def test_14_a_slow_answer_marks_the_page_busy_and_the_last_choice_wins(visit):
    page, _ = visit("/pair/MEX-USA")
    page.add_init_script("""const quick = window.fetch; let first = true;
        window.fetch = async (...asked) => { const answer = await quick(...asked);
            if (first && String(asked[0].url || asked[0]).includes('_dash-update')) {
                first = false; await new Promise(done => setTimeout(done, 2000)); }
            return answer; }""")
    page.reload()
    drawn(page)
    page.locator("#c-pair").select_option("CAN-USA")
    page.wait_for_selector("main[aria-busy=true]")
    page.locator("#c-pair").select_option("COL-USA")
    expect(page.locator("h1")).to_have_text("United States – Colombia")
    page.wait_for_timeout(500)
    expect(page.locator("h1")).to_have_text("United States – Colombia")


def test_27_the_theme_changes_without_a_request_and_repaints_the_chart(visit):
    page, watch = visit("/")
    line = "document.querySelector('#g-hero .js-plotly-plot').data.find(t => t.name === 'firm').line.color"
    assert page.evaluate(line) == "#1B2430"
    page.locator("#c-theme").select_option("dark")
    page.wait_for_function(f"{line} === '#F2F5F8'")
    assert "theme=dark" in page.url
    assert watch.posts == []


@pytest.mark.parametrize(
    "path", ["/", "/events?pair=all&q=tariff", "/measures", "/compare", "/methods", "/pair/MEX-USA?part=days"]
)
def test_09_nothing_scrolls_sideways_at_320_px(visit, path):
    page, _ = visit(path, width=320)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth === document.documentElement.clientWidth")


def test_a_source_without_events_says_so_and_leaves_the_controls_to_choose_another(visit):
    page, _ = visit("/pair/CAN-USA?dataset=articles", charts=False)
    expect(page.locator("#react-entry-point .lead")).to_contain_text("no event on United States – Canada has been loaded")
    page.locator("#c-dataset").select_option("chronology")
    expect(page.locator(".lead")).to_contain_text("recorded events in")
    page.locator("#c-dataset").select_option("articles")
    expect(page.locator(".lead")).to_contain_text("no event on United States – Canada has been loaded")
    assert not page.get_by_role("alert").is_visible()


def test_22_bad_parameters_are_named_and_the_rest_is_shown(visit):
    page, _ = visit("/pair/MEX-USA?by=year&colour=red&from=2025-02-30&h=31&domain=trade")
    notice = page.locator(".notice", has_text="Ignored in the link").inner_text()
    assert all(name in notice for name in ("by", "colour", "from", "h"))
    assert page.locator("#c-domain").input_value() == "trade"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/pair/usa-mex?by=month", 301),
        ("/pair/MEX-FRA", 404),
        ("/nothing", 404),
        ("/_dash-component-suites/x/y.js", 404),
        ("/pair/MEX-USA?part=checks&dataset=articles", 200),
        ("/compare?dataset=articles", 200),
        ("/pair/MEX-SLV?part=checks&from=2024-01-01&to=2024-12-31&domain=trade", 200),
        ("/pair/MEX-USA?at=%00&from=%zz&x=" + "y" * 3000, 200),
        ("/pair/MEX-USA?" + "&".join(f"k{i}=1" for i in range(60)), 200),
        ("/pair/MEX-USA?from=99999-01-01&to=2025-02-30&domain=<script>", 200),
        ("/?from=2030-01-01&to=2031-01-01", 200),
        ("/?from=1990-01-01&to=1991-01-01", 200),
    ],
)
def test_22_hostile_and_odd_addresses_never_fail(site, path, status):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    request = site + path.replace("<", "%3C").replace(">", "%3E")
    try:
        answer = urllib.request.build_opener(Stay).open(request)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        body = answer.read().decode()
        assert answer.status == status
        assert "<script>alert" not in body
        assert "Traceback" not in body
        if status == 301:
            assert answer.headers["Location"] == "/pair/MEX-USA?by=month"


def test_health_tells_the_data_version(site):
    with urllib.request.urlopen(site + "/health") as answer:
        told = json.load(answer)
    assert told["status"] == "ok"
    assert told["data_version"].endswith("Z")

"""The page /sql in a real browser: asked, cancelled, remembered, shared, taken home as a file."""

import subprocess
import urllib.parse

import pytest
from playwright.sync_api import expect
from tests.browser.accessibility import violations
from tests.browser.conftest import start, stop

from bilateral.publish import snapshots
from machine_coded import PAIRS
from material import wait_until

pytestmark = pytest.mark.browser

ASKED = "/sql?" + urllib.parse.urlencode(
    {"q": "select event_id, score from events where dyad = $pair order by 1", "$pair": "MEX-USA"}
)
SERIES = "/sql?" + urllib.parse.urlencode(
    {"q": "select day, balance, n_events from indicator_day where dyad = $pair and domain = 'all' and dataset = 'chronology' order by day desc",
     "$pair": "MEX-USA"}
)  # fmt: skip
BOMB = "select sum(hash(i) % 7) from range(1000000000000000) as t(i)"


@pytest.fixture
def open_sql(visit):
    return lambda path="/sql", **more: visit(path, charts=False, **more)[0]


LOOKS = {
    "empty": ("/sql", 1280, False),
    "empty dark": ("/sql", 360, True),
    "rows": (ASKED, 1280, False),
    "chart dark": (SERIES, 1280, True),
    "chart": (SERIES, 360, False),
    "refused dark": ("/sql?q=drop+table+events", 360, True),
    "es": (ASKED + "&lang=es", 360, False),
}
MORE_LOOKS = {
    "rows dark": (ASKED, 360, True),
    "chart wide": (SERIES, 1280, False),
    "chart dark narrow": (SERIES, 360, True),
    "refused": ("/sql?q=drop+table+events", 1280, False),
    "es wide": (ASKED + "&lang=es", 1280, False),
    "es dark": (ASKED + "&lang=es", 360, True),
}
"""Those that the long tests look at."""


@pytest.mark.parametrize(
    ("path", "width", "dark"),
    [*LOOKS.values(), *(pytest.param(*look, marks=pytest.mark.long) for look in MORE_LOOKS.values())],
    ids=[*LOOKS, *MORE_LOOKS],
)
def test_axe_finds_nothing_and_nothing_is_cut(browser, site, path, width, dark):
    context = browser.new_context(
        bypass_csp=True, viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    page.goto(site + path)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def test_ctrl_enter_runs_the_statement_and_the_address_repeats_it(open_sql):
    page = open_sql()
    page.locator("#q").fill("select $word as word, count(*) as n from events where summary ilike '%' || $word || '%'")
    page.locator("#q").blur()
    page.get_by_label("$word").fill("tariff")
    page.locator("#q").press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("1 row in")
    shown = page.locator("#table-sql").inner_text()
    assert "tariff" in shown
    assert page.url.endswith(urllib.parse.urlsplit(page.locator("#share").get_attribute("href")).query)
    page.reload()
    assert page.locator("#table-sql").inner_text() == shown
    assert page.get_by_label("$word").input_value() == "tariff"


def test_the_same_address_gives_the_same_rows_without_scripts(open_sql):
    with_scripts = open_sql(ASKED).locator("#table-sql").inner_text()
    page = open_sql(ASKED, java_script_enabled=False)
    assert page.locator("#table-sql").inner_text() == with_scripts
    page.get_by_role("link", name="What is the balance of each pair today?").click()
    assert page.locator("#table-sql tbody tr").count() == len(PAIRS)


def test_rows_that_were_left_out_are_announced(open_sql):
    page = open_sql("/sql?q=from+range(1001)")
    expect(page.locator("#said")).to_contain_text("Only the first 1,000 rows are shown; there are more.")
    assert page.locator("#table-sql tbody tr").count() == 1000


def test_a_mistake_says_where_it_is_and_keeps_the_statement(browser, site):
    page = browser.new_page()
    page.goto(site + "/sql")
    page.locator("#q").fill("selec <b>1</b>")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert")).to_contain_text("LINE 1: selec <b>1</b>")
    assert page.locator("#q").input_value() == "selec <b>1</b>"
    page.close()


def test_cancel_ends_the_process_of_the_query_and_pages_answer_meanwhile(browser, published):
    server, address = start(published, BILATERAL_SQL_SECONDS="300")  # so that it ends because it was cancelled
    try:
        page = browser.new_page()
        page.goto(address + "/sql")
        page.locator("#q").fill(BOMB)
        page.get_by_role("button", name="Run").click()
        wait_until(lambda: children_of(server.pid) == 1, "the query runs in a process of its own")
        expect(page.locator("#said")).to_have_text("Running …")
        other = browser.new_page()
        other.goto(address + "/pair/CAN-USA")
        assert other.locator("#title").first.inner_text() == "United States – Canada"
        page.get_by_role("button", name="Cancel").click()
        expect(page.locator("#said")).to_have_text("Cancelled.")
        wait_until(lambda: children_of(server.pid) == 0, "the process of the query is gone")
        assert page.evaluate("document.activeElement.id") == "run"
        page.close()
        other.close()
    finally:
        stop(server)


def children_of(pid: int) -> int:
    """Processes that the workers of a server have started and that still run."""
    workers = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
    listed = subprocess.run(["ps", "-o", "pid=,stat=", "--ppid", ",".join(workers)], capture_output=True, text=True).stdout
    return sum(" Z" not in line for line in listed.splitlines())


def test_the_history_stays_in_the_browser_until_it_is_forgotten(open_sql):
    page = open_sql("/sql?q=select+41")
    page.goto(page.url.replace("q=select+41", "q=select+42"))  # the port may hold a 41 too
    history = page.locator("#history a")
    assert history.all_inner_texts() == ["select 42", "select 41"]
    history.last.click()
    assert page.locator("#q").input_value() == "select 41"
    page.get_by_role("button", name="Clear history").click()
    expect(history).to_have_count(0)


def test_every_control_is_reached_by_tab_and_has_a_name(open_sql):
    page = open_sql(ASKED)
    names = []
    for _ in range(24):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("(document.activeElement.labels?.[0] || document.activeElement).innerText || document.activeElement.id")
        )
    assert {"One SELECT", "$pair", "Run", "Link to this query"} <= set(names)


def test_a_file_is_taken_home_in_three_formats(open_sql):
    page = open_sql(ASKED)
    for name in ("CSV", "JSON", "PARQUET"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name, exact=True).click()
        assert waiting.value.suggested_filename.endswith(f".{name.lower()}")


@pytest.mark.parametrize("path", ["/", "/pair/MEX-USA", ASKED, "/nothing"])
def test_25_pages_keep_their_content_policy(browser, site, path):
    page = browser.new_page()
    faults = []
    page.on("console", lambda message: faults.append(message.text) if "Content Security Policy" in message.text else None)
    page.goto(site + path)
    if path in ("/", "/pair/MEX-USA"):
        page.locator(".card:not([hidden]) .js-plotly-plot .main-svg").first.wait_for()
        page.locator(".ranges a", has_text="5Y").first.click()
        page.wait_for_timeout(1500)
    assert faults == []
    page.close()


@pytest.mark.parametrize(("lang", "name"), [("en", "Explain"), ("es", "Explicar")])
def test_explain_shows_the_plan_and_runs_nothing(open_sql, lang, name):
    page = open_sql(f"{ASKED}&lang={lang}")
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("#plan")).to_contain_text("Projection")
    assert page.locator("#table-sql").count() == 0
    assert "explain=1" in page.url
    page.reload()
    expect(page.locator("#plan")).to_contain_text("Projection")
    page.locator("#run").click()
    expect(page.locator("#table-sql")).to_be_visible()


def test_explain_works_without_scripts_and_refuses_what_writes(browser, site):
    page = browser.new_page(java_script_enabled=False)
    page.goto(site + ASKED)
    page.locator("#explain").click()
    assert "Projection" in page.locator("#plan").inner_text()
    page.goto(site + "/sql?explain=1&q=select+1;drop+table+events")
    assert "only one SELECT per query" in page.get_by_role("alert").inner_text()
    page.close()


def test_numbers_over_days_are_drawn_each_on_its_own_scale(open_sql):
    page = open_sql(SERIES)
    page.get_by_text("Chart", exact=True).click()
    page.locator("#b-chart .main-svg").first.wait_for()
    assert "balance, n_events by day, each on its own scale." in page.locator("#chart").inner_text()
    drawn = "document.getElementById('b-chart').data.map(trace => [trace.mode, trace.x[0] < trace.x.at(-1), trace.line.color])"
    ink = page.evaluate("window.BILATERAL.tokens.light.ink")
    assert page.evaluate(drawn) == [["lines", True, ink]] * 2
    page.locator("#c-theme").select_option("dark")
    page.wait_for_function(f"document.getElementById('b-chart').data[0].line.color !== '{ink}'")


def test_a_day_in_several_rows_makes_points_and_rows_without_days_no_chart(open_sql):
    page = open_sql("/sql?q=select+event_day,score+from+events+order+by+score+limit+300&lang=es")
    page.get_by_text("Graficar").click()
    page.locator("#b-chart .main-svg").first.wait_for()
    assert "Los días aparecen en varias filas" in page.locator("#chart").inner_text()
    assert page.evaluate("document.getElementById('b-chart').data[0].mode") == "markers"
    assert open_sql(ASKED).locator("#chart").count() == 0


def test_the_code_beside_the_rows_runs_as_it_is_copied(open_sql, published):
    page = open_sql(ASKED)
    names = {}
    exec(page.locator("#copy-pandas").text_content(), names)
    shown = page.locator("#table-sql tbody tr").count()
    assert 0 < len(names["rows"]) >= shown
    code = page.locator("#copy-duckdb").text_content()
    with snapshots.connect(snapshots.current(published)) as connection:
        assert len(connection.execute(code).fetchall()) == len(names["rows"])


def test_a_long_statement_has_a_short_link_that_repeats_it_and_needs_nothing_kept(open_sql):
    long = (
        "select day, balance from indicator_day where dyad in ("
        + ", ".join(f"'MEX-USA', 'X{n:04}'" for n in range(400))
        + ") limit 7"
    )
    assert len(long) > 6000
    page = open_sql()
    page.locator("#q").fill(long)
    page.locator("#run").click()
    expect(page.locator("#said")).to_contain_text("7 rows")
    link = page.locator("#share").get_attribute("href")
    assert link.startswith("/sql?z=")
    assert len(link) < len(long) / 2
    assert page.url.endswith(link)
    again = open_sql(link, java_script_enabled=False)
    assert again.locator("#q").input_value() == long
    assert again.locator("#table-sql tbody tr").count() == 7

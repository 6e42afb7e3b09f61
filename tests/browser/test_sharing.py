"""What readers take along, in a real browser and over real HTTP: files, pictures, code, frames (UX 6, 31, 32, 33), search box, visits."""

import io
import json
import random
import re
import subprocess
import sys
import urllib.request
from email.message import Message
from html.parser import HTMLParser

import openpyxl
import pandas as pd
import pyarrow.parquet
import pytest
from tests.browser.accessibility import violations
from tests.browser.conftest import drawn

from bilateral import formats
from bilateral.ask.exports import FORMATS
from bilateral.publish import snapshots

pytestmark = pytest.mark.browser


def fetch(address: str, **headers: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.mark.parametrize("ending", FORMATS)
def test_31_each_file_opens_has_its_rows_and_its_name(site, ending):
    status, headers, content = fetch(
        f"{site}/pair/USA-MEX.{ending}".replace("USA-MEX", "MEX-USA") + "?from=2025-01-06&to=2025-04-13"
    )
    assert status == 200
    assert re.search(r'filename="MEX-USA_balance_week_2025-01-06_2025-04-13_v\d{8}T\d{6}\.\d+Z\.', headers["Content-Disposition"])
    assert headers["Content-Disposition"].endswith(f'.{ending}"')
    if ending == "csv":
        assert len(pd.read_csv(io.BytesIO(content))) == 14
    elif ending == "json":
        assert len(json.loads(content)["rows"]) == json.loads(content)["about"]["rows"] == 14
    elif ending == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(content))["rows"].max_row == 15
    elif ending == "parquet":
        assert pyarrow.parquet.read_table(io.BytesIO(content)).num_rows == 14
    elif ending == "metadata.json":
        assert json.loads(content)["rows"] == 14


def test_31_a_file_that_the_reader_has_is_not_sent_again(site):
    address = f"{site}/pair/MEX-USA.csv"
    _, headers, _ = fetch(address)
    assert fetch(address, **{"If-None-Match": headers["ETag"]})[0] == 304
    assert fetch(address + "?h=30", **{"If-None-Match": headers["ETag"]})[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/pair/MEX-USA.csv?chart=nothing",
        "/pair/XXX-USA.csv",
        "/nowhere.json",
        "/pair/MEX-USA.exe",
        "/embed/nothing.csv",
        "/briefing/XXX-USA.md",
        "/pair/MEX-USA.md",
    ],
)
def test_a_file_that_is_not_there_is_a_404_page(site, path):
    status, headers, _ = fetch(site + path)
    assert status == 404
    assert "html" in headers["Content-Type"]


def test_everything_has_each_day_and_every_column(site):
    shown = pd.read_csv(io.BytesIO(fetch(f"{site}/pair/MEX-USA.csv")[2]))
    whole = pd.read_csv(io.BytesIO(fetch(f"{site}/pair/MEX-USA.csv?full=1")[2]))
    assert len(whole) > 3000
    assert set(shown.columns) < set(whole.columns)
    assert (pd.to_datetime(whole["day"]).diff().dropna() == pd.Timedelta(days=1)).all()


class Rows(HTMLParser):
    """Cells of the table in #table-balance."""

    def __init__(self):
        super().__init__()
        self.rows, self.inside, self.cell = [], False, False

    def handle_starttag(self, tag, attrs):
        if dict(attrs).get("id") == "table-balance":
            self.inside = True
        if self.inside and tag == "tr":
            self.rows.append([])
        self.cell = self.inside and tag in ("td", "th")

    def handle_endtag(self, tag):
        self.cell = False
        if tag == "table":
            self.inside = False

    def handle_data(self, text):
        if self.cell:
            self.rows[-1].append(text)


def random_addresses(n: int) -> list[tuple[str, str]]:
    """Pairs with random choices; the same ones at each run."""
    chance = random.Random(20250328)
    pairs = ["MEX-USA", "CAN-USA", "COL-USA", "SLV-USA", "USA-VEN"]
    domains = ["all", "trade", "migration", "security"]
    made = []
    for _ in range(n):
        year = chance.randint(2018, 2025)
        query = (
            f"domain={chance.choice(domains)}&h={chance.choice([7, 30, 90, 365])}&by={chance.choice(['day', 'week', 'month'])}"
        )
        made.append(
            (chance.choice(pairs), f"{query}&from={year}-0{chance.randint(1, 9)}-01&to={year + 1}-02-0{chance.randint(1, 9)}")
        )
    return made


@pytest.mark.parametrize(("pair", "query"), random_addresses(20))
def test_06_chart_table_csv_json_and_sql_agree_to_the_digit(site, published, pair, query):
    page = fetch(f"{site}/pair/{pair}?{query}")[2].decode()
    csv = pd.read_csv(io.BytesIO(fetch(f"{site}/pair/{pair}.csv?{query}")[2]))
    answer = json.loads(fetch(f"{site}/pair/{pair}.json?{query}")[2])
    with snapshots.connect(snapshots.current(published)) as connection:
        sql = connection.sql(answer["about"]["sql"]).df()
    as_listed = [row["balance"] for row in answer["rows"]]
    values = [None if pd.isna(value) else value for value in csv["balance"]]
    assert values == as_listed == [None if pd.isna(value) else value for value in sql["balance"]]
    table = Rows()
    table.feed(page)
    assert [row[1] for row in table.rows[1:]] == [formats.points(value, 1) for value in reversed(values)]
    island = json.loads(re.search(r'<script type="application/json" id="page">(.*?)</script>', page, re.DOTALL)[1])
    line = next(trace for trace in island["figures"]["balance"]["data"] if trace.get("name") == "balance")
    assert line["y"] == [None if value is None else round(value, 2) for value in values]


def test_32_a_picture_is_large_opaque_and_says_what_it_is(visit):
    page, _ = visit("/pair/MEX-USA?theme=dark")
    figure = page.evaluate("window.BILATERAL.picture('balance')")
    assert figure["layout"]["paper_bgcolor"] == "#FFFFFF"
    assert "United States – Mexico" in figure["layout"]["title"]["text"]
    notes = figure["layout"]["annotations"][-1]["text"]
    assert "/pair/MEX-USA" in notes
    assert "data version" in notes
    page.locator("#p-balance-below summary", has_text="Download").click()
    with page.expect_download() as saved:
        page.locator("#p-balance-below button[data-format=png]").click()
    content = saved.value.path().read_bytes()
    assert saved.value.suggested_filename.startswith("MEX-USA_balance_")
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20], "big") >= 1200
    with page.expect_download() as saved:
        page.locator("#p-balance-below button[data-format=svg]").click()
    drawing = saved.value.path().read_text(encoding="utf-8")
    assert drawing.startswith("<svg")
    assert "<script" not in drawing
    assert "United States – Mexico" in drawing


def test_33_a_frame_on_a_page_of_the_same_origin_shows_the_chart(visit):
    page, _ = visit("/embed/balance?pair=COL-USA&by=month", charts=False)
    page.locator("#g-balance .scatterlayer .trace").first.wait_for()
    page.wait_for_function("!document.getElementById('first')")
    assert page.locator("nav").count() == 0
    assert page.locator("figure.card:visible").count() == 1
    assert page.locator("h1 a").get_attribute("href") == "/pair/COL-USA?by=month"
    assert violations(page) == []
    page.evaluate("document.body.innerHTML = '<iframe src=\"/embed/words?pair=MEX-USA\" width=900 height=700></iframe>'")
    page.frame_locator("iframe").locator("#g-words .bars").first.wait_for()


def test_code_and_citation_name_the_version_and_the_code_runs(visit, site, published):
    page, _ = visit("/pair/MEX-USA?by=month")
    assert "BILATERAL_FRAME_ANCESTORS" in page.locator("#p-balance-below .tool.share").text_content()
    version = snapshots.version(snapshots.current(published))
    assert version in page.locator("#copy-cite").text_content()
    assert version in page.locator("#copy-bibtex").text_content()
    code = page.locator("#copy-pandas").text_content() + "\nprint(len(rows))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.stdout == "16\n", ran.stderr
    said = page.locator("#copy-duckdb").text_content()
    with snapshots.connect(snapshots.current(published)) as connection:
        assert len(connection.sql(said.split("\n", 1)[1].rstrip(";")).df()) == 16


def test_a_second_visit_after_new_events_says_what_is_new(visit):
    page, _ = visit("/pair/MEX-USA")
    assert page.locator("#since").text_content() == ""
    page.evaluate(
        "(() => { const key = 'bilateral:MEX-USA', seen = JSON.parse(localStorage.getItem(key));"
        "seen.version = 'older'; seen.events = seen.events.slice(3); seen.balance += 2; localStorage.setItem(key, JSON.stringify(seen)) })()"
    )
    page.reload()
    drawn(page)
    assert page.locator("#since").text_content().endswith("3 more events, balance −2.")


def test_a_kiosk_has_no_navigation_and_large_type(visit):
    page, _ = visit("/pair/MEX-USA?kiosk=1&every=60")
    assert not page.locator("header nav").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    assert "days ago" in page.locator(".notice").inner_text()  # the age of what is shown, and nothing else

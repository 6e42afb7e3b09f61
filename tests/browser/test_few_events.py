"""Few events, none, gaps, unfinished weeks, hostile titles (UX 18, 19, 23): each page says what it has, and nothing of the inside shows."""

import json
import re
import shutil
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import drawn, start, stop

from bilateral import formats, package_data
from bilateral.load import bulk
from bilateral.publish.refresh import refresh
from bilateral.web.app import make_app
from material import ROOT, act, write_csv, write_lines

pytestmark = pytest.mark.browser

INSIDE = re.compile(r"\b(NaN|nan|NaT|None|undefined|Infinity|inf|null)\b")
PAGES = ("/", "/pair/{pair}", "/pair/{pair}?part=days", "/pair/{pair}?part=checks", "/briefing/{pair}", "/events?pair={pair}", "/embed/balance?pair={pair}",
         "/measures?pair={pair}", "/compare", "/status")  # fmt: skip


def tree_of(folder: Path, chronology: dict[str, list[dict[str, str]]]) -> Path:
    """The project's seeds with other acts and no measures."""
    shutil.copytree(ROOT / "queries", folder / "queries")
    shutil.copytree(ROOT / "seeds", folder / "seeds", ignore=shutil.ignore_patterns("*-*.csv", "measures.csv"))
    header, *_ = (ROOT / "seeds" / "measures.csv").read_text(encoding="utf-8").splitlines()
    write_lines(folder / "seeds" / "measures.csv", [header])
    for name, acts in chronology.items():
        write_csv(folder / "seeds" / "chronology" / name, acts)
    return folder


def acts(pair: str, n: int, one_way: bool = False) -> list[dict[str, str]]:
    """So many acts on days three apart up to 28 March 2025, in turn from each side."""
    one, other = pair.split("-")
    days = [str(date(2025, 3, 28) - timedelta(days=3 * place)) for place in reversed(range(n))]
    ways = [(one, other) if one_way or place % 2 else (other, one) for place in range(n)]
    return [
        act(f"{pair.lower()}-{place}", day=day, source=source, target=target, code=("051", "112", "173")[place % 3])
        for place, (day, (source, target)) in enumerate(zip(days, ways, strict=True))
    ]


def read_whole(folder: Path, first: date, last: date, but: set[date]) -> list[Path]:
    """Daily files of a machine-coded dataset, each day with an act of either side; days in `but` have no file."""
    paths = []
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        if day in but:
            continue
        lines = []
        for number, (one, other, code, score) in enumerate([("USA", "MEX", "042", "1.9"), ("MEX", "USA", "112", "-2.0")] * 3):
            cells = [f"{place}_{number}", f"{day:%Y%m%d}", str(day.year), f"{day:%m}", f"{day:%d}", f"{one}GOV", one, "GOV", "", f"{other}GOV", other, "GOV", "",
                     code, code[:2], "1", score, "", "", "", "", "", "", f"s{place}", f"http://a.mx/{place}/{number}", "a"]  # fmt: skip
            lines.append("\t".join(cells))
        paths.append(write_lines(folder / f"events.full.{day:%Y%m%d}.txt", lines))
    return paths


HOSTILE = (
    '<img src=x onerror="window.owned=1"> talks',
    '<a href="javascript:window.owned=2">agree</a>',
    '=HYPERLINK("https://x.example")',
    '<span style="font-size:300px">large</span>',
    "two\nlines",
    "long " * 2000,
    "</script><script>window.owned=3</script>",
    "{{7*7}} ${7*7} %s",
)
"""What a source may put into a summary; each is shown as it stands."""


def hostile_acts(pair: str, n: int) -> list[dict[str, str]]:
    return [
        row | {"summary": f'"{HOSTILE[place % len(HOSTILE)].replace(chr(34), chr(34) * 2)}"'}
        for place, row in enumerate(acts(pair, n))
    ]


GAP = {date(2025, 3, 10) + timedelta(days=place) for place in range(7)} | {date(2025, 3, 19)}
"""A whole week, and one day in the week after it."""


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> Iterator[str]:
    """A server over one act between two countries, nine, ten, ten in one direction, none, hostile titles, and machine-coded days with a gap."""
    folder = tmp_path_factory.mktemp("few")
    counts = {"COL-USA": 1, "SLV-USA": 9, "CAN-USA": 10, "MEX-GTM": 0}
    tree = tree_of(
        folder / "tree",
        {f"{pair.lower()}.csv": acts(pair, n) for pair, n in counts.items() if n}
        | {
            "cuba.csv": acts("CUB-USA", 12, True),
            "venezuela.csv": hostile_acts("USA-VEN", 16),
            "honduras.csv": hostile_acts("HND-USA", 8),
        },
    )
    coded = read_whole(folder / "in", date(2025, 3, 3), date(2025, 4, 1), GAP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package_data, "folder", lambda name: tree / name)
        outcome = refresh(folder / "data", coded=("phoenix", bulk.found_files(coded)))
    assert outcome.exit_code == 0, outcome.message
    process, address = start(folder / "data")
    yield address
    stop(process)


def no(constant: str) -> None:
    raise AssertionError(f"JSON knows no {constant}")


def shows_nothing_of_the_inside(html: str) -> None:
    island = re.search(r'<script type="application/json" id="page">(.*?)</script>', html, re.DOTALL)
    if island:
        json.loads(island[1], parse_constant=no)
    for points in re.findall(r'data-points="([^"]*)"', html):
        json.loads(unescape(points), parse_constant=no)
    said = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style|pre)\b.*?</\1>", " ", html, flags=re.DOTALL)))
    assert [said[max(0, found.start() - 60) : found.end() + 20] for found in INSIDE.finditer(said)] == []


def page_at(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode()


def rows_of(address: str) -> list[dict]:
    return json.loads(page_at(address))["rows"]


@pytest.mark.parametrize("pair", ["MEX-GTM", "COL-USA", "SLV-USA", "CAN-USA", "CUB-USA"])
def test_18_no_page_of_few_events_or_none_shows_what_is_inside(few, pair):
    for page in PAGES:
        for more in ("", "lang=es", "from=1990-01-01&to=1991-01-01", "from=2031-01-01"):
            path = page.format(pair=pair)
            shows_nothing_of_the_inside(page_at(f"{few}{path}{'&' if '?' in path else '?'}{more}"))
    for ending in ("json", "csv"):
        said = page_at(f"{few}/pair/CAN-USA.{ending}?from=2025-03-01")
        assert not re.search(r"\b(NaN|nan|NaT|None|Infinity|inf)\b", said)


@pytest.mark.parametrize(
    ("pair", "said", "has_strip"),
    [
        ("MEX-GTM", "no event on Mexico – Guatemala has been loaded", False),
        ("COL-USA", "1 recorded event in the", True),
        ("SLV-USA", "9 recorded events", True),
        ("CAN-USA", "10 recorded events", False),
        ("CUB-USA", "12 recorded events", False),
    ],
)
def test_18_none_one_nine_ten_and_one_way_each_say_what_they_are(browser, few, pair, said, has_strip):
    page = browser.new_page(bypass_csp=True)
    page.goto(f"{few}/pair/{pair}")
    page.wait_for_function("!document.getElementById('first')")
    expect(page.locator(".lead")).to_contain_text(said)
    assert page.locator("#k-strip").is_visible() == has_strip
    page.goto(few + f"/pair/{pair}?from=2031-01-01&to=2032-01-01")
    page.wait_for_function("!document.getElementById('first')")
    expect(page.locator(".lead")).to_contain_text(said)
    if pair != "MEX-GTM":
        expect(page.locator(".notice", has_text="Ignored in the link")).to_contain_text("from")
    if pair == "CUB-USA":
        assert page.locator(".tile", has_text="United States → Cuba").inner_text().count("too few")
    page.close()


def test_18_without_a_database_or_with_an_empty_one_every_page_says_so(few, tmp_path):
    assert "no event on United States – Mexico has been loaded" in page_at(few + "/")
    client = make_app(tmp_path).server.test_client()
    for path in (page.format(pair="MEX-USA") for page in PAGES):
        answer = client.get(path)
        assert answer.status_code in (200, 503)
        assert "No data has been loaded yet" in answer.text or "bilateral refresh" in answer.text
        shows_nothing_of_the_inside(answer.text)


def test_19_days_that_were_not_read_are_hatched_and_counted_and_an_unfinished_week_is_marked(browser, few):
    page = browser.new_page(bypass_csp=True)
    page.goto(f"{few}/pair/MEX-USA?part=days&dataset=phoenix")
    drawn(page)
    assert "8 " in page.locator("#d-calendar").inner_text()
    hatched = page.evaluate(
        "document.querySelector('#g-calendar .js-plotly-plot').data.flatMap(t => t.text.flat()).filter(t => t === '░').length"
    )
    assert hatched == 8
    page.goto(f"{few}/pair/MEX-USA?dataset=phoenix")
    drawn(page)
    values = page.evaluate("document.querySelector('#g-balance .js-plotly-plot').data.find(t => t.name === 'balance').y")
    assert [value is None for value in values] == [False, True, False, False, False]
    slider = page.locator("#s-balance")
    assert slider.get_attribute("aria-valuetext").endswith("partial period")
    days = {row["day"]: row["balance"] for row in rows_of(f"{few}/pair/MEX-USA.json?dataset=phoenix&by=day")}
    before = days["2025-03-04"]  # four weeks before the last day: Tuesday with Tuesday, never the begun week with a whole one
    told = "no value 4 weeks earlier" if before is None else f"4 weeks earlier: {formats.points(before)}"
    assert told in page.locator(".tile").first.inner_text()
    assert "from 4 Mar 2025 to 1 Apr 2025" in page.locator("#d-moved").inner_text()
    slider.press("Home")
    slider.press("ArrowRight")
    assert "not read" in slider.get_attribute("aria-valuetext")
    page.goto(f"{few}/briefing/MEX-USA?dataset=phoenix")
    said = page.locator("main").inner_text()
    assert "The data cover 2 of the 7 days of this week." in said
    assert "too few complete weeks for a comparison" in said
    page.close()


@pytest.mark.parametrize(
    ("path", "has_charts"),
    [
        ("/pair/USA-VEN?from=2025-01-01", True),
        ("/pair/HND-USA?from=2025-01-01", True),
        ("/pair/USA-VEN?part=days", True),
        ("/events?pair=USA-VEN", False),
        ("/event/usa-ven-0", False),
        ("/event/usa-ven-6", False),
        ("/briefing/USA-VEN?week=2025-03-24", False),
    ],
)
def test_23_hostile_titles_are_text_in_tables_marks_and_readings(browser, few, path, has_charts):
    page = browser.new_page(bypass_csp=True)  # so that nothing but the escaping stands in the way
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(few + path)
    if has_charts:
        drawn(page)
        for graph in page.locator(".js-plotly-plot:visible").all():
            box = graph.bounding_box()
            for part in (0.3, 0.6, 0.9):  # hover labels are made of titles too
                page.mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2)
    shown = page.locator("body").inner_text()
    assert any(" ".join(title.split()) in " ".join(shown.split()) for title in HOSTILE)
    assert page.locator("img[src=x], a[href^='javascript:'], svg a, [style*='300px']").count() == 0
    assert page.evaluate("window.owned") is None
    assert faults == []
    assert [url for url in asked if not url.startswith((few, "data:", "blob:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_23_hostile_titles_are_no_formulas_in_files_of_the_few(few):
    rows = page_at(f"{few}/events.csv?pair=USA-VEN")
    assert "'=HYPERLINK(" in rows
    assert not re.search(r"(^|,|\n)\"?=HYPERLINK", rows)

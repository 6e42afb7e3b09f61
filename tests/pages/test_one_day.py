"""No list compares values of different days; a record that ends is said to end; dates are two facts."""

import json
import re
import subprocess
import sys
from datetime import date, timedelta

import pandas as pd
import pytest

from bilateral import formats
from bilateral.ask import catalogue, coverage, time_series
from bilateral.ask.scopes import Scope
from bilateral.figures import lines
from bilateral.pages import standings
from bilateral.strings import texts
from bilateral.web.app import make_app
from material import ROOT, clean_environment

EARLIER = date(2026, 1, 10)


@pytest.fixture(scope="module")
def client(published):
    return make_app(published).server.test_client()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_an_age_and_days_back_are_counted_in_utc_whatever_the_zone_of_the_machine(published, zone):
    code = """if True:
        import sys
        from datetime import UTC, datetime
        from pathlib import Path
        from bilateral.monitoring import updates
        from bilateral.pages import address
        from bilateral.ask.warehouse import Warehouse
        status = Warehouse(Path(sys.argv[1])).ask("status").dropna(subset="last_day").iloc[0]
        since = address.parse("/", "?from=-5d", address.Known(("MEX-USA",), {}, ())).from_day
        now = datetime.now(UTC).date()
        print(status["age_days"] == updates.age_days(status["last_day"].date()), (now - since).days)
    """
    environment = clean_environment(ROOT) | {"TZ": zone}
    asked = [sys.executable, "-c", code, str(published)]
    ended = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True, timeout=120)
    assert ended.stdout == "True 5\n"


def plain(page: str) -> str:
    page = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def table_rows(page: str) -> list[str]:
    table = page.split('id="table-pairs"')[1].split("</table>")[0]
    return [plain(row) for row in table.split("<tr>")[2:]]


@pytest.mark.parametrize("day", [None, EARLIER, date(2020, 5, 5), date(2199, 1, 1)])
def test_all_pairs_have_the_values_of_one_day_and_the_counts_of_one_window(warehouse, snapshot, day):
    pairs = catalogue.pairs(warehouse, "chronology", day)
    (shown,) = set(pairs["day"].dt.date)
    (newest,) = snapshot.execute("select max(day) from indicator_day where dataset = 'chronology'").fetchone()
    assert shown == min(day or newest, newest)
    for row in pairs.to_dict("records"):
        value = snapshot.execute(
            "select balance from indicator_day where dataset = 'chronology' and dyad = ? and day = ?", [row["dyad"], shown]
        ).fetchone()
        assert (None if formats.is_missing(row["balance"]) else row["balance"]) == (value[0] if value else None)
        (n,) = snapshot.execute(
            "select count(*) from events where dataset = 'chronology' and dyad = ? and event_day > ? and event_day <= ?",
            [row["dyad"], shown - timedelta(days=365), shown],
        ).fetchone()
        assert row["n_events"] == n
        (end,) = snapshot.execute(
            "select max(event_day) from events where dataset = 'chronology' and dyad = ?", [row["dyad"]]
        ).fetchone()
        assert row["record_end"].date() == end
        assert row["is_compared"] == (end >= shown and value is not None)


@pytest.mark.parametrize("asked", ["", f"?day={EARLIER}"])
def test_the_api_gives_all_pairs_on_one_day_with_the_verdict_of_the_tables(client, snapshot, asked):
    rows = client.get(f"/api/v1/dyads{asked}").get_json()["data"]
    assert len({row["day"] for row in rows}) == 1
    for row in rows:
        kept = snapshot.execute(
            "select balance_verdict from indicator_day where dataset = 'chronology' and dyad = ? and day = ?",
            [row["dyad"], row["day"]],
        ).fetchone()
        assert row["verdict"] == (kept[0] if kept else None)


@pytest.mark.parametrize(("path", "lang"), [("/", "en"), ("/", "es"), ("/compare", "en"), ("/compare", "es")])
def test_a_pair_whose_record_ends_earlier_is_grey_says_so_and_the_list_names_its_day(client, warehouse, path, lang):
    text = texts(lang)
    pairs = standings.on_one_day(warehouse, "chronology", None)
    assert pairs["day"].iloc[0].date() == standings.common_day(pairs)  # the newest day that half of the records reach
    page = client.get(f"{path}?lang={lang}").text
    rows = table_rows(page)
    assert f"365 {'days to' if lang == 'en' else 'días hasta el'} {formats.day(pairs['day'].iloc[0].date(), text)}" in plain(page)
    ended = pairs[~pairs["is_compared"]]
    assert len(ended) > 7
    for row in ended.to_dict("records"):
        (told,) = (line for line in rows if row[f"name_{lang}"] in line)
        assert text("updates.ends", day=formats.day(row["record_end"].date(), text)) in told
    assert page.split('id="table-pairs"')[1].split("</table>")[0].count('class="ended"') >= 5 * len(ended)


@pytest.mark.parametrize("sort", ["balance", "change", "events"])
@pytest.mark.parametrize("day", [None, EARLIER])
def test_a_pair_that_is_not_compared_stands_in_no_ranking(client, warehouse, sort, day):
    column = {"events": "n_events"}.get(sort, sort)
    pairs = standings.on_one_day(warehouse, "chronology", day)
    pairs = pairs.assign(change=pairs["balance"] - pairs["balance_before"]).set_index("name_en")
    rows = table_rows(client.get(f"/compare?sort={sort}" + (f"&to={day}" if day else "")).text)
    names = [next(name for name in pairs.index if name in row) for row in rows]
    assert sorted(names) == sorted(pairs.index)
    compared = [name for name in names if pairs.loc[name, "is_compared"]]
    assert names[: len(compared)] == compared
    values = [value for value in pairs.loc[compared, column] if not formats.is_missing(value)]
    assert values == sorted(values, reverse=True)


def test_small_charts_the_moves_and_the_table_give_the_values_of_the_day_of_the_first_page(client, warehouse):
    day = standings.common_day(catalogue.pairs(warehouse, "chronology"))
    common = formats.day(day, texts("en"))
    assert f"All pairs on {common}" in plain(client.get("/").text)
    page = client.get("/compare?pairs=COL-USA~MEX-USA~COL-MEX").text
    for said in (
        f"Every value on this page is of {common}, the newest day",
        f"Biggest moves, 28 days to {common}",
        f"365 days to {common}",
    ):
        assert said in plain(page)
    said = re.findall(r'id="d-small-\d"[^>]*>([^<]*)<', page)
    assert len([sentence for sentence in said if sentence]) == 3
    assert all(sentence.startswith(f"{common}: ") for sentence in said if sentence)
    assert sum("too few" in sentence for sentence in said) == 1


def test_pairs_with_newer_records_are_one_link_away_from_their_own_last_common_day(client, warehouse):
    ends = catalogue.pairs(warehouse, "chronology").set_index("dyad")["record_end"]
    own = ends[["MEX-USA", "CAN-USA"]].min().date()
    page = client.get("/compare?pairs=MEX-USA~CAN-USA").text
    assert f'href="/compare?to={own}&amp;pairs=MEX-USA~CAN-USA"' in page
    later = plain(client.get(f"/compare?pairs=MEX-USA~CAN-USA&to={own}").text)
    assert f"Every value on this page is of {formats.day(own, texts('en'))}. last check for new events" in later


def test_a_series_goes_on_to_the_common_day_with_wider_band_and_falling_state(snapshot):
    """COL-USA after its last act, day by day."""
    rows = snapshot.execute("""
        select evidence, balance_high - balance_low, state, is_covered, friction from indicator_day
        where dataset = 'chronology' and dyad = 'COL-USA'
            and day >= (select max(event_day) from events where dataset = 'chronology' and dyad = 'COL-USA')
        order by day
    """).fetchall()
    assert rows[0][3]
    assert not any(row[3] for row in rows[1:])
    assert [row[0] for row in rows] == pytest.approx([rows[0][0]] * len(rows))  # evidence stays; what is left of it fades
    assert rows[60][1] > rows[30][1] > rows[0][1]
    assert [row[2] for row in rows[29:60]] == ["partial"] * 31
    order = ["ok", "thin", "partial", "too few"]
    places = [order.index(row[2]) for row in rows]
    assert places == sorted(places)
    assert rows[100][4] == pytest.approx(rows[0][4])  # unread days are no days without friction


def test_pairs_of_a_dataset_end_on_its_newest_day_and_days_after_the_record_are_not_read(run_model):
    """A second case: two curated pairs, and a machine-coded one whose gap stays a gap."""
    lines = run_model(
        "core.calendar",
        columns=("dataset", "dyad", "day", "is_read", "is_after_record"),
        staging_datasets="dataset  is_curated\nmine  true\ngdelt  false",
        staging_method="preliminary_days\n2",
        core_density_breaks="dataset  dyad  day",
        core_dyad_day="""
        dataset  dyad     domain  day
        mine     MEX-USA  all     2025-03-01
        mine     CAN-USA  all     2025-03-02
        gdelt    MEX-USA  all     2025-03-01
        """,
        core_coverage="""
        dataset  dyad     day         state
        mine     MEX-USA  2025-03-01  curated
        mine     CAN-USA  2025-03-02  curated
        mine     CAN-USA  2025-03-03  curated
        gdelt    *        2025-03-01  read
        gdelt    *        2025-03-03  read
        """,
    )
    assert lines == [
        "gdelt MEX-USA 2025-03-01 true false",
        "gdelt MEX-USA 2025-03-02 false false",
        "gdelt MEX-USA 2025-03-03 true false",
        "mine CAN-USA 2025-03-02 true false",
        "mine CAN-USA 2025-03-03 true false",
        "mine MEX-USA 2025-03-01 true false",
        "mine MEX-USA 2025-03-02 false true",
        "mine MEX-USA 2025-03-03 false true",
    ]


@pytest.mark.parametrize(("lang", "said"), [("en", "no coverage after"), ("es", "sin cobertura después")])
def test_the_chart_of_a_pair_marks_where_its_record_ends(client, warehouse, lang, said):
    assert said in plain(client.get(f"/pair/COL-USA?lang={lang}").text)
    first, end = coverage.record(warehouse, "chronology", "COL-USA")
    scope = Scope("chronology", "COL-USA", "all", 90, is_kept=True)
    rows = time_series.series(warehouse, scope, "month", first, coverage.span(warehouse, "chronology", "COL-USA")[1])
    marks = pd.DataFrame({"event_day": [], "number": []})
    figure = lines.line(rows, marks, [""] * len(rows), texts(lang), record_end=end)
    assert [note["x"] for note in figure["layout"]["annotations"] if note["text"].startswith(said)] == [str(end)]
    (firm,) = (trace for trace in figure["data"] if trace["name"] == "firm")
    assert all(day <= str(end) for day in firm["x"] if day)


def test_the_briefing_is_of_a_week_that_was_read_and_of_one_day(client, snapshot):
    (end,) = snapshot.execute("select max(event_day) from events where dataset = 'chronology' and dyad = 'COL-USA'").fetchone()
    page = plain(client.get("/briefing/COL-USA").text)
    assert f"Balance on {formats.day(end, texts('en'))}" in page


def test_two_facts_stand_on_every_page_with_data(client):
    for path in ("/", "/pair/COL-USA", "/compare", "/events", "/measures", "/briefing/MEX-USA"):
        page = plain(client.get(path).text)
        assert "last check for new events" in page, path
        assert re.search(r"newest event found: \d+ \w+ 20\d\d, (1 day|[\d,]+ days) ago", page), path


def test_health_and_the_status_say_when_the_update_ran_and_how_old_the_newest_event_is(client, snapshot):
    body = json.loads(client.get("/health").data)
    newest = {row["dataset"]: row for row in body["newest_events"]}
    (day,) = snapshot.execute("select max(event_day)::varchar from events where dataset = 'chronology'").fetchone()
    assert newest["chronology"]["day"] == day
    assert newest["chronology"]["is_old"] == (newest["chronology"]["age_days"] > 30)
    assert body["last_success"]
    rows = {row["dataset"]: row for row in client.get("/api/v1/status").get_json()["data"]}
    assert rows["chronology"]["age_days"] == newest["chronology"]["age_days"]
    assert rows["chronology"]["updated_at"]
    assert "days ago)" in plain(client.get("/status").text)


def test_nothing_that_readers_see_is_called_fresh():
    rooms = ("pages", "monitoring", "ask", "web")
    files = [
        *(ROOT / "dashboard" / "strings").glob("*.toml"),
        *(path for room in rooms for path in (ROOT / "dashboard" / room).glob("*.py")),
    ]
    files += [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"]
    found = [
        f"{path.name}: {line}"
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"(?i)\bfresh", line)
    ]
    assert found == []

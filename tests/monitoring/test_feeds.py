"""Feeds of material changes: what is in them, in which words, and that they parse."""

import json
import re
import shutil
from datetime import date, datetime
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import icalendar
import pytest
import vobject

from bilateral.ask import policy_measures
from bilateral.ask.warehouse import Warehouse
from bilateral.compute.runner import Runner
from bilateral.monitoring.alerts import Rule, read_rules
from bilateral.monitoring.calendars import ics
from bilateral.monitoring.changes import Change, changes
from bilateral.monitoring.feeds import ATOM, atom
from bilateral.publish import checksums, forecasts, snapshots
from bilateral.today import today
from bilateral.web.app import make_app
from material import ROOT


@pytest.fixture(scope="module")
def web(published):
    return make_app(published).server.test_client()


def entries(content: bytes) -> list[dict[str, str]]:
    found = ElementTree.fromstring(content).findall(f"{{{ATOM}}}entry")
    return [
        {child.tag.removeprefix(f"{{{ATOM}}}"): child.text or child.attrib.get("href", "") for child in entry} for entry in found
    ]


def test_the_atom_feed_tells_the_reason_in_each_title(web):
    answer = web.get("/feeds/changes.atom")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    titles = [entry["title"] for entry in entries(answer.data)]
    surcharge = "United States – Mexico: “Balance-of-payments surcharge” is now expired (before: exempted)"
    tariff = (
        "United States – Mexico: “A 10% Section 301 tariff replaces the surcharge on Mexican goods outside the USMCA.” "
        "(coded as Impose tariffs, embargo or sanctions, score −8.0)"
    )
    assert {surcharge, tariff} <= set(titles)


def test_a_page_names_the_feed_for_readers_of_feeds(web):
    assert '<link rel="alternate" type="application/atom+xml" href="/feeds/changes.atom">' in web.get("/").data.decode()


def test_both_feeds_have_the_same_entries_newest_first(web):
    by_atom = entries(web.get("/feeds/changes.atom").data)
    by_json = json.loads(web.get("/feeds/changes.json").data)
    assert [entry["id"] for entry in by_atom] == [item["id"] for item in by_json["items"]]
    assert len({entry["id"] for entry in by_atom}) == len(by_atom) > 5
    days = [item["date_published"] for item in by_json["items"]]
    assert days == sorted(days, reverse=True)
    assert by_json["items"][0]["_bilateral"].keys() == {"kind", "dyad", "dataset", "value", "state"}


def test_a_feed_is_narrowed_to_a_pair_a_language_and_a_score(web):
    cuba = json.loads(web.get("/feeds/changes.json?dyad=CUB-USA&lang=es").data)["items"]
    assert cuba
    assert all(item["title"].startswith("Estados Unidos – Cuba: ") for item in cuba)
    high = json.loads(web.get("/feeds/changes.json?min_score=9").data)["items"]
    assert all(item["_bilateral"]["kind"] != "act" or abs(item["_bilateral"]["value"]) >= 9 for item in high)


@pytest.mark.parametrize("query", ["?min_score=many", "?min_score=nan", "?lang=xx", "?" + "x=1&" * 50])
def test_bad_parameters_give_a_feed_that_parses(web, query):
    answer = web.get("/feeds/changes.atom" + query)
    assert answer.status_code == 200
    ElementTree.fromstring(answer.data)


def test_a_pair_is_named_in_any_order_and_one_that_is_none_is_404(web):
    assert (
        entries(web.get("/feeds/changes.atom?dyad=usa-mex").data)
        == entries(web.get("/feeds/changes.atom?dyad=MEX-USA").data)
        != []
    )
    for asked in ("XXX-USA", "%00", "<b>"):
        answer = web.get(f"/feeds/changes.atom?dyad={asked}")
        assert (answer.status_code, answer.mimetype) == (404, "text/plain")
        assert "the pairs are MEX-USA, CAN-USA, " in answer.text


@pytest.mark.parametrize("path", ["/feeds/", "/feeds/nothing.atom", "/api/", "/_dash"])
def test_an_address_that_is_none_is_404_also_beside_the_pages(web, path):
    assert web.get(path).status_code == 404


def test_a_feed_that_did_not_change_is_304(web):
    etag = web.get("/feeds/changes.atom").headers["ETag"]
    assert web.get("/feeds/changes.atom", headers={"If-None-Match": etag}).status_code == 304


def test_another_ending_is_404_and_says_what_there_is(web):
    answer = web.get("/feeds/changes.rss")
    assert (answer.status_code, answer.data) == (404, b"A feed ends in .atom, .json or .ics.")


def test_every_page_that_an_entry_names_is_there(web):
    paths = {item["url"].removeprefix("http://localhost") for item in json.loads(web.get("/feeds/changes.json").data)["items"]}
    assert {web.get(path).status_code for path in sorted(paths)[:3]} == {200}


def test_hostile_titles_stay_text():
    change = Change(
        "act-1", "act", date(2025, 1, 1), "MEX-USA", "gdelt", "<script>\x08&\x00 ]]>", "t", "/pair/MEX-USA", -8.0, None
    )
    (entry,) = entries(atom([change], "t", "http://x", "http://x/f"))
    assert entry["title"] == "<script>& ]]>"


def test_momentum_is_told_on_the_day_on_which_its_band_leaves_zero_and_only_with_evidence(published, tmp_path):
    data = shutil.copytree(published, tmp_path / "data")
    path = snapshots.current(data)
    with duckdb.connect(str(path)) as connection:
        (last,) = connection.execute("select max(event_day) from events").fetchone()
        connection.execute("create table standing as from indicator_day; drop view if exists main.indicator_day")
        connection.execute("create table main.indicator_day as from standing")
        connection.execute(
            """
            update main.indicator_day set momentum = 40, momentum_low = case when day >= ?::date - 3 then 5 else -5 end,
                momentum_high = 80, momentum_state = case when dyad = 'CAN-USA' then 'thin' else 'ok' end
            where dyad in ('MEX-USA', 'CAN-USA', 'USA>MEX')
            """,
            [last],
        )
        connection.execute("checkpoint")
    checksums.write(path)
    found = [change for change in changes(Warehouse(data)) if change.kind == "momentum" and change.day.year == last.year]
    told = [change for change in found if change.dyad in ("MEX-USA", "CAN-USA")]
    assert [(change.dyad, change.value) for change in told] == [("MEX-USA", 40.0)]
    assert told[0].title == (
        "United States – Mexico: last 28 days v previous 28: +40 points (95% interval +5 to +80), now a significant change"
    )


def test_a_shift_of_the_level_is_told_with_both_levels_for_pairs_and_all_subjects_alone(published, tmp_path):
    """The shipped record has none that is more than chance, so two are put into a copy: one of a pair, one of a direction."""
    data = shutil.copytree(published, tmp_path / "data")
    path = snapshots.current(data)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table shifts as from change_points; drop view main.change_points")
        connection.execute("create table main.change_points as from shifts")
        connection.execute(
            """
            insert into main.change_points by name
            select dataset, unnest(['USA-VEN', 'USA>VEN']) as dyad, 'all' as domain, max(event_day) as day,
                152.4 as size, -52.4 as before, 100.0 as after
            from events where dataset = 'chronology' and dyad = 'USA-VEN' group by dataset
            """
        )
        connection.execute("checkpoint")
    checksums.write(path)
    told = [change for change in changes(Warehouse(data)) if change.kind == "change_point"]
    assert [change.title for change in told] == ["United States – Venezuela: the level changed by +152 points, from −52 to +100"]


def test_a_pair_and_a_subject_have_feeds_of_their_own(web):
    pair = web.get("/feeds/usa-mex.atom")
    assert pair.status_code == 200
    assert entries(pair.data) == entries(web.get("/feeds/changes.atom?dyad=MEX-USA").data) != []
    told = json.loads(web.get("/feeds/MEX-USA.json?domain=trade&lang=es").data)
    assert told["title"] == "bilateral: cambios relevantes: Estados Unidos – México, Comercio"
    kinds = {item["_bilateral"]["kind"] for item in told["items"]}
    assert kinds <= {"measure", "act"}
    assert 0 < len(told["items"]) < len(json.loads(web.get("/feeds/MEX-USA.json").data)["items"])
    assert json.loads(web.get("/feeds/MEX-PER.json").data)["items"], "a pair whose record ended earlier has its last changes"


@pytest.mark.parametrize("path", ["/feeds/XXX-USA.atom", "/feeds/MEX-USA.atom?domain=tariffs", "/feeds/MEX-USA.rss"])
def test_a_feed_of_no_pair_subject_or_form_is_404(web, path):
    answer = web.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")


def test_the_calendar_has_changes_and_dates_to_come_as_whole_days(web, published):
    answer = web.get("/feeds/MEX-USA.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    lines = answer.data.decode().split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert max(len(line.encode()) for line in lines) <= 75
    whole = answer.data.decode().replace("\r\n ", "")
    days = re.findall(r"DTSTART;VALUE=DATE:(\d{8})\r\nDTEND;VALUE=DATE:(\d{8})", whole)
    assert len(days) == whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") > 5
    assert all(first < last for first, last in days)
    ahead = policy_measures.coming_up(Warehouse(published), today(), date.max, "MEX-USA")
    assert len(ahead) > 3
    assert {f"{row.day:%Y%m%d}" for row in ahead.itertuples()} <= {day for day, _ in days}
    assert "SUMMARY:First yearly review of the USMCA\r" in whole
    assert "SUMMARY:Primera revisión anual del T-MEC\r" in web.get("/feeds/MEX-USA.ics?lang=es").text.replace("\r\n ", "")
    ids = re.findall(r"UID:(.*)\r", whole)
    assert len(set(ids)) == len(ids)
    assert web.get("/feeds/MEX-USA.ics", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_signs_of_a_calendar_stay_text():
    change = Change("a,b", "act", date(2025, 1, 1), "MEX-USA", "gdelt", "a; b, c\\d\r\nEND:VCALENDAR", "é" * 60, "/x", -8.0, None)
    made = ics([change], "t", "http://x", "").decode()
    assert "SUMMARY:a\\; b\\, c\\\\d" in made
    assert made.split("\r\n").count("END:VCALENDAR") == 1
    assert "".join(made.split("\r\n ")).count("é" * 60) == 1


def test_a_page_names_its_feeds_and_the_rule_that_it_prints_is_read(web, tmp_path):
    page = web.get("/pair/MEX-USA?domain=trade").text
    for path in ("/feeds/MEX-USA.atom?domain=trade", "/feeds/MEX-USA.json?domain=trade", "/feeds/MEX-USA.ics?domain=trade"):
        assert f'href="{path}"' in page
        assert web.get(path).status_code == 200
    assert 'href="/follow?pair=MEX-USA&amp;domain=trade"' in page
    asked = "/follow?pair=COL-USA&domain=migration&what=events&least=8&wait=168&to=slack&lang=es"
    for feed in re.findall(r'href="(/feeds/[^"]+)"', web.get(asked).text):
        assert web.get(unescape(feed)).status_code == 200, feed
    assert 'href="/feeds/forecasts.atom?dyad=COL-USA&amp;domain=migration&amp;lang=es"' in web.get(asked).text
    written = unescape(re.search(r'<pre id="rule"[^>]*>(.*?)</pre>', web.get(asked).text, re.DOTALL)[1])
    path = tmp_path / "alerts.toml"
    path.write_text(written.replace("…", "x"), encoding="utf-8")
    (rule,) = read_rules(path)
    assert (rule.dyads, rule.domains, rule.kinds, rule.min_score) == (("COL-USA",), ("migration",), ("act",), 8)
    assert (rule.cool_down_hours, rule.lang, rule.markup, bool(rule.webhook)) == (168, "es", "slack", True)
    path.write_text(
        unescape(re.search(r'<pre id="rule"[^>]*>(.*?)</pre>', web.get("/follow?pair=all&to=command").text, re.DOTALL)[1])
    )
    (rule,) = read_rules(path)
    assert (rule.dyads, rule.domains, rule.command) == ((), (), ("cat",))


def test_a_rule_with_subjects_wants_changes_of_them_alone():
    change = Change("c", "act", date(2025, 1, 1), "MEX-USA", "chronology", "t", "t", "/x", -8.0, None, "trade")
    assert Rule(name="a", domains=("trade",), command=("cat",)).wants(change)
    assert not Rule(name="a", domains=("migration",), command=("cat",)).wants(change)


def settle(published, folder) -> Path:
    """A copy of the shipped data with a forecast of March 2025 that was settled, entered as a refresh enters it."""
    data = folder / "data"
    shutil.copytree(published, data)
    path = snapshots.current(data)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        runner = Runner(connection, ROOT / "queries")
        for day in (date(2025, 3, 4), date(2025, 4, 20)):
            connection.execute("set variable today = ?::date", [day])
            forecasts.enter(runner, day, datetime(day.year, day.month, day.day, 6), f"{day:%Y%m%d}T060000.000000Z")
    checksums.write(path)
    return data


def test_answers_to_forecasts_are_a_feed_of_their_own(published, tmp_path):
    client = make_app(settle(published, tmp_path)).server.test_client()
    told = json.loads(client.get("/feeds/forecasts.json").data)
    by_atom = entries(client.get("/feeds/forecasts.atom").data)
    assert [entry["id"] for entry in by_atom] == [item["id"] for item in told["items"]]
    assert len(by_atom) > 5
    assert {item["_bilateral"]["state"] for item in told["items"]} <= {"yes", "no", "unread", "void"}
    assert any(
        re.fullmatch(r"United States – Mexico: it came, chance given \d+% \(plain past rate \d+%\)", entry["title"])
        for entry in by_atom
    )
    assert "ocurrió" in client.get("/feeds/forecasts.atom?lang=es").text
    one = json.loads(client.get("/feeds/forecasts.json?dyad=CAN-USA").data)["items"]
    assert one
    assert {item["_bilateral"]["dyad"] for item in one} == {"CAN-USA"}
    assert client.get("/feeds/forecasts.json?dyad=AAA-BBB").status_code == 404


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("path", ["/feeds/calendar.ics", "/feeds/MEX-USA.ics"])
def test_two_other_programs_open_the_calendars_and_see_the_same_days(web, warehouse, path, lang):
    content = web.get(f"{path}?lang={lang}").data
    one = {
        str(event["UID"]): (event["DTSTART"].dt, str(event["SUMMARY"]))
        for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
    }
    other = {
        event.uid.value: (event.dtstart.value, event.summary.value) for event in vobject.readOne(content.decode()).vevent_list
    }
    assert one == other
    ahead = policy_measures.coming_up(warehouse, today(), date.max)
    if path == "/feeds/calendar.ics":
        assert sorted(day for day, _ in one.values()) == sorted(day.date() for day in ahead["day"])
    else:
        assert len(one) > len(ahead)  # and what changed


def test_the_calendar_of_all_pairs_is_a_calendar_alone(web):
    answer = web.get("/feeds/calendar.atom")
    assert (answer.status_code, answer.data) == (404, b"The calendar ends in .ics.")
    assert web.get("/feeds/calendar.ics").content_type == "text/calendar; charset=utf-8"

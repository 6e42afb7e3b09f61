"""Sources of outcomes on loopback: what is asked, what is told of failures, and that keys are told nowhere."""

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bilateral.exits import Exit, Stop
from bilateral.outcomes import source_list
from bilateral.outcomes.asking import Asked, Asker, Known, files_of_manifest, newest_link
from bilateral.outcomes.source_list import Source
from bilateral.sources.unpacking import FileRefused
from bilateral.today import today
from intake.site import QUICK, Reply, site_on_loopback
from outcomes.conftest import SAMPLES

PESO = b"observation_date,DEXMXUS\n2025-03-27,20.10\n2025-03-28,20.20\n"
SECRET = "made-secret-of-the-user"


@pytest.fixture
def site():
    with site_on_loopback() as site:
        yield site


def asked(source: Source, key: str = "", **newest: date | None) -> list:
    """What a source gives, content or reason."""
    given = []
    for offer in Asker(replace(source, pause_s=0.0), key, QUICK).offers(Known(newest or {"DEXMXUS": None})):
        try:
            given.append((offer.address, offer.content()))
        except FileRefused as refusal:
            given.append((offer.address, str(refusal)))
    return given


# ------------------------------------------------------------------ one source


def test_each_series_is_asked_for_from_some_time_before_what_is_known_of_it(site):
    source = Source("fredgraph", (site.address + "/fredgraph.csv?id={key}&cosd={since}",), window=timedelta(days=60))
    site.say("/fredgraph.csv", PESO)
    found = asked(source, DEXMXUS=date(2025, 3, 28), DEXCAUS=None)
    assert site.paths() == ["/fredgraph.csv?id=DEXMXUS&cosd=2025-01-27", "/fredgraph.csv?id=DEXCAUS&cosd=2016-01-01"]
    assert found[0] == (site.address + "/fredgraph.csv?id=DEXMXUS&cosd=2025-01-27", PESO)


def test_a_token_goes_in_a_header_and_a_key_in_the_question_and_neither_into_the_shown_address(site):
    site.say("/datos/A,B/2016-01", b"{}")
    site.say("/hs", b"[]")
    token = Source("sie", (site.address + "/datos/{keys}/{since_month}",), key="banxico_token", key_name="Bmx-Token")
    ((address, content),) = asked(token, SECRET, A=None, B=None)
    assert (address, content) == (site.address + "/datos/A,B/2016-01", b"{}")
    key = Source(
        "census", (site.address + "/hs?get=A&CTY_CODE=1&CTY_CODE=2&time=from+{since_month}",), key="census_key", key_name="key"
    )
    ((address, content),) = asked(key, SECRET)
    assert address == site.address + "/hs?get=A&CTY_CODE=1&CTY_CODE=2&time=from+2016-01"
    (first, headers, _), (second, others, _) = [request for request in site.asked if request[0] != "/robots.txt"]
    assert (headers["Bmx-Token"], SECRET in first) == (SECRET, False)
    assert "CTY_CODE=1&CTY_CODE=2" in second
    assert second.endswith(f"&key={SECRET}")
    assert others["Bmx-Token"] is None
    assert all("Bmx-Token" not in headers and SECRET not in path for path, headers, _ in site.asked if path == "/robots.txt")


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"", 404), "the source answers 404 for"),
        (Reply(b"", 403), "answers 403"),
        (Reply(b"", 500), "answers 500"),
        (Reply(b"", 429, {"Retry-After": "9999"}), "asks to come back after 9999"),
        (Reply(b"", 302, {"Location": "https://elsewhere.example.org/?key=" + SECRET}), "redirects to https://elsewhere.example.org, which is not configured"),
        (Reply(b"12345", promised=100), "cannot be read"),
    ],
)  # fmt: skip
def test_what_fails_is_an_offer_with_the_reason_and_without_the_key(site, reply, said):
    site.say("/hs", reply)
    source = Source("census", (site.address + "/hs?get=A",), key="census_key", key_name="key")
    ((address, reason),) = asked(source, SECRET)
    assert said in reason
    assert SECRET not in address + reason


def test_nothing_is_asked_where_robots_txt_does_not_allow_it(site):
    site.say("/robots.txt", b"User-agent: *\nDisallow: /private\n")
    ((_, reason),) = asked(Source("fredgraph", (site.address + "/private/x.csv",)))
    assert (site.paths(), "robots.txt" in reason) == ([], True)
    site.say("/robots.txt", Reply(b"", 503))
    ((_, reason),) = asked(Source("fredgraph", (site.address + "/open/x.csv",)))
    assert (site.paths(), "answers 503" in reason) == ([], True)


def test_nothing_came_is_told_as_that(site, shelf):
    site.say("/hs", Reply(b"", 204))
    ((address, content),) = asked(Source("census", (site.address + "/hs",)))
    result = shelf.load(content, address, reader="census")
    assert "it is empty; a source without what was asked answers with nothing (status 204)" in result.refusal


# ------------------------------------------------------------------ pages and manifests


def test_the_newest_file_of_a_page_is_taken(site):
    form = r"sbo-encounters-fy\d\d-fy\d\d(-[a-z]{3})?\.csv"
    page = (
        b'<a href="/sites/default/files/2026-04/sbo-encounters-fy23-fy26-mar.csv">old</a> <a href="/other.csv">x</a>'
        b'<a href="/sites/default/files/2026-05/sbo-encounters-fy23-fy26-apr.csv">new</a>'
    )
    site.say("/document", page)
    site.say("/sites/default/files/2026-05/sbo-encounters-fy23-fy26-apr.csv", b"data")
    ((address, content),) = asked(Source("cbp", (site.address + "/document",), through="page", wanted=form))
    assert (address, content) == (site.address + "/sites/default/files/2026-05/sbo-encounters-fy23-fy26-apr.csv", b"data")
    with pytest.raises(FileRefused, match="links to no file such as"):
        newest_link(site.address, b"<a href='/new.csv'>", form)


def test_a_file_that_its_manifest_lists_is_held_to_its_checksum(site):
    content = b"date,weighted_etr\n2025-03-28,0.068\n"
    entry = {"name": "daily_overall", "path": "data/daily_overall_2026-06-09.csv", "sha256": "0" * 64}
    source = Source("yale", (site.address + "/release/MANIFEST.json",), through="manifest", wanted="daily_overall")
    site.say("/release/MANIFEST.json", json.dumps({"files": [entry]}).encode())
    site.say("/release/data/daily_overall_2026-06-09.csv", content)
    assert "is not the file that its manifest lists" in asked(source)[0][1]
    entry["sha256"] = hashlib.sha256(content).hexdigest()
    site.say("/release/MANIFEST.json", json.dumps({"files": [entry]}).encode())
    assert asked(source) == [(site.address + "/release/data/daily_overall_2026-06-09.csv", content)]
    with pytest.raises(FileRefused, match="as expected"):
        files_of_manifest(b"{}", ["daily_overall"])


# ------------------------------------------------------------------ when, and which


def test_a_source_is_asked_once_a_day_and_an_hour_after_it_failed():
    source = Source("ft900", ("http://127.0.0.1/x",))
    now = datetime(2026, 11, 30, 12)
    assert Known({}).is_due(source, now)
    assert not Known({}, now - timedelta(hours=19)).is_due(source, now)
    assert Known({}, now - timedelta(hours=20)).is_due(source, now)
    assert not Known({}, now - timedelta(minutes=59), is_failing=True).is_due(source, now)
    assert Known({}, now - timedelta(hours=1), is_failing=True).is_due(source, now)


def test_the_shipped_list_can_be_used_and_names_a_reader_in_each_line():
    names = ("ft900", "fredgraph", "sie", "bts", "cbp", "mts", "census", "yale")
    sources = source_list.chosen(names)
    assert [source.source for source in sources] == list(names)
    assert all(address.startswith("https://") for source in sources for address in source.addresses)
    assert {source.source: source.key for source in sources if source.key} == {"sie": "banxico_token", "census": "census_key"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source\nft900\n", "is no list of sources"),
        ("source,addresses\nnobody,http://x\n", "line 2: source 'nobody' is not one of ft900"),
        ("source,addresses\nft900,ftp://x\n", "line 2: addresses begin with https:// or http://"),
        ("source,addresses,through\nft900,http://x,tunnel\n", "line 2: through 'tunnel' is none of"),
        ("source,addresses,pause_s\nft900,http://x,soon\n", "line 2: window_days, every_hours, pause_s are numbers"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_with_its_line(tmp_path, text, said):
    own = tmp_path / "own.csv"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(Stop, match=said) as stop:
        source_list.chosen(["ft900"], own)
    assert stop.value.code == Exit.CONFIGURATION


def test_a_source_that_nobody_knows_is_refused():
    with pytest.raises(Stop, match="'fx' is no source of outcomes; choose from ft900"):
        source_list.chosen(["fx"])


# ------------------------------------------------------------------ in a refresh


def test_a_refresh_asks_what_is_due_and_the_rest_goes_on(house, site):
    site.say("/country.xlsx", (SAMPLES / "country.xlsx").read_bytes())
    sources = tuple(
        Source(name, (f"{site.address}/{path}",), pause_s=0.0) for name, path in (("ft900", "country.xlsx"), ("mts", "none"))
    )
    result = house.refresh(outcomes=Asked(sources=sources))
    assert [(file.rows_accepted, bool(file.refusal)) for file in result.files] == [(532, False), (0, True)]
    assert house.rows("select distinct status, known_from from outcomes") == [("observed", today())]
    assert "the source answers 404" in result.message  # where no table tells it before the next build
    assert house.refresh(outcomes=Asked(sources=sources)).files == ()  # neither is due
    assert site.paths() == ["/country.xlsx", "/none"]
    house.refresh(outcomes=Asked(sources=sources[:1], is_due_only=False))
    assert house.rows("select count(*) from outcomes") == [(532,)]


def test_a_key_is_in_no_log_no_message_and_no_table(command, site, small_data, small_tree, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(small_data, data)
    own = tmp_path / "own.csv"
    own.write_text(f"source,addresses,key,key_name,pause_s\ncensus,{site.address}/hs?get=A,census_key,key,0\n", encoding="utf-8")
    site.say("/hs", Reply(b"", 500), Reply(b"", 500), Reply(b"<html><title>Invalid Key</title></html>"))
    given = {"BILATERAL_OUTCOME_SOURCES": "census", "BILATERAL_OUTCOME_FILE": str(own), "BILATERAL_CENSUS_KEY": SECRET}
    ended = command("load", "outcomes", data=data, tree=small_tree, BILATERAL_LOG="json", **given)
    refreshed = command("refresh", data=data, tree=small_tree, BILATERAL_LOG="json", **given)
    assert (ended.code, refreshed.code) == (Exit.UNAVAILABLE, Exit.DONE)
    assert site.paths()[0].endswith(f"key={SECRET}")
    assert "a web page titled 'Invalid Key' and no data" in ended.out + ended.err
    assert SECRET not in ended.out + ended.err + refreshed.out + refreshed.err
    kept = [path for path in data.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert kept == []


def test_nothing_is_asked_unless_a_source_is_switched_on(command, tmp_path):
    ended = command("load", "outcomes", data=tmp_path)
    assert ended.code == Exit.CONFIGURATION
    assert "no source of outcomes is switched on" in ended.err

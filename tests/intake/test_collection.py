"""Sources on loopback that answer well and badly: what is kept, what is told, and that nothing is lost or kept twice."""

import gzip
import json
import shutil
import signal
import ssl
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bilateral.exits import Exit
from bilateral.intake import record, store
from bilateral.intake.collection import Outcome, collect, read_saved
from bilateral.intake.source_list import Source
from material import ROOT, clean_environment

from .site import QUICK, Reply, kept, site_on_loopback, states

CHALLENGE = b"<!DOCTYPE html><html><head><title>Challenge Validation</title></head><body></body></html>"


def feed(*entries: tuple[str, str, str]) -> bytes:
    """A made RSS feed of entries with guid, title and text."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title><link>https://news.example.org/{guid}</link>"
        f"<pubDate>Wed, 19 Aug 2026 11:15:00 +0000</pubDate><description>{text}</description></item>"
        for guid, title, text in entries
    )
    return f"<rss version='2.0'><channel><title>Made feed</title>{items}</channel></rss>".encode()


ONE, TWO = ("made-1", "Made title one", "Made text."), ("made-2", "Made title two", "Made text of the second.")


# ------------------------------------------------------------------ answers as they should be


def test_a_feed_is_kept_once_with_the_body_it_was_read_from(site, run, tmp_path):
    site.say("/feed", Reply(feed(ONE), headers={"Content-Type": "application/rss+xml"}))
    assert run(site.source("/feed")) == Outcome("made-feed", "ok", "made-feed: 1 new item", 1)
    assert kept(tmp_path) == [("made-1", "Made text.")]
    with store.open(tmp_path) as connection:
        (item,) = store.uncoded(connection)
    assert gzip.decompress((tmp_path / "intake" / "raw" / f"{item.raw_sha256}.gz").read_bytes()) == feed(ONE)
    assert (item.published_at, item.precision) == (datetime(2026, 8, 19, 11, 15, tzinfo=UTC), "second")
    assert all(headers["User-Agent"].startswith("bilateral (") for _, headers, _ in site.asked)


def test_what_was_not_modified_is_asked_with_its_etag_and_day(site, run, tmp_path):
    marks = {"ETag": 'W/"made"', "Last-Modified": "Wed, 19 Aug 2026 12:00:00 GMT"}
    site.say("/feed", Reply(feed(ONE), headers=marks), Reply(status=304))
    assert [run(site.source("/feed")).state for _ in range(2)] == ["ok", "not_modified"]
    headers = site.asked[-1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == tuple(marks.values())


def test_the_same_bytes_under_another_etag_are_not_read_again(site, run, tmp_path):
    site.say("/feed", *(Reply(feed(ONE), headers={"ETag": f'"{n}"'}) for n in range(3)))
    assert [run(site.source("/feed")).state for _ in range(3)] == ["ok", "not_modified", "not_modified"]
    assert [headers["If-None-Match"] for path, headers, _ in site.asked if path == "/feed"] == [None, '"0"', '"1"']


def test_a_body_in_another_order_has_nothing_new(site, run, tmp_path):
    site.say("/feed", feed(ONE, TWO), feed(TWO, ONE))
    assert [(outcome.n_new, outcome.n_revised) for outcome in (run(site.source("/feed")), run(site.source("/feed")))] == [
        (2, 0),
        (0, 0),
    ]


def test_another_text_under_the_same_guid_is_a_revision_and_the_first_stays(site, run, tmp_path):
    site.say("/feed", feed(ONE), feed((ONE[0], ONE[1], "Made text, corrected.")))
    run(site.source("/feed"))
    assert run(site.source("/feed")).sentence == "made-feed: 0 new items, 1 revised"
    assert sorted(kept(tmp_path)) == [("made-1", "Made text, corrected."), ("made-1", "Made text.")]


def test_a_body_without_anything_new_is_not_kept(site, run, tmp_path):
    site.say("/feed", *(feed(ONE).replace(b"Made feed", f"Made feed of {hour} h".encode()) for hour in range(3)))
    assert [run(site.source("/feed")).n_new for _ in range(3)] == [1, 0, 0]
    assert len(list((tmp_path / "intake" / "raw").iterdir())) == 1


def test_an_item_that_vanishes_from_the_feed_stays_here(site, run, tmp_path):
    site.say("/feed", feed(ONE, TWO), feed(TWO))
    run(site.source("/feed")), run(site.source("/feed"))
    assert {key for key, _ in kept(tmp_path)} == {"made-1", "made-2"}


def test_an_empty_channel_is_empty_and_no_failure(site, run):
    site.say("/feed", feed())
    assert (run(site.source("/feed")).state, run(site.source("/feed")).exit_code) == ("empty", Exit.DONE)


def test_a_moved_address_is_followed_on_its_host_and_told(site, run, tmp_path):
    site.say("/feed", Reply(status=301, headers={"Location": "/new"}))
    site.say("/new", Reply(feed(ONE), headers={"ETag": '"n"'}), Reply(status=304))
    assert f"has moved to {site.address}/new; set the address" in run(site.source("/feed")).sentence
    assert run(site.source("/feed")).state == "not_modified"


def test_a_gzip_answer_is_unpacked(site, run, tmp_path):
    site.say("/feed", Reply(gzip.compress(feed(ONE)), headers={"Content-Encoding": "gzip"}))
    assert run(site.source("/feed")).n_new == 1


# ------------------------------------------------------------------ refusals and waits


def test_a_source_that_asks_to_come_back_later_is_left_alone_until_then(site, run, tmp_path):
    site.say("/feed", Reply(b"slow down", 429, {"Retry-After": "900"}))
    outcome = run(site.source("/feed"))
    assert (outcome.state, outcome.exit_code) == ("error", Exit.UNAVAILABLE)
    assert "answers 429" in outcome.sentence
    n_asked = len(site.asked)
    assert "wants to be left alone until" in run(site.source("/feed")).sentence
    assert len(site.asked) == n_asked
    assert states(tmp_path) == ["error", "error"]


def test_a_short_wait_that_is_asked_for_is_waited(site, run):
    site.say("/feed", Reply(b"", 503, {"Retry-After": "1"}), feed(ONE))
    began = time.monotonic()
    assert run(site.source("/feed")).n_new == 1
    assert time.monotonic() - began >= 1


def test_a_sentence_that_asks_for_fewer_questions_is_no_list_of_articles(site, run):
    site.say("/doc", Reply(b"Please limit requests to one every 5 seconds.", headers={"Content-Type": "text/html"}))
    outcome = run(site.source("/doc?query=made", "gdelt-articles"))
    assert (outcome.state, outcome.n_new) == ("error", 0)
    assert "asks to be asked less often" in outcome.sentence


@pytest.mark.parametrize("kind", ["feed", "page", "federal-register", "white-house", "ofac"])
def test_a_page_that_tells_programs_from_people_is_blocked_and_never_passed(site, run, tmp_path, kind):
    site.say("/any", Reply(CHALLENGE, headers={"Content-Type": "text/html"}))
    outcome = run(site.source("/any", kind))
    assert (outcome.state, outcome.exit_code) == ("blocked", Exit.UNAVAILABLE)
    assert "'Challenge Validation'; save the page in a browser and read it with --file" in outcome.sentence
    assert kept(tmp_path) == []


def test_a_headline_that_begins_like_a_refusal_is_an_article(site, run):
    article = b"<html><head><title>Access denied: US closes border</title></head><body><article><h1>Access denied</h1><p>Made text.</p></article></body></html>"
    site.say("/any", Reply(article, headers={"Content-Type": "text/html"}))
    assert run(site.source("/any", "page")).n_new == 1


def test_a_page_for_people_in_the_place_of_json_is_blocked(site, run):
    site.say("/any", Reply(b"<html><head><title>Sorry</title></head></html>", headers={"Content-Type": "text/html"}))
    outcome = run(site.source("/any", "federal-register"))
    assert outcome.sentence.endswith("127.0.0.1 gives a page for people titled 'Sorry' where data were asked for")


def test_another_host_is_never_asked(site, run, tmp_path):
    with site_on_loopback() as other:
        other.say("/feed", feed(ONE))
        site.say("/feed", Reply(status=302, headers={"Location": f"{other.address}/feed"}))
        outcome = run(site.source("/feed"))
        assert (outcome.state, other.asked) == ("blocked", [])
        assert "which is not configured" in outcome.sentence


def test_robots_are_obeyed_with_wildcards_and_for_us_by_name(site, run, tmp_path):
    site.say("/robots.txt", b"User-agent: *\nDisallow: /\n\nUser-agent: bilateral\nDisallow: /*/private\nAllow: /")
    site.say("/a/private", feed(ONE))
    site.say("/a/open", feed(TWO))
    assert "robots.txt of 127.0.0.1 does not allow" in run(site.source("/a/private")).sentence
    assert run(site.source("/a/open")).n_new == 1
    assert site.paths() == ["/a/open"]
    assert [path for path, _, _ in site.asked].count("/robots.txt") == 1


def test_a_host_whose_robots_cannot_be_read_is_left_alone(site, run):
    site.say("/robots.txt", Reply(b"", 500))
    site.say("/feed", feed(ONE))
    outcome = run(site.source("/feed"))
    assert outcome.state == "error"
    assert "robots.txt cannot be read" in outcome.sentence
    assert site.paths() == []


def test_the_pace_of_robots_is_kept_between_two_sources_of_a_host(site, run):
    site.say("/robots.txt", b"User-agent: *\nCrawl-delay: 1")
    site.say("/one", feed(ONE))
    site.say("/two", feed(TWO))
    run(site.source("/one"), site.source("/two"))
    first, second = (moment for path, _, moment in site.asked if path != "/robots.txt")
    assert second - first >= 1


def test_a_source_is_not_asked_before_its_turn(site, run):
    site.say("/feed", feed(ONE))
    source = site.source("/feed", min_interval_s=600.0)
    assert run(source).n_new == 1
    again = run(source)
    assert (again.state, again.exit_code, site.paths()) == ("not_modified", Exit.DONE, ["/feed"])
    assert "1 request left for the next run (not asked: its turn is at " in again.sentence


@pytest.mark.parametrize("asked", ["99999999999999", "9" * 400, "\xb2"])
def test_a_wait_that_no_calendar_holds_fails_the_source_alone(site, run, tmp_path, asked):
    site.say("/feed", Reply(b"", 503, {"Retry-After": asked}))
    site.say("/other", feed(ONE))
    assert (run(site.source("/feed")).state, "answers 503" in run(site.source("/feed")).sentence) == ("error", asked == "\xb2")
    with store.open(tmp_path) as connection:
        (until,) = connection.execute("select left_alone_until from hosts").fetchone()
    assert asked == "\xb2" or store.moment(until) - datetime.now(UTC) < timedelta(days=8)


def test_a_pause_that_no_calendar_holds_is_a_week(site, run):
    site.say("/robots.txt", b"User-agent: *\nCrawl-delay: 1000000000000")
    site.say("/feed", feed(ONE))
    assert run(site.source("/feed")).n_new == 1
    assert (run(site.source("/feed")).state, site.paths()) == ("not_modified", ["/feed"])


def test_whatever_happens_with_a_source_is_its_outcome_and_the_next_is_asked(site, run, tmp_path, monkeypatch):
    def fails(*_):
        raise PermissionError(13, "Permission denied")

    site.say("/feed", feed(ONE))
    monkeypatch.setattr(Path, "iterdir", fails)
    folder = Source("made-folder", "files", str(tmp_path))
    first, second = collect(tmp_path, [folder, site.source("/feed")], QUICK)
    assert (first.state, second.n_new) == ("error", 1)
    assert "PermissionError: [Errno 13] Permission denied" in first.sentence


# ------------------------------------------------------------------ damaged and hostile answers


BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss version="2.0"><channel><title>&b;</title></channel></rss>"""
HOSTILE = {
    "gzip that is cut off": (
        Reply(gzip.compress(feed(ONE) * 50)[:-20], headers={"Content-Encoding": "gzip"}),
        "error",
        "is cut off",
    ),
    "no gzip": (Reply(feed(ONE), headers={"Content-Encoding": "gzip"}), "error", "gzip file is damaged"),
    "50 MB": (Reply(b"<rss>" + b" " * 6_000_000), "error", "sends more than 5 MB"),
    "gzip of 50 MB": (Reply(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"}), "error", "more than 5 MB"),
    "slow": (Reply(feed(ONE), pause=0.1), "error", "did not send its answer within 1 s"),
    "length larger than the body": (Reply(feed(ONE), promised=9000), "error", "cannot be read"),
    "length smaller than the body": (Reply(feed(ONE), promised=len(feed(ONE)) - 9), "drift", "cut off before its end"),
    "feed that ends in the middle": (feed(ONE, TWO)[:-60], "drift", "cut off before its end"),
    "HTML without a type": (b"<html><body>no feed</body></html>", "blocked", "a page for people"),
    "a thousand lists in each other": (b'{"items": ' + b"[" * 100_000, "drift", "RecursionError"),
    "no feed": (b"a text", "drift", "neither RSS nor Atom"),
    "entity bomb": (BOMB, "drift", "declares entities"),
    "entity bomb in a sitemap": (BOMB.replace(b"rss", b"urlset"), "drift", "declares entities"),
    "gone": (Reply(b"", 404), "error", "answers 404"),
    "forbidden": (Reply(b"", 403), "blocked", "answers 403"),
    "broken JSON feed": (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', "drift", "no JSON that can be read"),
    "value of another type": (
        b'{"version": "https://jsonfeed.org/version/1.1", "items": 7}',
        "drift",
        "a value that the reader does not know",
    ),
    "JSON that is no feed": (b'{"results": []}', "drift", "version is missing"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_damaged_or_hostile_is_told_and_the_other_sources_go_on(site, tmp_path, name):
    reply, state, said = HOSTILE[name]
    site.say("/bad", reply)
    site.say("/good", feed(TWO))
    bad, good = collect(tmp_path, [site.source("/bad"), site.source("/good")], QUICK)
    assert (bad.state, good.state) == (state, "ok")
    assert said in bad.sentence
    assert [key for key, _ in kept(tmp_path)] == ["made-2"]
    site.say("/bad", feed(ONE))
    assert collect(tmp_path, [site.source("/bad")], QUICK)[0].n_new == 1  # nothing of a failure is taken for known


def test_windows_letters_without_a_declared_encoding_are_read(site, run, tmp_path):
    text = ("made-1", "Diálogo sobre aranceles", "México no tiene nuevo arancel")
    site.say("/feed", Reply(feed(text).decode().encode("cp1252"), headers={"Content-Type": "application/rss+xml"}))
    assert run(site.source("/feed")).n_new == 1
    assert kept(tmp_path) == [("made-1", "México no tiene nuevo arancel")]


def test_a_stray_ampersand_is_told_and_every_entry_is_read(site, run, tmp_path):
    site.say("/feed", feed((ONE[0], "Trade & tariffs", ONE[2]), TWO))
    outcome = run(site.source("/feed"))
    assert (outcome.state, outcome.n_new) == ("ok", 2)
    assert "is not well formed" in outcome.sentence


def test_a_day_in_the_future_counts_as_unknown(site, run, tmp_path):
    ahead = f"{datetime.now(UTC) + timedelta(days=30):%a, %d %b %Y 00:00:00 GMT}"
    site.say("/feed", feed(ONE).replace(b"Wed, 19 Aug 2026 11:15:00 +0000", ahead.encode()))
    assert "1 items are dated in the future" in run(site.source("/feed")).sentence
    with store.open(tmp_path) as connection:
        (item,) = store.uncoded(connection)
    assert (item.published_at, item.precision) == (None, "unknown")


def test_a_day_before_1900_counts_as_unknown(site, run, tmp_path):
    entries = [
        {"id": "made-1", "title": "Made", "date_published": day} for day in ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+05:00")
    ]
    entries[1]["id"] = "made-2"
    site.say("/feed", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": entries}).encode())
    outcome = run(site.source("/feed"))
    assert (outcome.state, outcome.n_new) == ("ok", 2)
    assert "1 items are dated before 1900, as 0001-01-01" in outcome.sentence
    with store.open(tmp_path) as connection:
        assert [(item.published_at, item.precision) for item in store.uncoded(connection)] == [(None, "unknown")] * 2


def test_a_day_that_cannot_be_read_is_unknown(site, run, tmp_path):
    site.say("/feed", feed(ONE).replace(b"Wed, 19 Aug 2026 11:15:00 +0000", b"the day before yesterday"))
    assert run(site.source("/feed")).n_new == 1
    with store.open(tmp_path) as connection:
        assert [(item.published_at, item.precision) for item in store.uncoded(connection)] == [(None, "unknown")]


def test_entries_that_share_an_id_are_kept_once(site, run, tmp_path):
    site.say("/feed", feed(ONE, (ONE[0], "Other", "Other text")))
    assert "1 entries repeat an id" in run(site.source("/feed")).sentence
    assert kept(tmp_path) == [("made-1", "Made text.")]


# ------------------------------------------------------------------ silence, saved pages, being killed


def test_a_source_that_has_nothing_new_for_too_long_is_told(site, run, tmp_path):
    site.say("/feed", feed(ONE))
    source = site.source("/feed", max_silence_days=2)
    run(source)
    with store.open(tmp_path) as connection:
        connection.execute("update source_state set last_new_at = '2026-01-01T00:00:00Z'")
        assert record.silence(connection, source, datetime(2026, 1, 2, tzinfo=UTC)) == ""
    assert "; nothing new for " in run(source).sentence


def test_a_page_that_a_person_saved_is_read_by_the_reader_of_its_source(tmp_path):
    source = Source("made-mx", "page", "https://gob.example.org/prensa", access="saved", authority="MEX/SRE", language="es")
    page = tmp_path / "saved.html"
    page.write_bytes(
        b"<html><head><link rel='canonical' href='https://gob.example.org/prensa/made'></head><body><h1 class='bottom-buffer'>Made title</h1>"
        b"<dl><dt>Fecha de publicaci\xc3\xb3n</dt><dd>19 de agosto de 2026</dd></dl><div class='article-body'><p>Made text.</p></div></body></html>"
    )
    assert collect(tmp_path, [source], QUICK)[0].sentence.startswith("made-mx: nothing is asked")
    assert read_saved(tmp_path, source, [page]).n_new == 1
    assert read_saved(tmp_path, source, [page]).n_new == 0
    (tmp_path / "challenge.html").write_bytes(CHALLENGE)
    assert [read_saved(tmp_path, source, [tmp_path / name]).state for name in ("challenge.html", "absent.html")] == [
        "drift",
        "error",
    ]
    assert kept(tmp_path) == [("gob.example.org/prensa/made", "Made text.")]


def test_of_a_saved_list_whose_texts_are_elsewhere_the_titles_are_kept(tmp_path):
    document = {
        "document_number": "made-1",
        "title": "Made title",
        "publication_date": "2026-08-19",
        "raw_text_url": "https://made.example.org/1",
    }
    page = tmp_path / "list.json"
    page.write_text(json.dumps({"count": 1, "results": [document]}))
    source = Source(
        "made-register", "federal-register", "https://made.example.org/documents.json", authority="USA", language="en"
    )
    assert "1 new item; its title is kept" in read_saved(tmp_path, source, [page]).sentence
    assert kept(tmp_path) == [("made-1", "Made title")]


def test_files_of_a_folder_are_read_without_links_hidden_ones_and_too_large_ones(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (tmp_path / "private.txt").write_text("Private")
    (folder / "link.txt").symlink_to(tmp_path / "private.txt")
    (folder / ".hidden.txt").write_text("Hidden")
    (folder / "large.txt").write_bytes(b"a" * 5_000_001)
    (folder / "made.txt").write_text("Made title\nMade text.")
    (outcome,) = collect(tmp_path, [Source("made-folder", "files", str(folder))], QUICK)
    assert "large.txt has more than 5 MB" in outcome.sentence
    assert (outcome.n_new, kept(tmp_path)) == (1, [("made.txt", "Made title\nMade text.")])


def test_who_is_killed_between_the_body_and_the_commit_loses_nothing_and_repeats_nothing(site, run, tmp_path):
    site.say("/feed", feed(ONE, TWO))
    code = f"""
import os, pathlib
from bilateral.intake import collection, record
from bilateral.intake.source_list import Source
record.note = lambda *_: os.kill(os.getpid(), 9)
collection.collect(pathlib.Path({str(tmp_path)!r}), [Source("made-feed", "feed", "{site.address}/feed", min_interval_s=0.0)])
"""
    ended = subprocess.run([sys.executable, "-c", code], env=clean_environment(ROOT), check=False)
    assert ended.returncode == -signal.SIGKILL
    assert len(list((tmp_path / "intake" / "raw").iterdir())) == 1
    assert (kept(tmp_path), states(tmp_path)) == ([], [])
    assert run(site.source("/feed")).n_new == 2
    assert run(site.source("/feed")).n_new == 0
    assert len(list((tmp_path / "intake" / "raw").iterdir())) == 1


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl, which makes the certificate, is not there")
def test_a_certificate_that_nobody_vouches_for_is_told_and_nothing_is_read(run, tmp_path):
    paths = [tmp_path / "made.key", tmp_path / "made.pem"]
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    asked += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(paths[0]), "-out", str(paths[1])]
    subprocess.run(asked, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(paths[1], paths[0])
    with site_on_loopback(tls) as site:
        site.say("/feed", feed(ONE))
        outcome = run(site.source("/feed"))
        assert site.asked == []
    assert (outcome.state, outcome.exit_code, outcome.n_new) == ("error", Exit.UNAVAILABLE, 0)
    assert "CERTIFICATE_VERIFY_FAILED" in outcome.sentence or "certificate" in outcome.sentence
    assert kept(tmp_path) == []

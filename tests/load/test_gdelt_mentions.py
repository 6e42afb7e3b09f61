"""GDELT mentions: joined to events by number, one article counted once, in any order of files, and nothing kept that nobody asked for."""

import csv
import gzip
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from bench import gdelt_day
from machine_coded import DIRECTED, SPANISH, load, mention, packed
from material import ROOT, same

SHARED = ROOT.parent / "shared" / "data" / "gdelt-v2-export"
ADDED = datetime(2025, 3, 28, 12)


@pytest.fixture
def export(tmp_path) -> Path:
    """One quarter hour of our own: 400 events whose numbers follow each other."""
    path = tmp_path / f"{ADDED:%Y%m%d%H%M%S}.export.CSV"
    path.write_bytes(gdelt_day.export(ADDED, 400))
    return path


def numbers(export: Path) -> tuple[list[str], list[str]]:
    """Numbers of events of configured pairs that are not back-dated, and of all others, by plain Python."""
    rows = [line.split("\t") for line in export.read_text().splitlines()]
    kept = [row[0] for row in rows if (row[7], row[17]) in DIRECTED and row[1] == f"{ADDED:%Y%m%d}"]
    return kept, [row[0] for row in rows if (row[7], row[17]) not in DIRECTED]


@pytest.fixture
def mentions(tmp_path, export) -> Path:
    kept, others = numbers(export)
    lines = [mention(kept[0], f"https://reforma.com/{n}", "reforma.com") for n in range(6)]
    lines += [
        mention(kept[0], "https://reforma.com/1", "reforma.com", sentence=4, confidence=20)
    ]  # the same article, another sentence
    lines += [
        mention(
            kept[0],
            "https://eluniversal.com.mx/1",
            "eluniversal.com.mx",
            confidence=30,
            translated=SPANISH,
            time="20250329001500",
        )
    ]
    lines += [mention(others[0], "https://reforma.com/other"), mention("99999999", "https://reforma.com/waiting")]
    return packed(tmp_path / f"{ADDED:%Y%m%d%H%M%S}.mentions.CSV", "\n".join(lines) + "\n")


def test_articles_outlets_times_and_confidence_of_an_event_come_from_its_mentions(house, export, mentions):
    load(house, "gdelt", export)
    result = load(house, "gdelt-mentions", mentions)[mentions.name]
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (10, 10, 0)
    number = numbers(export)[0][0]
    ((n_articles, n_outlets, first, last, confidence),) = house.rows(f"""
        select events.n_articles, events.n_outlets, first_mentioned_at::varchar, last_mentioned_at::varchar, confidence
        from events inner join reports using (event_id) where reports.source_event_id = '{number}'
    """)
    assert n_articles >= 7
    assert n_outlets >= 2
    assert (first, last, confidence) == ("2025-03-28 12:00:00", "2025-03-29 00:15:00", 100)
    assert house.rows("select language, count(*) from mentions group by 1 order by 1") == [("en", 7), ("es", 1)]


def test_mentions_before_events_and_after_them_give_the_same_tables(house, export, mentions):
    load(house, "gdelt-mentions", mentions)
    load(house, "gdelt", export)
    one = house.tables()
    kept = house.rows("select source_event_id, url, sentence from mentions order by all")
    (house.data / "work.duckdb").unlink()
    load(house, "gdelt", export)
    load(house, "gdelt-mentions", mentions)
    other = house.tables()
    one.pop("events"), other.pop("events")
    assert same(one, other)
    assert house.rows("select source_event_id, url, sentence from mentions order by all") == kept


def test_a_mention_waits_for_its_event_and_goes_when_that_is_of_no_configured_pair(desk, export, mentions):
    load(desk, "gdelt-mentions", mentions)
    assert desk.rows("select count(*) from raw.mentions") == [(10,)]
    load(desk, "gdelt", export)
    waiting = desk.rows("select source_event_id from raw.mentions where source_event_id <> '" + numbers(export)[0][0] + "'")
    assert waiting == [("99999999",)]
    again = load(desk, "gdelt-mentions", packed(mentions.with_name("copy.mentions.CSV"), mentions.read_text() + "\n"))
    assert desk.rows("select count(*) from raw.mentions") == [(9,)]
    assert [(file.rows_read, file.rows_known, file.rows_rejected) for file in again.values()] == [(11, 9, 1)]


def test_an_event_in_many_articles_counts_each_once(house, export, tmp_path):
    number = numbers(export)[0][0]
    lines = [mention(number, f"https://a{n % 313}.com/{n}", f"a{n % 313}.com", sentence=s) for n in range(626) for s in (1, 5)]
    load(house, "gdelt-mentions", packed(tmp_path / "a.mentions.CSV.gz", "\n".join(lines) + "\n"))
    load(house, "gdelt", export)
    rows = house.rows(f"""
        select events.n_articles, weight from events inner join reports using (event_id) where reports.source_event_id = '{number}'
    """)
    assert rows[0][0] == 626
    assert rows[0][1] <= 4  # min(1 + ln n, 4)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data; the same is tested on files of our own")
def test_the_real_mentions_files_agree_with_a_plain_reading(desk):
    """None of their events is in the shipped exports, so all wait; articles and outlets of each are counted here by plain Python."""
    names = ("mentions.csv.gz", "mentionsT.csv.gz", "mentionssamp.csv.gz")
    expected: dict[str, tuple[set, set]] = defaultdict(lambda: (set(), set()))
    n_rows = {}
    for name in names:
        lines = gzip.decompress((SHARED / name).read_bytes()).decode().splitlines()
        rows = [line.split("\t") for line in lines] if "\t" in lines[0] else list(csv.reader(lines))[1:]
        n_rows[name] = len(rows)
        for row in rows:
            expected[row[0]][0].add(row[5])
            expected[row[0]][1].add(row[4].lower())
    results = load(desk, "gdelt-mentions", *(SHARED / name for name in names))
    assert {name: file.rows_read for name, file in results.items()} == n_rows
    assert {file.rows_rejected for file in results.values()} == {0}
    found = desk.rows("select source_event_id, count(distinct url), count(distinct outlet) from raw.mentions group by 1")
    assert {row[0]: row[1:] for row in found} == {
        number: (len(urls), len(outlets)) for number, (urls, outlets) in expected.items()
    }
    assert len(desk.rows("select distinct language from raw.mentions")) > 10

"""What GDELT's lists promise, what a span of days needs, and what it lacks."""

import zipfile
from datetime import date, datetime, timedelta

import pytest

import source_server as server
from bilateral.sources.gdelt_files import FEEDS, Gap, Had, due, offered, planned, read_list, spans
from bilateral.sources.http_client import Client
from bilateral.sources.manners import Manners, SourceDown
from bilateral.sources.wanted import Wanted
from material import ROOT
from source_server import source_server

GDELT = FEEDS["gdelt"]
DAY = date(2025, 6, 15)
START = datetime(2025, 6, 15)
AS_LISTED = Had(1000, "0" * 31 + "1")
QUICK = Manners(attempts=2, first_wait=0.01, longest_wait=0.02, silence=0.5)
REAL_LIST = ROOT.parent / "shared/data/gdelt-v2-export/v2_masterfilelist_english.txt.zip"
REAL_NEWEST = ROOT.parent / "shared/data/gdelt-v2-export/20180326191500.export.CSV.zip"


def line(slot: datetime, ending: str = ".export.CSV.zip", size: int = 1000) -> str:
    return f"{size} {'0' * 31}1 http://data.example.org/gdeltv2/{slot:%Y%m%d%H%M%S}{ending}"


def slots(first: datetime, n: int) -> list[datetime]:
    return [first + timedelta(minutes=15 * step) for step in range(n)]


def listing(moments: list[datetime]) -> str:
    endings = (".export.CSV.zip", ".mentions.CSV.zip", ".gkg.csv.zip")
    return "".join(line(slot, ending) + "\n" for slot in moments for ending in endings)


# ------------------------------------------------------------------ lists


def test_a_list_gives_the_files_of_one_feed_by_quarter_hour():
    found, broken = read_list(listing(slots(START, 3)).splitlines(), GDELT)
    assert (list(found), broken) == (slots(START, 3), 0)
    assert found[START] == Wanted("20250615000000.export.CSV.zip", 1000, "0" * 31 + "1")
    mentions, _ = read_list(listing(slots(START, 3)).splitlines(), FEEDS["gdelt-mentions"])
    assert mentions[START].name == "20250615000000.mentions.CSV.zip"


@pytest.mark.parametrize(
    "broken",
    [
        "1000 http://data.example.org/gdeltv2/20250615001500.export.CSV.zip",
        f"many {'0' * 32} http://data.example.org/gdeltv2/20250615001500.export.CSV.zip",
        f"1000 {'z' * 32} http://data.example.org/gdeltv2/20250615001500.export.CSV.zip",
        f"999999999999 {'0' * 32} http://data.example.org/gdeltv2/20250615001500.export.CSV.zip",
        f"1000 {'0' * 32} 20250615001500.export.CSV.zip",
    ],
)
def test_a_broken_line_is_counted_and_the_rest_is_used(broken):
    found, n_broken = read_list([line(START), broken, line(START + timedelta(minutes=30))], GDELT)
    assert (len(found), n_broken) == (2, 1)


@pytest.mark.parametrize(
    "name", ["20251315000000.export.CSV.zip", "../20250615000000.export.CSV.zip%00", "20250615000000.export.CSV.zip.exe", "x.zip"]
)
def test_names_that_are_no_quarter_hour_of_the_feed_are_not_taken(name):
    assert read_list([f"1000 {'0' * 32} http://data.example.org/gdeltv2/{name}"], GDELT) == ({}, 0)


def test_a_first_line_that_was_cut_is_no_fault_where_only_the_end_was_read():
    text = listing(slots(START, 4))[37:].splitlines()
    assert read_list(text, GDELT, starts_whole=False)[1] == 0
    assert read_list(text, GDELT, starts_whole=True)[1] == 1


@pytest.mark.parametrize("text", ["", "<html>moved</html>", "<html>\n<body>\nsorry\n"])
def test_what_is_no_list_at_all_is_refused(text):
    with pytest.raises(SourceDown, match="what the source gives as its list of files is none"):
        read_list(text.splitlines(), GDELT)


def test_windows_line_ends_and_letters_of_either_size_are_read():
    found, broken = read_list([line(START, ".EXPORT.csv.zip").replace("0001", "00AB") + "\r\n"], GDELT)
    assert (found[START].md5, broken) == ("0" * 30 + "ab", 0)


# ------------------------------------------------------------------ what is offered


@pytest.fixture
def source():
    with source_server() as served:
        served.files["masterfilelist.txt"] = listing(slots(START - timedelta(days=30), 96 * 31)).encode()
        served.files["lastupdate.txt"] = listing(slots(START, 96)[-1:]).encode()
        yield served


def ask(source, since: date, tmp_path):
    with Client(source.address, QUICK) as client:
        return offered(client, GDELT, since, tmp_path)


def test_the_short_list_is_enough_for_its_own_quarter_hour(source, tmp_path):
    source.files["lastupdate.txt"] = listing([START]).encode()
    found, _ = ask(source, DAY, tmp_path)
    assert list(found) == [START]
    assert source.names_asked() == ["lastupdate.txt"]


def test_recent_days_need_only_the_end_of_the_long_list(source, tmp_path):
    found, broken = ask(source, DAY - timedelta(days=1), tmp_path)
    assert sorted(found) == slots(START - timedelta(days=1), 192)
    assert broken == 0
    (span,) = source.ranges_asked("masterfilelist.txt")
    assert span.startswith("bytes=-")
    assert int(span.removeprefix("bytes=-")) < len(source.files["masterfilelist.txt"]) / 3


def test_an_end_that_is_too_short_is_asked_for_twice_as_long(source, tmp_path):
    padded = listing(slots(START - timedelta(days=30), 96 * 31)).replace("http://data", "http://" + "a" * 300 + ".data")
    source.files["masterfilelist.txt"] = padded.encode()
    found, _ = ask(source, DAY - timedelta(days=3), tmp_path)
    assert sorted(found) == slots(START - timedelta(days=3), 96 * 4)
    assert len(source.ranges_asked("masterfilelist.txt")) > 1


def test_years_are_read_from_the_whole_list_through_a_file_that_does_not_stay(source, tmp_path, monkeypatch):
    monkeypatch.setattr("bilateral.sources.gdelt_files.LARGEST_END", 1000)
    source.faults["masterfilelist.txt"] += [server.cut(5000)]
    found, _ = ask(source, DAY - timedelta(days=10), tmp_path)
    assert sorted(found) == slots(START - timedelta(days=10), 96 * 11)
    assert source.ranges_asked("masterfilelist.txt") == [None, "bytes=5000-"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["lastupdate.txt", "masterfilelist.txt"])
def test_a_list_that_is_not_there_asks_whether_the_address_is_right(source, tmp_path, name):
    del source.files[name]
    with pytest.raises(
        SourceDown, match=rf"answers 404 for {name}; is http://127\.0\.0\.1:\d+/gdeltv2/ the folder of GDELT 2\.0\?"
    ):
        ask(source, DAY - timedelta(days=1), tmp_path)


# ------------------------------------------------------------------ the plan


def listed(moments: list[datetime]) -> dict[datetime, Wanted]:
    return read_list(listing(moments).splitlines(), GDELT)[0]


def test_a_plan_tells_what_is_loaded_here_to_bring_and_lacking():
    moments = [slot for slot in slots(START, 96) if slot != START + timedelta(hours=3)]
    names = [GDELT.file_name(slot) for slot in moments]
    plan = planned(
        GDELT, DAY, DAY, listed(moments), had=dict.fromkeys(names[:90], AS_LISTED), here=dict.fromkeys(names[88:92], AS_LISTED)
    )
    assert (plan.n_loaded, len(plan.to_load), len(plan.to_bring)) == (90, 2, 3)
    assert plan.gaps == (Gap(START + timedelta(hours=3), "the source's list does not have it"),)
    assert plan.sentences() == [
        "gdelt: 2025-06-15 to 2025-06-15 are 96 quarter hours: 90 loaded, 2 here to load, 3 to download (0.0 MB), 1 lacking",
        "gdelt: lacking 2025-06-15 03:00, 1 files: the source's list does not have it",
    ]


def test_what_was_refused_or_is_another_file_than_the_list_says_is_no_loaded_file():
    moments = slots(START, 5)
    names = [GDELT.file_name(slot) for slot in moments]
    torn, other = Had(1000, AS_LISTED.md5, "torn"), Had(999, "f" * 32, "torn")
    had = {names[0]: AS_LISTED, names[1]: torn, names[2]: other, names[3]: Had(1000, "e" * 32)}
    plan = planned(GDELT, DAY, DAY, listed(moments), had, {names[1]: torn, names[2]: other})
    assert plan.n_loaded == 1
    assert plan.gaps == (Gap(moments[1], "refused: torn"),)  # the source still offers these bytes
    assert [wanted.name for wanted in plan.to_bring] == names[2:]


def test_older_gaps_are_looked_for_again_ever_more_seldom_and_keep_their_place():
    old = datetime(2025, 6, 1, 12)
    plan = planned(GDELT, DAY, DAY, listed([old, *slots(START, 2)]), {}, {}, again=[old, old + timedelta(minutes=15)])
    assert [wanted.name for wanted in plan.to_bring] == [GDELT.file_name(slot) for slot in (old, *slots(START, 2))]
    assert (plan.gaps[0].slot, plan.again) == (old + timedelta(minutes=15), (old, old + timedelta(minutes=15)))
    looks, looked = 0, old + timedelta(days=1)
    for hours in range(24, 24 * 240):
        now = old + timedelta(hours=hours)
        if due([(old, looked)], now):
            looks, looked = looks + 1, now
    assert looks == 13  # in 240 days with a run each hour
    assert due([(old, looked)], old + timedelta(days=400)) == []


def test_a_day_without_files_is_a_gap_of_96_quarter_hours():
    around = slots(START - timedelta(days=1), 96) + slots(START + timedelta(days=1), 96)
    plan = planned(GDELT, DAY - timedelta(days=1), DAY + timedelta(days=1), listed(around), {}, {})
    assert len(plan.to_bring) == 192
    assert spans(plan.gaps) == ["2025-06-15 00:00 to 23:45, 96 files: the source's list does not have it"]


def test_quarter_hours_that_have_not_come_yet_are_not_lacking():
    plan = planned(GDELT, DAY, DAY + timedelta(days=5), listed(slots(START, 10)), {}, {})
    assert (len(plan.to_bring), plan.gaps) == (10, ())


def test_nothing_is_expected_before_the_service_began():
    first = datetime(2015, 2, 18, 23)
    plan = planned(GDELT, date(2015, 2, 17), date(2015, 2, 19), listed(slots(first, 4)), {}, {})
    assert (len(plan.to_bring), plan.gaps) == (4, ())


def test_gaps_of_different_reasons_are_told_apart():
    gaps = [Gap(slot, "404" if n < 2 else "md5") for n, slot in enumerate(slots(START + timedelta(hours=23, minutes=30), 4))]
    assert spans(gaps) == ["2025-06-15 23:30 to 23:45, 2 files: 404", "2025-06-16 00:00 to 00:15, 2 files: md5"]


# ------------------------------------------------------------------ real lists


@pytest.mark.skipif(
    not REAL_LIST.exists(), reason="needs ../shared/data/gdelt-v2-export; the tests above do the same with made lists"
)
def test_the_real_list_lacks_eight_quarter_hours_of_its_second_day():
    with zipfile.ZipFile(REAL_LIST) as archive:
        text = archive.read(archive.namelist()[0]).decode()
    found, broken = read_list(text.splitlines(), GDELT)
    assert (len(found), broken, min(found)) == (300, 0, datetime(2015, 2, 18, 23))
    plan = planned(GDELT, date(2015, 2, 18), date(2015, 2, 21), found, {}, {})
    assert sum(gap.slot.date() == date(2015, 2, 19) for gap in plan.gaps) == 8


@pytest.mark.skipif(
    not REAL_NEWEST.exists(), reason="needs ../shared/data/gdelt-v2-export; the tests above do the same with made lists"
)
def test_a_real_short_list_is_read():
    found, broken = read_list(REAL_NEWEST.read_text().splitlines(), GDELT)
    assert ([wanted.name for wanted in found.values()], broken) == (["20180326191500.export.CSV.zip"], 0)

"""`bilateral refresh --source gdelt` against a real server that serves generated exports and misbehaves: what is loaded, what is lacking, what is told."""

import contextlib
import hashlib
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import time
from datetime import date, datetime, timedelta

import pytest

import source_server as server
from bench.gdelt_day import export, zipped
from bilateral.exits import Exit, Stop
from bilateral.load.downloads import Request
from bilateral.publish import journal, snapshots
from bilateral.publish import refresh as refreshing
from bilateral.sources.manners import Manners
from material import ROOT, act, clean_environment, same, write_csv
from source_server import source_server

START = datetime(2026, 11, 23)
REAL = ROOT.parent / "shared" / "data" / "gdelt-v2-export"
DAY = START.date()
QUICK = Manners(connections=4, attempts=3, patience=5.0, first_wait=0.01, longest_wait=0.05, silence=0.5, one_attempt=2.0)


def name_of(slot: datetime) -> str:
    return f"{slot:%Y%m%d%H%M%S}.export.CSV.zip"


def publish(source, slots: list[datetime], rows: int = 12) -> list[str]:
    """Put exports of quarter hours at the source and into its lists."""
    names = []
    for slot in slots:
        name = name_of(slot)
        source.files[name] = zipped(name.removesuffix(".zip"), export(slot, rows))
        names.append(name)
    whole = source.files.get("masterfilelist.txt", b"") + source.listed(*names).encode()
    source.files["masterfilelist.txt"] = whole
    source.files["lastupdate.txt"] = whole.splitlines(keepends=True)[-1]
    return names


def quarter_hours(first: datetime, n: int) -> list[datetime]:
    return [first + timedelta(minutes=15 * step) for step in range(n)]


@pytest.fixture
def source():
    with source_server() as served:
        yield served


def request(source, since: date | None = DAY, until: date | None = DAY, **more) -> Request:
    return Request(("gdelt",), source.address, since, until, manners=QUICK, **more)


def loaded(house) -> set[str]:
    return {name for (name,) in house.rows("select distinct file_name from files where dataset = 'gdelt'")}


# ------------------------------------------------------------------ the way of a day


def test_a_day_is_downloaded_loaded_and_read_and_a_second_run_asks_only_for_the_lists(house, source):
    names = publish(source, quarter_hours(START, 96))
    outcome = house.refresh(request=request(source))
    assert outcome.exit_code == 0
    assert "gdelt: 96 files downloaded, 0 lacking" in outcome.message.split("; ")
    assert loaded(house) == set(names)
    assert house.rows(f"select state from coverage where dataset = 'gdelt' and dyad = '*' and day = date '{DAY}'") == [("read",)]
    before, asked = snapshots.current(house.data), len(source.asked)
    again = house.refresh(request=request(source))
    assert again.message == "nothing new; gdelt: 0 files downloaded, 0 lacking"
    assert source.names_asked()[asked:] == ["lastupdate.txt", "masterfilelist.txt"]
    assert snapshots.current(house.data) == before


def test_the_state_file_knows_the_newest_content_of_the_source(house, source):
    publish(source, quarter_hours(START, 5))
    house.refresh(request=request(source))
    state = journal.read_status(house.data).sources["gdelt"]
    assert (state.newest, state.exit_code) == ("2026-11-23T01:00:00Z", 0)
    publish(source, [START + timedelta(minutes=75)])
    house.refresh(request=request(source))
    assert journal.read_status(house.data).sources["gdelt"].newest == "2026-11-23T01:15:00Z"


def test_without_days_it_goes_on_from_the_day_before_the_newest_that_is_loaded(house, source):
    first = quarter_hours(START - timedelta(days=3), 4)
    publish(source, first)
    house.refresh(request=request(source, since=first[0].date(), until=first[0].date()))
    publish(source, quarter_hours(START, 4))
    outcome = house.refresh(request=request(source, since=None, until=DAY))
    assert "gdelt: 4 files downloaded" in outcome.message
    assert len(loaded(house)) == 8


def test_offline_loads_what_lies_in_the_inbox_and_asks_nobody(house, source):
    names = publish(source, quarter_hours(START, 3))
    inbox = house.data / "inbox" / "gdelt"
    inbox.mkdir(parents=True)
    (inbox / names[0]).write_bytes(source.files[names[0]])
    outcome = house.refresh(request=request(source, since=None, until=None, is_offline=True))
    assert outcome.exit_code == 0
    assert (loaded(house), source.asked) == ({names[0]}, [])


def test_prune_removes_downloads_that_were_loaded_long_ago_and_no_other_and_nothing_is_lost(house, source):
    old, new, waiting = publish(source, quarter_hours(START, 3))
    inbox = house.data / "inbox" / "gdelt"
    inbox.mkdir(parents=True)
    for name in (old, new):
        (inbox / name).write_bytes(source.files[name])
    asked = request(source, is_offline=True)
    assert house.refresh(request=asked).exit_code == 0
    (inbox / waiting).write_bytes(source.files[waiting])
    (inbox / "notes.txt").write_text("mine")
    write_csv(house.data / "inbox" / "articles" / "mine.csv", [act("one")])
    forty_days_ago = time.time() - 40 * 86_400
    for path in (inbox / old, inbox / waiting, inbox / "notes.txt", house.data / "inbox" / "articles" / "mine.csv"):
        os.utime(path, (forty_days_ago, forty_days_ago))
    before = house.tables()
    assert refreshing.prune(house.data, None, keep=3, days=50) == (0, 0)
    assert refreshing.prune(house.data, None, keep=3, days=30) == (1, len(source.files[old]))
    assert {path.name for path in inbox.iterdir()} == {new, waiting, "notes.txt"}
    assert same(house.tables(), before)
    outcome = house.refresh(request=asked, full=True)
    assert (outcome.exit_code, loaded(house)) == (0, {old, new, waiting})
    assert "gdelt: 0 files downloaded, " in house.refresh(request=request(source)).message
    assert house.rows("select count(*) from reports where source_event_id = 'one'") == [(1,)]


def test_what_one_source_lists_from_elsewhere_is_asked_from_the_configured_address_alone(house, source):
    publish(source, quarter_hours(START, 2))
    assert b"http://data.example.org/" in source.files["lastupdate.txt"]
    house.refresh(request=request(source))
    assert len(loaded(house)) == 2


# ------------------------------------------------------------------ what is lacking


def test_a_day_without_files_is_not_read_and_a_lacking_quarter_hour_is_named(house, source):
    around = quarter_hours(START - timedelta(days=1), 96) + quarter_hours(START + timedelta(days=1), 96)
    gone = START + timedelta(days=1, hours=3)
    publish(source, [slot for slot in around if slot != gone], rows=2)
    outcome = house.refresh(request=request(source, DAY - timedelta(days=1), DAY + timedelta(days=1)))
    assert outcome.exit_code == 0
    assert "gdelt: 191 files downloaded, 97 lacking" in outcome.message.split("; ")
    days = "select day, state, n_reports > 0 from coverage where dataset = 'gdelt' and dyad = '*' order by day"
    assert house.rows(days) == [
        (DAY - timedelta(days=1), "read", True),
        (DAY, "not read", False),
        (DAY + timedelta(days=1), "read", True),
    ]
    gaps = "select reason, count(*), min(slot) from gaps where day = date '2026-11-24' group by 1"
    assert house.rows(gaps) == [("the source's list does not have it", 1, gone)]


def test_a_file_that_comes_late_fills_its_gap(house, source):
    publish(source, [START, START + timedelta(minutes=30)])
    house.refresh(request=request(source))
    assert house.rows("select slot from gaps") == [(START + timedelta(minutes=15),)]
    publish(source, [START + timedelta(minutes=15), START + timedelta(minutes=45)])
    house.refresh(request=request(source))
    assert house.rows("from gaps") == []
    assert len(loaded(house)) == 4


def test_a_listed_file_that_is_404_is_a_gap_of_the_source_and_no_failure(house, source):
    names = publish(source, quarter_hours(START, 4))
    del source.files[names[1]]
    outcome = house.refresh(request=request(source))
    assert outcome.exit_code == 0
    assert house.rows("select reason from gaps") == [(f"the source answers 404 for {names[1]}",)]


# ------------------------------------------------------------------ faults


def test_faults_that_pass_leave_no_trace_in_the_tables(house, source, tmp_path):
    names = publish(source, quarter_hours(START, 8))
    faults = [server.status(500), server.status(429, Retry_After="1"), server.cut(300), server.wrong_bytes, server.reset()]
    for name, fault in zip(names, [*faults, server.silent(1.0)], strict=False):
        source.faults[name].append(fault)
    quiet = shutil.copytree(house.data, tmp_path / "quiet")
    outcome = house.refresh(request=request(source))
    assert outcome.exit_code == 0
    assert "gdelt: 8 files downloaded, 0 lacking" in outcome.message.split("; ")
    with_faults = house.tables()
    house.data = quiet
    house.refresh(request=request(source))
    assert same(house.tables(), with_faults)


def test_a_file_with_the_wrong_md5_is_never_loaded_the_rest_goes_on_and_the_next_run_mends_it(house, source):
    names = publish(source, quarter_hours(START, 4))
    right = source.files[names[2]]
    source.files[names[2]] = bytes(len(right))
    outcome = house.refresh(request=request(source))
    assert outcome.exit_code == Exit.UNAVAILABLE
    said = rf"gdelt: 3 files downloaded, 1 lacking, 1 of them to be tried again \({re.escape(names[2])} has the md5 0*.* its list promises {hashlib.md5(right).hexdigest()}\)"
    assert re.search(said, outcome.message)
    assert names[2] not in loaded(house)
    assert house.rows("select count(*) from gaps") == [(1,)]
    source.files[names[2]] = right
    mended = house.refresh(request=request(source))
    assert (mended.exit_code, names[2] in loaded(house), house.rows("from gaps")) == (0, True, [])


def test_torn_files_are_lacking_are_counted_and_are_brought_once_the_source_mends_them(house, source):
    names = publish(source, quarter_hours(START, 8))
    right = {name: source.files[name] for name in names[::2]}
    source.files |= {name: content[: len(content) // 2] for name, content in right.items()}
    source.files["masterfilelist.txt"] = source.listed(*names).encode()  # the list is of the torn files: their sums are right
    outcome = house.refresh(request=request(source))
    assert outcome.exit_code == 69
    assert "gdelt: 8 files downloaded, 4 refused, 4 lacking" in outcome.message.split("; ")
    assert house.rows("select slot from gaps order by 1") == [(START + timedelta(minutes=30 * n),) for n in range(4)]
    asked = len(source.asked)
    again = house.refresh(request=request(source))
    assert again.exit_code == 0
    assert "gdelt: 0 files downloaded, 4 lacking" in again.message.split("; ")
    assert source.names_asked()[asked:] == ["lastupdate.txt", "masterfilelist.txt"]  # the same bytes are not asked for again
    source.files |= right
    source.files["masterfilelist.txt"] = source.listed(*names).encode()
    mended = house.refresh(request=request(source))
    assert mended.exit_code == 0
    assert "gdelt: 4 files downloaded, 0 lacking" in mended.message.split("; ")
    assert house.rows("select count(distinct file_name) from files where dataset = 'gdelt' and refusal is null") == [(8,)]
    assert house.rows("from gaps") == []


def test_a_file_that_the_source_replaced_takes_the_place_of_the_loaded_one(house, source):
    (name,) = publish(source, [START], rows=6)
    house.refresh(request=request(source))
    source.files[name] = zipped(name.removesuffix(".zip"), export(START, 9))
    source.files["masterfilelist.txt"] = source.files["lastupdate.txt"] = source.listed(name).encode()
    assert "1 files downloaded, 0 lacking" in house.refresh(request=request(source)).message
    assert house.rows("select arg_max(rows_read, loaded_at) from files where dataset = 'gdelt'") == [(9,)]


def test_a_gap_older_than_the_newest_day_is_filled_when_its_time_has_come(house, source, monkeypatch):
    days = [START - timedelta(days=6), START - timedelta(days=6) + timedelta(minutes=30), START]
    publish(source, days)
    house.refresh(request=request(source, days[0].date(), DAY))
    gap = days[0] + timedelta(minutes=15)
    assert (gap,) in house.rows("select slot from gaps")
    content = source.files["masterfilelist.txt"]
    publish(source, [gap])
    source.files["masterfilelist.txt"] += content  # the newest is at its end again
    source.files["lastupdate.txt"] = source.listed(name_of(START)).encode()
    asked = request(source, since=None, until=DAY)
    assert name_of(gap) not in loaded(house)
    house.refresh(request=asked)
    assert name_of(gap) not in loaded(house)  # it was looked for a moment ago

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=20)

    monkeypatch.setattr(refreshing.downloads, "datetime", Later)
    house.refresh(request=asked)
    assert name_of(gap) in loaded(house)
    assert (gap,) not in house.rows("select slot from gaps")


@pytest.mark.parametrize(
    "fault",
    [
        server.status(503),
        pytest.param(server.status(302, Location="http://10.0.0.1/"), marks=pytest.mark.long),
        pytest.param(server.reset(), marks=pytest.mark.long),
    ],
)
def test_a_source_that_is_down_for_a_day_costs_nothing_but_the_day(house, source, fault):
    publish(source, quarter_hours(START, 4))
    house.refresh(request=request(source))
    before = house.tables()
    source.always = fault
    outcome = house.refresh(request=request(source, DAY, DAY + timedelta(days=1)))
    assert outcome.exit_code == Exit.UNAVAILABLE
    assert "gdelt: " in outcome.message
    assert same(house.tables(), before)
    status = journal.read_status(house.data)
    assert (status.exit_code, status.sources["gdelt"].exit_code, status.sources["gdelt"].newest) == (
        69,
        69,
        "2026-11-23T00:45:00Z",
    )
    source.always = None
    publish(source, quarter_hours(START + timedelta(minutes=60), 4))
    assert house.refresh(request=request(source)).exit_code == 0
    assert len(loaded(house)) == 8


def test_curated_files_are_read_even_when_the_source_is_down(house, source):
    source.always = server.status(500)
    write_csv(house.data / "inbox/articles/mine.csv", [act("one")])
    outcome = house.refresh(request=request(source))
    assert (outcome.exit_code, outcome.added) == (Exit.UNAVAILABLE, 1)
    assert house.rows("select count(*) from reports where source_event_id = 'one'") == [(1,)]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Request(("gdlet",)), "'gdlet' is not a source; choose from gdelt, gdelt-translated, gdelt-mentions"),
        (Request((), since=DAY), "--since and --until need a source that is downloaded, as in --source gdelt"),
        (
            Request(("gdelt",), since=DAY, until=DAY - timedelta(days=1)),
            "--since 2026-11-23 is after --until 2026-11-22; days are UTC",
        ),
    ],
)
def test_wrong_questions_are_refused_before_anything_is_touched(house, asked, sentence):
    runs = len(journal.history(house.data))
    with pytest.raises(Stop) as stop:
        house.refresh(request=asked)
    assert (stop.value.code, len(journal.history(house.data))) == (Exit.CONFIGURATION, runs)
    assert str(stop.value).startswith(sentence)


# ------------------------------------------------------------------ the command


def run(tree, data, *arguments, **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "bilateral", "refresh", "--data", str(data), *arguments],
        cwd=data,
        env=clean_environment(tree) | {"no_proxy": "127.0.0.1", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_dry_run_prints_the_plan_and_downloads_nothing(house, small_tree, source):
    publish(source, quarter_hours(START, 90))
    ended = run(
        small_tree,
        house.data,
        "--source",
        "gdelt",
        "--since",
        "2026-11-23",
        "--until",
        "2026-11-24",
        "--dry-run",
        BILATERAL_GDELT_ADDRESS=source.address,
    )
    assert ended.returncode == 0, ended.stderr
    assert re.search(
        r"gdelt: 2026-11-23 to 2026-11-24 are 90 quarter hours: 0 loaded, 0 here to load, 90 to download \(0\.\d MB\), 0 lacking",
        ended.stdout,
    )
    assert set(source.names_asked()) == {"lastupdate.txt", "masterfilelist.txt"}
    assert not (house.data / "inbox" / "gdelt").exists()


def test_a_source_that_is_down_ends_with_69_a_sentence_and_the_hook(house, small_tree, source, tmp_path):
    source.always = server.status(404)
    hook = f'echo "$BILATERAL_EXIT_CODE $BILATERAL_MESSAGE" > {tmp_path / "hook"}'
    ended = run(
        small_tree, house.data, "--quiet", "--on-failure", hook, BILATERAL_SOURCES="gdelt", BILATERAL_GDELT_ADDRESS=source.address
    )
    assert (ended.returncode, ended.stdout) == (69, "")
    assert f"answers 404 for lastupdate.txt; is {source.address} the folder of GDELT 2.0?" in ended.stderr
    assert (tmp_path / "hook").read_text().startswith("69 nothing new; gdelt: the source answers 404")


def test_a_fault_in_a_query_ends_with_1_is_in_the_history_and_runs_the_hook(house, small_tree, tmp_path):
    tree = shutil.copytree(small_tree, tmp_path / "broken", symlinks=True)
    (tree / "queries/checks/nothing_breaks.sql").write_text(
        "/* A made-up fault. */\nselect error('made up') as wrong\n", encoding="utf-8"
    )
    ended = run(tree, house.data, "--on-failure", f"echo $BILATERAL_EXIT_CODE > {tmp_path / 'hook'}")
    assert (ended.returncode, (tmp_path / "hook").read_text()) == (1, "1\n"), ended.stderr
    assert "Traceback" not in ended.stderr
    assert (journal.history(house.data)[0].exit_code, "made up" in journal.history(house.data)[0].message) == (1, True)


def test_logs_are_one_json_line_a_step_with_the_runs_id(house, small_tree, source):
    names = publish(source, quarter_hours(START, 3))
    source.faults[names[0]].append(server.status(500))
    ended = run(
        small_tree,
        house.data,
        "--since",
        "2026-11-23",
        "--until",
        "2026-11-23",
        BILATERAL_SOURCES="gdelt",
        BILATERAL_GDELT_ADDRESS=source.address,
        BILATERAL_LOG="json",
    )
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    steps = [line["event"] for line in lines]
    wanted = [
        "refresh.started",
        "source.listed",
        "source.planned",
        "source.downloaded",
        "files.loaded",
        "tables.built",
        "checks.passed",
        "snapshot.published",
        "refresh.ended",
    ]
    assert [step for step in steps if step in wanted] == wanted
    assert "download.retry" in steps
    assert len({line["run_id"] for line in lines if line["event"] != "download.retry"}) == 1
    assert all(line["at"].endswith("Z") for line in lines)


def test_a_download_that_was_killed_goes_on_where_it_was(house, small_tree, source):
    names = publish(source, quarter_hours(START, 6), rows=400)
    for name in names:
        source.faults[name].append(server.trickle(pieces=30, pause=0.1))
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "bilateral",
            "refresh",
            "--data",
            str(house.data),
            "--source",
            "gdelt",
            "--since",
            "2026-11-23",
            "--until",
            "2026-11-23",
        ],
        cwd=house.data,
        env=clean_environment(small_tree) | {"BILATERAL_GDELT_ADDRESS": source.address, "no_proxy": "127.0.0.1"},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    inbox = house.data / "inbox" / "gdelt"
    with process:
        while not any(path.stat().st_size for path in inbox.glob("*.part")):
            assert process.poll() is None, "it ended before a part was there"
        process.kill()
    assert house.refresh(request=request(source)).exit_code == 0
    assert any(span for name in names for span in source.ranges_asked(name))
    assert len(loaded(house)) == 6
    assert house.rows("select sum(rows_read), sum(rows_rejected) from files where dataset = 'gdelt'") == [(6 * 400, 0)]


def test_at_a_terminal_a_bar_shows_rate_and_time_left(house, small_tree, source):
    names = publish(source, quarter_hours(START, 4), rows=400)
    for name in names:
        source.faults[name].append(server.trickle(pieces=10, pause=0.1))
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bilateral", "refresh", "--data", str(house.data), "--source", "gdelt", "--since", "2026-11-23"],
        cwd=house.data,
        env=clean_environment(small_tree) | {"BILATERAL_GDELT_ADDRESS": source.address, "TERM": "xterm", "no_proxy": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
        stderr=inner,
    )
    os.close(inner)
    shown = b""
    with process, contextlib.suppress(OSError), open(outer, "rb", buffering=0) as terminal:  # the terminal ends with an OSError
        while piece := terminal.read(4096):
            shown += piece
    assert process.returncode == 0, shown
    assert re.search(rb"gdelt, 4 files.*\d+(\.\d+)?/\d+(\.\d+)? \wB.* \wB/s.* 0:00:\d\d", shown), shown


# ------------------------------------------------------------------ real files


@pytest.mark.skipif(
    not REAL.exists(), reason="needs ../shared/data/gdelt-v2-export; the tests above do the same with generated exports"
)
def test_real_exports_are_downloaded_and_loaded_and_a_list_under_the_name_of_an_export_is_refused(house, source):
    names = ["20170219080000.export.CSV.zip", "20180326191500.export.CSV.zip", "20190121220000.export.CSV.zip"]
    source.files |= {name: (REAL / name).read_bytes() for name in names}
    for name, rows in zip(names, (1416, 0, 1629), strict=True):
        source.files["lastupdate.txt"] = source.files["masterfilelist.txt"] = source.listed(name).encode()
        day = datetime.strptime(name[:8], "%Y%m%d").date()
        outcome = house.refresh(request=request(source, day, day))
        (result,) = [file for file in outcome.files if file.file_name == name]
        assert result.rows_read == result.rows_accepted + result.rows_known + result.rows_rejected == rows
        assert bool(result.refusal) == (rows == 0)
    assert "is named .zip and is none" in house.rows(f"select refusal from files where file_name = '{names[1]}'")[0][0]

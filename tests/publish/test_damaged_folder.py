"""A damaged data folder: each way ends with a sentence that names it and the right exit code, the rest goes on, and no row is lost."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from bench.gdelt_day import export, zipped
from bilateral import package_data
from bilateral.exits import Stop
from bilateral.load import registers
from bilateral.monitoring import doctor
from bilateral.pages.site import Site
from bilateral.publish import checksums, journal, run_notes, snapshots
from bilateral.publish import refresh as refreshing
from bilateral.publish.work_database import restore
from bilateral.web.health import health
from conftest import House
from material import act, clean_environment, same, write_csv, write_lines

MINE, NEW = "inbox/articles/mine.csv", "inbox/articles/new.csv"
COUNTS = "select dataset, count(*), count(distinct report_id) from reports group by all order by all"


@pytest.fixture(scope="module")
def filled(small_tree, small_data, tmp_path_factory) -> Path:
    """A data folder with a file of the user's own, and with machine-coded rows whose file is gone."""
    data = shutil.copytree(small_data, tmp_path_factory.mktemp("filled") / "data")
    write_csv(data / MINE, [act("mine-1"), act("mine-2", code="163")])
    machine = data.parent / "gone.export.CSV.zip"
    machine.write_bytes(zipped("gone.export.CSV", export(datetime(2025, 3, 28), 400)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package_data, "folder", lambda name: small_tree / name)
        outcome = refreshing.refresh(data, coded=("gdelt", [machine]))
    assert outcome.exit_code == 0, outcome.message
    return data


@pytest.fixture
def folder(small_tree, filled, tmp_path, monkeypatch) -> House:
    """A copy of it for the test alone."""
    monkeypatch.setattr(package_data, "folder", lambda name: small_tree / name)
    house = House(small_tree, shutil.copytree(filled, tmp_path / "data"))
    assert {name: n for name, n, _ in house.rows(COUNTS)}["gdelt"] > 20
    return house


def ended(data: Path, **options) -> tuple[int, str]:
    """Code and sentence of a refresh, whichever way it ends."""
    try:
        outcome = refreshing.refresh(data, **options)
    except Stop as stop:
        return int(stop.code), str(stop)
    return outcome.exit_code, outcome.message


# ------------------------------------------------------------------ ways to damage it


def is_a_folder(path: Path) -> None:
    _away(path)
    path.mkdir(parents=True)


def is_a_full_folder(path: Path) -> None:
    is_a_folder(path)
    (path / "something").write_text("of somebody's")


def leads_nowhere(path: Path) -> None:
    _away(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to("/nowhere/at/all")


def is_a_pipe(path: Path) -> None:
    _away(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


def holds(content: bytes) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        _away(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return damage


def is_half(path: Path) -> None:
    holds(path.read_bytes()[: path.stat().st_size // 2])(path)


def is_zeroed_inside(path: Path) -> None:
    content = bytearray(path.read_bytes())
    quarter = len(content) // 4
    content[quarter : 3 * quarter] = bytes(2 * quarter)
    holds(bytes(content))(path)


def is_gone(path: Path) -> None:
    _away(path)


def _away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):
        path.unlink()


RANDOM = random.Random(1).randbytes(4000)
WRONG_STATUS = json.dumps({"run_id": 5, "rows": [], "consecutive_failures": "many", "sources": {"gdelt": 3}}).encode()
SNAPSHOT = "snapshots/{current}"
LEFT_OUT = "it is left out, and what was read from it before stays"

WAYS: list[tuple[str, str, Callable[[Path], None], int, str]] = [
    # (what is damaged, its place, how, the exit code, what the sentence says)
    (
        "link in the inbox",
        "inbox/articles/a.csv",
        leads_nowhere,
        0,
        rf"inbox/articles/a.csv is a broken link; {LEFT_OUT}",
    ),
    (
        "link among chronologies",
        "inbox/chronology/a.csv",
        leads_nowhere,
        0,
        "inbox/chronology/a.csv is a broken link",
    ),
    ("link among measures", "inbox/measures/a.csv", leads_nowhere, 0, "inbox/measures/a.csv is a broken link"),
    ("link among audits", "inbox/audits/a.csv", leads_nowhere, 0, "inbox/audits/a.csv is a broken link"),
    ("folder named x.csv", "inbox/articles/x.csv", is_a_full_folder, 0, "inbox/articles/x.csv is a folder and no file"),
    ("folder named x.jsonl", "inbox/chronology/x.jsonl", is_a_folder, 0, "inbox/chronology/x.jsonl is a folder and no file"),
    ("folder named x.parquet", "inbox/articles/x.parquet", is_a_folder, 0, "inbox/articles/x.parquet is a folder and no file"),
    ("pipe in the inbox", "inbox/articles/p.csv", is_a_pipe, 0, "inbox/articles/p.csv is a pipe, a socket or a device"),
    ("pipe among measures", "inbox/measures/p.csv", is_a_pipe, 0, "inbox/measures/p.csv is a pipe"),
    (
        "pipe among downloads",
        "inbox/gdelt/20250328000000.export.CSV.zip",
        is_a_pipe,
        0,
        "inbox/gdelt/20250328000000.export.CSV.zip is a pipe",
    ),
    ("a known file becomes a folder", MINE, is_a_folder, 0, f"{MINE} is a folder and no file; {LEFT_OUT}"),
    ("a known file becomes a pipe", MINE, is_a_pipe, 0, f"{MINE} is a pipe"),
    ("a known file becomes a link that leads nowhere", MINE, leads_nowhere, 0, f"{MINE} is a broken link"),
    ("articles become a file", "inbox/articles", holds(b"x"), 0, "inbox/articles is not a folder"),
    ("the inbox becomes a file", "inbox", holds(b"x"), 0, "inbox is not a folder"),
    ("the inbox becomes a link that leads nowhere", "inbox", leads_nowhere, 0, "inbox is not a folder"),
    ("pointer of random bytes", "snapshots/current", holds(RANDOM), 0, ""),
    ("empty pointer", "snapshots/current", holds(b""), 0, ""),
    ("huge pointer", "snapshots/current", holds(b"relations_" + b"9" * 5_000_000), 0, ""),
    ("pointer to a path outside", "snapshots/current", holds(b"../work.duckdb\n"), 0, ""),
    ("pointer to an absolute path", "snapshots/current", holds(b"/etc/passwd\n"), 0, ""),
    ("pointer is a folder", "snapshots/current", is_a_full_folder, 0, ""),
    ("pointer is a pipe", "snapshots/current", is_a_pipe, 0, ""),
    ("pointer is gone", "snapshots/current", is_gone, 0, ""),
    ("status of wrong types", "status.json", holds(WRONG_STATUS), 0, ""),
    ("status is no JSON", "status.json", holds(RANDOM), 0, ""),
    ("status is a list", "status.json", holds(b"[1, 2]"), 0, ""),
    ("status is deep", "status.json", holds(b"[" * 100_000), 0, ""),
    ("status of a run that is no moment", "status.json", holds(b'{"run_id": "99999999T999999.999999Z"}'), 0, ""),
    ("status is a folder", "status.json", is_a_full_folder, 0, ""),
    ("status is a pipe", "status.json", is_a_pipe, 0, ""),
    ("draft of the status is a folder", "status.json.draft", is_a_full_folder, 0, ""),
    ("history of random bytes", "runs.jsonl", holds(RANDOM), 0, ""),
    (
        "history of wrong types",
        "runs.jsonl",
        holds(b'{"run_id": [1], "started_at": 5}\n{"run_id": "a", "started_at": 7, "seconds": "x"}\n5\n'),
        0,
        "",
    ),
    ("history is a folder", "runs.jsonl", is_a_full_folder, 0, ""),
    ("history is a pipe", "runs.jsonl", is_a_pipe, 0, ""),
    ("state of alerts of wrong types", "alerts.json", holds(b'{"a": {"told": 5, "sent": []}, "b": 1}'), 0, ""),
    (
        "lock is a folder",
        "refresh.lock",
        is_a_folder,
        78,
        "refresh.lock is not a file, so that no refresh can hold it; move it away",
    ),
    ("owner of the lock is a folder", "refresh.owner", is_a_full_folder, 0, ""),
    ("owner of the lock is a pipe", "refresh.owner", is_a_pipe, 0, ""),
    ("leftover draft is a folder", "snapshots/relations_x.draft", is_a_full_folder, 0, ""),
    ("leftover draft of the pointer is a folder", "snapshots/current.draft", is_a_full_folder, 0, ""),
    ("foreign log beside the snapshot", SNAPSHOT + ".wal", holds(RANDOM), 0, ""),
    ("foreign log of a checkpoint", SNAPSHOT + ".wal.checkpoint", holds(RANDOM), 0, ""),
    ("foreign log beside the work database", "work.duckdb.wal", holds(RANDOM), 0, ""),
    ("seal of random bytes", SNAPSHOT + ".sha256", holds(RANDOM), 0, ""),
    ("seal of the work database is a folder", "work.duckdb.sha256", is_a_full_folder, 0, ""),
    (
        "snapshot is cut in half",
        SNAPSHOT,
        is_half,
        0,
        r"was damaged \(it has [\d,]+ bytes and was written with [\d,]+\) and is published again",
    ),
    ("snapshot is empty", SNAPSHOT, holds(b""), 0, "was damaged .* and is published again"),
    ("snapshot has zeros inside", SNAPSHOT, is_zeroed_inside, 0, "was damaged .* and is published again"),
    ("snapshot is another file", SNAPSHOT, holds(RANDOM), 0, "was damaged .* and is published again"),
    ("snapshot is gone", SNAPSHOT, is_gone, 0, ""),
    ("snapshot is a link", SNAPSHOT, leads_nowhere, 0, ""),
    ("work database is cut in half", "work.duckdb", is_half, 65, "cannot be used .*; run `bilateral restore`"),
    ("work database is empty", "work.duckdb", holds(b""), 65, "cannot be used .*; run `bilateral restore`"),
    ("work database has zeros inside", "work.duckdb", is_zeroed_inside, 65, "cannot be used .*; run `bilateral restore`"),
    ("work database is another file", "work.duckdb", holds(RANDOM), 65, "cannot be used .*; run `bilateral restore`"),
    ("work database is a folder", "work.duckdb", is_a_full_folder, 65, "it is not a file, or a link that leads nowhere"),
    ("work database is a link", "work.duckdb", leads_nowhere, 65, "it is not a file, or a link that leads nowhere"),
    ("work database is a pipe", "work.duckdb", is_a_pipe, 65, "it is not a file, or a link that leads nowhere"),
    ("work database is gone", "work.duckdb", is_gone, 0, "the work database was gone and was made from relations_"),
    ("snapshots become a file", "snapshots", holds(b"x"), 78, "snapshots.* cannot be written .*; move it away"),
    ("vintages become a file", "vintages", holds(b"x"), 0, ""),
]


def rounds() -> list[list[tuple[str, str, Callable[[Path], None], int, str]]]:
    """The ways, as many at once as do not touch the same place: a refresh must tell and survive each beside the others.

    Those that end a refresh stand alone. Pointer and snapshot are one place, as the one says which file the other is.
    """
    apart = [[way] for way in WAYS if way[3]]
    together: list[list[tuple[str, str, Callable[[Path], None], int, str]]] = []
    for way in (way for way in WAYS if not way[3]):
        fitting = (ways for ways in together if not any(touch(way[1], other[1]) for other in ways))
        ways = next(fitting, None)
        if ways is None:
            together.append(ways := [])
        ways.append(way)
    return together + apart


def touch(place: str, other: str) -> bool:
    """Whether one place is the other or lies in it."""
    place, other = (SNAPSHOT if name == "snapshots/current" else name for name in (place, other))
    return f"{place}/".startswith(f"{other}/") or f"{other}/".startswith(f"{place}/")


WHOLE = ("snapshot has zeros inside", "lock is a folder", "work database has zeros inside", "snapshots become a file")
"""Of the ways that stand alone, those that go through everything in short tests; the others are told and healed, and go through everything in long ones."""
ROUNDS = [
    pytest.param(
        ways, id=f"{len(ways)} from {ways[0][0]}", marks=[] if len(ways) > 1 or ways[0][0] in WHOLE else pytest.mark.long
    )
    for ways in rounds()
]


@pytest.mark.parametrize("ways", ROUNDS)
def test_each_damage_is_one_sentence_the_neighbours_are_loaded_and_no_row_is_lost(folder, ways):
    data, current = folder.data, snapshots.current(folder.data).name
    places = {place.format(current=current): damage for _, place, damage, _, _ in ways}
    (code,) = {way[3] for way in ways}
    before = folder.rows(COUNTS)
    kept = {place: _copy(data / place, data.parent / f"kept {n}") for n, place in enumerate(places)}
    has_new = places.keys().isdisjoint({"inbox", "inbox/articles"})
    if has_new:
        write_csv(data / NEW, [act("new-1")])
    for place, damage in places.items():
        damage(data / place)
    wrong = {finding.what for finding in doctor.examine(data, 48) if finding.is_wrong}
    assert wrong >= {place for place in places if place.startswith("inbox")}
    found, told = ended(data)
    assert (found, "\n" in told) == (code, False), told
    assert [name for name, _, _, _, said in ways if not re.search(said, told)] == [], told
    if code == 65:
        assert "work database" in wrong
        assert "was made from relations_" in restore(data)[0]
    if code == 78:
        put_back(data, kept)
    if code:
        found, told = ended(data)
        assert found == 0, told
    expected = [(name, n + (has_new and name == "articles"), m + (has_new and name == "articles")) for name, n, m in before]
    assert folder.rows(COUNTS) == expected
    put_back(data, {place: copy for place, copy in kept.items() if place.startswith(("inbox", "vintages"))})
    found, told = ended(data)
    assert (found, told.split(";")[0]) == (0, "nothing new")
    assert "left out" not in told
    assert folder.rows(COUNTS) == expected
    assert not [finding for finding in doctor.examine(data, 48) if finding.is_wrong]


@pytest.mark.parametrize("code", [0, 65])
def test_damages_that_stand_alone_are_told_one_after_another_and_no_row_is_lost(folder, code):
    data, before = folder.data, folder.rows(COUNTS)
    alone = [ways[0] for ways in rounds() if len(ways) == 1 and ways[0][0] not in WHOLE and ways[0][3] == code]
    assert len(alone) >= 5
    for number, (name, place, damage, _, said) in enumerate(alone):
        path = data / place.format(current=snapshots.current(data).name)
        kept = {str(path): _copy(path, data.parent / f"alone {number}")} if code else {}
        damage(path)
        if code:
            assert "work database" in {finding.what for finding in doctor.examine(data, 48) if finding.is_wrong}, name
        found, told = ended(data)
        assert (found, bool(re.search(said, told)), "\n" in told) == (code, True, False), (name, told)
        put_back(data, kept)
        assert folder.rows(COUNTS) == before, name
    found, told = ended(data)
    assert (found, told.split(";")[0]) == (0, "nothing new")


def _copy(path: Path, to: Path) -> Path | None:
    if not os.path.lexists(path):
        return None
    return shutil.copytree(path, to) if path.is_dir() else Path(shutil.copy2(path, to))


def put_back(data: Path, kept: dict[str, Path | None]) -> None:
    """Undo damages, each at its place."""
    for place, copy in kept.items():
        _away(data / place)
        if copy:
            _copy(copy, data / place)


def test_the_ways_are_more_than_forty():
    names = [way[0] for ways in rounds() for way in ways]
    assert len(set(names)) == len(names) == len(WAYS) > 40


# ------------------------------------------------------------------ single bits


def flip(path: Path, chance: random.Random) -> None:
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


@pytest.mark.parametrize("flips", [3, pytest.param(50, marks=pytest.mark.long)])
def test_a_flipped_bit_in_the_snapshot_is_published_anew_and_in_the_work_database_is_restored(folder, flips):
    chance, before = random.Random(flips), folder.tables()
    healed = restored = 0
    for _ in range(flips):
        path = snapshots.current(folder.data)
        flip(path, chance)
        code, told = ended(folder.data)
        assert (code, f"the snapshot {path.name} was damaged" in told) == (0, True), told
        healed += snapshots.damage(snapshots.current(folder.data)) is None
        flip(folder.data / "work.duckdb", chance)
        code, told = ended(folder.data)
        if code:  # else the bit lay in a block that holds nothing any more: everything can still be read
            assert (code, "run `bilateral restore`" in told) == (65, True), told
            assert restore(folder.data)
            restored += ended(folder.data)[0] == 0
        assert same(folder.tables(), before)
    assert healed == flips
    print(f"{healed} of {flips} snapshots published anew, {restored} of {flips} work databases restored, no row lost")


def test_bits_flipped_while_it_is_served_are_answered_from_the_last_good_snapshot(folder):
    write_csv(folder.data / NEW, [act("new-1")])
    assert folder.refresh().exit_code == 0
    site = Site(folder.data, 48)
    path = snapshots.current(folder.data)
    content = bytearray(path.read_bytes())
    for place in range(20_000, len(content), 30_000):
        content[place] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)
    assert len(site.warehouse.ask("status")) == 3
    assert site.updates().state == "degraded"
    assert health(site.updates(), site.version(), {})["status"] == "degraded"
    assert f"the snapshot {path.name} cannot be opened (" in site.updates().fault
    assert site.warehouse.path.name in site.updates().fault
    assert folder.refresh().exit_code == 0
    assert (site.updates().state, site.warehouse.path) == ("done", snapshots.current(folder.data))


# ------------------------------------------------------------------ what nobody may do


def test_a_snapshot_cannot_be_written_and_a_log_beside_it_is_never_played_in(folder):
    path = snapshots.current(folder.data)
    assert path.stat().st_mode & 0o222 == 0
    forged = folder.data / "forged.duckdb"
    shutil.copyfile(path, forged)
    with duckdb.connect(str(forged), config={"checkpoint_threshold": "1TB"}) as connection:
        connection.execute("pragma disable_checkpoint_on_shutdown")
        connection.execute("update raw.rejects set reason = 'forged'")
        connection.execute("create table main.invented as select 1 as one")
        log = forged.with_name("forged.duckdb.wal").read_bytes()
    path.with_name(f"{path.name}.wal").write_bytes(log)
    with pytest.raises(Stop, match=rf"{path.name}.wal lies beside it, which no refresh wrote"):
        snapshots.connect(path)
    assert folder.refresh().message.startswith("nothing new")
    assert not snapshots.foreign(path)
    with snapshots.connect(snapshots.current(folder.data)) as connection:
        assert connection.execute("select count(*) from duckdb_tables() where table_name = 'invented'").fetchone() == (0,)


def test_a_server_goes_on_with_the_last_good_snapshot_beside_a_foreign_log(folder):
    site = Site(folder.data, 48)
    first = site.warehouse.path
    write_csv(folder.data / NEW, [act("new-1")])
    assert folder.refresh().exit_code == 0
    path = snapshots.current(folder.data)
    path.with_name(f"{path.name}.wal").write_bytes(b"forged")
    assert site.warehouse.path == first
    assert f"{path.name}.wal lies beside it" in site.updates().fault
    assert health(site.updates(), site.version(), {})["status"] == "degraded"


# ------------------------------------------------------------------ a work database that is gone, or another one


def test_machine_coded_rows_of_a_lost_work_database_come_back_from_the_snapshot(folder):
    before = folder.rows(COUNTS)
    (folder.data / "work.duckdb").unlink()
    code, told = ended(folder.data)
    assert (code, "the work database was gone and was made from relations_" in told) == (0, True)
    assert ended(folder.data, full=True)[0] == 0
    assert folder.rows(COUNTS) == before


def test_a_work_database_without_the_machine_coded_rows_publishes_nothing(folder):
    before, current = folder.rows(COUNTS), snapshots.current(folder.data)
    empty = folder.data / "work.duckdb"
    empty.unlink()
    empty.with_name("work.duckdb.sha256").unlink()
    duckdb.connect(str(empty)).close()  # another program made one of that name
    code, told = ended(folder.data)
    assert code == 65
    n = {name: n for name, n, _ in before}["gdelt"]
    assert f"it does not hold that no dataset loses a fifth of its reports: [('gdelt', {n}, 0)]" in told
    assert (folder.rows(COUNTS), snapshots.current(folder.data)) == (before, current)


def test_without_a_whole_snapshot_nothing_is_begun_anew_by_itself(folder):
    for path in snapshots.newest_first(folder.data):
        holds(b"x")(path)
    (folder.data / "work.duckdb").unlink()
    code, told = ended(folder.data)
    assert (code, "no snapshot in it is whole" in told) == (65, True)
    with pytest.raises(Stop, match="nothing can be restored"):
        restore(folder.data)


def test_the_last_good_snapshot_is_never_swept_away(folder):
    good = snapshots.current(folder.data)
    write_csv(folder.data / NEW, [act("new-1")])
    assert folder.refresh(keep=2).exit_code == 0
    is_half(snapshots.current(folder.data))
    snapshots.sweep(folder.data, keep=1)
    assert good.exists()
    assert snapshots.last_good(folder.data) == good


# ------------------------------------------------------------------ rows that break a check


def poison(house: House, change: str) -> None:
    """What an earlier version accepted: a row of the loader's table is changed, and its day counts as changed."""
    with house.runner() as runner:
        runner.connection.execute(
            f"update raw.reports set {change} where dataset = 'gdelt' and report_id = (select min(report_id) from raw.reports where dataset = 'gdelt')"
        )
        runner.connection.execute(
            "insert into raw.changes select distinct dataset, event_day from raw.reports where dataset = 'gdelt'"
        )
        runner.connection.execute("insert into raw.files select * replace ('z' as run_id) from raw.files where dataset = 'gdelt'")


@pytest.mark.parametrize(
    "change",
    ["event_day = date '2099-12-31'", pytest.param("event_day = date '1812-06-18'", marks=pytest.mark.long), "code = '999'"],
)
def test_a_row_that_an_earlier_version_accepted_and_a_check_names_is_set_aside(folder, change):
    before = {name: n for name, n, _ in folder.rows(COUNTS)}
    poison(folder, change)
    for options in ({}, {"full": True}):
        code, told = ended(folder.data, **options)
        assert code == 0, told
    after = {name: n for name, n, _ in folder.rows(COUNTS)}
    assert after == before | {"gdelt": before["gdelt"] - 1}
    ((reason, n),) = folder.rows("select reason, count(*) from rejects where reason like 'set aside%' group by all")
    assert n == 1
    assert "set aside, as it does not hold that" in reason
    assert folder.rows("select count(*) from files where rows_read <> rows_accepted + rows_known + rows_rejected") == [(0,)]


def test_many_rows_that_break_a_check_stop_the_publication_until_it_is_meant(folder):
    before = {name: n for name, n, _ in folder.rows(COUNTS)}
    with folder.runner() as runner:
        runner.connection.execute(
            "insert into raw.changes select distinct dataset, event_day from raw.reports where dataset = 'gdelt'"
        )
        runner.connection.execute("update raw.reports set event_day = date '2099-12-31' where dataset = 'gdelt'")
        runner.connection.execute("insert into raw.changes values ('gdelt', date '2099-12-31')")
        runner.connection.execute("insert into raw.files select * replace ('z' as run_id) from raw.files where dataset = 'gdelt'")
    code, told = ended(folder.data)
    assert (code, "every event has a day that can be" in told) == (65, True), told
    assert {name: n for name, n, _ in folder.rows(COUNTS)} == before
    code, told = ended(folder.data, accept_change=True)
    assert (code, f"{before['gdelt']} rows were set aside" in told) == (0, True), told


REGISTER = "measure_id,measure_name,domain,instrument,imposing_country,target_country,scope,state,state_date,is_in_force,until,until_kind,rate_percent,legal_basis,event_id,note,verified"


ROW = "mine,Mine,trade,tariff,USA,MEX,bilateral"
BAD_REGISTERS = {
    "an event that is not known": [
        (f"{REGISTER}\n{ROW},announced,2025-03-28,no,,,,,none-such,,search\n", "every event a measure names is known")
    ],
    "a state that contradicts itself": [
        (f"{REGISTER}\n{ROW},in_force,2025-03-28,no,,,,,,,search\n", "every measure is in force as its states say")
    ],
    "a date that has passed": [
        (f"{REGISTER}\n{ROW},announced,2025-03-28,no,2024-01-01,start,,,,,search\n", "every date set for a measure lies ahead")
    ],
    "no tables": [
        (f"{REGISTER}\nmine,Mine\n", "row 2 has not the 17 cells of its header"),
        ("<!doctype html><title>no table</title>\n", "it has no column is_in_force"),
        ("\xff\xfe\x00", "it has no column is_in_force"),
        (f"{REGISTER},state\n{ROW},announced,2025-03-28,no,,,,,,,search,ended\n", "it has more than one column state"),
    ],
}
"""Files that are no good register and what is said of them: each that breaks a check alone, those that are no tables at once."""


@pytest.mark.parametrize("name", BAD_REGISTERS)
def test_a_register_that_breaks_a_check_is_left_out_and_everything_else_is_published(folder, name):
    inbox = folder.data / "inbox" / "measures"
    write_lines(inbox / "good.csv", [REGISTER, "good,Good,trade,tariff,USA,MEX,bilateral,announced,2025-03-28,no,,,,,,,search"])
    bad = {inbox / f"mine {n}.csv": register for n, register in enumerate(BAD_REGISTERS[name])}
    for path, (content, _) in bad.items():
        path.write_text(content, encoding="utf-8")
    write_csv(folder.data / NEW, [act("new-1")])
    for _ in range(2):
        code, told = ended(folder.data)
        assert code == 0, told
    messages = " ".join(run.message for run in journal.history(folder.data)[:2])
    assert [path.name for path, (_, said) in bad.items() if path.name not in messages or said not in messages] == []
    assert folder.rows("select distinct measure_id from measures") == [("good",)]
    assert folder.rows("select count(*) from reports where source_event_id = 'new-1'") == [(1,)]
    for path in bad:
        path.unlink()
    code, told = ended(folder.data)
    assert (code, "left out" in told) == (0, False)
    assert folder.rows("from rejects where dataset = 'measures'") == []


CELLS = "," * REGISTER.count(",")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "it is empty"),
        ("x" * 200_000, "it has no column is_in_force"),
        (",".join(["x"] * 100_000), "it has no column is_in_force"),
        (f"{REGISTER},State\n", "it has more than one column state"),
        (f'{REGISTER}\nmine,"Mine,trade\n', "it is not a CSV file in UTF-8 with a header (unexpected end of data)"),
        (f"{REGISTER}\nm\udcffine{CELLS}\n", "it is not a CSV file in UTF-8 with a header ('utf-8' codec can't decode"),
        (REGISTER + "".join(f",c{n}{'z' * 100_000}" for n in range(25)) + "\n", "it cannot be read as CSV ("),
        (f'\ufeff{REGISTER}\r\n\r\n#a{CELLS}\r\nb,"a ""name"",\r\n\r\nin lines"{CELLS[1:]}\r\n\r\n', None),
    ],
)
def test_a_file_among_the_registers_is_a_table_or_is_told_to_be_none(tmp_path, content, said):
    path = tmp_path / "mine.csv"
    path.write_bytes(content.encode("utf-8", errors="surrogateescape"))
    fault = registers.fault_of_table(path, registers.SHAPE_OF_MEASURES)
    assert fault is None if said is None else said in fault


def test_a_clock_that_was_set_back_years_sets_no_row_aside(folder, monkeypatch):
    before = folder.rows(COUNTS)

    class YearsAgo(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz).replace(year=2017)

    monkeypatch.setattr(run_notes, "datetime", YearsAgo)
    write_csv(folder.data / NEW, [act("new-1")])
    code, told = ended(folder.data, full=True)
    assert (code, "set aside" in told) == (0, False), told
    assert [n for _, n, _ in folder.rows(COUNTS)] == [n + (name == "articles") for name, n, _ in before]


# ------------------------------------------------------------------ files from elsewhere


def test_a_file_that_lies_in_the_inbox_is_loaded_from_there(folder, small_tree):
    write_csv(folder.data / NEW, [act("new-1")])
    ended_at = subprocess.run(
        [sys.executable, "-m", "bilateral", "load", "articles", str(folder.data / NEW), "--data", str(folder.data)],
        cwd=folder.data, env=clean_environment(small_tree), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended_at.returncode == 0, ended_at.stderr
    assert folder.rows("select count(*) from reports where source_event_id = 'new-1'") == [(1,)]


@pytest.mark.parametrize(
    "name",
    [
        """it's a "quoted" `name` of $HOME.csv""",
        pytest.param("it's mine.csv", marks=pytest.mark.long),
        pytest.param("a $HOME file.csv", marks=pytest.mark.long),
    ],
)
def test_the_hint_about_refused_rows_runs_as_it_stands(folder, small_tree, name):
    file = write_csv(folder.data / "inbox/articles" / name, [act("good"), act("bad", day="2025-02-30")])
    environment = clean_environment(small_tree) | {"BILATERAL_DATA": str(folder.data)}
    ended_at = subprocess.run(
        [sys.executable, "-m", "bilateral", "load", "articles", str(file)],
        cwd=folder.data, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    hint = re.search("the reasons: bilateral (.*)", ended_at.stderr)[1]
    asked = subprocess.run(
        f"{sys.executable} -m bilateral {hint}",
        shell=True,
        cwd=folder.data,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (asked.returncode, "is not a calendar day" in asked.stdout) == (0, True), asked.stderr


MACOS = {
    "__MACOSX/._20250328.export.CSV": b"\0\5\x16\7",
    ".DS_Store": b"x",
    "folder/": b"",
    "folder/._x": b"x",
    "Thumbs.db": b"x",
}


def test_a_zip_that_macos_made_is_read(folder):
    day = datetime(2025, 3, 29)
    file = folder.data.parent / "mac.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("folder/20250329.export.CSV", export(day, 40))
        for name, content in MACOS.items():
            archive.writestr(name, content)
    (result,) = folder.refresh(coded=("gdelt", [file])).files
    assert (result.refusal, result.rows_read) == (None, 40)


# ------------------------------------------------------------------ a day that is to come


def test_an_act_of_2052_in_the_tables_moves_no_end_of_the_data_and_empties_no_feed(folder):
    site = Site(folder.data, 48)
    asked = {name: site.warehouse.ask(name, **more) for name, more in NOW.items()}
    path = snapshots.current(folder.data)
    changed = snapshots.path_of(folder.data, "20990101T000000.000000Z")
    shutil.copyfile(path, changed)
    with duckdb.connect(str(changed)) as connection:
        connection.execute(
            "insert into core.events select * replace ('future' as event_id, date '2052-03-28' as event_day) from core.events where dataset = 'chronology' limit 1"
        )
        connection.execute(
            "insert into core.dyad_day select * replace (date '2052-03-28' as day) from core.dyad_day where dataset = 'chronology' limit 5"
        )
    checksums.write(changed)
    (folder.data / "snapshots/current").write_text(f"{changed.name}\n")
    for name, more in NOW.items():
        now = site.warehouse.ask(name, **more)
        ignored = ["n_events", "n_files", "n_rejected"]
        assert now.drop(columns=ignored, errors="ignore").equals(asked[name].drop(columns=ignored, errors="ignore")), name
    assert site.warehouse.path == changed


NOW = {
    "changes": {"dyad": "all", "domain": "all", "days": 120, "min_score": 7.0, "most": 200},
    "span": {"dataset": "chronology", "dyad": "MEX-USA"},
    "status": {},
    "pairs": {"dataset": "chronology", "day": None},
}

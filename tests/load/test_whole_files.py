"""A file counts wholly or not at all, and is told from every other file, whatever the two are called."""

import gzip
from datetime import datetime
from pathlib import Path

import pytest

from bench import gdelt_day
from bilateral.exits import Exit, Stop
from bilateral.load import curated_files
from bilateral.sources import batches, unpacking
from machine_coded import Desk, load, mention
from material import act, write_csv

ADDED = datetime(2025, 3, 28, 12)
NAME = f"{ADDED:%Y%m%d%H%M%S}"
EXPORT = gdelt_day.export(ADDED, 600)
MENTIONS = "".join(mention(str(number), f"https://a.mx/{number}") + "\n" for number in range(600)).encode()
TABLES = ("raw.reports", "raw.universe", "raw.mentions", "raw.rejects")


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """Pieces and batches of a few rows, so that a file of 600 goes through many of them."""
    monkeypatch.setattr(unpacking, "PIECE", 5000)
    monkeypatch.setattr(batches, "BATCH", 5000)
    monkeypatch.setattr(batches, "MOST_BAD", 20)


def tables(desk: Desk) -> list[list[tuple]]:
    return [desk.rows(f"from {table} order by all") for table in TABLES]


def damaged(content: bytes) -> bytes:
    """A zip with one wrong byte before its end: only its checksum tells, when all of it has been read."""
    packed = bytearray(gdelt_day.zipped("a.CSV", content))
    packed[-200 if len(packed) > 1000 else -120] ^= 255
    return bytes(packed)


def shifted(content: bytes) -> bytes:
    """Good rows, and then more than as many whose first column is one row's text: the columns of the rest are shifted."""
    lines = content.splitlines()
    return b"\n".join(lines[:60] + [b"x" + line for line in lines]) + b"\n"


@pytest.mark.parametrize(("dataset", "content"), [("gdelt", EXPORT), ("gdelt-mentions", MENTIONS)], ids=["events", "mentions"])
@pytest.mark.parametrize(
    ("ending", "made", "sentence"),
    [
        (".CSV.gz", lambda content: gzip.compress(content)[:-300], "torn"),
        (".CSV.zip", damaged, "torn"),
        (".CSV.gz", lambda content: gzip.compress(shifted(content)), "; in line 61 GLOBALEVENTID"),
        (".CSV", lambda content: content[:30000] + b"1\n" * 400, "; in line"),
    ],
    ids=["cut-gz", "damaged-zip", "columns-shifted", "lines-that-are-no-rows"],
)
def test_a_file_that_is_refused_after_its_first_batches_leaves_no_row(
    desk,
    tmp_path,
    dataset,
    content,
    ending,
    made,
    sentence,
):
    before = tables(desk)
    bad = tmp_path / f"{NAME}{ending}"
    bad.write_bytes(made(content))
    refused = load(desk, dataset, bad)[bad.name]
    assert sentence in refused.refusal
    assert (refused.rows_read, refused.rows_rejected) == (0, 0)
    assert tables(desk) == before
    assert desk.rows("select file_name, rows_read, refusal is null from raw.files") == [(bad.name, 0, False)]


def test_a_refused_file_between_others_changes_nothing_of_theirs(desk, tmp_path):
    for slot, content in (("000000", gdelt_day.export(ADDED, 300)), ("003000", gdelt_day.export(ADDED.replace(day=29), 300))):
        (tmp_path / f"20250328{slot}.export.CSV").write_bytes(content)
    (tmp_path / "20250328001500.export.CSV.gz").write_bytes(gzip.compress(gdelt_day.export(ADDED, 300, seed=1))[:-300])
    results = load(desk, "gdelt", tmp_path)
    assert [file.rows_read for file in results.values()] == [300, 0, 300]
    assert desk.rows("select distinct file_name from raw.universe order by 1") == [
        ("20250328000000.export.CSV",),
        ("20250328003000.export.CSV",),
    ]
    assert desk.rows("select sum(n_rows)::bigint from raw.universe") == [(600,)]


def test_rows_with_a_nul_byte_are_refused_alone_and_the_file_adds_up(desk, tmp_path):
    path = tmp_path / f"{NAME}.export.CSV"
    lines = EXPORT.splitlines()
    for number in (9, 300, 599):
        lines[number] = lines[number].replace(b"\t", b"\t\0", 1)
    path.write_bytes(b"\n".join(lines) + b"\n")
    result = load(desk, "gdelt", path)[path.name]
    assert (result.rows_read, result.rows_rejected, result.refusal) == (600, 3, None)
    assert desk.rows("select row_number, reason like '%NUL%' from raw.rejects") == [(10, True), (300 + 1, True), (600, True)]


def test_a_file_that_was_refused_is_taken_whole_when_it_is_mended(desk, tmp_path):
    path = tmp_path / f"{NAME}.export.CSV.gz"
    path.write_bytes(gzip.compress(EXPORT)[:-300])
    assert load(desk, "gdelt", path)[path.name].refusal
    path.write_bytes(gzip.compress(EXPORT))
    assert load(desk, "gdelt", path)[path.name].rows_accepted == 600


# ------------------------------------------------------------------ two files of one name


def with_a_bad_row(path: Path, day: int, n_bad: int) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gdelt_day.export(datetime(2025, 3, day), 300, seed=day) + b"no row\n" * n_bad)
    return path


@pytest.mark.parametrize("at_once", [True, False], ids=["in one load", "one after the other"])
def test_two_files_of_one_name_are_told_apart_by_their_folders(desk, tmp_path, at_once):
    first, second = with_a_bad_row(tmp_path / "a" / "events.tsv", 27, 1), with_a_bad_row(tmp_path / "b" / "events.tsv", 28, 2)
    for paths in [[first, second]] if at_once else [[first], [second]]:
        desk.load("gdelt", paths)
    names = ["a/events.tsv" if at_once else "events.tsv", "b/events.tsv"]
    assert desk.rows("select file_name, rows_read, rows_rejected from raw.files order by rows_rejected") == [
        (names[0], 301, 1),
        (names[1], 302, 2),
    ]
    assert desk.rows("select file_name, count(*) from raw.rejects group by 1 order by 2") == [(names[0], 1), (names[1], 2)]
    assert desk.rows("select file_name, added_at::date::varchar from raw.reports group by all order by 2") == [
        (names[0], "2025-03-27"),
        (names[1], "2025-03-28"),
    ]
    again = desk.load("gdelt", [second, first])
    assert [(file.rows_accepted, file.rows_known) for file in again] == [(0, 300), (0, 300)]
    assert desk.rows("select count(*) from raw.rejects") == [(3,)]


def test_a_file_that_is_mended_where_it_lies_takes_its_own_place(desk, tmp_path):
    desk.load(
        "gdelt", [with_a_bad_row(tmp_path / "a" / "events.tsv", 27, 1), with_a_bad_row(tmp_path / "b" / "events.tsv", 28, 2)]
    )
    desk.load("gdelt", [with_a_bad_row(tmp_path / "b" / "events.tsv", 28, 0)])
    assert desk.rows("select file_name from raw.rejects") == [("a/events.tsv",)]


def test_two_curated_files_of_one_name_are_not_taken_into_the_inbox_where_one_would_replace_the_other(tmp_path):
    paths = [tmp_path / folder / "mine.csv" for folder in ("a", "b")]
    for path in paths:
        write_csv(path, [act(path.parent.name)])
    with pytest.raises(Stop, match=r"2 files are called mine\.csv") as stop:
        curated_files.receive(tmp_path / "data", "articles", paths)
    assert stop.value.code == Exit.DATA
    assert not (tmp_path / "data" / "inbox").exists()

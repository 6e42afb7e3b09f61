"""Real files, read whole: rows, kinds and scores as a plain reading of the same file finds them, the same twice and in any order.

The real ones lie in ../shared/data, outside the project; where they are absent only their twins, made here, are read.
"""

import csv
import gzip
import io
import random
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from bench import gdelt_day
from machine_coded import (
    ICEWS_HEADER,
    PHOENIX_HEADER,
    as_loaded,
    by_direction,
    empty_desk,
    icews_row,
    icews_rows,
    kind,
    load,
    packed,
    phoenix_line,
    phoenix_rows,
)
from material import ROOT

SHARED = ROOT.parent / "shared" / "data"
LIST = "20180326191500.export.CSV.zip"
"""A list of files that someone saved under the name of an export."""


def gdelt_rows(path: Path) -> tuple[int, list[tuple]]:
    """How many rows, and source, target, kind and score of each, knowing nothing of the readers."""
    packed_bytes = path.read_bytes()
    if path.suffix == ".zip":
        archive = zipfile.ZipFile(io.BytesIO(packed_bytes))
        text = archive.read(archive.namelist()[0]).decode()
    else:
        text = gzip.decompress(packed_bytes).decode()
    if "\t" in text.split("\n")[0]:
        rows = [[row[7], row[17], row[26], row[30]] for row in (line.split("\t") for line in text.splitlines())]
    else:
        header, *lines = csv.reader(io.StringIO(text))
        names = ("Actor1CountryCode", "Actor2CountryCode", "EventCode", "GoldsteinScale")
        places = [header.index(name) + len(lines[0]) - len(header) for name in names]
        rows = [[line[place] for place in places] for line in lines]
    return len(rows), [(source, target, kind(code), float(score or 0)) for source, target, code, score in rows]


READERS = {"gdelt": gdelt_rows, "icews": icews_rows, "phoenix": phoenix_rows}


def real_files(folder: str) -> list[Path]:
    v2, v1 = SHARED / "gdelt-v2-export", SHARED / "gdelt-v1"
    return {
        "gdelt-v2-export": [
            *sorted(v2.glob("*.export.CSV.zip")),
            v2 / "events2samps.csv.zip",
            v2 / "events.csv.gz",
            v2 / "eventsT.csv.gz",
        ],
        "gdelt-v1": [v1 / "events1.csv.gz", *sorted((v1 / "georgia-monthly").glob("*.gz"))],
        "icews": [SHARED / "icews" / "events.2018.sample.tab.gz"],
        "phoenix": [SHARED / "phoenix" / "samplePhox.csv.gz"],
    }[folder]


def twins(folder: str, place: Path) -> list[Path]:
    """Files in the same formats."""
    place.mkdir()
    if folder == "gdelt-v2-export":
        (place / LIST).write_bytes(b"180505 3a478f464cb1e80db45270c6fe1787e2 http://x/a.zip\n")
        return [*gdelt_day.day_of_exports(place, datetime(2025, 3, 28), 4000, files=4), place / LIST]
    if folder == "gdelt-v1":
        columns = [place for place in range(61) if place not in (39, 47, 55)]
        rows = [line.split("\t") for line in gdelt_day.export(datetime(2015, 3, 28), 1500).decode().splitlines()]
        return [
            packed(place / f"{n}.csv.gz", "".join("\t".join(row[c] for c in columns[:width]) + "\n" for row in rows[n::2]))
            for n, width in enumerate((58, 57))
        ]
    chance = random.Random(folder)
    countries = {"icews": ["United States", "Mexico", "China", "France"], "phoenix": ["USA", "MEX", "CHN", "FRA"]}[folder]
    acts = [(n, *chance.sample(countries, 2), *chance.choice([("042", 1.9), ("173", -5.0), ("0311", 5.2)])) for n in range(400)]
    if folder == "icews":
        lines = [icews_row(n, source=one, target=other, code=code, intensity=f"{score}") for n, one, other, code, score in acts]
        return [packed(place / f"{n}.tab.gz", "\n".join([ICEWS_HEADER, *lines[n::2]]) + "\n") for n in range(2)]
    lines = [phoenix_line(n, one, other, code, score) for n, one, other, code, score in acts]
    return [packed(place / f"{n}.csv.gz", "\n".join([PHOENIX_HEADER, *lines[n::2]]) + "\n") for n in range(2)]


def files_of(folder: str, origin: str, place: Path) -> list[Path]:
    if origin == "real" and not SHARED.is_dir():
        pytest.skip("needs ../shared/data; the same is tested on twins of these files")
    return real_files(folder) if origin == "real" else twins(folder, place / "twins")


@pytest.mark.parametrize("origin", ["real", "twins"])
@pytest.mark.parametrize("folder", ["gdelt-v2-export", "gdelt-v1", "icews", "phoenix"])
def test_files_agree_with_a_plain_reading_twice_and_in_any_order(tmp_path, folder, origin):
    files, dataset = files_of(folder, origin, tmp_path), folder.split("-")[0]
    told, tables = [], ("from raw.reports order by all", "from raw.universe order by all", "from raw.rejects order by all")
    with empty_desk() as desk:
        results = load(desk, dataset, *files)
        for path in files:
            if path.name == LIST:
                assert "list of files" in results[LIST].refusal
                assert results[LIST].rows_read == 0
                continue
            n_rows, rows = READERS[dataset](path)
            told += rows
            assert (path.name, results[path.name].rows_read, results[path.name].refusal) == (path.name, n_rows, None)
            assert results[path.name].rows_rejected == n_rows - len(rows)
        found = as_loaded(desk, dataset)
        assert found == by_direction(told)
        before = [desk.rows(table) for table in tables]
        again = load(desk, dataset, *files)
        assert {file.rows_accepted for file in again.values()} == {0}
        assert [desk.rows(table) for table in tables] == before
        n_read = sum(file.rows_read for file in results.values())
        print(
            f"{folder}, {origin}: {len(files)} files, {n_read} rows read, {len(before[0])} of configured pairs in {len(found)} groups"
        )
    assert found
    with empty_desk() as desk:
        for path in random.Random(folder).sample(files, len(files)):
            load(desk, dataset, path)
        assert [desk.rows(table) for table in tables] == before

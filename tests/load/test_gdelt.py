"""GDELT event files: read whole, counted exactly, refused with a sentence, and the same twice and in any order."""

import gzip
import shutil
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from bench import gdelt_day
from bilateral.load import bulk
from bilateral.load.curated_files import FileResult
from bilateral.publish import refresh, snapshots

PAIRS = [("USA", "MEX"), ("USA", "CAN"), ("USA", "CHN"), ("USA", "COL"), ("USA", "SLV"), ("USA", "GTM"), ("USA", "HND")]
PAIRS += [("USA", "VEN"), ("USA", "PAN"), ("USA", "CUB"), ("MEX", "CAN"), ("MEX", "CHN"), ("MEX", "COL"), ("MEX", "ECU")]
PAIRS += [("MEX", "GTM"), ("MEX", "PER"), ("MEX", "SLV")]
DIRECTED = {*PAIRS, *((b, a) for a, b in PAIRS)}


def load(data: Path, *paths: Path) -> dict[str, FileResult]:
    outcome = refresh.refresh(data, coded=("gdelt", bulk.found_files(paths)))
    assert outcome.exit_code == 0, outcome.message
    return {file.file_name: file for file in outcome.files if file.dataset == "gdelt"}


def ask(data: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(snapshots.current(data)), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def raw_rows(path: Path) -> list[tuple[str, str, str, str, str]]:
    """(id, source, target, class, score) by plain Python, knowing nothing of the readers."""
    archive = zipfile.ZipFile(path)
    rows = [line.split("\t") for line in archive.read(archive.namelist()[0]).decode().splitlines()]
    return [(row[0], row[7], row[17], row[29], row[30]) for row in rows]


def hold_against_raw(data: Path, files: list[Path]) -> None:
    results = load(data, *files)
    expected, scores = Counter(), Counter()
    for file in files:
        rows = raw_rows(file)
        result = results[file.name]
        assert result.rows_read == len(rows), file.name
        assert result.rows_read == result.rows_accepted + result.rows_known + result.rows_rejected
        assert result.rows_rejected == 0
        for _, source, target, kind, score in rows:
            if (source, target) in DIRECTED:
                expected[source, target, kind] += 1
                scores[source, target, kind] += float(score)
    found = ask(
        data,
        "select source_country, target_country, source_kind, count(*), sum(score_given) from reports "
        "where dataset = 'gdelt' group by all",
    )
    assert {row[:3]: row[3] for row in found} == dict(expected)
    assert all(row[4] == pytest.approx(scores[row[:3]]) for row in found)


def test_generated_exports_agree_with_a_plain_reading(house, tmp_path):
    hold_against_raw(house.data, gdelt_day.day_of_exports(tmp_path / "in", datetime(2025, 3, 28), 4000, files=4))


def test_loading_twice_and_in_another_order_gives_the_same_tables(house, tmp_path):
    shutil.copytree(house.data, tmp_path / "other")
    files = gdelt_day.day_of_exports(tmp_path / "in", datetime(2025, 3, 28), 2000, files=4)
    load(house.data, *files)
    again = load(house.data, *files)
    assert {file.rows_accepted for file in again.values()} == {0}
    for file in reversed(files):
        load(tmp_path / "other", file)
    for table in ("reports", "events", "dyad_day", "coverage"):
        sql = f"select * from {table} where dataset = 'gdelt' order by all"
        one, other = ask(house.data, sql), ask(tmp_path / "other", sql)
        assert len(one) == len(other)
        for left, right in zip(one, other, strict=True):  # sums of floats differ in the last digit with their order
            assert [value for value in left if not isinstance(value, float)] == [v for v in right if not isinstance(v, float)]
            assert [v for v in left if isinstance(v, float)] == pytest.approx(
                [v for v in right if isinstance(v, float)], abs=1e-9
            )


GOOD = gdelt_day.export(datetime(2025, 3, 28), 50)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.export.CSV", b"", "empty"),
        ("a.export.CSV.zip", b"180505 3a478f464cb1e80db45270c6fe1787e2 http://x/a.zip\n", "list of files"),
        ("a.export.CSV.zip", gdelt_day.zipped("a.CSV", GOOD)[:-60], "torn"),
        ("a.export.CSV.gz", gzip.compress(GOOD)[:-40], "torn"),
        ("a.export.CSV.zip", gdelt_day.zipped("../../etc/passwd", GOOD), "path outside"),
        ("a.export.CSV.zip", gdelt_day.zipped("a.CSV", b"0" * (60 << 20)), "200 times"),
        ("a.export.CSV", b"\t".join([b"1"] * 16) + b"\n", "gdelt-mentions"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_whole(house, tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    result = load(house.data, tmp_path / name)[name]
    assert sentence in result.refusal
    assert result.rows_read == 0


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"1\t2\t3", "3 columns"),
        (GOOD.split(b"\n")[0].replace(b"\t", b"\t\xff", 1), "not UTF-8"),
        (GOOD.split(b"\n")[0].replace(b"\t", b"\t\0", 1), "NUL"),
        (b"", "empty"),
        (b"x" + GOOD.split(b"\n")[0], "GLOBALEVENTID"),
    ],
)
def test_a_bad_row_is_refused_alone_with_its_line_and_reason(house, tmp_path, line, reason):
    lines = GOOD.split(b"\n")[:-1]
    lines.insert(20, line)
    path = tmp_path / "20250328000000.export.CSV"
    path.write_bytes(b"\n".join(lines) + b"\n")
    result = load(house.data, path)[path.name]
    assert (result.rows_read, result.rows_rejected) == (51, 1)
    ((row_number, said),) = ask(house.data, "select row_number, reason from rejects where dataset = 'gdelt'")
    assert row_number == 21
    assert reason in said

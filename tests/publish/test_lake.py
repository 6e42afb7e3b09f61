"""The lake: what other programs read of it is what the snapshot holds, a version is whole or not there, and an import gives the published tables."""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.dataset as ds
import pytest

from bench import gdelt_day
from bilateral import package_data
from bilateral.exits import Exit, Stop
from bilateral.publish import lake, snapshots
from bilateral.publish.refresh import refresh
from material import act, write_csv
from same_tables import differences

PARTED = {"reports": "raw.reports", "events": "core.events", "credits": "core.credits", "dyad_day": "core.dyad_day"}


@pytest.fixture(scope="module")
def made(small_tree, small_data, tmp_path_factory) -> Iterator[tuple[Path, Path]]:
    """A small house with machine-coded reports of two years, and a lake of one version. Do not change them."""
    place = tmp_path_factory.mktemp("lake")
    data = Path(shutil.copytree(small_data, place / "data"))
    days = (datetime(2024, 12, 31), datetime(2025, 3, 28))
    files = [path for day in days for path in gdelt_day.day_of_exports(place / "in", day, 450, files=1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package_data, "folder", lambda name: small_tree / name)
        assert refresh(data, coded=("gdelt", files)).exit_code == 0
        folder, _, n_shared = lake.export(data, place / "lake")
        assert (folder.name, n_shared) == (snapshots.version(snapshots.current(data)), 0)
        yield data, place / "lake"


def rows(data: Path, statement: str) -> list[tuple]:
    with snapshots.connect(snapshots.current(data)) as connection:
        return connection.execute(statement).fetchall()


def test_duckdb_pandas_and_pyarrow_read_what_the_snapshot_holds(made):
    data, exported = made
    folder = lake.current(exported)
    for name, table in PARTED.items():
        with duckdb.connect() as connection:
            connection.execute(f"attach '{snapshots.current(data)}' as snapshot (read_only)")
            read = f"select * exclude (year) from read_parquet('{folder / name}/**/*.parquet', hive_partitioning = true)"
            columns = ", ".join(f'"{row[0]}"' for row in connection.execute(f"describe snapshot.{table}").fetchall())
            for one, other in (
                (f"select {columns} from ({read})", f"from snapshot.{table}"),
                (f"from snapshot.{table}", f"select {columns} from ({read})"),
            ):
                assert connection.execute(f"select count(*) from (({one}) except all ({other}))").fetchone() == (0,)
            (n_rows,) = connection.execute(f"select count(*) from snapshot.{table}").fetchone()
        assert n_rows > 0
        assert ds.dataset(folder / name, partitioning="hive").count_rows() == n_rows
        frame = pd.read_parquet(folder / name)
        assert (len(frame), frame["dataset"].nunique()) == (n_rows, 3)
    ((n, s),) = rows(data, "select sum(n), sum(s) from dyad_day")
    sums = pd.read_parquet(folder / "dyad_day")
    assert (sums["n"].sum(), sums["s"].sum()) == (pytest.approx(n, abs=1e-9), pytest.approx(s, abs=1e-9))
    (part,) = (folder / "events" / "dataset=gdelt" / "year=2025").glob("*.parquet")
    dyads = list(pd.read_parquet(part)["dyad"])
    assert dyads == sorted(dyads)


def test_the_manifest_tells_rows_bytes_and_checksums_and_every_column_is_described(made):
    data, exported = made
    folder = lake.current(exported)
    told = json.loads((folder / "manifest.json").read_text())
    assert told["versions"]["snapshot"] == folder.name
    assert {part["path"] for part in told["files"]} == {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet")}
    assert (
        sum(part["rows"] for part in told["files"] if part["table"] == "raw.reports")
        == rows(data, "select count(*) from reports")[0][0]
    )
    described = (folder / "README.md").read_text()
    for path in folder.rglob("*.parquet"):
        assert [name for name in ds.dataset(path).schema.names if f"| {name} |" not in described] == []


def test_an_import_into_an_empty_folder_gives_the_published_tables(made, command, small_tree, tmp_path):
    data, exported = made
    ended = command("lake", "import", exported, "--quiet", data=tmp_path / "other", tree=small_tree)
    assert (ended.code, ended.err) == (0, "")
    assert differences(snapshots.current(data), snapshots.current(tmp_path / "other")) == {}
    again = command("lake", "import", exported, data=tmp_path / "other", tree=small_tree)
    assert again.code == Exit.CONFIGURATION
    assert again.err.startswith(f"{tmp_path / 'other'} has data already; a lake is imported into an empty data folder")


def test_a_second_version_shares_the_partitions_that_did_not_change(made, tmp_path):
    data, exported = (Path(shutil.copytree(one, tmp_path / one.name)) for one in made)
    first = lake.current(exported)
    write_csv(data / "inbox/articles/mine.csv", [act("one", day="2025-03-27")])
    assert refresh(data).exit_code == 0
    second, parts, n_shared = lake.export(data, exported)
    assert lake.current(exported) == second != first
    same = Path("reports/dataset=gdelt/year=2025/part.parquet")
    other = Path("reports/dataset=articles/year=2025/part.parquet")
    assert os.path.samefile(first / same, second / same)
    assert not os.path.samefile(first / other, second / other)
    assert 0 < n_shared < len(parts)
    with pytest.raises(Stop, match="is there already; a version of a lake never changes"):
        lake.export(data, exported)


def test_a_damaged_file_is_named_and_nothing_is_imported(made, tmp_path):
    exported = Path(shutil.copytree(made[1], tmp_path / "lake"))
    folder = lake.current(exported)
    path = folder / "reports/dataset=gdelt/year=2025/part.parquet"
    damaged = path.with_suffix(".copy")
    shutil.copy(path, damaged)
    with damaged.open("r+b") as file:
        file.seek(100)
        file.write(b"x")
    damaged.replace(path)
    with pytest.raises(
        Stop, match=r"part\.parquet is not the file of the manifest: it was changed or damaged; nothing was imported"
    ) as stop:
        lake.take(tmp_path / "other", exported)
    assert stop.value.code == Exit.DATA
    assert not (tmp_path / "other").exists()
    with pytest.raises(Stop, match=r"is no lake: it has neither current nor manifest\.json") as stop:
        lake.take(tmp_path / "other", tmp_path)
    assert stop.value.code == Exit.UNAVAILABLE

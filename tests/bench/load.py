"""How fast a day of GDELT is read: this project beside pandas, in the manner of gdeltPyR, and beside polars.

`make bench-load` runs it: 96 generated exports of 150,000 rows, each reader five times in turn, every time in a process of its own. The
work is the same: unpack, read, type, keep the rows of configured pairs, count all rows by day. pandas reads all columns of one file after
the other, as gdeltPyR does; polars reads the columns that it needs in one go. This project judges every row besides, notes its line, and
sets refused ones apart; `load` goes on to what the others do not do: it looks for rows that are known and keeps the books of each file.
"""

import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import datetime
from pathlib import Path

from bench import gdelt_day
from material import know_seeds

ROOT = Path(__file__).parents[2]
ROWS = 150_000
RUNS = 5
READERS = ("bilateral", "load", "pandas", "polars")
DIRECTED = {tuple(line.split(",")[0].split("-")) for line in (ROOT / "seeds" / "dyads.csv").read_text().splitlines()[1:]}
DIRECTED |= {(b, a) for a, b in DIRECTED}


def members(folder: Path) -> list[bytes]:
    return [archive.read(archive.namelist()[0]) for archive in map(zipfile.ZipFile, sorted(folder.glob("*.zip")))]


def loader():
    """A loader over an empty database with what the judge needs."""
    import duckdb

    from bilateral.compute.runner import Runner
    from bilateral.load import bulk

    connection = duckdb.connect()
    know_seeds(connection)
    runner = Runner(connection, ROOT / "queries")
    runner.make_kept()
    inputs = [name for name in bulk.judge_of(ROOT / "queries", "gdelt").inputs if "." in name]
    runner.build(["staging.dyads", "staging.dyad_keys", *inputs])
    return bulk.Loader(connection, ROOT / "queries", "gdelt", "run")


def read_with_bilateral(folder: Path) -> tuple[int, int]:
    """(rows of configured pairs, all rows); the stage of reading alone"""
    from bilateral.load import add

    kept, read = [], []

    class Counting(add.Takeover):
        def put_beside(self, *_) -> None:
            kept.append(self.connection.execute("select count(*) from judged where refusal is null and is_kept").fetchall()[0][0])
            read.append(self.connection.execute("select sum(n_rows)::bigint from counted where not is_refused").fetchall()[0][0])

    reader = loader()
    reader.takeover = Counting(reader.connection, "gdelt", add.REPORTS)
    start = time.perf_counter()
    reader.load(sorted(folder.glob("*.zip")))
    report(start)
    return sum(kept), sum(read)


def read_with_load(folder: Path) -> tuple[int, int]:
    whole = loader()
    start = time.perf_counter()
    whole.load(sorted(folder.glob("*.zip")))
    report(start)
    kept = whole.connection.execute("select count(*) from raw.reports").fetchone()
    universe = whole.connection.execute("select sum(n_rows)::bigint from raw.universe").fetchone()
    return kept[0], universe[0]


def read_with_pandas(folder: Path) -> tuple[int, int]:
    import pandas as pd

    from bilateral.sources import gdelt

    start = time.perf_counter()
    texts = {"event_code": str, "event_base_code": str, "event_root_code": str, "actor1_country": str, "actor2_country": str}
    frames = [
        pd.read_csv(
            path, compression="zip", sep="\t", header=None, names=list(gdelt.V2), dtype=texts, quoting=3, low_memory=False
        )
        for path in sorted(folder.glob("*.zip"))
    ]
    events = pd.concat(frames, ignore_index=True)
    events["event_day"] = pd.to_datetime(events["sql_date"], format="%Y%m%d")
    events["added_at"] = pd.to_datetime(events["date_added"], format="%Y%m%d%H%M%S")
    universe = events.groupby(["event_day", events["added_at"].dt.date])["num_articles"].agg(["size", "sum"])
    pairs = pd.MultiIndex.from_arrays([events["actor1_country"], events["actor2_country"]])
    kept = events[pairs.isin(list(DIRECTED))]
    report(start)
    return len(kept), int(universe["size"].sum())


USED = (
    *("global_event_id", "sql_date", "actor1_code", "actor1_name", "actor1_country", "actor1_type1"),
    *("actor2_code", "actor2_name", "actor2_country", "actor2_type1", "event_code", "quad_class", "goldstein"),
    *("num_mentions", "num_articles", "avg_tone", "date_added", "source_url"),
)


def read_with_polars(folder: Path) -> tuple[int, int]:
    import polars as pl

    from bilateral.sources import gdelt

    start = time.perf_counter()
    places = {gdelt.V2.index(name): name for name in USED}
    events = pl.read_csv(
        io.BytesIO(b"".join(members(folder))),
        separator="\t",
        has_header=False,
        quote_char=None,
        infer_schema=False,
        columns=[f"column_{place}" for place in places],
    )
    events = events.rename({f"column_{place}": name for place, name in places.items()}).with_columns(
        pl.col("sql_date").str.to_date("%Y%m%d").alias("event_day"),
        pl.col("date_added").str.to_datetime("%Y%m%d%H%M%S").alias("added_at"),
        pl.col("num_articles").cast(pl.Int64),
        pl.col("num_mentions").cast(pl.Int64),
        pl.col("goldstein").cast(pl.Float64),
        pl.col("avg_tone").cast(pl.Float64),
    )
    universe = events.group_by("event_day", pl.col("added_at").dt.date()).agg(pl.len(), pl.col("num_articles").sum())
    pairs = pl.DataFrame(sorted(DIRECTED), schema=["actor1_country", "actor2_country"], orient="row")
    kept = events.join(pairs, on=["actor1_country", "actor2_country"], how="semi")
    report(start)
    return len(kept), int(universe["len"].sum())


def report(start: float) -> None:
    """Seconds, and megabytes at the most, of this process; on one line for the parent."""
    print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def one_run(reader: str, folder: Path) -> tuple[float, float, str]:
    ended = subprocess.run(
        [sys.executable, "-m", "bench.load", reader, str(folder)], capture_output=True, text=True, check=True, cwd=ROOT / "tests"
    )
    figures, counts = ended.stdout.strip().splitlines()
    seconds, megabytes = map(float, figures.split())
    return seconds, megabytes, counts


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        gdelt_day.day_of_exports(folder, datetime(2025, 3, 28), ROWS)
        runs: dict[str, list[tuple[float, float, str]]] = {reader: [] for reader in READERS}
        for _ in range(RUNS):
            for reader in READERS:
                runs[reader].append(one_run(reader, folder))
    counts = {counts for found in runs.values() for *_, counts in found}
    if len(counts) != 1:
        sys.exit(f"the readers disagree on (kept, all) rows: {counts}")
    print(f"(rows of configured pairs, all rows) = {counts.pop()}; median of {RUNS}, in turn")
    medians = {reader: statistics.median(seconds for seconds, *_ in found) for reader, found in runs.items()}
    for reader, found in runs.items():
        memory = max(megabytes for _, megabytes, _ in found)
        print(f"{reader:<10} {medians[reader]:6.2f} s   {memory:5.0f} MB at the most")
    print(f"pandas / bilateral  {medians['pandas'] / medians['bilateral']:.2f}   (2 or more is wanted)")
    print(f"bilateral / polars  {medians['bilateral'] / medians['polars']:.2f}   (1.15 or less is wanted)")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(globals()[f"read_with_{sys.argv[1]}"](Path(sys.argv[2])))
    else:
        main()

"""What a full rebuild, the refresh of one new day and the query of a chart cost: `make bench-rebuild` (ROWS="1000000 10000000").

Each measurement is a process of its own, so that its peak memory is its own. Seconds are given as they passed and as the processor
worked, which says more where others use the machine too. A refresh is given without the copy of the snapshot, which stands apart. The
day that is added is read from export files of 150,000 rows, as the service publishes them.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import duckdb

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench import gdelt_day, reports  # noqa: E402

from dashboard import increments, snapshots  # noqa: E402
from dashboard.increments import Increment  # noqa: E402
from dashboard.machine import Loader  # noqa: E402
from dashboard.queries import read  # noqa: E402
from dashboard.refresh import refresh  # noqa: E402
from dashboard.runner import Runner  # noqa: E402

DAY_ROWS = 150_000
DAYS = 3


def main(place: Path, sizes: list[int]) -> None:
    print(f"{os.cpu_count()} processors, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB", flush=True)
    exports = [new_day(place / "exports", number) for number in range(DAYS)]
    costs = []
    for rows in sizes:
        data = place / str(rows)
        shutil.rmtree(data, ignore_errors=True)
        refresh(data)
        with duckdb.connect(str(data / "work.duckdb"), config={"storage_compatibility_version": "v1.5.0"}) as connection:
            reports.fill(connection, rows)
        print(f"{rows:,} reports", flush=True)
        tell("full rebuild", measured("full", data))
        days = [measured("day", data, export) for export in exports]
        for day in days:
            tell("one new day", day)
        costs.append({what: median(day[what] for day in days) for what in ("seconds", "cpu_seconds")})
        chart = measured("chart", data)
        print(f"  query of a chart: median {chart['median_ms']:.1f} ms, 95 % within {chart['p95_ms']:.1f} ms", flush=True)
    for rows, cost in zip(sizes[1:], costs[1:], strict=True):
        ratios = ", ".join(f"{cost[what] / costs[0][what]:.2f} ({what})" for what in cost)
        print(f"one new day at {rows:,} reports over one at {sizes[0]:,}: {ratios}")


def tell(what: str, cost: dict) -> None:
    """One measurement, and the tables that took most of it."""
    print(f"  {what}: {cost['seconds']:.1f} s ({cost['cpu_seconds']:.1f} s of processors), peak {cost['peak_mb']:,} MB")
    layers: Counter[str] = Counter()
    for name, seconds in cost["parts"].items():
        layers[name.split(".")[0]] += seconds
    print("    by layer: " + ", ".join(f"{layer} {seconds:.1f} s" for layer, seconds in layers.most_common()))
    costly = sorted(cost["parts"].items(), key=lambda part: -part[1])[:12]
    print("    by table: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in costly), flush=True)


def new_day(folder: Path, number: int) -> Path:
    """The folder with the exports of a day after all generated reports."""
    day = datetime.combine(reports.LAST_DAY, datetime.min.time()) + timedelta(days=number + 1)
    exports = folder / f"{day:%Y%m%d}"
    if not exports.exists():
        gdelt_day.day_of_exports(exports, day, DAY_ROWS)
    return exports


def measured(what: str, data: Path, *more: Path) -> dict:
    ended = subprocess.run([sys.executable, __file__, what, str(data), *map(str, more)], stdout=subprocess.PIPE, check=True)
    return json.loads(ended.stdout.splitlines()[-1])


def run(what: str, data: Path, more: list[Path]) -> None:
    """In the process that is measured: one refresh, with its seconds by table, as one line of JSON."""
    parts: Counter[str] = Counter()
    name_of = lambda owner, query, *given: query.name  # noqa: E731
    with timed(increments, "make", parts, name_of), timed(Increment, "_put_beside", parts, name_of), \
            timed(Runner, "hold", parts, lambda *given: "checks"), timed(Loader, "load", parts, lambda *given: "loading"), \
            timed(snapshots, "publish", parts, lambda *given: "copy"):  # fmt: skip
        started, worked = time.perf_counter(), time.process_time()
        new = None if what == "full" else ("gdelt", sorted(more[0].glob("*.zip")))
        outcome = refresh(data, full=new is None, coded=new)
        seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - worked
    assert outcome.exit_code == 0, outcome.message
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds - parts["copy"], "cpu_seconds": cpu_seconds, "peak_mb": peak, "parts": dict(parts)}))


def chart(data: Path) -> None:
    """In a process of its own: the query of a chart of eleven years of each pair, on the snapshot, as one line of JSON."""
    sql = read(ROOT / "queries" / "app" / "indicator_series.sql").sql
    asked = {"dataset": "gdelt", "domain": "all", "half_life_days": 7, "by": "day"}
    asked |= {"from_day": reports.FIRST_DAY, "to_day": reports.LAST_DAY}
    times = []
    with duckdb.connect(str(snapshots.current(data)), read_only=True) as connection:
        pairs = [dyad for (dyad,) in connection.execute("select dyad from main.dyads").fetchall()]
        for dyad in pairs * 7:
            started = time.perf_counter()
            connection.execute(sql, asked | {"dyad": dyad}).fetchnumpy()
            times.append(1000 * (time.perf_counter() - started))
    warm = sorted(times[len(pairs) :])
    print(json.dumps({"median_ms": median(warm), "p95_ms": warm[int(0.95 * len(warm))]}))


@contextmanager
def timed(owner: object, name: str, parts: Counter, part: Callable) -> Iterator[None]:
    """Adds up the seconds that a function takes, under the name that `part` gives its arguments."""
    function = getattr(owner, name)

    def timing(*given, **more):
        started = time.perf_counter()
        try:
            return function(*given, **more)
        finally:
            parts[part(*given)] += time.perf_counter() - started

    setattr(owner, name, timing)
    try:
        yield
    finally:
        setattr(owner, name, function)


if __name__ == "__main__":
    if sys.argv[1] == "chart":
        chart(Path(sys.argv[2]))
    elif sys.argv[1] in ("full", "day"):
        run(sys.argv[1], Path(sys.argv[2]), [Path(path) for path in sys.argv[3:]])
    else:
        main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]])

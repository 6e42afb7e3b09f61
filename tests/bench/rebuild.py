"""What a full rebuild, the refresh of one new day and the query of a chart cost: `make bench-rebuild` (ROWS="1000000 10000000", LEAVE=statistics).

Each measurement is a process of its own, so that its peak memory is its own. Seconds are given as they passed and as the processor
worked, which says more where others use the machine too; seconds of layers and tables are those of processors. A refresh is given
without the copy of the snapshot, which stands apart. The day that is added is read from export files of 150,000 rows, as the service
publishes them. The databases stay for other measurements. LEAVE=statistics leaves that layer empty: numbers of pairs, subjects and days
decide what it costs, and one more day of a settled week does not touch it, which the seconds by layer show where it is not left out.
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
from bilateral.ask.scopes import Scope  # noqa: E402
from bilateral.ask.time_series import SHOWN  # noqa: E402
from bilateral.compute import increments  # noqa: E402
from bilateral.compute.queries import Query, read  # noqa: E402
from bilateral.compute.runner import Runner  # noqa: E402
from bilateral.load.bulk import Loader  # noqa: E402
from bilateral.publish import snapshots  # noqa: E402
from bilateral.publish.refresh import refresh  # noqa: E402

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
        times = measured("chart", data)
        for what, (middle, most) in times.items():
            print(f"  query of a chart, {what}: median {middle:.1f} ms, 95 % within {most:.1f} ms", flush=True)
    for rows, cost in zip(sizes[1:], costs[1:], strict=True):
        ratios = ", ".join(f"{cost[what] / costs[0][what]:.2f} ({what})" for what in cost)
        print(f"one new day at {rows:,} reports over one at {sizes[0]:,}: {ratios}")


def tell(what: str, cost: dict) -> None:
    """One measurement, and the tables that took most of it."""
    spent = f"{cost['seconds']:.1f} s ({cost['cpu_seconds']:.1f} s of processors), copy {cost['copy_seconds']:.1f} s"
    print(f"  {what}: {spent}, peak {cost['peak_mb']:,} MB, database {cost['database_mb']:,} MB")
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
    copy: Counter[str] = Counter()
    name_of = lambda owner, query, *given: query.name  # noqa: E731
    if os.environ.get("LEAVE"):
        increments.make = without(os.environ["LEAVE"], increments.make)
    with timed(increments, "make", parts, name_of), timed(Runner, "make_beside", parts, name_of), \
            timed(Runner, "hold", parts, lambda *given: "checks"), timed(Loader, "load", parts, lambda *given: "loading"), \
            timed(snapshots, "publish", parts, lambda *given: "copy"), \
            timed(snapshots, "publish", copy, lambda *given: "copy", time.perf_counter):  # fmt: skip
        started, worked = time.perf_counter(), time.process_time()
        new = None if what == "full" else ("gdelt", sorted(more[0].glob("*.zip")))
        outcome = refresh(data, full=new is None, coded=new, keep=1)
        seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - worked
    assert outcome.exit_code == 0, outcome.message
    cost = {"seconds": seconds - copy["copy"], "cpu_seconds": cpu_seconds - parts["copy"], "copy_seconds": copy["copy"]}
    cost["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    cost["database_mb"] = (data / "work.duckdb").stat().st_size // 10**6
    print(json.dumps({**cost, "parts": parts}))


def without(layer: str, make: Callable) -> Callable:
    """`increments.make` that leaves the tables of a layer empty."""

    def making(runner: Runner, query: Query) -> None:
        if query.layer == layer and query.built != "view":
            runner.make_empty(query)
        else:
            make(runner, query)

    return making


def chart(data: Path) -> None:
    """In a process of its own: the query of a chart of eleven years of each pair, as a page asks it, on the snapshot, as one line of JSON."""
    question = read(ROOT / "queries" / "app" / "indicator_series.sql").sql
    asked = {"dataset": "gdelt", "domain": "all", "half_life_days": 7, "by": "day"}
    asked |= {"from_day": reports.FIRST_DAY, "to_day": reports.LAST_DAY}
    scope = Scope("gdelt", "", "all", 7, is_kept=True)
    (kept, drawn), *_ = scope.over(SHOWN).items()
    passed, worked = [], []
    with snapshots.connect(snapshots.current(data)) as connection:
        pairs = [dyad for (dyad,) in connection.execute("select dyad from main.dyads").fetchall()]
        for dyad in pairs * 7:
            started, started_work = time.perf_counter(), time.process_time()
            connection.execute(question.replace(kept, drawn), asked | {"dyads": [dyad]}).fetchnumpy()
            passed.append(1000 * (time.perf_counter() - started))
            worked.append(1000 * (time.process_time() - started_work))
    warm = {"as it passed": sorted(passed[len(pairs) :]), "of the processor": sorted(worked[len(pairs) :])}
    print(json.dumps({what: (median(times), times[int(0.95 * len(times))]) for what, times in warm.items()}))


@contextmanager
def timed(owner: object, name: str, parts: Counter, part: Callable, clock: Callable = time.process_time) -> Iterator[None]:
    """Adds up the seconds that a function takes of the processors, or by another clock, under the name that `part` gives its arguments."""
    function = getattr(owner, name)

    def timing(*given, **more):
        started = clock()
        try:
            return function(*given, **more)
        finally:
            parts[part(*given)] += clock() - started

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

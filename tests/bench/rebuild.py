"""How long a full rebuild and the refresh of one new day take, and how much memory: `make bench-rebuild` (ROWS="1000000 10000000").

Each measurement is a process of its own, so that its peak memory is its own. Times of the refresh are without the copy of the snapshot,
which is given apart. The day that is added is read from export files of 150,000 rows, as the service publishes them.
"""

import json
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

from dashboard import snapshots  # noqa: E402
from dashboard.increments import Increment  # noqa: E402
from dashboard.refresh import refresh  # noqa: E402
from dashboard.runner import Runner  # noqa: E402

DAY_ROWS = 150_000
DAYS = 3


def main(place: Path, sizes: list[int]) -> None:
    exports = [new_day(place / "exports", number) for number in range(DAYS)]
    for rows in sizes:
        data = place / str(rows)
        shutil.rmtree(data, ignore_errors=True)
        refresh(data)
        with duckdb.connect(str(data / "work.duckdb"), config={"storage_compatibility_version": "v1.5.0"}) as connection:
            reports.fill(connection, rows)
        full = measured("full", data)
        print(f"{rows:,} reports: full rebuild {full['seconds']:.1f} s, peak {full['peak_mb']:,} MB", flush=True)
        print("  " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in full["parts"].items()), flush=True)
        days = [measured("day", data, export) for export in exports]
        print(
            f"  one new day: {median(day['seconds'] for day in days):.2f} s of {[round(day['seconds'], 2) for day in days]}",
            end="",
        )
        print(
            f", copy {median(day['parts']['copy'] for day in days):.2f} s, peak {max(day['peak_mb'] for day in days):,} MB",
            flush=True,
        )
        print("  " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in days[-1]["parts"].items()), flush=True)


def new_day(folder: Path, number: int) -> Path:
    """The folder with the exports of a day after all generated reports."""
    day = datetime.combine(reports.LAST_DAY, datetime.min.time()) + timedelta(days=number + 1)
    return gdelt_day.day_of_exports(folder / f"{day:%Y%m%d}", day, DAY_ROWS)[0].parent


def measured(what: str, data: Path, *more: Path) -> dict:
    ended = subprocess.run([sys.executable, __file__, what, str(data), *map(str, more)], stdout=subprocess.PIPE, check=True)
    return json.loads(ended.stdout.splitlines()[-1])


def run(what: str, data: Path, more: list[Path]) -> None:
    """In the process that is measured: one refresh, with its seconds by part, as one line of JSON."""
    parts: Counter[str] = Counter()
    with timed(Runner, "make", parts, lambda runner, query: query.name.split(".")[0]), \
            timed(Increment, "_replace_days", parts, lambda increment, query: query.name.split(".")[0]), \
            timed(Runner, "hold", parts, lambda *given: "checks"), \
            timed(snapshots, "publish", parts, lambda *given: "copy"):  # fmt: skip
        started = time.perf_counter()
        new = None if what == "full" else ("gdelt", sorted(more[0].glob("*.zip")))
        outcome = refresh(data, full=new is None, coded=new)
        seconds = time.perf_counter() - started
    assert outcome.exit_code == 0, outcome.message
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds - parts["copy"], "peak_mb": peak, "parts": dict(parts)}))


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
    if sys.argv[1] in ("full", "day"):
        run(sys.argv[1], Path(sys.argv[2]), [Path(path) for path in sys.argv[3:]])
    else:
        main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]])

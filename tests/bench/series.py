"""How long one series takes: `make bench-series`. Random parameters against the shipped data and a generated pair of 400,000 reports.

`series(…)` as a page asks it, with what needs other series (`for_compared`), and as known on an earlier day; each in one process and thread
pool as `bilateral serve` has it, after one warm-up. Prints median and 95th percentile in milliseconds, and what was promised.
"""

import random
import sys
import time
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

import duckdb

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench import reports  # noqa: E402
from bilateral import package_data  # noqa: E402
from bilateral.compute import increments  # noqa: E402
from bilateral.compute.runner import Runner  # noqa: E402
from bilateral.publish import snapshots  # noqa: E402
from bilateral.publish.refresh import refresh  # noqa: E402
from material import know_seeds  # noqa: E402

OF_THE_PAIR = 400_000
ALL = 1_656_000
"""Generated reports of all pairs; about 400,000 of them are of MEX-USA."""
KINDS = {
    "series": ("series({keys})", 50),
    "with adjusted": ("series({keys}, for_compared := true)", 250),
    "as known on": ("series_as_of({keys}, date '{day}')", 200),
}


def main(place: Path, times: int) -> None:
    place.mkdir(parents=True, exist_ok=True)
    shipped = place / "shipped"
    if not (shipped / "snapshots").exists():
        refresh(shipped)
    measure("shipped chronology", snapshots.current(shipped), "chronology", times)
    measure(f"generated, {OF_THE_PAIR:,} reports of MEX-USA", generated(place / "generated.duckdb", shipped), "gdelt", times)


def generated(path: Path, shipped: Path) -> Path:
    """A database with the generated reports and every table that a series reads."""
    if not path.exists():
        path.write_bytes(snapshots.current(shipped).read_bytes())
        with duckdb.connect(str(path)) as connection:
            reports.fill(connection, ALL)
            know_seeds(connection)
            runner = Runner(connection, package_data.folder("queries"))
            needed = runner.upstream(["indicators.series", "core.known_since"])
            runner.queries = [query for query in runner.queries if query.name in needed]
            increments.build_all(runner)
    return path


def measure(what: str, path: Path, dataset: str, times: int) -> None:
    chance = random.Random(1)
    with snapshots.connect(path) as connection:
        dyads = ["MEX-USA", "USA>MEX", "MEX>USA"]
        if dataset == "chronology":
            dyads = [row[0] for row in connection.execute("select dyad from staging.dyad_keys order by dyad").fetchall()]
        domains = ["all", "all", *(row[0] for row in connection.execute("select domain from main.domains").fetchall())]
        sql = "select min(day), max(day) from core.calendar where dataset = $1 and dyad = 'MEX-USA'"
        first, last = connection.execute(sql, [dataset]).fetchone()
        print(f"{what}, {times} random requests of each sort, ms:", flush=True)
        for kind, (call, promised) in KINDS.items():
            passed, worked = [], []
            for _ in range(times + 1):
                keys = f"'{dataset}', '{chance.choice(dyads)}', '{chance.choice(domains)}', {chance.choice((7, 30, 90, 365))}"
                day = first + timedelta(chance.randrange((last - first).days))
                started, started_work = time.perf_counter(), time.process_time()
                connection.execute(f"from {call.format(keys=keys, day=day)}").fetchnumpy()
                passed.append(1e3 * (time.perf_counter() - started))
                worked.append(1e3 * (time.process_time() - started_work))
            said = [f"p50 {median(taken[1:]):6.1f}  p95 {quantiles(taken[1:], n=20)[-1]:6.1f}" for taken in (worked, passed)]
            print(f"  {kind:14} of the processor {said[0]}   as it passed {said[1]}   promised {promised}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

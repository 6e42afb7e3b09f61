"""What the slices of a full rebuild cost on one machine and on clusters of one and two workers with a core each: `make bench-scale` (ROWS="1000000 10000000").

From checked reports to the sums of each pair and day, of generated reports; the ways take turns in one run, each in a process of its own,
and a result counts only where its sums are those of the first one to 1e-9. Seconds are given as they passed, without the start of the
session, which stands apart, and as processors worked. Peak memory is that of the driver and the largest of a task. The last line says how seconds of processors grow with rows.
"""

import json
import math
import os
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from statistics import median

import duckdb

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench import reports  # noqa: E402
from bilateral import logs, package_data  # noqa: E402
from bilateral.cluster import local, slices  # noqa: E402
from bilateral.cluster.session import Cluster  # noqa: E402
from bilateral.compute import increments  # noqa: E402
from bilateral.compute.runner import Runner  # noqa: E402
from bilateral.publish.refresh import refresh  # noqa: E402
from bilateral.publish.run import Run  # noqa: E402
from same_tables import difference  # noqa: E402

TURNS = 2


class Filled(Exception):
    """The slices are computed; what comes after them is not measured."""


def main(place: Path, sizes: list[int]) -> None:
    print(
        f"{os.cpu_count()} processors, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    clusters = {n: place / f"cluster-{n}" for n in (1, 2)}
    try:
        ways = {"one machine": "", **{f"{n} worker{'s' * (n > 1)}": local.start(folder, n) for n, folder in clusters.items()}}
        works = []
        for rows in sizes:
            data = made(place / str(rows), rows)
            print(f"{rows:,} reports", flush=True)
            costs: dict[str, list[dict]] = {way: [] for way in ways}
            for _ in range(TURNS):
                for way, master in ways.items():
                    costs[way].append(measured(data, master, costs["one machine"]))
                    print(f"  {way}: " + ", ".join(f"{what} {value:,.1f}" for what, value in costs[way][-1].items()), flush=True)
            works.append(median(cost["cpu seconds"] for cost in costs["2 workers"]))
            one, two = (median(cost["seconds"] for cost in costs[way]) for way in ("1 worker", "2 workers"))
            print(f"  two workers against one: {one / two:.2f} times as fast", flush=True)
        for rows, work in zip(sizes[1:], works[1:], strict=True):
            print(f"exponent from {sizes[0]:,} to {rows:,} reports: {math.log(work / works[0]) / math.log(rows / sizes[0]):.3f}")
    finally:
        for folder in clusters.values():
            local.stop(folder)


def made(data: Path, rows: int) -> Path:
    """A data folder with so many generated reports that are in no table yet; kept for the next time."""
    if not (data / "made").exists():
        shutil.rmtree(data, ignore_errors=True)
        refresh(data)
        with duckdb.connect(str(data / "work.duckdb"), config={"storage_compatibility_version": "v1.5.0"}) as connection:
            reports.fill(connection, rows)
        (data / "made").touch()
    return data


def measured(data: Path, master: str, first: list[dict]) -> dict:
    """One way in a process of its own. The sums of the very first one stay, to compare with."""
    ended = subprocess.run([sys.executable, __file__, "run", str(data), master], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    made_sums, kept_sums = data / "sums.parquet", data / "first.parquet"
    if not first and not master:
        made_sums.replace(kept_sums)
    else:
        with duckdb.connect() as connection:
            for name, path in (("one", kept_sums), ("other", made_sums)):
                connection.execute(f"create schema {name}; create view {name}.sums as from read_parquet('{path}')")
            assert (told := difference(connection, "sums")) is None, told
    cost = json.loads(ended.stdout.splitlines()[-1])
    for line in (json.loads(line) for line in ended.stderr.splitlines() if line.startswith("{")):
        if line["event"] == "cluster.computed":
            cost["cpu seconds"] += line["task_cpu_seconds"]
            cost |= {"slices": line["slices"], "task peak MB": line["peak_mb"]}
        if line["event"] == "cluster.started":
            cost["session seconds"] = line["seconds"]
            cost["seconds"] -= line["seconds"]
    return cost


def run(data: Path, master: str) -> None:
    """In the process that is measured: the slices, their seconds as one line of JSON, and their sums as a file."""
    logs.to_stderr()
    cluster = Cluster(master, data / "cluster", task_mb=800, slice_rows=increments.SLICE) if master else None
    fill = partial(slices.fill, cluster) if cluster else increments.fill_here
    cost: dict[str, float] = {}

    def filling(runner, by_day) -> None:
        started, worked = time.monotonic(), time.process_time()
        fill(runner, by_day)
        cost.update({"seconds": time.monotonic() - started, "cpu seconds": time.process_time() - worked})
        runner.connection.execute(f"copy core.dyad_day to '{data / 'sums.parquet'}' (format parquet)")
        raise Filled

    with Run(data, None).open() as connection:
        connection.execute("begin")
        try:
            increments.build_all(Runner(connection, package_data.folder("queries")), filling)
        except Filled:
            connection.execute("rollback")
    if cluster:
        cluster.close()
    status = Path("/proc/self/status").read_text(encoding="utf-8")  # not getrusage, which knows the parent's memory too
    print(json.dumps(cost | {"driver peak MB": int(status.split("VmHWM:")[1].split()[0]) / 1024}))


if __name__ == "__main__":
    if sys.argv[1] == "run":
        run(Path(sys.argv[2]), sys.argv[3])
    else:
        main(Path(sys.argv[1]).resolve(), [int(size) for size in sys.argv[2:]])

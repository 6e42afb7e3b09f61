"""Whether changed queries give the series of before: `python -m bench.equality DATABASE DATASET [TIMES]`, DATABASE a work database that the earlier version made.

It carries the earlier macros; a copy of it gets those of this checkout over the same tables. Random series of both, of any pair or direction, subject and half-life, with what
they are compared with, as known on an earlier day, with mutual acts, level, scores and weights counted otherwise and without a side, must be equal to 1e-9 in every column.
Ends with 1 and names each series and column that is not.
"""

import random
import shutil
import sys
import tempfile
from datetime import timedelta
from itertools import chain
from pathlib import Path

import duckdb
import numpy as np

from bilateral import package_data
from bilateral.compute.runner import Runner

HALF_LIVES = (1, 7, 14, 30, 60, 90, 365, 1000)
MUTUAL = ("apart", "both", "coded", "none")
ALIKE = 1e-9


def main(path: Path, dataset: str, times: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(path, folder))
        with duckdb.connect(str(path), read_only=True) as before, duckdb.connect(str(copy)) as after:
            take_queries(after)
            calls = random_calls(before, dataset, random.Random(1))
            found = [differences(before, after, next(calls)) for _ in range(times)]
    for told in chain.from_iterable(found):
        print(told)
    print(f"{times} random series of {dataset}: {sum(map(bool, found))} differ")
    return int(any(found))


def take_queries(connection: duckdb.DuckDBPyConnection) -> None:
    """Views and macros of this checkout in the place of those that the database came with."""
    runner = Runner(connection, package_data.folder("queries"))
    for query in runner.queries:
        if query.layer == "indicators" and query.built in ("view", "passing"):
            runner.make_view(query)
    runner.make_macros()


def random_calls(connection: duckdb.DuckDBPyConnection, dataset: str, chance: random.Random):
    """Calls of the macros that give a series, without end."""

    def column(sql: str) -> list[str]:
        return [f"'{value}'" for (value,) in connection.execute(sql).fetchall()]

    dyads = column("select dyad from staging.dyad_keys order by dyad")
    domains = ["'all'", "'all'", *column("select domain from main.domains order by domain")]
    sides = column("select distinct source_side from main.events where source_side is not null order by source_side")
    ((first, last),) = connection.execute(f"select min(day), max(day) from core.calendar where dataset = '{dataset}'").fetchall()
    while True:
        keys = f"'{dataset}', {chance.choice(dyads)}, {chance.choice(domains)}, {chance.choice(HALF_LIVES)}"
        day = first + timedelta(chance.randrange((last - first).days))
        mutual = f"'{chance.choice(MUTUAL)}'"
        others = ", ".join(
            chance.choice(["null", *values]) for values in (["'raw'", "'joint'"], ["'sign'"], ["'equal'", "'articles'"])
        )
        calls = [f"series({keys}"] * 4 + [f"series_mutual({keys}, {mutual}", f"series_chosen({keys}, {others}, {mutual}"]
        calls += [f"series_without({keys}, {chance.choice(sides)}", f"series_as_of({keys}, date '{day}'"]
        yield chance.choice(calls) + chance.choice(["", "", ", for_compared := true", ", for_directions := true"]) + ")"


def differences(before: duckdb.DuckDBPyConnection, after: duckdb.DuckDBPyConnection, call: str) -> list[str]:
    """What differs between the two answers to one call."""
    sql = f"select * from {call} order by dyad, day"
    old, new = before.execute(sql).fetchnumpy(), after.execute(sql).fetchnumpy()
    if list(old) != list(new) or len(old["day"]) != len(new["day"]):
        return [f"{call}: other columns or days"]
    return [f"{call}: {name}" for name in old if not is_alike(np.ma.asarray(old[name]), np.ma.asarray(new[name]))]


def is_alike(old: np.ma.MaskedArray, new: np.ma.MaskedArray) -> bool:
    if old.dtype.kind != "f":
        return bool(np.array_equal(np.ma.getmaskarray(old), np.ma.getmaskarray(new)) and np.ma.all(old == new) is not np.False_)
    return bool(np.allclose(old.filled(np.nan), new.filled(np.nan), rtol=ALIKE, atol=ALIKE, equal_nan=True))


if __name__ == "__main__":
    path, dataset, *times = sys.argv[1:]
    sys.exit(main(Path(path), dataset, int(times[0]) if times else 1000))

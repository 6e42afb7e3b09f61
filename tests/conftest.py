"""What tests share: the published seeds, one query alone with a few rows, a small house to break, the command as a process."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from bilateral import package_data
from bilateral.ask.warehouse import Warehouse, connect
from bilateral.compute import macros
from bilateral.compute.queries import LAYERS, Query, in_order, read, read_layers
from bilateral.compute.runner import Runner
from bilateral.publish import snapshots
from bilateral.publish.refresh import refresh
from bilateral.publish.run import Run
from bilateral.publish.run_notes import RefreshResult
from bilateral.sources import curated
from machine_coded import Desk, empty_desk
from material import PATIENCE, ROOT, Ended, clean_environment, heed_signals, know_seeds, write_lines

heed_signals()

LONGEST = (
    *(
        "browser/test_every_page",
        "publish/test_damaged_folder",
        "web/test_connections",
        "indicators/test_properties",
        "cluster/test_cluster",
    ),
    *(
        "load/test_curation",
        "load/test_downloads",
        "publish/test_refresh",
        "browser/test_sql",
        "publish/test_faults",
        "compute/test_increments",
    ),
    *(
        "boundaries/test_wheel",
        "ask/test_attacks",
        "indicators/test_golden",
        "web/test_server",
        "commands/test_operations",
        "web/test_api",
    ),
)
"""The files that take longest begin first, so that no process of a run works on one when the others have ended."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {f"tests/{name}.py": n for n, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(LONGEST)))


PUBLIC = ("reports", "events", "dyad_day", "indicator_day", "coverage", "level_counts")


# ------------------------------------------------------------------ the shipped data, published once


@contextmanager
def made_once(tmp_path_factory, name: str) -> Iterator[tuple[Path, bool]]:
    """A folder that all processes of a run share, and whether it is to be filled; the others wait meanwhile."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder, not (folder / "made").exists()
        (folder / "made").touch()


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    """A data folder after a refresh from the shipped seeds. Read it; whoever changes it takes a copy or a `house`."""
    with made_once(tmp_path_factory, "published") as (folder, is_new):
        if is_new:
            outcome = refresh(folder / "data")
            assert outcome.exit_code == 0, outcome.message
    return folder / "data"


@pytest.fixture(scope="session")
def warehouse(published) -> Warehouse:
    return Warehouse(published)


@pytest.fixture
def snapshot(published):
    """A read-only connection to the shipped data."""
    with connect(snapshots.current(published)) as connection:
        yield connection


# ------------------------------------------------------------------ one query alone, rows in, rows out


@pytest.fixture(scope="session")
def queries() -> dict[str, Query]:
    """Every query in the order of building, and the judge of queries/sources/."""
    folder = ROOT / "queries"
    judge = read(folder / "sources" / "curated.sql")
    return {query.name: query for query in in_order(read_layers(folder))} | {judge.name: judge}


@pytest.fixture
def run_model(queries):
    """run_model("core.dyad_day", core_story_day='''text''', columns=("day", "n")) gives a line of text a row, by its grain.

    Cells stand two blanks apart, `null` is NULL, columns left out are NULL. An input that is not given is made from the seeds; without
    `core_settled` every day of every dataset is settled.
    """

    def run(model: str, columns: tuple[str, ...] = (), **inputs: str) -> list[str]:
        query = queries[model]
        given = {name: inputs.pop(name.replace(".", "_")) for name in [*queries, "incoming"] if name.replace(".", "_") in inputs}
        assert not inputs, f"no query makes {', '.join(inputs)}"
        if "core.settled" in query.inputs and "core.settled" not in given:
            words = {word for text in given.values() for word in re.findall(r"\b[a-z]+\b", text)}
            given["core.settled"] = "dataset  last_day\n" + "\n".join(f"{word}  9999-12-31" for word in sorted(words))
        with empty_house() as connection:
            for name in needed(queries, query, given):
                if name in given:
                    insert(connection, name, column_types(queries, name), given[name])
                else:
                    connection.execute(f"create table {name} as {queries[name].sql}")
            order = ", ".join(query.grain) or "all"
            chosen = ", ".join(columns) or "*"
            found = connection.execute(f"select {chosen} from ({query.sql}) order by {order}").fetchall()
        return [" ".join(map(shown, row)) for row in found]

    return run


def empty_house() -> duckdb.DuckDBPyConnection:
    """A database in memory that knows where the seeds are and has the schemas."""
    connection = duckdb.connect()
    know_seeds(connection)
    for schema in LAYERS:
        connection.execute(f"create schema if not exists {schema}")
    for _, statement in macros.of_values(ROOT / "queries" / "macros"):
        connection.execute(statement)
    return connection


def needed(queries: dict[str, Query], query: Query, given: dict[str, str]) -> list[str]:
    """Names of the tables to make first, in order; what is given needs nothing before it."""
    found: set[str] = set()
    todo = list(query.inputs)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [] if name in given else queries[name].inputs
    return [name for name in ["incoming", *queries] if name in found]


def column_types(queries: dict[str, Query], name: str) -> dict[str, str]:
    if name == "incoming":
        return {column: "bigint" if column == "row_number" else "varchar" for column in curated.INCOMING}
    return {column.name: column.type for column in queries[name].columns}


def insert(connection, name: str, types: dict[str, str], text: str) -> None:
    """A table of the header's types, filled from lines of text."""
    connection.execute(f"create table {name} ({', '.join(f'{column} {kind}' for column, kind in types.items())})")
    header, *rows = (re.split(r" {2,}", line.strip()) for line in text.strip().splitlines())
    assert set(header) <= types.keys(), f"{name} has no column {', '.join(set(header) - types.keys())}"
    cells = [[None if cell == "null" else cell for cell in row] for row in rows]
    assert all(len(row) == len(header) for row in cells), f"a row of {name} has not the {len(header)} cells of its header"
    lists = ", ".join(f"unnest(?::varchar[])::{types[column]}" for column in header)
    columns = [[row[place] for row in cells] for place in range(len(header))]
    connection.execute(f"insert into {name} ({', '.join(header)}) select {lists}", columns)


def shown(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return str(round(value, 9) + 0.0) if isinstance(value, float) else str(value)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """The tables that a load of machine-coded files needs, in memory."""
    with empty_desk() as desk:
        yield desk


# ------------------------------------------------------------------ a small house to break


CHRONOLOGY = {"usa-mex.csv": (212, 254), "usa-col.csv": (32, 47), "mex-gtm.csv": (2, 9)}
"""Which rows of the shipped chronology a small house has: 64 of 1,262, with the week of the seed article; short spans, as each refresh computes each day of them."""


@pytest.fixture(scope="session")
def small_tree(tmp_path_factory) -> Path:
    """The project with few seeds: what a refresh of two seconds does takes half of one here. Do not change it: see `house`."""
    with made_once(tmp_path_factory, "small_tree") as (folder, is_new):
        if is_new:
            plant(folder / "tree")
    return folder / "tree"


def plant(tree: Path) -> None:
    """The code, and the few rows of the seeds."""
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in (".src", "dashboard", "queries"):
        shutil.copytree(ROOT / folder, tree / folder, symlinks=True, ignore=ignored)
    for folder in ("assets", "docs"):
        (tree / folder).symlink_to(ROOT / folder)
    shutil.copytree(ROOT / "seeds", tree / "seeds", ignore=shutil.ignore_patterns("*-*.csv", "measures.csv"))
    for name, (first, last) in CHRONOLOGY.items():
        header, *rows = (ROOT / "seeds" / "chronology" / name).read_text(encoding="utf-8").splitlines()
        write_lines(tree / "seeds" / "chronology" / name, [header, *rows[first:last]])
    shutil.copy(ROOT / "seeds" / "articles" / "newsnation-2025-03-28.csv", tree / "seeds" / "articles")
    header, *_ = (ROOT / "seeds" / "measures.csv").read_text(encoding="utf-8").splitlines()
    write_lines(tree / "seeds" / "measures.csv", [header])


@pytest.fixture(scope="session")
def small_data(small_tree, tmp_path_factory) -> Path:
    """The small house's data after its first refresh. Do not change it: see `house`."""
    with made_once(tmp_path_factory, "small_data") as (folder, is_new), pytest.MonkeyPatch.context() as patch:
        if is_new:
            patch.setattr(package_data, "folder", lambda name: small_tree / name)
            outcome = refresh(folder / "data")
            assert outcome.exit_code == 0, outcome.message
    return folder / "data"


@dataclass
class House:
    """A project with few seeds, already published once; everything in it may be changed."""

    tree: Path
    data: Path

    @property
    def chronology(self) -> Path:
        return self.tree / "seeds" / "chronology"

    def refresh(self, **options) -> RefreshResult:
        return refresh(self.data, **options)

    @contextmanager
    def runner(self) -> Iterator[Runner]:
        """The query files on the work database itself."""
        with Run(self.data, None).open() as connection:
            yield Runner(connection, self.tree / "queries")

    def tables(self, data: Path | None = None) -> dict[str, list[tuple]]:
        """Rows of the public tables of the current snapshot."""
        with connect(snapshots.current(data or self.data)) as connection:
            return {table: connection.execute(f"from {table} order by all").fetchall() for table in PUBLIC}

    def rows(self, statement: str) -> list[tuple]:
        with connect(snapshots.current(self.data)) as connection:
            return connection.execute(statement).fetchall()


@pytest.fixture
def house(small_tree, small_data, tmp_path, monkeypatch) -> House:
    """A small house of the test's own; refreshes in this process use its seeds and queries."""
    tree = tmp_path / "tree"
    for folder in ("queries", "seeds"):
        shutil.copytree(small_tree / folder, tree / folder)
    (tree / "docs").symlink_to(ROOT / "docs")
    shutil.copytree(small_data, tmp_path / "data")
    monkeypatch.setattr(package_data, "folder", lambda name: tree / name)
    return House(tree, tmp_path / "data")


# ------------------------------------------------------------------ the command as a process


@pytest.fixture
def command(tmp_path):
    """command("sql", "select 1", data=folder) runs `python -m bilateral` in an empty folder; a traceback fails the test."""

    def run(*arguments: object, data: Path | None = None, tree: Path = ROOT, **environment: str) -> Ended:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir(exist_ok=True)
        given = ["--data", str(data)] if data else []
        ended = subprocess.run(
            [sys.executable, "-m", "bilateral", *map(str, arguments), *given],
            cwd=elsewhere,
            env=clean_environment(tree) | environment,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        assert b"Traceback" not in ended.stderr, ended.stderr.decode()
        return Ended(ended.returncode, ended.stdout.decode("utf-8", "replace"), ended.stderr.decode(), ended.stdout)

    return run

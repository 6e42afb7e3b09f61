"""Reads the current snapshot: one open database, replaced when a new one is published, and the queries of queries/app/."""

import re
import tempfile
import threading
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd
from cachetools import LRUCache

from bilateral import package_data, sql_literals
from bilateral.ask import compatibility
from bilateral.ask.current_snapshot import Opened
from bilateral.compute.queries import Query, read
from bilateral.exits import Exit, Stop
from bilateral.publish import snapshots
from bilateral.publish.snapshots import connect as connect  # how tests and others open one
from bilateral.today import today

# pyarrow, where a reader's environment has it, takes twice as long for answers as short as ours.
pd.options.mode.string_storage = "python"

LARGEST = 32_000_000
"""Bytes of rows that are kept: who changes one control asks most questions of the page again. The least lately asked make way."""

COMPUTED = 16
"""Computed relations that are kept, some 4 MB each."""


@dataclass(frozen=True)
class Computed:
    """The rows of a relation, as the temporary table `computed` that only this cursor sees; so one question at a time."""

    cursor: duckdb.DuckDBPyConnection
    asking: threading.Lock = field(default_factory=threading.Lock)


class Wider(NamedTuple):
    """The relation that a statement names, and the call that is run in its place as it also has the rows of others, literals in place."""

    relation: str
    call: str
    is_kept: bool
    """Computed once for all questions that name it; else cheap enough to be a part of each."""


class Warehouse:
    """Questions to the current snapshot of a data folder. Safe for threads: each question has its own cursor."""

    def __init__(self, data: Path):
        self.data = data
        self.questions = {path.stem: read(path) for path in sorted((package_data.folder("queries") / "app").glob("*.sql"))}
        self._opening = threading.Lock()
        self._kept_of: tuple[Path, date] | None = None
        """Of which snapshot and day: some answers say how old something is."""
        self._kept: LRUCache[tuple[Path, str], pd.DataFrame] = LRUCache(LARGEST, getsizeof=_size)
        self._computed: LRUCache[tuple[Path, str], Computed] = LRUCache(COMPUTED)
        needed = compatibility.needs(package_data.folder("queries"), list(self.questions.values()))
        self._opened = Opened(data, lambda connection: compatibility.lacks(connection, needed))

    def ask(
        self, question: str, over: dict[str, str] | None = None, wider: Wider | None = None, **parameters: object
    ) -> pd.DataFrame:
        """The answer to queries/app/<question>.sql; its attrs["sql"] is the statement that gives the same rows to anybody.

        `over` lets the same question read another relation, as {"main.indicator_day": "series(…)"}. `wider` is what is run in the
        place of such a relation. Raises Stop 65 where another version of the project made the snapshot.
        """
        query, sql = self.questions[question], self._statement(question, over)
        asked = filled(sql, parameters)
        while True:
            path, cursor = self._open()
            with self._opening:
                rows = self._kept.get((path, asked))
            if rows is not None:
                return rows.copy(deep=False)  # pandas copies a column when somebody writes to it
            try:
                rows = self._run(wider, path, cursor, query, sql, parameters)
                break
            except (duckdb.CatalogException, duckdb.BinderException) as error:
                # A table or column that this version knows and the snapshot lacks; the tests ask every question of the newest.
                reason = "was made by another version of bilateral; run `bilateral refresh`"
                raise Stop(Exit.DATA, f"the snapshot {snapshots.version(path)} {reason}") from error
            except duckdb.Error:
                damage = snapshots.damage(path)
                if damage is None:
                    raise
                self._opened.lose(path, damage)  # the next round opens another one, or says that there is none
        rows.attrs |= {"sql": asked, "question": question}
        if _size(rows) < LARGEST / 8:
            with self._opening:
                self._kept[path, asked] = rows
        return rows.copy(deep=False)

    def ask_each(
        self,
        question: str,
        dyads: list[str],
        over: dict[str, str] | None = None,
        wider: Wider | None = None,
        **parameters: object,
    ) -> dict[str, pd.DataFrame]:
        """The answers to a question with the parameter `dyads` and in their order, asked once and taken apart; each with the statement that gives it alone."""
        rows = self.ask(question, over, wider, dyads=dyads, **parameters)
        sql, names, apart = self._statement(question, over), rows["dyad"].tolist(), {}
        for dyad in dyads:
            n = names.count(dyad)
            first = names.index(dyad) if n else 0
            apart[dyad] = rows.iloc[first : first + n].reset_index(drop=True)  # rows of a dyad stand together
            apart[dyad].attrs = rows.attrs | {"sql": filled(sql, parameters | {"dyad": dyad, "dyads": [dyad]})}
        return apart

    def _statement(self, question: str, over: dict[str, str] | None) -> str:
        sql = self.questions[question].sql
        for table, relation in (over or {}).items():
            sql = sql.replace(table, relation)
        return sql

    def _run(
        self,
        wider: Wider | None,
        path: Path,
        cursor: duckdb.DuckDBPyConnection,
        query: Query,
        sql: str,
        parameters: dict[str, object],
    ) -> pd.DataFrame:
        """The answer to a question; a relation that is to be computed is, or was before."""
        if wider is None or not wider.is_kept:
            sql = sql.replace(wider.relation, wider.call) if wider else sql
            return run(cursor, query, sql, _named(sql, parameters))
        with self._opening:
            held = self._computed.get((path, wider.call))
        if held is None:
            run(cursor, query, f"create temporary table computed as from {wider.call}", {})
            held = Computed(cursor)
            with self._opening:
                self._computed[path, wider.call] = held
        sql = sql.replace(wider.relation, "computed")
        with held.asking:
            return run(held.cursor, query, sql, _named(sql, parameters))

    def meanings(self, question: str) -> dict[str, str]:
        """What the columns of an answer hold, with units: from the headers of the public tables, then of the question itself."""
        described = self.ask("columns")
        return dict(zip(described["name"], described["meaning"], strict=True)) | {
            column.name: column.meaning for column in self.questions[question].columns
        }

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor on the current snapshot. Raises snapshots.NoSnapshot or Stop where there is none that opens."""
        return self._open()[1]

    def _open(self) -> tuple[Path, duckdb.DuckDBPyConnection]:
        """The snapshot that answers and a cursor on it: both from under one lock, so that no answer is kept under the name of another snapshot."""
        with self._opening:
            path, connection = self._opened.follow()
            if (path, today()) != self._kept_of:
                self._kept.clear()
                self._computed.clear()
                self._kept_of = path, today()
            return path, connection.cursor()

    @property
    def path(self) -> Path:
        """The snapshot that answers now."""
        return self._open()[0]

    @property
    def fault(self) -> str | None:
        """Why that is not the one of the pointer, or answers only in part."""
        self._open()
        return self._opened.fault

    @property
    def version(self) -> str:
        """Which snapshot answers now."""
        return snapshots.version(self.path)


def _size(rows: pd.DataFrame) -> int:
    """Bytes, about: eight a value. pandas counts more exactly and takes a twentieth of the time of a page for it."""
    return 8 * rows.size + 1000


def _named(sql: str, parameters: dict[str, object]) -> dict[str, object]:
    """The parameters that a statement names; DuckDB refuses others."""
    names = set(re.findall(r"\$(\w+)", sql))
    return {name: value for name, value in parameters.items() if name in names}


def filled(sql: str, parameters: dict[str, object]) -> str:
    """A statement with values in the places of its $parameters: to be read, copied and run, never run here."""

    return re.sub(r"\$(\w+)", lambda match: sql_literals.of(parameters[match[1]]), sql)


def run(cursor: duckdb.DuckDBPyConnection, query: Query, sql: str, parameters: dict[str, object]) -> pd.DataFrame:
    """Run and fetch whole; an error carries the file's name."""
    try:
        return cursor.execute(sql, parameters).df()
    except duckdb.Error as error:
        error.add_note(f"in {query.name} ({query.path})")
        raise


def parquet(frame: pd.DataFrame, days: list[str], said: str) -> bytes:
    """Rows as a Parquet file, the columns `days` as dates, with what is said of them under the key `bilateral` of its metadata."""
    as_dates = ", ".join(f"{sql_literals.name(day)}::date as {sql_literals.name(day)}" for day in days)
    columns = f"* replace ({as_dates})" if days else "*"
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file, duckdb.connect() as writer:
        writer.register("answer", frame)
        target = f"'{file.name}' (format parquet, kv_metadata {{bilateral: {sql_literals.text(said)}}})"
        writer.execute(f"copy (select {columns} from answer) to {target}")
        return Path(file.name).read_bytes()

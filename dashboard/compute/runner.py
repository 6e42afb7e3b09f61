"""Builds the tables of queries/ in a work database, in the order given by the SQL, and checks each against its header."""

import hashlib
import importlib.util
from collections.abc import Iterable
from pathlib import Path

import duckdb

from bilateral import sql_literals, steps
from bilateral.compute import macros
from bilateral.compute.queries import LAYERS, Query, QueryError, in_order, read, read_layers


class CheckFailed(Exception):
    """A file of queries/checks/ found bad rows. Nothing is published, unless these can be set aside."""

    def __init__(self, sentence: str, check: Query):
        super().__init__(sentence)
        self.check = check


class Runner:
    """Everything that can be done with the query files on one open connection. The caller owns the transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path):
        self.connection = connection
        self.folder = folder
        self.queries = in_order(read_layers(folder))
        self._kinds: dict[str, str] = {}
        self._kinds_of: int | None = None
        for schema in LAYERS:
            connection.execute(f"create schema if not exists {schema}")
        self._make(macros.of_values(folder / "macros"))

    def make_kept(self) -> None:
        """Create the tables that the loader owns where they are missing; one of an older version keeps its rows under the new columns.

        One that is built `by` days is held to its grain day by day, as these are taken: all its rows would cost more at each refresh.
        """
        for query in self.queries:
            if query.built == "kept":
                if not self._exists(query.name):
                    self.connection.execute(f"create table {query.name} as {query.sql}")
                    self._kinds[query.name] = "table"
                elif not self.has(query):
                    there = {name for name, _ in self._columns(query.name)}
                    values = (
                        f"{column.name if column.name in there else 'null'}::{column.type} as {column.name}"
                        for column in query.columns
                    )
                    self.connection.execute(
                        f"create or replace table {query.name} as select {', '.join(values)} from {query.name}"
                    )
                if query.by:
                    self._hold_to_columns(query, query.name)
                else:
                    self.hold_to_header(query)

    def build(self, names: Iterable[str] | None = None) -> None:
        """Build all tables and views, or those named with what they read; then put views in the place of passing tables."""
        wanted = self.upstream(names) if names is not None else {query.name for query in self.queries}
        chosen = [query for query in self.queries if query.name in wanted and query.built != "kept"]
        for query in chosen:
            self.make(query)
        for query in chosen:
            if query.built == "passing":
                self.make_view(query)

    def has(self, query: Query) -> bool:
        """The query's table is there, with the columns of its header."""
        return self._exists(query.name) and self._fits(query)

    def make(self, query: Query, sql: str | None = None) -> None:
        """Build one table or view and hold it to its header; a table of other SQL where some is given."""
        steps.begin(f"building {query.name}")
        if query.built == "computed":
            self._compute(query)
        elif query.built == "view":
            self.make_view(query)
        else:
            self._drop(query, "view")
            self.run(query.name, f"create or replace table {query.name} as {sql or query.sql}", query.path)
            self._kinds[query.name] = "table"
        self.hold_to_header(query)

    def make_empty(self, query: Query) -> None:
        """The table of the header's columns, without rows."""
        self._drop(query, "view")
        columns = ", ".join(f'"{column.name}" {column.type}' for column in query.columns)
        self.connection.execute(f"create or replace table {query.name} ({columns})")
        self._kinds[query.name] = "table"

    def make_view(self, query: Query) -> None:
        self._drop(query, "table")
        self.run(query.name, f"create or replace view {query.name} as {query.sql}", query.path)
        self._kinds[query.name] = "view"

    def make_beside(self, query: Query, sql: str) -> str:
        """A temporary table, or of a view a temporary view, with the query's columns and other rows; returns its name."""
        kind, name = _beside(query)
        self.run(query.name, f"create or replace temp {kind} {name} as {sql}", query.path)
        self.hold_to_header(query, name)
        return name

    def drop_beside(self, query: Query) -> None:
        kind, name = _beside(query)
        self.connection.execute(f"drop {kind} {name}")

    def check(self) -> None:
        """Run queries/checks/; raises CheckFailed with the sentence of the file name and the first bad rows."""
        for query in self.checks():
            self.hold(query, query.sql)

    def checks(self) -> list[Query]:
        return [read(path) for path in sorted((self.folder / "checks").glob("*.sql"))]

    def hold(self, check: Query, sql: str) -> None:
        """Run one check as this SQL."""
        bad = self.run(check.path.stem, sql, check.path).fetchmany(3)
        if bad:
            raise CheckFailed(f"it does not hold that {check.path.stem.replace('_', ' ')}: {bad} ({check.path})", check)

    def comment(self) -> None:
        """Turn the headers of the public tables into DuckDB comments, where a table was made since it had one."""
        silent = self.connection.execute("""
            select schema_name || '.' || table_name from duckdb_tables() where comment is null
            union all
            select schema_name || '.' || view_name from duckdb_views() where comment is null
        """).fetchall()
        for query in self.queries:
            if query.layer == "main" and (query.name,) in silent:
                kind = "view" if query.built == "view" else "table"
                self.connection.execute(f"comment on {kind} {query.name} is {sql_literals.text(query.sentence)}")
                for column in query.columns:
                    meaning = sql_literals.text(column.meaning)
                    self.connection.execute(f'comment on column {query.name}."{column.name}" is {meaning}')

    def make_macros(self) -> None:
        """Make the macros of queries/macros/. Those that give a value are there from the start, as tables are made with them."""
        self._make(macros.statements(self.queries, self.folder / "macros"))

    def _make(self, statements: Iterable[tuple[Query, str]]) -> None:
        for macro, statement in statements:
            self.run(macro.name, statement, macro.path)
            kind = "macro" if macros.is_of_a_value(macro) else "macro table"
            self.connection.execute(f"comment on {kind} main.{macro.path.stem} is {sql_literals.text(macro.sentence)}")

    def upstream(self, names: Iterable[str]) -> set[str]:
        """These tables and all that they are made of."""
        by_name = {query.name: query for query in self.queries}
        found: set[str] = set()
        todo = list(names)
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += by_name[name].inputs
        return found

    def _drop(self, query: Query, kind: str) -> None:
        """What a query made as a view is dropped before it makes a table, and the other way round."""
        if self._exists(query.name, kind):
            self.connection.execute(f"drop {kind} {query.name}")

    def _compute(self, query: Query) -> None:
        """Put the question to its Python function and keep the answer; not again while question, header and code are the same."""
        made_from = self._made_from(query)
        if self._exists(query.name) and self._comment_on(query) == made_from:
            return
        question = self.run(query.name, query.sql, query.path).fetchnumpy()
        rows = []
        if any(map(len, question.values())):  # import only what is asked: what these modules import takes seconds
            module, function = query.computed_by
            rows = getattr(importlib.import_module(module), function)(question)
        self.make_empty(query)
        if rows:
            lists = ", ".join(f"unnest(?::{column.type}[])" for column in query.columns)
            self.connection.execute(
                f"insert into {query.name} select {lists}", [list(cells) for cells in zip(*rows, strict=True)]
            )
        self.connection.execute(f"comment on table {query.name} is {sql_literals.text(made_from)}")

    def _made_from(self, query: Query) -> str:
        """Checksum of a question's rows, in any order, of its file and of the module that answers it."""
        module, _ = query.computed_by
        spec = importlib.util.find_spec(module)
        if spec is None or spec.origin is None:
            raise QueryError(f"{query.name} is computed by {module}, which is not a module ({query.path})")
        rows = self.run(query.name, f"select count(*), sum(hash(question)::hugeint) from ({query.sql}) as question", query.path)
        parts = [str(rows.fetchall()).encode(), query.path.read_bytes(), Path(spec.origin).read_bytes()]
        return f"made from {hashlib.md5(b''.join(parts), usedforsecurity=False).hexdigest()}"

    def _comment_on(self, query: Query) -> str | None:
        found = self.connection.execute(
            "select comment from duckdb_tables() where schema_name || '.' || table_name = ?", [query.name]
        ).fetchone()
        return found[0] if found else None

    def run(self, name: str, sql: str, path: Path) -> duckdb.DuckDBPyConnection:
        """Execute SQL; an error names the file that it is of."""
        try:
            return self.connection.execute(sql)
        except duckdb.Error as error:
            error.add_note(f"in {name} ({path})")
            raise

    def _exists(self, name: str, kind: str = "table") -> bool:
        """DuckDB is asked once a transaction: it lists all it has for each answer, and a refresh asks two hundred times."""
        (transaction,) = self.connection.execute("select txid_current()").fetchone() or (None,)
        if transaction is None or transaction != self._kinds_of:
            found = self.connection.execute("""
                select schema_name || '.' || table_name, 'table' from duckdb_tables() where not temporary
                union all
                select schema_name || '.' || view_name, 'view' from duckdb_views() where not internal
            """)
            self._kinds, self._kinds_of = dict(found.fetchall()), transaction
        return self._kinds.get(name) == kind

    def _columns(self, name: str) -> list[tuple[str, str]]:
        described = self.connection.execute(f"describe {name}").fetchall()
        return [(row[0], row[1].lower()) for row in described]

    def _fits(self, query: Query) -> bool:
        return self._columns(query.name) == [(column.name, column.type) for column in query.columns]

    def hold_to_header(self, query: Query, table: str | None = None) -> None:
        """Columns and types as promised, and one row for each grain, in the query's table or another that was made of it."""
        table = table or query.name
        self._hold_to_columns(query, table)
        if query.grain and query.built != "view":
            keys = ", ".join(query.grain)
            repeated = self.connection.execute(
                f"select {keys}, count(*) from {table} group by {keys} having count(*) > 1 limit 3"
            ).fetchall()
            if repeated:
                raise QueryError(f"{query.name} promises one row for each {keys}, but repeats {repeated} ({query.path})")

    def _hold_to_columns(self, query: Query, table: str) -> None:
        built, promised = self._columns(table), [(column.name, column.type) for column in query.columns]
        if built != promised:
            wrong = [f"{a} {b}" for a, b in set(built) ^ set(promised)] or ["their order"]
            raise QueryError(f"{query.name}: header and table differ in {', '.join(sorted(wrong))} ({query.path})")


def _beside(query: Query) -> tuple[str, str]:
    return "view" if query.built == "view" else "table", f"changed_{query.name.replace('.', '_')}"

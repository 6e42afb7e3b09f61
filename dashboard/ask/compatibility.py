"""Whether a snapshot has the tables, columns and macros that this version queries: a snapshot of another version may lack some."""

from pathlib import Path

import duckdb

from bilateral import package_data
from bilateral.compute.queries import Query, read, read_layers
from bilateral.publish import snapshots


def needs(queries: Path, questions: list[Query]) -> set[str]:
    """Columns of the tables that questions name in their headers, as `table.column`, and all macros, as `macro()`."""
    tables = read_layers(queries)
    asked = {name for question in questions for name in question.inputs} & tables.keys()
    columns = {f"{name.removeprefix('main.')}.{column.name}" for name in asked for column in tables[name].columns}
    return columns | {f"{path.stem}()" for path in (queries / "macros").glob("*.sql")}


def outdated(data: Path) -> str | None:
    """What the snapshot to be read lacks of what this version asks for. Raises NoSnapshot or Stop where there is none that opens."""
    queries = package_data.folder("queries")
    needed = needs(queries, [read(path) for path in (queries / "app").glob("*.sql")])
    with snapshots.connect(snapshots.readable(data)[0]) as connection:
        return lacks(connection, needed)


def lacks(connection: duckdb.DuckDBPyConnection, needed: set[str]) -> str | None:
    """The first thing that is needed and not there, in words; None where all is."""
    there = connection.execute("""
        select case schema_name when 'main' then '' else schema_name || '.' end || table_name || '.' || column_name
        from duckdb_columns() where not internal
        union all
        select function_name || '()' from duckdb_functions() where schema_name = 'main' and not internal
    """).fetchall()
    missing = sorted(needed - {name for (name,) in there})
    return f"it has no {missing[0]}" if missing else None

"""Whether two snapshots or work databases hold the same: `python tests/same_tables.py ONE OTHER`. Every table and view of theirs, exact in
text, days and counts, 1e-9 in floats (relative, where they are larger than 1). Ends with 1 and names what differs.

When a run was and what it was called is left out: these columns, and the tables that tell of runs alone.
"""

import sys
from pathlib import Path

import duckdb

ALIKE = 1e-9
OF_RUNS = {"run_id", "loaded_at", "known_at"}
TOLD_OF_RUNS = {"main.runs", "raw.runs", "raw.builds", "raw.sizes", "raw.scopes"}
OF_READERS = ("main",)
ALL = ("raw", "staging", "core", "indicators", "statistics", "main")


def differences(one: Path, other: Path, schemas: tuple[str, ...] = OF_READERS) -> dict[str, str]:
    """What differs by table, in a few words; empty where nothing does. Raises AssertionError where there is nothing to compare."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one}' as one (read_only); attach '{other}' as other (read_only)")
        names = tables(connection, "one", schemas)
        assert names, f"{one} holds no table"
        found = dict.fromkeys(names ^ tables(connection, "other", schemas), "is in one of them only")
        for name in sorted(names - found.keys()):
            if told := difference(connection, name):
                found[name] = told
    return found


def tables(connection: duckdb.DuckDBPyConnection, database: str, schemas: tuple[str, ...]) -> set[str]:
    found = connection.execute(
        """
        select schema_name || '.' || table_name from duckdb_tables() where database_name = $1 and schema_name in (select unnest($2))
        union
        select schema_name || '.' || view_name from duckdb_views() where database_name = $1 and schema_name in (select unnest($2)) and not internal
        """,
        [database, list(schemas)],
    ).fetchall()
    return {name for (name,) in found} - TOLD_OF_RUNS


def difference(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """Rows are put side by side in the order of their exact columns, then of their floats."""
    columns = [described(connection, f"{database}.{name}") for database in ("one", "other")]
    if columns[0] != columns[1]:
        return f"has other columns: {columns[0] ^ columns[1]}"
    exact = [f'"{column}"' for column, kind in sorted(columns[0]) if "DOUBLE" not in kind and column not in OF_RUNS]
    floats = [f'"{column}"' for column, kind in sorted(columns[0]) if "DOUBLE" in kind]
    n_rows = [connection.execute(f"select count(*) from {database}.{name}").fetchone() for database in ("one", "other")]
    if n_rows[0] != n_rows[1]:
        return f"{n_rows[0][0]} rows and {n_rows[1][0]}"
    chosen = ", ".join([*exact, *floats]) or "1 as nothing"
    order = ", ".join([*exact, *(f"round({column}, 6)" for column in floats)]) or "1"
    sides = [
        f"(select {chosen}, row_number() over (order by {order}) as compared_row from {database}.{name}) as {database}"
        for database in ("one", "other")
    ]
    differ = [f"one.{column} is distinct from other.{column}" for column in exact]
    differ += [
        f"(one.{column} is null) <> (other.{column} is null) or abs(one.{column} - other.{column}) > {ALIKE} * greatest(1, abs(one.{column}))"
        for column in floats
    ]
    tests = ", ".join(f"count(*) filter (where {test})" for test in differ) or "0"
    counts = connection.execute(f"select {tests} from {sides[0]} inner join {sides[1]} using (compared_row)").fetchone() or ()
    told = [f"{column} {count}" for column, count in zip([*exact, *floats], counts, strict=False) if count]
    return f"{n_rows[0][0]} rows, of which differ in " + ", ".join(told) if told else None


def described(connection: duckdb.DuckDBPyConnection, name: str) -> set[tuple[str, str]]:
    return {(row[0], row[1]) for row in connection.execute(f"describe {name}").fetchall()}


def main(one: str, other: str) -> int:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one}' as one (read_only)")
        names = tables(connection, "one", ALL)
        n_rows = sum(connection.execute(f"select count(*) from one.{name}").fetchone()[0] for name in names)
    found = differences(Path(one), Path(other), ALL)
    for name, told in found.items():
        print(f"{name}: {told}")
    print(f"{len(names)} tables and views with {n_rows:,} rows compared, {len(found)} differ")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

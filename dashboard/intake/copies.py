"""Copies what the intake knows into the work database, for ad-hoc SQL: requests and items, without texts and without the questions in addresses."""

import sqlite3
from datetime import UTC, timedelta
from pathlib import Path

import duckdb

from bilateral.intake import store

FETCHES = """
    select fetch_id, source, url, final_url, asked_at, state, http_status, body_bytes, body_sha256, n_items, n_new, n_revised, sentence
    from fetches
"""
ITEMS = """
    select source, item_id, text_sha256, url, title, language, published_at, precision, first_seen_at, authority, document_number,
        document_type, effective_on, effective_basis, signed_on, extent, length(text)
    from items
"""
FAILS = f"state in {store.FAILED}"
STANDING = (
    f"select source, {FAILS} from fetches where fetch_id in (select max(fetch_id) from fetches group by source) order by source"
)
"""Whether each source fails, by its last request."""
OVERLAP = timedelta(days=1)
"""Rows of the last published day are copied again: another process may have kept one of an earlier second since."""
PRIVATE = r"(https?://[^?\s]*)\?\S*"
"""An address with a question, which may hold a key."""


def bring(connection: duckdb.DuckDBPyConnection, data: Path) -> bool:
    """Bring `raw.items` and `raw.fetches` in line with intake.sqlite; returns whether readers would see another item, or a source that fails
    or fails no more. A folder without an intake is left alone."""
    if not store.exists(data):
        return False
    with store.open(data) as kept:
        if _is_as_published(connection, kept):
            return False
        (oldest,) = kept.execute("select min(asked_at) from fetches where state = 'not_modified'").fetchone()
        connection.execute("delete from raw.fetches where state = 'not_modified' and asked_at < ?::timestamp", [oldest])
        _follow(connection, kept, "raw.items", ITEMS, "first_seen_at")
        _follow(connection, kept, "raw.fetches", FETCHES, "asked_at")
    hidden = ", ".join(f"{name} = regexp_replace({name}, $private, '\\1', 'g')" for name in ("url", "final_url", "sentence"))
    connection.execute(f"update raw.fetches set {hidden}", {"private": PRIVATE})
    return True


def _is_as_published(connection: duckdb.DuckDBPyConnection, kept: sqlite3.Connection) -> bool:
    """Items are only added, so their number and the newest tell; requests that changed nothing are copied with the next change."""
    counted = kept.execute("select count(*), max(first_seen_at) from items").fetchone()
    there = connection.execute("select count(*), strftime(max(first_seen_at), '%Y-%m-%dT%H:%M:%SZ') from raw.items").fetchone()
    standing = connection.execute(
        f"select source, max_by({FAILS}, fetch_id) from raw.fetches group by source order by source"
    ).fetchall()
    return there == tuple(counted) and standing == [tuple(row) for row in kept.execute(STANDING)]


def _follow(connection: duckdb.DuckDBPyConnection, kept: sqlite3.Connection, table: str, query: str, column: str) -> None:
    """Copy the rows of the last days of a table that only grows, and all of them where the rest is not as it is there."""
    ((last,),) = connection.execute(f"select max({column}) from {table}").fetchall()
    since = store.stamp(last.replace(tzinfo=UTC) - OVERLAP) if last else ""
    _copy(connection, kept, table, query, column, since)
    n_kept = kept.execute(f"select count(*) from {table.removeprefix('raw.')}").fetchone()[0]
    if since and connection.execute(f"select count(*) from {table}").fetchall()[0][0] != n_kept:
        _copy(connection, kept, table, query, column, "")


def _copy(
    connection: duckdb.DuckDBPyConnection, kept: sqlite3.Connection, table: str, query: str, column: str, since: str
) -> None:
    """The rows since a time, or all, in the place of those there."""
    rows = kept.execute(f"{query} where {column} >= ? order by rowid", [since]).fetchall()
    connection.execute(f"delete from {table} where {column} >= ?::timestamp", [since or "-infinity"])
    put(connection, table, rows)


def put(connection: duckdb.DuckDBPyConnection, table: str, rows: list[sqlite3.Row]) -> None:
    """Add rows to a table column by column: row by row takes a hundred times as long."""
    if rows:
        lists = ", ".join(["unnest(?)"] * len(rows[0].keys()))
        connection.execute(f"insert into {table} select {lists}", [list(column) for column in zip(*rows, strict=True)])

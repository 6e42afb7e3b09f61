"""Copies what the intake knows into the work database, for ad-hoc SQL: requests and items, without texts and without the questions in addresses."""

import sqlite3
from pathlib import Path

import duckdb

from bilateral.intake import store

FETCHES = """
    select fetch_id, source, url, final_url, asked_at, state, http_status, body_bytes, body_sha256, n_items, n_new, n_revised, sentence
    from fetches order by fetch_id
"""
ITEMS = """
    select source, item_id, text_sha256, url, title, language, published_at, precision, first_seen_at, authority, document_number,
        document_type, effective_on, effective_basis, extent, length(text)
    from items order by rowid
"""
FAILS = "state in ('blocked', 'drift', 'error')"
STANDING = (
    f"select source, {FAILS} from fetches where fetch_id in (select max(fetch_id) from fetches group by source) order by source"
)
"""Whether each source fails, by its last request."""
PRIVATE = r"(https?://[^?\s]*)\?\S*"
"""An address with a question, which may hold a key."""


def bring(connection: duckdb.DuckDBPyConnection, data: Path) -> bool:
    """Bring `raw.items` and `raw.fetches` in line with intake.sqlite; returns whether readers would see another item, or a source that fails
    or fails no more. A folder without an intake is left alone."""
    if not (data / store.FOLDER / store.FILE).exists():
        return False
    with store.open(data) as kept:
        if _is_as_published(connection, kept):
            return False
        _replace(connection, "raw.items", kept.execute(ITEMS).fetchall())
        _replace(connection, "raw.fetches", kept.execute(FETCHES).fetchall())
    hidden = ", ".join(f"{name} = regexp_replace({name}, $private, '\\1', 'g')" for name in ("url", "final_url", "sentence"))
    connection.execute(f"update raw.fetches set {hidden}", {"private": PRIVATE})
    return True


def _is_as_published(connection: duckdb.DuckDBPyConnection, kept: sqlite3.Connection) -> bool:
    """Items are only added, so their number and the newest tell; requests that changed nothing are copied with the next change."""
    counted = "select count(*), max(first_seen_at) from items"
    (there,) = connection.execute(
        "select (count(*), strftime(max(first_seen_at), '%Y-%m-%dT%H:%M:%SZ')) from raw.items"
    ).fetchall()
    standing = connection.execute(
        f"select source, max_by({FAILS}, fetch_id) from raw.fetches group by source order by source"
    ).fetchall()
    return there[0] == tuple(kept.execute(counted).fetchone()) and standing == [tuple(row) for row in kept.execute(STANDING)]


def _replace(connection: duckdb.DuckDBPyConnection, table: str, rows: list[sqlite3.Row]) -> None:
    """The rows of a table, taken column by column: row by row takes a hundred times as long."""
    connection.execute(f"delete from {table}")
    if rows:
        columns = [[row[place] for row in rows] for place in range(len(rows[0]))]
        lists = ", ".join(["unnest(?)"] * len(columns))
        connection.execute(f"insert into {table} select {lists}", columns)

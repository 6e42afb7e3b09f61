"""The database of the intake: every request with its outcome, every item with its revisions, and what a source and its host ask for.

One SQLite file, `intake/intake.sqlite` in the data folder, since the web server records decisions while a refresh runs; the bodies lie beside it
in `intake/raw/`. Whoever adds a table makes it with `create table if not exists` on a connection of `open`.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from bilateral.exits import Exit, Stop
from bilateral.intake.items import Item

State = Literal["ok", "not_modified", "empty", "blocked", "drift", "error"]
"""Outcome of a request: items came; nothing changed; the source says that it has nothing; a page for people or a refusal came instead; the form
is not the expected one; no usable answer."""

FAILED: tuple[State, ...] = ("error", "drift", "blocked")
"""States of requests that failed, the worst first."""
FOLDER, FILE = "intake", "intake.sqlite"
PATIENCE = 30.0
"""Seconds to wait for another process that writes."""
UNUSABLE = (
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM),
)
"""Codes of SQLite for what the machine refuses; other errors are faults of a statement."""
SCHEMA = (
    """
    create table if not exists fetches (
        fetch_id integer primary key,
        source text not null,
        url text not null,
        final_url text not null,
        asked_at text not null,
        state text not null check (state in ('ok', 'not_modified', 'empty', 'blocked', 'drift', 'error')),
        http_status integer,
        body_bytes integer,
        body_sha256 text not null,
        n_items integer not null,
        n_new integer not null,
        n_revised integer not null,
        sentence text not null
    )
    """,
    """
    create table if not exists items (
        source text not null,
        item_id text not null,
        url text not null,
        title text not null,
        text text not null,
        extent text not null,
        language text not null,
        published_at text,
        precision text not null,
        first_seen_at text not null,
        authority text not null,
        document_number text not null,
        document_type text not null,
        effective_on text,
        effective_basis text not null,
        signed_on text,
        raw_sha256 text not null,
        text_sha256 text not null,
        coded_by text,
        primary key (source, item_id, text_sha256)
    )
    """,
    "create index if not exists items_to_code on items (first_seen_at) where coded_by is null",
    "create index if not exists items_by_text on items (text_sha256)",
    """
    create table if not exists source_state (
        source text primary key,
        last_ok_at text,
        last_new_at text
    )
    """,
    """
    create table if not exists validators (
        source text not null,
        url text not null,
        etag text not null,
        last_modified text not null,
        body_sha256 text not null,
        primary key (source, url)
    )
    """,
    """
    create table if not exists hosts (
        host text primary key,
        next_allowed_at text,
        left_alone_until text,
        robots text,
        robots_at text
    )
    """,
)
"""Times are UTC, as 2026-08-19T11:15:00Z; what is not known is NULL in a time or number and empty in a text. `coded_by` is NULL until a coder has
read the item."""
COLUMNS = [field.name for field in fields(Item)]


def exists(data: Path) -> bool:
    """Whether anything was ever taken in here."""
    return (data / FOLDER / FILE).exists()


@contextmanager
def open(data: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the database of a data folder, made where there is none; each statement commits by itself, see `transaction`.

    Raises Stop 65 where the file is no database, 75 where it cannot be opened or stays locked, 78 where there is no room for its folder.
    """
    path = data / FOLDER / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(Exit.CONFIGURATION, f"{path.parent} must be a folder that can be written ({error.strerror})") from None
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")  # a decision that was confirmed outlives a power cut
        for statement in SCHEMA:
            connection.execute(statement)
        _complete(connection)
        yield connection
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the rest of the number says which kind of it
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            advice = "restore it from your back-up (docs/operations.md); a new one would lose every proposal and decision"
            raise Stop(Exit.DATA, f"{path} is damaged ({error}); {advice}") from None
        if code in UNUSABLE:
            raise Stop(Exit.TRY_AGAIN, f"{path} cannot be used ({error}); check the disk and who else has it open") from None
        raise
    finally:
        if connection:
            connection.close()


def _complete(connection: sqlite3.Connection) -> None:
    """Add the column that databases of earlier versions lack; of two processes one does it."""
    lacks = "select 1 where not exists (select 1 from pragma_table_info('items') where name = 'signed_on')"
    if connection.execute(lacks).fetchone():
        with transaction(connection):
            if connection.execute(lacks).fetchone():
                connection.execute("alter table items add column signed_on text")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; other writers wait meanwhile."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def stamp(moment: datetime) -> str:
    """A time (UTC) as the tables have it."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"  # four digits of each year, unlike %Y


def moment(text: str | None) -> datetime | None:
    """A time of the tables; None too for what is no time, as an earlier version wrote years before 1000."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) if text else None
    except ValueError:
        return None


# ------------------------------------------------------------------ items


@dataclass(frozen=True)
class Added:
    """How many items of a body were never seen, how many are another text of a known item, and how many are as they were."""

    n_new: int = 0
    n_revised: int = 0
    n_known: int = 0


def add(connection: sqlite3.Connection, items: Iterable[Item]) -> Added:
    """Keep items; one with a known `item_id` and another title or text is kept beside the earlier revisions. Call it in a transaction."""
    counts = {"new": 0, "revised": 0, "known": 0}
    places = ", ".join("?" * (len(COLUMNS) + 1))
    for item in items:
        key = {"source": item.source, "item_id": item.item_id}
        seen = connection.execute("select 1 from items where source = :source and item_id = :item_id", key).fetchone()
        row = [_stored(value) for value in astuple(item)]
        added = connection.execute(
            f"insert or ignore into items ({', '.join(COLUMNS)}, text_sha256) values ({places})", [*row, item.text_sha256]
        )
        counts["known" if not added.rowcount else "revised" if seen else "new"] += 1
    return Added(counts["new"], counts["revised"], counts["known"])


def uncoded(connection: sqlite3.Connection) -> list[Item]:
    """Items that no coder has read yet, in the order in which they came. A reprint, the same title and text on the same day in another feed, is
    left out; titles alone are no reprints, as those of lists recur."""
    rows = connection.execute(
        """
        select * from items
        where coded_by is null and not exists (
            select 1 from items as earlier
            where earlier.text_sha256 = items.text_sha256 and earlier.rowid < items.rowid and earlier.extent in ('full', 'abstract')
                and substr(earlier.published_at, 1, 10) is substr(items.published_at, 1, 10)
        )
        order by first_seen_at, source, item_id, text_sha256
        """
    )
    return [item_of(row) for row in rows]


def note_coded(connection: sqlite3.Connection, item: Item, backend: str) -> None:
    """Remember that a coder (`rules 1 4f2a…`) has read this revision."""
    key = [item.source, item.item_id, item.text_sha256]
    connection.execute("update items set coded_by = ? where source = ? and item_id = ? and text_sha256 = ?", [backend, *key])


def item_of(row: sqlite3.Row) -> Item:
    """An item from its row in `items`."""
    values: dict[str, Any] = {name: row[name] for name in COLUMNS}
    values["published_at"], values["first_seen_at"] = moment(row["published_at"]), moment(row["first_seen_at"])
    for name in ("effective_on", "signed_on"):
        values[name] = date.fromisoformat(row[name]) if row[name] else None
    return Item(**values)


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date) else value

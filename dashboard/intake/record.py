"""What the intake remembers of its sources: every request, what a body was when it was last read, and when a source last gave something new."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from bilateral.intake.source_list import Source
from bilateral.intake.store import FAILED, State, moment, stamp


@dataclass(frozen=True)
class Attempt:
    """One request, or the reading of one saved page, and its outcome. `asked_at` is UTC."""

    source: str
    url: str
    asked_at: datetime
    state: State
    sentence: str
    final_url: str = ""
    http_status: int | None = None
    body_bytes: int | None = None
    body_sha256: str = ""
    n_items: int = 0
    n_new: int = 0
    n_revised: int = 0


@dataclass(frozen=True)
class Validators:
    """What a source said of a body that was read, and the hash of it: ETags change without the body, and bodies without the ETag."""

    etag: str = ""
    last_modified: str = ""
    body_sha256: str = ""


def note(connection: sqlite3.Connection, attempt: Attempt) -> None:
    """Keep an attempt, and what follows from it for its source."""
    row = {name: getattr(attempt, name) for name in Attempt.__dataclass_fields__} | {"asked_at": stamp(attempt.asked_at)}
    connection.execute(f"insert into fetches ({', '.join(row)}) values ({', '.join(f':{name}' for name in row)})", row)
    if attempt.n_new or attempt.n_revised:
        _keep(connection, attempt.source, "last_new_at", attempt.asked_at)


def note_whole(connection: sqlite3.Connection, source: str, now: datetime) -> None:
    """Every request of a run was answered as it should be; the next run begins with the days before this one."""
    _keep(connection, source, "last_ok_at", now)


def _keep(connection: sqlite3.Connection, source: str, column: str, now: datetime) -> None:
    connection.execute(
        f"insert into source_state (source, {column}) values (?, ?) on conflict (source) do update set {column} = excluded.{column}",
        [source, stamp(now)],
    )


def last_whole(connection: sqlite3.Connection, source: str) -> datetime | None:
    """When the last run without a failure was (UTC)."""
    return _moment(connection, "select last_ok_at from source_state where source = ?", source)


def validators(connection: sqlite3.Connection, source: str, url: str) -> Validators:
    """Those of the last body of this address that was read."""
    row = connection.execute(
        "select etag, last_modified, body_sha256 from validators where source = ? and url = ?", [source, url]
    ).fetchone()
    return Validators(*row) if row else Validators()


def keep_validators(connection: sqlite3.Connection, source: str, url: str, found: Validators) -> None:
    connection.execute(
        "insert or replace into validators values (?, ?, ?, ?, ?)",
        [source, url, found.etag, found.last_modified, found.body_sha256],
    )


def has_full(connection: sqlite3.Connection, source: str, item_id: str) -> bool:
    """Whether the whole text of a document is kept, so that it need not be asked again."""
    found = connection.execute(
        "select 1 from items where source = ? and item_id = ? and extent = 'full'", [source, item_id]
    ).fetchone()
    return found is not None


def silence(connection: sqlite3.Connection, source: Source, now: datetime) -> str:
    """A sentence where a source gave nothing new for longer than it ever should; empty where it did, or was never asked."""
    since = _moment(connection, "select last_new_at from source_state where source = ?", source.id)
    first = _moment(connection, "select min(asked_at) from fetches where source = ?", source.id)
    if first is None or now - (since or first) <= timedelta(days=source.max_silence_days):
        return ""
    days = (now - (since or first)).days
    what = f"nothing new for {days} days" if since else f"asked for {days} days and never gave an item"
    return f"{source.id}: {what}, {source.max_silence_days} are usual at most; look at its page, the address may have changed"


def standing(connection: sqlite3.Connection, source: Source, now: datetime) -> tuple[str, bool]:
    """How a source stands in words, and whether somebody must look at it."""
    last = connection.execute("select * from fetches where source = ? order by fetch_id desc limit 1", [source.id]).fetchone()
    if last is None:
        return "never asked", False
    said = f"last asked {last['asked_at'][:16].replace('T', ' ')} UTC: {last['state']}" + (
        f" ({last['sentence']})" if last["sentence"] else ""
    )
    silent = silence(connection, source, now).removeprefix(f"{source.id}: ")
    return "; ".join(filter(None, (said, silent))), last["state"] in FAILED or bool(silent)


def forget(connection: sqlite3.Connection, before: datetime) -> None:
    """Drop requests of earlier times that found nothing modified: one each quarter hour and source would be a million in some years."""
    connection.execute("delete from fetches where state = 'not_modified' and asked_at < ?", [stamp(before)])


def _moment(connection: sqlite3.Connection, query: str, source: str) -> datetime | None:
    row = connection.execute(query, [source]).fetchone()
    return moment(row[0]) if row else None

"""Loads files of outcomes into the work database: each file whole or not at all, with every vintage of every value.

A value joins where it is other than the one known on the day of the file; what was known then is never changed.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import duckdb

from bilateral.compute.queries import read as read_query
from bilateral.compute.runner import Runner
from bilateral.data_folder import is_full
from bilateral.exits import Exit, Stop
from bilateral.load.curated_files import FileResult, transaction
from bilateral.outcomes.readers import read, reader_of
from bilateral.outcomes.readings import Reading, decimals
from bilateral.sources.batches import fault_of
from bilateral.sources.unpacking import FileRefused, unpacked
from bilateral.today import today

INCOMING = (
    "line bigint, source_key varchar, day date, value double, decimals integer, status varchar, raw varchar, refusal varchar"
)
LONGEST_RAW = 500
"""Characters of a line that are kept with its refusal."""


@dataclass(frozen=True)
class Offer:
    """A file of outcomes: where it is from, without any key, and its content, or why there is none.

    `published_at` is the day of its publication where its user tells it, `reader` the one that a source is asked for."""

    address: str
    fetched_at: datetime
    content: Callable[[], bytes]
    published_at: date | None = None
    reader: str | None = None


@dataclass
class Loaded:
    """What became of an offer."""

    reader: str | None = None
    published_at: date | None = None
    sha256: str | None = None
    n_read: int = 0
    n_accepted: int = 0
    n_known: int = 0
    n_rejected: int = 0
    refusal: str | None = None
    note: str | None = None


def offers_of(paths: Iterable[Path], published_at: date | None) -> list[Offer]:
    """Offers of the user's files, also packed ones (.gz, .zip). Raises Stop 69 for one that is not there."""
    now = datetime.now(UTC).replace(tzinfo=None)
    found = []
    for path in paths:
        if not path.is_file():
            raise Stop(Exit.UNAVAILABLE, f"{path}: no such file")
        found.append(Offer(path.name, now, partial(_content, path), published_at))
    return found


def _content(path: Path) -> bytes:
    if path.suffix.lower() in (".gz", ".zip"):
        return b"".join(unpacked(path))
    return path.read_bytes()


def load(connection: duckdb.DuckDBPyConnection, runner: Runner, run_id: str, offers: Iterable[Offer]) -> tuple[FileResult, ...]:
    """Bring offers into the loader's tables, each in a transaction of its own, and say what became of them."""
    with transaction(connection):
        runner.build(["staging.outcome_keys"])
    return tuple(_load(connection, runner.folder / "outcomes", run_id, offer) for offer in offers)


def _load(connection: duckdb.DuckDBPyConnection, queries: Path, run_id: str, offer: Offer) -> FileResult:
    loaded = Loaded(offer.reader, offer.published_at)
    try:
        with transaction(connection):
            return _record(connection, run_id, offer, _taken(connection, queries, run_id, offer, loaded))
    except FileRefused as refusal:
        reason = str(refusal)
    except (Stop, OSError, MemoryError, duckdb.IOException):
        raise
    except Exception as fault:
        if is_full(fault):
            raise
        reason = fault_of(fault)
    with transaction(connection):
        return _record(connection, run_id, offer, replace(loaded, refusal=reason))


def _taken(connection: duckdb.DuckDBPyConnection, queries: Path, run_id: str, offer: Offer, loaded: Loaded) -> Loaded:
    """The values of an offer, judged and kept; `loaded` learns what is found of it on the way. Raises FileRefused."""
    content = offer.content()
    loaded.sha256 = hashlib.sha256(content).hexdigest()
    loaded.reader = reader = offer.reader or reader_of(content, offer.address)
    reading = read(reader, content, offer.address)
    loaded.published_at = published_at = offer.published_at or reading.published_at
    if reading.projects:
        reading = _without_projection(reading, published_at)
    known_from = published_at or offer.fetched_at.date()
    if known_from > today():
        raise FileRefused(f"it is said to be published on {known_from}, which lies ahead")
    _offer_rows(connection, reader, reading)
    judge = read_query(queries / "judged.sql").sql
    connection.execute(f"create or replace temp table judged_outcomes as {judge}", {"reader": reader, "known_from": known_from})
    n_read, n_accepted, n_known, n_rejected, n_empty = connection.execute("""
        select count(*) filter (where verdict <> 'empty'), count(*) filter (where verdict = 'accepted'),
            count(*) filter (where verdict = 'known'), count(*) filter (where verdict = 'rejected'), count(*) filter (where verdict = 'empty')
        from judged_outcomes
    """).fetchall()[0]
    if not n_read:
        raise FileRefused(f"none of its series is in seeds/outcome_series.csv, where {reader} has others")
    changes = connection.execute(read_query(queries / "changes.sql").sql).fetchall()
    notes = [*reading.notes, *_told(changes, is_dated=published_at is not None)]
    notes += [f"{n_empty:,} {'cell has' if n_empty == 1 else 'cells have'} no value"] if n_empty else []
    _keep(connection, run_id, offer, known_from)
    counts = {"n_read": n_read, "n_accepted": n_accepted, "n_known": n_known, "n_rejected": n_rejected}
    return replace(loaded, **counts, note="; ".join(notes) or None)


def _offer_rows(connection: duckdb.DuckDBPyConnection, reader: str, reading: Reading) -> None:
    """Put values of known series into the table `incoming_outcomes`."""
    connection.execute(f"create or replace temp table incoming_outcomes ({INCOMING})")
    asked = "select source_key from staging.outcome_keys where reader = ?"
    keys = {key for (key,) in connection.execute(asked, [reader]).fetchall()}
    rows = [
        (
            value.line,
            value.source_key,
            value.day,
            None if value.number is None else float(value.number),
            None if value.number is None else decimals(value.number),
            value.status,
            value.raw[:LONGEST_RAW],
            value.refusal,
        )
        for value in reading.values
        if value.source_key in keys
    ]
    if rows:
        types = ", ".join(f"unnest(?::{column.split()[1]}[])" for column in INCOMING.split(", "))
        connection.execute(f"insert into incoming_outcomes select {types}", [list(cells) for cells in zip(*rows, strict=True)])


def _without_projection(reading: Reading, published_at: date | None) -> Reading:
    """The values to the day of publication. Raises FileRefused where that day is not told."""
    if published_at is None:
        raise FileRefused("its values after its publication are a projection; say with --published on which day it was published")
    values = [value for value in reading.values if value.day <= published_at]
    days = {value.day for value in reading.values if value.day > published_at}
    note = f"{len(days)} days after its publication on {published_at} are a projection and are left out"
    return replace(reading, values=values, notes=[*reading.notes, *([note] if days else [])])


def _told(changes: list[tuple], is_dated: bool) -> list[str]:
    """What to look at, in sentences. Raises FileRefused where the file is in another unit, or older than what is known and not dated."""
    notes = []
    for series, n_changed, n_large, ratio, *_ in changes:
        for factor in (1_000, 1_000_000):
            if ratio and n_changed and (0.9 < ratio / factor < 1.1 or 0.9 < ratio * factor < 1.1):
                raise FileRefused(
                    f"values of {series} are {'' if ratio > 1 else '1/'}{factor:,} of those known, so its unit is another;"
                    " compare the source with the unit in seeds/outcome_series.csv"
                )
        if n_large:
            values = "value differs" if n_large == 1 else "values differ"
            notes.append(f"{n_large:,} {values} by more than 50 % from those known of {series}: look at the source")
    dates = [(newest, known, n_changed) for _, n_changed, _, _, newest, known in changes if newest and known]
    if dates and not is_dated and max(date[0] for date in dates) < max(date[1] for date in dates) and any(n for *_, n in dates):
        raise FileRefused(
            f"it ends on {max(date[0] for date in dates)}, before the values known, and differs from them, so it is an older vintage;"
            " say with --published the day on which it was published"
        )
    return notes


def _keep(connection: duckdb.DuckDBPyConnection, run_id: str, offer: Offer, known_from: date) -> None:
    """Keep the accepted values of `judged_outcomes`, and its refused lines in the place of those of an earlier file of this name."""
    connection.execute("delete from raw.rejects where dataset = 'outcomes' and file_name = ?", [offer.address])
    connection.execute(
        """
        insert into raw.rejects
        select 'outcomes', $file, line, string_agg(distinct series_id || ': ' || refusal, '; ' order by series_id || ': ' || refusal), any_value(raw), $run
        from judged_outcomes where verdict = 'rejected' group by line
        """,
        {"file": offer.address, "run": run_id},
    )
    connection.execute(
        """
        insert into raw.outcomes
        select series_id, period_start, period_end, $known_from, value, coalesce(decimals, 0),
            case when $reconstructed and status <> 'withdrawn' then 'reconstructed' else status end,
            (select coalesce(max(file_id), 0) + 1 from raw.outcome_files)
        from judged_outcomes where verdict = 'accepted'
        """,
        {"known_from": known_from, "reconstructed": offer.published_at is not None and known_from < offer.fetched_at.date()},
    )


def _record(connection: duckdb.DuckDBPyConnection, run_id: str, offer: Offer, loaded: Loaded) -> FileResult:
    """The file's line in the ledger of files, which every file gets, and its result."""
    connection.execute(
        "insert into raw.outcome_files select coalesce(max(file_id), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from raw.outcome_files",
        [
            loaded.reader,
            offer.address,
            offer.fetched_at,
            loaded.published_at,
            loaded.sha256,
            loaded.n_read,
            loaded.n_accepted,
            loaded.n_known,
            loaded.n_rejected,
            loaded.refusal,
            loaded.note,
            run_id,
        ],
    )
    counts = (loaded.n_read, loaded.n_accepted, loaded.n_known, loaded.n_rejected)
    return FileResult("outcomes", offer.address, *counts, loaded.refusal, loaded.note)

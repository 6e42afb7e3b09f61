"""`bilateral doctor`: checks everything in the data folder and suggests fixes."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from bilateral import package_data
from bilateral.ask.sandbox import confinement
from bilateral.compute.queries import read
from bilateral.exits import Stop
from bilateral.intake import record, store
from bilateral.intake.source_list import Source
from bilateral.load import misplaced, reloads, source_links
from bilateral.load.readers import found
from bilateral.monitoring import updates
from bilateral.publish import hash_chain, journal, snapshots
from bilateral.publish.snapshots import connect
from bilateral.publish.work_database import Work


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its state in words, and what to do; `is_wrong` when something must be done."""

    what: str
    state: str
    advice: str = ""
    is_wrong: bool = False


def examine(data: Path, stale_hours: int, intake: Iterable[Source] = ()) -> list[Finding]:
    """Everything worth knowing, in the order in which a person would look; `intake` are the sources of published texts that are switched on."""
    findings = [
        *_refresh(data, stale_hours),
        *_intake(data, intake),
        _space(data),
        _confinement(),
        *_oddities(data),
        *_readers(),
        *_work(data),
        *_snapshots(data),
    ]
    try:
        path, fault = snapshots.readable(data)
        with connect(path) as connection:
            size = path.stat().st_size / 1e6
            findings.append(
                Finding("snapshot", fault or f"{path.name}, {size:.0f} MB", "bilateral refresh" if fault else "", bool(fault))
            )
            return [
                *findings,
                *_content(connection),
                *_reloads(connection, data),
                *_ledger(connection, path, data),
                *_checks(connection),
            ]
    except snapshots.NoSnapshot as missing:
        return [*findings, Finding("snapshot", str(missing), "bilateral refresh", is_wrong=True)]
    except duckdb.Error as error:  # damage that only shows where it is read
        return [*findings, Finding("snapshot", str(error).splitlines()[0], "bilateral refresh", is_wrong=True)]
    except Stop as stop:
        return [*findings, Finding("snapshot", str(stop), "bilateral refresh", is_wrong=True)]


def _oddities(data: Path) -> list[Finding]:
    """What lies in the data folder and is not what its place needs."""
    odd = [
        Finding(oddity.name, oddity.fault, "correct it, or move it away", is_wrong=True) for oddity in misplaced.of_folder(data)
    ]
    if journal.is_broken(data):
        odd.append(Finding(journal.STATUS, "is not a state file that can be read", "bilateral refresh", is_wrong=True))
    return odd


def _readers() -> list[Finding]:
    """Readers of other distributions that are left out."""
    return [
        Finding(f"reader {name}", fault, "correct or remove that distribution", is_wrong=True)
        for name, fault in found().faults.items()
    ]


def _work(data: Path) -> list[Finding]:
    """The work database, unless a refresh has it open."""
    work = Work(data)
    fault = work.damage() if os.path.lexists(work.path) else None
    return (
        [Finding("work database", fault, "bilateral restore", is_wrong=True)]
        if fault and "set lock on file" not in fault.lower()
        else []
    )


def _snapshots(data: Path) -> list[Finding]:
    """Snapshots that are not as they were published."""
    found = ((path, snapshots.damage(path)) for path in snapshots.newest_first(data))
    return [Finding(path.name, f"is damaged: {fault}", "bilateral refresh", is_wrong=True) for path, fault in found if fault]


def _refresh(data: Path, stale_hours: int) -> list[Finding]:
    updated = updates.read(data, stale_hours)
    if updated.last_success is None:
        return [Finding("refresh", "has never succeeded here", "bilateral refresh", is_wrong=True)]
    told = {"stale": "overdue, ", "stale_content": "a source has nothing new, ", "degraded": "the last refresh failed, "}
    state = (
        f"{told.get(updated.state, '')}last success {updated.last_success:%Y-%m-%d %H:%M} UTC; last outcome: {updated.message}"
    )
    advice = "" if updated.state == "done" else "bilateral refresh"
    findings = [Finding("refresh", state, advice, is_wrong=updated.state == "degraded")]
    for source in updated.sources:
        said = f"newest content {source.newest or 'none yet'}; {source.message}"
        advice = f"bilateral refresh --source {source.name}" if source.exit_code else ""
        findings.append(Finding(f"source {source.name}", said, advice, is_wrong=bool(source.exit_code)))
    return findings


def _intake(data: Path, sources: Iterable[Source]) -> list[Finding]:
    """How each source of published texts stands."""
    chosen = list(sources)
    if not chosen or not store.exists(data):
        return [Finding(f"intake {source.id}", "never asked", f"bilateral intake --source {source.id}") for source in chosen]
    try:
        with store.open(data) as connection:
            found = [(source.id, *record.standing(connection, source, datetime.now(UTC))) for source in chosen]
    except Stop as stop:
        return [Finding("intake", str(stop), "bilateral intake", is_wrong=True)]
    return [
        Finding(f"intake {name}", said, f"bilateral intake --source {name}" if wrong else "", wrong)
        for name, said, wrong in found
    ]


def _space(data: Path) -> Finding:
    place = next(folder for folder in (data, *data.resolve().parents) if folder.exists())
    free = shutil.disk_usage(place).free / 1e9
    return Finding("disk", f"{free:.1f} GB free", "bilateral prune" if free < 1 else "", is_wrong=free < 0.1)


def _confinement() -> Finding:
    """Not wrong where the kernel lacks a part: DuckDB's own settings stand before it, and SQL is only asked from this computer unless switched on."""
    try:
        walls = confinement.confinement()
    except confinement.NotLearnt as reason:
        return Finding("SQL of readers", f"whether this system confines it was not learnt: {reason}", "bilateral doctor, again")
    lacking = ", ".join(name.split(":")[0] for name, holds in walls.items() if not holds)
    if lacking:
        advice = "bilateral serve --no-sql, where strangers read"
        return Finding("SQL of readers", f"not wholly confined by this system; lacking: {lacking}", advice)
    return Finding("SQL of readers", f"confined by the kernel, all {len(walls)} parts hold")


def _content(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    reader = read(package_data.folder("queries") / "app" / "status.sql")
    rows = connection.execute(reader.sql).fetchall()
    return [
        Finding(
            f"dataset {dataset}",
            f"{n_events} events from {first_day} to {last_day}; newest {updates.age_days(last_day)} days old; "
            f"{n_files} files; {n_rejected} rows refused",
            "; ".join(_content_advice(last_day, n_rejected)),
        )
        for dataset, n_events, first_day, last_day, n_files, n_rejected, *_ in rows
    ]


def _content_advice(last_day: date, n_rejected: int) -> Iterator[str]:
    """What to do about events that are old, whenever the update ran, and about refused rows."""
    if updates.age_days(last_day) > updates.OLD_DAYS:
        yield f"no event in the last {updates.OLD_DAYS} days: load newer files"
    if n_rejected:
        yield 'bilateral sql "from rejects"'


def _reloads(connection: duckdb.DuckDBPyConnection, data: Path) -> list[Finding]:
    return [
        Finding(f"pairs of {reload.dataset}", reload.sentence(data), reload.command(data), is_wrong=True)
        for reload in reloads.needed(connection)
    ]


def _ledger(connection: duckdb.DuckDBPyConnection, path: Path, data: Path) -> list[Finding]:
    """Whether each row of the ledger of forecasts is as it was entered, and all that earlier snapshots had of it is still there."""
    advice = "restore a back-up of the data folder: nothing else brings the entry back"
    findings = []
    for table in hash_chain.LEDGER:
        fault = hash_chain.fault(connection, table)
        for earlier in snapshots.newest_first(data):
            if fault or earlier >= path:
                continue
            with connect(earlier) as before:
                if hash_chain.missing(connection, before, table):
                    fault = f"lacks what {earlier.name} has"
        findings.append(
            Finding(f"ledger, {table}", fault or "each row is as it was entered", advice if fault else "", bool(fault))
        )
    return findings


def _checks(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    found = []
    for path in sorted((package_data.folder("queries") / "checks").glob("*.sql")):
        bad = connection.execute(read(path).sql).fetchmany(1)
        state = f"does not hold: {bad[0]}" if bad else "holds"
        found.append(
            Finding(f"check: {path.stem.replace('_', ' ')}", state, "bilateral refresh --full" if bad else "", bool(bad))
        )
    return found


def examine_links(data: Path, offline: bool) -> tuple[list[Finding], str]:
    """What is wrong with the addresses of curated rows, the worst first, and one sentence that sums up. Asks each address unless offline."""
    with connect(snapshots.readable(data)[0]) as connection:
        rows = connection.execute(read(package_data.folder("queries") / "app" / "source_addresses.sql").sql).fetchall()
    named = {url: f"{n_acts} acts, as {first_act}" if n_acts > 1 else str(first_act) for url, n_acts, first_act in rows}
    faults = [fault for url in named for fault in source_links.judge(url)]
    how = "judged by their look alone"
    if not offline:
        try:
            faults += source_links.ask_all(url for url in named if not source_links.malformed(url))
            how = "judged by their look and asked"
        except source_links.NoNetwork as none:
            how = f"{how}, because {none}"
    faults.sort(key=lambda fault: (fault.kind not in source_links.MUST_MEND, fault.kind, fault.url))
    counts = ", ".join(f"{n} {kind}" for kind, n in Counter(fault.kind for fault in faults).items())
    return [
        Finding(
            fault.url, f"{fault.kind}: {fault.reason} ({named[fault.url]})", fault.better, fault.kind in source_links.MUST_MEND
        )
        for fault in faults
    ], f"{len(named)} addresses {how}: {counts or 'nothing wrong'}"

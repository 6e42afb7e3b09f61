"""`bilateral doctor`: looks at everything in the data folder and says what to do next."""

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard import freshness, links, reloads, resources, snapshots
from dashboard.exits import Stop
from dashboard.queries import read
from dashboard.warehouse import connect


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its state in words, and what to do; `is_wrong` when something must be done."""

    what: str
    state: str
    advice: str = ""
    is_wrong: bool = False


def examine(data: Path, stale_hours: int) -> list[Finding]:
    """Everything worth knowing, in the order in which a person would look."""
    findings = [*_refresh(data, stale_hours), _space(data)]
    try:
        path = snapshots.current(data)
        with connect(path) as connection:
            size = path.stat().st_size / 1e6
            findings.append(Finding("snapshot", f"{path.name}, {size:.0f} MB"))
            return [*findings, *_content(connection), *_reloads(connection, data), *_checks(connection)]
    except snapshots.NoSnapshot as missing:
        return [*findings, Finding("snapshot", str(missing), "bilateral refresh", is_wrong=True)]
    except Stop as stop:
        return [*findings, Finding("snapshot", str(stop), "bilateral refresh --full", is_wrong=True)]


def _refresh(data: Path, stale_hours: int) -> list[Finding]:
    fresh = freshness.read(data, stale_hours)
    if fresh.last_success is None:
        return [Finding("refresh", "has never succeeded here", "bilateral refresh", is_wrong=True)]
    state = (
        f"{fresh.state.replace('_', ' ')}, last success {fresh.last_success:%Y-%m-%d %H:%M} UTC; last outcome: {fresh.message}"
    )
    advice = "" if fresh.state == "fresh" else "bilateral refresh"
    findings = [Finding("refresh", state, advice, is_wrong=fresh.state == "degraded")]
    for source in fresh.sources:
        said = f"newest content {source.newest or 'none yet'}; {source.message}"
        advice = f"bilateral refresh --source {source.name}" if source.exit_code else ""
        findings.append(Finding(f"source {source.name}", said, advice, is_wrong=bool(source.exit_code)))
    return findings


def _space(data: Path) -> Finding:
    place = next(folder for folder in (data, *data.resolve().parents) if folder.exists())
    free = shutil.disk_usage(place).free / 1e9
    return Finding("disk", f"{free:.1f} GB free", "bilateral prune" if free < 1 else "", is_wrong=free < 0.1)


def _content(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    reader = read(resources.folder("queries") / "app" / "status.sql")
    rows = connection.execute(reader.sql).fetchall()
    return [
        Finding(
            f"dataset {dataset}",
            f"{n_events} events from {first_day} to {last_day}, {n_files} files, {n_rejected} rows refused",
            'bilateral sql "from rejects"' if n_rejected else "",
        )
        for dataset, n_events, first_day, last_day, n_files, n_rejected in rows
    ]


def _reloads(connection: duckdb.DuckDBPyConnection, data: Path) -> list[Finding]:
    return [
        Finding(f"pairs of {reload.dataset}", reload.sentence(data), reload.command(data), is_wrong=True)
        for reload in reloads.needed(connection)
    ]


def _checks(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    found = []
    for path in sorted((resources.folder("queries") / "checks").glob("*.sql")):
        bad = connection.execute(read(path).sql).fetchmany(1)
        state = f"does not hold: {bad[0]}" if bad else "holds"
        found.append(
            Finding(f"check: {path.stem.replace('_', ' ')}", state, "bilateral refresh --full" if bad else "", bool(bad))
        )
    return found


def examine_links(data: Path, offline: bool) -> tuple[list[Finding], str]:
    """What is wrong with the addresses of curated rows, the worst first, and one sentence that sums up. Asks each address unless offline."""
    with connect(snapshots.current(data)) as connection:
        rows = connection.execute(read(resources.folder("queries") / "app" / "source_addresses.sql").sql).fetchall()
    named = {url: f"{n_acts} acts, as {first_act}" if n_acts > 1 else str(first_act) for url, n_acts, first_act in rows}
    faults = [fault for url in named for fault in links.judge(url)]
    how = "judged by their look alone"
    if not offline:
        try:
            faults += links.ask_all(url for url in named if not links.malformed(url))
            how = "judged by their look and asked"
        except links.NoNetwork as none:
            how = f"{how}, because {none}"
    faults.sort(key=lambda fault: (fault.kind not in links.MUST_MEND, fault.kind, fault.url))
    counts = ", ".join(f"{n} {kind}" for kind, n in Counter(fault.kind for fault in faults).items())
    return [
        Finding(fault.url, f"{fault.kind}: {fault.reason} ({named[fault.url]})", fault.better, fault.kind in links.MUST_MEND)
        for fault in faults
    ], f"{len(named)} addresses {how}: {counts or 'nothing wrong'}"

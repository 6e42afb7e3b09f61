"""Numbers for Prometheus: refreshes, from the state file, and requests of the web server.

The same refresh numbers are served under /metrics and written to a text file after each refresh, for a machine that serves no pages.
Processes that answer together count into files of one folder; PROMETHEUS_MULTIPROC_DIR must name it before this module is imported.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values, write_to_textfile
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from bilateral.exits import Stop
from bilateral.publish import snapshots
from bilateral.publish.journal import Status, read_status
from bilateral.shared_counts import make

TEXT_FILE = "metrics.prom"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Refreshes(Collector):
    """Gauges read from the state file whenever they are asked for."""

    def __init__(self, data: Path):
        self.data = data

    def collect(self) -> Iterator[Metric]:
        status = read_status(self.data)
        text = "1 while the snapshot that was published last cannot be read, or nothing is published; alert on it"
        yield GaugeMetricFamily("bilateral_snapshot_damaged", text, value=float(_is_damaged(self.data)))
        yield from _plain(status)
        yield _family("bilateral_rows", "Rows of the public tables after the last refresh that built them", "table", status.rows)
        newest = {dataset: _seconds(day) for dataset, day in status.newest.items()}
        yield _family("bilateral_newest_event_timestamp_seconds", "Day of the newest event, midnight UTC", "dataset", newest)
        content = {name: _seconds(state.newest) for name, state in status.sources.items()}
        text = "Newest content of a source that is downloaded; alert on its age"
        yield _family("bilateral_newest_content_timestamp_seconds", text, "source", content)
        codes = {name: float(state.exit_code) for name, state in status.sources.items()}
        yield _family("bilateral_source_exit_code", "What became of the last try: 0 done, 69 unavailable", "source", codes)


def _is_damaged(data: Path) -> bool:
    try:
        snapshots.connect(snapshots.current(data)).close()
    except (snapshots.NoSnapshot, Stop):
        return True
    return False


def _plain(status: Status) -> Iterator[Metric]:
    values = {
        "last_success_timestamp_seconds": (
            "End of the last refresh that succeeded; alert on its age",
            _seconds(status.last_success),
        ),
        "last_attempt_timestamp_seconds": ("End of the last refresh", _seconds(status.last_attempt)),
        "duration_seconds": ("How long the last refresh took", status.seconds),
        "exit_code": ("Exit code of the last refresh", float(status.exit_code)),
        "consecutive_failures": ("Refreshes that failed since the last success", float(status.consecutive_failures)),
    }
    for name, (text, value) in values.items():
        if value is not None:
            yield GaugeMetricFamily(f"bilateral_refresh_{name}", text, value=value)


def _family(name: str, text: str, label: str, values: dict) -> Metric:
    family = GaugeMetricFamily(name, text, labels=[label])
    for key, value in sorted(values.items()):
        if value is not None:
            family.add_metric([key], value)
    return family


def write_text_file(data: Path, elsewhere: Path | None = None) -> None:
    """The refresh numbers as a file, replaced at once: in the data folder, and where a node exporter looks for it."""
    registry = CollectorRegistry()
    registry.register(Refreshes(data))
    write_to_textfile(str(data / TEXT_FILE), registry)
    if elsewhere:
        write_to_textfile(str(elsewhere), registry)


class Web:
    """The requests beside the refresh numbers: those of this process, or of all processes that count into the folder `together`."""

    def __init__(self, data: Path, together: Path | None = None):
        self.together = together
        self.registry = CollectorRegistry()
        self.registry.register(Refreshes(data))
        if together:
            MultiProcessCollector(self.registry, str(together))
        self._begin()

    def _begin(self) -> None:
        own = None if self.together else self.registry
        labels = ("method", "route", "status")
        self.requests = Counter("bilateral_http_requests", "Requests answered", labels, registry=own)
        self.latency = Histogram("bilateral_http_request_duration_seconds", "Time to answer", ("route",), registry=own)

    @staticmethod
    def _is_there(together: Path) -> bool:
        """Whether what this process counts is still read by the others: their folder, or its files, may have been removed."""
        return (together / f"counter_{os.getpid()}.db").exists()

    def observe(self, method: str, route: str, status: int, started: float) -> None:
        """One answer; `started` is time.perf_counter() at its request. Routes, never addresses, so that their number stays small."""
        if self.together and not self._is_there(self.together):
            try:
                make(self.together)
            except sqlite3.OperationalError:  # nobody counts then
                return
            values.ValueClass = values.get_value_class()  # forgets the files that are gone
            self._begin()
        self.requests.labels(method if method in ("GET", "HEAD", "POST") else "other", route, status).inc()
        self.latency.labels(route).observe(time.perf_counter() - started)

    def text(self) -> bytes:
        return generate_latest(self.registry)


def _seconds(text: str | None) -> float | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() if moment else None

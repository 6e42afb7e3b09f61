"""Endpoints for monitoring: /health with words and codes, /metrics with numbers."""

import json
import time
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import flask

from bilateral.monitoring import metrics
from bilateral.monitoring.updates import OLD_DAYS, Updates, age_days
from bilateral.publish.journal import read_status

PATHS = ("/health", "/metrics")
WORDS = {"done": "ok", "stale": "stale", "stale_content": "stale", "degraded": "degraded"}


def health(updated: Updates, data_version: str | None, newest: Mapping[str, str]) -> dict[str, Any]:
    """status: ok; stale (run and content say which); degraded (the last refresh failed or its snapshot cannot be read: older data are shown); empty (no snapshot).

    `newest` is the day of the newest event of each dataset: that an update ran says nothing of how old its events are.
    """
    oldest = updated.oldest_source
    return {
        "status": ("degraded" if updated.fault else WORDS[updated.state]) if data_version else "empty",
        "data_version": data_version,
        "run": "stale" if updated.state == "stale" else ("failed" if updated.exit_code else "done"),
        "content": "stale" if updated.is_content_stale else "arriving",
        "last_success": _stamp(updated.last_success),
        "last_attempt": _stamp(updated.last_attempt),
        "newest_events": [_newest(dataset, day) for dataset, day in sorted(newest.items())],
        "exit_code": updated.exit_code,
        "snapshot_fault": updated.fault,
        "stale_after_hours": updated.stale_hours,
        "oldest_source": oldest.name if oldest else None,
        "sources": [
            {"name": source.name, "newest": source.newest, "exit_code": source.exit_code, "message": source.message}
            for source in updated.sources
        ],
    }


def _newest(dataset: str, day: str) -> dict[str, Any]:
    age = age_days(date.fromisoformat(day))
    return {"dataset": dataset, "day": day, "age_days": age, "is_old": age > OLD_DAYS}


def status_code(body: dict[str, Any], strict: bool) -> int:
    """503 without a usable snapshot; with `strict` also when stale, for what knows only codes. Else 200, so that nothing flaps."""
    return 503 if body["status"] == "empty" or (strict and body["status"] == "stale") else 200


def register(server: flask.Flask, site: Any, together: Path | None = None) -> None:
    """Add the routes, and count every answer. `site` gives updated(), version() and the data folder; `together` as of metrics.Web."""
    web = metrics.Web(site.folder, together)

    @server.before_request
    def start() -> None:
        flask.g.started = time.perf_counter()

    @server.after_request
    def count(response: flask.Response) -> flask.Response:
        web.observe(
            flask.request.method, _route(flask.request.path), response.status_code, flask.g.get("started", time.perf_counter())
        )
        return response

    @server.get("/health")
    def answer_health() -> flask.Response:
        body = health(site.updates(), site.version(), read_status(site.folder).newest)
        code = status_code(body, flask.request.args.get("strict") == "1")
        response = flask.Response(json.dumps(body), status=code, mimetype="application/json")
        response.headers["Cache-Control"] = "no-store"
        return response

    @server.get("/metrics")
    def answer_metrics() -> flask.Response:
        return flask.Response(web.text(), content_type=metrics.CONTENT_TYPE)


def _route(path: str) -> str:
    """The kind of thing that was asked for: a few words, never the address of a reader."""
    first = path.strip("/").split("/")[0]
    if first.startswith("_"):
        return "callback"
    known = ("assets", "pair", "api", "health", "metrics", "feeds", "embed", "sql", "review")
    return first if first in known else ("page" if path == "/" else "other")


def _stamp(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else None

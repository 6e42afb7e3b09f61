"""Cache of answers. A page depends only on its address, the snapshot and the state of the refresh, so equal requests get equal bytes: answers
are kept, compressed, up to a size limit, until a snapshot is published."""

import hashlib
import threading
from typing import Any

import flask
from cachetools import LRUCache

from bilateral.exits import Stop
from bilateral.publish import snapshots
from bilateral.today import today

LARGEST = 48_000_000
"""Bytes of kept answers in each worker; the least lately asked make way."""
CALLBACK = "/_dash-update-component"
KINDS = ("text/html", "application/json")


def register(server: flask.Flask, site: Any) -> None:
    """Keep answers of pages and callbacks. To be called before compression is: what is kept has gone through it."""
    kept: LRUCache[str, tuple[bytes, list[tuple[str, str]]]] = LRUCache(LARGEST, getsizeof=lambda answer: len(answer[0]) + 1000)
    lock = threading.Lock()

    @server.before_request
    def recall() -> flask.Response | None:
        flask.g.kept_as = key = _key(site)
        if key is None:
            return None
        with lock:
            found = kept.get(key)
        if found is None:
            return None
        flask.g.kept_as = None
        return flask.Response(found[0], headers=found[1])

    @server.after_request
    def keep(response: flask.Response) -> flask.Response:
        key = flask.g.get("kept_as")
        if key and response.status_code == 200 and response.mimetype in KINDS and not response.is_streamed:
            with lock:
                kept[key] = (response.get_data(), [(name, value) for name, value in response.headers if name != "Date"])
        return response


def _key(site: Any) -> str | None:
    """Everything that an answer is made of; None where nothing is to be kept: files, API, SQL, and whatever is not asked by a page."""
    request = flask.request
    is_page = request.method == "GET" and not request.path.startswith(
        ("/api/", "/assets/", "/_", "/sql", "/review", "/health", "/metrics", "/feeds/")
    )
    is_callback = request.method == "POST" and request.path == CALLBACK and (request.content_length or 0) < 10_000
    if not (is_page or is_callback) or "." in request.path.rsplit("/", 1)[-1]:
        return None
    try:
        version, updated = site.warehouse.version, site.updates()
    except (snapshots.NoSnapshot, Stop):
        return None
    body = request.get_data() if is_callback else b""
    state = (
        version,
        updated.last_success,
        updated.exit_code,
        updated.message,
        updated.state,
        int(updated.age_hours or 0),
        today(),
    )
    asked = (
        request.url_root,
        request.full_path,
        request.headers.get("Accept-Encoding", ""),
        request.headers.get("Accept-Language", ""),
    )
    return hashlib.sha256(repr((state, asked, body)).encode()).hexdigest()

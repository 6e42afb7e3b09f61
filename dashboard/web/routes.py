"""Routing of requests: to a page, a file, or the canonical address; and error pages."""

import secrets
from collections.abc import Callable
from typing import Any

import brotli
import flask
from werkzeug.exceptions import InternalServerError

from bilateral import package_data, public_address
from bilateral.exits import Stop
from bilateral.pages import address, frame, trouble
from bilateral.pages.site import Site
from bilateral.publish import snapshots
from bilateral.strings import Texts, texts
from bilateral.web import api, health, indexing
from bilateral.web.documents import not_found, trouble_page, whole
from bilateral.web.drawing import Drawing
from bilateral.web.page_files import FILE_PATH, answer
from bilateral.web.site_map import PLAIN, asked_lang, place_of

OTHER_PATHS = ("/_dash", "/assets/", "/_favicon", "/_reload", "/feeds/", "/api/")


def register(server: flask.Flask, site: Site) -> None:
    drawing = Drawing()
    bundle = (package_data.folder("assets") / "plotly.min.js").read_bytes()
    packed = brotli.compress(bundle, quality=9)  # once, so it may be smaller than what is packed while a reader waits

    @server.before_request
    def route() -> Any:
        path = flask.request.path
        if path.endswith("/plotly/package_data/plotly.min.js"):
            # The whole plotly.js weighs four times what .ci/bundles builds of it, which has every chart that is drawn here.
            takes_packed = flask.request.accept_encodings["br"] > 0
            response = flask.Response(packed if takes_packed else bundle, mimetype="text/javascript")
            response.headers["Vary"] = "Accept-Encoding"
            if takes_packed:
                response.headers["Content-Encoding"] = "br"
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
            return response
        return (
            None
            if path.startswith(OTHER_PATHS) or path in (*health.PATHS, *indexing.PATHS, "/sql", "/review")
            else _page_or_nothing(path, site, drawing)
        )

    @server.errorhandler(Stop)
    @server.errorhandler(snapshots.NoSnapshot)
    def stopped(stop: Exception) -> flask.Response:
        return _failed(503, str(stop), lambda text: trouble.unavailable(str(stop), text))

    @server.errorhandler(InternalServerError)
    def fault(error: InternalServerError) -> flask.Response:
        """Flask has written the traceback; the line after it has the id that the reader was given."""
        id = secrets.token_hex(4)
        server.logger.error("the fault above is %s: %r", id, error.original_exception)
        response = _failed(500, f"a fault here; the log of the server has it as {id}", trouble.fault)
        response.headers["X-Fault"] = id
        return response


def _failed(status: int, said: str, page: Callable[[Texts], frame.Page]) -> flask.Response:
    """A sentence to programs, a page to readers."""
    path = flask.request.path
    if path.startswith(api.PREFIX):
        return api.problem(status, said)
    if path.startswith(OTHER_PATHS):
        return flask.Response(f"{said}\n", status=status, mimetype="text/plain")
    text = texts(asked_lang(flask.request.query_string.decode("utf-8", "replace")))
    return trouble_page(page(text), status, text("unknown"), text)


def _page_or_nothing(path: str, site: Site, drawing: Drawing) -> Any:
    """None where Dash draws the page; another spelling of a pair redirects; what is no page is said with status 404."""
    if match := FILE_PATH.match(path):
        return answer(match[1] or "/", match[2], site, drawing)
    search = flask.request.query_string.decode("utf-8", "replace")
    try:
        found = place_of(site, path)
    except snapshots.NoSnapshot:
        return None
    if found is None:
        return not_found(path, search, site)
    canonical = address.path_of(*found)
    if path != canonical:
        query = flask.request.query_string.decode("ascii", "replace")
        return flask.redirect(public_address.prefix() + canonical + (f"?{query}" if query else ""), code=301)
    if found[0] not in PLAIN:
        return None
    choice = address.parse(path, search, site.known())
    page, version = site.of_one_snapshot(lambda: PLAIN[found[0]].make(site, choice))
    if page:
        return whole(choice, page, version, texts(choice.lang), tags=indexing.tags(choice, page, texts(choice.lang)))
    return not_found(path, search, site)

"""The web application, put together: layout, the one callback that follows the address, and all that answers requests."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import flask
from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from flask_compress import Compress

from bilateral import package_data, public_address
from bilateral.ask.reader_sql import Asking
from bilateral.exits import Stop
from bilateral.figures import theme
from bilateral.monitoring import feeds
from bilateral.pages import address, frame, markup
from bilateral.pages.site import Site
from bilateral.publish import snapshots
from bilateral.shared_counts import Shared
from bilateral.strings import texts
from bilateral.web import api, cache, first_html, health, indexing, review_page, routes, security, sql_page
from bilateral.web.security import HERE, Door, Keys
from bilateral.web.site_map import DRAWN, asked_lang, page_of


def make_app(
    folder: Path,
    stale_hours: int = 48,
    asking: Asking | None = None,
    door: Door = HERE,
    rate: str | None = None,
    together: Path | None = None,
    rates: Mapping[str, str] | None = None,
    keys: Keys | None = None,
) -> Dash:
    """The Dash application over the snapshots of a data folder; without `asking` SQL is switched off, without `rate` programs are not held back.

    `rates` are those of the other kinds of rates.py. Processes that answer together keep their counts in the folder `together` and have the same `keys`.
    """
    site = Site(folder, stale_hours)
    app = _dash()
    app.layout = lambda: _layout(site)
    first_html.register(app, site)
    _follow_the_address(app, site)
    health.register(app.server, site, together)
    feeds.register(app.server, site.warehouse)
    indexing.register(app.server, site)
    sql_page.register(app.server, site, api.register(app.server, site, asking, door.may_ask_sql))
    review_page.register(app.server, site, door.is_owner)
    routes.register(app.server, site)
    cache.register(app.server, site)
    _compress(app.server)
    security.register(app, door, {"api": rate or "", **(rates or {})}, Shared(together), keys)
    return app


def _dash() -> Dash:
    text = texts("en")
    return Dash(
        "bilateral",
        title=text("app"),
        update_title=None,  # else the tab's title flickers at every change
        assets_folder=str(package_data.folder("assets")),
        assets_ignore=r"plotly\.min.*|60-sql.*|65-review.*",
        index_string=first_html.INDEX.replace("TOKENS_CSS", theme.css()).replace("TOKENS_SCRIPT", theme.script()),
        prevent_initial_callbacks=False,
        suppress_callback_exceptions=True,
    )


def _layout(site: Site) -> html.Div:
    """The places and graphs of the page that asks for its layout; the browser names it in the Referer and brings the content along.

    Without dcc.Location: it announces the address once more after loading, which costs a request. assets/20-address.js writes the store.
    """
    asked = address.split((flask.request.referrer if flask.has_request_context() else None) or "/")
    try:
        page = address.parse(public_address.without(asked.path, public_address.prefix()), asked.query, site.known()).page
        arrange = DRAWN[page].arrange
    except (snapshots.NoSnapshot, Stop, KeyError):
        arrange = frame.plain
    text = texts(asked_lang(asked.query))
    return html.Div([dcc.Store(id="address"), dcc.Store(id="answer"), *frame.skeleton(arrange, {}, text)])


def _follow_the_address(app: Dash, site: Site) -> None:
    """One question, one answer: the whole answer is one property, so that a late one is dropped whole and labels fit their figures."""

    @app.callback(Output("answer", "data"), Input("address", "data"), prevent_initial_call=True)
    def answer(asked: str) -> dict[str, Any]:
        found = address.split(str(asked))
        _, page, text, version = page_of(site, public_address.without(found.path, public_address.prefix()) or "/", found.query)
        places = {**page.places, "footer": frame.footer(version, page.method, text)}
        return {"places": {name: markup.to_html(parts) for name, parts in places.items()}, "figures": page.figures}

    show = ClientsideFunction("bilateral", "show")
    app.clientside_callback(show, Input("answer", "data"), prevent_initial_call=True)


def _compress(server: flask.Flask) -> None:
    server.config["COMPRESS_MIMETYPES"] = [
        "text/html",
        "text/css",
        "text/javascript",
        "application/javascript",
        "application/json",
    ]
    server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    server.config["COMPRESS_BR_LEVEL"] = 5
    Compress(server)

"""The web application: routes, the first HTML, and the one callback that follows the address."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import flask
from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from flask_compress import Compress

from dashboard import address, components, data, figures, freshness, monitoring, resources, snapshots, theme
from dashboard.exits import Exit, Stop
from dashboard.pages import frame, overview, pair
from dashboard.pages.view import look, nothing, parts, stores
from dashboard.strings import LANGS, Texts, texts
from dashboard.warehouse import Warehouse

PLACES = (
    "head", "tiles", "balance-top", "balance-below", "words-top", "words-below", "directions-top", "directions-below", "behind", "measures",
)  # fmt: skip
CHARTS = ("balance", "words", "directions")
DASH_PATHS = ("/_dash", "/assets/", "/_favicon", "/_reload")

INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<meta name="color-scheme" content="light dark">
<title>{%title%}</title>
{%favicon%}
<style>TOKENS_CSS</style>
<script>TOKENS_SCRIPT</script>
{%css%}
</head>
<body>
{%app_entry%}
<div id="scripts">{%config%}{%scripts%}{%renderer%}</div>
</body>
</html>"""


class Site:
    """What an address shows, out of the current snapshot. No state of a reader is kept here."""

    def __init__(self, folder: Path, stale_hours: int):
        self.folder = folder
        self.stale_hours = stale_hours
        self.warehouse = Warehouse(folder)
        self._lists: tuple[str, data.Lists] | None = None

    def lists(self) -> data.Lists:
        """What can be asked for, read once for each snapshot."""
        version = self.warehouse.version
        if self._lists is None or self._lists[0] != version:
            self._lists = (version, data.lists(self.warehouse))
        return self._lists[1]

    def known(self) -> address.Known:
        lists = self.lists()
        return address.Known(lists.dyads, lists.datasets, lists.domains, LANGS)

    def fresh(self) -> freshness.Freshness:
        return freshness.read(self.folder, self.stale_hours)

    def version(self) -> str | None:
        """Which snapshot answers now; None where there is none that opens."""
        try:
            self.warehouse.cursor().close()
            return self.warehouse.version
        except (snapshots.NoSnapshot, Stop):
            return None

    def page(self, path: str, search: str) -> list:
        """The whole page of an address as Dash elements."""
        text = texts(asked_lang(search))
        try:
            choice = address.parse(path, search, self.known())
        except (snapshots.NoSnapshot, Stop):
            empty = address.Choice("MEX-USA", lang=text.lang)
            main = frame.message(text("errors.no_data"), text("errors.no_data_text"))
            return frame.frame(empty, main, text("unknown"), text("unknown"), text)
        lists, fresh = self.lists(), self.fresh()
        view = look(self.warehouse, choice, lists)
        made = parts(view, fresh) if view else nothing(choice, lists, fresh)
        shown = view.choice if view else replace(choice, h=choice.h or lists.datasets[choice.dataset])
        span = (str(view.span[0]), str(view.span[1])) if view else ("", "")
        main = pair.main(made, shown, lists, span, text)
        if choice.is_overview:
            main.append(overview.pairs_card(lists.pairs, choice, text))
        method = str(view.standing["method_version"]) if view else text("unknown")
        drawn = stores(view) if view else {}
        figures_of = [dcc.Store(id=f"f-{name}", data=drawn.get(name, figures.empty())) for name in CHARTS]
        return [*frame.frame(choice, main, self.warehouse.version, method, text), *figures_of]

    def answer(self, path: str, search: str) -> list:
        """What changes on the page when the address does: its places, then its figures."""
        choice, lists, fresh = address.parse(path, search, self.known()), self.lists(), self.fresh()
        view = look(self.warehouse, choice, lists)
        made, drawn = (parts(view, fresh), stores(view)) if view else (nothing(choice, lists, fresh), {})
        return [*(made.get(name, []) for name in PLACES), *(drawn.get(name, figures.empty()) for name in CHARTS)]


def make_app(folder: Path, stale_hours: int = 48) -> Dash:
    """The Dash application over the snapshots of a data folder."""
    site = Site(folder, stale_hours)
    text = texts("en")
    app = Dash(
        "bilateral",
        title=text("app"),
        update_title=None,  # else the tab's title flickers at every change
        assets_folder=str(resources.folder("assets")),
        assets_ignore=r"plotly-cartesian.*",
        index_string=INDEX.replace("TOKENS_CSS", theme.css()).replace("TOKENS_SCRIPT", theme.script()),
        prevent_initial_callbacks=False,
        suppress_callback_exceptions=True,
    )
    app.layout = lambda: _layout(site)
    _first_html(app, site)
    _follow_the_address(app, site)
    monitoring.register(app.server, site)
    _routes(app.server, site)
    _compress(app.server)
    return app


def script_texts(text: Texts) -> str:
    """The sentences that the browser scripts say by themselves, as data and not as script, so that one policy fits every language."""
    said = {name: text(f"errors.{name}") for name in ("busy", "failed", "retry")}
    return f'<script type="application/json" id="texts">{json.dumps(said)}</script>'


def asked_lang(search: str) -> str:
    """The language that a query asks for; English where it asks for none that is spoken here."""
    asked = dict(parse_qsl(search)).get("lang", "en") if len(search) <= address.LONGEST else "en"
    return asked if asked in LANGS else "en"


def _asked_address() -> tuple[str, str]:
    """Path and query of the page that asks for its layout: the browser names it in the Referer."""
    parts_of = urlsplit(flask.request.referrer or "/") if flask.has_request_context() else urlsplit("/")
    return parts_of.path, parts_of.query


def _layout(site: Site) -> html.Div:
    # No dcc.Location: it announces the address once more after loading, which costs a request. assets/20-address.js writes this store.
    return html.Div([dcc.Store(id="address"), *site.page(*_asked_address())])


def _first_html(app: Dash, site: Site) -> None:
    """Put the page itself into the first HTML, so that it is read before, or without, any script."""
    plain = app.interpolate_index

    def interpolate_index(**pieces: str) -> str:
        search = flask.request.query_string.decode("utf-8", "replace")
        text = texts(asked_lang(search))
        first = f'<div id="first">{components.to_html(site.page(flask.request.path, search))}</div>'
        pieces["app_entry"] = f'{script_texts(text)}{first}<div id="react-entry-point" hidden></div>'
        pieces["title"] = text("app")
        return plain(**pieces).replace('<html lang="en">', f'<html lang="{text.tag}">', 1)

    app.interpolate_index = interpolate_index


def _follow_the_address(app: Dash, site: Site) -> None:
    outputs = [Output(f"p-{name}", "children") for name in PLACES] + [Output(f"f-{name}", "data") for name in CHARTS]

    @app.callback(outputs, Input("address", "data"), prevent_initial_call=True)
    def answer(asked: str) -> list:
        parts_of = urlsplit(str(asked))
        return site.answer(parts_of.path or "/", parts_of.query)

    for name in CHARTS:
        paint = ClientsideFunction("bilateral", f"paint_{name}")
        app.clientside_callback(paint, Output(f"g-{name}", "figure"), Input(f"f-{name}", "data"))


def _routes(server: flask.Flask, site: Site) -> None:
    bundle = (resources.folder("assets") / "plotly-cartesian.min.js").read_bytes()

    @server.before_request
    def route() -> Any:
        path = flask.request.path
        if path.endswith("/plotly/package_data/plotly.min.js"):
            # The whole plotly.js weighs three times its cartesian part, which has every chart that is drawn here.
            response = flask.Response(bundle, mimetype="text/javascript")
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
            return response
        if path.startswith(DASH_PATHS) or path in ("/", *monitoring.PATHS):
            return None
        return _pair_or_nothing(path, site)

    @server.errorhandler(Stop)
    def stopped(stop: Stop) -> Any:
        return flask.Response(str(stop), status=503, mimetype="text/plain")

    @server.after_request
    def headers(response: flask.Response) -> flask.Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"  # the layout reads its address from the Referer
        return response


def _pair_or_nothing(path: str, site: Site) -> Any:
    """The page of a pair; any other order or case of it redirects; everything else is a page that says so, with status 404."""
    try:
        known = site.known()
    except (snapshots.NoSnapshot, Stop):
        return None
    dyad = address.canonical_pair(path, known)
    if dyad is None:
        return not_found(path, site)
    if path != f"/pair/{dyad}":
        query = flask.request.query_string.decode("ascii", "replace")
        return flask.redirect(f"/pair/{dyad}" + (f"?{query}" if query else ""), code=301)
    return None


def not_found(path: str, site: Site) -> flask.Response:
    """A page in the same frame that offers every pair."""
    text, lists = texts(asked_lang(flask.request.query_string.decode("utf-8", "replace"))), site.lists()
    pairs = [html.Li(html.A(row[f"name_{text.lang}"], href=f"/pair/{row['dyad']}")) for _, row in lists.pairs.iterrows()]
    asked = address.shown(path.removeprefix("/pair/"))
    said = text("errors.no_pair", pair=asked) if path.startswith("/pair/") else text("errors.not_found_text")
    main = frame.message(text("errors.not_found"), said, html.Ul(pairs))
    page = frame.frame(address.Choice(lists.dyads[0], lang=text.lang), main, site.warehouse.version, text("unknown"), text)
    style = "".join(
        f'<link rel="stylesheet" href="/assets/{path.name}">' for path in sorted(resources.folder("assets").glob("*.css"))
    )
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{text("errors.not_found")}</title>'
    tokens = f"<style>{theme.css()}</style><script>{theme.script()}</script>"
    body = (
        f'<!DOCTYPE html><html lang="{text.tag}"><head>{head}{tokens}{style}</head><body>{components.to_html(page)}</body></html>'
    )
    return flask.Response(body, status=404)


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


def serve(folder: Path, host: str, port: int, threads: int, stale_hours: int) -> None:
    """Serve until stopped. Raises Stop 69 without data, 65 where the snapshot does not open, 75 where the port is taken."""
    import waitress

    app = make_app(folder, stale_hours)
    Warehouse(folder).cursor()
    try:
        server = waitress.create_server(app.server, host=host, port=port, threads=threads, ident="bilateral")
    except OSError as error:
        reason = f"{host}:{port} cannot be listened on ({error.strerror}); another program has it, choose another with --port"
        raise Stop(Exit.TRY_AGAIN, reason) from None
    print(f"Dashboard on http://{host}:{server.effective_port} (Ctrl+C stops it)", flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()

"""The web application: routes, the first HTML, and the one callback that follows the address."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import flask
from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from flask_compress import Compress
from werkzeug.exceptions import InternalServerError

from dashboard import address, answers, api, components, feeds, files, monitoring, pictures, resources, security, snapshots, theme
from dashboard.asking import Answer, Asking, Unanswered
from dashboard.exits import Exit, Stop
from dashboard.pages import (
    briefing,
    compare,
    embed,
    event,
    events,
    frame,
    measures,
    methods,
    overview,
    pair,
    sharing,
    sql,
    status,
    trouble,
)
from dashboard.security import HERE, Door
from dashboard.site import Site
from dashboard.strings import LANGS, Texts, texts

DRAWN = {"overview": overview, "pair": pair, "measures": measures, "compare": compare, "embed": embed}
"""Pages with charts: Dash draws them. `make` gives the answer to an address, `arrange` the places that the layout needs."""
PLAIN = {"briefing": briefing, "events": events, "event": event, "methods": methods, "status": status}
"""Pages without charts: whole HTML documents. `make` gives the answer, None where there is no such thing."""
PAGES = DRAWN | PLAIN
FILE_PATH = re.compile(rf"^(/.*?)?\.({'|'.join(map(re.escape, (*files.FORMATS, *frame.DOCUMENTS)))})$")
OTHER_PATHS = ("/_dash", "/assets/", "/_favicon", "/_reload", "/feeds/", "/api/")

INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<meta name="color-scheme" content="light dark">
<title>{%title%}</title>
{%favicon%}
<link rel="alternate" type="application/atom+xml" href="/feeds/changes.atom">
<style>TOKENS_CSS</style>
<script>TOKENS_SCRIPT</script>
{%css%}
</head>
<body>
{%app_entry%}
<div id="scripts">{%config%}{%scripts%}{%renderer%}</div>
</body>
</html>"""


def place_of(site: Site, path: str) -> tuple[str, str] | None:
    """Page and subject of a path; None where there is no such page. Raises snapshots.NoSnapshot or Stop without data."""
    found = address.place(path, site.known())
    has_page = found is not None and found[0] in PAGES and (found[0] != "embed" or found[1] in pair.CHARTS)
    return found if has_page else None


def page_of(site: Site, path: str, search: str) -> tuple[address.Choice, frame.Page, Texts, str]:
    """The page of an address, the choice it answers, its texts and the data version; a sentence where nothing was loaded yet.

    Ends the request where Dash draws no such page: an address below one of the OTHER_PATHS that is none, or a made-up callback. Raises Stop where the snapshot cannot be read.
    """
    try:
        if (place_of(site, path) or ("",))[0] not in DRAWN:
            flask.abort(404 if flask.request.method == "GET" else 400)
        choice = address.parse(path, search, site.known())
        page, version = site.of_one_snapshot(lambda: DRAWN[choice.page].make(site, choice))
        return choice, page, texts(choice.lang), version
    except snapshots.NoSnapshot:
        text = texts(asked_lang(search))
        empty = frame.message(text("errors.no_data"), text("errors.no_data_text"))
        return address.Choice("MEX-USA", lang=text.lang), empty, text, text("unknown")


def asked_lang(search: str) -> str:
    """The language that a query asks for; English where it asks for none that is spoken here."""
    asked = dict(parse_qsl(search[: address.LONGEST].lstrip("?"))).get("lang", "en")
    return asked if asked in LANGS else "en"


def make_app(
    folder: Path,
    stale_hours: int = 48,
    asking: Asking | None = None,
    door: Door = HERE,
    rate: str | None = None,
    together: Path | None = None,
) -> Dash:
    """The Dash application over the snapshots of a data folder; without `asking` SQL is switched off, without `rate` programs are not held back.

    Processes that answer together keep their counts of requests in the folder `together`.
    """
    site = Site(folder, stale_hours)
    text = texts("en")
    app = Dash(
        "bilateral",
        title=text("app"),
        update_title=None,  # else the tab's title flickers at every change
        assets_folder=str(resources.folder("assets")),
        assets_ignore=r"plotly-cartesian.*|60-sql.*",
        index_string=INDEX.replace("TOKENS_CSS", theme.css()).replace("TOKENS_SCRIPT", theme.script()),
        prevent_initial_callbacks=False,
        suppress_callback_exceptions=True,
    )
    app.layout = lambda: _layout(site)
    _first_html(app, site)
    _follow_the_address(app, site)
    monitoring.register(app.server, site, together)
    feeds.register(app.server, site.warehouse)
    _sql(app.server, site, api.register(app.server, site, asking, rate, together))
    _routes(app.server, site)
    answers.register(app.server, site)
    _compress(app.server)
    security.register(app, door)
    return app


def _layout(site: Site) -> html.Div:
    """The places and graphs of the page that asks for its layout; the browser names it in the Referer and brings the content along.

    Without dcc.Location: it announces the address once more after loading, which costs a request. assets/20-address.js writes the store.
    """
    asked = address.split((flask.request.referrer if flask.has_request_context() else None) or "/")
    try:
        page = address.parse(asked.path, asked.query, site.known()).page
        arrange = DRAWN[page].arrange
    except (snapshots.NoSnapshot, Stop, KeyError):
        arrange = frame.plain
    text = texts(asked_lang(asked.query))
    return html.Div([dcc.Store(id="address"), dcc.Store(id="answer"), *frame.skeleton(arrange, {}, text)])


def _first_html(app: Dash, site: Site) -> None:
    """Put the page itself into the first HTML, so that it is read before, or without, any script."""
    plain = app.interpolate_index

    def interpolate_index(**pieces: str) -> str:
        search = flask.request.query_string.decode("utf-8", "replace")
        choice, page, text, version = page_of(site, flask.request.path, search)
        first = f'<div id="first">{components.to_html(frame.frame(choice, page, version, text))}</div>'
        pieces["app_entry"] = f'{first}<div id="react-entry-point" hidden></div>{_for_the_scripts(site, page, text)}'
        pieces["title"] = escape(f"{page.title} – {text('app')}")
        return plain(**pieces).replace('<html lang="en">', f'<html lang="{text.tag}">', 1)

    app.interpolate_index = interpolate_index


def _for_the_scripts(site: Site, page: frame.Page, text: Texts) -> str:
    """Figures, and what the browser scripts say and offer by themselves: as data and not as script, so that one policy fits all."""
    said: dict[str, object] = {name: text(f"errors.{name}") for name in ("busy", "failed", "retry")}
    said |= {"palette": text("palette.title"), "palette_day": text("palette.day"), "since": text("share.since")}
    said |= {"months": list(zip(*(texts(lang).entry("months") for lang in LANGS), strict=True)), "places": _places(site, text)}
    content = json.dumps({"figures": page.figures, "texts": said}, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="page">{content}</script>'


def _places(site: Site, text: Texts) -> list[dict[str, str]]:
    """Where the search box can go: pairs, subjects, pages. Nothing where there are no data."""
    try:
        lists = site.lists()
    except (snapshots.NoSnapshot, Stop):
        return []
    pairs = [{"name": name, "href": f"/pair/{dyad}"} for dyad, name in lists.names(text.lang).items()]
    subjects = [
        {"name": str(name), "domain": str(domain)} for domain, name in lists.labels.loc["domain"][f"label_{text.lang}"].items()
    ]
    pages = [{"name": text(f"nav.{page}"), "href": path} for path, page in address.SINGLE.items() if page in DRAWN]
    return pairs + subjects + pages


def _follow_the_address(app: Dash, site: Site) -> None:
    """One question, one answer: the whole answer is one property, so that a late one is dropped whole and labels fit their figures."""

    @app.callback(Output("answer", "data"), Input("address", "data"), prevent_initial_call=True)
    def answer(asked: str) -> dict[str, Any]:
        found = address.split(str(asked))
        _, page, text, version = page_of(site, found.path or "/", found.query)
        places = {**page.places, "footer": frame.footer(version, page.method, text)}
        return {"places": {name: components.to_html(parts) for name, parts in places.items()}, "figures": page.figures}

    show = ClientsideFunction("bilateral", "show")
    app.clientside_callback(show, Input("answer", "data"), prevent_initial_call=True)


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
        return None if path.startswith(OTHER_PATHS) or path in (*monitoring.PATHS, "/sql") else _page_or_nothing(path, site)

    @server.errorhandler(Stop)
    @server.errorhandler(snapshots.NoSnapshot)
    def stopped(stop: Exception) -> flask.Response:
        return failed(503, str(stop), lambda text: trouble.unavailable(str(stop), text))

    @server.errorhandler(InternalServerError)
    def fault(_: InternalServerError) -> flask.Response:
        return failed(500, "a fault here; the log of the server has it", trouble.fault)

    def failed(status: int, said: str, page: Callable[[Texts], frame.Page]) -> flask.Response:
        """A sentence to programs, a page to readers."""
        path = flask.request.path
        if path.startswith(api.PREFIX):
            return api.problem(status, said)
        if path.startswith(OTHER_PATHS):
            return flask.Response(f"{said}\n", status=status, mimetype="text/plain")
        text = texts(asked_lang(flask.request.query_string.decode("utf-8", "replace")))
        return _trouble(page(text), status, text("unknown"), text)


def _page_or_nothing(path: str, site: Site) -> Any:
    """None where Dash draws the page; another spelling of a pair redirects; what is no page is said with status 404."""
    if match := FILE_PATH.match(path):
        return _file(match[1] or "/", match[2], site)
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
        return flask.redirect(canonical + (f"?{query}" if query else ""), code=301)
    if found[0] not in PLAIN:
        return None
    choice = address.parse(path, search, site.known())
    page, version = site.of_one_snapshot(lambda: PLAIN[found[0]].make(site, choice))
    return whole(choice, page, version, texts(choice.lang)) if page else not_found(path, search, site)


def _file(path: str, ending: str, site: Site) -> Any:
    """The rows of a page's chart as a file; 304 where the reader has it already, 404 where there is no such page or chart."""
    asked = sharing.asked(flask.request.query_string.decode("utf-8", "replace"))
    try:
        found = place_of(site, path)
        version = site.warehouse.version
    except (snapshots.NoSnapshot, Stop) as reason:
        return flask.Response(f"{reason}\n", status=503, mimetype="text/plain")
    if found is None or address.path_of(*found) != path:
        return not_found(path, asked.search, site)
    file = file_of(site, path, asked, ending)
    if file is None:
        return not_found(path, asked.search, site)
    mimetype = frame.DOCUMENTS[ending] if ending in frame.DOCUMENTS else files.FORMATS[ending].mimetype
    response = flask.Response(file.content, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.stem}.{ending}"'
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(sha256(f"{version} {flask.request.full_path}".encode()).hexdigest()[:16])
    return response.make_conditional(flask.request)


def file_of(site: Site, path: str, asked: sharing.Asked, ending: str) -> sharing.File | None:
    """The file that an address names; None where its page has no such chart. Raises snapshots.NoSnapshot or Stop without data."""
    choice = address.parse(path, asked.search, site.known())
    if asked.everything:
        choice = sharing.everything(choice)
    page = PAGES[choice.page].make(site, choice)
    if page is None:
        return None
    if ending in frame.DOCUMENTS:
        made = page.documents.get(ending)
        return sharing.File(page.stem, made.encode()) if made else None
    name = asked.chart or next(iter(page.extracts), "")
    return sharing.file(site, choice, page, name, asked.everything, ending) if name in page.extracts else None


def export(folder: Path, asked_address: str, ending: str, chart: str, full: bool, to: Path) -> Path:
    """Write what a page offers as a file into a folder. Raises Stop 78 for an address, chart or format that is not there, 69 without a browser."""
    formats = (*files.FORMATS, *pictures.FORMATS, *frame.DOCUMENTS)
    if ending not in formats:
        raise Stop(Exit.CONFIGURATION, f"{ending!r} is no format; they are {', '.join(formats)}")
    site, found = Site(folder, stale_hours=0), address.split(asked_address)
    path = found.path or "/"
    if (match := FILE_PATH.match(path)) and place_of(site, match[1] or "/"):
        raise Stop(Exit.CONFIGURATION, f"{path!r} is a file; name its page, {match[1] or '/'}, and --format {match[2]}")
    if place_of(site, path) is None:
        raise Stop(Exit.CONFIGURATION, f"{path!r} is no page with charts; one is /pair/{site.known().dyads[0]}")
    asked = sharing.Asked(chart, full, found.query)
    file = file_of(site, path, asked, ending)
    if file is None:
        page = PAGES[(place_of(site, path) or ("",))[0]].make(site, address.parse(path, asked.search, site.known()))
        known = f"; its charts and tables are {', '.join(page.extracts)}" if page and page.extracts and chart else ""
        raise Stop(Exit.CONFIGURATION, f"{path} has no {chart or ending} to export{known}")
    target = to / f"{file.stem}.{ending}"
    to.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.content)
    return target


def not_found(path: str, search: str, site: Site) -> flask.Response:
    text = texts(asked_lang(search))
    return _trouble(trouble.not_found(path, site, text), 404, site.warehouse.version, text)


def _trouble(page: frame.Page, status: int, version: str, text: Texts) -> flask.Response:
    return flask.Response(whole(trouble.choice(text.lang), page, version, text), status=status)


def _sql(server: flask.Flask, site: Site, statements: api.Api) -> None:
    """The page that asks a statement. It is plain HTML: with or without scripts the same address gives the same rows."""

    @server.route("/sql", methods=["GET", "POST"])
    def sql_page() -> flask.Response:
        given = flask.request.values
        lang, theme_name = given.get("lang", "en"), given.get("theme", "auto")
        choice = address.Choice(
            site.lists().dyads[0],
            page="sql",
            lang=lang if lang in LANGS else "en",
            theme=theme_name if theme_name in address.THEMES else "auto",
        )
        if statements.asking is None:
            page, status = sql.off(choice), 403
        else:
            values = {name[1:]: value for name, value in given.items() if name.startswith("$")}
            asked = sql.Asked(given.get("q") or sql.unpacked(given.get("z", "")), values, given.get("explain") == "1")
            outcome = _outcome(asked, statements)
            page = sql.page(
                choice, asked, outcome, site.warehouse.ask("schema"), statements.asking.limits, site.warehouse.version
            )
            status = 400 if isinstance(outcome, str) else 200
        scripts = ("20-address.js", "25-colours.js", "50-sharing.js", "60-sql.js", "85-news.js")
        body = whole(choice, page, site.warehouse.version, texts(choice.lang), scripts)
        return flask.Response(body, status=status)


def _outcome(asked: sql.Asked, statements: api.Api) -> Answer | str | None:
    """Rows, or the sentence why there are none."""
    if not asked.q.strip():
        return None
    values = {name: value for name, value in asked.values.items() if name in asked.names}
    try:
        return statements.ask(api.Statement.model_construct(q=asked.statement, parameters=values))[0]
    except Unanswered as refused:
        return str(refused)


def whole(
    choice: address.Choice,
    page: frame.Page,
    version: str,
    text: Texts,
    scripts: tuple[str, ...] = ("20-address.js", "85-news.js"),
) -> str:
    """A page without charts as a whole HTML document: it needs neither Dash nor plotly."""
    folder = resources.folder("assets")
    style = "".join(f'<link rel="stylesheet" href="/assets/{found.name}">' for found in sorted(folder.glob("*.css")))
    script = "".join(f'<script src="/assets/{name}" defer></script>' for name in scripts)
    title = escape(f"{page.title} – {text('app')}")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
    head += '<meta name="color-scheme" content="light dark"><link rel="icon" href="/assets/favicon.svg">'
    tokens = f"<style>{theme.css()}</style><script>{theme.script()}</script>"
    body = components.to_html(frame.frame(choice, page, version, text))
    return f'<!DOCTYPE html><html lang="{text.tag}"><head>{head}{tokens}{style}{script}</head><body>{body}</body></html>'


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

"""The first HTML of pages that Dash draws, so that they are read before, or without, any script."""

import json
import re

import flask
from dash import Dash

from bilateral import escaping, public_address
from bilateral.pages import frame, markup
from bilateral.pages.site import Site
from bilateral.strings import Texts
from bilateral.web import indexing
from bilateral.web.documents import opened, signs
from bilateral.web.site_map import page_of

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

NEVER_RUN = re.compile(r'<script src="[^"]*/(?:polyfill@|dash_table/bundle\.)[^"]*"></script>')
"""Scripts that Dash lists for every page, 43 kB packed: for browsers in which it does not draw at all, but for what assets/05-regenerator.min.js has; and for its tables."""


def register(app: Dash, site: Site) -> None:
    """Put the page itself into the first HTML, so that it is read before, or without, any script."""
    plain = app.interpolate_index

    def interpolate_index(**pieces: str) -> str:
        search = flask.request.query_string.decode("utf-8", "replace")
        choice, page, text, version = page_of(site, flask.request.path, search)
        first = f'<div id="first">{markup.to_html(frame.frame(choice, page, version, text))}</div>'
        pieces = {name: _linked(piece) for name, piece in pieces.items()}
        pieces["scripts"] = NEVER_RUN.sub("", pieces["scripts"])
        pieces["favicon"] = signs(f"{public_address.prefix()}/assets")  # Dash's own weighs 16 kB
        pieces["app_entry"] = f'{first}<div id="react-entry-point" hidden></div>{_for_the_scripts(page, text)}'
        pieces["title"] = escaping.on_a_page(f"{page.title} – {text('app')}")
        feed = f'href="{public_address.prefix()}/feeds/'
        pieces["metas"] += indexing.tags(choice, page, text) if version != text("unknown") else ""
        return plain(**pieces).replace('<html lang="en">', opened(text), 1).replace('href="/feeds/', feed, 1)

    app.interpolate_index = interpolate_index


def _linked(piece: str) -> str:
    """What Dash writes into the head, with the prefix of this request before our own paths."""
    linked = re.sub(r'(href=|src=)"/', rf'\1"{public_address.prefix()}/', piece)
    return re.sub(r'(_pathname_prefix": ?)"(?:/|\\u002[fF])"', rf'\1"{public_address.prefix()}/"', linked)


def _for_the_scripts(page: frame.Page, text: Texts) -> str:
    """Figures, and what the browser scripts say and offer by themselves: as data and not as script, so that one policy fits all."""
    said: dict[str, object] = {name: text(f"errors.{name}") for name in ("busy", "failed", "retry")}
    said |= {"since": text("share.since")}
    content = json.dumps({"figures": page.figures, "texts": said}, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="page">{content}</script>'

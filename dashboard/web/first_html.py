"""The first HTML of pages that Dash draws, so that they are read before, or without, any script."""

import json
import re

import flask
from dash import Dash

from bilateral import escaping, public_address
from bilateral.exits import Stop
from bilateral.pages import address, frame, markup
from bilateral.pages.site import Site
from bilateral.publish import snapshots
from bilateral.strings import LANGS, Texts, texts
from bilateral.web.documents import opened, signs
from bilateral.web.site_map import DRAWN, page_of

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


def register(app: Dash, site: Site) -> None:
    """Put the page itself into the first HTML, so that it is read before, or without, any script."""
    plain = app.interpolate_index

    def interpolate_index(**pieces: str) -> str:
        search = flask.request.query_string.decode("utf-8", "replace")
        choice, page, text, version = page_of(site, flask.request.path, search)
        first = f'<div id="first">{markup.to_html(frame.frame(choice, page, version, text))}</div>'
        pieces = {name: _linked(piece) for name, piece in pieces.items()}
        pieces["favicon"] = signs(f"{public_address.prefix()}/assets")  # Dash's own weighs 16 kB
        pieces["app_entry"] = f'{first}<div id="react-entry-point" hidden></div>{_for_the_scripts(site, page, text)}'
        pieces["title"] = escaping.on_a_page(f"{page.title} – {text('app')}")
        feed = f'href="{public_address.prefix()}/feeds/'
        return plain(**pieces).replace('<html lang="en">', opened(text), 1).replace('href="/feeds/', feed, 1)

    app.interpolate_index = interpolate_index


def _linked(piece: str) -> str:
    """What Dash writes into the head, with the prefix of this request before our own paths."""
    linked = re.sub(r'(href=|src=)"/', rf'\1"{public_address.prefix()}/', piece)
    return re.sub(r'(_pathname_prefix": ?)"(?:/|\\u002[fF])"', rf'\1"{public_address.prefix()}/"', linked)


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
    return [
        place | {"href": str(public_address.linked(place["href"]))} if "href" in place else place
        for place in pairs + subjects + pages
    ]

"""What search engines and previews of links read: tags in the head of a page, robots.txt and sitemap.xml."""

from dataclasses import replace
from html import escape
from itertools import chain
from xml.sax.saxutils import quoteattr

import flask

from bilateral import escaping, public_address
from bilateral.pages import address, follow, pictures, sharing
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.strings import LANGS, Texts, texts

PATHS = ("/robots.txt", "/sitemap.xml")
LEFT_OUT = ("search", "follow", "status")
"""Pages of no content of their own."""


def tags(choice: Choice, page: Page, text: Texts) -> str:
    """The canonical address of a page, and its title, description and picture for whoever shows a link to it."""
    there = public_address.origin() + own_path(choice) + replace(choice, theme="auto").query()
    told = {
        "og:type": "website",
        "og:site_name": text("app"),
        "og:title": escaping.visible(page.title),
        "og:description": escaping.visible(page.description or text("about")),
        "og:url": there,
        "og:locale": text.tag.replace("-", "_"),
    }
    if page.figures and pictures.are_possible():
        query = (
            replace(choice, page="pair", theme="auto").query()
            if choice.page == "overview"
            else replace(choice, theme="auto").query()
        )
        told |= {
            "og:image": f"{public_address.origin()}{sharing.path_of(choice)}.png{query}",
            "twitter:card": "summary_large_image",
        }
    metas = [f'<meta property="{name}" content="{escape(content)}">' for name, content in told.items()]
    metas.append(f'<meta name="description" content="{escape(told["og:description"])}">')
    links = [f'<link rel="canonical" href="{escape(there)}">']
    if choice.page in ("pair", "briefing"):
        feed = f"{public_address.prefix()}{follow.feed(choice, 'atom')}"
        links.append(f'<link rel="alternate" type="application/atom+xml" href="{escape(feed)}">')
    return "".join([*links, *metas])


def own_path(choice: Choice) -> str:
    subject = {"pair": choice.dyad, "briefing": choice.dyad, "event": choice.event or "", "embed": choice.chart}.get(
        choice.page, ""
    )
    return address.path_of(choice.page, subject)


def register(server: flask.Flask, site: Site) -> None:
    @server.get("/robots.txt")
    def robots() -> flask.Response:
        costly = [
            f"Disallow: {public_address.prefix()}{path}"
            for path in ("/sql", "/review", "/api/", "/search", "/_dash", "/*.xlsx", "/*.parquet", "/*.zip")
        ]
        lines = ["User-agent: *", *costly, "", f"Sitemap: {public_address.origin()}/sitemap.xml", ""]
        return flask.Response("\n".join(lines), mimetype="text/plain")

    @server.get("/sitemap.xml")
    def sitemap() -> flask.Response:
        origin, version = public_address.origin(), site.warehouse.version
        day = f"{version[:4]}-{version[4:6]}-{version[6:8]}"
        singles = (path for path, page in address.SINGLE.items() if page not in LEFT_OUT)
        pairs = (f"/{page}/{dyad}" for dyad in site.lists().dyads for page in ("pair", "briefing"))
        entries = "".join(_entry(origin + path, day) for path in chain(singles, pairs))
        content = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            f' xmlns:xhtml="http://www.w3.org/1999/xhtml">{entries}</urlset>\n'
        )
        return flask.Response(content, mimetype="application/xml")


def _entry(there: str, day: str) -> str:
    """One page, with its address in each language."""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{texts(lang).tag}" href={quoteattr(there if lang == "en" else f"{there}?lang={lang}")}/>'
        for lang in LANGS
    )
    return f"<url><loc>{escape(there)}</loc><lastmod>{day}</lastmod>{links}</url>"

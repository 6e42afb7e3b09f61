"""Whole HTML documents: pages without charts, and what is said where there is no page."""

from html import escape

import flask

from bilateral import escaping, package_data, public_address
from bilateral.figures import theme
from bilateral.pages import frame, markup, trouble
from bilateral.pages.choice import Choice
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts
from bilateral.web.site_map import asked_lang


def opened(text: Texts) -> str:
    base = f' data-base="{escape(public_address.prefix())}"' if public_address.prefix() else ""
    return f'<html lang="{text.tag}"{base}>'


def not_found(path: str, search: str, site: Site) -> flask.Response:
    text = texts(asked_lang(search))
    return trouble_page(trouble.not_found(path, site, text), 404, site.warehouse.version, text)


def trouble_page(page: frame.Page, status: int, version: str, text: Texts) -> flask.Response:
    return flask.Response(whole(trouble.choice(text.lang), page, version, text), status=status)


def whole(
    choice: Choice,
    page: frame.Page,
    version: str,
    text: Texts,
    scripts: tuple[str, ...] = ("20-address.js", "60-palette.js", "85-news.js"),
    tags: str = "",
) -> str:
    """A page without charts as a whole HTML document: it needs neither Dash nor plotly."""
    folder = package_data.folder("assets")
    assets = f"{public_address.prefix()}/assets"
    style = "".join(f'<link rel="stylesheet" href="{assets}/{found.name}">' for found in sorted(folder.glob("*.css")))
    script = "".join(f'<script src="{assets}/{name}" defer></script>' for name in scripts)
    title = escaping.on_a_page(f"{page.title} – {text('app')}")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
    head += f'<meta name="color-scheme" content="light dark">{tags}'
    head += signs(assets)
    tokens = f"<style>{theme.css()}</style><script>{theme.script()}</script>"
    body = markup.to_html(frame.frame(choice, page, version, text))
    return f"<!DOCTYPE html>{opened(text)}<head>{head}{tokens}{style}{script}</head><body>{body}</body></html>"


def signs(assets: str) -> str:
    """The icon of a tab, and the typeface, asked for before the style is read: it is there at the first drawing, or not used, so that no line moves."""
    font = f'<link rel="preload" href="{assets}/source-sans-3.woff2" as="font" type="font/woff2" crossorigin>'
    return f'<link rel="icon" href="{assets}/favicon.svg">{font}'

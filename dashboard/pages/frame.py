"""What every page shares: skip link, header, main, footer; and what a page is."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dash import html
from dash.development.base_component import Component

from bilateral import escaping
from bilateral.ask.exports import Extract
from bilateral.pages import cards, controls
from bilateral.pages.choice import Choice
from bilateral.strings import LANGS, Texts, texts

Places = Mapping[str, Any]
"""What stands in each place of a page (an element with id `p-<name>`), by name; a place that is missing is empty. `<name>-height` is the
height of a figure, px; `<name>-folded`: it may claim nothing and is folded."""


DOCUMENTS = {"md": "text/markdown; charset=utf-8", "html": "text/html; charset=utf-8"}
"""Endings of documents that a page may offer as a file, with what they are."""


@dataclass(frozen=True)
class Page:
    """The answer to one address. Every label comes from here, so a figure never stands under another one's name."""

    title: str
    places: Places
    arrange: Callable[[Places, Texts], list[Component]]
    """Puts the places into the main part; the same for every address of a page, so that an answer needs to bring places alone."""
    figures: dict[str, dict] = field(default_factory=dict)
    """By the name of their card, colours as tokens; the browser paints them."""
    extracts: dict[str, Extract] = field(default_factory=dict)
    """What can be taken along as a file, by name; the first one is what the page's own address gives."""
    method: str = ""
    documents: dict[str, str] = field(default_factory=dict)
    """The whole page as a document, by ending of DOCUMENTS."""
    stem: str = ""
    """Name of such a document as a file, without ending."""
    description: str = ""
    """What it says, in a sentence or two, for previews of a link."""
    findings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What a printed picture says above a figure, by its name: the finding, then unit and band."""
    evidence: str = ""
    """On how much a printed picture stands."""


def frame(choice: Choice, page: Page, version: str, text: Texts) -> list[Component]:
    """A whole page."""
    heights = {f"{name}-height": figure["layout"]["height"] for name, figure in page.figures.items()}
    heights |= {f"{name}-folded": figure["layout"].get("meta", {}).get("folded", False) for name, figure in page.figures.items()}
    top = header(choice, text) if choice.page != "embed" else []
    made = {"header": top, "footer": footer(version, page.method, text), **heights, **page.places}
    return skeleton(page.arrange, made, text)


def skeleton(arrange: Callable[[Places, Texts], list[Component]], made: Places, text: Texts) -> list[Component]:
    """The same elements with or without their content: the first HTML has it, the layout that Dash draws over it takes it from there."""
    return [
        html.A(text("skip"), href="#main", className="skip"),
        html.Header(made.get("header", []), id="p-header", className="top"),
        html.Main(arrange(made, text), id="main", tabIndex=-1),
        html.Footer(made.get("footer", []), id="p-footer", className="foot"),
    ]


def header(choice: Choice, text: Texts) -> list[Component]:
    carried = choice.carried()
    often = [("overview", f"/{carried}"), *((name, f"/{name}/{choice.dyad}{carried}") for name in ("pair", "briefing"))]
    often += [(name, f"/{name}{carried}") for name in ("compare", "events", "measures", "forecasts")]
    others = [(name, f"/{name}{carried}") for name in ("lead-lag", "follow", "review", "sql", "methods", "status")]
    items = [_page_link(name, href, choice.page, text) for name, href in often]
    here = {"aria-current": "true"} if choice.page in dict(others) else {}
    more = html.Details(
        [html.Summary(text("nav.more"), **here), html.Ul([_page_link(name, href, choice.page, text) for name, href in others])],
        className="others",
    )
    nav = html.Nav(html.Ul([*items, html.Li(more)]), id="nav", **{"aria-label": text("nav.label")})
    # On a phone it shows what stands after it; without scripts that is there anyway.
    menu = html.Button(
        text("nav.menu"), type="button", className="btn menu", id="menu", **{"aria-expanded": "false", "aria-controls": "nav"}
    )
    tools = html.Div([language_link(choice, text), controls.theme_select(choice, text)], className="tools")
    return [html.P(text("app"), className="brand"), menu, nav, search_box(choice, text), tools]


def _page_link(name: str, href: str, here: str, text: Texts) -> html.Li:
    return html.Li(html.A(text(f"nav.{name}"), href=href, **({"aria-current": "page"} if name == here else {})))


def search_box(choice: Choice, text: Texts) -> html.Form:
    """A form that works without scripts; with them assets/60-palette.js lists what is found under it while a reader types."""
    field = {"type": "search", "id": "find", "name": "q", "maxlength": "100", "autocomplete": "off", "value": choice.q}
    carried = [("pair", choice.dyad), ("lang", choice.lang), ("theme", choice.theme)]
    return html.Form(
        [
            controls.native(
                **field,
                **{"placeholder": text("search.box"), "aria-label": text("search.label"), "aria-keyshortcuts": "Control+K"},
            ),
            *(controls.native(type="hidden", name=name, value=value) for name, value in carried if value not in ("en", "auto")),
            html.P("", role="status", className="unseen"),
            html.Div(id="found", hidden=True),
        ],
        action="/search",
        method="get",
        role="search",
        className="find",
        **{"aria-label": text("search.title"), "data-all": text("search.all")},
    )


def language_link(choice: Choice, text: Texts) -> html.A:
    """The same page in the other language: a real navigation, as a chart takes its language before it is first drawn."""
    other = next(lang for lang in LANGS if lang != choice.lang)
    tag = texts(other).tag
    href = choice.query(lang=other) or "?"
    return html.A(text("nav.language"), href=href, lang=tag, hrefLang=tag, className="lang", id="language")


def footer(version: str, method: str, text: Texts) -> list[Component]:
    versions = text("footer.version", version=version)
    if method:
        versions += f" · {text('footer.method', version=method)}"
    # The browser compares this version with the one that answers, and offers the newer one: assets/85-news.js.
    told = {"data-version": version, "data-news": text("footer.news"), "data-show": text("footer.show")}
    source = html.P(f"{text('app')}, {versions}", id="source", **told)
    return [html.P(text("footer.caution")), html.P(text("footer.licence")), source]


def heading(title: str, state: Mapping[str, object], **more: str) -> html.H1:
    """The page's title; it carries the choice that was answered, so that the controls can follow it."""
    return html.H1(
        title,
        id="title",
        **more,
        **{"data-choice": json.dumps({"name": escaping.visible(title), **state}, default=str, ensure_ascii=False)},
    )


def message(title: str, *content: object) -> Page:
    """A page that has only something to say."""
    said = [part if isinstance(part, Component) else html.P(cards.marked(str(part))) for part in content]
    return Page(title, {"all": [html.H1(title, id="title"), *said]}, plain)


def plain(made: Places, _: Texts) -> list[Component]:
    """A main part that is one place."""
    return [html.Div(made.get("all", []), id="p-all")]

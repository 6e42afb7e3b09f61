"""Events as a list: filtered, searched, sorted, one page at a time, by a form that works without scripts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import event_lists, reliability
from bilateral.ask.catalogue import Lists
from bilateral.ask.exports import Extract
from bilateral.frames import rowwise
from bilateral.pages import chart, controls, frame, head, sentences, sharing, tables
from bilateral.pages.address import KINDS, SORTS
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts

SHEET = 50
"""Events on a sheet."""


def make(site: Site, choice: Choice) -> Page:
    text, lists = texts(choice.lang), site.lists()
    dyad = "all" if choice.every_pair else choice.dyad
    first, last = choice.from_day or date(1900, 1, 1), choice.to_day or date(2200, 1, 1)
    asked: dict[str, Any] = {"dataset": choice.dataset, "dyad": dyad, "domain": choice.domain, "kind": choice.kind, "q": choice.q}
    asked |= {"from_day": first, "to_day": last}
    asked["gate"] = choice.gate or lists.ways[choice.dataset]["gate"]
    sheet = {"sort": choice.sort or "newest", "skip": SHEET * (choice.number - 1)}
    rows = event_lists.found(site.warehouse, SHEET, **asked, **sheet)
    facets = event_lists.facets(site.warehouse, **asked)
    n = int(rows["n_found"].iloc[0]) if len(rows) else 0
    name = text("events.all_pairs") if choice.every_pair else lists.names(choice.lang)[choice.dyad]
    title = text("events.page_title", pair=name)
    said = text("events.found", n=n) if n else text("events.found_none")
    parts: list[Component] = [
        frame.heading(title, {}),
        html.P(said, className="lead short"),
        *head.dated(site.warehouse, choice, lists.dyads if choice.every_pair else [choice.dyad], first, site.updates(), text),
        *gated(reliability.gate_rates(site.warehouse, choice.dataset, dyad), choice, lists, text),
        filters(choice, lists, text),
        facet_links(facets, choice, lists, text),
    ]
    if n:
        parts.append(sheet_of(rows, n, choice, lists.countries(text.lang), text))
    return Page(title, {"all": parts}, frame.plain, extracts={"events": Extract("events", title, rows)})


def gated(rates: pd.Series | None, choice: Choice, lists: Lists, text: Texts) -> list[Component]:
    """How many machine-coded rows the gate let pass, and the way to those that it refused."""
    parts = head.coded_by_machine(sentences.coded_by_machine(rates, text), text)
    if rates is None or rates["n_rows"] == rates["n_passed"]:
        return parts
    shown = choice.gate or lists.ways[choice.dataset]["gate"]
    key, other = ("gate.hide", None) if shown == "off" else ("gate.show", "off")
    return [*parts, html.P(html.A(text(key), href=f"/events{choice.query(gate=other, number=1)}"), className="sub")]


def filters(choice: Choice, lists: Lists, text: Texts) -> html.Form:
    """One form, sent whole: nothing jumps while a reader is choosing."""
    pairs = [("all", text("events.all_pairs")), *lists.names(text.lang).items()]
    domains = [("all", text("controls.all_domains")), *lists.labels.loc["domain"][f"label_{text.lang}"].items()]
    sets = lists.labels.loc["dataset"][f"label_{text.lang}"].items()
    kinds = [("all", text("events.all_kinds")), *((kind, text.entry("kinds")[kind]) for kind in KINDS)]
    sorts = [(name, text(f"events.sort_{name}")) for name in SORTS]
    carried = [(name, value) for name, value in (("lang", choice.lang), ("theme", choice.theme)) if value not in ("en", "auto")]
    carried += [("gate", choice.gate)] if choice.gate else []
    return html.Form(
        [
            controls.choice_field("pair", text("controls.pair"), pairs, "all" if choice.every_pair else choice.dyad),
            controls.choice_field("domain", text("controls.domain"), domains, choice.domain),
            controls.choice_field("kind", text("events.kind"), kinds, choice.kind),
            controls.field(text("controls.from"), name="from", type="date", value=str(choice.from_day or "")),
            controls.field(text("controls.to"), name="to", type="date", value=str(choice.to_day or "")),
            controls.field(text("events.search"), name="q", type="search", value=choice.q, maxlength="100"),
            controls.choice_field("sort", text("events.sort"), sorts, choice.sort or "newest"),
            controls.choice_field("dataset", text("controls.dataset"), sets, choice.dataset),
            *(controls.native(type="hidden", name=name, value=value) for name, value in carried),
            html.Button(text("events.show"), type="submit", className="btn main"),
        ],
        action="/events",
        method="get",
        role="search",
        className="controls filters",
        **{"aria-label": text("controls.label")},
    )


def facet_links(facets: pd.DataFrame, choice: Choice, lists: Lists, text: Texts) -> html.Div:
    """Counts by kind and subject, each a link that narrows the list."""
    names = {
        "kind": dict(text.entry("kinds")),
        "domain": dict(lists.labels.loc["domain"][f"label_{text.lang}"]),
    }
    lines = []
    for facet, labels in names.items():
        rows = rowwise(facets[facets["facet"] == facet])
        links = [
            html.Li(
                html.A(
                    f"{labels[row['name']]} {formats.plain(row['n_events'])}",
                    href=f"/events{replace(choice, number=1, **{facet: row['name']}).query()}",
                    **({"aria-current": "true"} if getattr(choice, facet) == row["name"] else {}),
                )
            )
            for row in rows
        ]
        lines.append(
            html.Div([html.Span(text(f"events.{facet}"), id=f"l-{facet}", className="sub"), html.Ul(links, className="facets")])
        )
    return html.Div(lines, className="facet-lines")


def sheet_of(rows: pd.DataFrame, n: int, choice: Choice, short: dict[str, str], text: Texts) -> html.Section:
    first, last = SHEET * (choice.number - 1) + 1, SHEET * (choice.number - 1) + len(rows)
    caption = text("events.sheet", first=formats.plain(first), last=formats.plain(last), n=formats.plain(n))
    heads = [text(f"events.{name}") for name in ("day", "who", "what", "kind", "score", "source")]
    content = tables.table(
        caption, heads, tables.event_rows(rows, choice.carried(), text, short), (4,), "table-events", told=(4,)
    )
    content.className = "whole blocks"
    links = []
    if choice.number > 1:
        links.append(html.A(text("events.previous"), href=f"/events{choice.query(number=choice.number - 1)}", rel="prev"))
    if last < n:
        links.append(html.A(text("events.next"), href=f"/events{choice.query(number=choice.number + 1)}", rel="next"))
    turning = [html.Nav(links, className="row turn", **{"aria-label": text("events.sheets")})] if links else []
    explained = chart.how(text("how.events"), rows, text)
    taken = sharing.downloads("events", choice, text, with_picture=False)
    return html.Section(
        [html.H2(text("events.list_title")), content, *turning, html.Div([explained, taken], className="row wide")],
        className="card",
        id="events",
    )

"""The first page: the leading pair, and every pair side by side."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import catalogue
from bilateral.frames import rowwise
from bilateral.pages import pair, standings, tables, told_events
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page, Places
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts


def make(site: Site, choice: Choice) -> Page:
    page = pair.make(site, choice)
    pairs = pairs_card(catalogue.pairs(site.warehouse, choice.dataset, choice.to_day), choice, texts(choice.lang))
    return replace(page, places={**page.places, "pairs": [pairs]}, arrange=arrange)


def arrange(made: Places, text: Texts) -> list[Component]:
    return [*pair.relation(made, text), html.Div(made.get("pairs", []), id="p-pairs"), *pair.end(made)]


def pairs_card(pairs: pd.DataFrame, asked: Choice, text: Texts) -> html.Section:
    day = standings.day_of(pairs)
    named = {"day": text("unknown") if day is None else formats.day(day, text)}
    heads = [text(f"pairs.{name}") for name in ("pair", "now", "band", "state")]
    heads += [text("pairs.events", **named), text("pairs.line"), text("pairs.newest")]
    rows = [pair_row(row, asked, text) for row in rowwise(pairs)]
    content = tables.table(text("pairs.caption", **named), heads, rows, (1, 2, 4), "table-pairs", told=(1, 2, 3, 4))
    content.className = "whole blocks"
    said = standings.said(pairs, asked, text)
    return html.Section([html.H2(text("pairs.title")), *([said] if said else []), content], className="card", id="pairs")


def pair_row(row: Mapping, asked: Choice, text: Texts) -> list:
    link = html.A(row[f"name_{text.lang}"], href=f"/pair/{row['dyad']}{asked.carried()}")
    found = standings.cells(row, text)
    if not found:
        return [link, *["—"] * 6]
    event = {"summary": row["newest"] or "", "summary_es": row["newest_es"]}
    told = html.Span(told_events.told(event, text), lang=told_events.told_in(event, text))
    newest = html.Span([found["newest_event"], ": ", told])
    return [link, *(found[name] for name in ("balance", "band", "state", "events", "line")), newest]

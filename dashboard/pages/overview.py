"""The first page: the leading pair, and every pair side by side."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import components, numbers
from dashboard.address import Choice
from dashboard.pages import pair
from dashboard.pages.frame import Page, Places
from dashboard.rowwise import rowwise
from dashboard.site import Site
from dashboard.strings import Texts, texts


def make(site: Site, choice: Choice) -> Page:
    page = pair.make(site, choice)
    pairs = pairs_card(site.lists().pairs, choice, texts(choice.lang))
    return replace(page, places={**page.places, "pairs": [pairs]}, arrange=arrange)


def arrange(made: Places, text: Texts) -> list[Component]:
    return [*pair.relation(made, text), html.Div(made.get("pairs", []), id="p-pairs"), *pair.end(made)]


def pairs_card(pairs: pd.DataFrame, asked: Choice, text: Texts) -> html.Section:
    heads = [text(f"pairs.{name}") for name in ("pair", "now", "band", "state", "events", "line", "newest")]
    rows = [pair_row(row, asked, text) for row in rowwise(pairs)]
    content = components.table(text("pairs.caption"), heads, rows, (1, 2, 4), "table-pairs", told=(1, 2, 3, 4))
    content.className = "whole blocks"
    return html.Section([html.H2(text("pairs.title")), content], className="card", id="pairs")


def pair_row(row: Mapping, asked: Choice, text: Texts) -> list:
    link = html.A(row[f"name_{text.lang}"], href=f"/pair/{row['dyad']}{asked.carried()}")
    if numbers.is_missing(row["last_day"]):
        return [link, *["—"] * 6]
    values = [float(value) for value in str(row["line"]).split()]
    label = text("pairs.line_text", first=numbers.points(values[0]), last=numbers.points(values[-1]))
    band = (
        "—"
        if numbers.is_missing(row["balance"])
        else text("range", low=numbers.points(row["balance_low"]), high=numbers.points(row["balance_high"]))
    )
    newest = html.Span([f"{numbers.day(row['last_day'].date(), text)}: ", html.Span(row["newest"], lang="en")])
    state = text.entry("states")[row["state"]]
    return [
        link,
        numbers.points(row["balance"]),
        band,
        state,
        numbers.plain(row["n_events"]),
        components.sparkline(str(row["line"]), label),
        newest,
    ]

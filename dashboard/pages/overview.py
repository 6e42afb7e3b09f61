"""What the first page has beyond a pair's page: every pair side by side."""

import pandas as pd
from dash import html

from dashboard import components, numbers
from dashboard.address import Choice
from dashboard.strings import Texts


def pairs_card(pairs: pd.DataFrame, asked: Choice, text: Texts) -> html.Section:
    heads = [text(f"pairs.{name}") for name in ("pair", "now", "band", "state", "events", "line", "newest")]
    rows = [pair_row(row, asked, text) for _, row in pairs.iterrows()]
    content = components.table(text("pairs.caption"), heads, rows, (1, 2, 4), "table-pairs")
    return html.Section([html.H2(text("pairs.title")), content], className="card", id="pairs")


def pair_row(row: pd.Series, asked: Choice, text: Texts) -> list:
    carried = Choice(row["dyad"], lang=asked.lang, theme=asked.theme).query()
    link = html.A(row[f"name_{text.lang}"], href=f"/pair/{row['dyad']}{carried}")
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

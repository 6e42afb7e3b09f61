"""How the last four weeks of every pair went against the four before, the widest change first, with what may be said of each."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
from dash import html

from bilateral import formats
from bilateral.frames import rowwise
from bilateral.pages import cards, sentences, tables
from bilateral.strings import Texts

SHOWN = 5
"""Changes that stand open; the others are folded."""
UNMOVED = ("0", "—")
"""What a change of less than half a point reads, and one that is not known: neither stands among the changes."""


def card(rows: pd.DataFrame, day: date, names: Mapping[str, str], carried: str, text: Texts) -> html.Section:
    """`rows` are those of queries/app/biggest_moves.sql."""
    title = text("moves.title", day=formats.day(day, text))
    known = [row for row in rowwise(rows) if formats.points(row["momentum"]) not in UNMOVED]
    still, silent = ([names[row["dyad"]] for row in rowwise(rows) if formats.points(row["momentum"]) == said] for said in UNMOVED)
    heads = [text(f"moves.{name}") for name in ("pair", "change", "band", "reading", "evidence")]
    cells = [cells_of(row, names, carried, text) for row in known]
    parts = [html.H2(title, id="t-moves"), html.P(text("moves.said"), className="sub")]
    if cells:
        parts.append(tables.table(title, heads, cells[:SHOWN], (1, 2, 4), "table-moves", told=(1, 2, 3, 4)))
    if cells[SHOWN:]:
        more = text("moves.rest", n=len(cells) - SHOWN)
        rest = tables.table(more, heads, cells[SHOWN:], (1, 2, 4), "table-moves-rest", told=(1, 2, 3, 4))
        parts.append(cards.details(more, rest))
    for key, listed in (("still", still), ("silent", silent)):
        if listed:
            parts.append(html.P(text(f"moves.{key}", names=", ".join(listed)), className="sub"))
    return html.Section(parts, className="card", id="moves")


def cells_of(row: Mapping, names: Mapping[str, str], carried: str, text: Texts) -> list:
    low, high = (formats.points(row[f"momentum_{end}"]) for end in ("low", "high"))
    return [
        html.A(names[row["dyad"]], href=f"/pair/{row['dyad']}{carried}"),
        formats.points(row["momentum"]),
        text("range", low=low, high=high),
        text(f"verdicts.{sentences.of_change(row)}"),
        formats.plain(row["evidence"], 1),
    ]

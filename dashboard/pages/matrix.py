"""Every pair on one day as a table of cells: a row for each leading country, a column for each partner, and the same pairs as a list to read."""

from collections.abc import Mapping
from urllib.parse import quote

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.figures import theme
from bilateral.frames import rowwise
from bilateral.pages import cards, standings, tables, told_events
from bilateral.pages.choice import Choice
from bilateral.strings import Texts

STEP = 12.5
"""Points of balance for each step of colour, four on either side of zero."""
FIRM = ("ok", "partial", "preliminary")
SIZE = (64, 18)
"""Width and height of a small line, px."""


def card(pairs: pd.DataFrame, leads: tuple[str, ...], countries: Mapping[str, str], asked: Choice, text: Texts) -> html.Section:
    """`pairs` are rows of queries/app/pairs.sql, all of one day; `countries` names by code in the order of columns."""
    day = standings.day_of(pairs)
    named = text("unknown") if day is None else formats.day(day, text)
    n, reach = len(pairs), int(pairs["is_compared"].sum())
    parts = [html.H2(text("matrix.title", day=named)), html.P(text("matrix.said", n=reach, all=n), className="sub")]
    parts += [
        grid(pairs, leads, countries, asked, text),
        legend(text),
        cards.details(text("matrix.list"), pairs_list(pairs, asked, text)),
    ]
    return html.Section(parts, className="card", id="pairs")


def grid(pairs: pd.DataFrame, leads: tuple[str, ...], countries: Mapping[str, str], asked: Choice, text: Texts) -> html.Div:
    cells = {(lead, code): row for row in rowwise(pairs) for lead, code in ends(row, leads)}
    columns = [code for code in countries if any((lead, code) in cells for lead in leads)]
    head = html.Tr([html.Td(""), *(html.Th(countries[code], scope="col") for code in columns)])
    body = [
        html.Tr(
            [
                html.Th(countries[lead], scope="row"),
                *(html.Td(cell(cells.get((lead, code)), countries[code], asked, text), className="none" if (lead, code) not in cells else None) for code in columns),
            ]
        )
        for lead in leads
    ]  # fmt: skip
    table = html.Table([html.Caption(text("matrix.caption")), html.Thead(head), html.Tbody(body)], className="matrix")
    return html.Div(table, className="whole", tabIndex=0, role="region", **{"aria-label": text("matrix.caption")})


def ends(row: Mapping, leads: tuple[str, ...]) -> list[tuple[str, str]]:
    """Row and column of a pair: its leading country and the partner."""
    partner = next(code for code in row["dyad"].split("-") if code != row["lead"])
    return [(row["lead"], partner)] if row["lead"] in leads else []


def cell(row: Mapping | None, partner: str, asked: Choice, text: Texts) -> Component | str:
    """One pair: value, change over four weeks and its own line; grey with the day where its record ends before."""
    if row is None:
        return ""
    link = f"/pair/{row['dyad']}{asked.carried()}"
    name = html.Span(partner, className="to")
    if not row["is_compared"] or formats.is_missing(row["balance"]):
        said = (
            standings.ended(row, text)
            if not row["is_compared"] and not formats.is_missing(row["record_end"])
            else text("matrix.few")
        )
        return html.A([name, html.Span(said, className="why")], href=link, className="cell ended")
    marks = {"thin": row["state"] not in FIRM, "close": row["balance_low"] <= 0 <= row["balance_high"]}
    look = " ".join(["cell", f"s{step(row['balance'])}", *(mark for mark, holds in marks.items() if holds)])
    return html.A(
        [name, html.Span(formats.points(row["balance"]), className="value"), html.Span(change(row, text), className="change"), *own_line(row)],
        href=link, className=look, **{"aria-label": spoken(row, text)},
    )  # fmt: skip


def step(balance: float) -> int:
    """Place on the ramp of nine colours, the middle is zero."""
    return 4 + max(-4, min(4, round(balance / STEP)))


def change(row: Mapping, text: Texts) -> str:
    """Against four weeks before, as an arrow and points."""
    if formats.is_missing(row["balance_before"]):
        return ""
    moved = round(row["balance"] - row["balance_before"])  # as Compare has it, not of the rounded values
    arrow = "↑" if moved > 0 else "↓" if moved < 0 else "→"
    return f"{arrow} {abs(moved)}"


def spoken(row: Mapping, text: Texts) -> str:
    """What a cell says to who does not see it."""
    before = formats.points(row["balance_before"])
    return text(
        "matrix.spoken",
        pair=row[f"name_{text.lang}"],
        value=formats.points(row["balance"]),
        band=standings.band(row, text),
        verdict=text(f"verdicts.{row['verdict']}"),
        before=before,
    )


def own_line(row: Mapping) -> list[Component]:
    """The last months on the pair's own scale, with zero where it lies inside; an image needs no script."""
    values = [] if formats.is_missing(row["line"]) else [float(value) for value in str(row["line"]).split()]
    if len(values) < 2:
        return []
    width, height = SIZE
    low, high = min(*values, 0), max(*values, 0)
    room = (high - low) or 1
    at = [height - 2 - (value - low) / room * (height - 4) for value in values]
    path = " ".join(f"{'L' if place else 'M'}{place * (width - 2) / (len(at) - 1) + 1:.1f} {y:.1f}" for place, y in enumerate(at))
    zero = height - 2 + low / room * (height - 4)
    stroke = f'stroke="{theme.SPARKLINE}" fill="none"'
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="{width}" height="{height}" rx="2" fill="#fff"/>'
        f'<path d="M0 {zero:.1f}H{width}" {stroke} stroke-dasharray="2 2"/><path d="{path}" fill="none" stroke="#1B2430" stroke-width="1.5"/></svg>'
    )
    return [html.Img(src=f"data:image/svg+xml,{quote(drawing)}", alt="", width=str(width), height=str(height))]


def legend(text: Texts) -> html.Ul:
    """From friction over zero to cooperation, and what pale, hatched and grey cells mean."""
    ramp = [html.I(className=f"sw s{number}") for number in (0, 2, 4, 6, 8)]
    return html.Ul(
        [
            html.Li([text("chart.friction"), " ", *ramp, " ", text("chart.cooperation")]),
            html.Li([*(html.I(className=f"sw close s{number}") for number in (1, 7)), text("matrix.close")]),
            html.Li([html.I(className="sw thin"), text("matrix.thin")]),
            html.Li([html.I(className="sw ended"), text("matrix.ended")]),
            html.Li(text("matrix.arrow")),
        ],
        className="key",
    )


def pairs_list(pairs: pd.DataFrame, asked: Choice, text: Texts) -> html.Div:
    """The same pairs as a plain table, with band, state and the newest event."""
    day = standings.day_of(pairs)
    named = {"day": text("unknown") if day is None else formats.day(day, text)}
    heads = [text(f"pairs.{name}") for name in ("pair", "now", "band", "state")]
    heads += [text("pairs.events", **named), text("pairs.line"), text("pairs.newest")]
    rows = [list_row(row, asked, text) for row in rowwise(pairs)]
    content = tables.table(text("pairs.caption", **named), heads, rows, (1, 2, 4), "table-pairs", told=(1, 2, 3, 4))
    content.className = "whole blocks"
    return content


def list_row(row: Mapping, asked: Choice, text: Texts) -> list:
    link = html.A(row[f"name_{text.lang}"], href=f"/pair/{row['dyad']}{asked.carried()}")
    found = standings.cells(row, text)
    if not found:
        return [link, *["—"] * 6]
    event = {"summary": row["newest"] or "", "summary_es": row["newest_es"]}
    told = html.Span(told_events.told(event, text), lang=told_events.told_in(event, text))
    newest = html.Span([found["newest_event"], ": ", told])
    return [link, *(found[name] for name in ("balance", "band", "state", "events", "line")), newest]

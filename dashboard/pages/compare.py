"""Pairs side by side: small charts on one scale that one slider moves through, and a table of all pairs to sort."""

from collections.abc import Mapping

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import components, data, figures, numbers
from dashboard.address import MOST_COMPARED, PERIODS, Choice
from dashboard.files import Extract
from dashboard.pages import chart, frame, head
from dashboard.pages.frame import Page, Places
from dashboard.rowwise import rowwise
from dashboard.site import Site
from dashboard.strings import Texts, texts

NAMES = tuple(f"small-{number}" for number in range(1, MOST_COMPARED + 1))


def make(site: Site, choice: Choice) -> Page:
    text, lists = texts(choice.lang), site.lists()
    names = lists.names(text.lang)
    pairs = data.pairs(site.warehouse, choice.dataset)
    pairs = pairs.assign(change=pairs["balance"] - pairs["balance_before"])
    compared = choice.pairs or lists.dyads[:MOST_COMPARED]
    spans = [span for dyad in compared if (span := data.span(site.warehouse, choice.dataset, dyad))]
    title = text("compare.title")
    if not spans:
        return frame.message(title, text("events.none"))
    span = min(first for first, _ in spans), max(last for _, last in spans)
    shown = choice.around(choice.at).clamped(span[0], span[1])
    first, last = shown.from_day or span[0], shown.to_day or span[1]
    scopes = [lists.scope(choice.dataset, dyad, choice.domain, choice.h) for dyad in compared]
    series = data.series_of(site.warehouse, scopes, choice.by, first, last, choice.full)
    state = {"domain": choice.domain, "by": choice.by, "from": first, "to": last}
    places: dict[str, list[Component]] = {
        "head": [
            frame.heading(title, state),
            html.P(text("compare.said", n=len(compared)), className="lead short"),
            head.freshness(site.fresh(), span[1], text),
            *head.notices(choice, site.fresh(), text),
        ],
        "controls": [controls(shown, lists, (str(span[0]), str(span[1])), text)],
        "slider": [one_slider(series, names, choice, text)],
        "pairs": [pairs_card(pairs, names, tuple(compared), choice, text)],
    }
    drawn, periods = {}, periods_of(series)
    for name, (dyad, rows) in zip(NAMES, series.items(), strict=False):
        places[f"{name}-top"] = top(name, names[dyad], f"/pair/{dyad}{choice.carried()}", rows, text)
        drawn[name] = figures.small(rows.set_index("period").reindex(periods).reset_index())
    extracts = {dyad: Extract(dyad, names[dyad], rows) for dyad, rows in series.items()}
    return Page(title, places, arrange, drawn, {"pairs": Extract("pairs", title, pairs)} | extracts)


def arrange(made: Places, text: Texts) -> list[Component]:
    return [
        html.Div(made.get("head", []), id="p-head"),
        html.Div(made.get("controls", []), id="p-controls"),
        html.Div([components.card(name, made, text) for name in NAMES], className="grid3"),
        html.Div(made.get("slider", []), id="p-slider"),
        html.Div(made.get("pairs", []), id="p-pairs"),
    ]


def controls(choice: Choice, lists: data.Lists, span: tuple[str, str], text: Texts) -> html.Form:
    domains = [("all", text("controls.all_domains")), *lists.labels.loc["domain"][f"label_{text.lang}"].items()]
    return html.Form(
        [
            components.select("domain", text("controls.domain"), domains, choice.domain),
            components.select("by", text("controls.by"), [(by, text(f"controls.by_{by}")) for by in PERIODS], choice.by),
            components.date_input("from", text("controls.from"), str(choice.from_day), *span),
            components.date_input("to", text("controls.to"), str(choice.to_day), *span),
        ],
        className="controls",
        **{"aria-label": text("controls.label")},
    )


def top(name: str, pair: str, href: str, rows: pd.DataFrame, text: Texts) -> list[Component]:
    """Name and last value with its band: read without the chart."""
    known = rows.dropna(subset=["balance"]) if len(rows) else rows
    said = text("chart.summary_none")
    if len(known):
        last = known.iloc[-1]
        band = text("range", low=numbers.points(last["balance_low"]), high=numbers.points(last["balance_high"]))
        said = text("compare.last", day=numbers.day(last["day"].date(), text), value=numbers.points(last["balance"]), band=band)
    return [html.H2(html.A(pair, href=href), id=f"t-{name}"), html.P(said, id=f"d-{name}", className="said")]


def periods_of(series: Mapping[str, pd.DataFrame]) -> list[pd.Timestamp]:
    """Every period of any series: the charts share them, so that one slider finds its place in each."""
    return sorted({period for rows in series.values() for period in rows["period"]})


def one_slider(series: Mapping[str, pd.DataFrame], names: Mapping[str, str], choice: Choice, text: Texts) -> html.Section:
    """Reads out every chart at the same period, first that of the day `at`, else the last; periods are those of the longest series."""
    periods = periods_of(series)
    begun = sum(period.date() <= choice.at for period in periods) if choice.at else len(periods)
    values = {dyad: dict(zip(rows["period"], rows["balance"], strict=True)) for dyad, rows in series.items()}
    cells = [[numbers.points(values[dyad].get(period), 1) for dyad in series] for period in periods]
    labels = [numbers.period(period.date(), choice.by, text) for period in periods]
    readouts = [
        text(
            "chart.point_of",
            period=label,
            said=read_out({names[dyad]: value for dyad, value in zip(series, row, strict=True)}, text),
        )
        for label, row in zip(labels, cells, strict=True)
    ]
    table = components.table(
        text("compare.caption"),
        [text("table.period"), *(names[dyad] for dyad in series)],
        [[label, *row] for label, row in reversed(list(zip(labels, cells, strict=True)))],
        range(1, len(series) + 1),
        "table-compare",
    )
    graphs = " ".join(f"g-{name}" for name, _ in zip(NAMES, series, strict=False))
    moving = components.slider("compare", readouts, [], max(begun, 1) - 1, "", text, graphs)
    opened = [components.details(text("table.show"), table), chart.how(text("how.compare"), next(iter(series.values())), text)]
    return html.Section([html.H2(text("compare.move")), moving, html.Div(opened, className="row wide")], className="card")


def read_out(values: Mapping[str, str], text: Texts) -> str:
    """Pairs with their values, those that have none at the end."""
    known = [f"{name} {value}" for name, value in values.items() if value != "—"]
    lacking = [name for name, value in values.items() if value == "—"]
    return "; ".join([*known, *([text("compare.no_value", names=", ".join(lacking))] if lacking else [])])


def pairs_card(
    pairs: pd.DataFrame, names: Mapping[str, str], compared: tuple[str, ...], choice: Choice, text: Texts
) -> html.Section:
    """Every pair; heads are links that sort, the last column puts a pair on the charts or takes it off."""
    keys = {"balance": "balance", "change": "change", "events": "n_events", "newest": "last_day"}
    rows = pairs.assign(pair=[names[dyad] for dyad in pairs["dyad"]])
    if choice.sort:
        rows = rows.sort_values(keys.get(choice.sort, "pair"), ascending=choice.sort == "pair", na_position="last", kind="stable")
    heads: list = [sort_link(name, choice, text) for name in ("pair", "balance", "change")]
    heads += [text("pairs.band"), text("pairs.state"), sort_link("events", choice, text), text("pairs.line")]
    heads += [sort_link("newest", choice, text), text("compare.charts")]
    cells = [pair_row(row, compared, choice, text) for row in rowwise(rows)]
    content = components.table(text("pairs.caption"), heads, cells, (1, 2, 3, 5), "table-pairs", told=(1, 2, 3, 4, 5, 7))
    content.className = "whole blocks"
    sorting = html.P(text("events.sort"), className="sub narrow")  # on a phone the heads are a line of links
    return html.Section([html.H2(text("pairs.title")), sorting, content], className="card", id="pairs")


def sort_link(name: str, choice: Choice, text: Texts) -> html.A:
    current = {"aria-current": "true"} if choice.sort == name else {}
    return html.A(text(f"compare.{name}"), href=f"/compare{choice.query(sort=name)}", **current)


def pair_row(row: Mapping, compared: tuple[str, ...], choice: Choice, text: Texts) -> list:
    link = html.A(row["pair"], href=f"/pair/{row['dyad']}{choice.carried()}")
    on = row["dyad"] in compared
    others = tuple(dyad for dyad in compared if dyad != row["dyad"]) if on else (*compared[: MOST_COMPARED - 1], row["dyad"])
    key = "compare.remove" if on else "compare.add"
    toggle = html.A(text(key), href=f"/compare{choice.query(pairs=others)}", **{"aria-label": f"{text(key)}: {row['pair']}"})
    if on and len(compared) == 1:
        toggle = html.Span(text("compare.shown"))
    if numbers.is_missing(row["last_day"]):
        return [link, *["—"] * 7, toggle]
    values = [float(value) for value in str(row["line"]).split()]
    label = text("pairs.line_text", first=numbers.points(values[0]), last=numbers.points(values[-1]))
    band = text("range", low=numbers.points(row["balance_low"]), high=numbers.points(row["balance_high"]))
    return [
        link,
        numbers.points(row["balance"]),
        numbers.points(row["change"]),
        "—" if numbers.is_missing(row["balance"]) else band,
        text.entry("states")[row["state"]],
        numbers.plain(row["n_events"]),
        components.sparkline(str(row["line"]), label),
        numbers.day(row["last_day"].date(), text),
        toggle,
    ]

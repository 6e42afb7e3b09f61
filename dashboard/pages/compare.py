"""Comparison of pairs: small charts on one scale with one slider, and a sortable table of all pairs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import figures, formats
from bilateral.ask import coverage, time_series
from bilateral.ask.catalogue import Lists
from bilateral.ask.exports import Extract
from bilateral.figures import overlay
from bilateral.frames import rowwise
from bilateral.pages import cards, chart, chips, controls, frame, head, moves, standings, tables
from bilateral.pages.address import MOST_COMPARED
from bilateral.pages.choice import PERIODS, Choice
from bilateral.pages.frame import Page, Places
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts

NAMES = tuple(f"small-{number}" for number in range(1, MOST_COMPARED + 1))


def make(site: Site, choice: Choice) -> Page:
    text, lists = texts(choice.lang), site.lists()
    names = lists.names(text.lang)
    compared = choice.pairs or lists.dyads[:MOST_COMPARED]
    spans = [span for dyad in compared if (span := coverage.span(site.warehouse, choice.dataset, dyad))]
    title = text("compare.title")
    if not spans:
        return frame.message(title, text("events.none"))
    span = min(first for first, _ in spans), max(last for _, last in spans)
    pairs = standings.on_one_day(site.warehouse, choice.dataset, asked_day(choice, span))
    pairs = pairs.assign(change=pairs["balance"] - pairs["balance_before"])
    shown = replace(choice.around(choice.at), to_day=standings.day_of(pairs)).clamped(*span)
    first, last = shown.from_day or span[0], shown.to_day or span[1]
    scopes = [lists.scope(choice.dataset, dyad, choice.domain, choice.h) for dyad in compared]
    series = time_series.series_of(site.warehouse, scopes, choice.by, first, last, choice.full)
    state = {"domain": choice.domain, "by": choice.by, "from": first, "to": last}
    moved = time_series.biggest_moves(site.warehouse, choice.dataset, last)
    places: dict[str, list[Component]] = {
        "head": [
            frame.heading(title, state),
            html.P(text("compare.said", n=len(compared)), className="lead short"),
            one_day(pairs, compared, last, choice, text),
            *head.dated(site.warehouse, choice, compared, last, site.updates(), text),
        ],
        "chips": [chips.card(names, tuple(compared), choice, text)],
        "moves": [moves.card(moved, last, names, choice.carried(), text)],
        "controls": [form(shown, lists, (str(span[0]), str(span[1])), text)],
        "slider": [one_slider(series, names, choice, text)],
        "pairs": [pairs_card(pairs, names, tuple(compared), choice, text)],
    }
    periods = periods_of(series)
    drawn = {
        "overlay": overlay.overlay(
            {
                short_name(dyad, lists, text): rows.set_index("period").reindex(periods).reset_index()
                for dyad, rows in series.items()
            }
        )
    }
    said = [
        html.H2(text("compare.overlay"), id="t-overlay"),
        html.P(text("compare.overlay_said"), id="d-overlay", className="said"),
    ]
    places["overlay-top"] = said
    for name, (dyad, rows) in zip(NAMES, series.items(), strict=False):
        record_end = pd.Timestamp(pairs.loc[pairs["dyad"] == dyad, "record_end"].iloc[0])
        places[f"{name}-top"] = top(name, names[dyad], f"/pair/{dyad}{choice.carried()}", rows, record_end, text)
        drawn[name] = figures.small(rows.set_index("period").reindex(periods).reset_index())
    extracts = {dyad: Extract(dyad, names[dyad], rows) for dyad, rows in series.items()}
    return Page(title, places, arrange, drawn, {"pairs": Extract("pairs", title, pairs)} | extracts)


def short_name(dyad: str, lists: Lists, text: Texts) -> str:
    """Name of a pair by the short names of its countries, the leading one first, for which a phone has room beside a chart."""
    lead = str(lists.pairs.loc[lists.pairs["dyad"] == dyad, "lead"].iloc[0])
    short = lists.countries(text.lang)
    return " – ".join(short[code] for code in sorted(dyad.split("-"), key=lambda code: code != lead))


def asked_day(choice: Choice, span: tuple[date, date]) -> date | None:
    """Last day of the range that the address asks for; None where it leaves that open."""
    return choice.around(choice.at).to_day or (span[1] if choice.from_day else None)


def one_day(pairs: pd.DataFrame, compared: tuple[str, ...], day: date, choice: Choice, text: Texts) -> html.P:
    """The day of every value of the page, and a way to the last day that the records of all compared pairs reach, where that is later."""
    is_open = not any((choice.from_day, choice.to_day, choice.at))
    parts: list = [text("compare.common_open" if is_open else "compare.common", day=formats.day(day, text))]
    ends = pairs.loc[pairs["dyad"].isin(compared), "record_end"].dropna()
    if len(ends) and (end := ends.min().date()) > day:
        href = f"/compare{choice.query(to_day=end)}"
        parts += [" ", html.A(text("compare.to_end", day=formats.day(end, text)), href=href)]
    return html.P(parts, className="sub")


def arrange(made: Places, text: Texts) -> list[Component]:
    return [
        html.Div(made.get("head", []), id="p-head"),
        html.Div(made.get("chips", []), id="p-chips"),
        html.Div(made.get("controls", []), id="p-controls"),
        cards.card("overlay", made, text),
        html.Div([cards.card(name, made, text) for name in NAMES], className="grid3"),
        html.Div(made.get("slider", []), id="p-slider"),
        html.Div(made.get("moves", []), id="p-moves"),
        html.Div(made.get("pairs", []), id="p-pairs"),
    ]


def form(choice: Choice, lists: Lists, span: tuple[str, str], text: Texts) -> html.Form:
    domains = [("all", text("controls.all_domains")), *lists.labels.loc["domain"][f"label_{text.lang}"].items()]
    return html.Form(
        [
            controls.select("domain", text("controls.domain"), domains, choice.domain),
            controls.select("by", text("controls.by"), [(by, text(f"controls.by_{by}")) for by in PERIODS], choice.by),
            controls.date_input("from", text("controls.from"), str(choice.from_day), *span),
            controls.date_input("to", text("controls.to"), str(choice.to_day), *span),
        ],
        className="controls",
        **{"aria-label": text("controls.label")},
    )


def top(name: str, pair: str, href: str, rows: pd.DataFrame, record_end: pd.Timestamp, text: Texts) -> list[Component]:
    """Name and the value of the last day, the same for all pairs, with its band: read without the chart."""
    said = text("chart.summary_none")
    if len(rows):
        last = rows.iloc[-1]
        value = text.entry("states")["too few"]
        if not formats.is_missing(last["balance"]):
            value = text(
                "compare.value",
                value=formats.points(last["balance"]),
                band=standings.band(dict(last), text),
                verdict=text(f"verdicts.{last['balance_verdict']}"),
            )
        said = text("compare.last", day=formats.day(last["day"].date(), text), value=value)
        if record_end < last["day"]:
            said += f"; {text('updates.ends', day=formats.day(record_end.date(), text))}"
    return [html.H2(html.A(pair, href=href), id=f"t-{name}"), html.P(said, id=f"d-{name}", className="said")]


def periods_of(series: Mapping[str, pd.DataFrame]) -> list[pd.Timestamp]:
    """Every period of any series: the charts share them, so that one slider finds its place in each."""
    return sorted({period for rows in series.values() for period in rows["period"]})


def one_slider(series: Mapping[str, pd.DataFrame], names: Mapping[str, str], choice: Choice, text: Texts) -> html.Section:
    """Reads out every chart at the same period, first that of the day `at`, else the last; periods are those of the longest series."""
    periods = periods_of(series)
    begun = sum(period.date() <= choice.at for period in periods) if choice.at else len(periods)
    values = {dyad: dict(zip(rows["period"], rows["balance"], strict=True)) for dyad, rows in series.items()}
    cells = [[formats.points(values[dyad].get(period), 1) for dyad in series] for period in periods]
    labels = [formats.period(period.date(), choice.by, text) for period in periods]
    readouts = [
        text(
            "chart.point_of",
            period=label,
            said=read_out({names[dyad]: value for dyad, value in zip(series, row, strict=True)}, text),
        )
        for label, row in zip(labels, cells, strict=True)
    ]
    table = tables.table(
        text("compare.caption"),
        [text("table.period"), *(names[dyad] for dyad in series)],
        [[label, *row] for label, row in reversed(list(zip(labels, cells, strict=True)))],
        range(1, len(series) + 1),
        "table-compare",
    )
    graphs = " ".join(["g-overlay", *(f"g-{name}" for name, _ in zip(NAMES, series, strict=False))])
    moving = controls.slider("compare", readouts, [], max(begun, 1) - 1, "", text, text("compare.date"), graphs)
    opened = [cards.details(text("tools.table"), table), chart.how(text("how.compare"), next(iter(series.values())), text)]
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
    keys = {"balance": "balance", "change": "change", "events": "n_events", "newest": "newest_event"}
    rows = pairs.assign(pair=[names[dyad] for dyad in pairs["dyad"]])
    if choice.sort:
        rows = standings.ranked(rows, keys.get(choice.sort, "pair"), ascending=choice.sort == "pair")
    day = standings.day_of(pairs)
    named = {"day": text("unknown") if day is None else formats.day(day, text)}
    heads: list = [sort_link(name, choice, text) for name in ("pair", "balance", "change")]
    heads += [text("pairs.band"), text("pairs.state"), sort_link("events", choice, text, **named), text("pairs.line")]
    heads += [sort_link("newest", choice, text), text("compare.charts")]
    cells = [pair_row(row, compared, choice, text) for row in rowwise(rows)]
    content = tables.table(text("pairs.caption", **named), heads, cells, (1, 2, 3, 5), "table-pairs", told=(1, 2, 3, 4, 5, 7))
    content.className = "whole blocks"
    sorting = html.P(text("events.sort"), className="sub narrow")  # on a phone the heads are a line of links
    said = standings.said(pairs, choice, text)
    return html.Section([html.H2(text("pairs.title")), *([said] if said else []), sorting, content], className="card", id="pairs")


def sort_link(name: str, choice: Choice, text: Texts, **named: str) -> html.A:
    current = {"aria-current": "true"} if choice.sort == name else {}
    return html.A(text(f"compare.{name}", **named), href=f"/compare{choice.query(sort=name)}", **current)


def pair_row(row: Mapping, compared: tuple[str, ...], choice: Choice, text: Texts) -> list:
    link = html.A(row["pair"], href=f"/pair/{row['dyad']}{choice.carried()}")
    on = row["dyad"] in compared
    others = tuple(dyad for dyad in compared if dyad != row["dyad"]) if on else (*compared[: MOST_COMPARED - 1], row["dyad"])
    key = "compare.remove" if on else "compare.add"
    toggle = html.A(text(key), href=f"/compare{choice.query(pairs=others)}", **{"aria-label": f"{text(key)}: {row['pair']}"})
    if on and len(compared) == 1:
        toggle = html.Span(text("compare.shown"))
    found = standings.cells(row, text)
    if not found:
        return [link, *["—"] * 7, toggle]
    return [link, *(found[name] for name in ("balance", "change", "band", "state", "events", "line", "newest_event")), toggle]

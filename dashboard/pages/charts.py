"""The three charts that every pair begins with: an indicator over time, words and deeds, directions."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import components, figures, numbers, words
from dashboard.figures import lines
from dashboard.pages import chart
from dashboard.pages.chart import Chart
from dashboard.pages.view import View
from dashboard.rowwise import rowwise

KINDS = (
    ("words_coop", "verbal_cooperation", "coopWords"),
    ("deeds_coop", "material_cooperation", "coopDeeds"),
    ("words_fric", "verbal_friction", "fricWords"),
    ("deeds_fric", "material_friction", "fricDeeds"),
)
"""Text, column and colour of the four kinds."""


def first(view: View) -> Chart:
    """What a pair's page begins with: the indicator that is asked for."""
    text, series, by, indicator = view.text, view.first_series, view.choice.by, view.choice.indicator
    scale = lines.SCALES[indicator]
    days = [str(day.date()) for day in series["day"]]
    readouts = [lines.readout(row, by, text, indicator) for row in rowwise(series)]
    title = text("chart.balance") if indicator == "balance" else text(f"indicators.{indicator}")
    how_to_read = (
        text("chart.balance_how", h=view.choice.h) if indicator == "balance" else text(f"read.{indicator}", h=view.choice.h)
    )
    computed = text("how.balance", h=view.choice.h, why=text("how.why"), caveat=text("how.caveat"))
    band = (f"{indicator}_low", f"{indicator}_high") if scale.has_band else ()
    return Chart(
        name="balance",
        title=f"{title}: {view.direction}" if view.direction else title,
        how_to_read=" ".join(filter(None, [how_to_read, beside_said(view)])),
        summary=words.of_series(series, text, indicator),
        figure=lines.line(series, view.marks, readouts, text, indicator, view.beside),
        table=series_table(view),
        computed=computed if indicator == "balance" else text("how.indicator", name=text(f"indicators.{indicator}")),
        rows=series,
        columns=("period", "day", indicator, *band, "n_events", "evidence", scale.state, "is_partial"),
        file=indicator if not view.direction else f"{indicator}_{view.choice.dir}",
        readouts=readouts,
        days=days,
        shown=next((index for index, day in enumerate(days) if view.choice.at and day >= str(view.choice.at)), len(days) - 1),
        more=[marks_list(view)],
    )


def beside_said(view: View) -> str:
    """What the second, dashed line is."""
    if view.scope.as_of:
        return view.text("as_of.dashed")
    return view.text("chart.year_dashed") if view.choice.vs == "year" else ""


def strip(view: View) -> Chart | None:
    """Each event of the range as a point, by its score, where a line alone would seem to know more; None where events are many, or none."""
    if not 0 < len(view.newest) < lines.FEW:
        return None
    text, events = view.text, view.newest.iloc[::-1]
    records = rowwise(events)
    readouts = [
        text(
            "strip.point",
            day=numbers.day(row["event_day"].date(), text),
            who=row["directed_dyad"].replace(">", " → "),
            what=components.told(row),
            score=numbers.points(row["score"], 1),
            kind=text.entry("kinds")[row["kind"]],
        )
        for row in records
    ]
    heads = [text(f"events.{name}") for name in ("day", "who", "what", "kind", "score", "source")]
    days = [str(row["event_day"].date()) for row in records]
    asked = [index for index, day in enumerate(days) if day == str(view.choice.at)]
    span = (str(view.first), str(view.last))
    table = components.table(
        text("strip.title"), heads, components.event_rows(view.newest, view.asked.carried(), text), (4,), "table-strip", told=(4,)
    )
    events.attrs = view.newest.attrs
    return Chart(
        name="strip",
        title=text("strip.title"),
        how_to_read=text("strip.how"),
        summary=" ".join([text("strip.said", n=len(events)), one_way(view)]),
        figure=lines.strip(events, readouts, span, text),
        table=table,
        computed=text("how.strip"),
        rows=events,
        columns=("event_id", "event_day", "directed_dyad", "kind", "domain", "score", "weight", "summary"),
        readouts=readouts,
        days=days,
        shown=asked[0] if asked else -1,
    )


def one_way(view: View) -> str:
    """That all acts on record go one way, where they do."""
    acts = zip(view.newest["directed_dyad"], view.newest["is_mutual"], strict=True)
    directed = {"both" if is_mutual else name for name, is_mutual in acts}
    if len(directed) != 1 or directed == {"both"}:
        return ""
    return view.text("strip.one_way", who=directed.pop().replace(">", " → "))


def marks_list(view: View) -> html.Div:
    """The numbered events in words, each a link that asks for its period."""
    text = view.text
    items = [
        html.Li(
            [
                html.Strong(numbers.day(row["event_day"].date(), text)),
                " ",
                html.A(row["summary"], href=view.asked.query(at=row["event_day"].date(), event=row["event_id"]), lang="en"),
            ],
            value=str(row["number"]),
        )
        for row in rowwise(view.marks)
    ]
    return html.Div([html.P(text("events.marks_how"), className="sub"), html.Ol(items, className="marks")])


def series_table(view: View) -> Component:
    text = view.text
    indicator = view.choice.indicator
    scale = lines.SCALES[indicator]
    columns = [indicator, *([f"{indicator}_low", f"{indicator}_high"] if scale.has_band else [])]
    written = numbers.points if scale.is_signed else numbers.plain
    named = ["value", *(["low", "high"] if scale.has_band else [])]
    heads = [text(f"table.{name}") for name in ("period", *named, "events", "evidence", "state")]
    heads[1] = text(f"indicators.{indicator}")
    rows = [
        [
            numbers.period(row["period"].date(), view.choice.by, text),
            *(written(row[column], max(scale.decimals, 1)) for column in columns),
            numbers.plain(row["n_events"]),
            numbers.plain(row["evidence"], 1),
            text.entry("states")[row[scale.state]] + (f", {text('chart.partial')}" if row["is_partial"] else ""),
        ]
        for row in rowwise(view.first_series.iloc[::-1])
    ]
    caption = text("table.caption") if indicator == "balance" else text(f"indicators.{indicator}")
    return components.table(caption, heads, rows, range(1, len(heads) - 1), "table-balance")


def words_deeds(view: View) -> Chart:
    text, kinds, by = view.text, view.kinds, view.choice.by
    columns = [column for _, column, _ in KINDS]
    heads = [text("table.period"), *(text.entry("kinds")[column.replace("_", " ")] for column in columns)]
    records = rowwise(kinds)
    rows = [
        [numbers.period(row["period"].date(), by, text), *(numbers.plain(row[column], 1) for column in columns)]
        for row in reversed(records)
    ]
    return Chart(
        name="words",
        title=text("chart.words_deeds"),
        how_to_read=text("chart.words_deeds_how"),
        summary=text(
            "chart.words_deeds_said",
            weights=", ".join(f"{text(f'chart.{key}')} {numbers.plain(kinds[column].sum(), 1)}" for key, column, _ in KINDS),
        ),
        figure=figures.words_deeds(kinds, text),
        table=components.table(text("table.words_caption"), heads, rows, range(1, 5), "table-words"),
        computed=text("how.words"),
        rows=kinds,
        readouts=[kinds_readout(row, view) for row in records],
        days=[str(row["period"].date()) for row in records],
        legend=chart.key([(colour, text(f"chart.{key}")) for key, _, colour in KINDS]),
    )


def kinds_readout(row: dict, view: View) -> str:
    text = view.text
    said = ", ".join(f"{text(f'chart.{key}')} {numbers.plain(row[column], 1)}" for key, column, _ in KINDS if row[column])
    period = numbers.period(row["period"].date(), view.choice.by, text)
    return text("chart.point_of", period=period, said=said or text("events.none"))


def both_directions(view: View) -> pd.DataFrame:
    """The rows of both directions, one under the other, with the SQL that gives them so."""
    frames = list(view.directed.values())
    rows = pd.concat(frames, ignore_index=True)
    rows.attrs = frames[0].attrs | {"sql": "\nunion all by name\n".join(f"({frame.attrs['sql']})" for frame in frames)}
    return rows


def directions(view: View) -> Chart:
    text = view.text
    short = {scope.dyad.replace(">", " → "): view.directed[shown] for shown, scope in view.scopes.items()}
    joined = next(iter(view.directed.values()))
    columns = [dict(zip(frame["period"], frame["balance"], strict=True)) for frame in view.directed.values()]
    points = [
        (numbers.period(period.date(), view.choice.by, text), [numbers.points(column.get(period), 1) for column in columns])
        for period in joined["period"]
    ]
    said = []
    for shown, _, row in view.both:
        if row is not None and not numbers.is_missing(row["balance"]):
            band = text("tiles.band", low=numbers.points(row["balance_low"]), high=numbers.points(row["balance_high"]))
            said.append(f"{shown} {numbers.points(row['balance'])} ({band})")
    caption, heads = text("table.directions_caption"), [text("table.period"), *view.directed]
    return Chart(
        name="directions",
        title=text("chart.directions"),
        how_to_read=text("chart.directions_how"),
        summary="; ".join(said) or text("chart.summary_none"),
        figure=figures.directions(short),
        table=components.table(
            caption, heads, [[period, *values] for period, values in reversed(points)], (1, 2), "table-directions"
        ),
        computed=text("how.directions"),
        rows=both_directions(view),
        columns=(
            "dyad",
            "period",
            "day",
            "balance",
            "balance_low",
            "balance_high",
            "n_events",
            "evidence",
            "state",
            "is_partial",
        ),
        readouts=[
            text(
                "chart.point_of",
                period=period,
                said=", ".join(f"{name} {value}" for name, value in zip(short, values, strict=True)),
            )
            for period, values in points
        ],
        days=[str(day.date()) for day in joined["day"]],
    )

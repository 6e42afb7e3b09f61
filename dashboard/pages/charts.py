"""The first three charts of every pair: an indicator over time, statements and actions, directions."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import figures, formats
from bilateral.ask import coverage
from bilateral.figures import lines, scales, strips
from bilateral.frames import rowwise
from bilateral.pages import chart, ranges, sentences, tables, told_events
from bilateral.pages.chart import Chart
from bilateral.pages.directions import joint_effect
from bilateral.pages.view import View

KINDS = (
    ("words_coop", "verbal_cooperation", "coopWords"),
    ("deeds_coop", "material_cooperation", "coopDeeds"),
    ("words_fric", "verbal_friction", "fricWords"),
    ("deeds_fric", "material_friction", "fricDeeds"),
)
"""Text, column and colour of the four kinds."""
FADED = (("change", "moved"), ("new", "new"), ("fading", "fading"), ("evidence", "evidence"))
"""What the sentence on fading names, and its columns."""
COUNTING = ("cooperation", "friction", "volume", "tension", "rank")
"""Indicators whose charts mark a break in the density of a curated list."""


def first(view: View) -> Chart:
    """What a pair's page begins with: the indicator that is asked for."""
    text, series, by, indicator = view.text, view.first_series, view.choice.by, view.choice.indicator
    scale = scales.SCALES[indicator]
    days = [str(day.date()) for day in series["day"]]
    readouts = [scales.readout(row, by, text, indicator) for row in rowwise(series)]
    title = text("chart.balance") if indicator == "balance" else text(f"indicators.{indicator}")
    how_to_read = (
        text("chart.balance_how", h=view.choice.h) if indicator == "balance" else text(f"read.{indicator}", h=view.choice.h)
    )
    computed = text("how.balance", h=view.choice.h, why=text("how.why"), caveat=text("how.caveat"))
    band = (f"{indicator}_low", f"{indicator}_high") if scale.has_band else ()
    denser = coverage.density_break(view.warehouse, view.choice.dataset, view.choice.dyad) if indicator in COUNTING else None
    return Chart(
        name="balance",
        title=f"{title}: {view.direction}" if view.direction else title,
        how_to_read=how_to_read,
        note=" ".join(filter(None, [denser_said(denser, view), beside_said(view)])),
        beside=[ranges.reset("balance", text), ranges.links(view)],
        by=by,
        summary=" ".join(filter(None, [sentences.of_series(series, text, indicator), faded(view)])),
        figure=lines.line(
            series,
            view.marks,
            readouts,
            text,
            indicator,
            view.beside,
            view.record_end,
            denser["day"].date() if denser else None,
            key_of(view),
        ),
        table=series_table(view),
        computed=computed if indicator == "balance" else text("how.indicator", name=text(f"indicators.{indicator}")),
        rows=series,
        columns=("period", "day", indicator, *band, "n_events", "evidence", scale.state, "is_partial"),
        file=indicator if not view.direction else f"{indicator}_{view.choice.dir}",
        readouts=readouts,
        days=days,
        shown=next((index for index, day in enumerate(days) if view.choice.at and day >= str(view.choice.at)), len(days) - 1),
        more=[marks_list(view)],
        is_folded=bool(series[indicator].isna().all()) and view.choice.view != "table",
    )


def faded(view: View) -> str:
    """How much of the last four weeks' change comes from older events losing weight, which separates silence from deterioration. Only for the balance of the pair."""
    if view.choice.indicator != "balance" or view.direction or view.scope.as_of or view.scope.is_chosen or view.moved.empty:
        return ""
    sums = {name: view.moved[column].sum() for name, column in FADED}
    said = view.text(
        "chart.faded",
        last=formats.day(view.shown_day, view.text),
        **{name: formats.points(value, 1) for name, value in sums.items()},
    )
    adds_up = formats.adds_up([value for name, value in sums.items() if name != "change"], 1)
    return said if adds_up else f"{said} {view.text('made_of.rounded')}"


def denser_said(denser: dict | None, view: View) -> str:
    """That the list changes its density on a day, and by how much: what counts acts follows that."""
    if not denser:
        return ""
    rates = {name: formats.plain(denser[column]) for name, column in (("before", "acts_a_year"), ("after", "acts_a_year_now"))}
    return view.text("chart.denser", day=formats.day(denser["day"].date(), view.text), **rates)


def beside_said(view: View) -> str:
    """What the second, dashed line is."""
    if view.scope.as_of:
        return view.text("as_of.dashed")
    return view.text("chart.year_dashed") if view.choice.vs == "year" else ""


def strip(view: View) -> Chart | None:
    """Each event of the range as a point, by its score, where a line alone would seem to know more; None where events are many, or none."""
    if not 0 < len(view.newest) < strips.FEW:
        return None
    text, events = view.text, view.newest.iloc[::-1]
    records = rowwise(events)
    readouts = [
        text(
            "strip.point",
            day=formats.day(row["event_day"].date(), text),
            who=view.towards(row["directed_dyad"]),
            what=told_events.told(row, text),
            score=formats.points(row["score"], 1),
            kind=text.entry("kind")[row["kind"]],
        )
        for row in records
    ]
    heads = [text(f"events.{name}") for name in ("day", "who", "what", "kind", "score", "source")]
    days = [str(row["event_day"].date()) for row in records]
    asked = [index for index, day in enumerate(days) if day == str(view.choice.at)]
    span = (str(view.first), str(view.last))
    table = tables.table(
        text("strip.title"),
        heads,
        tables.event_rows(view.newest, view.asked.carried(), text, view.short),
        (4,),
        "table-strip",
        told=(4,),
    )
    events.attrs = view.newest.attrs
    return Chart(
        name="strip",
        title=text("strip.title"),
        how_to_read=text("strip.how"),
        summary=" ".join([text("strip.said", n=len(events)), one_way(view)]),
        figure=strips.strip(events, readouts, span, text),
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
    return view.text("strip.one_way", who=view.towards(directed.pop()))


def key_of(view: View) -> list[str]:
    """What the numbers mean, in one short line each."""
    return [
        f"{row['number']} {formats.day(row['event_day'].date(), view.text)}: {told_events.short(row, view.text)}"
        for row in rowwise(view.marks)
    ]


def marks_list(view: View) -> html.Details:
    """The numbered events in words, each a link that asks for its period."""
    text = view.text
    items = [
        html.Li(
            [
                html.Strong(formats.day(row["event_day"].date(), text)),
                " ",
                told_events.event_link(row, view.asked.query(at=row["event_day"].date(), event=row["event_id"]), text),
            ],
            value=str(row["number"]),
        )
        for row in rowwise(view.marks)
    ]
    how, marks = text("events.marks_how"), html.Ol(items, className="marks")
    content = [html.Summary(how), html.P(how, className="sub"), marks]  # a phone shows the first, others the second
    return html.Details(content, open=True, className="marked")


def series_table(view: View) -> Component:
    text = view.text
    indicator = view.choice.indicator
    scale = scales.SCALES[indicator]
    columns = [indicator, *([f"{indicator}_low", f"{indicator}_high"] if scale.has_band else [])]
    written = formats.points if scale.is_signed else formats.plain
    named = ["value", *(["low", "high"] if scale.has_band else [])]
    heads = [text(f"table.{name}") for name in ("period", *named, "events", "evidence", "state")]
    heads[1] = text(f"indicators.{indicator}")
    rows = [
        [
            formats.period(row["period"].date(), view.choice.by, text),
            *(written(row[column], max(scale.decimals, 1)) for column in columns),
            formats.plain(row["n_events"]),
            formats.plain(row["evidence"], 1),
            text.entry("states")[row[scale.state]] + (f", {text('chart.partial')}" if row["is_partial"] else ""),
        ]
        for row in rowwise(view.first_series.iloc[::-1])
    ]
    caption = text("table.caption") if indicator == "balance" else text(f"indicators.{indicator}")
    return tables.table(caption, heads, rows, range(1, len(heads) - 1), "table-balance")


def words_deeds(view: View) -> Chart:
    text, kinds, by = view.text, view.kinds, view.choice.by
    columns = [column for _, column, _ in KINDS]
    heads = [text("table.period"), *(text.entry("kinds")[column.replace("_", " ")] for column in columns)]
    records = rowwise(kinds)
    rows = [
        [formats.period(row["period"].date(), by, text), *(formats.plain(row[column], 1) for column in columns)]
        for row in reversed(records)
    ]
    return Chart(
        name="words",
        title=text("chart.words_deeds"),
        how_to_read=text("chart.words_deeds_how"),
        summary=text(
            "chart.words_deeds_said",
            weights=", ".join(f"{text(f'chart.{key}')} {formats.plain(kinds[column].sum(), 1)}" for key, column, _ in KINDS),
        ),
        figure=figures.words_deeds(kinds, text),
        table=tables.table(text("table.words_caption"), heads, rows, range(1, 5), "table-words"),
        computed=text("how.words"),
        rows=kinds,
        readouts=[kinds_readout(row, view) for row in records],
        by=by,
        days=[str(row["period"].date()) for row in records],
        legend=chart.key([(colour, text(f"chart.{key}")) for key, _, colour in KINDS]),
    )


def kinds_readout(row: dict, view: View) -> str:
    text = view.text
    said = ", ".join(f"{text(f'chart.{key}')} {formats.plain(row[column], 1)}" for key, column, _ in KINDS if row[column])
    period = formats.period(row["period"].date(), view.choice.by, text)
    return text("chart.point_of", period=period, said=said or text("events.none"))


def both_directions(view: View) -> pd.DataFrame:
    """The rows of both directions, one under the other, with the SQL that gives them so."""
    frames = list(view.directed.values())
    rows = pd.concat(frames, ignore_index=True)
    rows.attrs = frames[0].attrs | {"sql": "\nunion all by name\n".join(f"({frame.attrs['sql']})" for frame in frames)}
    return rows


def directions(view: View) -> Chart:
    text = view.text
    short = {view.towards(scope.dyad): view.directed[shown] for shown, scope in view.scopes.items()}
    joined = next(iter(view.directed.values()))
    columns = [dict(zip(frame["period"], frame["balance"], strict=True)) for frame in view.directed.values()]
    points = [
        (formats.period(period.date(), view.choice.by, text), [formats.points(column.get(period), 1) for column in columns])
        for period in joined["period"]
    ]
    said = []
    for shown, _, row in view.both:
        if row is not None and not formats.is_missing(row["balance"]):
            band = text("tiles.band", low=formats.points(row["balance_low"]), high=formats.points(row["balance_high"]))
            said.append(f"{shown} {formats.points(row['balance'])} ({band}), {text('verdicts.' + row['balance_verdict'])}")
    caption, heads = text("table.directions_caption"), [text("table.period"), *view.directed]
    sides = {row["balance_verdict"] for _, _, row in view.both if row is not None}
    return Chart(
        name="directions",
        title=text("chart.directions"),
        how_to_read=text("chart.directions_how"),
        summary=". ".join(filter(None, ["; ".join(said), joint_effect(view.standing, view.both, text)]))
        or text("chart.summary_none"),
        figure=figures.directions(short),
        table=tables.table(
            caption, heads, [[period, *values] for period, values in reversed(points)], (1, 2), "table-directions"
        ),
        computed=text("how.directions"),
        rows=both_directions(view),
        columns=(
            *("dyad", "period", "day", "balance", "balance_low", "balance_high"),
            *("n_events", "evidence", "state", "is_partial"),
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
        by=view.choice.by,
        is_folded=not sides & {"cooperation", "friction"} and view.choice.view != "table",
    )

"""Four weeks before and after one event: both directions, statements and actions, measures, and what both sides did next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import figures, formats
from bilateral.ask import event_lists, policy_measures, time_series
from bilateral.ask.warehouse import Warehouse
from bilateral.frames import rowwise
from bilateral.pages import sentences, tables, told_events
from bilateral.pages.chart import Chart, how
from bilateral.pages.view import COMPARED, View
from bilateral.strings import Texts


@dataclass(frozen=True)
class Around:
    """What an event stands between. `after` are the indicators on the last of the four weeks, whose momentum compares the two windows."""

    event: pd.Series
    day: date
    pair: pd.DataFrame
    directed: dict[str, pd.DataFrame]
    after: list[tuple[str, pd.Series | None]]
    acts: pd.DataFrame
    next_acts: pd.DataFrame
    measures: pd.DataFrame


def look(warehouse: Warehouse, view: View) -> Around | None:
    """None without an event, or where the two windows do not lie in the covered days of the pair."""
    if view.event is None:
        return None
    choice, day = view.choice, view.event["event_day"].date()
    first, last = day - timedelta(days=COMPARED), day + timedelta(days=COMPARED - 1)
    scopes = {view.name: view.scope, **view.scopes}
    after = time_series.standing_of(warehouse, list(scopes.values()), last, full=True)
    series = time_series.series_of(warehouse, list(scopes.values()), "day", first, last, choice.full)
    return Around(
        event=view.event,
        day=day,
        pair=series[view.scope.dyad],
        directed={shown: series[scope.dyad] for shown, scope in view.scopes.items()},
        after=[(shown, after[scope.dyad]) for shown, scope in scopes.items()],
        acts=event_lists.acts_around(warehouse, *view.keys, day, COMPARED),
        next_acts=event_lists.events(warehouse, *view.keys, day, last).iloc[::-1],
        measures=policy_measures.measures(warehouse, choice.dyad, choice.domain, first, last),
    )


def made(warehouse: Warehouse, view: View) -> Chart | None:
    """The chart of these weeks, where there are any."""
    around = look(warehouse, view)
    return chart(around, view) if around else None


def chart(around: Around, view: View) -> Chart:
    text = view.text
    short = {view.towards(scope.dyad): around.directed[shown] for shown, scope in view.scopes.items()}
    columns = [dict(zip(frame["day"], frame["balance"], strict=True)) for frame in around.directed.values()]
    rows = rowwise(around.pair)
    cells = [
        [
            formats.day(row["day"].date(), text),
            *(formats.points(row[column], 1) for column in ("balance", "balance_low", "balance_high")),
            *(formats.points(column.get(row["day"]), 1) for column in columns),
        ]
        for row in rows
    ]
    heads = [text("table.period"), text("table.value"), text("table.low"), text("table.high"), *around.directed]
    return Chart(
        name="around",
        title=text("around.title", day=formats.day(around.day, text)),
        how_to_read=text("around.how", h=view.choice.h),
        summary=told(around, view),
        figure=figures.around(around.pair, short, str(around.day), text),
        table=tables.table(text("around.caption"), heads, cells, range(1, 6), "table-around"),
        computed=text("how.around"),
        rows=around.pair,
        readouts=[
            text(
                "chart.point_of",
                period=cell[0],
                said=", ".join(
                    [reading(row, text), *(f"{head} {value}" for head, value in zip(heads[4:], cell[4:], strict=True))]
                ),
            )
            for row, cell in zip(rows, cells, strict=True)
        ],
        shown=next((index for index, row in enumerate(rows) if row["day"].date() == around.day), -1),
        more=[html.Div(story(around, view), className="grid2")],
    )


def reading(row: Mapping, text: Texts) -> str:
    """The balance of the pair with its band."""
    if formats.is_missing(row["balance"]):
        return f"{text('table.value')} —"
    band = text("range", low=formats.points(row["balance_low"], 1), high=formats.points(row["balance_high"], 1))
    return f"{text('table.value')} {formats.points(row['balance'], 1)} ({band})"


def told(around: Around, view: View) -> list[Component | str]:
    """What may be said of the change: the difference of the two windows with its band, and no more than the band allows."""
    text = view.text
    said = told_events.quoting("around.said", around.event, text, day=formats.day(around.day, text))
    for name, row in around.after:
        if row is None:
            said += [" ", text("around.not_over", name=name)]
        elif formats.is_missing(row["momentum"]):
            said += [" ", text("around.few", name=name)]
        else:
            change, low, high = (formats.points(row[f"momentum{part}"]) for part in ("", "_low", "_high"))
            verdict = text(f"verdicts.{sentences.of_change(dict(row))}")
            said += [" ", text("around.change", name=name, change=change, low=low, high=high, verdict=verdict)]
    return said


def story(around: Around, view: View) -> list[Component]:
    """Acts on both sides by direction, what each did next, and the measures that moved."""
    text = view.text
    heads = [text("around.who"), *(text.entry("kinds")[kind] for kind in text.entry("kinds"))]
    counts = {(row["side"], row["directed_dyad"], row["kind"]): row["n_events"] for row in rowwise(around.acts)}
    rows = [
        [
            f"{view.towards(dyad)}, {text(f'around.{side}')}",
            *(formats.plain(counts.get((side, dyad, kind), 0)) for kind in text.entry("kinds")),
        ]
        for _, dyad, _ in view.both
        for side in ("before", "after")
    ]
    sides = tables.table(text("around.acts"), heads, rows, range(1, 5), "table-sides", told=range(1, 5))
    after = tables.event_rows(around.next_acts, view.asked.carried(), text, view.short)
    columns = [text(f"events.{name}") for name in ("day", "who", "what", "kind", "score", "source")]
    following = tables.table(text("around.next"), columns, after, (4,), "table-next", told=(4,))
    measures = measures_list(around.measures, text)
    return [
        html.Div([html.H3(text("around.acts")), sides, how(text("how.around_acts"), around.acts, text)]),
        html.Div([html.H3(text("around.measures")), measures]),
        html.Div([html.H3(text("around.next")), following], className="span"),
    ]


def measures_list(rows: pd.DataFrame, text: Texts) -> Component:
    if rows.empty:
        return html.P(text("events.none"))
    heads = [text("events.day"), text("events.measure"), text("events.state"), text("measures.in_force_after")]
    cells = [
        [
            formats.day(row["state_day"].date(), text),
            told_events.measure(row, text),
            text.entry("states")[row["state"]],
            text(f"measures.{row['is_in_force']}"),
        ]
        for row in rowwise(rows.iloc[::-1])
    ]
    return tables.table(text("around.measures"), heads, cells, (), "table-around-measures", told=(2, 3))

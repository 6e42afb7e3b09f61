"""Policy measures over time: a row for each, its states as stretches."""

from collections.abc import Mapping

import pandas as pd

from bilateral.figures import day_line, days_of, layout_of, plain, row_label
from bilateral.frames import rowwise
from bilateral.strings import Texts

COLOURS = {1: "$coopWords", -1: "$fricWords"}
"""Colour of a measure by its sign."""
HATCHES = {"yes": "", "partly": "/", "no": ""}
"""What is not in force is an outline alone."""
MOST = 18
"""Measures that are drawn, those that changed last; the table has all."""
DAY = 86_400_000
"""Milliseconds, in which plotly counts lengths on a date axis."""


def timeline(stretches: pd.DataFrame, labels: list[str], day: str, span: tuple[str, str], text: Texts) -> dict:
    """Lying bars in the colour of the measure's sign: in force filled, with the rate, partly in force hatched, announced or ended an outline. The line is the chosen day."""
    places = {measure: -index for index, measure in enumerate(dict.fromkeys(stretches["measure_id"]))}
    traces: list[dict] = []
    for state, sign in ((state, sign) for state in HATCHES for sign in COLOURS):
        rows = stretches[(stretches["is_in_force"] == state) & (stretches["sign"] == sign)]
        colour, hatch = COLOURS[sign] if state != "no" else "$card", HATCHES[state]
        lengths = (pd.to_datetime(rows["to_day"]) - pd.to_datetime(rows["from_day"])).dt.days + 1
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": text(f"measures.force_{state}"),
                "base": days_of(rows["from_day"]),
                "x": [int(length) * DAY for length in lengths],
                "y": [places[measure] for measure in rows["measure_id"]],
                "width": 0.46,
                "text": [f"{row['rate_percent']:g}%" if state == "yes" and has_rate(row, span) else "" for row in rowwise(rows)],
                "textposition": "inside",
                "insidetextanchor": "start",
                "textangle": 0,
                "constraintext": "none",
                "insidetextfont": {"size": 13, "color": "$onSign"},
                "customdata": [plain(labels[index]) for index in rows.index],
                "hovertemplate": "%{customdata}<extra></extra>",
                "marker": {
                    "color": colour,
                    "line": {"color": COLOURS[sign], "width": 1.5},
                    "pattern": {"shape": hatch, "bgcolor": colour, "fgcolor": "$card", "size": 6, "solidity": 0.4},
                },
            }
        )
    changes = stretches[stretches["is_change"]]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "meta": "slider",
            "x": days_of(changes["from_day"]),
            "y": [places[measure] for measure in changes["measure_id"]],
            "text": [plain(labels[index]) for index in changes.index],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"symbol": "line-ns", "size": 14, "line": {"color": "$ink", "width": 2}},
        }
    )
    layout = layout_of(70 + 44 * max(len(places), 1))
    layout |= {"barmode": "overlay", "hovermode": "closest", "margin": {"l": 14, "r": 14, "t": 10, "b": 36}}
    layout["xaxis"] |= {"range": list(span), "showgrid": True}
    layout["yaxis"] |= {"visible": False, "range": [0.8 - max(len(places), 1), 0.9]}
    layout["shapes"] = [day_line(day)]
    names = stretches.drop_duplicates("measure_id")
    layout["annotations"] = [
        *(
            row_label(row["label"], places[row["measure_id"]] + 0.27) | {"yanchor": "bottom", "borderpad": 0}
            for row in rowwise(names)
        ),
        *(
            rate_on_hatch(row, places[row["measure_id"]])
            for row in rowwise(stretches)
            if row["is_in_force"] == "partly" and has_rate(row, span)
        ),
    ]
    return {"data": traces, "layout": layout}


def has_rate(row: Mapping, span: tuple[str, str]) -> bool:
    """A stretch has a rate, and room for it: the shortest with room are a thirtieth of the range."""
    first, last = (pd.Timestamp(day) for day in span)
    length = min(row["to_day"], last) - max(row["from_day"], first)
    return not pd.isna(row["rate_percent"]) and length >= (last - first) / 30


def rate_on_hatch(row: Mapping, place: float) -> dict:
    """On a hatched stretch the rate stands on a ground of its own."""
    where = {"x": str(row["from_day"].date()), "xanchor": "left", "xshift": 4, "y": place, "showarrow": False}
    return where | {
        "text": f"{row['rate_percent']:g}%",
        "bgcolor": "$card",
        "borderpad": 0,
        "font": {"size": 13, "color": "$ink"},
    }

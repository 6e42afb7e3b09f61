"""The events of a date range as points, if they are too few for a line."""

import pandas as pd

from bilateral.figures import HEIGHT, days_of, layout_of, plain, values_of, zero_line
from bilateral.figures.scales import side_name
from bilateral.strings import Texts

FEW = 10
"""Under so many events the range shows the events instead of a line."""
KINDS = {
    "verbal cooperation": ("circle", "$coopWords"),
    "material cooperation": ("square", "$coopDeeds"),
    "verbal friction": ("circle-open", "$fricWords"),
    "material friction": ("square-open", "$fricDeeds"),
}
"""Shape and colour of an event: round in words, square in deeds, filled for cooperation, hollow for friction."""


def strip(events: pd.DataFrame, readouts: list[str], span: tuple[str, str], text: Texts) -> dict:
    """One lollipop for each event on a time axis; its height is the score of its code."""
    days, scores = days_of(events["event_day"]), values_of(events["score"])
    looks = [KINDS[kind] for kind in events["kind"]]
    points = {
        "type": "scatter",
        "name": "events",
        "meta": "slider",
        "x": days,
        "y": scores,
        "mode": "markers",
        "text": [plain(said) for said in readouts],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": 14,
            "symbol": [symbol for symbol, _ in looks],
            "color": [colour for _, colour in looks],
            "line": {"width": 3, "color": [colour for _, colour in looks]},
        },
    }
    return {"data": [points], "layout": _layout(days, scores, [colour for _, colour in looks], span, text)}


def _layout(days: list[str], scores: list[float | None], colours: list[str], span: tuple[str, str], text: Texts) -> dict:
    """Both ends of the range, the scores from −10 to +10, and a stem from zero to each point."""
    layout = layout_of(HEIGHT["balance"])
    layout |= {"hovermode": "closest"}
    first, last = map(pd.Timestamp, span)
    edge = max((last - first) * 0.04, pd.Timedelta(days=1))  # else a point at the end is cut
    layout["xaxis"] |= {"range": [f"{first - edge:%Y-%m-%d}", f"{last + edge:%Y-%m-%d}"]}
    layout["yaxis"] |= {"range": [-11, 11], "tickvals": [-10, -5, 0, 5, 10], "ticktext": ["−10", "−5", "0", "+5", "+10"]}
    stem = {"width": 2, "dash": "solid"}
    stems = [
        {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": score or 0, "layer": "below", "line": stem | {"color": colour}}
        for day, score, colour in zip(days, scores, colours, strict=True)
    ]
    layout["shapes"] = [zero_line(), *stems]
    layout["annotations"] = [
        side_name(text("chart.cooperation"), 9.5, "$coopDeeds"),
        side_name(text("chart.friction"), -9.5, "$fricDeeds"),
    ]
    return layout

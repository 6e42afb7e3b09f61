"""Several pairs on one chart: the first in ink, the others grey and broken in ways of their own, each named at its end."""

from collections.abc import Mapping

import pandas as pd

from bilateral.figures import alone, days_of, layout_of, plain, values_of, zero_line

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
APART = 11
"""Points between two names at least."""
HEIGHT = 380


def overlay(series: Mapping[str, pd.DataFrame]) -> dict:
    """`series` are rows of the same periods by the names of their pairs. Pairs have no colours of their own: those belong to cooperation and friction."""
    traces, ends = [], []
    for place, (name, rows) in enumerate(series.items()):
        colour, width = ("$ink", 2.5) if place == 0 else ("$other", 2)
        values = values_of(rows["balance"])
        traces.append(
            {
                "type": "scatter",
                "name": plain(name),
                "meta": "slider",
                "x": days_of(rows["period"]),
                "y": values,
                "mode": "lines",
                "connectgaps": False,
                "line": {"color": colour, "width": width, "dash": DASHES[place % len(DASHES)]},
                "hovertemplate": plain(name) + " %{y:+.0f}<extra></extra>",
                **alone(values, colour),
            }
        )
        known = [value for value in values if value is not None]
        if known:
            ends.append((known[-1], name))
    layout = layout_of(HEIGHT)
    layout["margin"] |= {"r": 190}
    layout["yaxis"] |= {
        "range": [-104, 104],
        "tickvals": [-100, -50, 0, 50, 100],
        "ticktext": ["−100", "−50", "0", "+50", "+100"],
    }
    layout["shapes"] = [zero_line()]
    layout["annotations"] = names_at(ends)
    return {"data": traces, "layout": layout}


def names_at(ends: list[tuple[float, str]]) -> list[dict]:
    """Names beside the ends of their lines, moved apart where the ends are close."""
    placed: list[tuple[float, str, float]] = []
    for value, name in sorted(ends):
        least = placed[-1][0] + APART if placed else -100.0
        placed.append((max(value, least), name, value))
    return [
        {
            "name": "end name", "xref": "paper", "x": 1, "xanchor": "left", "xshift": 6, "y": y, "showarrow": False,
            "text": f"{plain(name)} {value:+.0f}".replace("-", "−"), "font": {"size": 13, "color": "$ink"},
        }
        for y, name, value in placed
    ]  # fmt: skip

"""The outcome under friction has an axis of its own below; months before are hollow in the curve."""

import pandas as pd

from bilateral.figures import outcomes

MONTHS = pd.DataFrame(
    {
        "month": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01"]),
        "friction": [0.0, 10.0, 20.0],
        "outcome_level": [20.5, 20.1, 19.9],
    }
)
MARKS = pd.DataFrame({"number": [1], "event_day": pd.to_datetime(["2025-02-01"])})


def test_two_panels_share_months_and_no_axis():
    figure = outcomes.under_friction(MONTHS, MARKS, ("Friction", "Peso"), ["a", "b", "c"])
    friction, outcome, points, marks = figure["data"]
    assert (friction["y"], outcome["y"]) == ([0.0, 10.0, 20.0], [20.5, 20.1, 19.9])
    assert outcome["yaxis"] == "y2"
    assert friction["x"] == outcome["x"] == points["x"]
    layout = figure["layout"]
    assert layout["yaxis"]["domain"][0] > layout["yaxis2"]["domain"][1]
    assert "overlaying" not in layout["yaxis2"]
    assert marks["text"] == ["1"]
    assert [note["text"] for note in layout["annotations"]] == ["Friction", "Peso"]


def test_a_placebo_is_hollow_and_has_a_band_of_its_own():
    curve = pd.DataFrame(
        {"horizon": [-1, 0, 1], "response_sd": [0.1, 0.2, 0.3], "low": [-1.0, -1.0, -1.0], "high": [1.0, 1.0, 1.0]}
    )
    before, after, points = outcomes.response(curve)["data"]
    assert (set(before["x"]), set(after["x"])) == ({-1}, {0, 1})
    assert points["marker"]["color"] == ["$card", "$ink", "$ink"]

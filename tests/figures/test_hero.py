"""The chart of the first page: areas by side, hatched where thin, names that do not cover each other, both scales."""

from datetime import date, timedelta

import pandas as pd
import pytest

from bilateral.figures import hero
from bilateral.figures.areas import areas
from bilateral.strings import texts


def test_an_area_changes_its_side_where_the_series_crosses_zero_and_keeps_gaps():
    days = ["2026-01-01", "2026-01-11", "2026-01-21", "2026-01-31", "2026-02-10"]
    drawn = {trace["name"]: trace for trace in areas(days, [10.0, -10.0, None, -5.0, -5.0], [True, True, True, True, False])}
    assert drawn["above"]["x"] == ["2026-01-01", "2026-01-01", "2026-01-06", "2026-01-06"]
    assert drawn["above"]["y"] == [0, 10.0, 0.0, 0]
    assert drawn["below"]["y"] == [0, 0.0, -10.0, 0]
    assert drawn["below thin"]["x"][0] == "2026-01-31"
    assert drawn["below thin"]["fillpattern"]["shape"] == "/"
    assert "fillpattern" not in drawn["below"]
    assert (drawn["above"]["fillcolor"], drawn["below"]["fillcolor"]) == ("$coopWords", "$fricWords")


def keys(*days: int) -> list[hero.Key]:
    return [hero.Key(f"event-{day}", date(2026, 1, 1) + timedelta(days=day), f"Name {day}", "Told") for day in days]


@pytest.mark.parametrize("days", [(50,), (10, 12, 14, 60, 90), (5, 25, 45, 65, 85, 95), (0, 100), tuple(range(0, 100, 3))])
def test_names_cover_neither_each_other_nor_the_lines_of_others(days):
    axis = ["2026-01-01", "2026-04-11"]
    found = hero.placed(keys(*days), axis)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert len(found) <= hero.MOST
    assert days[0] in {(one.key.day - date(2026, 1, 1)).days for one in found}  # that of most importance is never left out
    for one in found:
        assert one.span[0] >= -1e-9
        assert one.span[1] <= 1 + hero.WIDTH
        for other in found:
            if one is not other and one.lane == other.lane:
                assert one.span[1] <= other.span[0] or other.span[1] <= one.span[0]
            if one.lane < other.lane:
                assert not other.span[0] < one.x < other.span[1]


def test_a_series_of_one_day_or_none_has_no_names():
    assert hero.placed(keys(1), ["2026-01-02"]) == hero.placed(keys(1), []) == []


def test_its_own_scale_holds_the_band_in_steps_of_ten_and_the_full_one_stands_beside_it():
    rows = pd.DataFrame(
        {
            "day": pd.to_datetime(["2026-01-01", "2026-01-08", "2026-01-15"]),
            "balance": [-5.0, 4.0, 8.0],
            "balance_low": [-31.0, -20.0, -10.0],
            "balance_high": [20.0, 21.0, 22.0],
            "state": ["ok", "ok", "thin"],
            "is_covered": True,
            "is_partial": False,
            "n_events": [1, 1, 1],
        }
    )
    figure = hero.hero(rows, [], ["a", "b", "c"], "<b>+8</b>", texts("en"))
    own, full = figure["layout"]["meta"]["scales"]
    assert figure["layout"]["yaxis"]["range"] == own
    assert own[0] == pytest.approx(-41.6)
    assert full[0] == -104
    assert figure["layout"]["height"] >= 300
    assert [one["text"] for one in figure["layout"]["annotations"] if one.get("name") == "end"] == ["<b>+8</b>"]
    assert figure["data"][0]["name"] == "band"

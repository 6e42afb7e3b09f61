"""Several pairs on one chart: one in ink, the others told apart by their dashes and their names."""

import itertools

import pandas as pd

from bilateral.figures import overlay


def rows(*values: float | None) -> pd.DataFrame:
    return pd.DataFrame(
        {"period": pd.date_range("2026-01-05", periods=len(values), freq="7D"), "balance": pd.Series(values, dtype=float)}
    )


def test_the_first_pair_is_in_ink_and_no_two_of_the_others_look_alike():
    drawn = overlay.overlay({"A – B": rows(1, 2), "A – C": rows(3, 4), "A – D": rows(5, None)})["data"]
    assert [trace["line"]["color"] for trace in drawn] == ["$ink", "$other", "$other"]
    assert len({trace["line"]["dash"] for trace in drawn}) == 3
    assert drawn[2]["y"] == [5.0, None]


def test_names_at_the_ends_stand_apart_in_the_order_of_their_values():
    names = overlay.names_at([(10.0, "b"), (9.0, "a"), (-60.0, "c")])
    assert [name["text"] for name in names] == ["c −60", "a +9", "b +10"]
    heights = [name["y"] for name in names]
    assert all(high - low >= overlay.APART for low, high in itertools.pairwise(heights))


def test_a_pair_without_values_has_no_name():
    assert overlay.overlay({"A – B": rows(None, None)})["layout"]["annotations"] == []

"""The search for change points: right against a plain calculation, quiet on noise, the same each time."""

import numpy as np
import pytest

from dashboard import change_points


def rows(values, days=None) -> dict[str, np.ndarray]:
    """One series as the question gives it, a story a day."""
    size = len(values)
    names = {name: np.array([name] * size, dtype=object) for name in ("dataset", "dyad", "domain")}
    return names | {"value": np.array(values, dtype=float), "day_no": np.arange(size) if days is None else np.array(days)}


def cheapest(values: np.ndarray, price: float, least: int = change_points.MIN_SIZE) -> list[int]:
    """The best places by trying all of them: optimal partitioning, the plain way."""
    best: list[tuple[float, list[int]]] = [(-price, [])]
    for end in range(1, len(values) + 1):
        options = [
            (best[start][0] + price + len(values[start:end]) * np.var(values[start:end]), [*best[start][1], start])
            for start in range(end)
            if end - start >= least and (start == 0 or start >= least)
        ]
        best.append(min(options, default=(np.inf, []), key=lambda option: option[0]))
    return best[-1][1][1:]


@pytest.mark.parametrize("seed", range(12))
def test_the_search_finds_what_trying_every_place_finds(seed):
    random = np.random.default_rng(seed)
    level = np.repeat(random.choice([-0.6, 0.0, 0.7], size=4), random.integers(5, 25, size=4))
    values = np.where(random.random(len(level)) < (1 + level) / 2, 1.0, -1.0)
    if len(values) < 2 * change_points.MIN_SIZE or np.ptp(values) == 0:
        pytest.skip("all alike")
    assert change_points.found(values) == cheapest(values, change_points.penalty(values))


def test_one_clear_change_is_found_where_it_is_with_its_window():
    values = [1.0] * 28 + [-1.0, 1.0] + [-1.0] * 30
    ((*_, step, first, last, earliest, latest),) = change_points.breaks(rows(values))
    assert (step, first, last) == (30, 0, 59)
    assert (earliest, latest) == (27, 31)


def test_without_noise_the_window_is_the_place_and_its_neighbours():
    assert [found[-2:] for found in change_points.breaks(rows([1.0] * 30 + [-1.0] * 30))] == [(29, 31)]


def test_two_changes_have_the_neighbours_between_them():
    values = [1.0] * 30 + [-1.0] * 30 + [1.0] * 30
    found = change_points.breaks(rows(values))
    assert [(step, first, last) for *_, step, first, last, _, _ in found] == [(30, 0, 59), (60, 30, 89)]


def test_a_true_window_holds_the_true_place_as_often_as_promised():
    """600 series of signs whose level changes at story 101; pieces of the 95 % window that miss it are few."""
    random = np.random.default_rng(7)
    held = []
    for _ in range(600):
        values = np.where(random.random(200) < np.repeat([0.8, 0.3], 100), 1.0, -1.0)
        places = change_points.found(values)
        if len(places) == 1:
            earliest, latest = change_points.window(values, places[0])
            held.append(earliest <= 100 <= latest)
    print(f"\nwindow of a change point holds the true place in {np.mean(held):.1%} of {len(held)} series")
    assert len(held) > 500
    assert np.mean(held) >= 0.93


def test_trials_are_the_same_each_time_and_for_each_series_alone():
    random = np.random.default_rng(5)
    one, other = (random.choice([-1.0, 1.0], size=60) for _ in range(2))
    both = {name: np.concatenate([rows(one)[name], rows(other)[name]]) for name in rows(one)}
    both["dyad"] = np.array(["a"] * 60 + ["b"] * 60, dtype=object)
    first, second = change_points.trials(both)
    assert first[3:] == change_points.trials(rows(one))[0][3:]
    assert second[3:] == change_points.trials(rows(other))[0][3:]


def test_no_row_asks_nothing():
    assert change_points.breaks(rows([])) == change_points.trials(rows([])) == []


def test_in_noise_changes_are_rare():
    random = np.random.default_rng(11)
    alarms = [bool(change_points.found(random.choice([-1.0, 1.0], size=120))) for _ in range(500)]
    print(f"\nfalse alarms in 500 series of 120 coin tosses: {np.mean(alarms):.1%}")
    assert np.mean(alarms) <= 0.03

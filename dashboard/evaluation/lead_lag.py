"""How often the test of leads and lags finds a link where none is, and one that was planted. Every outcome here is made.

`python -m bilateral.evaluation.lead_lag` takes the friction of MEX-USA from a snapshot and prints both tables; beside them, how often a plain
correlation at any of 13 lags would have been called a link.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bilateral.ask.warehouse import Warehouse
from bilateral.compute.statistics import lead_lag
from bilateral.compute.statistics.lead_lag import Series
from bilateral.evaluation import comparison
from bilateral.exits import Exit, Stop
from bilateral.publish import snapshots

HALF_LIFE = 30
"""Days: the memory of a month."""
DRAWS = 1000
LINKS = (0.03, 0.06, 0.1, 0.15)
"""Shares of the outcome's variance that planted links explain."""
BURN = 200
SEED = 20250328


def white(n: int, draws: int, random: np.random.Generator) -> NDArray:
    return random.standard_normal((draws, n))


def remembering(memory: float) -> Callable[[int, int, np.random.Generator], NDArray]:
    """Outcomes of which each month keeps the share `memory` of the month before."""

    def made(n: int, draws: int, random: np.random.Generator) -> NDArray:
        values = random.standard_normal((draws, n + BURN))
        for month in range(1, n + BURN):
            values[:, month] += memory * values[:, month - 1]
        return values[:, BURN:]

    return made


def clustered(n: int, draws: int, random: np.random.Generator) -> NDArray:
    """Fat tails, and quiet and restless times, as exchange rates have them."""
    shocks = random.standard_t(4, (draws, n + BURN)) / np.sqrt(2)
    values, variance = np.zeros_like(shocks), np.ones(draws)
    for month in range(n + BURN):
        values[:, month] = np.sqrt(variance) * shocks[:, month]
        variance = 0.05 + 0.15 * values[:, month] ** 2 + 0.8 * variance
    return values[:, BURN:]


WORLDS = {
    "white": white,
    "autocorrelation 0.5": remembering(0.5),
    "autocorrelation 0.9": remembering(0.9),
    "fat tails, clustered": clustered,
}
"""Made outcomes that have nothing to do with the indicator."""


def series(indicator: NDArray) -> Series:
    """The settings of seeds/lead_lag.csv around an indicator."""
    months = np.datetime64("2016-11-01") + np.arange(len(indicator))
    return Series(indicator, np.zeros(len(indicator)), months, False, 3, 12, 60, 48)


def false_alarms(indicator: NDArray, draws: int = DRAWS) -> dict[str, tuple[float, float]]:
    """By world: share of outcomes with a link at 10 % by shifts, and by the plain correlation at any of 13 lags."""
    made = {name: world(len(indicator), draws, np.random.default_rng(SEED)) for name, world in WORLDS.items()}
    pair = series(indicator)
    return {
        name: (lead_lag.found_at(outcomes, indicator, pair), correlated(outcomes, indicator)) for name, outcomes in made.items()
    }


def alarms_of_surrogates(indicator: NDArray, draws: int = DRAWS) -> dict[str, float]:
    """The same by surrogates, which give a finer p where shifts are few."""
    pair, found = series(indicator), {}
    made = lead_lag.surrogates(indicator, pair.lags, lead_lag.SURROGATES, np.random.default_rng(SEED))
    for name, world in WORLDS.items():
        outcomes = world(len(indicator), draws, np.random.default_rng(SEED))
        gains = lead_lag.gained(outcomes, np.vstack([indicator, made]), pair.dummies, pair.lags)
        found[name] = float(np.mean(np.mean(gains >= gains[:, :1], axis=1) <= lead_lag.NOMINAL))
    return found


def correlated(outcomes: NDArray, indicator: NDArray, reach: int = 6) -> float:
    """Share of outcomes whose correlation with the indicator lies beyond ±1.645 / √n at any lag from -reach to reach."""
    n = len(indicator)
    one, other = (
        (values - values.mean(axis=-1, keepdims=True)) / values.std(axis=-1, keepdims=True) for values in (outcomes, indicator)
    )
    at_lags = [
        np.abs(one[:, max(lag, 0) : n + min(lag, 0)] @ other[max(-lag, 0) : n - max(lag, 0)]) / n
        for lag in range(-reach, reach + 1)
    ]
    return float(np.mean(np.max(at_lags, axis=0) > 1.645 / np.sqrt(n)))


def power(indicator: NDArray, draws: int = DRAWS) -> dict[float, float]:
    """By share of the variance that a planted link explains: how often it is found."""
    pair = series(indicator)
    noise = np.random.default_rng(SEED).standard_normal((draws, len(indicator)))
    return {link: lead_lag.found_at(lead_lag.planted(indicator, noise, link), indicator, pair) for link in LINKS}


def told(indicator: NDArray, draws: int) -> str:
    """Both tables as Markdown."""
    n, shifts = len(indicator), len(lead_lag.shifted(indicator, 12)) - 1
    lines = [f"{n} months, {shifts} shifts, {draws} made outcomes each, nominal 10 %", ""]
    lines += ["| made outcome | shifts | surrogates | any of 13 correlations |", "| --- | --- | --- | --- |"]
    finer = alarms_of_surrogates(indicator, draws)
    lines += [
        f"| {name} | {by_shifts:.2f} | {finer[name]:.2f} | {plain:.2f} |"
        for name, (by_shifts, plain) in false_alarms(indicator, draws).items()
    ]
    lines += ["", "| planted R² | found |", "| --- | --- |"]
    lines += [f"| {link:.2f} | {share:.2f} |" for link, share in power(indicator, draws).items()]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bilateral.evaluation.lead_lag", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(".data"), help="folder of data whose snapshot is asked")
    parser.add_argument("--draws", type=int, default=DRAWS, help="made outcomes of each sort")
    parser.add_argument("--months", type=int, help="take the first months alone, as of a shorter outcome")
    given = parser.parse_args()
    try:
        friction = comparison.monthly(Warehouse(given.data), "MEX-USA", "all", HALF_LIFE)["friction"].to_numpy(float)
    except (Stop, snapshots.NoSnapshot, KeyError) as stop:
        sys.stderr.write(f"{given.data} has no friction of MEX-USA: {stop}\n")
        return int(getattr(stop, "code", Exit.UNAVAILABLE))
    sys.stdout.write(told(np.log1p(friction[: given.months]), given.draws))
    return 0


if __name__ == "__main__":
    sys.exit(main())

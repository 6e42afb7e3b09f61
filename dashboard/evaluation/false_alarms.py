"""How often tension and change points ring where nothing happens, and how large a step is found. Every series here is made.

`python -m bilateral.evaluation.false_alarms` runs the simulations from a fixed seed, prints the worst of each indicator and writes
seeds/false_alarms.csv and seeds/power.csv, which are tables of every snapshot.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bilateral import package_data
from bilateral.compute.statistics import change_points
from bilateral.evaluation.worlds import write

SEED = 20250328
YEARS = 10
SCORES = (1.9, 3.4, 4.0, 5.0, 7.0, 8.0)
"""Sizes of scores, whichever the sign: common ones of goldstein-gdelt."""
WANDER = 1.5
"""Standard deviation of a level that wanders, in logits: two thirds of days between 18 % and 82 % cooperation."""
STRAY = 0.1
"""Share of the stories of one happening that say the opposite of it."""
LINE = 2.5
"""Tension up to here is what chance gives."""
WINDOWS, LEAST_WINDOWS, LEAST_INDEPENDENT, SHORTEST, KAPPA = 12, 8, 4.0, 28, 1.96**2
"""As queries/indicators/tension.sql has them; a test holds the two together."""


@dataclass(frozen=True)
class World:
    """Stories of a pair of countries among which nothing changes: they may come in bursts, and their level may wander and come back."""

    name: str
    size: int = 1
    """Stories of a happening, in the mean."""
    days: int = 1
    """Days on which they come."""
    memory: int = 0
    """Days after which the level has forgotten all but 1 / e of what it was; 0 for a level that stands still."""


WORLDS = (
    World("made: independent stories"),
    World("made: bursts of 3 in 3 days", 3, 3),
    World("made: bursts of 10 in a week", 10, 7),
    World("made: bursts of 4 in two weeks", 4, 14),
    World("made: level wanders, memory 20 days", memory=20),
    World("made: level wanders, memory 60 days", memory=60),
    World("made: level wanders, memory 120 days", memory=120),
)
DENSER = (1, 2, 7)
"""How much denser the list becomes after three fifths of the years; 7 is what the shipped record did."""
TENSION_RATES = {90: (20, 60, 180), 28: (60, 180, 1000)}
"""Length of a window, days, and stories a year."""
CHANGE_RATES = (6, 15, 40)
"""Stories a year: of 60, 150 and 400 in all."""
POWER_SIZES = (0, 50, 100, 150)
"""Size of a step half-way, points."""
DRAWS = {"tension": 40, "change points": 100}


@dataclass(frozen=True)
class Stories:
    """Stories of several draws of a world, in order of draw and day."""

    draw: NDArray
    day: NDArray
    is_friction: NDArray
    score: NDArray
    draws: int


# ------------------------------------------------------------------ worlds


def made(world: World, rate: float, draws: int, denser: float = 1, step: float = 0, years: int = YEARS) -> Stories:
    """So many draws of a world at a rate a year; `step` points lie between its first and its second half."""
    random = np.random.default_rng([SEED, world.size, world.days, world.memory, int(rate), int(denser), int(step)])
    n_days = 365 * years
    density = np.where(np.arange(n_days) < 0.6 * n_days, 1.0, denser)
    happenings = random.poisson(density * rate / 365 / world.size, (draws, n_days))
    draw, day = np.repeat(np.argwhere(happenings), happenings[happenings > 0], axis=0).T
    is_friction = random.random(len(day)) < friction(world, draws, n_days, step, random)[draw, day]
    if world.size > 1:
        told = 1 + random.poisson(world.size - 1, len(day))
        draw, day, is_friction = (np.repeat(column, told) for column in (draw, day, is_friction))
        day = np.minimum(day + random.integers(0, world.days, len(day)), n_days - 1)
        is_friction = is_friction ^ (random.random(len(day)) < STRAY)
    order = np.lexsort((day, draw))
    return Stories(draw[order], day[order], is_friction[order], random.choice(SCORES, len(day)), draws)


def friction(world: World, draws: int, n_days: int, step: float, random: np.random.Generator) -> NDArray:
    """Chance that a story is one of friction, of (draws, days)."""
    level = np.zeros((draws, n_days))
    if world.memory:
        kept = np.exp(-1 / world.memory)
        shocks = random.normal(scale=WANDER * np.sqrt(1 - kept**2), size=(draws, n_days))
        shocks[:, 0] = random.normal(scale=WANDER, size=draws)
        level = shocks
        for day in range(1, n_days):
            level[:, day] += kept * level[:, day - 1]
    shifted = np.where(np.arange(n_days) < n_days / 2, 1, -1) * step / 400
    return np.clip(1 / (1 + np.exp(-level)) + shifted, 0.01, 0.99)


def daily(stories: Stories, years: int = YEARS) -> tuple[NDArray, NDArray, NDArray]:
    """Sums of (draws, days): score points of friction, all score points, stories."""
    shape = stories.draws, 365 * years
    places = stories.draw * shape[1] + stories.day
    weights = (stories.score * stories.is_friction, stories.score, np.ones(len(places)))
    one, other, n = (np.bincount(places, weight, shape[0] * shape[1]).reshape(shape) for weight in weights)
    return one, other, n


# ------------------------------------------------------------------ tension


def tension(
    friction_points: NDArray, points: NDArray, stories: NDArray, length: int, squares_of_happenings: NDArray | None = None
) -> NDArray:
    """Tension of (series, days) out of daily sums, as queries/indicators/tension.sql computes it; NaN where it gives none.

    Without the squares of the weights of happenings each story counts by itself, as in the made worlds.
    """
    squared = stories if squares_of_happenings is None else squares_of_happenings
    told, all_points, n, n_n = (_windows(sums, length) for sums in (friction_points, points, stories, squared))
    with np.errstate(all="ignore"):
        share = np.where(all_points > 1e-6, told / all_points, np.nan)
        n = np.where(np.isfinite(share), n**2 / n_n, np.nan)
        sizes, shares = (_earlier(values, length) for values in (n, share))
        total, squares = np.nansum(sizes, axis=0), np.nansum(sizes**2, axis=0)
        normal = np.nansum(sizes * shares, axis=0) / total
        windows, typical = total**2 / squares, total / np.isfinite(sizes).sum(axis=0)
        variance = np.nansum(sizes * (shares - normal) ** 2, axis=0) / total * windows / (windows - 1)
        leaning = (normal * total + KAPPA / 2) / (total + KAPPA)
        of_one = leaning * (1 - leaning)
        spread = np.maximum(variance, of_one / typical) + np.maximum(of_one / n - of_one / typical, 0)
        found = (share - normal) / np.sqrt(spread * (1 + 1 / windows))
    is_enough = (windows >= LEAST_INDEPENDENT) & (np.arange(share.shape[1]) >= (LEAST_WINDOWS + 1) * length - 1)
    return np.where(is_enough, found, np.nan)


def _windows(sums: NDArray, length: int) -> NDArray:
    """Sums over the days of a window that ends on each day; NaN before the first whole one."""
    found = np.cumsum(sums, axis=1)
    found[:, length:] -= found[:, :-length].copy()
    found[:, : length - 1] = np.nan
    return found


def _earlier(values: NDArray, length: int) -> NDArray:
    """(windows before, series, days): the values of the windows before, which do not overlap."""
    n_days = values.shape[1]
    pads = [np.full((values.shape[0], min(back * length, n_days)), np.nan) for back in range(1, WINDOWS + 1)]
    return np.stack([np.hstack([pad, values[:, : n_days - pad.shape[1]]]) for pad in pads])


# ------------------------------------------------------------------ tables


def false_alarms(draws: dict[str, int], worlds: Iterable[World] = WORLDS, denser: Iterable[int] = DENSER) -> list[dict]:
    """One row for each indicator, world, rate and density: days or series that were judged, and how many of them rang."""
    rows = []
    for world, times in product(worlds, denser):
        for length, rates in TENSION_RATES.items():
            for rate in rates:
                values = tension(*daily(made(world, rate, draws["tension"], times)), length)
                judged = values[np.isfinite(values)]
                rows.append(_row("tension", world, length, rate, times, len(judged), int((judged > LINE).sum())))
        for rate in CHANGE_RATES:
            rung = [bool(found) for found, _ in searched(made(world, rate, draws["change points"], times))]
            rows.append(_row("change points", world, None, rate, times, len(rung), sum(rung)))
    return sorted(rows, key=lambda row: row["indicator"])


def searched(stories: Stories) -> list[tuple[list[tuple[int, ...]], NDArray]]:
    """Changes found in each draw that is long enough, and the days of its stories."""
    values = np.where(stories.is_friction, -1.0, 1.0)
    edges = np.searchsorted(stories.draw, np.arange(stories.draws + 1))
    series = [(values[first:last], stories.day[first:last]) for first, last in pairwise(edges)]
    return [(list(change_points.changes(one, days)), days) for one, days in series if len(one) >= 40 and np.ptp(one) > 0]


def _row(indicator: str, world: World, length: int | None, rate: float, denser: float, judged: int, rung: int) -> dict:
    return {
        "indicator": indicator,
        "world": world.name,
        "window_days": "" if length is None else length,
        "stories_a_year": rate,
        "denser": denser,
        "n_judged": judged,
        "n_alarms": rung,
    }


def power(draws: int, worlds: Iterable[World] = (WORLDS[0], WORLDS[5]), rates: Iterable[int] = CHANGE_RATES) -> list[dict]:
    """One row for each world, number of stories and size of a step half-way: how often it is found, and its window holds the day."""
    rows = []
    for world, rate, size in product(worlds, rates, POWER_SIZES):
        found = searched(made(world, rate, draws, step=size))
        half = 365 * YEARS / 2
        placed = [any(days[first] <= half <= days[last] for *_, first, last in changes) for changes, days in found]
        counted = {"n_draws": len(found), "n_found": sum(bool(changes) for changes, _ in found), "n_placed": sum(placed)}
        rows.append({"world": world.name, "n_stories": rate * YEARS, "size": size} | counted)
    return rows


def worst(rows: list[dict], indicator: str) -> dict:
    """The cell in which an indicator rings most."""
    return max((row for row in rows if row["indicator"] == indicator), key=lambda row: row["n_alarms"] / max(row["n_judged"], 1))


def summary(rows: list[dict]) -> str:
    """A line for each indicator: false alarms in the mean of its cells and in the worst."""
    said = ""
    for name in dict.fromkeys(row["indicator"] for row in rows):
        cells, most = [row for row in rows if row["indicator"] == name], worst(rows, name)
        mean = np.mean([row["n_alarms"] / max(row["n_judged"], 1) for row in cells])
        said += (
            f"{name}: {mean:.1%} in the mean of {len(cells)} cells, {most['n_alarms'] / max(most['n_judged'], 1):.1%} in the worst "
            f"({most['world']}, {most['stories_a_year']} stories a year, {most['denser']} times denser)\n"
        )
    return said


def main() -> int:
    folder = Path(sys.argv[1]) if sys.argv[1:] else package_data.folder("seeds")
    rows = false_alarms(DRAWS)
    write(folder / "false_alarms.csv", rows)
    write(folder / "power.csv", power(DRAWS["change points"]))
    sys.stdout.write(summary(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Is a 95 % band right 95 times of 100, and how large a change can be seen? Simulated with real stories.

`python -m dashboard.calibration` simulates both anew and writes seeds/band_coverage.csv and seeds/power.csv, which are tables of every
snapshot. Stories are drawn with replacement from seeds/story_sample.csv: stories that GDELT published, as weights and scores alone.
"""

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dashboard import change_points, resources

RATES = (0.5, 1, 2, 5, 10, 30)
"""Stories a day."""
HALF_LIVES = (7, 30, 90, 365)
DRAWS = 600
"""Histories for each cell: a coverage of 95 % is then known to 0.9 points."""
KEPT_HALF_LIVES = 8
"""Older stories weigh under 1/256 and are left out of a simulated history."""
STORIES = (40, 60, 100, 200, 400)
"""Stories of a series in which a change is looked for, half of them before it."""
SIZES = (0, 25, 50, 75, 100, 125, 150)
"""Size of the change, points; 0 gives the false alarms."""
POWER_DRAWS = 400
SEED = 20250328


def sample() -> NDArray:
    """(stories, 3): s, n and g of every story of seeds/story_sample.csv."""
    rows = [[float(row[name]) for name in ("s", "n", "g", "n_stories")] for row in seed("story_sample.csv")]
    table = np.array(rows)
    return np.repeat(table[:, :3], table[:, 3].astype(int), axis=0)


def method_constants() -> dict[str, float]:
    """The constants of seeds/method.csv, by name."""
    return {row["name"]: float(row["value"]) for row in seed("method.csv")}


def seed(name: str) -> list[dict[str, str]]:
    with (resources.folder("seeds") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ------------------------------------------------------------------ bands


def evidence(decay: NDArray, stories: NDArray, constants: Mapping[str, float]) -> float:
    n = stories[:, 1]
    return constants["evidence_factor"] * float((decay @ n) ** 2 / (decay @ n**2)) if len(stories) else 0.0


def band(decay: NDArray, stories: NDArray, which: str, constants: Mapping[str, float]) -> tuple[float, float, float]:
    """Value and ends of the band of `balance` or `intensity`, as queries/indicators/ has them; a test holds the two together."""
    s, n, g = stories.T
    x, spread, unit = (s, 1.0, 100.0) if which == "balance" else (g, 100.0, 1.0)
    kappa = constants["z"] ** 2
    level = decay @ x / (decay @ n + kappa)
    variance = (decay @ (x - level * n) ** 2 + spread * kappa) / (decay @ n**2 + kappa)
    half = constants["z"] * np.sqrt(variance / (evidence(decay, stories, constants) + kappa))
    most = 100.0 if which == "balance" else 10.0
    return unit * level, max(unit * (level - half), -most), min(unit * (level + half), most)


def histories(
    stories: NDArray, rate: float, half_life: int, draws: int, random: np.random.Generator
) -> Iterator[tuple[NDArray, NDArray]]:
    """Histories without a change: stories come at a rate on the days of the last eight half-lives. Gives decay and stories."""
    days = KEPT_HALF_LIVES * half_life
    for size in random.poisson(rate * days, draws):
        yield 2.0 ** (-random.integers(0, days, size) / half_life), stories[random.integers(0, len(stories), size)]


def band_coverage(
    stories: NDArray, rates: Iterable[float] = RATES, half_lives: Iterable[int] = HALF_LIVES, draws: int = DRAWS
) -> list[dict]:
    """One row for each indicator, rate, half-life and state: draws, and how many bands hold the value of all stories together."""
    constants = method_constants()
    s, n, g = stories.sum(axis=0)
    truths = {"balance": 100 * s / n, "intensity": g / n}
    counts: dict[tuple, list] = {}
    for rate, half_life in product(rates, half_lives):
        for decay, drawn in histories(stories, rate, half_life, draws, np.random.default_rng([SEED, half_life, int(10 * rate)])):
            state = state_of(evidence(decay, drawn, constants), constants)
            for which, truth in truths.items() if state != "too few" else ():
                _, low, high = band(decay, drawn, which, constants)
                counts.setdefault((which, rate, half_life, state), []).append((low <= truth <= high, (high - low) / 2))
    return [coverage_row(key, found) for key, found in sorted(counts.items())]


def state_of(stories: float, constants: Mapping[str, float]) -> str:
    if stories < constants["few_below"]:
        return "too few"
    return "thin" if stories < constants["thin_below"] else "ok"


def coverage_row(key: tuple, found: list[tuple[bool, float]]) -> dict:
    held, half_widths = np.array(found).T
    names = ("indicator", "stories_a_day", "half_life_days", "state")
    counted = {"n_draws": len(held), "n_held": int(held.sum()), "half_width": round(float(half_widths.mean()), 3)}
    return dict(zip(names, key, strict=True)) | counted


def pooled(rows: list[dict], state: str) -> float:
    chosen = [row for row in rows if row["state"] == state]
    return sum(row["n_held"] for row in chosen) / sum(row["n_draws"] for row in chosen)


def worst(rows: list[dict], state: str, draws: int = DRAWS) -> float:
    """Lowest coverage of a cell in which half of the draws or more have the state."""
    return min(row["n_held"] / row["n_draws"] for row in rows if row["state"] == state and 2 * row["n_draws"] >= draws)


# ------------------------------------------------------------------ power


def power(lengths: Iterable[int] = STORIES, sizes: Iterable[int] = SIZES, draws: int = POWER_DRAWS) -> list[dict]:
    """One row for each length and size of a change half-way: how often a change is found, and how often its window holds the place.

    A story is all cooperation or all friction, as nearly all are; levels lie symmetrically about 0, where they vary most.
    """
    rows = []
    for length, size in product(lengths, sizes):
        random = np.random.default_rng([SEED, length, size])
        level = np.repeat([-size / 200, size / 200], [length // 2, length - length // 2])
        series = np.where(random.random((draws, length)) < (1 + level) / 2, 1.0, -1.0)
        found = [list(change_points.changes(values)) for values in series]
        placed = [any(first <= length // 2 <= last for *_, first, last in changes) for changes in found]
        counted = {"n_draws": draws, "n_found": sum(map(bool, found)), "n_placed": sum(placed)}
        rows.append({"n_stories": length, "size": size} | counted)
    return rows


def write(path: Path, rows: list[dict]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> int:
    folder = Path(sys.argv[1]) if sys.argv[1:] else resources.folder("seeds")
    coverage = band_coverage(sample())
    write(folder / "band_coverage.csv", coverage)
    write(folder / "power.csv", power())
    sys.stdout.write(summary(coverage))
    return 0


def summary(coverage: list[dict]) -> str:
    """One line for each state: how many bands hold the value, pooled and in the worst cell."""
    lines = [
        f"state {state}: bands hold the value in {pooled(coverage, state):.1%} of draws, in {worst(coverage, state):.1%} in the worst cell\n"
        for state in ("ok", "thin")
    ]
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(main())

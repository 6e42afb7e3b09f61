"""How much skill of forecasts can be told from none in how many years, by simulation: `python -m bilateral.evaluation.forecast_skill`.

Made worlds: 20 directions with chances of their own, 13 windows a year that do not overlap, and a shock that all directions of a window
share. The forecast knows the chance of each direction; the plain past rate is off by noise. Skill and band are those of
queries/main/forecast_track.sql, with each window of 28 days as one case.
"""

from dataclasses import dataclass

import numpy as np

DIRECTIONS, WINDOWS = 20, 13
SHOCK = 0.5
"""Standard deviation of what a window's directions share, in log odds."""
Z = 1.96


@dataclass(frozen=True)
class Power:
    """In worlds of one skill: the mean skill, and how often its whole interval was above 0, or below it."""

    noise: float
    years: int
    skill: float
    found: float
    harmful: float


def power(noise: float, years: int, worlds: int = 400, seed: int = 20250328) -> Power:
    """Skill and how often it is told; `noise` is the error of the plain past rate, in log odds."""
    random = np.random.default_rng(seed)
    bands = np.array([_band(random, noise, years) for _ in range(worlds)])
    skills, lows, highs = bands.T
    return Power(noise, years, float(skills.mean()), float((lows > 0).mean()), float((highs < 0).mean()))


def _band(random: np.random.Generator, noise: float, years: int) -> tuple[float, float, float]:
    """Skill of one world with its 95 % interval."""
    level = random.normal(-2.5, 1.2, DIRECTIONS)
    shock = random.normal(0, SHOCK, (years * WINDOWS, 1))
    came = random.random((years * WINDOWS, DIRECTIONS)) < _chance(level + shock)
    plain = level + random.normal(0, noise, DIRECTIONS)
    ours, base = ((_chance(given) - came) ** 2 for given in (level, plain))
    ratio = ours.sum() / base.sum()
    errors = (ours - ratio * base).sum(axis=1)
    n = len(errors)
    t = Z + (Z**3 + Z) / (4 * (n - 1))
    error = np.sqrt((errors**2).sum() * n / (n - 1)) / base.sum()
    return 1 - ratio, 1 - ratio - t * error, 1 - ratio + t * error


def _chance(log_odds: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-log_odds))


def main() -> None:
    """Print one line for each size of error and number of years."""
    for noise in (0.0001, 0.4, 0.6, 0.9):
        for years in (1, 2, 3, 5):
            made = power(noise, years)
            print(
                f"skill {100 * made.skill:5.1f} %, {years} years: told better in {100 * made.found:3.0f} %, worse in {100 * made.harmful:3.0f} % of worlds"
            )


if __name__ == "__main__":
    main()

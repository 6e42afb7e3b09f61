"""Is a 95 % band right 95 times of 100? Simulated in worlds whose truth is known.

`python -m bilateral.evaluation.calibration` runs the simulation and writes seeds/band_coverage.csv, which is a table of every snapshot. The worlds
are lines of seeds/calibration/worlds.csv. What their stories say is drawn from seeds/story_sample.csv: stories that GDELT published, as
weights and scores alone.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bilateral import package_data
from bilateral.evaluation.worlds import (
    FRAME,
    PARTS,
    SEED,
    History,
    World,
    histories,
    means,
    method_constants,
    sample,
    truth,
    worlds,
    write,
)

HALF_LIVES = (7, 30, 90)
LEVELS = (0.0, 0.4, 0.8)
"""Share of cooperative less share of frictional happenings."""
DRAWS = 200
"""Histories for each rate and level of a world."""
LEAST = 300
"""Draws of a state, below: a cell says nothing."""
KEPT_HALF_LIVES = 8
"""Older stories weigh under 1/256 and are left out of a simulated history."""
INDICATORS = {
    "balance": "balance",
    "intensity": "intensity",
    "words": "words",
    "deeds": "deeds",
    "direction": "balance of one direction",
    "momentum": "momentum",
    "asymmetry": "asymmetry",
    "change": "change in four weeks",
}
"""What is tried, in words. Momentum has no memory and is tried once."""


# ------------------------------------------------------------------ bands


@dataclass(frozen=True)
class Value:
    """A balance or intensity, or the difference of two; its variance without the ends of the range, evidence and weight."""

    level: float
    variance: float
    evidence: float
    weight: float

    def band(self, most: float, constants: Mapping[str, float]) -> tuple[float, float, float]:
        half = constants["z"] * np.sqrt(self.variance)
        return self.level, max(self.level - half, -most), min(self.level + half, most)


def value(decay: NDArray, stories: NDArray, happening: NDArray, which: str, constants: Mapping[str, float]) -> Value:
    """Balance, intensity, words or deeds as queries/indicators/ has them; a test holds the two together."""
    (said, weighed), (unit, widest) = PARTS[which], (1.0, 10.0) if which == "intensity" else (100.0, 1.0)
    kappa = constants["z"] ** 2
    weights = np.bincount(happening, decay * (stories @ weighed))
    sums = np.bincount(happening, decay * (stories @ said))
    weight, square = weights.sum(), (weights**2).sum()
    if not weight:
        return Value(0.0, 0.0, 0.0, 0.0)
    evidence, mean = weight**2 / square, sums.sum() / weight
    distance = ((sums - weights * mean) ** 2).sum() / square
    chance = distance * (evidence + 2 * np.sqrt(evidence)) / (evidence + kappa) ** 2
    leaning, faded = mean * kappa / (evidence + kappa), widest * (kappa / (weight + kappa)) ** 2
    return Value(unit * sums.sum() / (weight + kappa), unit**2 * (chance + leaning**2 + faded**2 / kappa), evidence, weight)


def difference(one: Value, other: Value, shared: float = 0.0) -> Value:
    """One value less another; `shared` is the share of the first that is made of the same acts as the other."""
    own = max(one.variance - shared**2 * other.variance, 0.0)
    variance = own + (1 - shared) ** 2 * other.variance
    return Value(one.level - other.level, variance, min(one.evidence, other.evidence), min(one.weight, other.weight))


def state_of(evidence: float, weight: float, constants: Mapping[str, float]) -> str:
    if evidence < constants["few_below"] or weight < constants["weight_below"]:
        return "too few"
    return "thin" if evidence < constants["thin_below"] or weight < constants["z"] ** 2 else "ok"


# ------------------------------------------------------------------ coverage


def band_coverage(chosen: Iterable[World], half_lives: Iterable[int] = HALF_LIVES, draws: int = DRAWS) -> list[dict]:
    """One row for each world, memory, indicator and state: draws, and how many bands hold what is true."""
    stories, constants = sample(), method_constants()
    of_signs = means(stories)
    cells: dict[tuple, list] = defaultdict(list)
    for world, half_life in product(chosen, half_lives):
        for rate, level in product(world.rates, LEVELS if world.is_constant else LEVELS[:1]):
            random = np.random.default_rng(
                [SEED, half_life, int(10 * rate), int(10 * level), len(world.name), int(world.size * 10)]
            )
            drawn = histories(world, stories, rate, level, KEPT_HALF_LIVES * half_life + FRAME, random)
            for _ in range(draws if world.is_constant else 3 * draws):
                for indicator, state, held in judged(next(drawn), half_life, of_signs, constants):
                    cells[world.name, half_life, indicator, state].append(held)
    return [coverage_row(key, found) for key, found in sorted(cells.items())]


Judged = tuple[str, str, tuple[bool, bool, float]]
"""Indicator, state, and whether the band holds the level over the memory, that of today, and its half-width."""


def judged(one: History, half_life: int, of_signs: NDArray, constants: Mapping[str, float]) -> Iterator[Judged]:
    """Every value of one history with its band against what is true; those too few to be shown are left out."""
    levels, ages = one.levels[::-1], np.arange(len(one.levels))
    now = 2.0 ** (-ages / half_life)

    def seen(which: str, weights: NDArray, doer: int | None = None) -> tuple[Value, float]:
        """The value of acts that weigh so much by age, and what it would be without chance."""
        decay = weights[one.age] if doer is None else weights[one.age] * (one.doer == doer)
        found = value(decay, one.stories, one.happening, which, constants)
        return found, truth(of_signs, levels @ weights / weights.sum(), which)

    def told(indicator: str, found: Value, true: float, today: float, most: float) -> Iterator[Judged]:
        state = state_of(found.evidence, found.weight, constants)
        if state != "too few":
            _, low, high = found.band(most, constants)
            yield indicator, state, (low <= true <= high, low <= today <= high, (high - low) / 2)

    for indicator, which, doer in [*((which, which, None) for which in PARTS), ("direction", "balance", 0)]:
        found, true = seen(which, now, doer)
        yield from told(indicator, found, true, truth(of_signs, levels[0], which), 10 if which == "intensity" else 100)
    (after, later), (before, earlier) = seen("balance", now), seen("balance", np.where(ages >= FRAME, now / now[FRAME], 0))
    shared = now[FRAME] * before.weight / after.weight if after.weight else 0.0
    pairs = [("change", difference(after, before, shared), later - earlier)]
    (ours, _), (theirs, _) = seen("balance", now, 0), seen("balance", now, 1)
    pairs.append(("asymmetry", difference(ours, theirs), 0.0))
    if half_life == 30:
        (after, later), (before, earlier) = (seen("balance", 1.0 * (ages // FRAME == window)) for window in (0, 1))
        pairs.append(("momentum", difference(after, before), later - earlier))
    for indicator, found, true in pairs:
        yield from told(indicator, found, true, true, 200)


def coverage_row(key: tuple, found: list[tuple[bool, bool, float]]) -> dict:
    held, today, half_widths = np.array(found).T
    names = ("world", "half_life_days", "indicator", "state")
    counted = {"n_draws": len(held), "n_held": int(held.sum()), "n_held_today": int(today.sum())}
    return dict(zip(names, key, strict=True)) | counted | {"half_width": round(float(half_widths.mean()), 3)}


def cells(rows: list[dict], state: str, indicator: str, is_constant: bool = True, least: int = LEAST) -> list[dict]:
    """Rows of an indicator in a state with draws enough to speak of, of worlds whose level stands still or wanders."""
    constant = {world.name for world in worlds() if world.is_constant}
    return [
        row
        for row in rows
        if (row["state"], row["indicator"]) == (state, indicator)
        and row["n_draws"] >= least
        and (row["world"] in constant) == is_constant
    ]


def coverage(rows: Iterable[Mapping]) -> float:
    rows = list(rows)
    return sum(row["n_held"] for row in rows) / sum(row["n_draws"] for row in rows)


def main() -> int:
    folder = Path(sys.argv[1]) if sys.argv[1:] else package_data.folder("seeds")
    rows = band_coverage(worlds())
    write(folder / "band_coverage.csv", rows)
    sys.stdout.write(summary(rows))
    return 0


# ------------------------------------------------------------------ as text


def summary(rows: list[dict]) -> str:
    """How many bands hold what is true: of balances by world and memory, of the others by world, and the worst cells of each."""
    return "\n".join([of_balances(rows), "", of_others(rows), "", of_ends(rows), ""])


def of_balances(rows: list[dict]) -> str:
    lines = ["| world | 7 days | 30 days | 90 days |", "|---|---|---|---|"]
    lines += [f"| {world.what} | {' | '.join(shares(world, rows, 'balance'))} |" for world in worlds()]
    return "\n".join(lines)


def of_others(rows: list[dict]) -> str:
    """The three memories of a world in one cell; momentum has none."""
    others = [name for name in INDICATORS if name != "balance"]
    lines = [f"| world | {' | '.join(INDICATORS[name] for name in others)} |", "|---" * (len(others) + 1) + "|"]
    for world in worlds():
        told = [
            shares(world, rows, name)[1] if name == "momentum" else " / ".join(shares(world, rows, name)).replace(" % /", " /")
            for name in others
        ]
        lines.append(f"| {world.name} | {' | '.join(told)} |")
    return "\n".join(lines)


def of_ends(rows: list[dict]) -> str:
    """The lowest and the highest cell of each in worlds whose level stands still, and all of its draws."""
    lines = [
        "| bands of | state ok, all draws | lowest cell | highest cell | state thin, all draws | lowest cell |",
        "|---" * 6 + "|",
    ]
    for indicator, what in INDICATORS.items():
        told = []
        for state in ("ok", "thin"):
            found = sorted(cells(rows, state, indicator), key=lambda row: row["n_held"] / row["n_draws"])
            ends = found[:1] + found[-1:] if state == "ok" else found[:1]
            told += [percent(coverage(found)), *map(cell, ends)] if found else ["–"] * (3 if state == "ok" else 2)
        lines.append(f"| {what} | {' | '.join(told)} |")
    return "\n".join(lines)


def cell(row: Mapping) -> str:
    memory = "" if row["indicator"] == "momentum" else f", {row['half_life_days']:.0f} days"
    return f"{percent(coverage([row]))} ± {100 * chance(row):.1f} ({row['world']}{memory})"


def chance(row: Mapping) -> float:
    """How far chance alone moves the share of a cell: twice its standard error where 95 % is right."""
    return float(2 * np.sqrt(0.05 * 0.95 / row["n_draws"]))


def shares(world: World, rows: list[dict], indicator: str) -> list[str]:
    """Coverage by memory in state ok; of a balance whose level wanders also that of its last day."""
    told = []
    for half_life in HALF_LIVES:
        key = (world.name, half_life)
        found = [row for row in cells(rows, "ok", indicator, world.is_constant) if (row["world"], row["half_life_days"]) == key]
        today = indicator == "balance" and not world.is_constant and found
        told.append(percent(coverage(found)) if found else "–")
        if today:
            told[-1] += f", today's {percent(found[0]['n_held_today'] / found[0]['n_draws'])}"
    return told


def percent(share: float) -> str:
    return f"{share:.1%}".replace("%", " %")


if __name__ == "__main__":
    sys.exit(main())

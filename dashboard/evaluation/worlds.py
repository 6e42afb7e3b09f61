"""Simulated worlds in which the true level is known: lines of seeds/calibration/worlds.csv, and histories drawn from them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bilateral import package_data

SUBJECTS = (0.32, 0.22, 0.14, 0.10, 0.08, 0.06, 0.04, 0.04)
"""How happenings fall on subjects, about as in the chronology."""
PARTS = {
    "balance": ((1, 0, 0, 0, 0), (0, 1, 0, 0, 0)),
    "intensity": ((0, 0, 1, 0, 0), (0, 1, 0, 0, 0)),
    "words": ((0, 0, 0, 1, 0), (0, 0, 0, 0, 1)),
    "deeds": ((1, 0, 0, -1, 0), (0, 1, 0, 0, -1)),
}
"""What an indicator sums and weighs, by the columns of the sample."""
MOST = 200
"""Stories of a happening at most."""
FRAME = 28
"""Days: a happening of machine-coded data lies within fixed four weeks."""
TOGETHER = 0.3
"""Share of acts that both did together; the others of a happening are as often of the one as of the other, as in the chronology."""
SEED = 20250328


@dataclass(frozen=True)
class World:
    """How happenings come: one line of seeds/calibration/worlds.csv."""

    name: str
    rule: str
    rates: tuple[float, ...]
    size: float
    days: int
    tail: float
    noise: float
    memory: float
    what: str

    @property
    def is_constant(self) -> bool:
        return self.memory == 0


@dataclass(frozen=True)
class History:
    """Stories up to today: age in days, columns of the sample, number of the happening that the rule puts them in, 0 or 1 for who
    did it and 2 for both together; and the true level of each day."""

    age: NDArray
    stories: NDArray
    happening: NDArray
    doer: NDArray
    levels: NDArray


def worlds() -> list[World]:
    return [
        World(
            row["world"],
            row["rule"],
            tuple(map(float, row["stories_a_day"].split())),
            float(row["stories_a_happening"] or 0),
            int(row["days"]),
            float(row["tail"] or 0),
            float(row["noise"]),
            float(row["memory_days"] or 0),
            row["what"],
        )
        for row in seed("calibration/worlds.csv")
    ]


def sample() -> NDArray:
    """(stories, 5): s, n, g, and s and n of words alone, of every story of seeds/story_sample.csv."""
    rows = [[float(cell) for cell in row.values()] for row in seed("story_sample.csv")]
    table = np.array(rows)
    return np.repeat(table[:, :-1], table[:, -1].astype(int), axis=0)


def method_constants() -> dict[str, float]:
    """The constants of seeds/method.csv, by name."""
    return {row["name"]: float(row["value"]) for row in seed("method.csv")}


def seed(name: str) -> list[dict[str, str]]:
    with (package_data.folder("seeds") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict]) -> None:
    """A table of simulated numbers, as it lies in seeds/."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def histories(
    world: World, stories: NDArray, rate: float, level: float, days: int, random: np.random.Generator
) -> Iterator[History]:
    """Histories of so many days, up to today."""
    signed = {1: stories[stories[:, 0] > 0], -1: stories[stories[:, 0] <= 0]}
    while True:
        yield history(world, signed, stories[:, 1], rate, level, days, random)


def history(
    world: World, signed: dict[int, NDArray], weights: NDArray, rate: float, level: float, days: int, random: np.random.Generator
) -> History:
    """A happening draws one real story of its sign; its stories repeat what that says, with weights of their own."""
    n = random.poisson(rate * (days + world.days) / (mean_size(world.tail) if world.tail else world.size))
    sizes = pareto(n, world.tail, random) if world.tail else 1 + random.poisson(world.size - 1, n)
    of = np.repeat(np.arange(n), sizes)
    day = np.floor((random.random(n) * (days + world.days) - world.days)[of] + random.random(len(of)) * world.days).astype(int)
    levels = wandering(level, world.memory, days, random) if world.memory else np.full(days, level)
    begun = np.clip(np.floor(day[np.searchsorted(of, np.arange(n))]) if len(of) else np.zeros(0), 0, days - 1).astype(int)
    told = says(signed, levels[begun], random)[of]
    own = random.random(len(of)) < world.noise
    told[own] = says(signed, np.full(own.sum(), level), random)
    weight = np.ones(len(of)) if world.rule == "curated" else random.choice(weights, len(of))
    subject = random.choice(len(SUBJECTS), n, p=SUBJECTS)[of]
    kept = (day >= 0) & (day < days)
    label = near(day[kept], subject[kept]) if world.rule == "curated" else numbered(of[kept] * days + day[kept] // FRAME)
    doer = np.where(random.random(len(of)) < TOGETHER, 2, random.integers(0, 2, len(of)))
    return History(days - 1 - day[kept], (told * weight[:, None])[kept], label, doer[kept], levels)


@cache
def mean_size(tail: float) -> float:
    return float(pareto(20_000, tail, np.random.default_rng(SEED)).mean())


def pareto(n: int, tail: float, random: np.random.Generator) -> NDArray:
    return np.minimum(np.floor((1 - random.random(n)) ** (-1 / tail)), MOST).astype(int)


def wandering(level: float, memory: float, days: int, random: np.random.Generator) -> NDArray:
    """A level for each day, drawn back to the given one; it strays by 0.3."""
    kept = np.exp(-1 / memory)
    steps = random.normal(0, 0.3 * np.sqrt(1 - kept**2), days)
    found = np.empty(days)
    away = random.normal(0, 0.3)
    for day, step in enumerate(steps):
        away = kept * away + step
        found[day] = np.clip(level + away, -1, 1)
    return found


def says(signed: dict[int, NDArray], levels: NDArray, random: np.random.Generator) -> NDArray:
    """Real stories, each scaled to weigh 1, cooperative ones as often as the level says."""
    is_cooperation = random.random(len(levels)) < (1 + levels) / 2
    found = np.empty((len(levels), signed[1].shape[1]))
    for sign, chosen in ((1, is_cooperation), (-1, ~is_cooperation)):
        drawn = signed[sign][random.integers(0, len(signed[sign]), chosen.sum())]
        found[chosen] = drawn / drawn[:, [1]]
    return found


def numbered(labels: NDArray) -> NDArray:
    return np.unique(labels, return_inverse=True)[1]


def near(day: NDArray, subject: NDArray, gap: int = 14, longest: int = 28) -> NDArray:
    """The happening of acts of hand-made lists: near to the act of the same subject before, and within four weeks of the first."""
    label = np.empty(len(day), dtype=np.int64)
    last: dict[int, int] = {}
    start: dict[int, int] = {}
    for place in np.argsort(day, kind="stable"):
        key, today = int(subject[place]), int(day[place])
        if key not in last or today - last[key] > gap:
            start[key] = today
        last[key] = today
        label[place] = (start[key] * 1000 + (today - start[key]) // longest) * 10 + key
    return numbered(label)


def means(stories: NDArray) -> NDArray:
    """(2, 5): what cooperative and what frictional stories say in the mean, each scaled to weigh 1."""
    scaled = stories / stories[:, [1]]
    return np.stack([scaled[stories[:, 0] > 0].mean(axis=0), scaled[stories[:, 0] <= 0].mean(axis=0)])


def truth(of_signs: NDArray, level: float, which: str) -> float:
    """What stories say in the mean where so many are cooperative, in the indicator's unit."""
    mean = (1 + level) / 2 * of_signs[0] + (1 - level) / 2 * of_signs[1]
    said, weighed = PARTS[which]
    return float((1.0 if which == "intensity" else 100.0) * (mean @ said) / (mean @ weighed))

"""Change points of a series of story values: whether its level changes, when, and how certain the date is.

A level that wanders, and stories of one happening, look like steps to a search that takes stories for independent. So a series is first
tested against its own memory: its half-years, each kept whole, in any other order. Only then are places searched, by PELT (Killick,
Fearnhead and Eckley 2012) with squared error, by ruptures, at a penalty that grows with that memory.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

MIN_SIZE = 5
"""Stories between two changes, at least: fewer are an incident."""
PENALTY = 3.0
"""A change must save 3 ln T variances of squared error: BIC's price of 2 parameters (level, place), and half as much again."""
WINDOW = 7.35
"""Places of a change that lose less than this, in variances, belong to its 95 % window: (1 - exp(-x / 2))² = 0.95 (Siegmund 1988).

That holds for small changes of smooth values; the cost of one story on the wrong side comes on top, as stories are lumps.
"""
BLOCK_DAYS = 182
"""Half-years are three times as long as a memory of 60 days, so that their order says little where no level shifts."""
LEAST_BLOCKS = 8
"""Half-years with stories: fewer have too few orders to compare with."""
EDGE = 2
"""Half-years of a level, at least."""
ALIKE = 0.1
"""How much stories of one half-year resemble each other: the weight of n stories is n / (1 + 0.1 n), so no dense half-year decides alone."""
SHUFFLES = 1999
"""Orders that p rests on; a p of 1 % is then known to a fifth of itself."""
SURE = 0.01
"""A series has changes where no more orders than these fit as well: what keeps false alarms under 10 % where a level wanders for months."""
SEED = 20250328

Rows = Mapping[str, NDArray]


def breaks(rows: Rows) -> list[tuple]:
    """One row for each place of a change: series, first step after it, first and last step of its two neighbours, first and last of its window.

    Steps count from 0; rows come ordered by series and step. A series whose half-years could stand in any order has none.
    """
    return [(*key, *found) for key, values, days in series(rows) for found in changes(values, days)]


def trials(rows: Rows) -> list[tuple]:
    """One row for each series: steps, half-years, design effect, penalty, places found, p of no change, orders; see `trial`."""
    return [(*key, *trial(values, days)) for key, values, days in series(rows)]


def series(rows: Rows) -> Iterator[tuple[tuple[str, str, str], NDArray, NDArray]]:
    """Each series of the question: its key, its values and their days, counted from any Monday."""
    keys = list(zip(rows["dataset"], rows["dyad"], rows["domain"], strict=True))
    edges = [place for place in range(1, len(keys)) if keys[place] != keys[place - 1]]
    for start, end in zip([0, *edges], [*edges, len(keys)], strict=True) if keys else ():
        yield keys[start], rows["value"][start:end], rows["day_no"][start:end]


def changes(values: NDArray, days: NDArray) -> Iterator[tuple[int, int, int, int, int]]:
    """First step after each change, first and last step of its two neighbours together, first and last step of its window."""
    if (p := chance(values, days)) is None or p > SURE:
        return
    effect = design_effect(values, days)
    ends = [0, *found(values, effect), len(values)]
    for before, change, after in zip(ends, ends[1:], ends[2:], strict=False):
        earliest, latest = window(values[before:after], change - before, effect)
        yield change, before, after - 1, before + earliest, before + latest


def trial(values: NDArray, days: NDArray) -> tuple[int, int, float, float, int, float | None, int]:
    """What `trials` says of one series; p is None where it has too few half-years."""
    effect, p = design_effect(values, days), chance(values, days)
    n_blocks = len(blocks(values, days)[0])
    return len(values), n_blocks, effect, penalty(values, effect), len(list(changes(values, days))), p, SHUFFLES * (p is not None)


def blocks(values: NDArray, days: NDArray) -> tuple[NDArray, NDArray]:
    """Mean and number of stories of each half-year that has any, from the first story on."""
    numbers = (days - days[0]) // BLOCK_DAYS
    sizes = np.bincount(numbers)
    return np.bincount(numbers, values)[sizes > 0] / sizes[sizes > 0], sizes[sizes > 0]


def chance(values: NDArray, days: NDArray) -> float | None:
    """Share of the orders of half-years, this one included, in which two levels fit as well as here; None where half-years are too few.

    The seed is the same for each series, so none depends on which others there are.
    """
    means, sizes = blocks(values, days)
    if len(means) < LEAST_BLOCKS:
        return None
    random = np.random.default_rng(SEED)
    orders = np.vstack([np.arange(len(means)), random.permuted(np.tile(np.arange(len(means)), (SHUFFLES, 1)), axis=1)])
    gains = saved(means[orders], sizes[orders]).max(axis=1)
    return float(np.mean(gains >= gains[0] - 1e-12))


def saved(means: NDArray, sizes: NDArray) -> NDArray:
    """Weighted squared error that two levels save against one, of each split of (orders, half-years) that leaves EDGE on both sides."""
    weights = sizes / (1 + ALIKE * sizes)
    left, sums = np.cumsum(weights, axis=-1), np.cumsum(weights * means, axis=-1)
    share = (left / left[..., -1:])[..., EDGE - 1 : -EDGE]
    return (sums[..., EDGE - 1 : -EDGE] - share * sums[..., -1:]) ** 2 / (left[..., EDGE - 1 : -EDGE] * (1 - share))


def design_effect(values: NDArray, days: NDArray) -> float:
    """How much more half-years differ than as many independent stories would, beyond one change of level; 1 at least."""
    means, sizes = blocks(values, days)
    if len(means) <= 2 * EDGE:
        return 1.0
    split = EDGE + int(np.argmax(saved(means, sizes)))
    sides = (np.arange(len(means)) >= split).astype(int)
    levels = np.bincount(sides, means * sizes) / np.bincount(sides, sizes)
    story_sides = np.repeat(sides, sizes)
    variance = np.mean((values - levels[story_sides]) ** 2)
    if variance == 0:
        return 1.0
    return max(1.0, float((sizes * (means - levels[sides]) ** 2).sum() / (len(means) - 2) / variance))


def found(values: NDArray, effect: float = 1.0) -> list[int]:
    """Places (from 0) at which a new level begins."""
    if len(values) < 2 * MIN_SIZE or np.ptp(values) == 0:
        return []
    import ruptures  # it loads for a second, and most refreshes search nothing

    search = ruptures.KernelCPD(kernel="linear", min_size=MIN_SIZE).fit(values.reshape(-1, 1))
    return [int(place) for place in search.predict(pen=penalty(values, effect))[:-1]]


def penalty(values: NDArray, effect: float = 1.0) -> float:
    return float(PENALTY * np.log(len(values)) * np.var(values) * effect)


def window(values: NDArray, change: int, effect: float = 1.0) -> tuple[int, int]:
    """First and last place where the one change of two levels could be, by the squared error that it would cost there."""
    left = np.cumsum(values)[:-1]
    sizes = np.arange(1, len(values))
    saved = left**2 / sizes + (values.sum() - left) ** 2 / (len(values) - sizes)
    lost = saved[change - 1] - saved
    before, after = values[:change], values[change:]
    variance = (len(before) * np.var(before) + len(after) * np.var(after)) / max(len(values) - 2, 1)
    places = np.flatnonzero(lost <= WINDOW * effect * variance + (after.mean() - before.mean()) ** 2 + 1e-9) + 1
    return int(places[0]), int(places[-1])

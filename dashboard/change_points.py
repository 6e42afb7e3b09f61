"""Change points of a series of story values: where its level shifts, how sure the place is, and how often chance alone would say so.

PELT (Killick, Fearnhead and Eckley 2012) with squared error, by ruptures; its kernel version is the same search in C.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import ruptures
from numpy.typing import NDArray

MIN_SIZE = 5
"""Stories between two changes, at least: fewer are an incident."""
PENALTY = 3.0
"""A change must save 3 ln T variances of squared error: BIC's price of 2 parameters (level, place), and half as much again."""
WINDOW = 7.35
"""Places of a change that lose less than this, in variances, belong to its 95 % window: (1 - exp(-x / 2))² = 0.95 (Siegmund 1988).

That holds for small changes of smooth values; the cost of one story on the wrong side comes on top, as stories are lumps.
"""
SHUFFLES = 200
"""Shuffled series for each false-alarm rate; its error is at most 3.5 points, 1.5 points at a rate of 5 %."""
SHUFFLES_OF_LONG = 50
"""The same for a series of more than LONG steps, whose searches take longest and whose rates are the smallest."""
LONG = 450
BLOCK_DAYS = 56
"""Shuffled blocks of 8 weeks keep what belongs together within a month or two."""
SEED = 20250328

Rows = Mapping[str, NDArray]


def breaks(rows: Rows) -> list[tuple]:
    """One row for each change: series, first step after it, first and last step of its two neighbours, first and last of its window.

    Steps count from 0; rows come ordered by series and step.
    """
    return [(*key, *found) for key, values, _ in series(rows) for found in changes(values)]


def trials(rows: Rows) -> list[tuple]:
    """One row for each series: steps, penalty, changes found, shares of series with a change when shuffled by step and by block, shuffles."""
    return [(*key, *trial(values, days)) for key, values, days in series(rows)]


def series(rows: Rows) -> Iterator[tuple[tuple[str, str, str], NDArray, NDArray]]:
    """Each series of the question: its key, its values and, where they are asked for, their days, counted from any Monday."""
    keys = list(zip(rows["dataset"], rows["dyad"], rows["domain"], strict=True))
    edges = [place for place in range(1, len(keys)) if keys[place] != keys[place - 1]]
    days = rows.get("day_no", rows["value"])
    for start, end in zip([0, *edges], [*edges, len(keys)], strict=True) if keys else ():
        yield keys[start], rows["value"][start:end], days[start:end]


def changes(values: NDArray) -> Iterator[tuple[int, int, int, int, int]]:
    """First step after each change, first and last step of its two neighbours together, first and last step of its window."""
    ends = [0, *found(values), len(values)]
    for before, change, after in zip(ends, ends[1:], ends[2:], strict=False):
        earliest, latest = window(values[before:after], change - before)
        yield change, before, after - 1, before + earliest, before + latest


def trial(values: NDArray, days: NDArray) -> tuple[int, float, int, float, float, int]:
    """What `trials` says of one series. The seed is the same for each series, so none depends on which others there are."""
    random = np.random.default_rng(SEED)
    shuffles = SHUFFLES_OF_LONG if len(values) > LONG else SHUFFLES
    blocks = np.split(values, np.flatnonzero(np.diff(days // BLOCK_DAYS)) + 1)
    by_step = np.mean([bool(found(random.permutation(values))) for _ in range(shuffles)])
    by_block = np.mean([bool(found(shuffled_blocks(blocks, random))) for _ in range(shuffles)])
    return len(values), penalty(values), len(found(values)), float(by_step), float(by_block), shuffles


def found(values: NDArray) -> list[int]:
    """Places (from 0) at which a new level begins."""
    if len(values) < 2 * MIN_SIZE or np.ptp(values) == 0:
        return []
    search = ruptures.KernelCPD(kernel="linear", min_size=MIN_SIZE).fit(values.reshape(-1, 1))
    return [int(place) for place in search.predict(pen=penalty(values))[:-1]]


def penalty(values: NDArray) -> float:
    return float(PENALTY * np.log(len(values)) * np.var(values))


def window(values: NDArray, change: int) -> tuple[int, int]:
    """First and last place where the one change of two levels could be, by the squared error that it would cost there."""
    left = np.cumsum(values)[:-1]
    sizes = np.arange(1, len(values))
    saved = left**2 / sizes + (values.sum() - left) ** 2 / (len(values) - sizes)
    lost = saved[change - 1] - saved
    before, after = values[:change], values[change:]
    variance = (len(before) * np.var(before) + len(after) * np.var(after)) / max(len(values) - 2, 1)
    places = np.flatnonzero(lost <= WINDOW * variance + (after.mean() - before.mean()) ** 2 + 1e-9) + 1
    return int(places[0]), int(places[-1])


def shuffled_blocks(blocks: list[NDArray], random: np.random.Generator) -> NDArray:
    return np.concatenate([blocks[place] for place in random.permutation(len(blocks))])

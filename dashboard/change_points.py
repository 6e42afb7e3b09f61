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

The variance is that of both levels together: within the levels it is so small after a great change of signs that windows get too narrow.
"""
LONGEST = 500
"""A longer series is read as means of as many stories in a row as bring it down to this, so that a search stays under a millisecond."""
SHUFFLES = 200
"""Shuffled series for each false-alarm rate; its error is at most 3.5 points, 1.5 points at a rate of 5 %."""
BLOCK_DAYS = 56
"""Shuffled blocks of 8 weeks keep what belongs together within a month or two."""
SEED = 20250328

Rows = Mapping[str, NDArray]


def breaks(rows: Rows) -> list[tuple]:
    """One row for each change: series, first place after it, places where its neighbours end, window of its place.

    Places count stories from 1; rows come ordered by series and place.
    """
    return [(*key, *found) for key, values, _ in series(rows) for found in changes(values)]


def trials(rows: Rows) -> list[tuple]:
    """One row for each series: stories a step, steps, penalty, changes found, share of shuffled series where one is found (by story, by block)."""
    return [(*key, *trial(values, days)) for key, values, days in series(rows)]


def series(rows: Rows) -> Iterator[tuple[tuple[str, str, str], NDArray, NDArray]]:
    """Each series of the question: its key, its values and their days, counted from any Monday."""
    keys = list(zip(rows["dataset"], rows["dyad"], rows["domain"], strict=True))
    edges = [place for place in range(1, len(keys)) if keys[place] != keys[place - 1]]
    for start, end in zip([0, *edges], [*edges, len(keys)], strict=True) if keys else ():
        yield keys[start], rows["value"][start:end], rows["day_no"][start:end]


def changes(values: NDArray) -> Iterator[tuple[int, int, int, int, int]]:
    """Place after each change, first and last place of its two neighbours together, first and last place of its window."""
    step, means = steps(values)
    ends = [0, *found(means), len(means)]
    for before, change, after in zip(ends, ends[1:], ends[2:], strict=False):
        earliest, latest = window(means[before:after], change - before)
        last = len(values) if after == len(means) else after * step
        yield change * step + 1, before * step + 1, last, (before + earliest) * step + 1, (before + latest) * step + 1


def trial(values: NDArray, days: NDArray) -> tuple[int, int, float, int, float, float, int]:
    """What `trials` says of one series. The seed is the same for each series, so none depends on which others there are."""
    step, means = steps(values)
    random = np.random.default_rng(SEED)
    blocks = np.split(means, np.flatnonzero(np.diff(days[: len(means) * step : step] // BLOCK_DAYS)) + 1)
    by_story = np.mean([bool(found(random.permutation(means))) for _ in range(SHUFFLES)])
    by_block = np.mean([bool(found(shuffled_blocks(blocks, random))) for _ in range(SHUFFLES)])
    return step, len(means), penalty(means), len(found(means)), float(by_story), float(by_block), SHUFFLES


def steps(values: NDArray) -> tuple[int, NDArray]:
    """How many stories make a step, and the mean of each; the stories that are left over go to the last step."""
    step = -(-len(values) // LONGEST)
    starts = np.arange(0, len(values) - step + 1, step)
    return step, np.add.reduceat(values, starts) / np.diff([*starts, len(values)])


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
    places = np.flatnonzero(lost <= WINDOW * np.var(values)) + 1
    return int(places[0]), int(places[-1])


def shuffled_blocks(blocks: list[NDArray], random: np.random.Generator) -> NDArray:
    return np.concatenate([blocks[place] for place in random.permutation(len(blocks))])

"""Issue linkage: is one sort of act followed by another more often than its dates, shuffled within three months, would be?

A sort of act is a direction, a domain and a sign. Days count, not acts: ten acts of one day are one case.
Only timing within 90 days is tested, so that years with many acts do not link everything with everything.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

WINDOWS = (7, 14, 30)
"""Days after an act in which the other must come."""
REACH = 90
"""Days by which a date is shuffled at most."""
ROUNDS = (199, *[999] * 10)
"""Shuffles of each round."""
ENOUGH = 20
"""Shuffles that reach the observed count after which no more are made: p is then known to a fifth of itself (Besag and Clifford 1991).

Most pairs end in the first round; the small p values that many tests need rest on ten thousand shuffles.
"""
SEED = 20250328

Rows = Mapping[str, NDArray]
Sort = tuple[str, str, int]


def links(rows: Rows) -> list[tuple]:
    """One row for each ordered pair of sorts and each window: cases, shares observed and expected, p, shuffles.

    Rows come ordered by dataset and dyad: sort, day_no of a case, first_no and last_no of the dyad's covered days.
    """
    return [(*key, *link) for key, cases, span in dyads(rows) for link in dyad_links(cases, span)]


def dyads(rows: Rows) -> Iterator[tuple[tuple[str, str], dict[Sort, NDArray], tuple[int, int]]]:
    """Each dyad: its key, the days of each sort, its first and last day."""
    keys = list(zip(rows["dataset"], rows["dyad"], strict=True))
    sorts = list(zip(rows["direction"], rows["domain"], rows["sign"].tolist(), strict=True))
    for key in dict.fromkeys(keys):
        places = [place for place, other in enumerate(keys) if other == key]
        cases: dict[Sort, list[int]] = {}
        for place in places:
            cases.setdefault(sorts[place], []).append(int(rows["day_no"][place]))
        span = int(rows["first_no"][places[0]]), int(rows["last_no"][places[0]])
        yield key, {sort: np.unique(days) for sort, days in cases.items()}, span


def dyad_links(cases: dict[Sort, NDArray], span: tuple[int, int]) -> Iterator[tuple]:
    """Every ordered pair of different sorts of one dyad; the dates of the second are shuffled, those of the first stand."""
    firsts = list(cases)
    for place, (second, days) in enumerate(cases.items()):
        table = followed(cases, days[np.newaxis], span)[:, :, 0]
        exceeding, total, shuffles = shuffled(cases, second, span, table, np.random.default_rng([SEED, place]))
        sizes = eligible(cases, span)
        for row, width in enumerate(WINDOWS):
            for column, first in enumerate(firsts):
                n, tried = int(sizes[row, column]), int(shuffles[column])
                if first != second and n:
                    p = (1 + exceeding[row, column]) / (1 + tried)
                    shares = float(table[row, column]) / n, float(total[row, column]) / tried / n
                    yield (*first, *second, width, n, len(days), *shares, float(p), tried)


def shuffled(
    cases: dict[Sort, NDArray], second: Sort, span: tuple[int, int], observed: NDArray, random: np.random.Generator
) -> tuple[NDArray, NDArray, NDArray]:
    """How many shuffles reach the observed counts, the sum of their counts, how many were made: (windows, sorts) twice, (sorts)."""
    exceeding, total, shuffles = np.zeros(observed.shape), np.zeros(observed.shape), np.zeros(len(cases), dtype=int)
    sorts, days = list(cases), cases[second].astype(np.int32)
    is_other = np.array([sort != second for sort in sorts])
    for size in ROUNDS:
        left = np.flatnonzero((exceeding < ENOUGH).any(axis=0) & is_other)
        if not left.size:
            break
        dates = reflected(days + random.integers(-REACH, REACH + 1, (size, len(days)), dtype=np.int32), span)
        counts = followed({sorts[place]: cases[sorts[place]] for place in left}, dates, span)
        exceeding[:, left] += (counts >= observed[:, left, np.newaxis]).sum(axis=2)
        total[:, left] += counts.sum(axis=2)
        shuffles[left] += size
    return exceeding, total, shuffles


def reflected(days: NDArray, span: tuple[int, int]) -> NDArray:
    """Days that fall outside the span, mirrored at its end."""
    first, last = span
    return np.clip(last - np.abs(last - (first + np.abs(days - first))), first, last)


def followed(cases: dict[Sort, NDArray], dates: NDArray, span: tuple[int, int]) -> NDArray:
    """(windows, sorts, shuffles): cases of each sort that have one of the dates, (shuffles, dates), in the days after them.

    Days run down and shuffles across, so that every step works on whole rows of memory; sums of small integers, as a product of
    matrices would share them among threads that wait for each other longer than they work.
    """
    first, last = span
    present = np.zeros((last - first + 2 + max(WINDOWS), len(dates)), dtype=bool)
    present[(dates - first).T, np.arange(len(dates))] = True
    tables = np.zeros((len(WINDOWS), len(cases), len(dates)), dtype=np.int32)
    for row, window in enumerate(WINDOWS):
        is_followed = within(present, window)
        for column, days in enumerate(cases.values()):
            tables[row, column] = is_followed[days[days + window <= last] - first + 1].sum(axis=0, dtype=np.int32)
    return tables


def within(present: NDArray, length: int) -> NDArray:
    """Whether something is true on a day or on one of the next, so many in all; by doubling, as two runs overlap to any length."""
    reached = 1
    while reached < length:
        step = min(reached, length - reached)
        present = present[:-step] | present[step:]
        reached += step
    return present


def eligible(cases: dict[Sort, NDArray], span: tuple[int, int]) -> NDArray:
    """(windows, sorts): cases whose window ends within the covered days."""
    return np.array([[int(np.sum(days + window <= span[1])) for days in cases.values()] for window in WINDOWS])

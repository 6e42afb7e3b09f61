"""Issue linkage: do events of one kind follow events of another more often than with dates shuffled within three months?

A sort of act is a direction, a domain and a sign. Days count, not acts: ten acts of one day are one case.
Only timing within 90 days is tested, so that years with many acts do not link everything with everything.
"""

from collections.abc import Iterator, Mapping, Sequence

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
AT_ONCE = 256
"""Shuffles that are counted together: their days fit into the cache of a processor."""
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

    Days are bits of words, a row of words for each shuffle: one operation looks at 64 days, and to count is to count bits.
    """
    first, last = span
    n_days = last - first + 1
    masks = [as_bits([days[days + window <= last] - first for days in cases.values()], n_days) for window in WINDOWS]
    tables = np.zeros((len(WINDOWS), len(cases), len(dates)), dtype=np.int32)
    for start in range(0, len(dates), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        near, reached = before(as_bits(dates[part] - first, n_days), 1), 1
        for row, window in enumerate(WINDOWS):
            near, reached = within(near, reached, window), window
            for column, mask in enumerate(masks[row]):
                tables[row, column, part] = np.bitwise_count(near & mask).sum(axis=1, dtype=np.int32)
    return tables


def as_bits(rows: Sequence[NDArray] | NDArray, n_days: int) -> NDArray:
    """Rows of days, from 0 on, as rows of 64-bit words."""
    marks = np.zeros((len(rows), -(-n_days // 64) * 64), dtype=bool)
    for mark, days in zip(marks, rows, strict=True):
        mark[days] = True
    return np.packbits(marks, axis=1, bitorder="little").view(np.uint64)


def before(bits: NDArray, days: int) -> NDArray:
    """What is true of a day, told so many days earlier, 63 at most."""
    moved = bits >> np.uint64(days)
    moved[:, :-1] |= bits[:, 1:] << np.uint64(64 - days)
    return moved


def within(near: NDArray, reached: int, length: int) -> NDArray:
    """What is true within so many days, made true within more of them; by doubling, as two runs overlap to any length."""
    while reached < length:
        step = min(reached, length - reached)
        near = near | before(near, step)
        reached += step
    return near


def eligible(cases: dict[Sort, NDArray], span: tuple[int, int]) -> NDArray:
    """(windows, sorts): cases whose window ends within the covered days."""
    return np.array([[int(np.sum(days + window <= span[1])) for days in cases.values()] for window in WINDOWS])

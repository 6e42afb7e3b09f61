"""Does a daily outcome move on days around acts, more than around other days? Each act against placebo days near it."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

FROM, TO = -1, 1
"""Trading days relative to an act between which a move is taken."""
MERGED = 3
"""An act within so many trading days of the one before it belongs to that one's move."""
NEAR, CLEAR = 60, 5
"""The placebo days of an act lie within NEAR trading days of it, none within CLEAR of any act of its sort."""
LEAST = 8
"""Acts, at least."""
DRAWS = 4000
SEED = 20250328

Rows = Mapping[str, NDArray]
KEY = ("dyad", "series_id", "acts")


def moves(rows: Rows) -> list[tuple]:
    """One row for each series and sort of acts; see `told`.

    Rows come ordered by KEY and day: one for each day with an outcome; `is_act` is that there were acts since the day before.
    """
    return [(*key, *told(values, is_act)) for key, values, is_act in every(rows)]


def every(rows: Rows) -> Iterator[tuple[tuple, NDArray, NDArray]]:
    keys = list(zip(*(rows[name].tolist() for name in KEY), strict=True))
    edges = [place for place in range(1, len(keys)) if keys[place] != keys[place - 1]]
    for start, end in zip([0, *edges], [*edges, len(keys)], strict=True) if keys else ():
        yield keys[start], rows["value"][start:end].astype(float), rows["is_act"][start:end].astype(bool)


def told(values: NDArray, is_act: NDArray) -> tuple:
    """state, acts, mean move with its placebo and p, mean size with its placebo and p, mean size that would have shown; in units of value.

    Each draw takes one placebo day near each act. p is the share of draws whose mean move lies as far from that of all, and whose mean
    size is as large. One draw in ten has a mean size above what would have shown.
    """
    places = np.flatnonzero(is_act)
    acts = merged(places, len(values))
    pools = [placebo(act, places, len(values)) for act in acts]
    if len(acts) < LEAST or not all(map(len, pools)):
        return ("too few", len(acts), *[None] * 7)
    random = np.random.default_rng(SEED)
    seen, drawn = move(values, acts), move(values, np.array([random.choice(pool, DRAWS) for pool in pools]))
    means, sizes = drawn.mean(axis=0), np.abs(drawn).mean(axis=0)
    middle, size = means.mean(), np.abs(seen).mean()
    p = share(np.abs(means - middle) >= abs(seen.mean() - middle) - 1e-12)
    found = (seen.mean(), middle, p, size, sizes.mean(), share(sizes >= size - 1e-12), np.quantile(sizes, 0.9))
    return ("ok", len(acts), *map(float, found))


def move(values: NDArray, places: NDArray) -> NDArray:
    return values[places + TO] - values[places + FROM]


def merged(places: NDArray, n: int) -> NDArray:
    """The first act of each group whose days all lie inside the series."""
    kept: list[int] = []
    for place in places:
        if not kept or place - kept[-1] > MERGED:
            kept.append(int(place))
    return np.array([place for place in kept if place + FROM >= 0 and place + TO < n], dtype=int)


def placebo(act: int, places: NDArray, n: int) -> NDArray:
    """Days near an act that are beside none of its sort."""
    days = np.arange(max(act - NEAR, -FROM), min(act + NEAR + 1, n - TO))
    return days[np.abs(days[:, None] - places).min(axis=1) > CLEAR]


def share(reached: NDArray) -> float:
    """Of the draws, the observed one included."""
    return float((1 + reached.sum()) / (1 + len(reached)))

"""The area between a series and zero: blue above, orange below, hatched where the evidence is thin or nothing was read."""

from collections.abc import Iterator
from datetime import date, timedelta

Point = tuple[str, float]
COLOURS = {1: "$coopWords", -1: "$fricWords"}


def areas(days: list[str], values: list[float | None], firm: list[bool]) -> list[dict]:
    """Up to four traces, by side and by whether both ends of a stretch may be read; a gap in the values is a gap in the area."""
    shapes: dict[tuple[int, bool], list[list[Point]]] = {}
    last: tuple[int, bool, str] | None = None
    for first, second, is_firm in _steps(days, values, firm):
        side = 1 if first[1] + second[1] >= 0 else -1
        runs = shapes.setdefault((side, is_firm), [])
        if last == (side, is_firm, first[0]):
            runs[-1].append(second)
        else:
            runs.append([first, second])
        last = side, is_firm, second[0]
    return [_trace(side, is_firm, runs) for (side, is_firm), runs in sorted(shapes.items())]


def _steps(days: list[str], values: list[float | None], firm: list[bool]) -> Iterator[tuple[Point, Point, bool]]:
    """From each point to the next one, in two parts where the series crosses zero between them."""
    for place in range(1, len(days)):
        low, high = values[place - 1], values[place]
        if low is None or high is None:
            continue
        is_firm = firm[place - 1] and firm[place]
        first, second = (days[place - 1], low), (days[place], high)
        if low * high < 0:
            crossing = (_between(first[0], second[0], low / (low - high)), 0.0)
            yield first, crossing, is_firm
            yield crossing, second, is_firm
        else:
            yield first, second, is_firm


def _between(first: str, second: str, share: float) -> str:
    start, end = date.fromisoformat(first), date.fromisoformat(second)
    return str(start + timedelta(days=round((end - start).days * share)))


def _trace(side: int, is_firm: bool, runs: list[list[Point]]) -> dict:
    """Outlines down to zero, one after the other: a fill to zero would close over the gaps."""
    x: list[str | None] = []
    y: list[float | None] = []
    for run in runs:
        x += [run[0][0], *(day for day, _ in run), run[-1][0], None]
        y += [0, *(value for _, value in run), 0, None]
    colour = COLOURS[side]
    hatch = {} if is_firm else {"fillpattern": {"shape": "/", "bgcolor": "$card", "fgcolor": colour, "size": 6, "solidity": 0.35}}
    made = {
        "type": "scatter",
        "mode": "lines",
        "x": x[:-1],
        "y": y[:-1],
        "line": {"width": 0},
        "fill": "toself",
        "hoverinfo": "skip",
    }
    return made | {"name": f"{'above' if side > 0 else 'below'}{'' if is_firm else ' thin'}", "fillcolor": colour} | hatch

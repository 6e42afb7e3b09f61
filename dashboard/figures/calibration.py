"""Chances that were given against what happened, as an image that needs no script and fits both themes."""

from collections.abc import Sequence
from html import escape

from bilateral.figures import theme

SIDE, EDGE = 240, 28
Bucket = dict[str, float]


def drawing(buckets: Sequence[Bucket]) -> str:
    """A point for each bucket, larger with more forecasts, its number beside it; on the line chances and shares are the same (SVG)."""
    most = max((bucket["n"] for bucket in buckets), default=1)
    marks = "".join(_mark(bucket, most) for bucket in buckets)
    line = f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="{theme.SPARKLINE}" stroke-dasharray="4 4"/>'
    axes = f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" stroke="{theme.SPARKLINE}" fill="none"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" font-family="sans-serif" font-size="11">{line}{axes}{marks}</svg>'


def _mark(bucket: Bucket, most: float) -> str:
    x, y = _x(bucket["mean_p"]), _y(bucket["share_yes"])
    radius = 3 + 7 * (bucket["n"] / most) ** 0.5
    said = escape(f"n {bucket['n']:.0f}")
    colour = theme.LIGHT["coopWords"]
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.7"/>'
        f'<text x="{min(x + radius + 2, SIDE - 44):.1f}" y="{y - radius - 1:.1f}" fill="{theme.SPARKLINE}">{said}</text>'
    )


def _x(share: float) -> float:
    return EDGE + share * (SIDE - 2 * EDGE)


def _y(share: float) -> float:
    return SIDE - EDGE - share * (SIDE - 2 * EDGE)

"""The small chart of a briefing: balance by week as bars, an image that needs no script and fits both themes."""

from urllib.parse import quote

import pandas as pd
from dash import html

from bilateral import formats
from bilateral.figures import theme
from bilateral.frames import rowwise
from bilateral.pages import sentences
from bilateral.pages.week import Week

WIDTH, HEIGHT = 640, 120
MIDDLE = HEIGHT / 2


def figure(week: Week) -> html.Figure | None:
    """Bars up are cooperation, bars down friction; pale ones stand on too few events. None where there is no value at all."""
    if week.series["balance"].dropna().empty:
        return None
    said = sentences.of_series(week.series, week.text)
    image = html.Img(
        src=f"data:image/svg+xml,{quote(drawing(week.series))}", alt=said, width=WIDTH, height=HEIGHT, className="small-chart"
    )
    return html.Figure([html.H2(week.text("briefing.chart")), image, html.Figcaption(said, className="sub")], className="card")


def drawing(series: pd.DataFrame) -> str:
    rows = rowwise(series)
    scale = max(10.0, float(series["balance"].abs().max()))
    step = WIDTH / len(rows)
    bars = [_bar(row, index * step, step, scale) for index, row in enumerate(rows) if not formats.is_missing(row["balance"])]
    line = f'<path d="M0 {MIDDLE}H{WIDTH}" stroke="{theme.SPARKLINE}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">{"".join(bars)}{line}</svg>'


def _bar(row: dict, left: float, step: float, scale: float) -> str:
    value = float(row["balance"])
    height = max(1.0, abs(value) / scale * (MIDDLE - 4))
    top = MIDDLE - height if value > 0 else MIDDLE
    colour = theme.LIGHT["coopWords" if value > 0 else "fricWords"]
    faint = "" if row["state"] == "ok" else ' fill-opacity="0.45"'
    return f'<rect x="{left + 2:.1f}" y="{top:.1f}" width="{step - 4:.1f}" height="{height:.1f}" fill="{colour}"{faint}/>'

"""Pictures of charts without a browser session: the same figure as on the page, painted for paper. Needs the extra `pictures` and a Chromium."""

from typing import Any

from bilateral.ask.exports import About
from bilateral.exits import Exit, Stop
from bilateral.figures import plain, theme

SIZE = {"width": 1200, "height": 675, "scale": 2}
FORMATS = ("png", "svg")
IN_LINE = 3
"""Events of the key in one line."""
LINE = 20
"""Height of a line, px."""


def painted(part: Any, tokens: dict[str, str]) -> Any:
    """A figure with its colour names ("$ink") replaced by the colours of a theme."""
    if isinstance(part, str):
        return tokens.get(part[1:], part) if part.startswith("$") else part
    if isinstance(part, list):
        return [painted(item, tokens) for item in part]
    if isinstance(part, dict):
        return {name: painted(value, tokens) for name, value in part.items()}
    return part


def on_paper(figure: dict, about: About) -> dict:
    """White ground, title above, source and address below, as assets/50-sharing.js does it in the browser."""
    made = painted(figure, theme.LIGHT)
    layout = dict(made["layout"])
    key = key_lines(layout.get("meta", {}).get("key", []))
    margin = layout.get("margin", {}) | {
        "t": 70,
        "b": 110 + LINE * len(key),
        "l": 60,
        "r": max(40, layout.get("margin", {}).get("r", 0)),
    }
    notes = f"Bilateral Relations Monitor, data version {about.data_version} · {about.address}"
    note = {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 0,
        "yshift": -48,
        "xanchor": "left",
        "yanchor": "top",
        "showarrow": False,
    }
    layout |= {
        "width": SIZE["width"],
        "height": SIZE["height"],
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "margin": margin,
        "title": {"text": about.title, "x": 0.03, "y": 0.97, "yanchor": "top", "font": {"size": 24}},
        "annotations": [
            *layout.get("annotations", []),
            note | {"text": "<br>".join([*key, notes]), "align": "left", "font": {"size": 14, "color": theme.LIGHT["ink2"]}},
        ],
    }
    return {"data": made["data"], "layout": layout}


def key_lines(key: list[str]) -> list[str]:
    """What the numbers on a chart mean, several in a line."""
    return ["   ".join(map(plain, key[first : first + IN_LINE])) for first in range(0, len(key), IN_LINE)]


def write(figure: dict, about: About, form: str) -> bytes:
    """PNG or SVG. Raises Stop 69 where the extra or a browser is missing."""
    try:
        import kaleido
    except ImportError:
        raise Stop(Exit.UNAVAILABLE, "pictures need the extra: pip install 'bilateral[pictures]'") from None
    try:
        return kaleido.calc_fig_sync(on_paper(figure, about), opts={"format": form, **SIZE})
    except Exception as error:  # kaleido and what it drives have no common error
        reason = f"no picture could be made ({type(error).__name__}: {error}); a Chromium or Chrome is needed on the path"
        raise Stop(Exit.UNAVAILABLE, reason) from None

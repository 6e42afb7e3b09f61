"""Pictures of charts without a browser session: the same figure as on the page, for print. Needs the extra `pictures` and Chromium."""

import json
import shutil
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bilateral import package_data
from bilateral.exits import Exit, Stop
from bilateral.figures import locale, plain, theme
from bilateral.strings import Texts

SIZE = {"width": 1200, "height": 675, "scale": 2}
FORMATS = {"png": "image/png", "svg": "image/svg+xml"}
"""Endings of pictures with what they are."""
IN_LINE = 3
"""Events of the key in one line."""
LINE = 20
"""Height of a line below the figure, px."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@dataclass(frozen=True)
class Caption:
    """What stands around a printed figure."""

    title: str
    """The finding, or what is shown."""
    under: tuple[str, ...]
    """Unit and band, under the title."""
    notes: tuple[str, ...]
    """Evidence, source with licence, address: below the figure."""


@cache
def are_possible() -> bool:
    """Whether the extra and a browser are here."""
    return find_spec("kaleido") is not None and any(map(shutil.which, BROWSERS))


def painted(part: Any, tokens: dict[str, str]) -> Any:
    """A figure with its colour names ("$ink") replaced by the colours of a theme."""
    if isinstance(part, str):
        return tokens.get(part[1:], part) if part.startswith("$") else part
    if isinstance(part, list):
        return [painted(item, tokens) for item in part]
    if isinstance(part, dict):
        return {name: painted(value, tokens) for name, value in part.items()}
    return part


def on_paper(figure: dict, caption: Caption) -> dict:
    """White ground, finding, unit and band above, evidence, source and address below. Plotly reads pseudo-HTML, so signs of markup are escaped."""
    made = painted(figure, theme.LIGHT)
    layout = dict(made["layout"])
    below = [*key_lines(layout.get("meta", {}).get("key", [])), *map(plain, caption.notes)]
    top, bottom = 64 + 24 * len(caption.under), 62 + LINE * len(below)
    right = max(40, layout.get("margin", {}).get("r", 0))
    small = f'<span style="font-size:16px;color:{theme.LIGHT["ink2"]}">'
    title = "<br>".join([f"<b>{plain(caption.title)}</b>", *(f"{small}{plain(line)}</span>" for line in caption.under)])
    notes = {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 0,
        "yshift": -44,
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
    }
    notes |= {"text": "<br>".join(below), "showarrow": False}
    axis = {name: value for name, value in layout.get("xaxis", {}).items() if name != "rangeslider"}  # paper has nothing to drag
    layout |= {
        "xaxis": axis,
        "width": SIZE["width"],
        "height": SIZE["height"],
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "margin": layout.get("margin", {}) | {"t": top, "b": bottom, "l": 60, "r": right},
        "title": {"text": title, "x": 0.03, "y": 0.94, "yanchor": "top", "font": {"size": 24}},
        "annotations": [*layout.get("annotations", []), notes | {"font": {"size": 14, "color": theme.LIGHT["ink2"]}}],
    }
    return {"data": made["data"], "layout": layout}


def key_lines(key: list[str]) -> list[str]:
    """What the numbers on a chart mean, several in a line."""
    told = [f"<b>{plain(number)}</b>  {plain(event)}" for number, _, event in (one.partition(" ") for one in key)]
    return ["      ".join(told[first : first + IN_LINE]) for first in range(0, len(told), IN_LINE)]


def write(figure: dict, caption: Caption, form: str, text: Texts) -> bytes:
    """PNG or SVG. Raises Stop 69 where the extra or a browser is missing."""
    try:
        import kaleido
    except ImportError:
        raise Stop(Exit.UNAVAILABLE, "pictures need the extra: pip install 'bilateral[pictures]'") from None
    try:
        with TemporaryDirectory() as folder:
            script = Path(folder) / "before.js"
            script.write_text(before_drawing(text), encoding="utf-8")
            drawer = kaleido.PageGenerator(mathjax=False, others=[(script.as_uri(), "utf-8")])
            opts = {"format": form, **SIZE}
            return kaleido.calc_fig_sync(on_paper(figure, caption), opts=opts, kopts={"page_generator": drawer})
    except Exception as error:  # kaleido and what it drives have no common error
        reason = f"no picture could be made ({type(error).__name__}: {error}); a Chromium or Chrome is needed on the path"
        raise Stop(Exit.UNAVAILABLE, reason) from None


def before_drawing(text: Texts) -> str:
    """A script for the page in which a picture is drawn: months of a language on the axis, as the drawer takes no configuration with a figure, and the
    typeface of the pages. Texts are measured in the page and drawn in the picture, a document of its own, so both have the typeface."""
    font = b64encode((package_data.folder("assets") / "source-sans-3.woff2").read_bytes()).decode()
    face = f"@font-face{{font-family:'Source Sans 3';font-weight:200 900;src:url(data:font/woff2;base64,{font})}}"
    return f"""Plotly.setPlotConfig({json.dumps(locale(text))});
const face = new FontFace("Source Sans 3", Uint8Array.from(atob("{font}"), (sign) => sign.charCodeAt(0)), {{ weight: "200 900" }});
document.fonts.add(face);
const written = XMLSerializer.prototype.serializeToString;
XMLSerializer.prototype.serializeToString = function (node) {{
  return written.call(this, node).replace(/<svg[^>]*>/, (begun) => begun + "<style>" + {json.dumps(face)} + "</style>");
}};
"""

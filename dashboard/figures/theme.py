"""Colours of both themes, the one place where they are decided; CSS, scripts and figures use them by name.

Blue is cooperation, orange friction, ink the balance; never red against green, never flags. Figures carry "$name" where a colour
belongs and the browser fills it in, so that a change of theme needs no new answer.
"""

import json

LIGHT = {
    "page": "#F6F4EF",
    "card": "#FFFFFF",
    "ink": "#1B2430",
    "ink2": "#4A5565",
    "axis": "#6B7482",
    "grid": "#E4E1DA",
    "line": "#D9D6CF",
    "coopDeeds": "#07506B",
    "coopWords": "#3F8FB0",
    "fricWords": "#D0701C",
    "fricDeeds": "#8C3606",
    "other": "#6B7482",
    "onSign": "#1B2430",
    "band": "rgba(27,36,48,0.14)",
    "focus": "#0B57D0",
    "noticeInk": "#6B4700",
    "notice": "#FFF3D6",
    "errorInk": "#8E0F28",
    "error": "#FDE8EB",
}
DARK = {
    "page": "#12171D",
    "card": "#1B222B",
    "ink": "#F2F5F8",
    "ink2": "#B4BEC9",
    "axis": "#8D98A5",
    "grid": "#2C353F",
    "line": "#36404B",
    "coopDeeds": "#8AD4EE",
    "coopWords": "#3E9DC0",
    "fricWords": "#C9702A",
    "fricDeeds": "#FFB37A",
    "other": "#8D98A5",
    "onSign": "#12171D",
    "band": "rgba(242,245,248,0.16)",
    "focus": "#8AB4F8",
    "noticeInk": "#F3CF7A",
    "notice": "#3A2E10",
    "errorInk": "#FFB3BF",
    "error": "#3D1820",
}

RAMP = {
    "light": ("#8C3606", "#AE5311", "#D0701C", "#EAB48D", "#EFEDE8", "#A6C2CF", "#3F8FB0", "#266F8D", "#07506B"),
    "dark": ("#FFB37A", "#E59152", "#C9702A", "#734D38", "#2A323C", "#386074", "#3E9DC0", "#66B8D7", "#8AD4EE"),
}
"""From friction over nothing to cooperation in nine steps, for maps of days: $ramp0 .. $ramp8, the middle is zero."""
LIGHT |= {f"ramp{step}": colour for step, colour in enumerate(RAMP["light"])}
DARK |= {f"ramp{step}": colour for step, colour in enumerate(RAMP["dark"])}

TEXT_PAIRS = [("ink", "page"), ("ink", "card"), ("ink2", "page"), ("ink2", "card"), ("coopDeeds", "card"), ("fricDeeds", "card"),
              ("coopDeeds", "page"), ("noticeInk", "notice"), ("errorInk", "error")]  # fmt: skip
"""Ink and ground that carry text: contrast 4.5 at least."""
MARKS = ("coopDeeds", "coopWords", "fricWords", "fricDeeds", "ink", "axis", "other")
"""Colours of marks on a card: contrast 3 at least."""

FONT = '"Source Sans 3", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'
SPARKLINE = "#7A8591"
"""Readable on every ground of both themes, as an image cannot follow the theme."""


def css() -> str:
    """The tokens as custom properties for both themes."""
    light, dark = ("".join(f"--{name}:{value};" for name, value in theme.items()) for theme in (LIGHT, DARK))
    return f":root{{{light}color-scheme:light}}[data-theme=dark]{{{dark}color-scheme:dark}}"


def script() -> str:
    """The tokens for the browser, and the theme set before the first paint."""
    tokens = json.dumps({"light": LIGHT, "dark": DARK})
    return (
        f"window.BILATERAL={{tokens:{tokens}}};"
        "(function(){var t=new URLSearchParams(location.search).get('theme');"
        "var d=t==='dark'||(t!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches);"
        "document.documentElement.dataset.theme=d?'dark':'light';document.documentElement.dataset.scripts=''})();"
    )

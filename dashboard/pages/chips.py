"""Which pairs are compared: each pair as a chip that is on or off, and sets of pairs that are asked for often."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from bilateral.pages import controls
from bilateral.pages.address import MOST_COMPARED
from bilateral.pages.choice import Choice
from bilateral.strings import Texts

SETS = {
    "usmca": ("MEX-USA", "CAN-USA", "CAN-MEX"),
    "deportation": ("MEX-USA", "COL-USA", "SLV-USA", "GTM-USA", "HND-USA", "PAN-USA"),
    "china": ("CHN-USA", "CHN-MEX", "MEX-USA"),
}
"""Pairs of each set, by the key of its name."""


def card(names: Mapping[str, str], compared: tuple[str, ...], choice: Choice, text: Texts) -> html.Section:
    """A box that narrows the chips as one types, the chips, and the sets. With scripts the chips are one stop for the keyboard, between
    which arrows move; without scripts each is a stop."""
    box = controls.native(
        type="search",
        id="chip-search",
        autocomplete="off",
        placeholder=text("chips.search"),
        **{"aria-label": text("chips.search")},
    )
    sets = [
        html.A(text(f"chips.{key}"), href=f"/compare{choice.query(pairs=pairs)}")
        for key, pairs in SETS.items()
        if set(pairs) <= set(names)
    ]
    items = [html.Li(chip(dyad, name, compared, choice), role="presentation") for dyad, name in names.items()]
    return html.Section(
        [
            html.P([box, html.Span(text("chips.sets"), className="sub"), *spaced(sets)], className="sets"),
            html.Div(
                html.Ul(items, className="chips", role="presentation"), role="toolbar", **{"aria-label": text("chips.label")}
            ),
        ],
        className="pick",
    )


def spaced(links: list[html.A]) -> list[Component | str]:
    return [part for link in links for part in (" ", link)]


def chip(dyad: str, name: str, compared: tuple[str, ...], choice: Choice) -> Component:
    """A link that puts a pair on the charts, in the place of the last one where they are full, or takes it off; the only one stays."""
    on = dyad in compared
    if on and len(compared) == 1:
        return html.Span(name, className="chip on")
    others = tuple(one for one in compared if one != dyad) if on else (*compared[: MOST_COMPARED - 1], dyad)
    current = {"aria-current": "true"} if on else {}
    return html.A(name, href=f"/compare{choice.query(pairs=others)}", className="chip on" if on else "chip", **current)

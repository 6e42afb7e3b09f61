"""Native controls: each is one parameter of the address, or one field of a form. Dash has no element for <input>; markup.py writes it."""

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import escaping, formats
from bilateral.ask.catalogue import Lists
from bilateral.ask.choices import GATES, HALF_LIVES, INDICATORS, LEVELS, MUTUAL, WEIGHTS
from bilateral.pages.choice import EARLIER, PERIODS, THEMES, VIEWS, Choice
from bilateral.strings import Texts


def native(**attributes: str) -> html.Span:
    """A native <input>, which Dash has no element for: to_html writes it."""
    return html.Span(className="native", **{"data-native": json.dumps(attributes)})


def select(name: str, label: str, options: Iterable[tuple[Any, Any]], value: str) -> html.Div:
    """A labelled <select>; the script keeps it and the address in step."""
    return _labelled(name, label, options, value, "data-param")


def field(label: str, **attributes: str) -> html.Div:
    """A labelled <input> of a form that is sent as a whole."""
    name = f"c-{attributes['name']}"
    return html.Div([html.Label(label, htmlFor=name), native(id=name, **attributes)])


def choice_field(name: str, label: str, options: Iterable[tuple[Any, Any]], value: str) -> html.Div:
    """A labelled <select> of a form that is sent as a whole."""
    return _labelled(name, label, options, value, "name")


def _labelled(name: str, label: str, options: Iterable[tuple[Any, Any]], value: str, attribute: str) -> html.Div:
    items = [html.Option(shown, value=key) for key, shown in options]
    box = html.Select(items, id=f"c-{name}", **{attribute: name, "data-value": value})
    return html.Div([html.Label(label, htmlFor=f"c-{name}"), box])


def date_input(name: str, label: str, value: str, first: str, last: str) -> html.Div:
    field = native(type="date", id=f"c-{name}", value=value, min=first, max=last, **{"data-param": name})
    return html.Div([html.Label(label, htmlFor=f"c-{name}"), field])


def of_pair(choice: Choice, lists: Lists, span: tuple[str, str], text: Texts) -> html.Form:
    """What to show, with the first and last day of the range. Each control is one parameter of the address.

    The rarer ones are folded, so that the chart is near; what they are set to stands beside their heading, and without data they are open.
    """
    labels, scores = lists.labels, lists.scores[choice.dataset]
    names = lists.pairs.set_index("dyad")[f"name_{text.lang}"]
    domains = labels.loc["domain"][f"label_{text.lang}"]
    sets = labels.loc["dataset"][f"label_{text.lang}"]
    said = [text("controls.more"), *set_to(choice, sets, text)]
    return html.Form(
        [
            select("pair", text("controls.pair"), names.items(), choice.dyad),
            select("domain", text("controls.domain"), [("all", text("controls.all_domains")), *domains.items()], choice.domain),
            select("by", text("controls.by"), [(by, text(f"controls.by_{by}")) for by in PERIODS], choice.by),
            html.Div(
                [
                    html.Details(
                        [html.Summary(said), html.Div(_rarer(choice, lists, span, text))], open=not span[0], className="more"
                    ),
                    html.Details(
                        [html.Summary(text("controls.counting")), html.Div(_ways_of_counting(choice, scores, text))],
                        className="more",
                    ),
                ],
                className="folded",
            ),
        ],
        className="controls",
        **{"aria-label": text("controls.label")},
    )


def _rarer(choice: Choice, lists: Lists, span: tuple[str, str], text: Texts) -> list[html.Div]:
    """Range, memory, source, and what is drawn of them."""
    sets = lists.labels.loc["dataset"][f"label_{text.lang}"]
    return [
        date_input("from", text("controls.from"), str(choice.from_day or ""), *span),
        date_input("to", text("controls.to"), str(choice.to_day or ""), *span),
        select("h", text("controls.h"), [(str(h), text("controls.h_days", n=h)) for h in HALF_LIVES], str(choice.h)),
        select("dataset", text("controls.dataset"), sets.items(), choice.dataset),
        select(
            "indicator", text("controls.indicator"), [(name, text(f"indicators.{name}")) for name in INDICATORS], choice.indicator
        ),
        select("dir", text("controls.dir"), directions_of(choice, lists.countries(text.lang), text), choice.dir),
        select("vs", text("controls.vs"), [(name, text(f"controls.vs_{name}")) for name in EARLIER], choice.vs),
        date_input("as_of", text("controls.as_of"), str(choice.as_of or ""), *span),
        select("view", text("controls.view"), [(name, text(f"controls.view_{name}")) for name in VIEWS], choice.view),
    ]


def _ways_of_counting(choice: Choice, scores: tuple[str, ...], text: Texts) -> list[html.Div]:
    """How acts are made of reports, weighed and counted."""
    return [
        select("mutual", text("controls.mutual"), [(way, text(f"controls.mutual_{way}")) for way in MUTUAL], choice.mutual),
        *(
            select(way, text(f"controls.{way}"), [(name, text(f"controls.{way}_{name}")) for name in names], getattr(choice, way))
            for way, names in (("level", LEVELS), ("weight", WEIGHTS), ("gate", GATES))
        ),
        select("score", text("controls.score"), [(name, name) for name in scores], choice.score or ""),
    ]


def set_to(choice: Choice, sets: pd.Series, text: Texts) -> list[Component | str]:
    """Range, memory and source that folded controls are set to; nothing where there are no data to have a range."""
    if not choice.from_day or not choice.to_day:
        return []
    days = text("controls.range", first=formats.day(choice.from_day, text), last=formats.day(choice.to_day, text))
    return [": " + ", ".join([days, text("controls.h_days", n=choice.h), sets[choice.dataset]])]


def directions_of(choice: Choice, countries: dict[str, str], text: Texts) -> list[tuple[str, str]]:
    """Both, and each direction by the short names of its countries."""
    a, b = (countries[code] for code in choice.dyad.split("-"))
    return [("both", text("controls.dir_both")), ("ab", f"{a} → {b}"), ("ba", f"{b} → {a}")]


def theme_select(choice: Choice, text: Texts) -> html.Div:
    """A sign stands in the place of its label, which is for who does not see it."""
    made = select("theme", text("controls.theme"), [(name, text(f"controls.theme_{name}")) for name in THEMES], choice.theme)
    made.children[0].className = "unseen"
    return made


def slider(
    name: str,
    readouts: list[str],
    days: list[str],
    shown: int,
    opens: str | None,
    text: Texts,
    name_of: str,
    graphs: str = "",
    is_silent: bool = False,
) -> html.Div:
    """Moves through the points of a chart by keyboard, mouse or touch and reads each out; its button asks for what belongs to the point.

    A silent one shows nothing until it is moved: what it moves and begins with is said elsewhere."""
    shown = range(len(readouts))[shown]
    field = native(
        type="range", id=f"s-{name}", min="0", max=str(len(readouts) - 1), value=str(shown), step="1",
        **{"data-slider": graphs or f"g-{name}", "aria-valuetext": readouts[shown], "aria-describedby": f"r-{name}"},
    )  # fmt: skip
    line = html.P("" if is_silent else readouts[shown], id=f"r-{name}", className="readout")
    button = html.Button(
        opens or text("chart.show_events"), type="button", id=f"e-{name}", className="btn", **{"data-at": f"s-{name}"}
    )
    label = html.Label(name_of, htmlFor=f"s-{name}", className="unseen" if is_silent else "sub")
    parts = json.dumps({"readouts": [escaping.visible(said) for said in readouts], "days": days}, ensure_ascii=False)
    row = html.Div([line, button] if days and opens is not None else [line], className="row")
    return html.Div([label, field, row], className="slider", **{"data-points": parts})

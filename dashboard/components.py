"""The parts of a page: native controls, tiles, tables, chart cards. Rows and texts in, Dash elements out, and `to_html` writes them as HTML."""

import html as escaping
import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard import figures, numbers, theme
from dashboard.address import EARLIER, HALF_LIVES, INDICATORS, LEVELS, MUTUAL, PERIODS, THEMES, VIEWS, WEIGHTS, Choice
from dashboard.rowwise import rowwise
from dashboard.strings import Texts

VOID = {"input", "br", "img", "hr"}


def native(**attributes: str) -> html.Span:
    """A native <input>, which Dash has no element for: to_html writes it."""
    return html.Span(className="native", **{"data-native": json.dumps(attributes)})


def select(name: str, label: str, options: Iterable[tuple[Any, Any]], value: str) -> html.Div:
    """A labelled <select>; the script keeps it and the address in step."""
    items = [html.Option(shown, value=key) for key, shown in options]
    box = html.Select(items, id=f"c-{name}", **{"data-param": name, "data-value": value})
    return html.Div([html.Label(label, htmlFor=f"c-{name}"), box])


def field(label: str, **attributes: str) -> html.Div:
    """A labelled <input> of a form that is sent as a whole."""
    name = f"c-{attributes['name']}"
    return html.Div([html.Label(label, htmlFor=name), native(id=name, **attributes)])


def choice_field(name: str, label: str, options: Iterable[tuple[Any, Any]], value: str) -> html.Div:
    """A labelled <select> of a form that is sent as a whole."""
    items = [html.Option(shown, value=key) for key, shown in options]
    return html.Div(
        [html.Label(label, htmlFor=f"c-{name}"), html.Select(items, id=f"c-{name}", **{"name": name, "data-value": value})]
    )


def date_input(name: str, label: str, value: str, first: str, last: str) -> html.Div:
    field = native(type="date", id=f"c-{name}", value=value, min=first, max=last, **{"data-param": name})
    return html.Div([html.Label(label, htmlFor=f"c-{name}"), field])


def controls(
    choice: Choice, pairs: pd.DataFrame, labels: pd.DataFrame, scores: tuple[str, ...], span: tuple[str, str], text: Texts
) -> html.Form:
    """What to show; `scores` are tables that the dataset can be weighed with. Each control is one parameter of the address.

    The rarer ones are folded, so that the chart is near; what they are set to stands beside their heading, and without data they are open.
    """
    names = pairs.set_index("dyad")[f"name_{text.lang}"]
    domains = labels.loc["domain"][f"label_{text.lang}"]
    sets = labels.loc["dataset"][f"label_{text.lang}"]
    more = [
        date_input("from", text("controls.from"), str(choice.from_day or ""), *span),
        date_input("to", text("controls.to"), str(choice.to_day or ""), *span),
        select("h", text("controls.h"), [(str(h), text("controls.h_days", n=h)) for h in HALF_LIVES], str(choice.h)),
        select("dataset", text("controls.dataset"), sets.items(), choice.dataset),
        select(
            "indicator", text("controls.indicator"), [(name, text(f"indicators.{name}")) for name in INDICATORS], choice.indicator
        ),
        select("dir", text("controls.dir"), directions_of(choice, text), choice.dir),
        select("vs", text("controls.vs"), [(name, text(f"controls.vs_{name}")) for name in EARLIER], choice.vs),
        date_input("as_of", text("controls.as_of"), str(choice.as_of or ""), *span),
        select("view", text("controls.view"), [(name, text(f"controls.view_{name}")) for name in VIEWS], choice.view),
    ]
    counting = [
        select("mutual", text("controls.mutual"), [(way, text(f"controls.mutual_{way}")) for way in MUTUAL], choice.mutual),
        *(
            select(way, text(f"controls.{way}"), [(name, text(f"controls.{way}_{name}")) for name in names], getattr(choice, way))
            for way, names in (("level", LEVELS), ("weight", WEIGHTS))
        ),
        select("score", text("controls.score"), [(name, name) for name in scores], choice.score or ""),
    ]
    said = [text("controls.more"), *set_to(choice, sets, text)]
    return html.Form(
        [
            select("pair", text("controls.pair"), names.items(), choice.dyad),
            select("domain", text("controls.domain"), [("all", text("controls.all_domains")), *domains.items()], choice.domain),
            select("by", text("controls.by"), [(by, text(f"controls.by_{by}")) for by in PERIODS], choice.by),
            html.Div(
                [
                    html.Details([html.Summary(said), html.Div(more)], open=not span[0], className="more"),
                    html.Details([html.Summary(text("controls.counting")), html.Div(counting)], className="more"),
                ],
                className="folded",
            ),
        ],
        className="controls",
        **{"aria-label": text("controls.label")},
    )


def set_to(choice: Choice, sets: pd.Series, text: Texts) -> list[Component | str]:
    """Range, memory and source that folded controls are set to; nothing where there are no data to have a range."""
    if not choice.from_day or not choice.to_day:
        return []
    days = text("controls.range", first=numbers.day(choice.from_day, text), last=numbers.day(choice.to_day, text))
    return [": " + ", ".join([days, text("controls.h_days", n=choice.h), sets[choice.dataset]])]


def directions_of(choice: Choice, text: Texts) -> list[tuple[str, str]]:
    """Both, and each direction by the codes of its countries."""
    a, b = choice.dyad.split("-")
    return [("both", text("controls.dir_both")), ("ab", f"{a} → {b}"), ("ba", f"{b} → {a}")]


def theme_select(choice: Choice, text: Texts) -> html.Div:
    return select("theme", text("controls.theme"), [(name, text(f"controls.theme_{name}")) for name in THEMES], choice.theme)


def tile(label: str, number: str, *notes: str, side: str = "") -> html.Div:
    """A number with its name before and its reading after it."""
    lines = [html.Div(note, className="note-line") for note in notes if note]
    return html.Div([html.Dt(label), html.Dd([html.Div(number, className=f"num {side}".strip()), *lines])], className="tile")


def card(name: str, made: Mapping[str, Any], text: Texts) -> html.Figure:
    """The card of a chart: what stands above and below follows the answer, the drawing between them stays and gets new data.

    It is hidden while an answer brings no figure of its name. The box has the figure's height before plotly draws, so nothing moves.
    """
    config = {"displayModeBar": False, "responsive": True, **figures.locale(text)}
    graph = dcc.Graph(id=f"g-{name}", figure=figures.empty(), config=config, style={"height": "100%"})
    # Without aria-labelledby a figure has no name in Chromium's tree.
    named = {"aria-labelledby": f"t-{name}", "aria-describedby": f"d-{name}"}
    top, below = made.get(f"{name}-top", []), made.get(f"{name}-below", [])
    height = made.get(f"{name}-height")
    size = {"style": {"height": f"{height}px"}} if height else {}
    box = html.Div(graph, id=f"b-{name}", className="plot", role="img", **size, **named)
    content = [html.Figcaption(top, id=f"p-{name}-top"), box, html.Div(below, id=f"p-{name}-below")]
    return html.Figure(content, id=f"k-{name}", className="card", hidden=bool(made) and not height)


def slider(
    name: str,
    readouts: list[str],
    days: list[str],
    shown: int,
    opens: str | None,
    text: Texts,
    graphs: str = "",
    moves: str = "chart.slider",
) -> html.Div:
    """Moves through the points of a chart by keyboard, mouse or touch and reads each out; its button asks for what belongs to the point."""
    shown = range(len(readouts))[shown]
    field = native(
        type="range", id=f"s-{name}", min="0", max=str(len(readouts) - 1), value=str(shown), step="1",
        **{"data-slider": graphs or f"g-{name}", "aria-valuetext": readouts[shown], "aria-describedby": f"r-{name}"},
    )  # fmt: skip
    line = html.P(readouts[shown], id=f"r-{name}", className="readout")
    button = html.Button(
        opens or text("chart.show_events"), type="button", id=f"e-{name}", className="btn", **{"data-at": f"s-{name}"}
    )
    label = html.Label(text(moves), htmlFor=f"s-{name}", className="sub")
    parts = json.dumps({"readouts": readouts, "days": days}, ensure_ascii=False)
    row = html.Div([line, button] if days and opens is not None else [line], className="row")
    return html.Div([label, field, row], className="slider", **{"data-points": parts})


def table(
    caption: str,
    heads: list,
    rows: list[list],
    numeric: Iterable[int] = (),
    name: str = "",
    told: Iterable[int] | None = None,
) -> html.Div:
    """A plain table in one focusable scroll region; the first cell of a row is its head. A cell is text, an element, or several.

    On a phone the rows of a table with `told` stand one under the other as blocks, in which the cells of these columns name their head.
    It is written as HTML at once: thousands of cells as elements would take most of an answer's time.
    """
    numeric, named = set(numeric), set(told or ())
    marks = [' class="n"' if index in numeric else "" for index in range(len(heads))]
    head = "".join(f'<th scope="col"{mark}>{to_html(label)}</th>' for label, mark in zip(heads, marks, strict=True))
    said = [str(head.children if isinstance(head, Component) else head) for head in heads]
    marks = [f'{mark} data-head="{escaping.escape(said[index])}"' if index in named else mark for index, mark in enumerate(marks)]
    body = "".join(
        f'<tr><th scope="row"{marks[0]}>{to_html(row[0])}</th>'
        + "".join(f"<td{mark}>{to_html(cell)}</td>" for cell, mark in zip(row[1:], marks[1:], strict=True))
        + "</tr>"
        for row in rows
    )
    content = f"<table><caption>{to_html(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    labelled = {"id": name} if name else {}
    made = Markup(content)  # noqa: S704 every part went through to_html, which escapes
    look = "scroll" if told is None else "scroll blocks"
    return html.Div(made, className=look, tabIndex=0, role="region", **labelled, **{"aria-label": caption})


def marked(said: str) -> list[Component | str]:
    """A text in which a command stands between `backticks`."""
    return [html.Code(part) if index % 2 else part for index, part in enumerate(said.split("`"))]


def details(summary: str, *content: Component) -> html.Details:
    return html.Details([html.Summary(summary), *content])


def event_rows(events: pd.DataFrame, carried: str, text: Texts) -> list[list]:
    """Cells of an event table: day, direction, sentence as a link to the event's page, kind, score, source as a link."""
    return [
        [
            numbers.day(event["event_day"].date(), text),
            html.Span(f"{event['source_country']} → {event['target_country']}", className="who"),
            html.A(told(event), href=f"/event/{event['event_id']}{carried}", lang="en"),
            kind(event["kind"], text),
            numbers.points(event["score"], 1),
            source(event, text),
        ]
        for event in rowwise(events)
    ]


def told(event: Mapping | pd.Series) -> str:
    """What happened, in one sentence; where the source gives none, what its code means."""
    return event["label"] if numbers.is_missing(event["summary"]) else event["summary"]


def kind(name: str, text: Texts) -> html.Span:
    """A kind in words, with a glyph for its side, so that colour is never alone."""
    side, glyph = ("coop", "▲") if "cooperation" in name else ("fric", "▼")
    return html.Span(
        [html.Span(glyph, className=side, **{"aria-hidden": "true"}), " ", text.entry("kinds")[name]], className="kind"
    )


def definitions(items: Iterable[tuple[str, Any]]) -> html.Dl:
    """Labels with what they say, in two columns."""
    return html.Dl([part for label, said in items for part in (html.Dt(label), html.Dd(said))], className="said-of")


def source(event: Mapping, text: Texts):
    """Title and outlet of the page, linked where it has an http address; titles are text, never markup, and in English as coded."""
    has_title = not numbers.is_missing(event["source_title"])
    title = event["source_title"] if has_title else text("events.no_title")
    outlet = "" if numbers.is_missing(event["outlet"]) else f", {event['outlet']}"
    lang = {"lang": "en"} if has_title else {}
    address = event["url"]
    if numbers.is_missing(address) or not str(address).startswith(("http://", "https://")):
        return html.Span(f"{title}{outlet}", **lang)
    return html.A(f"{title}{outlet}", href=address, rel="noopener noreferrer nofollow", **lang)


def sparkline(line: str, label: str) -> html.Img:
    """A small picture of a series from −100 to +100 with its zero line; an image costs the browser nothing and needs no script."""
    values = [float(value) for value in line.split()]
    step = 96 / max(len(values) - 1, 1)
    path = " ".join(
        f"{'M' if index == 0 else 'L'}{2 + index * step:.1f} {14 - value * 0.12:.1f}" for index, value in enumerate(values)
    )
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="28"><path d="M2 14H98" stroke="{theme.SPARKLINE}" '
        f'stroke-width="1" stroke-dasharray="2 3"/><path d="{path}" fill="none" stroke="{theme.SPARKLINE}" stroke-width="2"/></svg>'
    )
    return html.Img(src=f"data:image/svg+xml,{quote(drawing)}", alt=label, width="100", height="28")


DESCRIBED = {"_prop_names", "_valid_wildcard_attributes", "available_properties", "available_wildcard_properties"}
"""Attributes in which a Dash element describes its kind; all others are what it was given. Its own to_plotly_json takes four times as long."""


def to_html(node: object) -> str:
    """A Dash element as HTML text: the first page and every answer are made of it. A graph leaves its box empty."""
    if type(node) is str:  # most of them: thousands of cells
        return escaping.escape(node)
    if node is None or isinstance(node, bool):
        return ""
    if isinstance(node, Markup):
        return str(node)
    if isinstance(node, (list, tuple)):
        return "".join(map(to_html, node))
    if not isinstance(node, Component):
        return escaping.escape(str(node))
    if node._namespace != "dash_html_components":
        return ""
    properties = {name: value for name, value in vars(node).items() if name not in DESCRIBED}
    children = properties.pop("children", None)
    if "data-native" in properties:
        return f"<input{_attributes(json.loads(properties['data-native']))}>"
    if node._type == "Select":
        children = [_option(option, option.value == properties.get("data-value")) for option in children]
    tag = node._type.lower()
    opened = f"<{tag}{_attributes(properties)}>"
    return opened if tag in VOID else f"{opened}{to_html(children)}</{tag}>"


def _option(option: html.Option, is_chosen: bool) -> Markup:
    made = f'<option value="{escaping.escape(option.value)}"{" selected" * is_chosen}>{to_html(option.children)}</option>'
    return Markup(made)  # noqa: S704 both parts are escaped


NAMES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan", "hrefLang": "hreflang"}


def _attributes(properties: dict) -> str:
    written = []
    for name, value in properties.items():
        if value is None or value is False or name in ("n_clicks", "key"):
            continue
        if value is True:
            written.append(f" {name}")
            continue
        if name == "style":
            value = ";".join(f"{key}:{part}" for key, part in value.items())
        written.append(f' {NAMES.get(name, name)}="{escaping.escape(str(value))}"')
    return "".join(written)

"""Dash elements as HTML text: the first page and every answer are made of it."""

import json
from html import escape

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from bilateral import escaping, public_address

VOID = {"input", "br", "img", "hr"}
DESCRIBED = {"_prop_names", "_valid_wildcard_attributes", "available_properties", "available_wildcard_properties"}
"""Attributes in which a Dash element describes its kind; all others are what it was given. Its own to_plotly_json takes four times as long."""


def to_html(node: object) -> str:
    """A Dash element as HTML text: the first page and every answer are made of it. A graph leaves its box empty."""
    if type(node) is str:  # most of them: thousands of cells
        return escaping.on_a_page(node)
    if node is None or isinstance(node, bool):
        return ""
    if isinstance(node, Markup):
        return str(node)
    if isinstance(node, (list, tuple)):
        return "".join(map(to_html, node))
    if not isinstance(node, Component):
        return escaping.on_a_page(str(node))
    if node._namespace != "dash_html_components":
        return ""
    # Dash keeps them in a set: unsorted, each start of the server would write another order, and give another ETag
    properties = {name: value for name, value in sorted(vars(node).items()) if name not in DESCRIBED}
    children = properties.pop("children", None)
    if "data-native" in properties:
        return f"<input{_attributes(json.loads(properties['data-native']))}>"
    if node._type == "Select":
        children = [_option(option, option.value == properties.get("data-value")) for option in children]
    tag = node._type.lower()
    if tag == "textarea":  # what stands there is sent again
        children = Markup(escape(children or ""))  # noqa: S704 it is escaped
    opened = f"<{tag}{_attributes(properties)}>"
    return opened if tag in VOID else f"{opened}{to_html(children)}</{tag}>"


def _option(option: html.Option, is_chosen: bool) -> Markup:
    made = f'<option value="{escape(option.value)}"{" selected" * is_chosen}>{to_html(option.children)}</option>'
    return Markup(made)  # noqa: S704 both parts are escaped


SHOWN = ("title", "alt", "placeholder", "label")
"""Attributes that people read or hear; others are for scripts and forms, which need them as they are."""
NAMES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan", "hrefLang": "hreflang"}


def _attributes(properties: dict) -> str:
    written = []
    for name, value in sorted(
        properties.items()
    ):  # Dash keeps them in a set: each start of the server would write another order, and give another ETag
        if value is None or value is False or name in ("n_clicks", "key"):
            continue
        if value is True:
            written.append(f" {name}")
            continue
        if name in ("href", "action"):
            value = public_address.linked(value)
        elif name == "style":
            value = ";".join(f"{key}:{part}" for key, part in value.items())
        is_read = name in SHOWN or name.startswith("aria-")
        written.append(f' {NAMES.get(name, name)}="{escaping.on_a_page(str(value)) if is_read else escape(str(value))}"')
    return "".join(written)

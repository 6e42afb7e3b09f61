"""Ranges to choose from: the last months on record, and all of it, as links."""

from datetime import date

from dash import html

from bilateral.pages.choice import months_before
from bilateral.pages.view import View
from bilateral.strings import Texts

RANGES = {"3m": 3, "1y": 12, "5y": 60}
"""In months to the end of the record; besides them all of it."""


def links(view: View) -> html.Nav:
    """The range that is shown is marked."""
    text, made = view.text, []
    for name, first in first_days(view.span[0], min(view.record_end, view.span[1])).items():
        here = {"aria-current": "true"} if view.first == first and view.asked.to_day is None else {}
        query = view.asked.query(from_day=first, to_day=None, at=None)
        made.append(html.A(text(f"ranges.{name}"), href=query, title=text(f"ranges.{name}_long"), **here))
    return html.Nav(made, className="ranges", **{"aria-label": text("ranges.label")})


def reset(name: str, text: Texts) -> html.Button:
    """Back from a part that was dragged or brushed; the browser shows it then."""
    return html.Button(text("ranges.reset"), type="button", className="btn small", hidden=True, **{"data-reset": f"g-{name}"})


def first_days(first: date, end: date) -> dict[str, date]:
    """First day of each range of a record."""
    return {name: max(months_before(end, months), first) for name, months in RANGES.items()} | {"max": first}

"""Plain tables and definition lists. Rows and texts in, Dash elements out."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from bilateral import escaping, formats
from bilateral.frames import rowwise
from bilateral.pages import directions
from bilateral.pages.markup import to_html
from bilateral.pages.told_events import event_link, kind, not_counted, source, unseen
from bilateral.strings import Texts, columns


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
    marks = [
        f'{mark} data-head="{escaping.on_a_page(said[index])}"' if index in named else mark for index, mark in enumerate(marks)
    ]
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


def event_rows(events: pd.DataFrame, carried: str, text: Texts, short: Mapping[str, str]) -> list[list]:
    """Cells of an event table: day, direction, sentence as a link to the event's page, kind, score, source as a link."""
    return [
        [
            formats.day(event["event_day"].date(), text),
            html.Span(directions.told(f"{event['source_country']}>{event['target_country']}", short), className="who"),
            html.Span(
                [
                    event_link(event, f"/event/{event['event_id']}{carried}", text),
                    *not_counted(event, text),
                ]
            ),
            kind(event["kind"], text),
            formats.points(event["score"], 1),
            [source(event, text), *unseen(event, text)],
        ]
        for event in rowwise(events)
    ]


def definitions(items: Iterable[tuple[str, Any]]) -> html.Dl:
    """Labels with what they say, in two columns."""
    return html.Dl([part for label, said in items for part in (html.Dt(label), html.Dd(said))], className="said-of")


def meaning(english: str, lang: str) -> html.Span:
    """What a header says of a table or a column, in a reader's language; in English, marked as that, where it is not translated.

    A translation has values of the data, which stay as they are, between backticks.
    """
    told = columns.translated(lang).get(english)
    if told is None:
        return html.Span(english, lang="en")
    return html.Span([html.Code(part) if place % 2 else part for place, part in enumerate(told.split("`"))])

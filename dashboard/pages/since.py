"""What came after the curated record ends and no person has reviewed: proposals of the intake and machine-coded events, marked as what they are."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import event_lists
from bilateral.ask.catalogue import Lists
from bilateral.frames import rowwise
from bilateral.pages import review
from bilateral.pages.choice import Choice
from bilateral.pages.site import Site
from bilateral.strings import Texts

LISTED = 5
"""Pages with proposals, and pairs with machine-coded events, that are listed."""


def section(site: Site, choice: Choice, lists: Lists, text: Texts) -> html.Section:
    waiting = event_lists.proposals_waiting(site.warehouse, choice.dataset, LISTED)
    coded = event_lists.since_record(site.warehouse, choice.dataset, lists.curated)
    names = lists.names(text.lang)
    content = [*proposals(waiting, names, choice, text), *machine_coded(coded, names, lists, text)]
    if waiting.empty and coded.empty:
        content = [html.P(text("front.since_none"), className="sub")]
    return html.Section([html.H2(text("front.since")), *content], className="card unreviewed", id="since-record")


def proposals(waiting: pd.DataFrame, names: dict[str, str], choice: Choice, text: Texts) -> list[Component]:
    """How many proposals await review, with the titles of the newest pages, each marked as not reviewed."""
    if waiting.empty:
        return []
    first = waiting.iloc[0]
    n, day = int(first["n_waiting"]), first["record_end"]
    said = text("front.proposals", n=n)
    if not formats.is_missing(day):
        said += f" {text('front.record_ends', day=formats.day(day.date(), text))}"
    items = [html.Li([_over(row, names, text), " ", _title(row, choice)]) for row in rowwise(waiting)]
    onward = html.P(html.A(text("front.proposals_all"), href=review.link(choice)))
    return [html.P(said, className="sub", id="awaiting"), html.Ul(items, className="plain"), onward]


def _over(row: dict, names: dict[str, str], text: Texts) -> html.Div:
    day = "" if formats.is_missing(row["day"]) else f"{formats.day(row['day'].date(), text)} · "
    more = f" · {text('front.proposals_here', n=int(row['n_here']))}" if row["n_here"] > 1 else ""
    return html.Div(f"{day}{names[row['dyad']]} · {text('front.not_reviewed')}{more}", className="over")


def _title(row: dict, choice: Choice) -> html.A:
    spoken = {"lang": row["language"]} if row["language"] else {}
    return html.A(row["title"], href=review.link(choice, number=int(row["number"])), **spoken)


def machine_coded(coded: pd.DataFrame, names: dict[str, str], lists: Lists, text: Texts) -> list[Component]:
    """Events of sources that a machine coded, by pair and source."""
    if coded.empty:
        return []
    sources = lists.labels.loc["dataset"][f"label_{text.lang}"]
    items = [
        html.Li(
            [
                html.A(
                    names[row["dyad"]],
                    href=f"/events?dataset={row['dataset']}&pair={row['dyad']}&from={row['record_end'].date()}",
                ),
                text(
                    "front.since_row",
                    source=sources[row["dataset"]],
                    n=int(row["n_events"]),
                    day=formats.day(row["newest_day"].date(), text),
                ),
            ]
        )
        for row in rowwise(coded)[:LISTED]
    ]
    return [html.P(text("front.since_said"), className="sub"), html.Ul(items, className="plain")]

"""The three columns of the first page: what happened last, where it stands by subject, what comes next."""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.frames import rowwise
from bilateral.pages import directions, told_events, waiting
from bilateral.pages.choice import Choice, monday
from bilateral.strings import Texts
from bilateral.today import today

WEEK = 5
"""Events that are listed of a week."""
DATES = 5
"""Dates that are listed."""
GLYPHS = {"up": "▲", "down": "▼", "flat": "▬"}


def week(events: pd.DataFrame, names: Mapping[str, str], asked: Choice, text: Texts) -> html.Section:
    """The newest week on record of all pairs; it says which one that is, where it is not the current one."""
    if events.empty:
        return html.Section([html.H2(text("front.week")), html.P(text("events.none"))], className="card")
    first = events["week"].iloc[0].date()
    is_now = first == monday(today())
    n = int(events["n_events"].iloc[0])
    days = text("controls.range", first=formats.day(first, text), last=formats.day(first + timedelta(days=6), text))
    items = [
        html.Li(
            [
                html.Div(f"{formats.day(row['event_day'].date(), text)} · {names[row['dyad']]}", className="over"),
                told_events.event_link(row, f"/event/{row['event_id']}{asked.carried()}", text),
            ]
        )
        for row in rowwise(events.sort_values(["event_day", "event_id"], ascending=False))
    ]
    return html.Section(
        [
            html.H2(text("front.week" if is_now else "front.week_old")),
            html.P(text("front.week_of", days=days, n=n), className="sub"),
            html.Ul(items, className="plain"),
        ],
        className="card",
    )


def stands(
    subjects: pd.DataFrame,
    standing: pd.Series,
    both: directions.Both,
    day: date,
    domains: Mapping[str, str],
    text: Texts,
) -> html.Section:
    """Counts by side of each subject with what may be said of them; subjects without events in one line, the two directions in another.

    `standing` is that of the pair, `both` those of its directions.
    """
    rows = rowwise(subjects[subjects["n_events"] > 0])
    most = max((int(row["n_events"]) for row in rows), default=1)
    heads = [html.Th(text(f"front.{name}"), scope="col") for name in ("subject", "counts", "trend")]
    body = [
        html.Tr([html.Th(domains[row["domain"]], scope="row"), html.Td(counts(row, most, text)), html.Td(trend(row, text))])
        for row in rows
    ]
    silent = [domains[domain].lower() for domain in subjects.loc[subjects["n_events"] == 0, "domain"]]
    caption = html.Caption(text("front.stands_of", day=formats.day(day, text)))
    content: list[Component] = (
        [html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(body)], className="stands")] if rows else []
    )
    if silent:
        content.append(html.P(text("front.silent", subjects=", ".join(silent)), className="sub"))
    if told := sides(standing, both, text):
        content.append(html.P(told, className="sub"))
    return html.Section([html.H2(text("front.stands")), *content], className="card")


def sides(standing: pd.Series, both: directions.Both, text: Texts) -> str:
    """The balance of what each side did alone, with what may be said of it, and what both did together; empty where neither has one."""
    told = [
        text("front.side", name=name, value=formats.points(row["balance"]), verdict=text(f"verdicts.{row['balance_verdict']}"))
        for name, _, row in both
        if row is not None and not formats.is_missing(row["balance"])
    ]
    joint = directions.joint_effect(standing, both, text)
    return f"{text('front.sides', sides='; '.join(told))} {joint}".strip() if told else ""


def counts(row: Mapping, most: int, text: Texts) -> list[Component | str]:
    """Two bars from one axis and what may be said of them; the numbers stand beside them."""
    made: list[Component | str] = []
    for side, glyph, n in (("coop", "▲", row["n_cooperation"]), ("fric", "▼", row["n_friction"])):
        bar = html.I(className=f"bar {side}", style={"width": f"{2.25 * n / most:.2f}rem"}, **{"aria-hidden": "true"})
        made.append(html.Span([html.Span(f"{glyph} {int(n)}", className=side), bar], className="count"))
    return [*made, html.Div(text(f"front.readings.{row['reading'].replace(' ', '_')}"), className="over")]


def trend(row: Mapping, text: Texts) -> str:
    glyph = GLYPHS.get(row["trend"], "")
    return f"{glyph} {text('front.trends.' + row['trend'].replace(' ', '_'))}".strip()


def coming(dates: pd.DataFrame, fates: pd.DataFrame, countries: Mapping[str, str], text: Texts) -> html.Section:
    """The next dates, each a link to the page that names it; of a measure that waits, how often such a one came into force."""
    items = [
        html.Li(
            [
                html.Div(when(row, text), className="over"),
                date_link(row, text),
                *waiting.fate_line(waiting.fate(fates, row, 30), text),
                about(row, countries, text),
            ]
        )
        for row in rowwise(dates)
    ]
    content = html.Ul(items, className="plain") if items else html.P(text("front.coming_none"))
    return html.Section([html.H2(text("front.coming")), content], className="card")


def when(row: Mapping, text: Texts) -> str:
    """The day, or the month where only that is known, with how sure it is and whether its source only reports it."""
    said = [on(row, text), text(f"front.certainty.{row['certainty']}")]
    return " · ".join([*said, text("front.secondary")] if row["source_kind"] == "secondary" else said)


def on(row: Mapping, text: Texts) -> str:
    """The day of a date ahead, or the month where only that is known."""
    return formats.period(row["day"].date(), "month" if row["precision"] == "month" else "day", text)


def date_link(row: Mapping, text: Texts) -> Component:
    """What is set, with the address of its source."""
    is_english = formats.is_missing(row[f"title_{text.lang}"])
    title = row["title_en"] if is_english else row[f"title_{text.lang}"]
    if not formats.is_missing(row["measure_id"]):
        title = f"{title}: {text('measures.until_' + row['kind'])}"
    lang = {"lang": "en"} if is_english else {}
    if formats.is_missing(row["source_url"]):
        return html.Span(title, **lang)
    return html.A(title, href=row["source_url"], rel="noopener noreferrer nofollow", title=row["source_title"], **lang)


def about(row: Mapping, countries: Mapping[str, str], text: Texts) -> html.Div:
    """Whom it concerns."""
    return html.Div(", ".join(countries.get(code, code) for code in row["countries"].split()), className="over")

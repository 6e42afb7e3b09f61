"""Policy measures between two countries: their changes over time, measures in force on a chosen day, and scheduled dates."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import coverage, policy_measures
from bilateral.ask.catalogue import Lists
from bilateral.ask.exports import Extract
from bilateral.figures import measures as figures
from bilateral.frames import rowwise
from bilateral.pages import cards, chart, controls, directions, frame, front_columns, head, sharing, tables, told_events, waiting
from bilateral.pages.chart import Chart
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page, Places
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts
from bilateral.today import today

COLOURS = (("coopWords", "sign_cooperation"), ("fricSolid", "sign_friction"), ("hatch", "force_partly"), ("pale", "force_no"))
HORIZON = timedelta(days=365)
"""How far ahead dates are listed on the newest day."""


def make(site: Site, choice: Choice) -> Page:
    text, lists = texts(choice.lang), site.lists()
    span = coverage.span(site.warehouse, "chronology", choice.dyad) or (date(2016, 1, 1), today())
    choice = replace(choice.clamped(*span), every_pair=False)
    first, last = choice.from_day or span[0], choice.to_day or span[1]
    newest = max(span[1], today()) if last == span[1] else last  # how long nothing was seen counts to the day of looking
    day = min(max(choice.at or newest, span[0]), newest)
    keys = (choice.dyad, choice.domain)
    domains = dict(lists.labels.loc["domain"][f"label_{text.lang}"])
    title = text("measures.title", pair=lists.names(text.lang)[choice.dyad])
    in_force = policy_measures.measures_in_force(site.warehouse, *keys, day)
    drawn = timeline(
        policy_measures.measures_timeline(site.warehouse, *keys, first, last),
        min(day, last),
        (str(first), str(last)),
        domains,
        text,
    )
    shown = {"pair": choice.dyad, "domain": choice.domain, "from": first, "to": last, "at": day}
    counted = in_force["standing"].value_counts()
    said = text("measures.said", n=int(counted.get("in force", 0)), day=formats.day(day, text))
    for standing, key in (("partly in force", "said_partly"), ("as last recorded", "said_recorded")):
        if n := int(counted.get(standing, 0)):
            said += " " + text(f"measures.{key}", n=n)
    seen = in_force["last_confirmed"].max()
    if not formats.is_missing(seen) and seen.date() < day:
        said += " " + text("measures.confirmed", day=formats.day(seen.date(), text))
    places = {
        "head": [
            frame.heading(title, shown),
            html.P(said, className="lead short"),
            *head.dated(site.warehouse, choice, [choice.dyad], None, site.updates(), text),
        ],
        "controls": [form(choice, day, lists, (span[0], max(span[1], newest)), text)],
        "in-force": [in_force_card(in_force, day, domains, lists.countries(text.lang), choice)],
        "waiting": [waiting.card(site, choice, day, lists.countries(text.lang), text)],
        "next": [ahead(site, choice, day, day >= newest, text)],
    }
    if drawn:
        places |= drawn.places(text, [sharing.downloads(drawn.name, choice, text)])
    figures_of = {drawn.name: drawn.figure} if drawn else {}
    extracts = {drawn.name: drawn.extract} if drawn else {}
    return Page(title, places, arrange, figures_of, extracts | {"in-force": Extract("in-force", title, in_force)})


def arrange(made: Places, text: Texts) -> list[Component]:
    return [
        html.Div(made.get("head", []), id="p-head"),
        html.Div(made.get("controls", []), id="p-controls"),
        html.Div(made.get("in-force", []), id="p-in-force"),
        html.Div(made.get("waiting", []), id="p-waiting"),
        html.Div(made.get("next", []), id="p-next"),
        cards.card("timeline", made, text),
    ]


def form(choice: Choice, day: date, lists: Lists, span: tuple[date, date], text: Texts) -> html.Form:
    limits = (str(span[0]), str(span[1]))
    domains = [("all", text("controls.all_domains")), *lists.labels.loc["domain"][f"label_{text.lang}"].items()]
    return html.Form(
        [
            controls.select("pair", text("controls.pair"), lists.names(text.lang).items(), choice.dyad),
            controls.select("domain", text("controls.domain"), domains, choice.domain),
            controls.date_input("at", text("measures.on_day"), str(day), *limits),
            controls.date_input("from", text("controls.from"), str(choice.from_day), *limits),
            controls.date_input("to", text("controls.to"), str(choice.to_day), *limits),
        ],
        className="controls",
        **{"aria-label": text("controls.label")},
    )


def timeline(rows: pd.DataFrame, day: date, span: tuple[str, str], domains: dict[str, str], text: Texts) -> Chart | None:
    if rows.empty:
        return None
    records = rowwise(rows)
    labels = [
        text(
            "measures.point",
            name=told_events.measure_name(row, text),
            state=text.entry("states")[row["state"]],
            first=formats.day(row["from_day"].date(), text),
            last=formats.day(row["to_day"].date(), text),
        )
        for row in records
    ]
    named = rows.assign(label=[f"{domains[row['domain']]}: {row[told_events.title_of(row, text)]}" for row in records])
    drawn = set(latest(rows)["measure_id"])
    changes = [index for index, row in enumerate(records) if row["is_change"] and row["measure_id"] in drawn]
    heads = [
        text("events.measure"),
        text("controls.domain"),
        text("events.state"),
        text("measures.first"),
        text("measures.last"),
        text("measures.in_force_after"),
    ]
    cells = [
        [
            told_events.measure(row, text),
            domains[row["domain"]],
            text.entry("states")[row["state"]],
            formats.day(row["from_day"].date(), text),
            formats.day(row["to_day"].date(), text),
            text(f"measures.{row['is_in_force']}"),
        ]
        for row in records
    ]
    return Chart(
        name="timeline",
        title=text("measures.timeline"),
        how_to_read=text("measures.how"),
        summary=text("measures.summary", n=rows["measure_id"].nunique(), changes=int(rows["is_change"].sum()), drawn=len(drawn)),
        figure=figures.timeline(latest(named), labels, str(day), span, text),
        table=tables.table(text("measures.timeline"), heads, cells, (), "table-timeline", told=(3, 4, 5)),
        computed=text("how.measures"),
        rows=rows,
        readouts=[labels[index] for index in changes],
        days=[str(records[index]["from_day"].date()) for index in changes],
        opens=text("measures.show"),
        legend=chart.key([(colour, text(f"measures.{key}")) for colour, key in COLOURS]),
    )


def latest(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the measures that are drawn: those that changed last, in their order."""
    changed = rows[rows["is_change"]].groupby("measure_id")["from_day"].max().sort_values(ascending=False, kind="stable")
    return rows[rows["measure_id"].isin(changed.index[: figures.MOST])]


def in_force_card(rows: pd.DataFrame, day: date, domains: dict[str, str], short: dict[str, str], choice: Choice) -> html.Section:
    """Grouped by subject, that with most measures first: rate, since when, and how far; each leads to the event that made it so."""
    text = texts(choice.lang)
    title = text("measures.in_force_on", day=formats.day(day, text))
    heads = [text(f"events.{name}") for name in ("measure", "who")]
    heads += [text(f"measures.{name}") for name in ("rate", "announced_on", "effective_on", "in_force")]
    order = rows["domain"].value_counts(sort=True)
    cells: list[list] = []
    for domain, n in zip(order.index.astype(str), order, strict=True):
        cells.append([html.Strong(f"{domains[domain]} ({n})"), *[""] * (len(heads) - 1)])
        cells += [in_force_row(row, short, choice.carried(), text) for row in rowwise(rows[rows["domain"] == domain])]
    content = (
        tables.table(title, heads, cells, (2,), "table-in-force", told=(2, 3, 4)) if cells else html.P(text("measures.none"))
    )
    explained = chart.how(text("how.in_force"), rows, text)
    return html.Section([html.H2(title, id="t-in-force"), content, explained], className="card")


def in_force_row(row: dict, short: dict[str, str], carried: str, text: Texts) -> list:
    rate = "" if formats.is_missing(row["rate_percent"]) else f"{row['rate_percent']:g}%"
    name, lang = row[told_events.title_of(row, text)], told_events.measure_in(row, text)
    is_known = not formats.is_missing(row["event_id"])
    return [
        html.A(name, href=f"/event/{row['event_id']}{carried}", lang=lang) if is_known else html.Span(name, lang=lang),
        html.Span(directions.told(f"{row['imposing_country']}>{row['target_country']}", short), className="who"),
        rate,
        html.Span(day_or_dash(row["announced_on"], text), className="who"),
        html.Span(day_or_dash(row["effective_on"], text), className="who"),
        standing_of(row, text),
    ]


def day_or_dash(day: pd.Timestamp, text: Texts) -> str:
    return "—" if formats.is_missing(day) else formats.day(day.date(), text)


def standing_of(row: dict, text: Texts) -> list[Component | str]:
    """How far it is in force, since which change, when a source last showed it, and what is disputed."""
    confirmed = formats.day(row["last_confirmed"].date(), text)
    state = text("measures.state_since", state=text.entry("states")[row["state"]], day=formats.day(row["state_day"].date(), text))
    said = [text(f"measures.{row['is_in_force']}"), ", ", state, "; ", seen_at(row, text("measures.last_seen", day=confirmed))]
    if row["standing"] == "as last recorded":
        said = [seen_at(row, text("measures.as_recorded", day=confirmed))]
    if row["is_until_past"] is True:
        what = text(f"measures.until_{row['until_kind']}")
        said += ["; ", text("measures.until_past", what=what, day=formats.day(row["until"].date(), text))]
    if not formats.is_missing(row["contested"]):
        said += ["; ", text("measures.contested"), " ", dispute(row, text)]
    return said


def seen_at(row: dict, said: str) -> Component | str:
    """With the page that shows it: the last one that confirmed the measure, else the one of its state."""
    for address, title in (("confirmed_url", "confirmed_by"), ("source_url", "source_title")):
        if not formats.is_missing(row[address]):
            return html.A(said, href=row[address], rel="noopener noreferrer nofollow", title=row[title])
    return said


def ahead(site: Site, choice: Choice, day: date, is_newest: bool, text: Texts) -> html.Section:
    """On the newest day every dated entry of the next twelve months, with its source; on an earlier one what was set for measures by then."""
    if not is_newest:
        return next_card(policy_measures.calendar(site.warehouse, choice.dyad, choice.domain, day), day, text)
    rows = policy_measures.coming_up(site.warehouse, day, day + HORIZON, choice.dyad)
    title = text("measures.horizon")
    heads = [text("events.day"), text("measures.what"), text("measures.kind"), text("events.source")]
    cells = [
        [
            front_columns.when(row, text),
            front_columns.date_link(row, text),
            kind_of(row, text),
            html.Span(row["source_title"], lang="en"),
        ]
        for row in rowwise(rows)
    ]
    content = (
        tables.table(title, heads, cells, (), "table-next-dates", told=(2, 3)) if cells else html.P(text("measures.next_none"))
    )
    return html.Section([html.H2(title), content, chart.how(text("how.horizon"), rows, text)], className="card")


def kind_of(row: dict, text: Texts) -> str:
    """What sort of date it is."""
    key = row["kind"] if formats.is_missing(row["measure_id"]) else "measure"
    return text(f"measures.kinds.{key}")


def dispute(row: dict, text: Texts) -> html.Span:
    """Who disputes a state, in the reader's language where it is translated."""
    is_spanish = text.lang == "es" and not formats.is_missing(row["contested_es"])
    return html.Span(row["contested_es" if is_spanish else "contested"], lang="es" if is_spanish else "en")


def next_card(rows: pd.DataFrame, day: date, text: Texts) -> html.Section:
    title = text("measures.next", day=formats.day(day, text))
    heads = [text("events.day"), text("events.measure"), text("measures.set_for")]
    cells = [
        [
            formats.day(row["until"].date(), text),
            told_events.measure(row, text),
            text(f"measures.until_{row['until_kind']}"),
        ]
        for row in rowwise(rows)
    ]
    content = (
        tables.table(title, heads, cells, (), "table-next-dates", told=(2,)) if cells else html.P(text("measures.next_none"))
    )
    return html.Section([html.H2(title), content, chart.how(text("how.next"), rows, text)], className="card")

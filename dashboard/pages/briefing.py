"""One week of a pair on one page: what happened, which measures changed state, what is in force, what comes next, how unusual it is.

The numbers are those of the pair's page on the last covered day of the week; the page says nothing that its links do not show.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import parse_qsl

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import components, data, numbers, words
from dashboard.address import Choice, monday
from dashboard.files import Extract
from dashboard.pages import chart, frame, head, sharing
from dashboard.pages.document import Document, Item, Piece, Section, source
from dashboard.pages.frame import Page
from dashboard.pages.measures import name_of
from dashboard.pages.view import directions
from dashboard.rowwise import rowwise
from dashboard.site import Site
from dashboard.strings import Texts, texts

MOST = 60
"""Acts that are listed; a week of machine-coded data has more."""


@dataclass(frozen=True)
class Week:
    """What was asked about one week of a pair."""

    choice: Choice
    name: str
    monday: date
    last: date
    """The last day of it that is covered, on which the indicators stand."""
    domains: dict[str, str]
    acts: pd.Series
    events: pd.DataFrame
    changed: pd.DataFrame
    in_force: pd.DataFrame
    next: pd.DataFrame
    among: pd.Series
    standing: pd.Series
    directions: dict[str, pd.Series | None]

    @property
    def text(self) -> Texts:
        return texts(self.choice.lang)

    @property
    def is_over(self) -> bool:
        return self.last == self.monday + timedelta(days=6)

    def event_page(self, event_id: str) -> str:
        return "" if numbers.is_missing(event_id) else f"/event/{event_id}{self.choice.carried()}"


def make(site: Site, choice: Choice) -> Page:
    text, lists, fresh = texts(choice.lang), site.lists(), site.fresh()
    span = data.span(site.warehouse, choice.dataset, choice.dyad)
    week = look(site, choice, span) if span else None
    if span is None:
        return Page(head.name_of(choice, lists), {"all": head.nothing(choice, lists, fresh)["head"]}, frame.plain)
    if week is None:
        days = {"first": numbers.day(span[0], text), "last": numbers.day(span[1], text)}
        newest = html.A(text("briefing.newest"), href=f"/briefing/{choice.dyad}{replace(choice, week=None).query()}")
        return frame.message(head.name_of(choice, lists), text("briefing.outside", **days), html.P(newest))
    notes = (text("freshness.data_to", day=numbers.day(span[1], text)), text("event.as_coded"))
    document = Document(title(week), lead(week), notes, tuple(sections(week)))
    parts: list[Component] = [
        frame.heading(document.title, {}),
        html.P(document.lead, className="lead short"),
        head.freshness(fresh, span[1], text),
        *head.notices(choice, fresh, text),
        turning(week, span, text),
        *document.parts(),
        taken(week, text),
    ]
    origin = sharing.origin()
    return Page(
        document.title,
        {"all": parts},
        frame.plain,
        extracts={
            "events": Extract("events", document.title, week.events),
            "measures": Extract("measures", title(week), week.changed),
        },
        documents={"md": document.markdown(origin), "html": document.page(origin, text)},
        stem=f"{choice.dyad}_briefing_{week.monday}_v{site.warehouse.version}",
    )


def look(site: Site, choice: Choice, span: tuple[date, date]) -> Week | None:
    """The asked week, or the one of the last covered day; None where it lies outside of the covered days."""
    house, lists = site.warehouse, site.lists()
    first = choice.week or monday(span[1])
    last = min(first + timedelta(days=6), span[1])
    scope = lists.scope(choice.dataset, choice.dyad, choice.domain, choice.h)
    name = lists.names(choice.lang)[choice.dyad]
    scopes = directions(scope, name, lists)
    stood = data.standing_of(house, [scope, *scopes.values()], last)
    standing = stood[scope.dyad]
    if standing is None or last < first:
        return None
    keys = (choice.dataset, choice.dyad, choice.domain)
    return Week(
        choice=choice,
        name=name,
        monday=first,
        last=last,
        domains=dict(lists.labels.loc["domain"][f"label_{choice.lang}"]),
        acts=data.happened(house, *keys, first, last),
        events=data.events(house, *keys, first, last, most=MOST),
        changed=data.measures(house, choice.dyad, choice.domain, first, last),
        in_force=data.measures_in_force(house, choice.dyad, choice.domain, last),
        next=data.calendar(house, choice.dyad, choice.domain, last),
        among=data.week_among_weeks(house, *keys, first),
        standing=standing,
        directions={shown: stood[one.dyad] for shown, one in scopes.items()},
    )


def title(week: Week) -> str:
    subject = "" if week.choice.domain == "all" else f", {week.domains[week.choice.domain]}"
    return week.text("briefing.title", pair=week.name + subject, day=numbers.day(week.monday, week.text))


def lead(week: Week) -> str:
    """What happened in two or three sentences, and what may be said of the balance."""
    text = week.text
    told = [words.what_happened(week.acts, (week.last - week.monday).days + 1, week.last, text)]
    if not week.is_over:
        told.append(text("briefing.partial", n=(week.last - week.monday).days + 1))
    told += [*by_subject(week), words.how_it_stands(week.standing, text)]
    return " ".join(told)


def by_subject(week: Week) -> list[str]:
    """Which subjects have friction and which cooperation alone: said where both are there, as one number would hide it."""
    counted = _counted(week.events)
    friction = {row["domain"] for row in counted if "friction" in row["kind"]}
    calm = {row["domain"] for row in counted} - friction
    if not friction or not calm:
        return []
    named = {
        name: ", ".join(sorted(week.domains[domain] for domain in found))
        for name, found in (("friction", friction), ("calm", calm))
    }
    return [week.text("briefing.apart", **named)]


def sections(week: Week) -> list[Section]:
    text = week.text
    return [
        Section(text("briefing.happened"), tuple(by_direction(week)), tuple(acts(week))),
        listed(
            text("briefing.changed"), text("briefing.changed_none"), [changed(row, week) for row in rowwise(week.changed)[::-1]]
        ),
        listed(text("briefing.next"), text("briefing.next_none"), [coming(row, week) for row in rowwise(week.next)]),
        Section(text("briefing.unusual"), (volume(week), *past(week)), (balances(week),)),
        listed(text("measures.in_force_on", day=numbers.day(week.last, text)), text("measures.none"), in_force(week)),
    ]


def listed(title: str, empty: str, items: list[Item]) -> Section:
    return Section(title, lists=(("", tuple(items)),)) if items else Section(title, (empty,))


def by_direction(week: Week) -> list[str]:
    """Acts by who did them; what two do together, as a meeting, has no single doer."""
    text, counted = week.text, _counted(week.events)
    if not counted:
        return []
    alone = Counter((row["directed_dyad"], _side(row)) for row in counted if not row["is_mutual"])
    both = Counter(_side(row) for row in counted if row["is_mutual"])
    told = []
    for directed in dict.fromkeys(row["directed_dyad"] for row in counted):
        names = {side: alone[directed, side] for side in ("cooperation", "friction")}
        if any(names.values()):
            told.append(text("briefing.one_way", who=directed.replace(">", " → "), **names))
    if both:
        told.append(text("briefing.both_ways", cooperation=both["cooperation"], friction=both["friction"]))
    return [text("briefing.acts", said="; ".join(told))]


def acts(week: Week) -> list[tuple[str, tuple[Item, ...]]]:
    """Acts by subject, that with most acts first, each list by day."""
    rows, text = rowwise(week.events)[::-1], week.text
    order = [domain for domain, _ in Counter(row["domain"] for row in rows).most_common()]
    made = [(week.domains[domain], tuple(act(row, week) for row in rows if row["domain"] == domain)) for domain in order]
    n = int(week.acts["n_events"])
    if n > len(rows):
        made.append((text("ledger.more", n=n - len(rows)), ()))
    return made


def act(row: Mapping, week: Week) -> Item:
    text, day = week.text, row["event_day"].date()
    arrow = " ↔ " if row["is_mutual"] else " → "
    glyph = "▲" if _side(row) == "cooperation" else "▼"
    what = f"{row['source_country']}{arrow}{row['target_country']}, {glyph} {text.entry('kinds')[row['kind']]}"
    if row["is_backdated"] or row["is_excluded"]:
        what += f", {text('briefing.not_counted')}"
    when = f"{text.entry('weekdays')[day.weekday()]} {numbers.day(day, text)}"
    return (
        Piece(f"{when}, {what}: "),
        Piece(str(components.told(row)), week.event_page(row["event_id"]), "en"),
        Piece(" — "),
        source(dict(row), text),
    )


def changed(row: Mapping, week: Week) -> Item:
    text = week.text
    day = numbers.day(row["state_day"].date(), text)
    force = text("briefing.force", force=text(f"measures.{row['is_in_force']}"))
    who = f"{row['imposing_country']} → {row['target_country']}"
    return (
        Piece(f"{day}, {who}: "),
        Piece(name_of(dict(row)), week.event_page(row["event_id"]), "en"),
        Piece(f": {text.entry('states')[row['state']]}; {force}"),
    )


def coming(row: Mapping, week: Week) -> Item:
    text = week.text
    day = numbers.day(row["until"].date(), text)
    return (
        Piece(f"{day}, {text('measures.until_' + row['until_kind'])}: "),
        Piece(name_of(dict(row)), week.event_page(row["event_id"]), "en"),
        Piece(f" ({text.entry('states')[row['state']]}, {numbers.day(row['state_day'].date(), text)})"),
    )


def in_force(week: Week) -> list[Item]:
    """A line for each subject, so that many measures stay on one page."""
    text, rows = week.text, rowwise(week.in_force)
    made = []
    for domain in dict.fromkeys(row["domain"] for row in rows):
        pieces = [Piece(f"{week.domains[domain]}: ")]
        for index, row in enumerate(found for found in rows if found["domain"] == domain):
            partly = f" ({text('measures.partly')})" if row["is_in_force"] == "partly" else ""
            pieces += [Piece("; ")] * bool(index)
            pieces += [Piece(name_of(dict(row)), week.event_page(row["event_id"]), "en"), Piece(partly)]
        made.append(tuple(piece for piece in pieces if piece.words))
    return made


def volume(week: Week) -> str:
    """Acts of the week among those of the pair's own earlier weeks."""
    text, among = week.text, week.among
    n = int(among["n_events"])
    if not week.is_over or among["n_weeks"] < 26:
        return text("briefing.volume_alone", acts=text("sentence.acts", n=n))
    return text(
        "briefing.volume",
        acts=text("sentence.acts", n=n),
        weeks=int(among["n_weeks"]),
        fewer=int(among["n_fewer"]),
        same=int(among["n_same"]),
        middle=numbers.plain(among["median"]),
        most=int(among["most"]),
    )


def balances(week: Week) -> tuple[str, tuple[Item, ...]]:
    """The balance of the pair, of each direction, of words and of deeds: value, band, and what may be claimed."""
    text = week.text
    rows = [(week.name, week.standing, "balance"), *((shown, row, "balance") for shown, row in week.directions.items())]
    rows += [(text("tiles.words"), week.standing, "words"), (text("tiles.deeds"), week.standing, "deeds")]
    items = tuple((Piece(f"{name}: {reading(row, column, text)}"),) for name, row, column in rows)
    return text("briefing.balances", day=numbers.day(week.last, text)), items


def reading(row: pd.Series | None, column: str, text: Texts) -> str:
    """A value with its band in words; a value that is thin or whose band holds 0 claims nothing."""
    if row is None or numbers.is_missing(row[column]):
        return text("tiles.few")
    state = row["state" if column == "balance" else f"{column}_state"]
    low, high = row[f"{column}_low"], row[f"{column}_high"]
    key = state if state in ("thin", "partial") else "coop" if low > 0 else "fric" if high < 0 else "undecided"
    band = text("range", low=numbers.points(low), high=numbers.points(high))
    return f"{numbers.points(row[column])} ({band}), {text(f'tiles.{key}')}"


def past(week: Week) -> list[str]:
    """Four weeks before, four weeks against four, and the place among the pair's own earlier days."""
    text, row = week.text, week.standing
    told = []
    if not numbers.is_missing(row["balance_before"]) and not numbers.is_missing(row["balance"]):
        told.append(text("briefing.before", value=numbers.points(row["balance_before"])))
    if not numbers.is_missing(row["momentum"]):
        change, low, high = (numbers.points(row[f"momentum{end}"]) for end in ("", "_low", "_high"))
        apart = (row["momentum_low"] > 0 or row["momentum_high"] < 0) and row["momentum_state"] == "ok"
        told.append(text("briefing.momentum" if apart else "briefing.momentum_open", change=change, low=low, high=high))
    if not numbers.is_missing(row["rank"]):
        told.append(text("briefing.rank", share=numbers.plain(row["rank"])))
    if not numbers.is_missing(row["tension"]):
        told.append(text("briefing.tension", value=numbers.points(row["tension"], 1)))
    return told


def turning(week: Week, span: tuple[date, date], text: Texts) -> html.Form:
    """The week before and after, and a form for any other; it works without scripts."""
    choice, path = week.choice, f"/briefing/{week.choice.dyad}"
    carried = parse_qsl(replace(choice, week=None).query().lstrip("?"))
    links = []
    if week.monday > span[0]:
        links.append(html.A(text("briefing.earlier"), href=path + choice.query(week=week.monday - timedelta(days=7)), rel="prev"))
    if week.is_over and week.last < span[1]:
        links.append(html.A(text("briefing.later"), href=path + choice.query(week=week.monday + timedelta(days=7)), rel="next"))
    day = {"name": "week", "type": "date", "value": str(week.monday), "min": str(span[0]), "max": str(span[1])}
    return html.Form(
        [
            components.field(text("briefing.week"), **day),
            *(components.native(type="hidden", name=name, value=value) for name, value in carried),
            html.Button(text("events.show"), type="submit", className="btn"),
            html.Div(links, className="row turn"),
        ],
        action=path,
        method="get",
        className="controls filters",
        **{"aria-label": text("controls.label")},
    )


def taken(week: Week, text: Texts) -> html.Section:
    """Ways on: the same numbers on the page of the pair, the week as a document, its rows, and how they were asked."""
    choice = replace(week.choice, week=week.monday)
    path, query = f"/briefing/{choice.dyad}", choice.query()
    pair = replace(choice, page="pair", week=None, to_day=week.last)
    files = [html.A(text(f"briefing.{ending}"), href=f"{path}.{ending}{query}", download="") for ending in frame.DOCUMENTS]
    ways = [
        html.Li(html.A(text("briefing.same"), href=f"/pair/{choice.dyad}{pair.query()}")),
        html.Li([text("share.download"), *sharing.spaced(files)]),
    ]
    opened = [chart.how(text("how.briefing"), week.events, text), sharing.downloads("events", choice, text, with_picture=False)]
    return html.Section(
        [html.H2(text("event.further")), html.Ul(ways, className="ways"), html.Div(opened, className="row wide")],
        className="card further",
    )


def _counted(events: pd.DataFrame) -> list[dict]:
    """Events that enter counts and indicators."""
    return [row for row in rowwise(events) if not row["is_backdated"] and not row["is_excluded"]]


def _side(row: Mapping) -> str:
    return "cooperation" if "cooperation" in row["kind"] else "friction"

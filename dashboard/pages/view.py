"""One pair as a reader chose to see it: everything that follows the address, on the overview and on the page of a pair."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import components, data, figures, numbers, words
from dashboard.address import Choice
from dashboard.freshness import Freshness
from dashboard.strings import Texts, texts
from dashboard.warehouse import Warehouse

SQL = (
    "select day, balance, balance_low, balance_high, evidence, state\n"
    "from series('{dataset}', '{dyad}', '{domain}', {h})\nwhere day between '{first}' and '{last}'"
)


@dataclass(frozen=True)
class View:
    """The answer to one choice. Every label on the page comes from here, so a figure never stands under another one's name."""

    asked: Choice
    """As the address says, defaults left open: links are made from it."""
    choice: Choice
    """With every default filled in from the data."""
    name: str
    span: tuple[date, date]
    series: pd.DataFrame
    directed: dict[str, pd.DataFrame]
    kinds: pd.DataFrame
    marks: pd.DataFrame
    standing: pd.Series
    both: list[tuple[str, str, pd.Series | None]]
    acts: pd.Series
    window: int
    newest: pd.DataFrame
    behind: pd.DataFrame
    measures: pd.DataFrame

    @property
    def text(self) -> Texts:
        return texts(self.choice.lang)


def look(warehouse: Warehouse, choice: Choice, lists: data.Lists) -> View | None:
    """Ask everything that the choice needs; None where the dataset has nothing on the pair."""
    span = data.span(warehouse, choice.dataset, choice.dyad)
    if span is None:
        return None
    asked, h = choice, choice.h or lists.datasets[choice.dataset]
    choice = replace(choice.clamped(*span), h=h)
    first, last = choice.from_day or span[0], choice.to_day or span[1]
    name = lists.pairs.set_index("dyad").loc[choice.dyad, f"name_{choice.lang}"]
    lead, partner = str(name).split(" – ")
    kept = choice.domain == "all" and h == lists.datasets[choice.dataset]
    pair = data.Scope(choice.dataset, choice.dyad, choice.domain, h, kept)
    directions = {f"{lead} → {partner}": _directed(choice.dyad, lists, lead_first=True)}
    directions[f"{partner} → {lead}"] = _directed(choice.dyad, lists, lead_first=False)
    scopes = {shown: replace(pair, dyad=dyad) for shown, dyad in directions.items()}
    series = data.series(warehouse, pair, choice.by, first, last)
    keys = (choice.dataset, choice.dyad, choice.domain)
    shown_day = choice.at or last
    point = _point(series, shown_day)
    newest = data.events(warehouse, *keys, first, last, most=60)
    standing = data.standing(warehouse, pair, last)
    if standing is None:
        return None
    both = [(shown, scope.dyad, data.standing(warehouse, scope, last)) for shown, scope in scopes.items()]
    return View(
        asked=asked,
        choice=choice,
        name=str(name),
        span=span,
        series=series,
        directed={shown: data.series(warehouse, scope, choice.by, first, last) for shown, scope in scopes.items()},
        kinds=data.kinds(warehouse, *keys, choice.by, first, last),
        marks=data.marks(warehouse, *keys, first, last, choice.event),
        standing=standing,
        both=both,
        acts=data.happened(warehouse, *keys, last - timedelta(days=h - 1), last),
        window=h,
        newest=newest,
        behind=data.events(warehouse, *keys, *point) if point else newest.head(0),
        measures=data.measures(warehouse, choice.dyad, choice.domain, first, last),
    )


def _directed(dyad: str, lists: data.Lists, lead_first: bool) -> str:
    lead = str(lists.pairs.set_index("dyad").loc[dyad, "lead"])
    partner = next(code for code in dyad.split("-") if code != lead)
    return f"{lead}>{partner}" if lead_first else f"{partner}>{lead}"


def _point(series: pd.DataFrame, day: date) -> tuple[date, date] | None:
    """First and last day of the period in which a day lies."""
    rows = series[(series["period"].dt.date <= day) & (series["day"].dt.date >= day)]
    return None if rows.empty else (rows["period"].iloc[0].date(), rows["day"].iloc[0].date())


def parts(view: View, fresh: Freshness) -> dict[str, list[Component]]:
    """Everything on the page that follows the choice, by the id of its place."""
    return {
        "head": head(view, fresh),
        "tiles": tiles(view),
        "balance-top": balance_top(view),
        "balance-below": balance_below(view),
        "words-top": words_top(view),
        "words-below": words_below(view),
        "directions-top": directions_top(view),
        "directions-below": directions_below(view),
        "behind": [behind_card(view)],
        "measures": [measures_card(view)],
    }


def nothing(choice: Choice, lists: data.Lists, fresh: Freshness) -> dict[str, list[Component]]:
    """The places of a page whose dataset has nothing on the pair: a sentence, and the controls to choose another."""
    text = texts(choice.lang)
    name = str(lists.pairs.set_index("dyad").loc[choice.dyad, f"name_{choice.lang}"])
    dataset = lists.labels.loc[("dataset", choice.dataset), f"label_{choice.lang}"]
    said = html.P(text("errors.nothing", dataset=dataset, pair=name), className="lead")
    h = choice.h or lists.datasets[choice.dataset]
    return {"head": [heading(replace(choice, h=h), name), said, *notices(choice, fresh, text)]}


def heading(choice: Choice, name: str) -> html.H1:
    """The pair's name; it carries the choice that was answered, so that the controls can follow it."""
    state = {"h": choice.h, "from": choice.from_day, "to": choice.to_day, "pair": choice.dyad, "dataset": choice.dataset}
    state |= {"domain": choice.domain, "by": choice.by, "name": name}
    return html.H1(name, id="title", **{"data-choice": json.dumps(state, default=str)})


def stores(view: View) -> dict[str, dict]:
    """Figures by name, colours as tokens; the browser paints them."""
    return {
        "balance": figures.balance(view.series, view.marks, view.choice.by, view.text),
        "words": figures.words_deeds(view.kinds, view.text),
        "directions": figures.directions({dyad.replace(">", " → "): view.directed[shown] for shown, dyad, _ in view.both}),
    }


def head(view: View, fresh: Freshness) -> list[Component]:
    """Heading, sentence and freshness: what is read before any chart has loaded."""
    text, choice = view.text, view.choice
    sentences = [
        words.what_happened(view.acts, view.window, view.choice.to_day or view.span[1], text),
        words.latest(view.newest, text),
        words.how_it_stands(view.standing, text),
    ]
    return [
        heading(choice, view.name),
        html.P(" ".join(filter(None, sentences)), className="lead"),
        freshness(fresh, view.span[1], text),
        *notices(choice, fresh, text),
    ]


def freshness(fresh: Freshness, last_day: date, text: Texts) -> html.P:
    updated = text("freshness.never")
    if fresh.last_success:
        updated = text("freshness.updated", time=f"{fresh.last_success:%Y-%m-%d %H:%M}")
    data_to = text("freshness.data_to", day=numbers.day(last_day, text))
    return html.P([data_to, " · ", updated, " · ", html.Strong(text(f"freshness.{fresh.state}"))], className="fresh")


def notices(choice: Choice, fresh: Freshness, text: Texts) -> list[Component]:
    said = []
    if choice.ignored:
        said.append(text("errors.ignored", names=", ".join(choice.ignored)))
    if fresh.state == "stale":
        said.append(text("freshness.stale_note", n=numbers.plain(fresh.age_hours)))
    elif fresh.state == "stale_content" and fresh.oldest_source:
        said.append(
            text("freshness.content_note", source=fresh.oldest_source.name, time=fresh.oldest_source.newest or text("unknown"))
        )
    elif fresh.state == "degraded":
        said.append(text("freshness.degraded_note", message=fresh.message))
    return [html.P(sentence, className="notice", role="status") for sentence in said]


def tiles(view: View) -> list[Component]:
    text = view.text
    made = [value_tile(text("tiles.balance"), view.standing, "balance", "state", "evidence", text)]
    for shown, _, standing in view.both:
        made.append(value_tile(shown, standing, "balance", "state", "evidence", text))
    made.append(value_tile(text("tiles.words"), view.standing, "words", "words_state", "words_evidence", text))
    made.append(value_tile(text("tiles.deeds"), view.standing, "deeds", "deeds_state", "deeds_evidence", text))
    n, days = int(view.acts["n_events"]), view.window
    stories = f"{numbers.plain(view.standing['evidence'])} {text('tiles.stories', n=round(view.standing['evidence']))}"
    made.append(components.tile(text("tiles.evidence"), numbers.plain(n), text("tiles.events_n", n=n, days=days), stories))
    return made


def value_tile(label: str, row: pd.Series | None, column: str, state: str, evidence: str, text: Texts) -> html.Div:
    """A value with band, reading and the value of four weeks before; no glyph and no colour where nothing may be claimed."""
    if row is None or numbers.is_missing(row[column]):
        stories = numbers.plain(0 if row is None else row[evidence], 1)
        return components.tile(label, text("tiles.few"), text("tiles.few_note", n=stories, m=1))
    low, high = row[f"{column}_low"], row[f"{column}_high"]
    apart = (low > 0 or high < 0) and row[state] == "ok"
    side = ("coop" if row[column] > 0 else "fric") if apart else ""
    glyph = {"coop": "▲ ", "fric": "▼ ", "": ""}[side]
    reading = text("tiles.ok") if apart else text("tiles.undecided")
    if row[state] in ("thin", "partial"):
        reading = text(f"tiles.{row[state]}")
    before = row.get(f"{column}_before")
    earlier = text("tiles.before_none") if numbers.is_missing(before) else text("tiles.before", value=numbers.points(before))
    band = text("tiles.band", low=numbers.points(low), high=numbers.points(high))
    return components.tile(label, glyph + numbers.points(row[column]), band, reading, earlier, side=side)


def balance_top(view: View) -> list[Component]:
    text = view.text
    how_to_read = text("chart.balance_how", h=view.choice.h)
    return components.chart_top("balance", text("chart.balance"), how_to_read, words.of_series(view.series, text))


def balance_below(view: View) -> list[Component]:
    text, series = view.text, view.series
    readouts = [figures.readout(row, view.choice.by, text) for _, row in series.iterrows()]
    days = [str(day.date()) for day in series["day"]]
    shown = next((index for index, day in enumerate(days) if view.choice.at and day >= str(view.choice.at)), len(days) - 1)
    return [
        components.slider("balance", readouts, days, shown, text),
        marks_list(view),
        html.Div([series_table(view), how(view)], className="row wide"),
    ]


def marks_list(view: View) -> html.Div:
    """The numbered events in words, each a link that asks for its period."""
    text = view.text
    items = [
        html.Li(
            [
                html.Strong(numbers.day(row["event_day"].date(), text)),
                " ",
                html.A(row["summary"], href=view.asked.query(at=row["event_day"].date(), event=row["event_id"]), lang="en"),
            ],
            value=str(row["number"]),
        )
        for _, row in view.marks.iterrows()
    ]
    return html.Div([html.P(text("events.marks_how"), className="sub"), html.Ol(items, className="marks")])


def series_table(view: View) -> html.Details:
    text = view.text
    heads = [text(f"table.{name}") for name in ("period", "value", "low", "high", "events", "evidence", "state")]
    rows = [
        [
            numbers.period(row["period"].date(), view.choice.by, text),
            *(numbers.points(row[column], 1) for column in ("balance", "balance_low", "balance_high")),
            numbers.plain(row["n_events"]),
            numbers.plain(row["evidence"], 1),
            text.entry("states")[row["state"]] + (f", {text('chart.partial')}" if row["is_partial"] else ""),
        ]
        for _, row in view.series.iloc[::-1].iterrows()
    ]
    return components.details(
        text("table.show"), components.table(text("table.caption"), heads, rows, range(1, 6), "table-balance")
    )


def how(view: View) -> html.Details:
    """Formula, reasons and the SQL of exactly this view."""
    text, choice = view.text, view.choice
    sql = SQL.format(
        dataset=choice.dataset, dyad=choice.dyad, domain=choice.domain, h=choice.h, first=choice.from_day, last=choice.to_day
    )
    return components.details(
        text("how.title"),
        html.P(text("how.text", h=choice.h, why=text("how.why"), caveat=text("how.caveat"))),
        html.P(text("how.query", indicator="balance")),
        html.Pre(sql, tabIndex=0),
    )


KINDS = (
    ("words_coop", "verbal_cooperation", "coopWords"),
    ("deeds_coop", "material_cooperation", "coopDeeds"),
    ("words_fric", "verbal_friction", "fricWords"),
    ("deeds_fric", "material_friction", "fricDeeds"),
)
"""Text, column and colour of the four kinds."""


def words_top(view: View) -> list[Component]:
    text = view.text
    legend = html.Ul(
        [html.Li([html.I(className=f"k-{colour}"), text(f"chart.{key}")]) for key, _, colour in KINDS], className="key"
    )
    total = " · ".join(f"{text(f'chart.{key}')} {numbers.plain(view.kinds[column].sum(), 1)}" for key, column, _ in KINDS)
    return components.chart_top("words", text("chart.words_deeds"), text("chart.words_deeds_how"), total, legend)


def words_below(view: View) -> list[Component]:
    text = view.text
    columns = [column for _, column, _ in KINDS]
    rows = [
        [numbers.period(row["period"].date(), view.choice.by, text), *(numbers.plain(row[column], 1) for column in columns)]
        for _, row in view.kinds.iloc[::-1].iterrows()
    ]
    heads = [text("table.period"), *(text.entry("kinds")[column.replace("_", " ")] for column in columns)]
    shown = components.table(text("table.words_caption"), heads, rows, range(1, 5), "table-words")
    return [components.details(text("table.show"), shown)]


def directions_top(view: View) -> list[Component]:
    text = view.text
    said = []
    for shown, _, row in view.both:
        if row is not None and not numbers.is_missing(row["balance"]):
            band = text("tiles.band", low=numbers.points(row["balance_low"]), high=numbers.points(row["balance_high"]))
            said.append(f"{shown} {numbers.points(row['balance'])} ({band})")
    summary = "; ".join(said) or text("chart.summary_none")
    return components.chart_top("directions", text("chart.directions"), text("chart.directions_how"), summary)


def directions_below(view: View) -> list[Component]:
    text = view.text
    one, other = (frame.set_index("period")["balance"] for frame in view.directed.values())
    rows = [
        [numbers.period(period.date(), view.choice.by, text), *(numbers.points(side.get(period), 1) for side in (one, other))]
        for period in one.index[::-1]
    ]
    heads = [text("table.period"), *view.directed]
    shown = components.table(text("table.directions_caption"), heads, rows, (1, 2), "table-directions")
    return [components.details(text("table.show"), shown)]


def behind_card(view: View) -> html.Section:
    """The events of the chosen point, or the newest of the range: what a value is made of."""
    text, choice = view.text, view.choice
    rows = view.newest
    title = text("events.list")
    empty = text("events.none")
    if choice.at:
        point = _point(view.series, choice.at)
        shown = numbers.period(point[0] if point else choice.at, choice.by, text)
        title, empty, rows = text("events.behind", period=shown), text("events.behind_none", period=shown), view.behind
    heads = [text(f"events.{name}") for name in ("day", "who", "what", "kind", "score", "source")]
    content = (
        components.table(title, heads, components.event_rows(rows, text), (4,), "table-events") if len(rows) else html.P(empty)
    )
    return html.Section([html.H2(title, id="t-behind"), content], className="card", id="events")


def measures_card(view: View) -> html.Section:
    text = view.text
    heads = [text("events.day"), text("events.who"), text("events.measure"), text("events.state")]
    rows = [
        [
            numbers.day(row["state_day"].date(), text),
            f"{row['imposing_country']} → {row['target_country']}",
            html.Span(
                row["measure_name"] + ("" if numbers.is_missing(row["rate_percent"]) else f" ({row['rate_percent']:g}%)"),
                lang="en",
            ),
            text.entry("states")[row["state"]],
        ]
        for _, row in view.measures.iterrows()
    ]
    title = text("events.in_force")
    content = components.table(title, heads, rows, (), "table-measures") if rows else html.P(text("events.none"))
    return html.Section([html.H2(title), content], className="card", id="measures")

"""How far a pair's numbers can be trusted, and who answers whom: other choices of the method, change points, answers, links, other datasets."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import components, data, numbers
from dashboard.figures import checks as figures
from dashboard.pages import chart
from dashboard.pages.chart import Chart
from dashboard.pages.view import View
from dashboard.rowwise import rowwise
from dashboard.warehouse import Warehouse

LINKS = 8
"""Links that are shown, those that chance makes least likely."""
LINES = ("line", "dash", "dots")
"""Looks of the series of change points, as figures.checks.levels draws them."""
LEAST = 0.1
"""False-discovery rate under which a link may be claimed."""


def made(warehouse: Warehouse, view: View) -> list[Chart]:
    """The charts of this part that have something to show."""
    choice = view.choice
    months = data.of_range(warehouse, "sign_by_month", choice)
    changes = data.of_pair(warehouse, "changes_of", choice, domain=choice.domain)
    answers = data.of_pair(warehouse, "reciprocity_of", choice)
    links_of = data.of_pair(warehouse, "links_of", choice, most=LINKS)
    others = data.of_pair(warehouse, "agreement_of", choice)
    return [
        *([ribbon(months, view)] if len(months) else []),
        *([levels(changes, warehouse, view)] if len(changes) else []),
        *([reciprocity(answers, view)] if answers["response"].notna().any() else []),
        *([links(links_of, view)] if len(links_of) else []),
        *([agreement(others, view)] if others["correlation"].notna().any() else []),
    ]


def untold(charts: list[Chart], view: View) -> list[Component]:
    """What this part cannot show of this choice, in words: no axes without a point on them."""
    text, shown = view.text, {chart.name for chart in charts}
    missing = [name for name in ("ribbon", "levels", "reciprocity", "links", "agreement") if name not in shown]
    items = [(text(f"checks.{name}"), text(f"checks.{name}_missing")) for name in missing]
    if not items:
        return []
    return [html.Section([html.H2(text("checks.untold")), components.definitions(items)], className="card")]


def ribbon(rows: pd.DataFrame, view: View) -> Chart:
    text, records = view.text, rowwise(rows)
    held = sum(1 for row in records if row["share"] == 1)
    signed = sum(1 for row in records if not numbers.is_missing(row["share"]))
    heads = [text("table.period"), *(text(f"checks.{name}") for name in ("intensity", "lowest", "highest", "share", "turned_by"))]
    cells = [
        [
            numbers.period(row["month"].date(), "month", text),
            *(numbers.points(row[column], 2) for column in ("intensity", "lowest", "highest")),
            share_of(row, view),
            html.Span(", ".join(row["turned_by"]), lang="en"),
        ]
        for row in reversed(records)
    ]
    return Chart(
        name="ribbon",
        title=text("checks.ribbon"),
        how_to_read=text("checks.ribbon_how"),
        summary=text("checks.ribbon_said", held=held, n=signed),
        figure=figures.ribbon(rows),
        table=components.table(text("checks.ribbon"), heads, cells, range(1, 5), "table-ribbon"),
        computed=text("how.ribbon"),
        rows=rows,
        readouts=[
            text(
                "checks.ribbon_point",
                month=numbers.period(row["month"].date(), "month", text),
                value=numbers.points(row["intensity"], 1),
                low=numbers.points(row["lowest"], 1),
                high=numbers.points(row["highest"], 1),
                share=share_of(row, view),
            )
            for row in records
        ],
        days=[str(row["month"].date()) for row in records],
    )


def share_of(row: dict, view: View) -> str:
    if numbers.is_missing(row["share"]):
        return view.text("checks.no_sign")
    return view.text("checks.of", n=int(row["n_same_sign"]), all=int(row["n_distinct"]))


def levels(rows: pd.DataFrame, warehouse: Warehouse, view: View) -> Chart:
    """Steps of the mean between change points, or one level where none was found; the stories behind each shift as links."""
    text = view.text
    found = rows.dropna(subset=["day"])
    stretches = [(str(name).replace(">", " → "), *steps(part)) for name, part in rows.groupby("dyad", sort=False)]
    heads = [
        text("checks.series"),
        *(text(f"checks.{name}") for name in ("day", "window", "size", "before", "after", "top_share", "shuffled", "blocks")),
    ]
    cells, changes = [change_cells(row, view) for row in rowwise(rows)], rowwise(found)
    here = rows[rows["dyad"] == view.choice.dyad].iloc[0]
    n_changes = 0 if numbers.is_missing(here["n_changes"]) else int(here["n_changes"])  # unknown where there was no search
    key = "levels_said" if n_changes else "levels_none" if here["state"] == "searched" else "levels_few"
    return Chart(
        name="levels",
        title=text("checks.levels"),
        how_to_read=text("checks.levels_how"),
        summary=text(
            f"checks.{key}",
            name=view.name,
            n=n_changes,
            stories=int(here["n_stories"]),
            rate=percent(here["false_alarms_blocks"]),
        ),
        figure=figures.levels(stretches, found),
        table=components.table(text("checks.levels"), heads, cells, range(3, 9), "table-levels"),
        computed=text("how.levels"),
        rows=rows,
        readouts=[change_said(row, view) for row in changes],
        days=[str(row["day"].date()) for row in changes],
        legend=chart.key(
            [(look, name_of(dyad, view)) for look, dyad in zip(LINES, rows["dyad"].drop_duplicates(), strict=False)]
        ),
        more=[stories(row, warehouse, view) for row in changes],
    )


def name_of(dyad: str, view: View) -> str:
    """The pair by its name, a direction by its codes."""
    return view.name if dyad == view.choice.dyad else dyad.replace(">", " → ")


def steps(part: pd.DataFrame) -> tuple[list[str], list[float | None]]:
    """Days and levels of one series as a line with steps."""
    first, last = (str(part.iloc[0][name].date()) for name in ("first_day", "last_day"))
    changes = rowwise(part.dropna(subset=["day"]))
    if not changes:
        level = part.iloc[0]["mean"]
        return [first, last], [None if numbers.is_missing(level) else round(float(level), 2)] * 2
    days, values = [first], [round(changes[0]["before"], 2)]
    for change in changes:
        days += [str(change["day"].date())] * 2
        values += [round(change["before"], 2), round(change["after"], 2)]
    return [*days, last], [*values, values[-1]]


def percent(value: float) -> str:
    return "—" if numbers.is_missing(value) else f"{100 * value:.0f}%"


def change_cells(row: dict, view: View) -> list:
    text, name = view.text, name_of(row["dyad"], view)
    rates = [percent(row["false_alarms_shuffled"]), percent(row["false_alarms_blocks"])]
    if numbers.is_missing(row["day"]):
        return [name, text("checks.none_found" if row["state"] == "searched" else "checks.too_few_stories"), *["—"] * 5, *rates]
    window = text("range", low=numbers.day(row["window_from"].date(), text), high=numbers.day(row["window_to"].date(), text))
    values = [numbers.points(row[column]) for column in ("size", "before", "after")]
    return [name, numbers.day(row["day"].date(), text), window, *values, percent(row["top_share"]), *rates]


def change_said(row: dict, view: View) -> str:
    return view.text(
        "checks.change_said",
        name=name_of(row["dyad"], view),
        day=numbers.day(row["day"].date(), view.text),
        size=numbers.points(row["size"]),
        before=numbers.points(row["before"]),
        after=numbers.points(row["after"]),
    )


def stories(row: dict, warehouse: Warehouse, view: View) -> Component:
    """The stories that make up most of a shift."""
    told = data.stories(warehouse, view.choice.dataset, list(row["top_stories"]))
    items = [
        html.Li(
            [
                html.Strong(numbers.day(story["event_day"].date(), view.text)),
                " ",
                html.A(story["summary"], href=view.asked_link(story["event_id"]), lang="en"),
            ]
        )
        for story in rowwise(told)
    ]
    return html.Div([html.P(change_said(row, view), className="sub"), html.Ul(items, className="marks")])


def reciprocity(rows: pd.DataFrame, view: View) -> Chart:
    text, records = view.text, rowwise(rows)
    labels = [
        text(
            "checks.answer",
            who=row["responder"].split(">")[0],
            whom=row["answered"].split(">")[0],
            by=text(f"checks.by_{row['period']}"),
        )
        for row in records
    ]
    heads = [
        text("checks.series"),
        *(text(f"checks.{name}") for name in ("response", "lowest", "highest", "inertia", "lags", "periods", "both")),
    ]
    cells = [
        [
            label,
            numbers.points(row["response"], 2),
            numbers.points(row["response_low"], 2),
            numbers.points(row["response_high"], 2),
            numbers.points(row["inertia"], 2),
            numbers.plain(row["lags"]),
            numbers.plain(row["n_periods"]),
            numbers.plain(row["n_both"]),
        ]
        for label, row in zip(labels, records, strict=True)
    ]
    said = [answer_said(label, row, view) for label, row in zip(labels, records, strict=True)]
    return Chart(
        name="reciprocity",
        moves="chart.slider_bars",
        title=text("checks.reciprocity"),
        how_to_read=text("checks.reciprocity_how"),
        summary=" ".join(said),
        figure=figures.intervals(labels, rows["response"], rows["response_low"], rows["response_high"]),
        table=components.table(text("checks.reciprocity"), heads, cells, range(1, 8), "table-reciprocity"),
        computed=text("how.reciprocity"),
        rows=rows,
        readouts=said,
    )


def answer_said(label: str, row: dict, view: View) -> str:
    text = view.text
    if numbers.is_missing(row["response"]):
        return text("checks.answer_few", label=label, n=int(row["n_both"]))
    key = (
        "checks.answer_open"
        if row["response_low"] <= 0 <= row["response_high"] or row["response_p"] > 0.05
        else "checks.answer_firm"
    )
    values = {
        name: numbers.points(row[f"response{part}"], 2) for name, part in (("value", ""), ("low", "_low"), ("high", "_high"))
    }
    return text(key, label=label, p=f"{row['response_p']:.2f}", **values)


def links(rows: pd.DataFrame, view: View) -> Chart:
    text, records = view.text, rowwise(rows)
    labels = [link_label(row, view) for row in records]
    sure = int((rows["q"] < LEAST).sum())
    heads = [text("checks.link"), *(text(f"checks.{name}") for name in ("cases", "followed", "expected", "p", "q"))]
    cells = [
        [
            label,
            numbers.plain(row["n_cases"]),
            percent(row["followed"]),
            percent(row["expected"]),
            numbers.plain(row["p"], 4),
            numbers.plain(row["q"], 2),
        ]
        for label, row in zip(labels, records, strict=True)
    ]
    key = "checks.links_said" if sure else "checks.links_none"
    return Chart(
        name="links",
        moves="chart.slider_bars",
        title=text("checks.links"),
        how_to_read=text("checks.links_how"),
        summary=text(key, n=int(records[0]["n_links"]), sure=sure),
        figure=figures.links(labels, rows["followed"], rows["expected"]),
        table=components.table(text("checks.links"), heads, cells, range(1, 6), "table-links"),
        computed=text("how.links"),
        rows=rows,
        readouts=[f"{label}: {cell[2]} / {cell[3]}, q {cell[5]}" for label, cell in zip(labels, cells, strict=True)],
    )


def link_label(row: dict, view: View) -> str:
    def act(side: str) -> str:
        glyph = "▲" if row[f"{side}_sign"] > 0 else "▼"
        return f"{glyph} {row[f'{side}_direction'].replace('>', ' → ')} {view.domains.get(row[f'{side}_domain'], row[f'{side}_domain'])}"

    return view.text("checks.link_of", first=act("first"), second=act("second"), days=int(row["days"]))


def agreement(rows: pd.DataFrame, view: View) -> Chart:
    text, records = view.text, rowwise(rows)
    other = [row["other_dataset"] if row["dataset"] == view.choice.dataset else row["dataset"] for row in records]
    labels = [view.datasets.get(name, name) for name in other]
    heads = [
        text("controls.dataset"),
        *(text(f"checks.{name}") for name in ("months", "correlation", "lowest", "highest", "same_sign")),
    ]
    cells = [
        [
            label,
            numbers.plain(row["n_months"]),
            *(numbers.points(row[column], 2) for column in ("correlation", "correlation_low", "correlation_high")),
            percent(row["sign_agreement"]),
        ]
        for label, row in zip(labels, records, strict=True)
    ]
    said = [
        text("checks.agreement_few", name=label, n=int(row["n_months"]))
        if numbers.is_missing(row["correlation"])
        else text(
            "checks.agreement_said",
            name=label,
            n=int(row["n_months"]),
            value=numbers.points(row["correlation"], 2),
            share=percent(row["sign_agreement"]),
        )
        for label, row in zip(labels, records, strict=True)
    ]
    return Chart(
        name="agreement",
        moves="chart.slider_bars",
        title=text("checks.agreement"),
        how_to_read=text("checks.agreement_how"),
        summary=" ".join(said),
        figure=figures.intervals(labels, rows["correlation"], rows["correlation_low"], rows["correlation_high"], (-1.05, 1.05)),
        table=components.table(text("checks.agreement"), heads, cells, range(1, 6), "table-agreement"),
        computed=text("how.agreement"),
        rows=rows,
        readouts=said,
    )

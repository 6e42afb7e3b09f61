"""Robustness and reciprocity of a pair: other settings of the method, change points, responses, links, other datasets."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import time_series
from bilateral.ask.warehouse import Warehouse
from bilateral.figures import checks as figures
from bilateral.frames import rowwise
from bilateral.pages import tables
from bilateral.pages.answers import LINKS, MOST_FALSE, links, no_links, reciprocity
from bilateral.pages.change_points import levels, no_levels
from bilateral.pages.chart import Chart
from bilateral.pages.view import View


def made(warehouse: Warehouse, view: View) -> list[Chart]:
    """The charts of this part that have something to show."""
    choice = view.choice
    months = time_series.of_range(warehouse, "sign_by_month", choice)
    changes = time_series.of_pair(warehouse, "changes_of", choice, domain=choice.domain)
    answers = time_series.of_pair(warehouse, "reciprocity_of", choice)
    links_of = time_series.of_pair(warehouse, "links_of", choice, most=LINKS)
    others = time_series.of_pair(warehouse, "agreement_of", choice)
    return [
        *([ribbon(months, view)] if len(months) else []),
        *([levels(changes, warehouse, view)] if changes["day"].notna().any() else []),
        *([reciprocity(answers, view)] if answers["response"].notna().any() else []),
        *([links(links_of, view)] if (links_of["q"] <= MOST_FALSE).any() else []),
        *([agreement(others, view)] if others["correlation"].notna().any() else []),
    ]


def untold(charts: list[Chart], view: View) -> list[Component]:
    """What this part cannot show of this choice, in words: no axes without a point on them."""
    text, shown = view.text, {chart.name for chart in charts}
    missing = [name for name in ("ribbon", "levels", "reciprocity", "links", "agreement") if name not in shown]
    told = {"levels": no_levels, "links": no_links}
    items = [(text(f"checks.{name}"), told[name](view) if name in told else text(f"checks.{name}_missing")) for name in missing]
    if not items:
        return []
    return [html.Section([html.H2(text("checks.untold")), tables.definitions(items)], className="card")]


def ribbon(rows: pd.DataFrame, view: View) -> Chart:
    text, records = view.text, rowwise(rows)
    held = sum(1 for row in records if row["share"] == 1)
    signed = sum(1 for row in records if not formats.is_missing(row["share"]))
    heads = [text("table.period"), *(text(f"checks.{name}") for name in ("intensity", "lowest", "highest", "share", "turned_by"))]
    cells = [
        [
            formats.period(row["month"].date(), "month", text),
            *(formats.points(row[column], 2) for column in ("intensity", "lowest", "highest")),
            share_of(row, view),
            ", ".join(choice_said(choice, view) for choice in row["turned_by"]),
        ]
        for row in reversed(records)
    ]
    return Chart(
        name="ribbon",
        title=text("checks.ribbon"),
        how_to_read=text("checks.ribbon_how"),
        summary=text("checks.ribbon_said", held=held, n=signed),
        figure=figures.ribbon(rows),
        table=tables.table(text("checks.ribbon"), heads, cells, range(1, 5), "table-ribbon"),
        computed=text("how.ribbon"),
        rows=rows,
        readouts=[
            text(
                "checks.ribbon_point",
                month=formats.period(row["month"].date(), "month", text),
                value=formats.points(row["intensity"], 1),
                low=formats.points(row["lowest"], 1),
                high=formats.points(row["highest"], 1),
                share=share_of(row, view),
            )
            for row in records
        ],
        days=[str(row["month"].date()) for row in records],
    )


def choice_said(choice: str, view: View) -> str:
    """One choice of the method in words: `score table plover`, `level article`, `mutual none`, `weighting log`."""
    name, value = choice.rsplit(" ", 1)
    text, way = view.text, {"score table": "score", "weighting": "weight"}.get(name, name)
    key = f"{way}_{value}"
    return f"{text(f'checks.{way}')}: {text.entry('controls').get(key, value).lower()}"


def share_of(row: dict, view: View) -> str:
    if formats.is_missing(row["share"]):
        return view.text("checks.no_sign")
    return view.text("checks.of", n=int(row["n_same_sign"]), all=int(row["n_distinct"]))


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
            formats.plain(row["n_months"]),
            *(formats.points(row[column], 2) for column in ("correlation", "correlation_low", "correlation_high")),
            formats.percent(row["sign_agreement"]),
        ]
        for label, row in zip(labels, records, strict=True)
    ]
    said = agreement_said(labels, records, view)
    return Chart(
        name="agreement",
        title=text("checks.agreement"),
        how_to_read=text("checks.agreement_how"),
        summary=" ".join(said),
        figure=figures.intervals(labels, rows["correlation"], rows["correlation_low"], rows["correlation_high"], (-1.05, 1.05)),
        table=tables.table(text("checks.agreement"), heads, cells, range(1, 6), "table-agreement"),
        computed=text("how.agreement"),
        rows=rows,
        readouts=said,
    )


def agreement_said(labels: list[str], records: list[dict], view: View) -> list[str]:
    """How far each other dataset agrees."""
    text = view.text
    return [
        text("checks.agreement_few", name=label, n=int(row["n_months"]))
        if formats.is_missing(row["correlation"])
        else text(
            "checks.agreement_said",
            name=label,
            n=int(row["n_months"]),
            value=formats.points(row["correlation"], 2),
            share=formats.percent(row["sign_agreement"]),
        )
        for label, row in zip(labels, records, strict=True)
    ]

"""The charts of reciprocity and of links between kinds of events."""

import pandas as pd

from bilateral import formats
from bilateral.ask import time_series
from bilateral.figures import checks as figures
from bilateral.frames import rowwise
from bilateral.pages import tables
from bilateral.pages.chart import Chart
from bilateral.pages.view import View

LINKS = 8
"""Links that are shown, those that chance makes least likely."""
MOST_FALSE = 0.05
"""False discovery rate up to which a link is significant and drawn."""


def no_links(view: View) -> str:
    """Why no link is drawn."""
    rows = time_series.of_pair(view.warehouse, "links_of", view.choice, most=LINKS)
    if rows.empty:
        return view.text("checks.links_missing")
    return view.text("checks.links_none", n=int(rows["n_links"].iloc[0]))


def reciprocity(rows: pd.DataFrame, view: View) -> Chart:
    text, records = view.text, rowwise(rows)
    labels = [
        text(
            "checks.answer",
            who=view.short[row["responder"].split(">")[0]],
            whom=view.short[row["answered"].split(">")[0]],
            by=text(f"checks.by_{row['period']}"),
        )
        for row in records
    ]
    heads = [
        text("checks.series"),
        *(text(f"checks.{name}") for name in ("response", "lowest", "highest", "inertia", "lags", "periods", "both")),
    ]
    said = [answer_said(label, row, view) for label, row in zip(labels, records, strict=True)]
    return Chart(
        name="reciprocity",
        title=text("checks.reciprocity"),
        how_to_read=text("checks.reciprocity_how"),
        summary=" ".join(said),
        figure=figures.intervals(labels, rows["response"], rows["response_low"], rows["response_high"]),
        table=tables.table(text("checks.reciprocity"), heads, answer_cells(labels, records), range(1, 8), "table-reciprocity"),
        computed=text("how.reciprocity"),
        rows=rows,
        readouts=said,
    )


def answer_cells(labels: list[str], records: list[dict]) -> list[list[str]]:
    return [
        [
            label,
            formats.points(row["response"], 2),
            formats.points(row["response_low"], 2),
            formats.points(row["response_high"], 2),
            formats.points(row["inertia"], 2),
            formats.plain(row["lags"]),
            formats.plain(row["n_periods"]),
            formats.plain(row["n_both"]),
        ]
        for label, row in zip(labels, records, strict=True)
    ]


def answer_said(label: str, row: dict, view: View) -> str:
    text = view.text
    if formats.is_missing(row["response"]):
        return text("checks.answer_few", label=label, n=int(row["n_both"]))
    holds_zero, is_chance = row["response_low"] <= 0 <= row["response_high"], row["response_p"] > 0.05
    key = f"checks.answer_{'open' if holds_zero and is_chance else 'firm' if not (holds_zero or is_chance) else 'lags' if is_chance else 'sum'}"
    values = {
        name: formats.points(row[f"response{part}"], 2) for name, part in (("value", ""), ("low", "_low"), ("high", "_high"))
    }
    return text(key, label=label, p=f"{row['response_p']:.2f}", **values)


def links(rows: pd.DataFrame, view: View) -> Chart:
    rows = rows[rows["q"] <= MOST_FALSE]
    text, records = view.text, rowwise(rows)
    labels = [link_label(row, view) for row in records]
    heads = [text("checks.link"), *(text(f"checks.{name}") for name in ("cases", "followed", "expected", "p", "q"))]
    cells = [
        [
            label,
            formats.plain(row["n_cases"]),
            formats.percent(row["followed"]),
            formats.percent(row["expected"]),
            formats.plain(row["p"], 4),
            formats.plain(row["q"], 2),
        ]
        for label, row in zip(labels, records, strict=True)
    ]
    return Chart(
        name="links",
        title=text("checks.links"),
        how_to_read=text("checks.links_how"),
        summary=text("checks.links_said", n=int(records[0]["n_links"]), sure=len(records)),
        figure=figures.links(labels, rows["followed"], rows["expected"]),
        table=tables.table(text("checks.links"), heads, cells, range(1, 6), "table-links"),
        computed=text("how.links"),
        rows=rows,
        readouts=[f"{label}: {cell[2]} / {cell[3]}, q {cell[5]}" for label, cell in zip(labels, cells, strict=True)],
    )


def link_label(row: dict, view: View) -> str:
    def act(side: str) -> str:
        glyph = "▲" if row[f"{side}_sign"] > 0 else "▼"
        return (
            f"{glyph} {view.towards(row[f'{side}_direction'])} {view.domains.get(row[f'{side}_domain'], row[f'{side}_domain'])}"
        )

    return view.text("checks.link_of", first=act("first"), second=act("second"), days=int(row["days"]))

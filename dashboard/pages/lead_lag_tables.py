"""Tables of leads and lags: every test with its figures, and the days around acts."""

from collections.abc import Mapping

import pandas as pd
from dash import html

from bilateral import formats
from bilateral.frames import rowwise
from bilateral.pages import chart, lead_lag_words, tables
from bilateral.strings import Texts

TEST_HEADS = ("question", "indicator", "months", "effect", "r2", "shifts", "surrogates", "q", "forecasts", "seen", "verdict")
ACT_HEADS = ("acts", "count", "move", "size", "seen_from")


def tests(found: pd.DataFrame, domains: Mapping[str, str], text: Texts) -> html.Section:
    """Primary tests first; of exploratory ones no conclusion is drawn."""
    title = text("lead_lag.tests")
    heads = [text(f"lead_lag.head_{name}") for name in TEST_HEADS]
    rows = [test_row(row, domains, text) for row in rowwise(found)]
    table = tables.table(title, heads, rows, range(2, 10), "table-tests", told=range(1, len(heads)))
    said = html.P(text("lead_lag.tests_how"))
    return html.Section([html.H2(title), said, table, chart.how(text("how.lead_lag"), found, text)], className="card")


def test_row(row: dict, domains: Mapping[str, str], text: Texts) -> list[str]:
    subject = text("controls.all_domains") if row["domain"] == "all" else domains[row["domain"]]
    effect, low, high = (formats.points(row[name], 2) for name in ("effect_sd", "effect_low", "effect_high"))
    forecast, p = formats.points(percent(row["oos_r2"]), 1), formats.plain(row["oos_p"], 2)
    return [
        text(f"lead_lag.question_{row['question']}"),
        text("lead_lag.indicator", subject=subject, days=int(row["half_life_days"])),
        str(int(row["n"])),
        "—" if formats.is_missing(row["effect_sd"]) else f"{effect} ({low}, {high})",
        formats.plain(row["partial_r2"], 3),
        "—"
        if formats.is_missing(row["p_shift"])
        else text("lead_lag.of", p=formats.plain(row["p_shift"], 2), n=int(row["n_shifts"])),
        formats.plain(row["p_surrogate"], 2),
        "—" if formats.is_missing(row["q"]) else text("lead_lag.of", p=formats.plain(row["q"], 2), n=int(row["n_tests"])),
        "—" if formats.is_missing(row["oos_r2"]) else f"{forecast}% (p {p})",
        formats.percent(row["seen_at_r2_10"]),
        text(f"lead_lag.verdict_{lead_lag_words.key(row['verdict'])}"),
    ]


def percent(share: float | None) -> float | None:
    return None if formats.is_missing(share) else 100 * (share or 0)


def event_days(found: pd.DataFrame, text: Texts) -> html.Section:
    """Moves from the day before acts to the day after, beside those of other days near them."""
    title = text("lead_lag.around")
    heads = [text(f"lead_lag.head_{name}") for name in ACT_HEADS]
    rows = [act_row(row, text) for row in rowwise(found)]
    said = [html.P(text("lead_lag.around_how", tests=2 * int((found["state"] == "ok").sum())))]
    said.append(html.Ul([html.Li(lead_lag_words.of_acts(row, text)) for row in rowwise(found)]))
    table = tables.table(title, heads, rows, range(1, 5), "table-acts", told=range(1, 5))
    return html.Section([html.H2(title), *said, table, chart.how(text("how.event_days"), found, text)], className="card")


def act_row(row: dict, text: Texts) -> list[str]:
    acts = text(f"lead_lag.acts_{lead_lag_words.key(row['acts'])}")
    if row["state"] != "ok":
        return [acts, str(int(row["n"])), "—", "—", text("lead_lag.verdict_too_few_acts")]
    cells = [
        text("lead_lag.against", value=written(row[value], 2), other=written(row[other], 2), p=formats.plain(row[p], 2))
        for written, value, other, p in (
            (formats.points, "move", "placebo_move", "p"),
            (formats.plain, "size", "placebo_size", "p_size"),
        )
    ]
    return [acts, str(int(row["n"])), *cells, f"{formats.plain(row['seen_from'], 2)}%"]

"""What may be said of leads and lags, in a sentence for readers who know no statistics. An order in time is never called a cause."""

import pandas as pd

from bilateral import formats
from bilateral.frames import rowwise
from bilateral.strings import Texts

REFUSED = ("too few", "does not vary", "managed")
"""States of a series of which nothing is tested."""


def lead(tests: pd.DataFrame, outcome: str, text: Texts) -> str:
    """Of the primary tests; of an outcome without any, that it is exploratory."""
    rows = {row["question"]: row for row in rowwise(tests) if row["family"] != "exploratory"}
    if not rows:
        return text("lead_lag.said_exploratory", outcome=outcome)
    first = rows["leads"]
    if first["state"] in REFUSED:
        return text(f"lead_lag.said_{key(first['state'])}", outcome=outcome, months=int(first["n"]))
    said = [of_question(rows[question], outcome, text) for question in ("leads", "follows")]
    if rows["same_month"]["verdict"] == "moves together":
        said.append(text("lead_lag.said_together", tests=int(rows["same_month"]["n_tests"])))
    return " ".join(said)


def of_question(row: dict, outcome: str, text: Texts) -> str:
    """One sentence on one direction, with what would have been seen or how many tests were made."""
    told = {
        "outcome": outcome,
        "first": formats.period(row["first_month"].date(), "month", text),
        "last": formats.period(row["last_month"].date(), "month", text),
        "months": int(row["n"]),
        "seen": "" if formats.is_missing(row["seen_at_r2_10"]) else round(100 * row["seen_at_r2_10"]),
        "p": formats.plain(finer(row), 2),
        "tests": int(row["n_tests"]),
        "chance": formats.plain(0.1 * row["n_tests"], 1),
        "way": text("lead_lag.more" if (row["effect_sd"] or 0) > 0 else "lead_lag.less"),
    }
    return text(f"lead_lag.said_{row['question']}_{key(row['verdict'])}", **told)


def finer(row: dict) -> float | None:
    """The p that counts: of surrogates where shifts are few, else of shifts."""
    return row["p_shift"] if formats.is_missing(row["p_surrogate"]) else row["p_surrogate"]


def key(verdict: str) -> str:
    return verdict.replace(" ", "_")


def number_of_tests(tests: pd.DataFrame, tally: pd.Series, text: Texts) -> str:
    """How many tests were made, and how many of all pairs chance alone would give a low p."""
    rows = tests[tests["family"] == "primary"]
    n, low = int(tally["n_tests"]), int(tally["n_low"])
    of_all = text("lead_lag.tally_all", tests=n, low=low, chance=formats.plain(0.1 * n, 1))
    return of_all if rows.empty else f"{text('lead_lag.tally', tests=int(rows['n_tests'].max()))} {of_all}"


def same_sign(signs: pd.Series, text: Texts) -> str:
    """In how many settings beside the primary one the response has the same sign; empty where there is none."""
    n, same = int(signs["n_settings"]), int(signs["n_same"])
    return text("lead_lag.same_sign", n=n, same=same) if n else ""


def of_acts(row: dict, text: Texts) -> str:
    """Whether the rate moved more on days around acts of a sort."""
    acts = text(f"lead_lag.acts_{key(row['acts'])}")
    if row["state"] != "ok":
        return text("lead_lag.acts_few", acts=acts, count=int(row["n"]))
    told = {"acts": acts, "count": int(row["n"]), "p": formats.plain(row["p_size"], 2)}
    told |= {name: formats.plain(row[name], 2) for name in ("size", "placebo_size", "seen_from")}
    return text("lead_lag.acts_same" if row["p_size"] >= 0.1 else "lead_lag.acts_more", **told)

"""The page docs/validation.md: how far the indicators agree with independent published series.

`make validation SERIES=folder` writes it. The folder holds the files of `external_series.SOURCES` under the names that their authors give them; one that is missing is left out and named.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from bilateral.ask import coverage, time_series
from bilateral.ask.warehouse import Warehouse
from bilateral.evaluation.comparison import (
    APART,
    AT_LEAST,
    BEFORE,
    DRAWS,
    SEED,
    SHOCK,
    Agreement,
    Alarms,
    Detection,
    agreement,
    detection,
    monthly,
    peaks,
    shocks,
)
from bilateral.evaluation.external_series import PAIRS, SOURCES, Published, of_pair, read
from bilateral.evaluation.false_alarms import LINE

HALF_LIVES = (30, 90)
"""Days: the memory of a month, as the published series have it, and the memory that the pages have by default."""

INTRO = f"""# Validation against published series

Written by `make validation SERIES=folder`; do not edit. The indicators come from coded events, the published series from counts of
newspaper articles or from machine-coded events: they measure related but different things. The rules for correlations and for
peaks of friction were fixed before any result was seen; tension and change points were added later, at their usual thresholds. The rules for
peaks at the end of a series, or beside a gap, were fixed after results were seen. This page lists every comparison made.
The policy register comes from the same events as the indicators, so it cannot test them and is not used.

* **Agreement**: Spearman's rank correlation of the indicator on the last day of the month (half-life {HALF_LIVES[0]} days, and {HALF_LIVES[1]}, the default) and the published value
  of that month, and of their changes from month to month. No lag. Interval: 95 %, {DRAWS:,} draws of circular blocks of √n months (seed {SEED}).
  For simulated, unrelated series of 90 to 110 months it included 0 in 93 % of cases at low persistence (autocorrelation up to 0.5) and in 86 to 91 % at high
  persistence (0.8 and 0.9): an interval in levels that narrowly excludes 0 is weak evidence.
* **Reading**: *agrees* if the interval lies on the expected side of 0, *goes against* if it lies on the other side, otherwise *not significant*.
  Levels that share a trend correlate without a common cause; changes are the stricter test.
* **Control**: the same correlation for the number of listed events alone (`volume` of the same subject and half-life, over the same months), which does not
  use the coding. *Beyond the count*: the indicator lies further on the expected side than the control, by a 95 % interval from
  the same draws. Otherwise the coding adds nothing to counting.
* **Shocks**: months of a published series (its logarithm where it is positive) at least {SHOCK:g} standard deviations above the {BEFORE} months
  before them ({AT_LEAST} at least) and the highest within {APART} months. Peaks of friction are the same rule applied to ln(1 + friction);
  peaks of tension are values above {LINE:g} standard deviations, at the default half-life; the number of events is the control; change points are those of the table
  `change_points`. Found: an alarm in that month or an adjacent one. False alarm: no shock there. By chance: the mean over all shifts of the
  alarms in time, and the share of shifts that find as many.
"""
AGREEMENT_HEADS = (
    *("indicator", "memory", "published series", "months", "expected"),
    *("levels", "control", "reading", "changes", "control", "reading"),
)
SHOCK_HEADS = (
    "pair",
    "published series",
    "shocks",
    "alarms of",
    "alarms",
    "found",
    "by chance",
    "shifts as good",
    "false alarms",
)


def page(folder: Path, warehouse: Warehouse) -> str:
    """The whole page as Markdown. Raises Stop where the folder holds no published series."""
    tables = read(folder)
    agreeing, levels, changes, seen = "", [], [], []
    for dyad in PAIRS:
        if not (ours := indicators(warehouse, dyad)):
            continue
        rows = [row for series in of_pair(tables, dyad) for row in compare(ours, series)]
        levels += [row[7] for row in rows]
        changes += [row[10] for row in rows]
        agreeing += f"\n### {dyad}\n\n{table(AGREEMENT_HEADS, rows)}"
        ringing = detectors(warehouse, dyad, ours)
        seen += [(dyad, one, alarms, detection(on_scale(one), alarms)) for one in of_pair(tables, dyad) for alarms in ringing]
    return (
        f"{INTRO}\n## Conclusion\n\n{concluded(levels, changes)}\n## Inputs\n\n{inputs(folder, tables, warehouse)}\n## Agreement\n\n"
        f"{tally('In levels', levels)}{tally('In changes', changes)}{agreeing}\n## Shocks\n\n{pooled(seen)}\n{table(SHOCK_HEADS, map(detected, seen))}"
    )


Compared = dict[tuple[str, int], tuple[pd.Series, pd.Series]]
"""By name and memory: an indicator and its control, the number of acts of the same subject and memory."""


def indicators(warehouse: Warehouse, dyad: str) -> Compared:
    """What is compared; nothing where the pair has no events. All rise with friction but balance."""
    found: Compared = {}
    for memory in HALF_LIVES:
        everything, trade = (monthly(warehouse, dyad, domain, memory) for domain in ("all", "trade"))
        for name in ("tension", "friction", "balance") if len(everything) else ():
            found[name, memory] = everything[name], everything["volume"]
            if name != "balance" and len(trade):
                found[f"{name} in trade", memory] = trade[name], trade["volume"]
    return found


def detectors(warehouse: Warehouse, dyad: str, ours: Compared) -> list[Alarms]:
    """What may ring at a shock."""
    values, counts = ours["friction", HALF_LIVES[0]]
    friction, count, tension = values.map(np.log1p), counts.map(np.log1p), ours["tension", HALF_LIVES[1]][0].dropna()
    able = pd.PeriodIndex(friction.index)
    changes = time_series.change_days(warehouse, "chronology", dyad)
    months = pd.Series(pd.PeriodIndex(changes["day"], freq="M"))
    return [
        Alarms("peaks of friction", shocks(friction), able[AT_LEAST:]),
        Alarms("peaks of the number of acts (control)", shocks(count), able[AT_LEAST:]),
        Alarms(f"peaks of tension above {LINE:g}", peaks(tension[tension > LINE]), pd.PeriodIndex(tension.index)),
        Alarms("change points of the pair", list(months[changes["is_whole"]]), able),
        Alarms("change points, any direction and subject", list(months), able),
    ]


def inputs(folder: Path, tables: dict[str, pd.DataFrame], warehouse: Warehouse) -> str:
    """Which files and which events the page was made from."""
    spans = [(dyad, coverage.record(warehouse, "chronology", dyad)) for dyad in PAIRS]
    ours = "; ".join(f"{dyad} {span[0]} to {span[1]}" for dyad, span in spans if span)
    rows = [
        (
            source.title,
            f"`{name}`",
            *(described(folder / name, tables[name]) if name in tables else ("left out: not there", "")),
            source.origin,
        )
        for name, source in SOURCES.items()
    ]
    return f"Indicators: dataset `chronology`, {ours}.\n\n{table(('series', 'file', 'months', 'SHA-256', 'origin'), rows)}"


def described(path: Path, months: pd.DataFrame) -> tuple[str, str]:
    return f"{months.index.min()} to {months.index.max()}", f"{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}…"


def compare(ours: Compared, series: Published) -> list[tuple[str, ...]]:
    """A row for each indicator."""
    rows = []
    for (name, memory), (values, counts) in ours.items():
        expected = -series.expected if name == "balance" else series.expected
        signs = expected, series.expected
        levels = agreement(values, series.values, counts, signs)
        changes = agreement(values.diff(), series.values.diff(), counts.diff(), signs)
        said = [text for found in (levels, changes) for text in (shown(found), shown_control(found), verdict(found, expected))]
        months, sign = str(levels.months if levels else 0), "+" if expected > 0 else "−"
        rows.append((name, str(memory), series.title, months, sign, *said))
    return rows


Seen = tuple[str, Published, Alarms, Detection | None]
"""Pair, series with shocks, what may ring, and how they met; None where there was no shock while it could ring."""


def on_scale(series: Published) -> pd.Series:
    """The series so that a shock stands upwards and doubling counts the same at every level."""
    return np.log(series.values) if series.expected > 0 else -series.values


def concluded(levels: list[str], changes: list[str]) -> str:
    """What the comparisons allow the indicators to be used for, and what not."""
    (n, agree, beyond, against), (m, agree_m, beyond_m, against_m) = map(counted, (levels, changes))
    return f"""In levels {agree} of {n} comparisons agree and {against} go against; {beyond} of them say more than the number of listed events alone. In changes from
month to month {agree_m} of {m} agree and {against_m} go against, {beyond_m} beyond the count. With so many comparisons some agree by chance.

The indicators may therefore be used to find and read the events behind a period, to describe what the record holds, by subject and direction, in statements
or actions, and to compare periods of one record that have the same density, with their intervals. They have not been shown to measure the state of
a relation: do not use them to forecast, to rank countries, to date a crisis by the month, or as a dependent or independent variable
without the number of listed events beside them.
"""


def counted(readings: list[str]) -> tuple[int, int, int, int]:
    """Comparisons; those that agree; those of them beyond the count; those that go against."""
    counts = pd.Series(readings, dtype=str).value_counts()
    beyond = int(counts.get("agrees, beyond the count", 0))
    return (
        len(readings),
        beyond + int(counts.get("agrees, no more than the count", 0)),
        beyond,
        int(counts.get("goes against", 0)),
    )


def tally(where: str, readings: list[str]) -> str:
    counts = pd.Series(readings).value_counts()
    return f"{where}, of {len(readings)} comparisons: {', '.join(f'{n} {reading}' for reading, n in counts.items())}.\n"


def pooled(seen: list[Seen]) -> str:
    """A line for each detector over all pairs and series."""
    lines = ""
    for name in dict.fromkeys(alarms.name for _, _, alarms, _ in seen):
        met = [found for _, _, alarms, found in seen if alarms.name == name and found]
        shocks_seen, alarms_rung = sum(len(found.shocks) for found in met), sum(len(found.alarms) for found in met)
        expected = sum(found.by_chance * len(found.shocks) for found in met)
        lines += (
            f"* {name}: {sum(found.found for found in met)} of {shocks_seen} shocks found ({expected:.1f} by chance), "
            f"{sum(found.false_alarms for found in met)} of {alarms_rung} alarms false.\n"
        )
    return lines


def detected(seen: Seen) -> tuple[str, ...]:
    """A row of the table of shocks."""
    dyad, series, alarms, found = seen
    if found is None:
        return dyad, series.title, "none while it could ring", alarms.name, *[""] * 5
    return (
        dyad,
        series.title,
        listed(found.shocks),
        alarms.name,
        listed(found.alarms),
        f"{found.found} of {len(found.shocks)}",
        f"{found.by_chance:.0%}",
        f"{found.as_good:.0%}",
        f"{found.false_alarms} of {len(found.alarms)}",
    )


def listed(months: list[pd.Period]) -> str:
    return ", ".join(map(str, months)) or "none"


def shown(found: Agreement | None) -> str:
    return f"{found.rho:+.2f} ({found.low:+.2f} to {found.high:+.2f})".replace("-", "−") if found else ""


def shown_control(found: Agreement | None) -> str:
    return f"{found.control:+.2f}".replace("-", "−") if found else ""


def verdict(found: Agreement | None, expected: int) -> str:
    """What the interval lets one say."""
    if found is None:
        return "too few months"
    if found.low <= 0 <= found.high:
        return "not significant"
    if np.sign(found.rho) != expected:
        return "goes against"
    return "agrees, beyond the count" if found.beyond > 0 else "agrees, no more than the count"


def table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)

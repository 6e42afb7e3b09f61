"""Writes docs/validation.md: how far the indicators agree with published series that know nothing of this project.

    python -m dashboard.validation FOLDER [--data DATA] [--page PAGE]

FOLDER holds the files of `published.SOURCES` under the names that their authors give them; one that is missing is left out and named.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import data, snapshots
from dashboard.exits import Exit, Stop
from dashboard.published import PAIRS, SOURCES, Published, of_pair, read
from dashboard.warehouse import Warehouse

HALF_LIFE = 30
"""Days: the memory of a month, as the published series have it."""
MONTHS = 12
"""Common months that a correlation needs."""
DRAWS = 2000
SEED = 20250328
SHOCK = 2.0
"""A month is a shock from this many standard deviations above the months before it."""
BEFORE, AT_LEAST, APART = 36, 24, 3
"""Months that a shock is measured against, how many must be there, and months within which only the highest counts."""


@dataclass(frozen=True)
class Agreement:
    """Spearman's correlation with its 95 % interval, and of how many months."""

    rho: float
    low: float
    high: float
    months: int


@dataclass(frozen=True)
class Alarms:
    """Months in which an indicator rang, and all months in which it could have."""

    name: str
    rung: list[pd.Period]
    able: pd.PeriodIndex


@dataclass(frozen=True)
class Detection:
    """How alarms meet shocks over their common months, a month earlier or later allowed."""

    shocks: list[pd.Period]
    alarms: list[pd.Period]
    found: int
    """Shocks with an alarm near."""
    false_alarms: int
    """Alarms with no shock near."""
    by_chance: float
    """Mean share of shocks found when the same alarms are shifted in time."""
    as_good: float
    """Share of those shifts that find as many or more."""


# ------------------------------------------------------------------ numbers


def monthly(warehouse: Warehouse, dyad: str, domain: str) -> pd.DataFrame:
    """Every indicator on the last day of each month that is over and was read."""
    span = data.span(warehouse, "chronology", dyad)
    if span is None:
        return pd.DataFrame(index=pd.PeriodIndex([], freq="M"))
    rows = data.series(warehouse, data.Scope("chronology", dyad, domain, HALF_LIFE, is_kept=False), "month", *span)
    rows = rows[~rows["is_partial"]]
    return rows.set_index(pd.PeriodIndex(pd.to_datetime(rows["day"]), freq="M"))


def agreement(ours: pd.Series, theirs: pd.Series) -> Agreement | None:
    """Correlation over the common months; for its interval, circular blocks of sqrt(n) months are drawn. None under MONTHS."""
    both = pd.concat([ours, theirs], axis=1, join="inner").dropna().to_numpy(float)
    n = len(both)
    if n < MONTHS:
        return None
    length = round(np.sqrt(n))
    starts = np.random.default_rng(SEED).integers(0, n, (DRAWS, -(-n // length), 1))
    places = ((starts + np.arange(length)) % n).reshape(DRAWS, -1)[:, :n]
    low, high = np.nanquantile(rank_correlations(both[places]), (0.025, 0.975))
    return Agreement(float(rank_correlations(both[None])[0]), float(low), float(high), n)


def rank_correlations(samples: NDArray) -> NDArray:
    """Spearman's correlation of each sample of (samples, months, 2); NaN where a side is constant."""
    ranks = np.stack([pd.DataFrame(samples[:, :, side]).rank(axis=1).to_numpy() for side in (0, 1)])
    one, other = ranks - ranks.mean(axis=2, keepdims=True)
    size = np.sqrt((one**2).sum(axis=1) * (other**2).sum(axis=1))
    return np.divide((one * other).sum(axis=1), size, out=np.full(len(samples), np.nan), where=size > 0)


def shocks(values: pd.Series) -> list[pd.Period]:
    """Months at least SHOCK deviations above the BEFORE months before them that are the highest within APART months."""
    known = values.rolling(BEFORE, min_periods=AT_LEAST)
    height = (values - known.mean().shift()) / known.std().shift()
    high = set(values.index[height >= SHOCK])
    return [month for month in peaks(values) if month in high]


def peaks(values: pd.Series) -> list[pd.Period]:
    """Months that are the highest within APART months."""
    months = pd.PeriodIndex(values.index).asi8
    return [
        month
        for month, place, value in zip(values.index, months, values, strict=True)
        if value == values[abs(months - place) <= APART].max()
    ]


def detection(series: pd.Series, alarms: Alarms) -> Detection | None:
    """How alarms meet the shocks of a series. Chance: all shifts of the alarms in time. None where the common months have no shock."""
    months = pd.PeriodIndex(series.index[AT_LEAST:].intersection(alarms.able))
    shock_at, alarm_at = (np.flatnonzero(months.isin(some)) for some in (shocks(series), alarms.rung))
    if not len(shock_at):
        return None
    shifted = (alarm_at + np.arange(len(months))[:, None]) % len(months)  # one row for each shift, the first is none
    near = np.abs(months.asi8[shifted][:, None, :] - months.asi8[shock_at][None, :, None]) <= 1
    found = near.any(axis=2).sum(axis=1)
    return Detection(
        list(months[shock_at]),
        list(months[alarm_at]),
        int(found[0]),
        int((~near[0].any(axis=0)).sum()),
        float(found[1:].mean() / len(shock_at)),
        float((found[1:] >= found[0]).mean()),
    )


# ------------------------------------------------------------------ the page

INTRO = f"""# Validation against published series

Written by `python -m dashboard.validation FOLDER`; do not edit. The indicators come from coded acts, the published series from counts of
newspaper articles or from machine-coded events: they measure related things, not the same. The rules for correlations and for
peaks of friction were set before a number was seen; tension and change points joined later, at the thresholds they have everywhere. What
counts as a peak at the end of a series, or beside a gap, was settled once numbers were in view. Every comparison made is on this page.
The policy register comes from the same acts as the indicators, so it cannot test them and is not used.

* **Agreement**: Spearman's rank correlation of the indicator on the last day of the month (half-life {HALF_LIFE} days) and the published value
  of that month, and of their changes from month to month. No lag. Interval: 95 %, {DRAWS:,} draws of circular blocks of √n months (seed {SEED}).
  On made, unrelated series of 90 to 110 months it held 0 in 93 % where they hardly persist (autocorrelation up to 0.5), in 86 to 91 % where they
  do (0.8 and 0.9): a narrow miss of 0 in levels proves little.
* **Reading**: *agrees* where the interval lies on the expected side of 0, *goes against* where it lies on the other, else *not told from none*.
  Levels that share a trend correlate without sharing causes; the changes are the harder test.
* **Shocks**: months of a published series (its logarithm where it is positive) at least {SHOCK:g} standard deviations above the {BEFORE} months
  before them ({AT_LEAST} at least) and the highest within {APART} months. Peaks of friction are the same rule applied to ln(1 + friction);
  peaks of tension are those of at least {SHOCK:g} deviations, its own measure of the unusual; change points are those of the table
  `change_points`. Found: an alarm in that month or one beside it. False alarm: no shock there. By chance: the mean over every shift of the
  alarms in time, and how many of these shifts find as many.
"""


AGREEMENT_HEADS = ("indicator", "published series", "months", "expected", "levels", "reading", "changes", "reading")
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
        levels += [row[5] for row in rows]
        changes += [row[7] for row in rows]
        agreeing += f"\n### {dyad}\n\n{table(AGREEMENT_HEADS, rows)}"
        ringing = detectors(warehouse, dyad, ours)
        seen += [(dyad, one, alarms, detection(on_scale(one), alarms)) for one in of_pair(tables, dyad) for alarms in ringing]
    return (
        f"{INTRO}\n## Inputs\n\n{inputs(folder, tables, warehouse)}\n## Agreement\n\n"
        f"{tally('In levels', levels)}{tally('In changes', changes)}{agreeing}\n## Shocks\n\n{pooled(seen)}\n{table(SHOCK_HEADS, map(detected, seen))}"
    )


def indicators(warehouse: Warehouse, dyad: str) -> dict[str, pd.Series]:
    """What is compared, by name; nothing where the pair has no events. All rise with friction but balance."""
    everything, trade = monthly(warehouse, dyad, "all"), monthly(warehouse, dyad, "trade")
    if everything.empty:
        return {}
    return {
        "tension": everything["tension"],
        "tension in trade": trade["tension"],
        "friction": everything["friction"],
        "friction in trade": trade["friction"],
        "balance": everything["balance"],
    }


def detectors(warehouse: Warehouse, dyad: str, ours: dict[str, pd.Series]) -> list[Alarms]:
    """What may ring at a shock."""
    friction, tension = np.log1p(ours["friction"]), ours["tension"].dropna()
    changes = data.change_days(warehouse, "chronology", dyad)
    months = pd.Series(pd.PeriodIndex(changes["day"], freq="M"))
    return [
        Alarms("peaks of friction", shocks(friction), friction.index[AT_LEAST:]),
        Alarms(f"peaks of tension at {SHOCK:g} or more", peaks(tension[tension >= SHOCK]), pd.PeriodIndex(tension.index)),
        Alarms("change points of the pair", list(months[changes["is_whole"]]), friction.index),
        Alarms("change points, any direction and subject", list(months), friction.index),
    ]


def inputs(folder: Path, tables: dict[str, pd.DataFrame], warehouse: Warehouse) -> str:
    """Which files and which events the page was made from."""
    spans = [(dyad, data.span(warehouse, "chronology", dyad)) for dyad in PAIRS]
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


def compare(ours: dict[str, pd.Series], series: Published) -> list[tuple[str, ...]]:
    """A row for each indicator."""
    rows = []
    for name, values in ours.items():
        expected = -series.expected if name == "balance" else series.expected
        levels, changes = agreement(values, series.values), agreement(values.diff(), series.values.diff())
        said = [text for found in (levels, changes) for text in (shown(found), verdict(found, expected))]
        rows.append((name, series.title, str(levels.months if levels else 0), "+" if expected > 0 else "−", *said))
    return rows


Seen = tuple[str, Published, Alarms, Detection | None]
"""Pair, series with shocks, what may ring, and how they met; None where there was no shock while it could ring."""


def on_scale(series: Published) -> pd.Series:
    """The series so that a shock stands upwards and doubling counts the same at every level."""
    return np.log(series.values) if series.expected > 0 else -series.values


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


def verdict(found: Agreement | None, expected: int) -> str:
    """What the interval lets one say."""
    if found is None:
        return "too few months"
    if found.low <= 0 <= found.high:
        return "not told from none"
    return "agrees" if np.sign(found.rho) == expected else "goes against"


def table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m dashboard.validation", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder of the published series")
    parser.add_argument("--data", type=Path, default=Path(".data"), help="folder of data whose snapshot is asked")
    parser.add_argument("--page", type=Path, default=Path("docs/validation.md"), help="where the page is written")
    given = parser.parse_args()
    try:
        text = page(given.folder, Warehouse(given.data))
    except (Stop, snapshots.NoSnapshot) as stop:
        sys.stderr.write(f"{stop}\n")
        return int(getattr(stop, "code", Exit.UNAVAILABLE))
    given.page.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

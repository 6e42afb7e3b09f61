"""The page docs/validation.md, in each language: how far the indicators agree with independent published series.

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
from bilateral.strings import Texts, texts

ENGLISH = texts("en")

HALF_LIVES = (30, 90)
"""Days: the memory of a month, as the published series have it, and the memory that the pages have by default."""


def page(folder: Path, warehouse: Warehouse, text: Texts = ENGLISH) -> str:
    """The whole page as Markdown. Raises Stop where the folder holds no published series."""
    tables = read(folder)
    agreeing, levels, changes, seen = "", [], [], []
    for dyad in PAIRS:
        if not (ours := indicators(warehouse, dyad)):
            continue
        rows = [row for series in of_pair(tables, dyad) for row in compare(ours, series, text)]
        levels += [row[7] for row in rows]
        changes += [row[10] for row in rows]
        agreeing += f"\n### {dyad}\n\n{table(text.entry('validation.agreement_heads'), rows)}"
        ringing = detectors(warehouse, dyad, ours)
        seen += [(dyad, one, alarms, detection(on_scale(one), alarms)) for one in of_pair(tables, dyad) for alarms in ringing]
    tallies = tally("in_levels", levels, text) + tally("in_changes", changes, text)
    detections = table(text.entry("validation.shock_heads"), (detected(one, text) for one in seen))
    parts = {
        "concluded": concluded(levels, changes, text),
        "inputs": inputs(folder, tables, warehouse, text),
        "agreement": tallies + agreeing,
        "shocks": f"{pooled(seen, text)}\n{detections}",
    }
    return intro(text) + "".join(f"\n## {text(f'validation.{name}')}\n\n{part}" for name, part in parts.items())


def intro(text: Texts) -> str:
    """What is compared, and by which rules."""
    short, long = HALF_LIVES
    rules = {"shock": SHOCK, "before": BEFORE, "at_least": AT_LEAST, "apart": APART, "line": LINE}
    return text("validation.intro", short=short, long=long, draws=DRAWS, seed=SEED, **rules)


Compared = dict[tuple[str, int], tuple[pd.Series, pd.Series]]
"""By the name of its text and memory: an indicator and its control, the number of acts of the same subject and memory."""


def indicators(warehouse: Warehouse, dyad: str) -> Compared:
    """What is compared; nothing where the pair has no events. All rise with friction but balance."""
    found: Compared = {}
    for memory in HALF_LIVES:
        everything, trade = (monthly(warehouse, dyad, domain, memory) for domain in ("all", "trade"))
        for name in ("tension", "friction", "balance") if len(everything) else ():
            found[name, memory] = everything[name], everything["volume"]
            if name != "balance" and len(trade):
                found[f"{name}_trade", memory] = trade[name], trade["volume"]
    return found


def detectors(warehouse: Warehouse, dyad: str, ours: Compared) -> list[Alarms]:
    """What may ring at a shock, by the names of the texts."""
    values, counts = ours["friction", HALF_LIVES[0]]
    friction, count, tension = values.map(np.log1p), counts.map(np.log1p), ours["tension", HALF_LIVES[1]][0].dropna()
    able = pd.PeriodIndex(friction.index)
    changes = time_series.change_days(warehouse, "chronology", dyad)
    months = pd.Series(pd.PeriodIndex(changes["day"], freq="M"))
    return [
        Alarms("friction", shocks(friction), able[AT_LEAST:]),
        Alarms("count", shocks(count), able[AT_LEAST:]),
        Alarms("tension", peaks(tension[tension > LINE]), pd.PeriodIndex(tension.index)),
        Alarms("changes", list(months[changes["is_whole"]]), able),
        Alarms("all_changes", list(months), able),
    ]


def inputs(folder: Path, tables: dict[str, pd.DataFrame], warehouse: Warehouse, text: Texts) -> str:
    """Which files and which events the page was made from."""
    spans = [(dyad, coverage.record(warehouse, "chronology", dyad)) for dyad in PAIRS]
    ours = "; ".join(text("validation.span", pair=dyad, first=span[0], last=span[1]) for dyad, span in spans if span)
    rows = [
        (
            text(f"validation.series.{source.name}"),
            f"`{name}`",
            *(described(folder / name, tables[name], text) if name in tables else (text("validation.left_out"), "")),
            text(f"validation.origins.{source.name}"),
        )
        for name, source in SOURCES.items()
    ]
    return f"{text('validation.made_from', spans=ours)}\n\n{table(text.entry('validation.input_heads'), rows)}"


def described(path: Path, months: pd.DataFrame, text: Texts) -> tuple[str, str]:
    span = text("validation.months", first=months.index.min(), last=months.index.max())
    return span, f"{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}…"


def compare(ours: Compared, series: Published, text: Texts = ENGLISH) -> list[tuple[str, ...]]:
    """A row for each indicator."""
    rows = []
    for (name, memory), (values, counts) in ours.items():
        expected = -series.expected if name == "balance" else series.expected
        signs = expected, series.expected
        levels = agreement(values, series.values, counts, signs)
        changes = agreement(values.diff(), series.values.diff(), counts.diff(), signs)
        said = [
            cell
            for found in (levels, changes)
            for cell in (shown(found, text), shown_control(found), text(f"validation.readings.{verdict(found, expected)}"))
        ]
        months, sign = str(levels.months if levels else 0), "+" if expected > 0 else "−"
        names = text(f"validation.indicators.{name}"), str(memory), text(f"validation.series.{series.name}")
        rows.append((*names, months, sign, *said))
    return rows


Seen = tuple[str, Published, Alarms, Detection | None]
"""Pair, series with shocks, what may ring, and how they met; None where there was no shock while it could ring."""


def on_scale(series: Published) -> pd.Series:
    """The series so that a shock stands upwards and doubling counts the same at every level."""
    return np.log(series.values) if series.expected > 0 else -series.values


def concluded(levels: list[str], changes: list[str], text: Texts) -> str:
    """What the comparisons allow the indicators to be used for, and what not."""
    (n, agree, beyond, against), (m, agree_m, beyond_m, against_m) = (counted(readings, text) for readings in (levels, changes))
    in_levels = {"n": n, "agree": agree, "beyond": beyond, "against": against}
    return text("validation.conclusion", **in_levels, m=m, agree_m=agree_m, beyond_m=beyond_m, against_m=against_m)


def counted(readings: list[str], text: Texts) -> tuple[int, int, int, int]:
    """Comparisons; those that agree; those of them beyond the count; those that go against."""
    beyond, count, against = (readings.count(text(f"validation.readings.{name}")) for name in ("beyond", "count", "against"))
    return len(readings), beyond + count, beyond, against


def tally(where: str, readings: list[str], text: Texts) -> str:
    counts = pd.Series(readings).value_counts()
    said = ", ".join(f"{n} {reading}" for reading, n in counts.items())
    return text(f"validation.{where}", n=len(readings), counts=said) + "\n"


def pooled(seen: list[Seen], text: Texts) -> str:
    """A line for each detector over all pairs and series."""
    lines = ""
    for name in dict.fromkeys(alarms.name for _, _, alarms, _ in seen):
        met = [found for _, _, alarms, found in seen if alarms.name == name and found]
        figures = {
            "found": sum(found.found for found in met),
            "shocks": sum(len(found.shocks) for found in met),
            "chance": f"{sum(found.by_chance * len(found.shocks) for found in met):.1f}",
            "false": sum(found.false_alarms for found in met),
            "alarms": sum(len(found.alarms) for found in met),
        }
        lines += text("validation.pooled", name=named(name, text), **figures) + "\n"
    return lines


def named(alarms: str, text: Texts) -> str:
    return text(f"validation.alarms.{alarms}", line=LINE)


def detected(seen: Seen, text: Texts) -> tuple[str, ...]:
    """A row of the table of shocks."""
    dyad, series, alarms, found = seen
    title, rung = text(f"validation.series.{series.name}"), named(alarms.name, text)
    if found is None:
        return dyad, title, text("validation.no_shock"), rung, *[""] * 5
    return (
        dyad,
        title,
        listed(found.shocks, text),
        rung,
        listed(found.alarms, text),
        text("validation.of", n=found.found, all=len(found.shocks)),
        f"{found.by_chance:.0%}",
        f"{found.as_good:.0%}",
        text("validation.of", n=found.false_alarms, all=len(found.alarms)),
    )


def listed(months: list[pd.Period], text: Texts) -> str:
    return ", ".join(map(str, months)) or text("validation.none")


def shown(found: Agreement | None, text: Texts) -> str:
    if found is None:
        return ""
    value, low, high = (f"{number:+.2f}".replace("-", "−") for number in (found.rho, found.low, found.high))
    return text("validation.interval", value=value, low=low, high=high)


def shown_control(found: Agreement | None) -> str:
    return f"{found.control:+.2f}".replace("-", "−") if found else ""


def verdict(found: Agreement | None, expected: int) -> str:
    """What the interval lets one say, by the name of its text."""
    if found is None:
        return "too_few"
    if found.low <= 0 <= found.high:
        return "not_significant"
    if np.sign(found.rho) != expected:
        return "against"
    return "beyond" if found.beyond > 0 else "count"


def table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
